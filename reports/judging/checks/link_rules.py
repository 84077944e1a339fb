"""LINK: the domain of the links, and the Virtual Agent as the only way, open to both parties.

What lives here: the checkers of LINK-1..4.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from reports.facts import AGENT_EVENTS, IN_SERVICE, REFUSAL_REASONS, UNKNOWN_LINK
from reports.judging.checker_interface import Case, Judged, described, once
from reports.judging.checker_register import order_checker
from reports.judging.checks.endings import still_serves
from reports.judging.checks.message_words import addresses
from reports.judging.events import Event
from reports.judging.hosts import host_of
from reports.judging.readings import Readings
from reports.words.messages import either, say

KNOWN_REASONS = frozenset(REFUSAL_REASONS) - {UNKNOWN_LINK}
Registrations = Sequence[Mapping[str, Any]]
DOMAINS = ("agent_domain", "rendez_vous_domain")  # members of a registration


@once
def links(case: Case) -> Sequence[tuple[Event, str]]:
    """The links handed out for the order, each with where it stood; from the SMS text where nothing else tells it."""
    handed_out: list[tuple[Event, str]] = []
    for sms in case.order.engagements:
        known_link = sms.data.get("link")
        for link in [known_link] if known_link else addresses(sms.data["text"]):
            handed_out.append((sms, link))
    for deposit, row in case.order.rows:
        if row["link"]:  # CSV-2
            handed_out.append((deposit, row["link"]))
    return handed_out


@once
def _with_registrations(case: Case) -> Sequence[tuple[Event, str, Registrations]]:
    """The links handed out, each with the registrations in force then or when the SMS was whose row it is."""
    with_registrations: list[tuple[Event, str, Registrations]] = []
    for event, link in links(case):
        earlier = [sms for sms in case.order.engagements if sms.index < event.index]
        with_registrations.append((event, link, case.registrations([*earlier, event])))
    return with_registrations


def _given_unseen(case: Case, event: Event) -> bool:
    """Whether a link may be of an SMS that left under a registration of which nothing was seen."""
    earlier = [sms for sms in case.order.engagements if sms.index < event.index]
    if earlier or event.type == "sms.sent":
        return any(case.registration(sms) is None for sms in earlier)
    return not case.world.observation.seen_since_ever(("/intake", "/sms"), event.at)


def _is_on(link: str, domains: Sequence[str], readings: Readings) -> bool:
    """Whether a link is on one of these domains, by reading also below it."""
    host = host_of(link)
    for domain in domains:
        domain_host = host_of(domain)
        if host == domain_host or (host.endswith(f".{domain_host}") and readings["domain_match"] == "subdomain"):
            return True
    return False


@order_checker("LINK-1", past=False)
def registered_domain(case: Case, readings: Readings) -> Iterator[Judged]:
    for event, link, registrations in _with_registrations(case):
        if not registrations:
            yield case.unregistered(say("link.on_own"), event)
            continue
        domains = [domain for entry in registrations for member in DOMAINS if (domain := entry.get(member))]
        if _is_on(link, domains, readings):
            yield case.kept(event)
        else:
            shown = either(list(dict.fromkeys(domains)))
            elsewhere = case.broken(say("link.on", domain=shown), say("link", link=link), event)
            yield case.unregistered(say("link.on_own"), event) if _given_unseen(case, event) else elsewhere


@order_checker("LINK-2", past=False)
def rendez_vous_domain(case: Case, readings: Readings) -> Iterator[Judged]:
    for event, link, registrations in _with_registrations(case):
        if not registrations:
            yield case.unregistered(say("link.on_rendez_vous"), event)
            continue
        domains = [domain for entry in registrations if (domain := entry.get("rendez_vous_domain"))]
        if len(domains) == len(registrations):
            holds, shown = _is_on(link, domains, readings), either(list(dict.fromkeys(domains)))
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
    for effect in [*case.order.booked_notices[:1], *case.order.of("visit.started")[:1]]:
        if not confirmed or confirmed[0].at > effect.at:
            yield case.broken(say("link.appointment"), say("none_and", event=described(effect)), effect)


@order_checker("LINK-4", on=["sms.sent", *AGENT_EVENTS])
def open_to_both(case: Case, readings: Readings) -> Iterator[Judged]:
    for sms in case.order.engagements:
        given_link = case.world.owners.given_link(sms.data.get("link") or "")
        owner = case.order if given_link is None else given_link.order
        if (owner.operator, owner.code) != (case.order.operator, case.order.code):
            yield case.broken(say("link.own"), say("link.of_order", order=owner.name), sms)
    yield from _one_link_for_each(case, readings)
    for act in case.order.acts:
        if act.type != "agent.rejected":
            yield case.kept(act)
            continue
        link = act.data.get("link")
        if (link and link not in [own_link for _, own_link in links(case)]) or not still_serves(case, act, readings):
            continue
        if act.data["reason"] in KNOWN_REASONS and act.data["act"] != "open":
            continue
        expected = say("link.usable", channel=act.data["channel"])
        yield case.broken(expected, described(act), act)


def _one_link_for_each(case: Case, readings: Readings) -> Iterator[Judged]:
    """LINK-4: by reading the customer and the operator have a link each, or share one, under any registered domain."""
    of_customer = [link for event, link in links(case) if event.type == "sms.sent"]
    for deposit, row in case.order.rows if of_customer else ():
        link = row["link"]
        is_shared = link in of_customer
        if not link or (not is_shared and _token(link) in map(_token, of_customer)):
            continue
        if is_shared != (readings["link_identity"] == "shared"):
            yield case.broken(say("link.each") if is_shared else say("link.shared"), say("link", link=link), deposit)


def _token(link: str) -> str:
    """What a link says behind its domain."""
    return link.partition("://")[2].partition("/")[2]
