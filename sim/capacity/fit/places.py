"""Where orders came from, which slots there are, and how many technicians they had at least.

Technicians are not recorded. The most visits of one slot are how many there were where slots were ever full; else there
were more, and the scenario is too strict. A weekday and band has fewer where its own most was met week after week.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from reference_impl.civil_time import DAY, HOUR, WEEKDAYS, format_time_of_day, wall_clock, weekday
from reference_impl.policy import SlotGrid
from sim.capacity.fit.findings import Finding, Origin
from sim.capacity.fit.records import VISITED, Records

MOST_BANDS = 24
LEAST_WEEKS = 4
FULL_SHARE = 0.25  # of the days of a weekday: a count that is met so often, and never passed, is a limit
LEAST_VISITS = 30


def place_findings(records: Records, grid: SlotGrid, days_of_visits: frozenset[int]) -> list[Finding]:
    """The share of each territory, and the technicians of its slots; the grid, where visits are not those of `grid`."""
    visits = records.where(records.outcome == VISITED)
    starts = Counter(wall_clock(visit)[1] for visit in visits.visit_at.tolist())
    bands = _bands(starts, grid)
    findings = _grid_findings(bands, days_of_visits, grid, len(visits))
    visit_counts: Counter[tuple[int, int, int]] = Counter()
    for territory, visit in zip(visits.territory.tolist(), visits.visit_at.tolist(), strict=True):
        day, time = wall_clock(visit)
        visit_counts[territory, day, time] += 1
    for number, name in enumerate(records.territories):
        own = int((records.territory == number).sum())
        path = f"territories.{name.lower()}"
        findings.append(Finding(f"{path}.share", own, Origin.COUNTED, own))
        findings += _technicians(path, number, visit_counts, bands, days_of_visits)
    return findings


def _bands(starts: Counter[int], grid: SlotGrid) -> list[tuple[int, int]]:
    """The bands of the grid if the visits begin with them; else each from one beginning to the next."""
    times = list(grid.times())
    if sum(starts.values()) < LEAST_VISITS or set(starts) <= {start for start, _ in times}:
        return times
    begins = sorted(starts)
    if len(begins) > MOST_BANDS:
        return times
    lengths = [later - earlier for earlier, later in pairwise(begins)]
    last = min(begins[-1] + (min(lengths) if lengths else 2 * HOUR), DAY)
    return list(zip(begins, [*begins[1:], last], strict=True))


def _grid_findings(
    bands: list[tuple[int, int]], days_of_visits: frozenset[int], grid: SlotGrid, visits: int
) -> list[Finding]:
    findings = []
    if days_of_visits:
        days = [WEEKDAYS[day] for day in sorted(days_of_visits)]
        findings.append(Finding("slots.weekdays", days, Origin.BOUND, visits))
    if bands != list(grid.times()):
        texts = ["-".join(map(format_time_of_day, band)) for band in bands]
        findings.append(Finding("slots.bands", texts, Origin.BOUND, visits))
    return findings


def _technicians(
    path: str,
    number: int,
    visit_counts: Counter[tuple[int, int, int]],
    bands: list[tuple[int, int]],
    days_of_visits: frozenset[int],
) -> list[Finding]:
    """The most visits of any slot of a territory, and by weekday and band where these differ."""
    visits = {(day, time): count for (territory, day, time), count in visit_counts.items() if territory == number}
    if not visits:
        return [Finding(f"{path}.slots_per_band", 1, Origin.ASSUMED, notes=("no_visits",))]
    visit_total, largest = sum(visits.values()), max(visits.values())
    findings = [Finding(f"{path}.slots_per_band", largest, Origin.BOUND, visit_total, notes=("technicians",))]
    days = {day for day, _ in visits}
    for day in sorted(days_of_visits):
        own_days = [seen_day for seen_day in days if weekday(seen_day) == day]
        own = [_full_at([visits.get((own_day, start), 0) for own_day in own_days], largest) for start, _ in bands]
        if set(own) != {largest}:
            findings.append(Finding(f"{path}.{WEEKDAYS[day]}", own, Origin.BOUND, visit_total, notes=("technicians",)))
    return findings


def _full_at(counts: list[int], largest: int) -> int:
    """The technicians of a weekday and band, from its visits on each day: the most, if that was a limit often met."""
    if len(counts) < LEAST_WEEKS:
        return largest
    own_largest = max(counts)
    often = counts.count(own_largest)
    return own_largest if often >= max(LEAST_WEEKS - 1, FULL_SHARE * len(counts)) else largest
