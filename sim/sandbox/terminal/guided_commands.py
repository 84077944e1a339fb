"""The command `guided`: a person is led through a plan, act by act, in a world of the run's own.

What lives here: its verbs, what each asks and prints. The sandbox knows whose turn it is and how to say it.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from textwrap import wrap
from typing import Any

from reports.judging.exit_status import UNDECIDED
from reports.words.labels import BLAMES, VERDICTS, Term
from sim.command_line import number_from
from sim.sandbox.terminal import wire_views
from sim.sandbox.terminal.client import Answer, Client, Document
from sim.sandbox.terminal.columns import NOTHING, facts, when
from sim.sandbox.terminal.grammar import (
    DONE,
    Argument,
    Inputs,
    Noun,
    Verb,
    WordedAnswer,
    call,
    values_of,
    with_language,
)
from sim.sandbox.terminal.local_files import read_content, save_content
from sim.sandbox.terminal.world_commands import REGISTERED

WAIT = "GET /_sandbox/guided/wait"
LONGEST_SPELL_SECONDS = 30.0
TURNS = ("harness", "operator")
SHOW, START, GO_ON = "GET /_sandbox/guided", "POST /_sandbox/guided", "POST /_sandbox/guided/go-on"
NOTE, ATTACH, PICTURE = (
    "POST /_sandbox/guided/notes",
    "POST /_sandbox/guided/pictures",
    "GET /_sandbox/guided/pictures/{digest}",
)
END, OUTCOME, REPORT = "POST /_sandbox/guided/end", "GET /_sandbox/guided/outcome", "GET /_sandbox/guided/report"
ENDINGS = "exit status: 0 conformant, 1 a rule fails, 2 undecided, 3 not possible,\n4 harness fault"
WAIT_ENDINGS = "exit status: 0 it is that turn, or no act is left, 2 the time is over,\n3 not possible"
TOML = ".toml"
CODES = ("project_codes", "delivery_codes")
LANG = Argument("lang", "language of what is said (default: it)", choices=("it", "en"), default="it")
ANYWAY = Argument("anyway", "also where it is the operator's turn", default=False, action="store_true")
RULE = Argument("rule", "the rule that it is about", "RULE", option=False)


# What stands before each fact, who acts, and how far a run is.
LABELS = {
    "world": Term("mondo", "world"),
    "plan": Term("piano", "plan"),
    "operator": Term("operatore", "operator"),
    "now": Term("adesso", "now"),
    "state": Term("stato", "state"),
    "turn": Term("tocca a", "turn"),
}
OWNERS = {
    "operator": Term("operatore", "operator"),
    "harness": Term("banco di prova", "harness"),
    "clock": Term("orologio", "clock"),
}
PASSED, ENDED = Term("atti: {passed} di {acts}", "{passed} of {acts} acts"), Term("chiusa", "ended")


def start(client: Client, inputs: Inputs) -> Any:
    """Begin a run of a shipped plan, or of a file; the file is sent whole."""
    plan = inputs["plan"]
    body = {"plan": plan, **values_of(inputs, ("operator", "endpoint", *CODES))}
    if plan.endswith(TOML):
        text = read_content(plan).decode(errors="replace")
        body |= {"plan": Path(plan).stem, "text": text}
    return client.ask(START, body=body)


def wait(client: Client, inputs: Inputs) -> Any:
    """Ask again until the turn has come, no act is left, or the time is over; each request waits for a while."""
    seconds_left, turn = inputs["timeout"], inputs["turn"]
    while True:
        request_seconds = min(seconds_left, LONGEST_SPELL_SECONDS)
        answer = client.ask(WAIT, query={"turn": turn, "timeout_seconds": request_seconds})
        seconds_left -= request_seconds
        if seconds_left <= 0 or _is_turn(answer, turn):
            return {**answer, "waited_for": turn}


def _is_turn(answer: Answer, turn: str) -> bool:
    act = answer["current"]
    return act is None or (act["owner"] == "operator") is (turn == "operator")


def attach(client: Client, inputs: Inputs) -> Any:
    """Send a picture unchanged; the sandbox tells its kind by the first bytes."""
    query = {"name": Path(inputs["picture"]).name, **values_of(inputs, ("rule", "text"))}
    picture = Document("application/octet-stream", read_content(inputs["picture"]))
    return client.ask(ATTACH, query=query, body=picture)


def picture(client: Client, inputs: Inputs) -> Answer:
    """Keep a picture that was attached."""
    return save_content(inputs["save"], client.fetch(PICTURE, inputs))


def report(client: Client, inputs: Inputs) -> Answer:
    """The judgement, and the sealed report in a folder where one is named. Raises CommandError, InputError."""
    answer = Answer(client.ask(OUTCOME))
    if inputs["save"] is not None:
        from reports.conformance.report_folder import replace_folder

        packed = zipfile.ZipFile(io.BytesIO(client.fetch(REPORT, query={"lang": inputs["lang"]})))
        replace_folder(inputs["save"], {name: packed.read(name) for name in packed.namelist()})
        answer["saved"] = str(inputs["save"])
    return answer


def progress_lines(answer: WordedAnswer) -> Iterator[str]:
    """How far a run is, and what comes next."""
    act = answer["current"]
    state = (ENDED if answer["ended"] else PASSED).in_language(answer.language).format_map(answer)
    owner = OWNERS[act["owner"]].in_language(answer.language) if act else None
    members = {name: answer[name] for name in ("world", "plan", "operator")}
    members |= {"now": when(answer["now"]), "state": state, "turn": owner}
    yield from facts((LABELS[name].in_language(answer.language), value) for name, value in members.items())
    for task in act["tasks"] if act else ():
        yield from _wrapped("- ", task[answer.language])
    if act:
        yield from _wrapped("> ", act[answer.language])
    elif not answer["ended"]:
        yield "> appuntamento guided end"
    yield from note_lines(answer)


def note_lines(answer: Answer) -> Iterator[str]:
    """Notes, a line or two each."""
    for note in answer["notes"]:
        yield from _wrapped(f"{note['rule']}: ", note["text"])
        if note["picture"]:
            yield f"  {note['picture']['digest']}"


def verdict_lines(answer: WordedAnswer) -> Iterator[str]:
    """The rules with their verdicts, and where the report is."""
    for rule in answer["rules"]:
        yield f"{rule['rule']:<6} {VERDICTS[rule['verdict']].in_language(answer.language)}"
    for finding in answer["findings"]:
        blame = BLAMES[finding["blame"]].in_language(answer.language)
        text = f"[{blame}] {finding['subject']} {finding[answer.language]}"
        yield from _wrapped(f"{finding['rule']}: ", " ".join(text.split()))
    if "saved" in answer:
        yield f"report: {answer['saved']}"


def _wrapped(sign: str, text: str) -> Iterator[str]:
    yield from wrap(text, 79, initial_indent=sign, subsequent_indent="  ", break_on_hyphens=False) or [sign + NOTHING]


GUIDED = Noun(
    "guided",
    "a plan gone through by hand: the next act, whose turn it is, the report",
    (
        Verb(
            "show",
            "how far the run of a world is, what comes next, and who has to do it",
            (SHOW,),
            with_language(call(SHOW)),
            progress_lines,
            (LANG,),
        ),
        Verb(
            "start",
            "begin a run, in a world of its own that the answer names",
            (START,),
            with_language(start),
            progress_lines,
            (
                Argument("plan", "essential, complete, hostile, call-centre, or a TOML file", "PLAN", option=False),
                Argument("operator", "whose run it is (default: ALFA)", "NAME"),
                Argument("endpoint", "where it takes notifications", "URL"),
                *(argument for argument in REGISTERED if argument.name in CODES),
                LANG,
            ),
            forms=("guided_start",),
        ),
        Verb(
            "wait",
            "wait until the operator has done its part, or until it is its turn",
            (WAIT,),
            with_language(wait),
            progress_lines,
            (
                Argument("turn", "whose turn to wait for (default: harness)", choices=TURNS, default=TURNS[0]),
                Argument("timeout", "seconds to wait at most (default: 60)", "S", read=number_from(0), default=60.0),
                LANG,
            ),
            status=lambda answer: DONE if _is_turn(answer, answer["waited_for"]) else UNDECIDED,
            endings=WAIT_ENDINGS,
        ),
        Verb(
            "go-on",
            "let the harness do its part, or move the clock",
            (GO_ON,),
            with_language(call(GO_ON, body=("act", "anyway"))),
            progress_lines,
            (Argument("act", "only if this is the next one", "N", read=int), ANYWAY, LANG),
            forms=("guided_go_on",),
        ),
        Verb(
            "note",
            "say something of a rule that no wire shows",
            (NOTE,),
            call(NOTE, body=("rule", "text")),
            note_lines,
            (RULE, Argument("text", "what there is to say", "TEXT", option=False)),
            forms=("guided_note",),
        ),
        Verb(
            "attach",
            "attach a picture to a rule: PNG or JPEG, at most 900,000 bytes",
            (ATTACH,),
            attach,
            note_lines,
            (
                RULE,
                Argument("picture", "the picture", "FILE", option=False),
                Argument("text", "what there is to say of it", "TEXT"),
            ),
            forms=("guided_note",),
        ),
        Verb(
            "picture",
            "keep a picture that was attached",
            (PICTURE,),
            picture,
            wire_views.content,
            (
                Argument("digest", "its SHA-256, as guided show says it", "DIGEST", option=False),
                Argument("save", "where to", "FILE", option=False),
            ),
        ),
        Verb(
            "end",
            "end the run: what happens later is not judged",
            (END,),
            with_language(call(END, body=("anyway",))),
            progress_lines,
            (replace(ANYWAY, about="also before its last act"), LANG),
            forms=("guided_end",),
        ),
        Verb(
            "report",
            "the judgement so far or at the end, and the sealed report",
            (OUTCOME, REPORT),
            with_language(report),
            verdict_lines,
            (Argument("save", "write the sealed report into this folder", "DIR", read=Path), LANG),
            status=lambda answer: int(answer["status"]),
            endings=ENDINGS,
        ),
    ),
    (
        "appuntamento guided start call-centre --operator ALFA",
        "appuntamento guided start mine.toml",
        "appuntamento guided --world guided",
        "appuntamento guided wait --timeout 600 --world guided",
        "appuntamento guided go-on --world guided",
        'appuntamento guided note OP-4 "the agent read the band out" --world guided',
        "appuntamento guided attach OP-10 screen.png --world guided",
        "appuntamento guided end --world guided",
        "appuntamento guided report --save out/guided --world guided",
    ),
)
