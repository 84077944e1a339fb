"""Machine code in memory: how LLVM's loader takes an object file, and how a world is handed to it.

What lives here is all that compiled code needs where it runs. It must not know numba, which made it.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.capacity.cohort import arrays, calls, closing, files, free_slots, lives, loop, sessions, wires
from sim.capacity.cohort.arrays import World
from sim.capacity.memory import let_go_of_code

PARTS = arrays, wires, free_slots, lives, sessions, calls, files, closing, loop  # whose functions are the loop
RUN = "run_loop"  # the function of the object file
LOADER = "libllvmlite.so"
MOST_AXES = 4
WORDS = 1 + MOST_AXES  # of the header, for each array


def header_of(world: World) -> NDArray[np.int64]:
    """Where the arrays of a world are, and their shapes."""
    words = np.zeros((len(world), WORDS), dtype=np.int64)
    for number, array in enumerate(world):
        words[number, 0] = array.ctypes.data
        words[number, 1 : 1 + array.ndim] = array.shape
    return words


def target_machine() -> Any:
    """This machine, as LLVM sees it."""
    import llvmlite.binding as llvm

    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    features = llvm.get_host_cpu_features().flatten()
    target = llvm.Target.from_triple(llvm.get_process_triple())
    return target.create_target_machine(cpu=llvm.get_host_cpu_name(), features=features, opt=3, jit=True)


def loaded(machine_code: bytes) -> Callable[[int, int], int]:
    """The function `RUN` of an object file: it takes the address of a header, and until when to run."""
    import llvmlite.binding as llvm

    engine = llvm.create_mcjit_compiler(llvm.parse_assembly(""), target_machine())
    engine.add_object_file(llvm.ObjectFileRef.from_data(machine_code))
    engine.finalize_object()
    function = ctypes.CFUNCTYPE(ctypes.c_int64, ctypes.c_int64, ctypes.c_int64)(engine.get_function_address(RUN))
    function.engine = engine  # type: ignore[attr-defined]  # which keeps the code alive
    let_go_of_code(LOADER)
    return function
