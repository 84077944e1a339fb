"""The deposit runs of the ordered loop: the files of each operator, and the calls that their rows ask for."""

from __future__ import annotations

from sim.capacity.cohort import layout as at
from sim.capacity.cohort.arrays import World, count, free_order, keep_peak, note_reply
from sim.capacity.cohort.calls import ask_call
from sim.capacity.engine.tally import HourlyCount

DEPOSITS = HourlyCount.DEPOSITS
LARGEST_DEPOSIT = HourlyCount.LARGEST_DEPOSIT
ROWS = HourlyCount.ROWS


def deposit(world: World, first: int, now: int) -> None:
    """One deposit run: the files of each operator, and what its call centre makes of them."""
    orders, reg = world.orders, world.reg
    reg[at.DEPOSITED_AT] = now
    if reg[at.LAST_RUN_AT] == now:
        reg[at.LAST_RUN_AT] = at.NONE
    centres, file_count = world.centres, 0
    row = first
    while row != at.NONE:
        following, operator = orders[row, at.NEXT], orders[row, at.OPERATOR]
        orders[row, at.NEXT] = at.NONE
        if orders[row, at.STATE] == reg[at.STATE_CANCELLED] and reg[at.DROPS_CANCELLED] == 1:
            orders[row, at.PENDING] -= 1
            note_reply(world, row, at.REPLY_FILE, at.NONE)
            free_order(world, row)
        else:
            if centres[operator, at.FILE_ROWS] == 0:
                centres[operator, at.FILE_FIRST] = row
                centres[file_count, at.FILE_OF_TURN] = operator
                file_count += 1
            else:
                orders[centres[operator, at.FILE_LAST], at.NEXT] = row
            centres[operator, at.FILE_LAST] = row
            centres[operator, at.FILE_ROWS] += 1
        row = following
    for turn in range(file_count):
        operator = centres[turn, at.FILE_OF_TURN]
        rows = centres[operator, at.FILE_ROWS]
        centres[operator, at.FILE_ROWS] = 0
        deposit_for(world, operator, centres[operator, at.FILE_FIRST], rows, now)


def deposit_for(world: World, operator: int, first: int, rows: int, now: int) -> None:
    """The files of one operator in a run, then its calls in the order of the rows."""
    orders, reg = world.orders, world.reg
    one_row_a_file = reg[at.FILE_FOR_EACH_ROW] == 1
    count(world, now, DEPOSITS, rows if one_row_a_file else 1)
    count(world, now, ROWS, rows)
    keep_peak(world, now, LARGEST_DEPOSIT, 1 if one_row_a_file else rows)
    row, number = first, 0
    while row != at.NONE:
        following = orders[row, at.NEXT]
        number += 1
        note_reply(world, row, at.REPLY_FILE, number)
        if world.centres[operator, at.HAS_CENTRE] == 1 and orders[row, at.STATE] == reg[at.STATE_ENGAGED]:
            ask_call(world, operator, row, max(now, reg[at.HORIZON]))
        orders[row, at.PENDING] -= 1
        free_order(world, row)
        row = following
