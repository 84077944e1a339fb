"""Wrong systems that break ELIG or ROUTE: who is let in, what is switched off, what the documents look like."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from reference_impl import routing
from reference_impl.formats.documents import notification_document, order_document
from reference_impl.life_cycle import effects as fx
from reference_impl.orders import Event, Order
from reference_impl.routing import Route, effective_code, ineligible_for, route
from reference_impl.services import COPPER as COPPER_FAMILY
from reference_impl.services import family_of
from steps.selftest.changes import Change, attribute, effects, function, readings
from steps.selftest.systems import wrong
from steps.selftest.wrong.ways import COPPER, DAY, also


def blind_to(obstacle: str, applies: Callable[[Any], bool] = lambda order: True) -> Change:
    """An obstacle is not looked at."""
    return function(
        ineligible_for,
        lambda original: (
            lambda order, *arguments: tuple(
                word for word in original(order, *arguments) if word != obstacle or not applies(order)
            )
        ),
    )


def routed(become: Callable[[Any, Route], Route]) -> Change:
    """Orders are routed otherwise: `become(order, route)`."""
    return function(route, lambda original: lambda order, *arguments: become(order, original(order, *arguments)))


def coded(become: Callable[..., str | None]) -> Change:
    """Another code counts: `become(order, operator, code)`."""

    def by(original: Callable[..., Any]) -> Callable[..., Any]:
        def changed(order: Any, operator: Any) -> Any:
            code, diagnostics = original(order, operator)
            return become(order, operator, code), diagnostics

        return changed

    return function(effective_code, by)


def started(name: str, event: Event, applies: Callable[[Order], bool] = lambda order: True) -> Change:
    """A commercial service is started at an event of an order of the service."""
    served = lambda order, happened: order.flow == "service" and happened == event and applies(order)  # noqa: E731
    return also(served, fx.StartCommercialService(name))


def called(event: Event, applies: Callable[[Order], bool] = lambda order: True) -> Change:
    """The customer is telephoned at an event of an order of the service."""
    served = lambda order, happened: order.flow == "service" and happened == event and applies(order)  # noqa: E731
    return also(served, fx.StartContactPolicy(1))


def document(original: Callable[..., str], become: Callable[[str], str]) -> Change:
    """A document is written otherwise."""
    return function(original, lambda written: lambda *arguments: become(written(*arguments)))


ORDINARY, SERVED = Route("ordinary"), Route("service")

SHELF = (
    wrong("ELIG-1", "resale-served", "WLR is let into the service as if it were copper",
          function(family_of, lambda o: lambda name: COPPER_FAMILY if name == "WLR" else o(name))),
    wrong("ELIG-1", "cessations-served", "cessations are let in as if they were activations",
          blind_to("activity_not_covered")),
    wrong("ELIG-2", "active-lines-served", "orders on an active line are let in", blind_to("line_not_lna")),
    wrong("ELIG-2", "active-copper-served", "orders on an active line are let in on copper alone",
          blind_to("line_not_lna", lambda order: order.service in COPPER)),
    wrong("ELIG-3", "unregulated-served", "operators without regulated access are let in",
          blind_to("access_not_regulated")),
    wrong("ELIG-3", "unregulated-copper-served", "operators without regulated access are let in on copper alone",
          blind_to("access_not_regulated", lambda order: order.service in COPPER)),
    wrong("ELIG-4", "no-referent-served", "operators without the 4th referent are let in",
          blind_to("no_4th_referent")),
    wrong("ELIG-4", "no-referent-fibre-served", "operators without the 4th referent are let in on fibre alone",
          blind_to("no_4th_referent", lambda order: order.service not in COPPER)),
    wrong("ELIG-5", "any-project-code", "a project code counts whoever it was assigned to",
          coded(lambda order, operator, code: code or ("project" if order.project_code else None))),
    wrong("ELIG-5", "any-delivery-code", "a delivery code counts whoever it was assigned to",
          coded(lambda order, operator, code: code or ("delivery" if order.delivery_code else None))),
    wrong("ELIG-5", "kinds-mixed", "a delivery code counts in the place of a project code",
          coded(lambda order, operator, code: "project" if order.project_code in operator.delivery_codes else code)),
    wrong("ELIG-6", "everybody-in", "an order without a code is let in",
          coded(lambda order, operator, code: code or "project")),
    wrong("ELIG-6", "operators-opt-in", "an order without a code is let in where its operator has a project code",
          coded(lambda order, operator, code: code or ("project" if operator.project_codes else None))),
    wrong("ELIG-6", "delivery-code-unknown", "a delivery code never counts",
          coded(lambda order, operator, code: None if code == "delivery" else code)),
    wrong("ELIG-7", "before-the-first-day", "orders before June 2020 are let in", blind_to("before_start")),
    wrong("ELIG-7", "a-day-early", "the service begins on 31 May 2020",
          attribute(routing, "IN_FORCE_SINCE", lambda start: start - DAY)),
    wrong("ELIG-6", "a-day-late", "the service begins on 2 June 2020",
          attribute(routing, "IN_FORCE_SINCE", lambda start: start + DAY)),

    wrong("ROUTE-1", "telephones-anyway", "the contact policy starts with AC or CO", called(Event.LINE_READY)),
    wrong("ROUTE-1", "telephones-after-the-term", "the contact policy starts with the time-out",
          called(Event.TERM_END)),
    wrong("ROUTE-1", "telephones-slu", "the contact policy starts for SLU alone",
          called(Event.ENGAGE, lambda order: order.work.service == "SLU")),
    wrong("ROUTE-2", "rendez-vous-starts", "Rendez Vous starts with AC or CO",
          started("rendez_vous", Event.LINE_READY)),
    wrong("ROUTE-2", "rendez-vous-2-starts", "Rendez Vous 2.0 starts with the engagement SMS",
          started("rendez_vous_2", Event.ENGAGE)),
    wrong("ROUTE-3", "courtesy-sms-starts", "SMS di Cortesia starts with AC or CO",
          started("sms_di_cortesia", Event.LINE_READY)),
    wrong("ROUTE-3", "courtesy-sms-when-booked", "SMS di Cortesia starts with the booking",
          started("sms_di_cortesia", Event.CONFIRM)),
    wrong("ROUTE-4", "info-care-starts", "INFO CARE starts with AC or CO", started("info_care", Event.LINE_READY)),
    wrong("ROUTE-4", "info-care-at-the-visit", "INFO CARE starts with the visit", started("info_care", Event.VISIT)),
    wrong("ROUTE-5", "project-code-loses", "a project code does not count on a disaggregated order",
          routed(lambda order, lawful: Route("disaggregated") if order.disaggregated else lawful)),
    wrong("ROUTE-5", "project-code-loses-whole", "a project code does not count where contact is disaggregated too",
          routed(lambda order, lawful: Route("disaggregated") if order.pdc_disaggregated else lawful)),
    wrong("ROUTE-5", "both-codes-delivery-wins", "of two codes on a disaggregated order the delivery code counts",
          coded(lambda order, operator, code: "delivery" if order.delivery_code and order.disaggregated else code)),
    wrong("ROUTE-6", "delivery-code-wins", "a delivery code counts on a disaggregated order",
          routed(lambda order, lawful: SERVED if "delivery_code_ignored" in lawful.diagnostics else lawful)),
    wrong("ROUTE-6", "delivery-code-wins-in-part", "a delivery code counts where contact is not disaggregated",
          readings(delivery_scope="pdc_disaggregated")),
    wrong("ROUTE-6", "first-causal-aside", "a disaggregated order with a delivery code gets the first causal",
          also(lambda order, event: event == Event.LINE_READY and order.flow == "disaggregated", fx.Notify("Z18"))),
    wrong("ROUTE-7", "order-layout-changed", "orders with a code have an element more",
          document(order_document, lambda xml: xml.replace("<projectCode>", "<optIn>true</optIn><projectCode>"))),
    wrong("ROUTE-7", "notification-layout-changed", "notifications of the service have no label",
          document(notification_document, lambda xml: xml.replace("<label>", "<text>").replace("</label>", "</text>"))),
    wrong("ROUTE-7", "notification-cut", "notifications are cut after 120 characters",
          document(notification_document, lambda xml: xml[:120])),
    wrong("ROUTE-8", "slu-dropped", "orders for SLU go the ordinary way whatever code they have",
          routed(lambda order, lawful: ORDINARY if order.service == "SLU" and lawful.flow == "service" else lawful)),
    wrong("ROUTE-8", "routed-and-forgotten", "bitstream orders are routed to the service and nothing follows",
          effects(lambda order, event, now, done: (
              [effect for effect in done if isinstance(effect, fx.Notify)]
              if order.work.service.startswith("BIT") and event == Event.LINE_READY else done))),
)  # fmt: skip
