"""Random draws, a row for each order: they belong to the order, never to the sequence of events.

An order is the k-th of its day. Its row depends on seed, replication, day and k alone, so that two variants of a
scenario meet the same orders with the same luck (common random numbers), and another engine can be given the same rows.
"""

from __future__ import annotations

from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from reference_impl.civil_time import DAY
from sim.capacity.scenario.distributions import Floats

CANCELS_WITHIN = 5 * DAY  # of the engagement SMS
ARRIVALS, ROWS, WEEKS, LEVEL, ABSENCE = range(5)  # the streams of a day; that of weeks is of a week's first day


class Column(IntEnum):
    """What each uniform of a row decides. New columns go to the end: the others keep their luck."""

    OPERATOR = 0
    SERVICE = 1
    TERRITORY = 2
    HAS_CODE = 3
    LINE_READY = 4
    BEHAVIOUR = 5
    ANSWER = 6
    WISH_DAYS = 7
    WISH_BAND = 8
    SESSION = 9
    CALL_ATTEMPTS = 10
    CALL_OUTCOME = 11
    RESCHEDULES = 12
    RESCHEDULE_WHEN = 13
    MOVE_BY = 14
    CANCELS = 15
    CANCEL_WHEN = 16
    LATENCY_1 = 17
    LATENCY_2 = 18
    LATENCY_3 = 19
    LATENCY_4 = 20
    VISITS_IN_VAIN = 21


COLUMNS = 32  # of a row; more than there are names, so that a new one moves nothing


def _generator(seed: int, replication: int, day: int, *stream: int) -> np.random.Generator:
    return np.random.Generator(np.random.Philox(np.random.SeedSequence((seed, replication, day, *stream))))


def unit_arrivals(seed: int, replication: int, day: int, until: float) -> Floats:
    """A Poisson process of rate 1 on [0, until), rising: the arrivals of a day on the axis of its expected number."""
    generator = _generator(seed, replication, day, ARRIVALS)
    points = np.cumsum(generator.standard_exponential(_block(until)))
    while points[-1] < until:
        more = points[-1] + np.cumsum(generator.standard_exponential(_block(until)))
        points = np.concatenate((points, more))
    return points[points < until]


def _block(until: float) -> int:
    """How many gaps to draw at once, so that it nearly always suffices."""
    return int(until + 6 * until**0.5) + 16


def drawn_week(seed: int, replication: int, first_day: int, weeks: int) -> int:
    """The number, below `weeks`, of the recorded week that a week of the horizon takes its orders from."""
    return int(_generator(seed, replication, first_day, WEEKS).integers(weeks))


def day_level(seed: int, replication: int, day: int, variance: float) -> float:
    """How many times its expected orders a day has: gamma distributed, mean 1, of that variance; 1 without any.

    The quantile of one uniform, so that a day that is busy stays busy whatever the variance is.
    """
    if not variance:
        return 1.0
    from scipy.special import gammaincinv  # here, for most scenarios never ask

    uniform = _generator(seed, replication, day, LEVEL).random()
    return float(gammaincinv(1 / variance, uniform) * variance)


def technicians_present(
    seed: int, replication: int, day: int, territory: int, technicians: int, absence: float
) -> NDArray[np.bool_]:
    """Whether each technician of a territory comes on a day; the first are the same however many there are."""
    uniforms = _generator(seed, replication, day, ABSENCE, territory).random(technicians)
    return np.asarray(uniforms >= absence)


def uniform_rows(seed: int, replication: int, day: int, orders: int) -> Floats:
    """Uniforms on [0, 1), shape (orders, COLUMNS): the first rows are the same however many there are."""
    return _generator(seed, replication, day, ROWS).random((orders, COLUMNS))
