"""Every name that the project defines, found by reading its code as text: nothing is imported."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.places import ROOT

FOLDERS = ("reference_impl", "reports", "sim", "steps", "tests", "features", "docs")
DATA_SUFFIXES = {".py", ".csv", ".toml", ".feature", ".j2", ".js", ".css", ".xsd"}


@cache
def files() -> frozenset[str]:
    """The paths of the project's files from its root, without what a run has made."""
    inner = (path for folder in FOLDERS for path in (ROOT / folder).rglob("*") if path.is_file())
    outer = (path for path in ROOT.iterdir() if path.is_file())
    paths = (path.relative_to(ROOT) for path in (*inner, *outer))
    return frozenset(path.as_posix() for path in paths if "__pycache__" not in path.parts)


def files_called(mention: str) -> list[str]:
    """The files whose path ends with what a document mentions."""
    return [path for path in files() if path == mention or path.endswith(f"/{mention}")]


def is_folder(mention: str) -> bool:
    """Whether a path such as `sim/sandbox/` is a folder, from the root or from one of the project's folders."""
    return any(f"/{path}".find(f"/{mention.rstrip('/')}/") >= 0 for path in files())


def is_module(dotted: str) -> bool:
    """Whether `python -m` would find it."""
    path = dotted.replace(".", "/")
    return bool({f"{path}.py", f"{path}/__init__.py"} & files())


@cache
def names_in(path: str) -> frozenset[str]:
    """What a module defines or imports: `function`, `Class`, `Class.method`, `Class.field`, `CONSTANT`."""
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return frozenset(_names(tree.body, ""))


def _names(body: list[ast.stmt], owner: str) -> Iterator[str]:
    for node in body:
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                yield owner + node.name
            case ast.ClassDef():
                yield owner + node.name
                yield from _names(node.body, f"{owner}{node.name}.")
            case ast.Assign(targets=targets):
                yield from (owner + target.id for target in targets if isinstance(target, ast.Name))
            case ast.AnnAssign(target=ast.Name(id=name)):
                yield owner + name
            case ast.If():
                yield from _names(node.body, owner)


@cache
def all_names() -> frozenset[str]:
    """What all modules define, with and without the class, and the modules' own names."""
    modules = [path for path in files() if path.endswith(".py")]
    defined = {name for path in modules for name in names_in(path)}
    return frozenset({*defined, *(name.rpartition(".")[2] for name in defined), *(Path(path).stem for path in modules)})


@cache
def all_words() -> frozenset[str]:
    """Every word that stands in the code or in the data, except in this test's neighbours in `tests/house`."""
    texts = (path for path in files() if Path(path).suffix in DATA_SUFFIXES and not path.startswith("tests/house/"))
    return frozenset(word for path in texts for word in re.findall(r"\w+", (ROOT / path).read_text(encoding="utf-8")))


def is_named(name_with_dots: str) -> bool:
    """Whether a name with dots is a module, something in a module, or something in a class."""
    if is_module(name_with_dots) or name_with_dots in all_names():
        return True
    module, _, name = name_with_dots.rpartition(".")
    if is_module(module):
        path = module.replace(".", "/")
        return any(name in names_in(file) for file in (f"{path}.py", f"{path}/__init__.py") if file in files())
    return "." in module and is_named_in_class(module, name)


def is_named_in_class(module_and_class: str, name: str) -> bool:
    """Whether `package.module.Class` holds that name."""
    module, _, owner = module_and_class.rpartition(".")
    return is_module(module) and f"{owner}.{name}" in names_in(f"{module.replace('.', '/')}.py")
