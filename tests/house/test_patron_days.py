"""The features hold for a system that keeps its city's patron day as a holiday: the reading of holidays leaves it free.

A scenario that a patron day would change says which holidays it means, or is about other days.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from reports.judging.profiles import declaring, named_profile
from steps.drivers.reference import InProcessDriver
from steps.scripts import Script, play, scripts

# Month and day -> provincial capitals that keep it. Easter and Sundays move other patrons' days.
PATRON_DAYS = {
    "01-13": "Parma", "01-19": "Lodi", "01-20": "Caserta", "01-22": "Novara", "01-29": "Perugia", "01-31": "Modena",
    "02-04": "Forlì", "02-05": "Catania", "02-12": "Cosenza", "02-13": "Oristano", "02-14": "Terni, Avellino",
    "02-15": "Brescia", "02-25": "Agrigento", "03-01": "Vibo Valentia", "03-16": "Gorizia", "03-18": "Mantova, Savona",
    "03-19": "La Spezia", "03-22": "Foggia", "04-23": "Ferrara, Campobasso, Reggio Calabria", "04-27": "Treviso",
    "05-04": "Ancona", "05-08": "Varese, Verbania", "05-10": "Taranto", "05-11": "Chieti", "05-19": "Isernia",
    "05-21": "Verona", "05-22": "Livorno", "05-30": "Potenza", "06-03": "Messina", "06-10": "L'Aquila",
    "06-13": "Padova", "06-17": "Pisa", "06-19": "Sondrio", "06-20": "Frosinone",
    "06-24": "Torino, Genova, Firenze, Monza", "06-26": "Trento", "06-29": "Roma", "07-02": "Enna, Matera",
    "07-04": "Piacenza", "07-12": "Lucca, Udine", "07-15": "Palermo", "07-16": "Catanzaro", "07-23": "Ravenna",
    "07-25": "Pistoia", "08-01": "Vercelli", "08-05": "Ascoli Piceno, Nuoro", "08-07": "Arezzo, Trapani",
    "08-10": "Grosseto", "08-24": "Benevento", "08-26": "Bergamo, Lecce", "08-29": "Ragusa", "08-31": "Como, Macerata",
    "09-04": "Viterbo", "09-07": "Aosta", "09-08": "Pordenone, Vicenza", "09-19": "Napoli", "09-21": "Salerno",
    "09-24": "Pesaro", "09-29": "Caltanissetta, Cuneo", "10-04": "Bologna", "10-09": "Crotone", "10-10": "Pescara",
    "10-14": "Rimini", "10-30": "Cagliari", "11-03": "Trieste", "11-10": "Alessandria", "11-11": "Belluno",
    "11-13": "Cremona", "11-24": "Reggio Emilia", "11-26": "Imperia, Rovigo", "12-01": "Siena", "12-04": "Rieti",
    "12-06": "Bari, Lecco, Sassari", "12-07": "Milano", "12-09": "Pavia", "12-13": "Siracusa", "12-19": "Teramo",
}  # fmt: skip
DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
BEARS_ON = timedelta(days=7)  # so long after its last date a scenario may go on: a term and what follows it


def days_of(script: Script) -> Iterator[str]:
    """The patron days in the time that a scenario is about."""
    dates = sorted(map(date.fromisoformat, DATE.findall(str([arguments for _, arguments, _ in script.lines]))))
    if not dates:
        return
    first, last = dates[0], dates[-1] + BEARS_ON
    within = {f"{first + timedelta(days=number):%m-%d}" for number in range((last - first).days + 1)}
    yield from (day for day in PATRON_DAYS if day in within)


def test_a_patron_day_that_is_a_holiday_fails_no_scenario() -> None:
    base, play_count, failures = named_profile("default"), 0, list[str]()
    profiles = {day: declaring(base, {"holidays": ["national", day]}, city) for day, city in PATRON_DAYS.items()}
    for script in scripts():
        for day in days_of(script):
            story = play(script, profiles[day], InProcessDriver)
            play_count += 1
            if story.outcome != "passed":
                failures.append(f"{day} ({PATRON_DAYS[day]}): {script.rule} {script.name}: {story.message}")
    assert play_count > len(scripts())
    assert not failures, "\n".join(failures)
