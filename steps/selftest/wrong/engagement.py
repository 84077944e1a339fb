"""Wrong systems that break SMS, UNR or LINK: the engagement SMS, the first causal, the links."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from reference_impl.deadlines import engagement_sms_at
from reference_impl.life_cycle import effects as fx
from reference_impl.links import CUSTOMER, OPERATOR, LinkBook
from reference_impl.orders import Event
from reference_impl.registry import Operator
from reference_impl.service import Service
from reference_impl.sms_text import engagement_text
from steps.selftest.changes import Change, attribute, effects, function, readings
from steps.selftest.systems import wrong
from steps.selftest.wrong.ways import (
    COPPER,
    DAY,
    ENGAGEMENT,
    FIRST,
    HOUR,
    LINE,
    SATURDAY,
    SECOND,
    SUNDAY,
    also,
    causals,
    civil_day,
    day,
    engages_on,
    instant_of,
    late_causals,
    late_sms,
    no_causals,
    recorded,
    recorded_late,
    sms_each,
    sms_with,
    wall_clock,
    weekday,
    without,
)


def window(opens: int, closes: int) -> Change:
    """The window of the SMS opens and closes at other times of day, both included."""

    def by(original: Callable[..., int]) -> Callable[..., int]:
        def changed(trigger: int, policy: Any) -> int:
            lawful = original(trigger, policy)
            today, time_of_day = wall_clock(trigger)
            on_the_day = instant_of(today, max(time_of_day, opens))
            is_day = civil_day(original(instant_of(today, 12 * HOUR), policy)) == today
            return on_the_day if is_day and time_of_day <= closes else lawful

        return changed

    return function(engagement_sms_at, by)


def domain(become: Callable[[Operator], str]) -> Change:
    """Links have another domain."""
    return attribute(Operator, "link_domain", lambda original: property(become))


def link_of(channel: str, become: Callable[[str], str]) -> Change:
    """The link of a channel is another one than the one that works."""
    return attribute(
        LinkBook,
        "link",
        lambda original: (
            lambda self, order, party: (
                become(original(self, order, party)) if party == channel else original(self, order, party)
            )
        ),
    )


def unknown_bearer(unknown: Callable[[Any, str], bool]) -> Change:
    """Links are not known: `unknown(order, party)`."""

    def by(original: Callable[..., Any]) -> Callable[..., Any]:
        def changed(self: LinkBook, link: str) -> Any:
            bearer = original(self, link)
            return None if bearer is not None and unknown(*bearer) else bearer

        return changed

    return attribute(LinkBook, "bearer", by)


def suspended(become: Callable[[fx.Suspend], Iterator[Any] | tuple[Any, ...]]) -> Change:
    """A suspension is opened otherwise."""
    return effects(
        lambda order, event, now, done: [
            changed for effect in done for changed in (become(effect) if isinstance(effect, fx.Suspend) else (effect,))
        ]
    )


def _for_new_orders(original: Callable[[Service, Operator], None]) -> Callable[[Service, Operator], None]:
    def register(self: Service, operator: Operator) -> None:
        operators_before = [(order, order.operator) for order in self]
        original(self, operator)
        for order, operator_before in operators_before:
            order.operator = operator_before

    return register


SHELF = (
    wrong("SMS-1", "no-sms-for-slu", "the engagement SMS of SLU orders is lost",
          effects(lambda order, event, now, done: [
              effect for effect in done if not isinstance(effect, fx.SendSms) or order.work.service != "SLU"])),
    wrong("SMS-1", "sms-twice", "the engagement SMS is sent twice",
          sms_each(ENGAGEMENT, lambda message: (message, message))),
    wrong("SMS-1", "sms-again", "a repeated CO or AC sends the SMS again",
          readings(reengage="yes")),
    wrong("SMS-1", "sms-without-link", "the text has no link",
          sms_with(ENGAGEMENT, text=lambda message: message.text.replace(message.link or "", ""))),
    wrong("SMS-1", "sms-to-the-wrong-number", "the SMS goes to a number with the last digit changed",
          sms_with(ENGAGEMENT, to=lambda message: message.to[:-1] + ("0" if message.to[-1] != "0" else "1"))),
    wrong("SMS-1", "link-longer-in-the-text", "the link in the text is not the link that works",
          sms_with(ENGAGEMENT, text=lambda message: message.text.replace(message.link or "-", f"{message.link}x"))),
    wrong("SMS-1", "sms-after-cancelling", "a cancelled order is engaged all the same",
          effects(lambda order, event, now, done: (
              (*done, fx.SendSms("engagement")) if event == Event.CANCEL and order.phone else done))),
    wrong("SMS-2", "trigger-told-after", "AC and CO are told a second after the SMS",
          late_causals(LINE, SECOND)),
    wrong("SMS-2", "trigger-never-told", "AC is never told, and the SMS leaves all the same",
          no_causals(("AC",))),
    wrong("SMS-3", "sunday-sms", "the SMS leaves on Sundays too", engages_on(lambda d: weekday(d) == SUNDAY)),
    wrong("SMS-3", "easter-monday-sms", "the SMS leaves on Easter Monday 2026",
          engages_on(lambda d: d == day(2026, 4, 6))),
    wrong("SMS-3", "republic-day-sms", "the SMS leaves on 2 June 2020", engages_on(lambda d: d == day(2020, 6, 2))),
    wrong("SMS-3", "saint-francis-sms", "the SMS leaves on 4 October 2027, a holiday since 2026",
          engages_on(lambda d: d == day(2027, 10, 4))),
    wrong("SMS-3", "christmas-sms", "the SMS leaves on 25 December", engages_on(lambda d: d == day(2026, 12, 25))),
    wrong("SMS-3", "holiday-sms", "the SMS leaves on every holiday but Sundays", readings(sms_on_holidays="yes")),
    wrong("SMS-4", "opens-at-six", "the window opens at 06:00", window(6 * HOUR, 20 * HOUR)),
    wrong("SMS-4", "opens-a-millisecond-early", "the window opens at 06:59:59.999",
          window(7 * HOUR - 1, 20 * HOUR)),
    wrong("SMS-4", "closes-a-millisecond-late", "the window closes at 20:00:00.001",
          window(7 * HOUR, 20 * HOUR + 1)),
    wrong("SMS-4", "closes-at-midnight", "the window does not close in the evening",
          window(7 * HOUR, DAY)),
    wrong("SMS-4", "saturdays-close-late", "the window closes at 21:00 on Saturdays",
          function(engagement_sms_at, lambda o: lambda trigger, policy: (
              trigger if weekday(civil_day(trigger)) == SATURDAY and wall_clock(trigger)[1] > 20 * HOUR
              else o(trigger, policy)))),
    wrong("SMS-5", "standard-text-always", "own texts are never used",
          function(engagement_text, lambda o: lambda template, link: o(None, link))),
    wrong("SMS-5 SMS-6 REM-2 REM-3", "orders-keep-their-words", "orders under way keep the words they began with",
          attribute(Service, "register", _for_new_orders)),
    wrong("SMS-5", "own-text-cut", "the first word of own texts is left out",
          function(engagement_text, lambda o: lambda template, link: o(
              template and template.partition(" ")[2], link))),
    wrong("SMS-5", "own-text-shouted", "own texts are sent in capitals but for the link",
          function(engagement_text, lambda o: lambda template, link: o(template and template.upper().replace(
              "{LINK}", "{link}"), link))),
    wrong("SMS-6", "standard-alias-always", "own aliases of the engagement SMS are never used",
          sms_with(ENGAGEMENT, alias=lambda message: "Attivazione")),
    wrong("SMS-6", "alias-too-long", "aliases have twelve characters",
          sms_with(ENGAGEMENT, alias=lambda message: message.alias.ljust(12, "X"))),
    wrong("SMS-6", "alias-cut", "aliases are cut at four characters",
          sms_with(ENGAGEMENT, alias=lambda message: message.alias[:4])),

    wrong("UNR-1", "no-first-causal-for-slu", "Z18 is never sent for SLU orders",
          effects(lambda order, event, now, done: [
              effect for effect in done if effect != fx.Notify("Z18") or order.work.service != "SLU"])),
    wrong("UNR-1", "no-w08", "W08 is never sent", no_causals(("W08",))),
    wrong("UNR-1", "first-causal-twice", "the first causal is sent twice",
          causals(FIRST, lambda notice: (notice, notice))),
    wrong("UNR-1", "first-causal-a-month-late", "the first causal comes a month late",
          late_causals(FIRST, 30 * DAY)),
    wrong("UNR-2", "first-causal-before-the-sms", "the SMS leaves a second after its causal",
          late_sms(ENGAGEMENT, SECOND)),
    wrong("UNR-2", "first-causal-after-others", "the first causal comes two days late, after others",
          late_causals(FIRST, 2 * DAY)),
    wrong("UNR-3", "suspension-a-second-late", "the suspension opens a second after its causal",
          recorded_late("sla.suspended", SECOND)),
    wrong("UNR-3", "never-suspended", "no suspension is opened", suspended(lambda effect: ())),
    wrong("UNR-3", "resumed-when-booked", "the suspension ends with the booking", readings(sla_resume="booking")),
    wrong("UNR-3", "resumed-at-the-time-out", "the suspension ends with the time-out",
          also(lambda order, event: event == Event.TERM_END, fx.Resume("timeout"))),
    wrong("UNR-3", "suspended-by-the-other-family", "W08 opens the suspensions of copper and Z18 those of fibre",
          recorded("sla.suspended", lambda entry: ((*entry[:3], {
              "code": "Z18" if entry[3]["code"] == "W08" else "W08"}),))),
    wrong("UNR-3", "never-resumed", "a suspension never ends", without(fx.Resume)),

    wrong("LINK-1", "links-of-our-own", "links lead to a domain of the wholesaler",
          domain(lambda operator: "agente.wholesale.example")),
    wrong("LINK-1", "links-below-the-domain", "links lead to a name below the registered domain",
          readings(domain_match="subdomain")),
    wrong("LINK-1", "links-to-a-look-alike", "links lead to a domain that only begins like the registered one",
          domain(lambda operator: f"{operator.rendez_vous_domain or operator.agent_domain}.evil.example")),
    wrong("LINK-1", "row-links-of-our-own", "the links of the file lead to a domain of the wholesaler",
          link_of(OPERATOR, lambda link: "https://agente.wholesale.example/" + link.rpartition("/")[2])),
    wrong("LINK-2", "agent-domain-in-spite", "members of Rendez Vous get links of their other domain",
          domain(lambda operator: operator.agent_domain)),
    wrong("LINK-2", "rendez-vous-www", "members of Rendez Vous get links below the domain registered there",
          domain(lambda operator: f"www.{operator.rendez_vous_domain}" if operator.rendez_vous_domain
                 else operator.agent_domain)),
    wrong("LINK-3", "fixed-by-telephone", "appointments are fixed by telephone",
          recorded("appointment.confirmed", lambda entry: (("/telephone", *entry[1:]),))),
    wrong("LINK-3", "booked-in-the-office", "appointments are noted down without the Virtual Agent",
          recorded("appointment.confirmed", lambda entry: ())),
    wrong("LINK-4", "customers-unknown", "the links of customers are not known to the agent",
          unknown_bearer(lambda order, party: party == CUSTOMER)),
    wrong("LINK-4", "operators-unknown-on-copper", "the links of operators are not known to the agent on copper",
          unknown_bearer(lambda order, party: party == OPERATOR and order.work.service in COPPER)),
)  # fmt: skip
