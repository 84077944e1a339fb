"""The commands about orders: handing them in and moving them on, and what their parties do at the Virtual Agent."""

from __future__ import annotations

from reference_impl.intake import CHOICES, FLAGS, MEMBERS
from reference_impl.links import CHANNELS
from reference_impl.services import COPPER, NGA, TRIGGERS
from sim.sandbox.terminal import order_acts, order_views
from sim.sandbox.terminal.grammar import COUNT, OF_OPERATOR, SWITCH, WHOSE_ORDER, Argument, Noun, Verb, call

ORDER = Argument("order", "code of the order", "ORDER", option=False)
WHOSE = Argument("whose", "an order code, or a link as it was given out", "ORDER|LINK", option=False)
CHANNEL = Argument(
    "channel", "whose link of the order (default: customer)", "customer|operator", choices=CHANNELS, default=CHANNELS[0]
)
OF_FAMILIES = f"{COPPER.trigger} for ULL and SLU, {NGA.trigger} for the others"
SLOT = Argument("slot", "its START (2026-03-09T08:00), START/END, or first", "SLOT", option=False)


ABOUT_ORDER_MEMBERS = {
    "operator": "who hands it in (default: the first of the world)",
    "service": "VULA_FTTH if not said",
    "line_state": "LNA if not said",
    "phone": "the customer's number",
    "project_code": "to ask for the service (default: the operator's own code)",
    "delivery_code": "to ask for the service on disaggregated lines",
    "disaggregated": "whether the line is asked for disaggregated",
    "pdc_disaggregated": "whether the contact policy is, too",
    "activity": "activation if not said",
    "territory": "where the line is (default: LAZIO)",
}
ORDER_MEMBERS = tuple(
    Argument(name, ABOUT_ORDER_MEMBERS[name], action=SWITCH)
    if name in FLAGS
    else Argument(name, ABOUT_ORDER_MEMBERS[name], choices=CHOICES.get(name))
    for name in MEMBERS
    if name != "order"
)
ORDERS = Noun(
    "orders",
    "hand in work orders, look at them, move them on",
    (
        Verb(
            "list",
            "all orders, or those that TEXT is found in",
            ("GET /_sandbox/orders",),
            order_acts.list_orders,
            order_views.orders,
            (
                Argument("find", "part of code, operator, state or number", "TEXT", option=False, required=False),
                Argument("open", "only those that wait for a booking", default=False, action="store_true"),
                OF_OPERATOR,
            ),
            forms=("find",),
        ),
        Verb(
            "show",
            "one order: how it stands, its timeline, the pages of both parties",
            (
                "GET /_sandbox/orders/{order}",
                "GET /_sandbox/orders/{order}/timeline",
                "GET /_sandbox/orders/{order}/links",
            ),
            order_acts.show_order,
            order_views.order,
            (ORDER, WHOSE_ORDER),
        ),
        Verb(
            "submit",
            "hand in a work order, said here or in a file",
            (
                "GET /_sandbox/operators",
                "POST /_sandbox/orders",
                "GET /_sandbox/orders/{order}",
                "POST /_sandbox/orders/{order}/line",
            ),
            order_acts.submit_order,
            order_views.order,
            (
                Argument("order", "its code, which is new", "ORDER", option=False, required=False),
                *ORDER_MEMBERS,
                Argument("no_code", "without any code, unless one is said", default=False, action="store_true"),
                Argument("file", "a work order, JSON or XML of the schema in force; - = standard input", "FILE"),
                Argument("line", "the line is ready at once: report AC or CO too", default=False, action="store_true"),
                Argument("key", "idempotency key: the same order with the same key counts once", "KEY"),
            ),
            forms=("orders",),
        ),
        Verb(
            "line",
            "the network reports AC or CO of an order's line, now",
            ("POST /_sandbox/orders/{order}/line",),
            call("POST /_sandbox/orders/{order}/line", query=("operator",), body=("code",)),
            order_views.order,
            (ORDER, Argument("code", OF_FAMILIES, "|".join(TRIGGERS), option=False, choices=TRIGGERS), WHOSE_ORDER),
            forms=("line",),
        ),
        Verb(
            "cancel",
            "cancel an order in the name of its operator",
            ("POST /_sandbox/orders/{order}/cancel",),
            call("POST /_sandbox/orders/{order}/cancel", query=("operator",), body=("reason",)),
            order_views.order,
            (ORDER, WHOSE_ORDER, Argument("reason", "why (default: operator)", "TEXT")),
            forms=("cancel",),
        ),
        Verb(
            "crowd",
            "let made-up customers live in the world; without --orders, how far they are",
            ("POST /_sandbox/crowds", "GET /_sandbox/crowds"),
            order_acts.crowd,
            order_views.crowds,
            (
                Argument("orders", "how many orders, at most 1000", "N", read=COUNT),
                Argument("seed", "what is drawn is drawn from it (default: 0)", "N", read=COUNT),
                Argument("operator", "whose orders (default: the first of the world)", "NAME"),
                Argument("days", "over how many days they are handed in (default: 1)", "N", read=COUNT),
            ),
        ),
    ),
    (
        "appuntamento orders submit A-1 --phone +393331234567 --line",
        "appuntamento orders submit --file order.xml",
        "appuntamento orders list 1234567 --open",
        "appuntamento orders show A-1",
        "appuntamento orders show X-1 --operator BETA",
        "appuntamento orders cancel A-1",
        "appuntamento orders crowd --orders 200 --seed 7",
        "appuntamento orders crowd",
    ),
)

AGENT = Noun(
    "agent",
    "act at the Virtual Agent, for either party of an order or by a link",
    (
        Verb(
            "open",
            "open the link: where the order stands",
            ("GET /_sandbox/orders/{order}/links", "GET /agent/{token}"),
            order_acts.look,
            order_views.agent,
            (WHOSE, CHANNEL, WHOSE_ORDER),
        ),
        Verb(
            "slots",
            "open the link: the slots on offer",
            ("GET /_sandbox/orders/{order}/links", "GET /agent/{token}"),
            order_acts.look,
            order_views.offered,
            (WHOSE, CHANNEL, WHOSE_ORDER),
        ),
        *(
            Verb(
                act,
                f"{phrase} the appointment",
                ("GET /_sandbox/orders/{order}/links", "GET /agent/{token}", f"POST /agent/{{token}}/{act}"),
                order_acts.book(act),
                order_views.agent,
                (WHOSE, SLOT, CHANNEL, WHOSE_ORDER),
            )
            for act, phrase in (("confirm", "fix"), ("reschedule", "move"))
        ),
        Verb(
            "decline",
            "refuse to fix an appointment",
            ("GET /_sandbox/orders/{order}/links", "POST /agent/{token}/decline"),
            order_acts.decline,
            order_views.agent,
            (WHOSE, CHANNEL, WHOSE_ORDER),
        ),
    ),
    (
        "appuntamento agent slots A-1",
        "appuntamento agent confirm A-1 first",
        "appuntamento agent reschedule A-1 2026-03-09T08:00 --channel operator",
        "appuntamento agent open http://127.0.0.1:8020/va/TOKEN",
    ),
)
