"""The commands about what the wires carried, and about time: SMS, files, notifications, the clock, the trace."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reports.judging.exit_status import BAD_INPUT, UNDECIDED
from sim.command_line import check_effective, number_from
from sim.sandbox.terminal import wire_acts, wire_views
from sim.sandbox.terminal.grammar import COUNT, DONE, OF_OPERATOR, WHOSE_ORDER, Argument, Noun, Verb, call

OF_ORDER = Argument("order", "only of this order", "CODE")
SINCE = Argument("since", "issued at this simulated instant or later", "T")
FAILED = Argument("failed", "only those that were tried and not taken over", default=False, action="store_true")
FILE = Argument("file", "OPERATOR/NAME, as list shows it", "OPERATOR/NAME", option=False)
AFTER = Argument("after", "from this position on", "N", read=COUNT)
OF_NO_ORDER = ("next-effect", "idle")
GOALS = ("csv-deadline", "term-end", "eve-18:00", *OF_NO_ORDER)

SMS = Noun(
    "sms",
    "the customers' phones",
    (
        Verb(
            "list",
            "all SMS with what became of them",
            ("GET /_sandbox/sms",),
            wire_acts.list_sms,
            wire_views.sms_list,
            (OF_ORDER, OF_OPERATOR, Argument("to", "only to this number", "NUMBER")),
        ),
        Verb(
            "wait",
            "wait in real time until an SMS has arrived",
            ("GET /_sandbox/sms/wait",),
            call("GET /_sandbox/sms/wait", query=("order", "operator", "to", "since", "timeout_seconds")),
            wire_views.arrived,
            (
                Argument("order", "of this order", "CODE"),
                WHOSE_ORDER,
                Argument("to", "to this number", "NUMBER"),
                Argument("since", "after the SMS with this id, or from this simulated instant on", "ID|T"),
                Argument(
                    "timeout_seconds",
                    "seconds to wait at most (default: 10)",
                    "S",
                    read=number_from(0),
                    flag="--timeout",
                ),
            ),
            status=lambda answer: DONE if answer["messages"] else UNDECIDED,
            endings=f"exit status: {DONE} arrived, {UNDECIDED} not so far, {BAD_INPUT} not possible: one line says why",
        ),
        Verb(
            "show",
            "one SMS: text, link, and its trail",
            ("GET /_sandbox/sms",),
            wire_acts.show_sms,
            wire_views.sms,
            (Argument("sms", "id of the SMS", "ID", option=False),),
        ),
    ),
    (
        "appuntamento sms wait --order A-1",
        "appuntamento sms list --to +393331234567",
        "appuntamento sms show default-00012",
    ),
)
FILES = Noun(
    "files",
    "the CSV files on the SFTP site",
    (
        Verb("list", "all files", ("GET /_sandbox/files",), call("GET /_sandbox/files"), wire_views.files),
        Verb(
            "read",
            "the bytes of a file; this is not fetching it, as its operator does by SFTP",
            ("GET /_sandbox/files/{operator}/{name}",),
            wire_acts.read_file,
            wire_views.content,
            (FILE, Argument("save", "into this file, rather than on standard output", "PATH")),
        ),
        Verb(
            "remove",
            "delete a file, as its operator can",
            ("DELETE /_sandbox/files/{operator}/{name}",),
            wire_acts.remove_file,
            wire_views.gone,
            (FILE,),
        ),
    ),
    (
        "appuntamento files",
        "appuntamento files read ALFA/APPDIG_ALFA_20260303120000.csv",
        "appuntamento files read ALFA/APPDIG_ALFA_20260303120000.csv --save rows.csv",
    ),
)
NOTIFICATIONS = Noun(
    "notifications",
    "what operators are told, and how often it was tried",
    (
        Verb(
            "list",
            "notifications with the status of each attempt; 0 = no answer",
            ("GET /_sandbox/notifications",),
            wire_acts.list_notifications,
            wire_views.notifications,
            (OF_ORDER, OF_OPERATOR, SINCE, FAILED),
        ),
        Verb(
            "resend",
            "send some once more by their ids, or all since an instant",
            ("POST /_sandbox/notifications/{notification}/resend", "POST /_sandbox/notifications/resend"),
            wire_acts.resend,
            wire_views.resent,
            (
                Argument("notification", "ids of notifications", "ID", option=False, action="append"),
                SINCE,
                Argument("operator", "with --since: only of this operator", "NAME"),
            ),
            forms=("resend",),
        ),
    ),
    (
        "appuntamento notifications list --order A-1",
        "appuntamento notifications resend default-00009",
        "appuntamento notifications resend --since 2026-03-03T09:00 --operator ALFA",
    ),
)


def _move(name: str, about: str, *arguments: Argument, body: Mapping[str, Any] | None = None) -> Verb:
    """A verb of the clock: what was said, or a body of its own."""

    def do(client: Any, inputs: Mapping[str, Any]) -> Any:
        if inputs.get("until") in OF_NO_ORDER:
            of_an_order = {f"--{name}": inputs[name] for name in ("order", "operator")}
            check_effective(of_an_order, f"with another goal than {inputs['until']}")
        members = {name: value for name, value in inputs.items() if value is not None}
        return client.ask("POST /_sandbox/clock", body=members if body is None else body)

    return Verb(name, about, ("POST /_sandbox/clock",), do, wire_views.clock, arguments, forms=("clock",))


CLOCK = Noun(
    "clock",
    "show or move the clock",
    (
        Verb("show", "where it stands", ("GET /_sandbox/clock",), call("GET /_sandbox/clock"), wire_views.clock),
        _move("advance", "move it on by a span", Argument("advance", "2 h, 90 min, PT2H", "SPAN", option=False)),
        _move("to", "move it to an instant", Argument("to", "an instant to come", "T", option=False)),
        _move(
            "until",
            "move it until something is reached",
            Argument("until", ", ".join(GOALS), "GOAL", option=False, choices=GOALS),
            Argument("order", "of which order (default: of the next one)", "CODE"),
            WHOSE_ORDER,
        ),
        _move("pace", "let it go by itself, or stand", Argument("pace", "manual, real, or x60", "PACE", option=False)),
        _move("pause", "hold it", body={"pause": True}),
        _move("resume", "let it go on", body={"pause": False}),
        _move("stop", "end the move under way where it is", body={"stop": True}),
    ),
    (
        "appuntamento clock",
        "appuntamento clock advance '2 h'",
        "appuntamento clock to 2026-03-04T18:00",
        "appuntamento clock until csv-deadline --order A-1",
        "appuntamento clock pace x60",
    ),
)
TRACE = Noun(
    "trace",
    "what happened, as the wires saw it",
    (
        Verb(
            "show",
            "the last events in words",
            ("GET /_sandbox/events",),
            wire_acts.last_events,
            wire_views.events,
            (Argument("last", f"how many (default: {wire_acts.LAST})", "N", read=COUNT), AFTER),
        ),
        Verb(
            "follow",
            "events as they happen, until Ctrl-C",
            ("GET /_sandbox/events",),
            wire_acts.follow_events,
            wire_views.event,
            (
                Argument("after", "from this position on (default: from now on)", "N", read=COUNT),
                Argument("count", "end after so many", "N", read=COUNT),
            ),
        ),
        Verb(
            "save",
            "the whole trace, closed, for appuntamento check",
            ("GET /_sandbox/trace",),
            wire_acts.save_trace,
            wire_views.content,
            (Argument("file", "where to; - = standard output", "FILE", option=False),),
        ),
    ),
    (
        "appuntamento trace",
        "appuntamento trace follow",
        "appuntamento trace save - | appuntamento check - --profile default",
    ),
)
