"""Sealed values: who made them, for what, and for how long they are good."""

from __future__ import annotations

from datetime import timedelta

import freezegun
import pytest

from sim.sandbox.world.vault import Vault

VISITOR = {"world": "default", "digest": "0f3c", "channel": None}


def test_a_sealed_value_comes_back_as_it_was_for_as_long_as_it_is_good() -> None:
    vault = Vault(b"secret")
    with freezegun.freeze_time("2026-03-03") as clock:
        sealed = vault.seal("page", VISITOR)
        clock.tick(timedelta(seconds=60))
        assert vault.unseal("page", sealed, 60) == VISITOR
        clock.tick(timedelta(seconds=1))
        assert vault.unseal("page", sealed, 60) is None


def test_a_value_that_was_sealed_elsewhere_or_for_something_else_is_none() -> None:
    sealed = Vault(b"secret").seal("page", VISITOR)
    assert Vault(b"another").unseal("page", sealed, 60) is None
    assert Vault(b"secret").unseal("room", sealed, 60) is None


@pytest.mark.parametrize("changed", ["", ".", "..", "à.b.c", "W10.x.y"])
def test_what_nobody_sealed_is_none(changed: str) -> None:
    assert Vault(b"secret").unseal("page", changed, 60) is None


def test_a_sealed_value_with_another_letter_is_none() -> None:
    vault = Vault(b"secret")
    sealed = vault.seal("page", VISITOR)
    assert vault.unseal("page", ("f" if sealed[0] != "f" else "g") + sealed[1:], 60) is None
