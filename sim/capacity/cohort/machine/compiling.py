"""Makes machine code of the ordered loop with numba, as an object file that needs nothing but memory.

numba reads the functions of the loop as they stand and gives LLVM's language; LLVM then optimises all of them as one.
"""

from __future__ import annotations

from types import FunctionType
from typing import Any

import llvmlite.binding as llvm
import numba
from numba import types

from sim.capacity.cohort.machine.machine_code import PARTS, RUN, target_machine
from sim.capacity.cohort.machine.pointer import look_ahead, place_order, sort_due, world_at

SMALL = (
    "count",
    "keep_peak",
    "count_wait",
    "note_reply",
    "free_order",
    "end_order",
    "has_room",
    "push",
    "replace_least",
    "promise",
    "bin_number",
    "last_at_or_before",
    "position_of",
    "instant_at",
)
HOW = {"error_model": "numpy", "no_cpython_wrapper": True, "no_cfunc_wrapper": True, "_nrt": False}
REPLACED = {"place_order": place_order, "look_ahead": look_ahead, "sort_due": sort_due}
FROM_THE_SYSTEM = ("llvm.", "memcpy", "memmove", "memset")


def object_file() -> bytes:
    """The object file; its function `RUN` takes the address of a world's header, and until when to run."""
    numba.config.OPT = numba.config._OptLevel(0)  # LLVM is asked below, for all functions at once
    namespace: dict[str, Any] = {name: value for module in PARTS for name, value in vars(module).items()}
    names = {module.__name__ for module in PARTS}
    for name, function in list(namespace.items()):
        if isinstance(function, FunctionType) and function.__module__ in names:
            copy = FunctionType(function.__code__, namespace, name)
            copy.__module__, copy.__qualname__ = function.__module__, function.__qualname__
            is_small = name in SMALL
            namespace[name] = REPLACED[name]() if name in REPLACED else numba.njit(copy, forceinline=is_small, **HOW)
    run, world = namespace["run"], world_at()

    def run_at(header: int, until: int) -> int:
        return run(world(header), until)  # type: ignore[no-any-return]

    entry = numba.cfunc(types.int64(types.int64, types.int64), error_model="numpy")(run_at)
    return _emitted(entry.inspect_llvm(), entry.native_name)


def _emitted(code: str, entry: str) -> bytes:
    """The object file of some code, of which only one function is seen from outside.

    Raises RuntimeError where a function makes an array or a list, or can fail: that needs numba where it runs.
    """
    module, machine = llvm.parse_assembly(code), target_machine()
    for function in module.functions:
        if not function.is_declaration and function.name != entry:
            function.linkage = "internal"
    module.get_function(entry).name = RUN
    builder = llvm.create_pass_builder(machine, llvm.create_pipeline_tuning_options(speed_level=3))
    for _ in range(2):  # the first finds that nothing can fail, the second drops what would follow if it did
        builder.getModulePassManager().run(module, builder)
    missing = [f.name for f in module.functions if f.is_declaration and not f.name.startswith(FROM_THE_SYSTEM)]
    if missing:
        raise RuntimeError("the loop makes something or can fail, for it asks for " + ", ".join(missing))
    return bytes(machine.emit_object(module))
