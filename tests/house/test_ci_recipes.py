"""The recipes for other people's CI are well-formed, and every command in them is one that we have."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from typing import Any

import pytest
import yaml

import appuntamento
from sim.validation import command_line
from tests.places import ROOT

FOLDER = ROOT / "docs" / "ci"
REPORT = "out/validate/report"
GITHUB, GITLAB, JENKINS = (FOLDER / name for name in ("github-actions.yml", "gitlab-ci.yml", "Jenkinsfile"))
SH = re.compile(r"\bsh (?:'''(.*?)'''|'([^'\n]*)')", re.DOTALL)
ON = True  # `on`, the key of a workflow, is a boolean in YAML 1.1


def github() -> dict[Any, Any]:
    recipe: dict[Any, Any] = yaml.safe_load(GITHUB.read_text(encoding="utf-8"))
    return recipe


def gitlab() -> dict[str, Any]:
    recipe: dict[str, Any] = yaml.safe_load(GITLAB.read_text(encoding="utf-8"))["validate"]
    return recipe


def jenkins() -> str:
    return re.sub(r"^\s*//.*$", "", JENKINS.read_text(encoding="utf-8"), flags=re.MULTILINE)


def lines_of(recipe: str) -> list[str]:
    """What a recipe has the shell do, line by line."""
    scripts: dict[str, Iterator[str]] = {
        GITHUB.name: (step["run"] for step in github()["jobs"]["validate"]["steps"] if "run" in step),
        GITLAB.name: iter(gitlab()["script"]),
        JENKINS.name: (long or short for long, short in SH.findall(jenkins())),
    }
    return [line.strip() for script in scripts[recipe] for line in script.splitlines() if line.strip()]


@pytest.mark.parametrize("recipe", [GITHUB.name, GITLAB.name, JENKINS.name])
def test_the_commands_of_a_recipe_are_accepted_and_are_the_same_in_all(recipe: str) -> None:
    typed = [line.partition("||")[0] for line in lines_of(recipe) if line.startswith("appuntamento")]
    assert typed == [line.partition("||")[0] for line in lines_of(GITLAB.name) if line.startswith("appuntamento")]
    parsed = [appuntamento.parser().parse_args(shlex.split(line)[1:]) for line in typed]
    assert [(given.command.__name__) for given in parsed] == ["validate_command", "validate_command", "verify_command"]
    assert str(parsed[2].folder) == str((parsed[1].folder or command_line.FOLDER) / "report") == REPORT


@pytest.mark.parametrize("recipe", [GITHUB.name, GITLAB.name, JENKINS.name])
def test_the_system_starts_with_its_facts_between_the_two_runs(recipe: str) -> None:
    lines = lines_of(recipe)
    without_system, with_system = (index for index, line in enumerate(lines) if " validate " in line)
    start = lines.index("./start-my-system out/validate/operator.json &")
    assert without_system < start < with_system
    assert lines[without_system].endswith("|| test $? -eq 3"), "nobody answers yet"
    assert "||" not in lines[with_system], "what the plan finds ends the job"


def test_github_keeps_the_report_whatever_came_of_it() -> None:
    recipe = github()
    steps = recipe["jobs"]["validate"]["steps"]
    assert (recipe[ON], all(("uses" in step) is not ("run" in step) for step in steps)) == (["push"], True)
    assert (steps[-1]["if"], steps[-1]["with"]["path"]) == ("always()", REPORT)


def test_gitlab_reads_the_junit_report_whatever_came_of_it() -> None:
    artifacts = gitlab()["artifacts"]
    assert (artifacts["when"], artifacts["paths"]) == ("always", [REPORT])
    assert artifacts["reports"] == {"junit": f"{REPORT}/junit.xml"}


def test_jenkins_has_what_a_declarative_pipeline_needs() -> None:
    text = jenkins()
    assert [text.count(mark) for mark in "{("] == [text.count(mark) for mark in "})"]
    assert text.strip().startswith("pipeline {")
    blocks = re.findall(r"^ {4}(\w+) \{", text, re.MULTILINE)
    assert blocks == ["agent", "options", "environment", "stages", "post"]
    always = text.partition("always {")[2].partition("}")[0]
    assert always.split("\n")[1:3] == [
        f"            junit '{REPORT}/junit.xml'", f"            archiveArtifacts '{REPORT}/**'",
    ]  # fmt: skip
