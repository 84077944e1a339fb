"""The pages' templates and static files: everything that a browser gets comes from here, and none of it from outside.

What lives here: rendering and reading of package data. It must not know what a page shows.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response
from jinja2 import Environment
from starlette.exceptions import HTTPException

import reports
from reports.page_templates import environment_of

FOLDER = Path(__file__).parent
SHARED = (
    Path(reports.__file__).parent / "templates"
)  # of the reports: the same colours, and the same drawing looks the same
SHARED_FILES = ("palette.css", "timeline.css")
MEDIA_TYPES: Mapping[str, str] = MappingProxyType(
    {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
)

static_router = APIRouter(prefix="/static", include_in_schema=False)


SOFT_HYPHEN = "\N{SOFT HYPHEN}"
LONG_WORDS = (
    "appunta-mento",
    "Appunta-mento",
    "attiva-zione",
    "Attiva-zione",
    "calen-dario",
    "appoint-ment",
    "Appoint-ment",
)


@cache
def _environment() -> Environment:
    environment = environment_of(FOLDER / "templates", lstrip_blocks=True)
    environment.filters["soft"] = soft
    return environment


def soft(text: str) -> str:
    """A text whose long words a line may part with a hyphen; not every browser knows by itself where."""
    for word in LONG_WORDS:
        text = text.replace(word.replace("-", ""), word.replace("-", SOFT_HYPHEN))
    return text


def render(name: str, **context: object) -> str:
    """The template `templates/<name>`, filled in; what is filled in is escaped."""
    return _environment().get_template(name).render(**context)


def page(name: str, context: Mapping[str, object], status: int = 200) -> HTMLResponse:
    """An answer that is a page."""
    return HTMLResponse(render(name, **context), status)


@cache
def _static_files() -> Mapping[str, tuple[bytes, str]]:
    paths = [*sorted((FOLDER / "static").iterdir()), *(SHARED / name for name in SHARED_FILES)]
    return {path.name: (path.read_bytes(), MEDIA_TYPES[path.suffix]) for path in paths}


@static_router.get("/{name}")
async def static_file(name: str) -> Response:
    """A style sheet, script or picture of the pages, by its name among those that exist."""
    if name not in _static_files():
        raise HTTPException(404, "no such file")
    content, media_type = _static_files()[name]
    return Response(content, media_type=media_type)
