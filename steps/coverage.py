"""The feature files and how they cover the catalogue: the scenarios of each rule, counted as they will run.

Two shelves, counted apart: the features of the service and of operators, which drive a system, and those of the judge
(`giudice/`), which tell it stories by hand. Files are read as text with the Gherkin parser; nothing is driven here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from gherkin.parser import Parser
from gherkin.pickles.compiler import Compiler

FEATURES = Path(__file__).parent.parent / "features"
JUDGE_SHELF = "giudice"
SYSTEM, JUDGE = "system", "judge"  # what a scenario puts to the test


def feature_files(folder: Path = FEATURES) -> list[Path]:
    """The feature files of a folder in order: its own, then those on the shelf of the judge."""
    return [*sorted(folder.glob("*.feature")), *sorted(folder.glob(f"{JUDGE_SHELF}/*.feature"))]


def put_to_the_test(path: Path) -> str:
    """What the scenarios of a file put to the test: a system, or the judge."""
    return JUDGE if path.parent.name == JUDGE_SHELF else SYSTEM


def shown_name(path: Path) -> str:
    """A feature file as reports name it: `04_file_csv.feature`, `giudice/04_file_csv.feature`."""
    return f"{JUDGE_SHELF}/{path.name}" if put_to_the_test(path) == JUDGE else path.name


def pickles(path: Path) -> Iterator[Mapping[str, object]]:
    """The scenarios of one file as they will run: one for each row of examples."""
    document = Parser().parse(path.read_text(encoding="utf-8"))
    yield from Compiler().compile({**document, "uri": shown_name(path)})


def scenarios_per_rule(tested: str = SYSTEM) -> Mapping[str, int]:
    """How many scenarios that put a system (or the judge) to the test carry each rule's tag."""
    counted: Counter[str] = Counter()
    for path in feature_files():
        if put_to_the_test(path) == tested:
            for pickle in pickles(path):
                tags = pickle["tags"]
                assert isinstance(tags, list)
                counted.update({tag["name"].removeprefix("@") for tag in tags})
    return counted
