"""Numbers with their units as each language writes them: 1.234,5 giorni and 1,234.5 days.

What lives here: formatting of numbers. It must not know which indicator a number belongs to.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from math import isnan
from types import MappingProxyType

from reports.words.labels import Term, same

_SWAPPED = str.maketrans({",": ".", ".": ","})
NOTHING = Term("–", "–")
_FORMS = re.compile(r"\{(\w+):([^{}|]*)\|([^{}|]*)\}")
LEAST_SHOWN, LEAST_SHARE_SHOWN = 0.01, 0.001
ROUNDING = 1e-9  # what sums of fractions leave over

# What stands behind a number, by unit: for one thing and for several.
UNITS: Mapping[str, tuple[Term, Term]] = MappingProxyType(
    {
        "orders": (Term("ordine", "order"), Term("ordini", "orders")),
        "days": (Term("giorno", "day"), Term("giorni", "days")),
        "hours": (Term("ora", "hour"), Term("ore", "hours")),
        "minutes": (Term("minuto", "minute"), Term("minuti", "minutes")),
        "seconds": (Term("secondo", "second"), Term("secondi", "seconds")),
        "sms": (Term("SMS", "SMS"), Term("SMS", "SMS")),
        "files": (Term("file", "file"), Term("file", "files")),
        "rows": (Term("riga", "row"), Term("righe", "rows")),
        "notifications": (Term("notifica", "notification"), Term("notifiche", "notifications")),
        "sessions": (Term("sessione", "session"), Term("sessioni", "sessions")),
        "calls": (Term("telefonata", "call"), Term("telefonate", "calls")),
        "appointments": (Term("appuntamento", "appointment"), Term("appuntamenti", "appointments")),
        "visits": (Term("visita", "visit"), Term("visite", "visits")),
        "slots": (Term("posto", "slot"), Term("posti", "slots")),
        "weeks": (Term("settimana", "week"), Term("settimane", "weeks")),
        "euro": (Term("euro", "euro"), Term("euro", "euro")),
        "replications": (Term("replica", "replication"), Term("repliche", "replications")),
    }
)


def number(value: float | None, decimals: int | None = None) -> Term:
    """A number with thousands separators; without `decimals`, as many as its size deserves."""
    if value is None or isnan(value):
        return NOTHING
    if decimals is None and ROUNDING < value < LEAST_SHOWN / 2:  # what is little is not said to be nothing
        return Term("< 0,01", "< 0.01")
    text = f"{value:,.{_decimals(value) if decimals is None else decimals}f}"
    if decimals is None and "." in text:
        text = text.rstrip("0").rstrip(".")
    text = text.replace("-", "−") if text.strip("-0.,") else text.lstrip("-")
    return Term(text.translate(_SWAPPED), text)


def exact(value: float) -> str:
    """A number with all the digits that somebody wrote, as a command takes it: 1234567, not 1.23457e+06."""
    return f"{value:.15g}"


def in_full(value: float | None) -> Term:
    """A value that somebody chose, with all its digits: 1.234.567,5 and 1,234,567.5."""
    if value is None or isnan(value):
        return NOTHING
    text = f"{value:,.15g}".replace("-", "−")
    return Term(text.translate(_SWAPPED), text)


def percent_in_full(share: float) -> Term:
    """A share that somebody chose as a percentage: 99.9% is not 100%."""
    number_of = in_full(share * 100)
    return Term(f"{number_of.it} %", f"{number_of.en}%")


def percent(value: float | None, decimals: int | None = None) -> Term:
    """A share as a percentage."""
    if value is None or isnan(value):
        return NOTHING
    if decimals is None and ROUNDING < value < LEAST_SHARE_SHOWN / 2:
        return Term("< 0,1 %", "< 0.1%")
    share = number(value * 100, (0 if abs(value) >= 0.9995 or value == 0 else 1) if decimals is None else decimals)
    return Term(f"{share.it} %", f"{share.en}%")


def bare(value: float | None, unit: str) -> Term:
    """A number of a unit, without the unit's name; shares keep their sign."""
    return percent(value) if unit == "share" else number(value)


def amount(value: float | None, unit: str) -> Term:
    """A number with its unit."""
    bare_number = bare(value, unit)
    if unit not in UNITS or bare_number == NOTHING:
        return bare_number
    name = UNITS[unit][0 if bare_number.en == "1" else 1]
    return Term(f"{bare_number.it} {name.it}", f"{bare_number.en} {name.en}")


def unit_name(unit: str) -> Term:
    """The unit alone, as the axis of a plot says it."""
    if unit == "share":
        return Term("%", "%")
    return UNITS[unit][1] if unit in UNITS else Term("", "")


def between(low: float | None, high: float | None, unit: str) -> Term:
    """The ends of an interval; nothing where there is none."""
    if low is None or high is None:
        return Term("", "")
    lower, upper = bare(low, unit), bare(high, unit)
    return Term(f"{lower.it} – {upper.it}", f"{lower.en} – {upper.en}")


def with_ends(mean: float | None, low: float | None, high: float | None, unit: str) -> Term:
    """A number of a unit, with the ends of its interval where it has one."""
    bare_mean, ends = bare(mean, unit), between(low, high, unit)
    return Term(f"{bare_mean.it} ({ends.it})", f"{bare_mean.en} ({ends.en})") if ends.en else bare_mean


def clock(minute: int) -> str:
    """HH:MM of a minute of the day."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def with_forms(pattern: str, parts: Mapping[str, object]) -> str:
    """A sentence of one language with its gaps filled, in the singular where a number is 1.

    `{count:# riga|# righe}` is the first form for 1 and the second for any other number, each with the number for `#`.
    """

    def form(gap: re.Match[str]) -> str:
        name, one, several = gap.groups()
        return (one if str(parts[name]) == "1" else several).replace("#", f"{{{name}}}")

    return (_FORMS.sub(form, pattern) if "|" in pattern else pattern).format_map(parts)


def filled(pattern: Term, **parts: object) -> Term:
    """A sentence with its gaps filled in both languages."""
    terms = {name: part if isinstance(part, Term) else same(str(part)) for name, part in parts.items()}
    return Term(
        with_forms(pattern.it, {name: part.it for name, part in terms.items()}),
        with_forms(pattern.en, {name: part.en for name, part in terms.items()}),
    )


def joined(parts: Sequence[Term], separator: str) -> Term:
    """Sentences or words after one another in both languages."""
    return Term(separator.join(part.it for part in parts), separator.join(part.en for part in parts))


def _decimals(value: float) -> int:
    return 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2
