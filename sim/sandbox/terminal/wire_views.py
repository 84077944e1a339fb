"""What the commands of SMS, files, notifications, clock and trace print for a person: lines of at most 80 columns.

Nothing is asked and nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, groupby, repeat

from reports.words.masking import one_line
from sim.sandbox.pages.event_words import was_reached, words_of
from sim.sandbox.terminal.columns import NOTHING, WIDTH, Answer, count, facts, fitted, table, when


def sms_list(answer: Answer) -> Iterator[str]:
    """Messages, a line each."""
    rows = [
        (
            message["id"],
            message["order"],
            message["kind"],
            message["to"],
            when(message["at"]),
            message["trail"][-1]["state"],
        )
        for message in answer["messages"]
    ]
    yield from table(("id", "order", "kind", "to", "sent", "state"), rows) if rows else ["no SMS"]


def sms(answer: Answer) -> Iterator[str]:
    """One message, with what became of it."""
    names = chain(("trail",), repeat(""))
    size = f"{answer['encoding']}, {answer['units']} units, {count(answer['segments'], 'segment')}"
    yield from facts(
        (
            ("id", answer["id"]),
            ("order", answer["order"]),
            ("operator", answer["operator"]),
            ("to", answer["to"]),
            ("from", answer["alias"]),
            ("size", size),
            *(
                (name, f"{when(step['at'])}  {step['state']}")
                for name, step in zip(names, answer["trail"], strict=False)
            ),
            ("link", answer["link"]),
            ("here", answer["local_link"]),
        )
    )
    yield from ("", answer["text"])


def arrived(answer: Answer) -> Iterator[str]:
    """The messages that were waited for."""
    if not answer["messages"]:
        yield "nothing arrived"
    for number, message in enumerate(answer["messages"]):
        yield from [""] if number else []
        yield from sms(message)


def files(answer: Answer) -> Iterator[str]:
    """Files by the names that read and remove take."""
    rows = [(f"{file['operator']}/{file['name']}", file["bytes"], when(file["at"])) for file in answer["files"]]
    yield from table(("file", "bytes", "deposited"), rows) if rows else ["no files"]


def content(answer: Answer) -> Iterator[str]:
    """A file as it is, or where it was put."""
    if "saved" in answer:
        yield f"{answer['saved']}: {count(answer['bytes'], 'byte')}"
    elif answer["content"]:
        yield answer["content"].removesuffix("\n")


def notifications(answer: Answer) -> Iterator[str]:
    """Notifications with the status of each attempt; 0 is no answer."""
    rows = [
        (
            notification["id"],
            notification["order"],
            notification["operator"],
            notification["code"],
            when(notification["at"]),
            notification["state"].replace("_", " "),
            _statuses([attempt["status"] for attempt in notification["attempts"]]),
        )
        for notification in answer["notifications"]
    ]
    headers = ("id", "order", "operator", "code", "sent", "state", "attempts")
    yield from table(headers, rows) if rows else ["no notifications"]
    attempts = [attempt for notification in answer["notifications"] for attempt in notification["attempts"]]
    reasons = {attempt["reason"]: None for attempt in attempts}
    yield from (reason[:WIDTH] for reason in reasons if reason)
    answers = {one_line(attempt["answer"]): None for attempt in attempts}
    yield from (f"answered: {words}"[:WIDTH] for words in answers if words)


def _statuses(statuses: Sequence[int]) -> list[str]:
    """`0×9 204`: what was answered, and how often one after the other."""
    runs = [(status, len(list(run))) for status, run in groupby(statuses)]
    return [f"{status}×{number}" if number > 1 else str(status) for status, number in runs]


def resent(answer: Answer) -> Iterator[str]:
    """How many notifications are sent again."""
    yield f"{count(answer['resent'], 'notification')} on the way again"


def clock(answer: Answer) -> Iterator[str]:
    """Where the clock stands, after everything that happened on the way."""
    effects = answer.get("effects", ())
    longest = max((len(when(effect["time"])) for effect in effects), default=0)
    for effect in effects:
        about = effect.get("subject", "").rpartition("/")[2]
        kind = effect["type"] if was_reached(effect) else "notification not reached"
        yield from fitted(f"{when(effect['time']):{longest}}  {kind:26}  {about}".rstrip())
    going = "" if answer.get("pace", "manual") == "manual" else f"  {answer['pace']}"
    held = ", paused" if going and answer["paused"] else ""
    yield f"{when(answer['now'])}  {'ready' if answer['ready'] else 'under way'}{going}{held}"


def events(answer: Answer) -> Iterator[str]:
    """Events, a line each, in words."""
    rows = [_event(happening) for happening in answer["events"]]
    yield from table(("when", "about", "what"), rows, cut_last=True) if rows else ["nothing happened"]


def event(answer: Answer) -> Iterator[str]:
    """One event as it happens."""
    at, about, words = _event(answer)
    yield from fitted(f"{at:19}  {about:8}  {words}")


def _event(happening: Answer) -> tuple[str, str, str]:
    """When an event was, its subject (of a file, the operator), and what it says."""
    subject, words = happening.get("subject", NOTHING), words_of(happening)
    if "/" in subject:
        subject, words = happening["data"]["operator"], f"{words}: {subject.rpartition('/')[2]}"
    return when(happening["time"]), subject, words


def gone(answer: Answer) -> Iterator[str]:
    """What was removed."""
    yield from (f"{value} {name}" for name, value in answer.items())
