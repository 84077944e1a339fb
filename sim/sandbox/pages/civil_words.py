"""Instants and slots in words, Italian and English, as the pages say them: Rome's wall clock, weekday beside date.

What lives here: presentation of time. It must not compute any deadline of the service.
"""

from __future__ import annotations

from reference_impl.civil_time import DAY, date_of, format_time_of_day, wall_clock, weekday
from reference_impl.ports import Slot

ITALIAN, ENGLISH = "it", "en"
LANGUAGES = (ITALIAN, ENGLISH)
WEEKDAYS = {
    ITALIAN: ("lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato", "domenica"),
    ENGLISH: ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
ITALIAN_MONTHS = (
    *("gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno"),
    *("luglio", "agosto", "settembre", "ottobre", "novembre", "dicembre"),
)
ENGLISH_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
MONTHS = {ITALIAN: ITALIAN_MONTHS, ENGLISH: ENGLISH_MONTHS}
UNTIL_END_OF_DAY = {ITALIAN: "entro la fine di {day}", ENGLISH: "by the end of {day}"}
UNTIL_TIME = {ITALIAN: "entro le {time} di {day}", ENGLISH: "by {time} on {day}"}
SHORT = 3


def day_words(day: int, language: str) -> str:
    """`giovedì 5 marzo`, `Thursday 5 March`."""
    date = date_of(day)
    return f"{WEEKDAYS[language][weekday(day)]} {date.day} {MONTHS[language][date.month - 1]}"


def day_words_of(instant: int, language: str) -> str:
    """The day that the wall clock shows at an instant, in words."""
    return day_words(wall_clock(instant)[0], language)


def weekday_short(day: int, language: str = ENGLISH) -> str:
    """`gio`, `Thu`."""
    return WEEKDAYS[language][weekday(day)][:SHORT]


def short_day(day: int, language: str = ENGLISH) -> str:
    """`Thu 5 Mar`."""
    date = date_of(day)
    return f"{weekday_short(day, language)} {date.day} {MONTHS[language][date.month - 1][:SHORT]}"


def clock_words(instant: int, seconds: bool = False) -> str:
    """`08:00`, or `08:00:00`."""
    time_of_day = wall_clock(instant)[1]
    return format_time_of_day(time_of_day) + (f":{time_of_day // 1000 % 60:02d}" if seconds else "")


def short_instant(instant: int, language: str = ENGLISH) -> str:
    """`Thu 5 Mar 08:00`; seconds only where there are any."""
    return f"{short_day(wall_clock(instant)[0], language)} {clock_words(instant, bool(instant // 1000 % 60))}"


def band_words(slot: Slot) -> str:
    """`08:00–10:00`."""
    return f"{clock_words(slot.start)}–{clock_words(slot.end)}"


def slot_words(slot: Slot, language: str) -> str:
    """`giovedì 5 marzo, 08:00–10:00`."""
    return f"{day_words_of(slot.start, language)}, {band_words(slot)}"


def until_words(first_too_late: int, language: str) -> str:
    """How long something is possible that is too late at an instant: `entro la fine di giovedì 5 marzo`."""
    day, time_of_day = wall_clock(first_too_late)
    if time_of_day % DAY == 0:
        return UNTIL_END_OF_DAY[language].format(day=day_words(day - 1, language))
    return UNTIL_TIME[language].format(day=day_words(day, language), time=format_time_of_day(time_of_day))


def short_day_of(instant: int, language: str = ENGLISH) -> str:
    """The day that the wall clock shows at an instant: `Thu 5 Mar`."""
    return short_day(wall_clock(instant)[0], language)


def year_of(instant: int) -> int:
    """The year that the wall clock shows at an instant."""
    return date_of(wall_clock(instant)[0]).year


def local_form(instant: int) -> str:
    """An instant as a browser's date and time field takes it."""
    day, time_of_day = wall_clock(instant)
    return f"{date_of(day).isoformat()}T{format_time_of_day(time_of_day)}"
