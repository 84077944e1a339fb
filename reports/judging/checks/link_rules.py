"""LINK: the domain of the links, and the Virtual Agent as the only way, open to both parties.

What lives here: the checkers of LINK-1..4.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from reports.facts import AGENT_EVENTS, BOOKED_CODES, ENGAGEMENT, IN_SERVICE, REFUSAL_REASONS, UNKNOWN_LINK
from reports.judging.checker_interface import Case, Judged, Readings, described, order_checker
from reports.judging.checks.endings import still_serves
from reports.judging.checks.message_words import addresses
from reports.judging.events import Event
from reports.judging.hosts import host_of
from reports.words.messages import either, say

KNOWN_REASONS = frozenset(REFUSAL_REASONS) - {UNKNOWN_LINK}
Registrations = Sequence[Mapping[str, Any]]
DOMAINS = ("agent_domain", "rendez_vous_domain")  # members of a registration


def links(case: Case) -> Sequence[tuple[Event, str]]:
    """The links handed out for the order, each with where it stood; from the SMS text where nothing else tells it."""
    known: list[tuple[Event, str]] | None = case.order.worked_out.get("links")
    if known is None:
        known = case.order.worked_out["links"] = list(_links(case))
    return known


def _links(case: Case) -> Iterator[tuple[Event, str]]:
    for sms in case.order.messages(ENGAGEMENT):
        known_link = sms.data.get("link")
        for link in [known_link] if known_link else addresses(sms.data["text"]):
            yield sms, link
    for deposit, row in case.order.rows:
        if row["link"]:  # CSV-2
            yield deposit, row["link"]


def _with_registrations(case: Case) -> Sequence[tuple[Event, str, Registrations]]:
    """The links handed out, each with the registrations in force then or when the SMS was whose row it is."""
    known: list[tuple[Event, str, Registrations]] | None = case.order.worked_out.get("links with registrations")
    if known is None:
        sent = case.order.messages(ENGAGEMENT)
        known = [
            (event, link, case.registrations([*(sms for sms in sent if sms.index < event.index), event]))
            for event, link in links(case)
        ]
        case.order.worked_out["links with registrations"] = known
    return known


def _matches(host: str, domain: str, readings: Readings) -> bool:
    wanted = host_of(domain)
    if host == wanted:
        return True
    return host.endswith(f".{wanted}") and readings["domain_match"] == "subdomain"


@order_checker("LINK-1", past=False)
def registered_domain(case: Case, readings: Readings) -> Iterator[Judged]:
    for event, link, registrations in _with_registrations(case):
        if not registrations:
            yield case.unregistered(say("link.on_own"), event)
            continue
        named = [registration.get(member) for registration in registrations for member in DOMAINS]
        domains = list(dict.fromkeys(domain for domain in named if domain))
        if any(_matches(host_of(link), domain, readings) for domain in domains):
            yield case.kept(event)
        else:
            yield case.broken(say("link.on", domain=either(domains)), say("link", link=link), event)


@order_checker("LINK-2", past=False)
def rendez_vous_domain(case: Case, readings: Readings) -> Iterator[Judged]:
    for event, link, registrations in _with_registrations(case):
        if not registrations:
            yield case.unregistered(say("link.on_rendez_vous"), event)
            continue
        domains = [registration.get("rendez_vous_domain") for registration in registrations]
        if all(domains):
            holds = any(_matches(host_of(link), str(domain), readings) for domain in domains)
            shown = either(list(dict.fromkeys(map(str, domains))))
            yield case.kept_if(holds, say("link.on", domain=shown), say("link", link=link), event)


@order_checker("LINK-3", on=["appointment.confirmed", "notification.sent", "visit.started"])
def only_through_the_agent(case: Case, readings: Readings) -> Iterator[Judged]:
    if case.order.flow != IN_SERVICE:
        return
    confirmed = case.order.of("appointment.confirmed")
    for act in confirmed:
        if act.source == "/agent":
            yield case.kept(act)
        else:
            observed = say("link.by_source", event=described(act), source=act.source)
            yield case.broken(say("link.through_agent"), observed, act)
    for effect in [*case.order.notices(BOOKED_CODES)[:1], *case.order.of("visit.started")[:1]]:
        if not [act for act in confirmed if act.at <= effect.at]:
            yield case.broken(say("link.appointment"), say("none_and", event=described(effect)), effect)


@order_checker("LINK-4", on=["sms.sent", *AGENT_EVENTS])
def open_to_both(case: Case, readings: Readings) -> Iterator[Judged]:
    for sms in case.order.messages(ENGAGEMENT):
        given = case.world.owners.given_link(sms.data.get("link") or "")
        if given is not None and (given.order.operator, given.order.code) != (case.order.operator, case.order.code):
            yield case.broken(say("link.own"), say("link.of_order", order=given.order.name), sms)
    yield from _one_link_for_each(case, readings)
    acts = case.order.of(*AGENT_EVENTS)
    own_links = {link for _, link in links(case)}
    for act in acts:
        if act.type != "agent.rejected":
            yield case.kept(act)
            continue
        link = act.data.get("link")
        if (link and link not in own_links) or not still_serves(case, act, readings):
            continue
        if act.data["reason"] in KNOWN_REASONS and act.data["act"] != "open":
            continue
        expected = say("link.usable", channel=act.data["channel"])
        yield case.broken(expected, described(act), act)


def _one_link_for_each(case: Case, readings: Readings) -> Iterator[Judged]:
    """LINK-4: by reading the customer and the operator have a link each, or share one, under any registered domain."""
    of_customer = {link for event, link in links(case) if event.type == "sms.sent"}
    tokens = {_token(link) for link in of_customer}
    for deposit, row in case.order.rows:
        link = row["link"]
        if not of_customer or not link or (link not in of_customer and _token(link) in tokens):
            continue
        is_shared = link in of_customer
        if is_shared != (readings["link_identity"] == "shared"):
            yield case.broken(say("link.each") if is_shared else say("link.shared"), say("link", link=link), deposit)


def _token(link: str) -> str:
    """What a link says behind its domain."""
    return link.partition("://")[2].partition("/")[2]
