"""The arrays of the ordered loop behind one pointer, for compiled code. Only `compiling` imports it: it loads numba.

Handed from function to function as a tuple, two dozen arrays cost more than what the functions do with them (three
times the whole loop), and lists a quarter of it, for each call counts a reference to each. So there are no lists, and
the arrays are a `WorldPointer`, the address of a header that says of each array where its data is and its shape.
Whoever calls keeps the arrays and the header alive.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.core.imputils import lower_getattr
from numba.core.typing.templates import AttributeTemplate, infer_getattr
from numba.extending import intrinsic, models, register_jitable, register_model
from numba.np.arrayobj import make_array, populate_array

from sim.agenda import SPAN
from sim.capacity.cohort.arrays import WHAT_BITS, World
from sim.capacity.cohort.layout import COMING, DIGIT_BITS, DIGITS, ORDER_FIELDS
from sim.capacity.cohort.machine.machine_code import WORDS

PREFETCH = ir.FunctionType(ir.VoidType(), [ir.IntType(8).as_pointer(), *[ir.IntType(32)] * 3])
AXES = {
    **dict.fromkeys(
        ("coming", "orders", "blocks", "slots", "free", "starts", "programs", "centres", "openings", "awake"), 2
    ),
    **dict.fromkeys(("hours", "outcomes", "waits", "cohorts", "visits", "calls", "places", "weeks"), 2),
    "visits_again": 2,
    "done": 2,
    "program_of": 3,
    "measures": 3,
    "opening": 3,
    "lead": 3,
    "lead_weekdays": 3,
    "agent": 4,
}
KINDS = {"fractions": types.float64, "coming_fractions": types.float64, "handed": types.int32, "sent": types.int32}


class WorldPointer(types.Type):  # type: ignore[misc]
    """The address of a header, as numba sees it; its attributes are the arrays."""

    def __init__(self, kinds: tuple[tuple[str, Any], ...]) -> None:
        self.kinds = dict(kinds)
        super().__init__(name=f"WorldPointer{kinds}")


@register_model(WorldPointer)
class PointerModel(models.PrimitiveModel):  # type: ignore[misc]
    """A plain address."""

    def __init__(self, manager: Any, kind: WorldPointer) -> None:
        super().__init__(manager, kind, cgutils.voidptr_t)


@infer_getattr
class PointerAttributes(AttributeTemplate):  # type: ignore[misc]
    """The arrays by name."""

    key = WorldPointer

    def generic_resolve(self, kind: WorldPointer, name: str) -> Any:
        """The type of an array."""
        return kind.kinds.get(name)


def _array(number: int, context: Any, builder: Any, kind: WorldPointer, value: Any) -> Any:
    """The array of a number, without a count of references: what does not own needs none."""
    array_type = kind.kinds[World._fields[number]]
    word, place_of = context.get_value_type(types.int64), partial(context.get_constant, types.int64)
    header = builder.bitcast(value, word.as_pointer())
    loaded = [
        builder.load(builder.gep(header, [place_of(number * WORDS + place)])) for place in range(1 + array_type.ndim)
    ]
    array = make_array(array_type)(context, builder)
    size = context.get_abi_sizeof(context.get_data_type(array_type.dtype))
    strides = [place_of(size)]
    for length in loaded[:1:-1]:
        strides.insert(0, builder.mul(strides[0], length))
    data = builder.inttoptr(loaded[0], array.data.type)
    populate_array(array, data=data, shape=loaded[1:], strides=strides, itemsize=size, meminfo=None)
    return array._getvalue()


for _number, _name in enumerate(World._fields):
    lower_getattr(WorldPointer, _name)(partial(_array, _number))


KINDS_OF_WORLD = tuple(
    (name, types.Array(KINDS.get(name, types.int64), AXES.get(name, 1), "C")) for name in World._fields
)


def world_at() -> Any:
    """A function for compiled code that makes the world of its header's address."""
    world = WorldPointer(KINDS_OF_WORLD)

    @intrinsic  # type: ignore[untyped-decorator]
    def world_at(context: Any, address: Any) -> Any:
        def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            return builder.inttoptr(arguments[0], cgutils.voidptr_t)

        return world(types.int64), code

    return world_at


FIELDS_COMING = len(COMING)
LINES = 0, 64, 128  # of an order: what most events look at


def look_ahead() -> Any:
    """A function for compiled code that has the processor fetch what most events look at of an order."""

    @intrinsic  # type: ignore[untyped-decorator]
    def look_ahead(context: Any, world: Any, order: Any) -> Any:
        def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            word = ir.IntType(64)
            header = builder.bitcast(arguments[0], word.as_pointer())
            data = builder.load(builder.gep(header, [word(World._fields.index("orders") * WORDS)]))
            row = builder.add(data, builder.mul(arguments[1], word(8 * ORDER_FIELDS)))
            byte = ir.IntType(8).as_pointer()
            fetch = builder.module.declare_intrinsic("llvm.prefetch", [byte], PREFETCH)
            for offset in LINES:
                place = builder.inttoptr(builder.add(row, word(offset)), byte)
                builder.call(fetch, [place, *(ir.IntType(32)(number) for number in (0, 3, 1))])
            return context.get_dummy_value()

        return types.none(world, types.int64), code

    return look_ahead


assert SPAN <= 1 << 2 * DIGIT_BITS


def place_order() -> Any:
    """A function for compiled code that copies an order: a copy of a whole row could fail, which nothing here can."""

    @register_jitable  # type: ignore[untyped-decorator]
    def place_order(world: Any, order: int, index: int) -> None:
        for field in range(ORDER_FIELDS):
            world.orders[order, field] = world.blank[field]
        for place in range(FIELDS_COMING):
            world.orders[order, COMING[place]] = world.coming[place, index]

    return place_order


def sort_due() -> Any:
    """A function for compiled code that sorts events by when they come, by digits: saves a seventh of the loop."""

    @register_jitable  # type: ignore[untyped-decorator]
    def sort_due(world: Any, size: int) -> None:
        source, target, places = world.due_unsorted, world.due, world.digits
        for shift in (WHAT_BITS, WHAT_BITS + DIGIT_BITS):
            for digit in range(DIGITS):
                places[digit] = 0
            for index in range(size):
                places[(source[index] >> shift) & (DIGITS - 1)] += 1
            place = 0
            for digit in range(DIGITS):
                count = places[digit]
                places[digit] = place
                place += count
            for index in range(size):
                digit = (source[index] >> shift) & (DIGITS - 1)
                target[places[digit]] = source[index]
                places[digit] += 1
            source, target = target, source
        # Sorted twice, they lie where they were: in `due_unsorted`.
        for index in range(size):
            world.due[index] = world.due_unsorted[index]

    return sort_due
