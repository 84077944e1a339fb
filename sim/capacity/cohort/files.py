"""The deposit runs of the ordered loop: the files of each operator, and the calls that their rows ask for."""

from __future__ import annotations

from sim.capacity.cohort import layout as at
from sim.capacity.cohort.arrays import World, count, let_go, peak, tell
from sim.capacity.cohort.calls import ask_call
from sim.capacity.engine.tally import HourlyCount

DEPOSITS = HourlyCount.DEPOSITS
LARGEST_DEPOSIT = HourlyCount.LARGEST_DEPOSIT
ROWS = HourlyCount.ROWS


def deposit(w: World, first: int, now: int) -> None:
    """One deposit run: the files of each operator, and what its call centre makes of them."""
    o, reg = w.orders, w.reg
    reg[at.DEPOSITED_AT] = now
    if reg[at.LAST_RUN_AT] == now:
        reg[at.LAST_RUN_AT] = at.NONE
    centres, seen = w.centres, 0
    row = first
    while row != at.NONE:
        following, operator = o[row, at.NEXT], o[row, at.OPERATOR]
        o[row, at.NEXT] = at.NONE
        if o[row, at.STATE] == reg[at.STATE_CANCELLED] and reg[at.DROPS_CANCELLED] == 1:
            o[row, at.PENDING] -= 1
            tell(w, row, at.TOLD_FILE, at.NONE)
            let_go(w, row)
        else:
            if centres[operator, at.FILE_ROWS] == 0:
                centres[operator, at.FILE_FIRST] = row
                centres[seen, at.FILE_OF_TURN] = operator
                seen += 1
            else:
                o[centres[operator, at.FILE_LAST], at.NEXT] = row
            centres[operator, at.FILE_LAST] = row
            centres[operator, at.FILE_ROWS] += 1
        row = following
    for turn in range(seen):
        operator = centres[turn, at.FILE_OF_TURN]
        rows = centres[operator, at.FILE_ROWS]
        centres[operator, at.FILE_ROWS] = 0
        deposit_for(w, operator, centres[operator, at.FILE_FIRST], rows, now)


def deposit_for(w: World, operator: int, first: int, rows: int, now: int) -> None:
    """The files of one operator in a run, then its calls in the order of the rows."""
    o, reg = w.orders, w.reg
    one_row_a_file = reg[at.FILE_FOR_EACH_ROW] == 1
    count(w, now, DEPOSITS, rows if one_row_a_file else 1)
    count(w, now, ROWS, rows)
    peak(w, now, LARGEST_DEPOSIT, 1 if one_row_a_file else rows)
    row, number = first, 0
    while row != at.NONE:
        following = o[row, at.NEXT]
        number += 1
        tell(w, row, at.TOLD_FILE, number)
        if w.centres[operator, at.HAS_CENTRE] == 1 and o[row, at.STATE] == reg[at.STATE_ENGAGED]:
            ask_call(w, operator, row, max(now, reg[at.HORIZON]))
        o[row, at.PENDING] -= 1
        let_go(w, row)
        row = following
