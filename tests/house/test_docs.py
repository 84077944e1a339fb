"""What the documents say in code type is so: files exist, names are defined, commands and options are accepted."""

from __future__ import annotations

import re
import shlex
from argparse import Action, ArgumentParser, _SubParsersAction
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import appuntamento
from tests.house.project_names import (
    FOLDERS,
    all_names,
    all_words,
    files,
    files_called,
    is_folder,
    is_module,
    is_named,
    names_in,
)
from tests.places import ROOT

DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
DOCUMENTS = [path for path in DOCUMENTS if path.exists()]
OUR_FOLDERS = tuple(f"{folder}/" for folder in FOLDERS)
FENCED = re.compile(r"^```(\w*)\n(.*?)^```", re.DOTALL | re.MULTILINE)
COMMAND = re.compile(r"(?:^|[|`] *)((?:appuntamento|make|python -m) [^`#|\n]*)", re.MULTILINE)
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]*")
FOREIGN = {"curl", "grep"}  # other people's programs
PLAIN = re.compile(r"^([\w./]+)(?:\(.*\)|:\d+)$")  # `judge(trace)`, `sim/clock.py:12`
SHELL = {"&", "&&", ">", ">>"}
PLACEHOLDER = re.compile(r"[A-Z_…]+|…")  # `COMMAND --help`, `orders VERB`


def spans(text: str) -> list[str]:
    """What stands in code type within the prose, without the arguments of a call and the number of a line."""
    return [PLAIN.sub(r"\1", span) for span in re.findall(r"`([^`\n]+)`", FENCED.sub("", text))]


def typed_commands(text: str) -> Iterator[str]:
    """The lines to be typed, in blocks and in prose."""
    for language, block in FENCED.findall(text):
        if language in ("", "sh"):
            yield from (match.strip() for match in COMMAND.findall(block.replace("\\\n", " ")))
    yield from (span for span in spans(text) if COMMAND.match(span))


def text_of(document: Path) -> str:
    return document.read_text(encoding="utf-8")


@cache
def parsers() -> dict[str, ArgumentParser]:
    """Every command, and every verb of a command, by how it is typed."""

    def below(prefix: str, parser: ArgumentParser) -> Iterator[tuple[str, ArgumentParser]]:
        yield prefix, parser
        for action in parser._actions:
            if isinstance(action, _SubParsersAction):
                for name, command in action.choices.items():
                    yield from below(f"{prefix} {name}", command)

    return dict(below("appuntamento", appuntamento.parser()))


def options_of(parser: ArgumentParser) -> set[str]:
    return {flag for action in parser._actions for flag in action.option_strings}


def unknown_in(command: str) -> list[str]:
    """The words of a command line that nobody offers: command, options, files. An option may stand before the verb."""
    program, *words = shlex.split(command)
    if program == "make":
        targets = re.findall(r"^([\w-]+):", text_of(ROOT / "Makefile"), re.MULTILINE)
        return [word for word in words if "=" not in word and word not in targets]
    if program == "python":
        paths = [word for word in words[2:] if not word.startswith("-") and not (ROOT / word).exists()]
        return paths if is_module(words[1]) or words[1] == "pytest" else [words[1]]
    return list(_unknown_to(program, words))


def _unknown_to(typed: str, words: list[str]) -> Iterator[str]:
    """The words that are no verb where one is asked for, the options that nobody has, and values they do not take."""
    offered = dict(parsers()[typed]._option_string_actions)
    values: Action | None = None  # the option whose values are read
    for word in words:
        flag, _, value = word.partition("=")
        if word.startswith("-") and not word.lstrip("-").isdigit():
            values = offered.get(flag)
            if values is None:
                yield flag
            elif value:
                yield from _refused(values, value)
                values = None
            elif values.nargs == 0:
                values = None
        elif values is not None:
            yield from _refused(values, word)
            values = values if values.nargs in ("+", "*") else None
        elif f"{typed} {word}" in parsers():
            typed = f"{typed} {word}"
            offered |= parsers()[typed]._option_string_actions
        elif word in SHELL:
            return
        elif PLACEHOLDER.fullmatch(word):
            continue
        elif any(isinstance(action, _SubParsersAction) for action in parsers()[typed]._actions):
            yield word
            return


def _refused(option: Action, value: str) -> Iterator[str]:
    if option.choices is not None and value not in option.choices and not PLACEHOLDER.fullmatch(value):
        yield value


