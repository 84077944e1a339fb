"""ROUTE-7: documents against the schemas that are given, or ours; nothing is loaded that a document asks for."""

from __future__ import annotations

from pathlib import Path

import pytest

from reports.judging.errors import InputError
from reports.judging.judge import judge
from reports.judging.profiles import load_profile
from tests.judging.test_rules import schemas
from tests.judging.traces import Event, good_trace

__all__ = ["schemas"]
DEFAULT = load_profile("default")


def with_documents(received: str | None, notified: str | None = None) -> list[Event]:
    """B1 alone, with a document in its order and one in its first notification."""
    trace = [event for event in good_trace() if event["type"] == "trace.observes" or event.get("subject") == "B1"]
    changed_types: set[str] = set()
    for event in trace:
        document = {"order.received": received, "notification.sent": notified}.get(event["type"])
        event["data"] = {name: value for name, value in event["data"].items() if name != "document"}
        if document is not None and event["type"] not in changed_types:
            event["data"]["document"] = document
        changed_types.add(event["type"])
    return trace


def verdict_on(trace: list[Event], folder: Path | None) -> str:
    verdict = judge(trace, DEFAULT, only=["ROUTE-7"], schemas=folder).verdict_of("ROUTE-7")
    assert all(finding.observed for finding in verdict.findings)
    return f"{verdict.verdict} {verdict.occasions}: {' '.join(finding.observed for finding in verdict.findings)}"


ENTITY = '<!DOCTYPE order [<!ENTITY e SYSTEM "nowhere.txt">]><order>&e;</order>'


@pytest.mark.parametrize(
    ("received", "notified", "expected"),
    [
        (None, None, "NOT_EXERCISED 0"),
        ("<order/>", None, "PASS 1"),
        ("<wrong/>", None, "FAIL 1"),
        ("no XML", None, "FAIL 1"),
        (None, "<wrong/>", "FAIL 1"),
        ("<order/>", "<notification/>", "PASS 2"),
        (ENTITY, None, "FAIL 1: &e; stands for something else"),
        ("<order>" + "<a>" * 300 + "</a>" * 300 + "</order>", None, "FAIL 1"),
    ],
)
def test_each_document_is_held_against_the_schema_of_its_kind(
    received: str | None, notified: str | None, expected: str, schemas: Path
) -> None:
    assert verdict_on(with_documents(received, notified), schemas).startswith(expected)


def test_without_a_folder_our_own_schemas_hold() -> None:
    assert verdict_on(with_documents("<order/>"), None).startswith("FAIL 1")


def test_a_schema_that_is_none_is_told_with_what_is_allowed(schemas: Path) -> None:
    (schemas / "order.xsd").write_text("<order/>", encoding="utf-8")
    with pytest.raises(InputError, match=r"order\.xsd.*\(allowed: an XSD file\)"):
        verdict_on(with_documents(None), schemas)
