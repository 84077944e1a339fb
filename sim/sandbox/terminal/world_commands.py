"""The commands about a world and who is in it: operators, technicians, worlds, and the sandbox around them."""

from __future__ import annotations

from typing import get_args

from sim.sandbox.terminal import wire_views, world_acts, world_views
from sim.sandbox.terminal.grammar import SWITCH, Argument, Noun, Verb, call
from sim.sandbox.world.commands import Disturbance

OPERATOR = Argument("operator", "its name", "OPERATOR", option=False)
TERRITORY = Argument("territory", "of which territory (default: the first)", "NAME")

REGISTERED = (
    Argument("endpoint", "where it takes notifications", "URL"),
    Argument("agent_domain", "domain of its links", "DOMAIN"),
    Argument("rendez_vous_domain", "domain of its Rendez-vous service", "DOMAIN"),
    Argument("project_codes", "a project code; may be repeated", "CODE", action="append", flag="--project-code"),
    Argument("delivery_codes", "a delivery code; may be repeated", "CODE", action="append", flag="--delivery-code"),
    Argument("engagement_alias", "sender of the engagement SMS", "ALIAS"),
    Argument("engagement_text", "its text, with {link}", "TEXT"),
    Argument("reminder_alias", "sender of the reminder", "ALIAS"),
    Argument("reminder_text", "its text, with {date} and {band}", "TEXT"),
    Argument("telephone", "where its customers call it", "NUMBER"),
    Argument(
        "commercial_services", "what it bought; may be repeated", "NAME", action="append", flag="--commercial-service"
    ),
    Argument("uses_4th_referent", "whether it uses the 4th referent (default: it does)", action=SWITCH),
    Argument("regulated_access", "whether it has regulated access (default: it has)", action=SWITCH),
)
REGISTRATION = ("operator", *(argument.name for argument in REGISTERED))
DISTURBANCES = get_args(Disturbance)