def missing_path(span: str) -> bool:
    """Whether a text looks like a file or folder of this project that does not exist."""
    if not re.fullmatch(r"[\w./*-]+", span) or span.startswith("/"):
        return False
    if "*" in span:
        return span.startswith(OUR_FOLDERS) and not list(ROOT.glob(span))
    if span.endswith("/"):
        return span.startswith(OUR_FOLDERS) and not is_folder(span)
    if span.endswith((".py", ".feature", ".md")) or (span.startswith(OUR_FOLDERS) and "." in span):
        return not files_called(span)
    return span.startswith(OUR_FOLDERS) and not is_folder(span)


def missing_name(span: str) -> bool:
    """Whether a text looks like a name that neither the code defines nor the data contain."""
    if re.fullmatch(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)+", span):
        first = span.partition(".")[0]
        is_class = first in all_names() and first[0].isupper() and not first.isupper()
        return (is_class or f"{first}/" in OUR_FOLDERS) and not is_named(span)
    forms = {span, span.upper()}  # a column is called as a member of an enum
    known = forms & all_names() or forms & all_words() or forms & FOREIGN
    return bool(re.fullmatch(r"[A-Za-z_]\w*", span)) and not known


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_files_that_a_document_names_exist(document: Path) -> None:
    assert [span for span in spans(text_of(document)) if missing_path(span)] == []


def test_files_and_dotted_names_that_the_code_itself_mentions_exist() -> None:
    code = [path for path in files() if path.endswith(".py") and not path.startswith("tests/house/")]
    mentioned = {path: spans(text_of(ROOT / path)) for path in code}
    missing_names = {
        path: [span for span in named if missing_path(span) or missing_name(span)] for path, named in mentioned.items()
    }
    assert {path: named for path, named in missing_names.items() if named} == {}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_of_a_document_lead_somewhere(document: Path) -> None:
    targets = re.findall(r"\]\(([^)#\s]+)[^)]*\)", text_of(document))
    local = [target for target in targets if "://" not in target]
    assert [target for target in local if not (document.parent / target).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_names_that_a_document_mentions_are_in_the_code(document: Path) -> None:
    assert [span for span in spans(text_of(document)) if missing_name(span)] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_a_name_with_its_file_is_defined_in_that_file(document: Path) -> None:
    pairs = re.findall(r"`([A-Za-z_][\w.]*)`\s+\(`([\w/]+\.py)`\)", text_of(document))
    misplaced = [(name, file) for name, file in pairs if not any(name in names_in(path) for path in files_called(file))]
    assert misplaced == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_commands_that_a_document_shows_can_be_typed(document: Path) -> None:
    unknown = {command: unknown_in(command) for command in typed_commands(text_of(document))}
    assert {command: words for command, words in unknown.items() if words} == {}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_options_that_a_document_mentions_exist(document: Path) -> None:
    options = {flag for parser in parsers().values() for flag in options_of(parser)}
    options |= set(OPTION.findall(text_of(ROOT / "tests" / "benchmark" / "__main__.py")))
    ours = (span for span in spans(text_of(document)) if not COMMAND.match(span) and span.split()[0] not in FOREIGN)
    mentioned = [flag for span in ours for flag in OPTION.findall(span)]
    assert [flag for flag in mentioned if flag not in options] == []


@pytest.mark.parametrize(
    ("span", "check"),
    [
        ("reference_impl/gone.py", missing_path),
        ("gone_file.py", missing_path),
        ("sim/gone/", missing_path),
        ("deposit_everything_at", missing_name),
        ("Service.gone", missing_name),
        ("deposit_everything_at(now)", missing_name),
        ("sim/gone.py:12", missing_path),
        ("reference_impl.deadlines.gone", missing_name),
    ],
)
def test_what_is_gone_is_missed(span: str, check: object) -> None:
    assert callable(check)
    assert [check(plain) for plain in spans(f"`{span}`")] == [True]


@pytest.mark.parametrize(
    "command",
    [
        "appuntamento gone",
        "appuntamento check --gone x",
        "appuntamento orders submit --to X",
        "appuntamento orders gone",
        "appuntamento orders VERB --gone",
        "appuntamento check X --gone",
        "appuntamento --no-option orders",
        "appuntamento clock gone 3",
        "appuntamento timeline --lang fr",
        "appuntamento timeline --lang=fr",
        "make gone",
        "python -m sim.gone",
    ],
)
def test_a_command_that_is_gone_is_missed(command: str) -> None:
    assert unknown_in(command) != []


def test_the_readme_names_every_folder_of_the_project() -> None:
    rooms = {path.partition("/")[0] for path in files() if path.count("/") and not path.startswith("docs/")}
    assert [room for room in sorted(rooms) if f"`{room}/`" not in text_of(ROOT / "README.md")] == []
