"""Wrong systems that break INV: what follows from the rules together."""

from __future__ import annotations

from reference_impl.life_cycle import effects as fx
from reference_impl.orders import Event
from steps.selftest.changes import effects, notices
from steps.selftest.systems import wrong
from steps.selftest.wrong.ways import (
    COPPER,
    DAY,
    ENGAGEMENT,
    FIRST,
    LOST,
    SECOND,
    causals,
    late_causals,
    other_code,
    rewritten,
    sms_each,
    without,
)


def _of_the_next_order(row: bytes) -> bytes:
    """A row of the order whose code is the next number."""
    code, _, rest = row.partition(b";")
    name, _, number = code.rpartition(b"-")
    return b"%b-%0*d;%b" % (name, len(number), int(number) + 1, rest)


SHELF = (
    wrong("INV-1", "w24-for-copper", "copper gets W24 for Z36", other_code("Z36", "W24")),
    wrong("INV-1", "z18-for-fibre", "fibre gets Z18 for W08", other_code("W08", "Z18")),
    wrong("INV-1", "pa-for-fibre", "fibre gets PA for W09", other_code("W09", "PA")),
    wrong("INV-1", "both-first-causals", "copper gets W08 beside Z18",
          causals(("Z18",), lambda notice: (notice, notice._replace(code="W08")))),
    wrong("INV-2", "booked-and-timed-out", "an order that was booked ends in a time-out as well",
          effects(lambda order, event, now, done: (
              (*done, fx.Notify(order.family.not_booked), fx.HandBack("timeout"))
              if event == Event.REMIND and order.family else done))),
    wrong("INV-4", "refused-and-booked-in-the-office", "a refusal brings the booked causal as well",
          effects(lambda order, event, now, done: (
              (*done, fx.Notify(order.family.booked)) if event == Event.DECLINE and order.family else done))),
    wrong("INV-2", "never-ended", "nothing ends an order that nobody booked",
          effects(lambda order, event, now, done: () if event == Event.TERM_END else done)),
    wrong("INV-3", "causals-without-sms", "the SMS of every seventh order is lost, and its causals go on",
          sms_each(ENGAGEMENT, lambda sms: () if sms.to.endswith(("0", "7")) else (sms,))),
    wrong("INV-3", "fibre-without-sms", "no SMS leaves on fibre, and all that follows it goes on",
          without(fx.SendSms, lambda order: order.work.service not in COPPER)),
    wrong("INV-3", "copper-without-sms", "no SMS leaves on copper, and all that follows it goes on",
          without(fx.SendSms, lambda order: order.work.service in COPPER)),
    wrong("INV-3", "row-of-a-neighbour", "each file has a row of the next order too, whether it had an SMS or not",
          rewritten(lambda data: data + _of_the_next_order(data.splitlines(keepends=True)[-1]))),
    wrong("INV-4", "waiting-causal-when-booked", "the reminder brings the waiting causal",
          effects(lambda order, event, now, done: (
              (*done, fx.Notify(order.family.not_booked)) if event == Event.REMIND and order.family else done))),
    wrong("INV-4", "booked-causal-after-the-term", "the time-out brings the booked causal",
          effects(lambda order, event, now, done: (
              (*done, fx.Notify(order.family.booked)) if event == Event.TERM_END and order.family else done))),
    wrong("INV-5", "unknown-order", "the causals of the end name an order that nobody handed in",
          causals(LOST, lambda notice: (notice._replace(order=notice.order + "-X"),))),
    wrong("INV-5", "to-another-operator", "the booked causals of BETA go to ALFA",
          notices(lambda notice: (
              (notice._replace(operator="ALFA"),) if notice.operator == "BETA" else (notice,)))),
    wrong("INV-5", "booked-before-unreachable", "the first causal comes after the booked one",
          late_causals(FIRST, 2 * DAY)),
    wrong("INV-5", "trigger-last", "AC and CO are told a second after what they cause",
          late_causals(("AC", "CO"), SECOND)),
)  # fmt: skip
