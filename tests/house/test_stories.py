"""A test that is made of a story gets its folder and its values, and fails where the story fails."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from tests.sandbox.stories import told_by


def play(folder: Path, story: Callable[[str], Awaitable[None]]) -> None:
    async def stage() -> None:
        await story(folder.name)

    asyncio.run(stage())


def test_a_story_is_played_with_its_actor_and_the_values_of_its_test(tmp_path: Path) -> None:
    calls: list[tuple[str, int]] = []

    @told_by(play)
    async def story(actor: str, number: int) -> None:
        calls.append((actor, number))

    assert [*inspect.signature(story).parameters] == ["tmp_path", "number"]
    story(tmp_path, number=3)
    assert calls == [(tmp_path.name, 3)]


def test_a_story_that_fails_fails_its_test(tmp_path: Path) -> None:
    @told_by(play)
    async def story(actor: str) -> None:
        raise AssertionError(actor)

    with pytest.raises(AssertionError, match=tmp_path.name):
        story(tmp_path)
