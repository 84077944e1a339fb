"""Lines of a trace by way of msgspec, if that is installed: judging takes a quarter less time.

What lives here: reading the events that have the right form and no unknown member. It must not know the rules.

A line that is refused here, for whatever reason, is read again by `event_checks`, which says what is wrong. msgspec
makes an event of a line without a dict between, and checks envelope and members several times as fast as Python.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from importlib.util import find_spec
from typing import Annotated, Any, Literal, NamedTuple, NoReturn, cast

from reports.judging.events import Event
from reports.judging.reading.event_forms import (
    BAND,
    FLAG,
    INSTANT,
    MEMBERS,
    NAME,
    NEEDS_NO_SUBJECT,
    NUMBER,
    RECORDED_ONLY,
    ROW,
    ROWS,
    SLOT,
    TABLE,
    TEXT,
    TEXTS,
    WIRES,
    Form,
)

REFUSED = (ValueError, RecursionError)
DECLARES_READINGS = "trace.observes"


class Line(Event):
    """An event whose envelope is right, its time still as written: `at` and `index` are for the reader to fill in."""

    time: str


class QuickWay(NamedTuple):
    """`read` makes an event of a line. `look_at` checks the data of such an event: right form, no unknown member. Both
    raise one of `REFUSED` where they are not sure."""

    read: Callable[[bytes], Line]
    look_at: Callable[[Event], None]


def no_way() -> QuickWay:
    """The way without msgspec: every line is refused."""

    def refuse(what: object) -> NoReturn:
        raise ValueError(what)

    return QuickWay(refuse, refuse)


def by_msgspec() -> QuickWay:
    """The way with msgspec."""
    import msgspec

    name = Annotated[str, msgspec.Meta(min_length=1)]
    line = msgspec.defstruct(
        "Line",
        [  # in the order in which they mostly stand: that is how they are found soonest
            ("specversion", Literal["1.0"]), ("id", name), ("source", _one_of(WIRES)),
            ("type", _one_of([*MEMBERS, *RECORDED_ONLY])), ("time", name), ("data", dict[str, Any], {}),
            *((member, str, "") for member in ("subject", "world", "datacontenttype", "dataschema")),
            ("at", int, 0), ("index", int, 0),
        ],
        # What is passed over could be anything, broken UTF-8 too: a member that is not known is refused.
        eq=False, gc=False, forbid_unknown_fields=True,
    )  # fmt: skip
    row, band = (msgspec.defstruct("Texts", [(member, str) for member in texts], gc=False) for texts in (ROW, BAND))
    types: Mapping[Form, Any] = {
        TEXT: str, NAME: name, FLAG: bool, NUMBER: Annotated[int, msgspec.Meta(ge=0)], TEXTS: list[str], TABLE: dict,
        ROWS: list[row], SLOT: band, INSTANT: str,  # type: ignore[valid-type]
    }  # fmt: skip

    def type_of(form: Form) -> Any:
        """A form as a type, as far as a type can tell."""
        return _one_of(form.choices) if form.choices else types[form]

    def all_of(members: Mapping[str, Form]) -> Any:
        """The data of an event, as a record that is made to see that it can be."""
        needed = [(member, type_of(form)) for member, form in members.items() if not member.endswith("?")]
        others = [(member[:-1], type_of(form) | None, None) for member, form in members.items() if member[-1] == "?"]
        return msgspec.defstruct("Data", [*needed, *others], gc=False, forbid_unknown_fields=True)

    records = {kind: all_of(members) for kind, members in MEMBERS.items() if kind != DECLARES_READINGS}
    closer = {
        kind: [(member.rstrip("?"), form.holds) for member, form in members.items() if form in {SLOT, INSTANT}]
        for kind, members in MEMBERS.items()
    }
    convert = msgspec.convert

    def look_at(event: Event) -> None:
        kind, data = event.type, event.data
        if kind not in records or not (event.subject or kind in NEEDS_NO_SUBJECT):
            raise ValueError(kind)
        convert(data, records[kind])
        for member, holds in closer[kind]:
            value = data.get(member)
            if value is not None and not holds(value):
                raise ValueError(member)

    return QuickWay(cast(Callable[[bytes], Line], msgspec.json.Decoder(line).decode), look_at)


def _one_of(texts: Iterable[str]) -> Any:
    return Literal[tuple(texts)]


QUICK_WAY = by_msgspec() if find_spec("msgspec") else no_way()