OPERATORS = Noun(
    "operators",
    "the operators: credentials, endpoints, signing secrets",
    (
        Verb(
            "list",
            "all operators",
            ("GET /_sandbox/operators",),
            call("GET /_sandbox/operators"),
            world_views.operators,
        ),
        Verb(
            "show",
            "one operator with its credentials",
            ("GET /_sandbox/operators/{operator}",),
            call("GET /_sandbox/operators/{operator}"),
            world_views.operator,
            (OPERATOR,),
        ),
        Verb(
            "register",
            "register an operator; what is not said follows from its name",
            ("POST /_sandbox/operators",),
            call("POST /_sandbox/operators", body=REGISTRATION),
            world_views.operator,
            (OPERATOR, *REGISTERED),
            forms=("operators",),
        ),
        Verb(
            "change",
            "register an operator anew; what is not said follows from its name",
            ("PUT /_sandbox/operators/{operator}",),
            call("PUT /_sandbox/operators/{operator}", body=REGISTRATION),
            world_views.operator,
            (OPERATOR, *REGISTERED),
        ),
        Verb(
            "endpoint",
            "say where an operator takes notifications",
            ("PUT /_sandbox/operators/{operator}/endpoint",),
            world_acts.set_endpoint,
            world_views.endpoint,
            (
                OPERATOR,
                Argument("url", "an http or https address", "URL", option=False, required=False),
                Argument("clear", "nowhere", default=False, action="store_true"),
            ),
            forms=("endpoint",),
        ),
        Verb(
            "disturb",
            "do to an operator what may befall it",
            ("POST /_sandbox/operators/{operator}/disturb",),
            world_acts.disturb,
            world_views.disturbed,
            (
                OPERATOR,
                Argument("how", ", ".join(DISTURBANCES), "HOW", option=False, choices=DISTURBANCES),
                Argument("order", "of forged, stale, replayed, race: which order", "ORDER"),
                Argument("code", "of forged, stale, replayed: which causal", "CODE"),
                Argument("seconds", "of limit: how long to wait; 0 lifts it", "N", read=int),
            ),
        ),
        *(
            Verb(
                f"{verb}-secret",
                about,
                (f"POST /_sandbox/operators/{{operator}}/{verb}-secret",),
                call(f"POST /_sandbox/operators/{{operator}}/{verb}-secret"),
                world_views.endpoint,
                (OPERATOR,),
            )
            for verb, about in (
                ("rotate", "begin a new signing secret; the one before it signs too"),
                ("retire", "end the signing secret before the newest"),
            )
        ),
    ),
    (
        "appuntamento operators show ALFA",
        "appuntamento operators register GAMMA --endpoint http://127.0.0.1:9000/",
        "appuntamento operators change GAMMA --engagement-alias Gamma",
        "appuntamento operators endpoint ALFA --clear",
        "appuntamento operators disturb ALFA forged --order A-1 --code W09",
        "appuntamento operators disturb ALFA limit --seconds 30",
    ),
)
WORLDS = Noun(
    "worlds",
    "the worlds of a sandbox, each with its own operators, orders and clock",
    (
        Verb("list", "all worlds", ("GET /_sandbox/worlds",), call("GET /_sandbox/worlds"), world_views.worlds),
        Verb(
            "create",
            "make a world; what is not said is as the default world began",
            ("POST /_sandbox/worlds",),
            world_acts.create_world,
            world_views.world,
            (
                Argument("name", "lower-case letters, digits and -", "NAME", option=False),
                Argument("operators", "an operator; may be repeated", "NAME", action="append", flag="--operator"),
                Argument("start", "simulated time at which it begins", "T"),
                Argument("seed", "seed of everything that is drawn", "N", read=int),
                Argument("territory", "a territory and its technicians; may be repeated", "NAME=N", action="append"),
                Argument("reading", "a reading it behaves by; may be repeated", "NAME=VALUE", action="append"),
                Argument("declare", "the same, and its trace says so; may be repeated", "NAME=VALUE", action="append"),
                Argument("under_test", "what its trace is about", "service|operator", choices=("service", "operator")),
                Argument("documents", "whether orders and notifications have their XML in the trace", action=SWITCH),
            ),
            forms=("worlds",),
        ),
        Verb(
            "drop",
            "forget a world for good",
            ("DELETE /_sandbox/worlds/{name}",),
            world_acts.drop_world,
            wire_views.gone,
            (Argument("name", "which", "NAME", option=False),),
            forms=("drop",),
        ),
    ),
    (
        "appuntamento worlds create two --start 2026-12-23T08:00 --territory LAZIO=2",
        "appuntamento operators register ALFA --world two",
        "appuntamento worlds drop two",
    ),
)
SLOTS = Noun(
    "slots",
    "the technicians' slots",
    (
        Verb(
            "list",
            "the map: places taken of those there are",
            ("GET /_sandbox/slots",),
            call("GET /_sandbox/slots", query=("territory", "days")),
            world_views.slots,
            (
                Argument("territory", "only of this territory", "NAME"),
                Argument("days", "how many days from now (default: 7)", "N", read=int),
            ),
        ),
        Verb(
            "set",
            "give one slot a number of technicians of its own",
            ("GET /_sandbox/slots", "PUT /_sandbox/slots"),
            world_acts.set_slot,
            world_views.capacity,
            (
                Argument("slot", "its START (2026-03-09T08:00), or START/END", "SLOT", option=False),
                Argument("capacity", "how many", "N", option=False, read=int),
                TERRITORY,
            ),
            forms=("slots",),
        ),
    ),
    ("appuntamento slots list --days 14", "appuntamento slots set 2026-03-09T08:00 0"),
)
STATUS = Noun(
    "status",
    "whether a sandbox is there, where its wires are, its worlds",
    (
        Verb(
            "",
            "",
            ("GET /livez", "GET /readyz", "GET /_sandbox/addresses", "GET /_sandbox/worlds"),
            world_acts.status,
            world_views.status,
        ),
    ),
    ("appuntamento status", "appuntamento status --url http://127.0.0.1:8020 --json"),
)
