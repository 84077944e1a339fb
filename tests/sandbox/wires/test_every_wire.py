"""What every wire has, so that a new one cannot be forgotten: a port that can be moved, and its address told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sim.command_line import UsageError
from sim.sandbox.http.control_models import AddressesOut
from sim.sandbox.options import PORT_OPTIONS, TABLE, Options, options_from
from sim.sandbox.wiring import wires_of

OPTIONS = {option.name for option in TABLE}
SWITCHED = sorted(wire for wire in PORT_OPTIONS if wire in OPTIONS)  # opened only where its option says so


def every_wire(folder: Path) -> set[str]:
    switches: dict[str, Any] = dict.fromkeys(SWITCHED, True)
    options = Options(data=folder, **switches)
    return {wire.name for wire in wires_of(options)}


def test_every_port_has_a_wire_that_it_moves() -> None:
    ports = {option.flag for option in TABLE if option.flag.endswith("-port")}
    assert ports | {"--port"} == {*PORT_OPTIONS.values()}


def test_every_wire_can_be_moved_and_its_address_is_told(tmp_path: Path) -> None:
    wires = every_wire(tmp_path)
    assert wires == {*PORT_OPTIONS}
    assert wires <= {*AddressesOut.model_fields}


@pytest.mark.parametrize("wire", SWITCHED)
def test_the_port_of_a_wire_that_is_not_opened_is_refused(wire: str) -> None:
    with pytest.raises(UsageError) as refused:
        options_from({f"{wire}_port": "0"}, {}, None)
    assert f"--{wire}-port" in str(refused.value)
