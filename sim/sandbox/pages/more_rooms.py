"""A room beside the control room, with pages and test controls of its own, that another application brings along.

The sandbox knows none of them: the program that starts it says which there are. What lives here: the parts of a room.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from fastapi import APIRouter

from reports.words.labels import Term
from sim.sandbox.sandbox import Sandbox


@dataclass(frozen=True, slots=True)
class MoreRoom:
    """A room: where its first page is and what that is called in each language; its pages, its test controls."""

    path: str
    title: Term
    pages: Callable[[Sandbox], APIRouter]
    controls: APIRouter
