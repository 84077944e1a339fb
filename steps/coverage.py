"""How the features cover the catalogue: the scenarios of each rule, counted as they will run.

It reads the features as text with the Gherkin parser and drives nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from gherkin.parser import Parser
from gherkin.pickles.compiler import Compiler

FEATURES = Path(__file__).parent.parent / "features"


def feature_files() -> list[Path]:
    """The feature files in order."""
    return sorted(FEATURES.glob("*.feature"))


def pickles(path: Path) -> Iterator[Mapping[str, object]]:
    """The scenarios of one file as they will run: one for each row of examples."""
    document = Parser().parse(path.read_text(encoding="utf-8"))
    yield from Compiler().compile({**document, "uri": path.name})


def scenarios_per_rule() -> Mapping[str, int]:
    """How many scenarios carry each rule's tag."""
    counted: Counter[str] = Counter()
    for path in feature_files():
        for pickle in pickles(path):
            tags = pickle["tags"]
            assert isinstance(tags, list)
            counted.update({tag["name"].removeprefix("@") for tag in tags})
    return counted
