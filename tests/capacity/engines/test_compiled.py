"""What the ordered loop may not do, so that its machine code needs no memory but its arguments."""

from __future__ import annotations

from types import FunctionType

from sim.capacity.cohort.arrays import place_order, sort_due
from sim.capacity.cohort.machine.machine_code import PARTS


def test_functions_of_the_loop_make_no_arrays() -> None:
    functions = [
        function
        for module in PARTS
        for function in vars(module).values()
        if isinstance(function, FunctionType) and function.__module__ == module.__name__
    ]
    assert len(functions) > 40
    slicing = [function for function in functions if {"np", "slice"} & {*function.__code__.co_names}]
    assert slicing == [sort_due]  # for which, as for `place_order`, compiled code has its own
    assert place_order in functions
