"""What is mutated and how: each small change that mutmut's operators find in a file, as a text replaced by another.

What lives here: mutants and how they are made. It must not know how tests are run.

mutmut's own runner cannot be used here: it leaves out every decorated function, and each checker is one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import libcst as cst
from libcst.metadata import ByteSpanPositionProvider, MetadataWrapper, ParentNodeProvider, PositionProvider
from mutmut.mutation.mutators import mutation_operators, operator_arg_removal, operator_string

ROOT = Path(__file__).parents[2]
Operator = Callable[[Any], Iterable[cst.CSTNode]]
LEFT_ALONE = (cst.Annotation, cst.Decorator, cst.Import, cst.ImportFrom)
WORDS = {"say"}  # the wording of findings: tests/judging/test_messages.py holds the table and its uses together


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change of one file.

    `place` is the outermost function or method around it, or empty at the level of the module; `first` and `last` are
    the lines of its statement. `before` and `after` are the lines changed, without indentation; `rank` counts equal
    changes in one place, from 0.
    """

    path: str
    place: str
    before: str
    after: str
    rank: int
    first: int
    last: int
    start: int
    length: int
    text: str

    @property
    def name(self) -> tuple[str, str, str, str, int]:
        """What it is called, wherever its lines have moved."""
        return self.path, self.place, self.before, self.after, self.rank

    def changed(self, source: str) -> str:
        """The source of the file with the change."""
        code = source.encode()
        return (code[: self.start] + self.text.encode() + code[self.start + self.length :]).decode()


def mutants_of(path: str) -> list[Mutant]:
    """All mutants of a file, in its order. `path` is relative to the root of the project."""
    source = (ROOT / path).read_bytes()
    wrapper = MetadataWrapper(cst.parse_module(source), unsafe_skip_copy=True)
    finder = _Finder(path, source, wrapper)
    finder.look(wrapper.module)
    return finder.mutants


class _Finder:
    """Walks a file and writes down its mutants."""

    def __init__(self, path: str, source: bytes, wrapper: MetadataWrapper) -> None:
        self.path, self.source, self.module = path, source, wrapper.module
        self.spans = wrapper.resolve(ByteSpanPositionProvider)
        self.lines = wrapper.resolve(PositionProvider)
        self.parents = wrapper.resolve(ParentNodeProvider)
        self.mutants: list[Mutant] = []
        self.counts: Counter[tuple[str, str, str]] = Counter()

    def look(self, node: cst.CSTNode) -> None:
        if isinstance(node, LEFT_ALONE) or _is_docstring(node, self.parents.get(node)):
            return
        if isinstance(node, cst.Call) and isinstance(node.func, cst.Name) and node.func.value in WORDS:
            return
        for changed in _changes(node):
            self._add(node, changed)
        for child in node.children:
            self.look(child)

    def _add(self, node: cst.CSTNode, changed: cst.CSTNode) -> None:
        start, length = self._span(node)
        if self._text(node, node).split() != self.source[start : start + length].decode().split():
            raise ValueError(f"{self.path}: {self._text(node, node)!r} is not found where it stands")
        text = self._text(changed, node)
        text_before, text_after = self._lines_around(start, length, text)
        place, statement = self._surroundings(node)
        position = self.lines[statement]
        rank = self.counts[place, text_before, text_after]
        self.counts[place, text_before, text_after] += 1
        first_line, last_line = position.start.line, position.end.line
        if isinstance(statement, cst.BaseCompoundStatement):  # its head alone
            last_line = self.lines[statement.body].start.line
        self.mutants.append(
            Mutant(self.path, place, text_before, text_after, rank, first_line, last_line, start, length, text)
        )

    def _span(self, node: cst.CSTNode) -> tuple[int, int]:
        """Where a node begins and how long it is, in bytes, without the blanks around it."""
        span = self.spans[node]
        code = self.source[span.start : span.start + span.length]
        return span.start + len(code) - len(code.lstrip()), len(code.strip())

    def _text(self, node: cst.CSTNode, original: cst.CSTNode) -> str:
        """The code of a node in place of the original: a span leaves out the brackets and blanks around it."""
        brackets = getattr(original, "lpar", ())
        if brackets and getattr(node, "lpar", ()) is brackets:
            node = node.with_changes(lpar=(), rpar=())
        return str(self.module.code_for_node(node)).strip()

    def _lines_around(self, start: int, length: int, text: str) -> tuple[str, str]:
        line_start = self.source.rfind(b"\n", 0, start) + 1
        end = self.source.find(b"\n", start + length)
        before = self.source[line_start:end].decode()
        after = self.source[line_start:start].decode() + text + self.source[start + length : end].decode()
        return " ".join(before.split()), " ".join(after.split())

    def _surroundings(self, node: cst.CSTNode) -> tuple[str, cst.CSTNode]:
        """The outermost function or method around a node, by its qualified name, and the node's statement."""
        names: list[str] = []
        in_function = False
        statement: cst.CSTNode | None = None
        chain: list[cst.CSTNode] = []
        ancestor: cst.CSTNode | None = node
        while ancestor is not None:
            chain.append(ancestor)
            ancestor = self.parents.get(ancestor)
        for ancestor in reversed(chain):
            if isinstance(ancestor, cst.ClassDef) and not in_function:
                names.append(ancestor.name.value)
            if isinstance(ancestor, cst.FunctionDef) and not in_function and _in_body(node, ancestor, chain):
                names.append(ancestor.name.value)
                in_function = True
            if isinstance(ancestor, (cst.SimpleStatementLine, cst.BaseCompoundStatement)):
                statement = ancestor
        return ".".join(names) if in_function else "", statement or self.module


def _in_body(node: cst.CSTNode, function: cst.FunctionDef, chain: list[cst.CSTNode]) -> bool:
    """Whether a node stands in a function's body, not among its defaults: those are evaluated where it is defined."""
    return any(ancestor is function.body for ancestor in chain)


def _is_docstring(node: cst.CSTNode, parent: cst.CSTNode | None) -> bool:
    return isinstance(node, cst.SimpleString) and isinstance(parent, cst.Expr)


def _changes(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """What the operators make of a node: of a string one change, of a call none (a missing argument is a crash)."""
    for kind, operator in mutation_operators:
        if isinstance(node, kind) and operator is not operator_arg_removal:
            changes = list(operator(node))
            yield from changes[:1] if operator is operator_string else changes
