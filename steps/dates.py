"""Days and instants as the features write them: weekday and date together, checked against each other.

`mar 2026-03-03 07:00:00` is an instant on the wall clock of Europe/Rome, `mar 2026-03-03` a day and
`gio 2026-03-05 10:00-12:00` a band. In the repeated hour of October the first is meant, unless `ora solare` follows.
Computed with the standard library alone, so that the features do not share the service's arithmetic; the names of the
weekdays are those of `reports.facts`.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from reports import facts

ROME = ZoneInfo("Europe/Rome")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)
WEEKDAYS = tuple(weekday.it[:3] for weekday in facts.WEEKDAYS)
DAY_MS = 86_400_000

DAY = r"[a-z]{3} \d{4}-\d\d-\d\d"
INSTANT = DAY + r" \d\d:\d\d(?::\d\d(?:\.\d{3})?)?(?: ora solare)?"
BAND = DAY + r" \d\d:\d\d-\d\d:\d\d"


class DateError(ValueError):
    """A day or an instant in a feature that cannot be meant as written."""


@lru_cache(maxsize=8192)
def day(text: str) -> date:
    """The date of `mar 2026-03-03`. Raises DateError where weekday and date disagree."""
    weekday, _, written = text.partition(" ")
    try:
        result = date.fromisoformat(written)
    except ValueError:
        raise DateError(f"{text!r}: la data non esiste; si scrive come mar 2026-03-03") from None
    if weekday not in WEEKDAYS:
        raise DateError(f"{text!r}: {weekday!r} non è un giorno; si ammettono {', '.join(WEEKDAYS)}")
    if weekday != WEEKDAYS[result.weekday()]:
        raise DateError(f"{text!r}: il {written} è {WEEKDAYS[result.weekday()]}, non {weekday}")
    return result


@lru_cache(maxsize=8192)
def instant(text: str) -> int:
    """The instant, in milliseconds since the epoch. Raises DateError, also for an hour that does not exist."""
    is_winter_time = text.endswith(" ora solare")
    weekday, written, clock = text.removesuffix(" ora solare").split(" ", 2)
    return _in_rome(day(f"{weekday} {written}"), clock, fold=is_winter_time)


@lru_cache(maxsize=8192)
def band(text: str) -> tuple[int, int]:
    """The band as its two instants. Raises DateError."""
    weekday, written, clocks = text.split(" ")
    start, _, end = clocks.partition("-")
    civil_date = day(f"{weekday} {written}")
    return _in_rome(civil_date, start, fold=False), _in_rome(civil_date, end, fold=False)


def _in_rome(civil_date: date, clock: str, *, fold: bool) -> int:
    try:
        local = datetime.combine(civil_date, time.fromisoformat(clock), tzinfo=ROME).replace(fold=int(fold))
    except ValueError:
        raise DateError(f"{clock!r}: l'ora non esiste; si scrive come 07:00:00") from None
    utc = local.astimezone(UTC)
    if utc.astimezone(ROME).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise DateError(f"{civil_date} {clock}: in questa notte l'ora legale salta l'ora scritta")
    return (utc - EPOCH) // MILLISECOND


@lru_cache(maxsize=8192)
def midnight(moment: int) -> int:
    """The instant at which the civil day of an instant began."""
    local = _local(moment)
    return _in_rome(local.date(), "00:00", fold=False)


@lru_cache(maxsize=65536)
def from_trace(text: str) -> int:
    """The instant of an RFC 3339 time of the trace."""
    return (datetime.fromisoformat(text) - EPOCH) // MILLISECOND


@lru_cache(maxsize=65536)
def to_trace(moment: int) -> str:
    """An instant as the trace writes it: RFC 3339 with the offset of Rome, to the millisecond."""
    return _local(moment).isoformat(timespec="milliseconds")


def slot_of(bounds: tuple[int, int]) -> dict[str, str]:
    """A band as the trace writes a slot."""
    return {"start": _local(bounds[0]).isoformat(), "end": _local(bounds[1]).isoformat()}


def bounds_of(slot: object) -> tuple[int, int] | None:
    """The two instants of a slot of the trace; None for no slot."""
    return (from_trace(slot["start"]), from_trace(slot["end"])) if isinstance(slot, dict) else None


def shown(moment: int) -> str:
    """An instant as a feature would write it, for messages."""
    local = _local(moment)
    clock = local.isoformat(sep=" ", timespec="milliseconds" if moment % 1000 else "seconds")[:23].split("+")[0]
    return f"{WEEKDAYS[local.weekday()]} {clock}"


def shown_band(bounds: tuple[int, int]) -> str:
    """A band as a feature would write it, for messages."""
    return f"{shown(bounds[0])[:-3]}-{_local(bounds[1]).isoformat()[11:16]}"


def clock(moment: int) -> str:
    """What the clock on the wall shows at an instant: `07:00:00.000`."""
    return _local(moment).strftime("%H:%M:%S.") + f"{moment % 1000:03d}"


def italian(moment: int) -> str:
    """The day of an instant as gg/mm/aaaa."""
    return f"{_local(moment):%d/%m/%Y}"


def operating_later(moment: int, delay: int, *, skips_sundays: bool) -> int:
    """An instant between 07:00 and 20:00, later by a delay that runs in those hours alone."""
    evening = _in_rome(_local(moment).date(), "20:00", fold=False)
    if moment + delay <= evening:
        return moment + delay
    following = _local(moment).date() + timedelta(days=1)
    while skips_sundays and following.weekday() == len(WEEKDAYS) - 1:
        following += timedelta(days=1)
    return operating_later(
        _in_rome(following, "07:00", fold=False), delay - (evening - moment), skips_sundays=skips_sundays
    )


def _local(moment: int) -> datetime:
    return (EPOCH + timedelta(milliseconds=moment)).astimezone(ROME)
