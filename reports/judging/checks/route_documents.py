"""ROUTE-7: the XML of orders and notifications against the configured schemas.

What lives here: validating documents, safely (no entities, no network). It must not know what the documents mean.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

from lxml import etree

from reports.judging.catalogue import FEATURES
from reports.judging.checker_interface import Case, Judged
from reports.judging.checker_register import order_checker
from reports.judging.errors import InputError
from reports.judging.readings import Readings
from reports.words.messages import Words, say

SCHEMA_FILES = {"order.received": "order.xsd", "notification.sent": "notification.xsd"}
DEFAULT_SCHEMAS = FEATURES / "schemas"
_schemas: ContextVar[dict[str, etree.XMLSchema] | None] = ContextVar("schemas", default=None)


@contextmanager
def schemas_in_force(folder: Path | None) -> Iterator[None]:
    """The schemas that ROUTE-7 validates against, loaded from a folder."""
    token = _schemas.set(_our_schemas() if folder is None else load_schemas(folder))
    try:
        yield
    finally:
        _schemas.reset(token)


@cache
def _our_schemas() -> dict[str, etree.XMLSchema]:
    """Our own schemas, loaded once: that takes as long as judging a short trace."""
    return load_schemas(DEFAULT_SCHEMAS)


def load_schemas(folder: Path) -> dict[str, etree.XMLSchema]:
    """Schemas by event type; InputError for one that cannot be read or is no schema."""
    loaded: dict[str, etree.XMLSchema] = {}
    for kind, name in SCHEMA_FILES.items():
        path = folder / name
        try:
            loaded[kind] = etree.XMLSchema(etree.parse(str(path), _parser()))
        except (OSError, etree.LxmlError) as problem:
            raise InputError(str(path), f"cannot be used: {problem}", "an XSD file") from problem
    return loaded


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)


@order_checker("ROUTE-7", past=False)
def same_layouts(case: Case, readings: Readings) -> Iterator[Judged]:
    schemas = _schemas.get() or {}
    for event in case.order.of_any(*SCHEMA_FILES):
        document = event.data.get("document")
        if document is None or event.type not in schemas:
            continue
        problem = _problem(document, schemas[event.type])
        yield case.kept_if(problem is None, say("route.valid", schema=SCHEMA_FILES[event.type]), problem or "", event)


def _problem(document: str, schema: etree.XMLSchema) -> Words | None:
    try:
        tree = etree.fromstring(document.encode("utf-8"), _parser())
    except (etree.XMLSyntaxError, ValueError) as problem:
        return say("route.not_xml", problem=str(problem))
    entity = next(tree.iter(etree.Entity), None)
    if entity is not None:  # nothing that a document asks for is loaded, so that it cannot be judged whole
        return say("route.invalid", problem=f"{entity.text} stands for something else")
    try:
        schema.assertValid(tree)
    except etree.DocumentInvalid as problem:
        return say("route.invalid", problem=str(problem))
    return None
