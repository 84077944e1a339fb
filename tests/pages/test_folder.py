"""A report's folder is replaced as a whole or not at all, and never where it holds files that are not ours."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from reports.conformance.report_folder import check_replaceable, replace_folder
from reports.judging.errors import InputError
from tests.conftest import Refused

OURS = b'<!doctype html><html><head><meta name="generator" content="appuntamento"></head></html>'
FILES = {"index.html": OURS, "verdicts.json": b"{}\n", "trace.jsonl": b"", "junit.xml": b"<testsuites/>"}


def content_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize("content", ["nothing", "empty folder", "earlier report"])
def test_a_report_takes_the_place_of_nothing_of_an_empty_folder_and_of_an_earlier_report(
    tmp_path: Path, content: str
) -> None:
    folder = tmp_path / "deep" / "report"
    if content != "nothing":
        folder.mkdir(parents=True)
    if content == "earlier report":
        replace_folder(folder, {"index.html": OURS, "junit.xml": b"old"})
    replace_folder(folder, FILES)
    assert content_of(folder) == FILES
    assert os.listdir(folder.parent) == ["report"]


def test_what_fails_half_way_leaves_the_earlier_report_and_no_remains(tmp_path: Path) -> None:
    folder = tmp_path / "report"
    replace_folder(folder, FILES)
    with pytest.raises(FileNotFoundError):
        replace_folder(folder, {"index.html": OURS, "missing/verdicts.json": b"new"})
    assert content_of(folder) == FILES
    assert os.listdir(tmp_path) == ["report"]


@pytest.mark.parametrize(
    ("name", "content"),
    [("notes.txt", b"mine"), ("index.html", b"<p>mine</p>"), ("verdicts.json", b"{}")],
)
def test_a_folder_with_something_else_is_refused_and_left_as_it_is(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError, match="a new folder, an empty one or an earlier report"):
        replace_folder(tmp_path, FILES)
    assert content_of(tmp_path) == {name: content}


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "report"
    file.write_bytes(b"mine")
    with pytest.raises(InputError, match="is not a folder"):
        check_replaceable(file)
    assert file.read_bytes() == b"mine"


@pytest.mark.parametrize("command", [("conformance",), ("check", "no-such-trace.jsonl")])
def test_the_command_line_refuses_a_bad_folder_before_it_does_anything(
    tmp_path: Path, refused: Refused, command: tuple[str, ...]
) -> None:
    (tmp_path / "notes.txt").write_bytes(b"mine")
    message = refused(*command, "--report", str(tmp_path))
    assert str(tmp_path) in message
    assert "notes.txt" in message


def test_a_validation_is_not_run_where_its_report_could_not_be_put(tmp_path: Path, refused: Refused) -> None:
    (tmp_path / "report").mkdir()
    (tmp_path / "report" / "notes.txt").write_bytes(b"mine")
    assert "notes.txt" in refused("validate", "essential", "--with", "model", "--folder", str(tmp_path))
