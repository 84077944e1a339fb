"""The links that are given out: under which domain, to whom, opened by any spelling, and withdrawn."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reference_impl.links import CUSTOMER, OPERATOR, SHARED, LinkBook
from reference_impl.orders import Order, State
from reference_impl.policy import Policy
from reference_impl.ports import OrderKey
from reference_impl.services import NGA
from tests.service.test_life_cycle import order_in


class Keys:
    """Secrets that say whose they are."""

    def issue(self, order: OrderKey, given_to: str) -> str:
        return f"{order.code}-{given_to}"


def book(**readings: str) -> LinkBook:
    return LinkBook(Keys(), Policy.from_readings(readings))


ORDER = order_in(State.ENGAGED)


def test_each_channel_has_its_link_and_has_it_again() -> None:  # LINK-4
    links = book()
    issued = [links.link(ORDER, channel) for channel in (CUSTOMER, OPERATOR, CUSTOMER)]
    assert issued == [f"https://va.alfa.example/ORDER-1-{channel}" for channel in (CUSTOMER, OPERATOR, CUSTOMER)]
    assert links.bearer(issued[0]) == (ORDER, CUSTOMER)
    assert links.bearer(issued[1]) == (ORDER, OPERATOR)


def test_both_channels_share_a_link_by_reading() -> None:
    links = book(link_identity="shared")
    assert links.link(ORDER, CUSTOMER) == links.link(ORDER, OPERATOR) == "https://va.alfa.example/ORDER-1-shared"
    assert links.bearer("https://va.alfa.example/ORDER-1-shared") == (ORDER, SHARED)


def test_a_link_is_under_a_name_of_the_domain_by_reading() -> None:  # LINK-1
    assert book(domain_match="subdomain").link(ORDER, CUSTOMER) == "https://va.va.alfa.example/ORDER-1-customer"


@pytest.mark.parametrize(
    ("spelling", "opens"),
    [
        ("https://va.alfa.example/ORDER-1-customer", True),
        ("https://VA.alfa.example/ORDER-1-customer?lang=it#top", True),
        ("https://va.alfa.example:443/ORDER-1-customer", True),
        ("https://va.beta.example/ORDER-1-customer", False),
        ("https://va.alfa.example/order-1-customer", False),
        ("https://[va", False),
        ("", False),
    ],
)
def test_a_link_opens_by_host_and_secret_however_it_is_spelled(spelling: str, opens: bool) -> None:
    links = book()
    links.link(ORDER, CUSTOMER)
    assert links.bearer(spelling) == ((ORDER, CUSTOMER) if opens else None)


@pytest.mark.parametrize("identity", ["per_channel", "shared"])
def test_the_links_of_an_order_are_withdrawn_under_every_domain_that_its_operator_has_had(identity: str) -> None:
    links, order = book(link_identity=identity), order_in(State.ENGAGED)
    withdrawn = [links.link(order, channel) for channel in (CUSTOMER, OPERATOR)]
    order.operator = replace(order.operator, agent_domain="va.new.example")
    withdrawn += [links.link(order, channel) for channel in (CUSTOMER, OPERATOR)]
    work = order.work._replace(code="ORDER-2")
    other = Order(work, order.operator, NGA, "service", (), order.received_at, State.ENGAGED)
    link_of_another = links.link(other, CUSTOMER)
    links.forget(order)
    assert [links.bearer(link) for link in withdrawn] == [None] * 4
    assert links.bearer(link_of_another) is not None
