"""The command line that gives a run again, as its page shows it: it can be pasted into a shell.

What lives here: words. It must not know what a run came to.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from shlex import quote
from typing import Any

from reports.capacity.run_folder import CapacityRun
from reports.words.masking import printable
from reports.words.number_words import exact


def command_line(
    run: CapacityRun, verb: str, arguments: Sequence[str], method: str, of_variant: Mapping[str, object] | None = None
) -> str:
    """A command about the scenario of a run: what is asked, what was replaced in the scenario, how it is worked out."""
    file = quote(str(run.about.get("shipped") or run.about.get("file", "")))
    changes = {**(run.about.get("changes") or {}), **(of_variant or {})}
    words = (
        "appuntamento",
        verb,
        file,
        *arguments,
        *setting_words(changes),
        method,
        f"--seed {run.about.get('seed', 0)}",
    )
    return printable(" ".join(words))


def setting_words(changes: Mapping[str, object]) -> list[str]:
    """What is replaced in a scenario as its commands take it."""
    return [f"--set {quote(f'{path}={value}')}" for path, value in changes.items()]


def target_words(plan: Mapping[str, Any]) -> str:
    """The target of a plan as its command takes it."""
    target = plan["target"]
    place = f"[{target['territory']}]" if target.get("territory") else ""
    aim = f"{target['indicator']}{place}{target['relation']}{exact(target['limit'])}"
    return f"--target {quote(aim)}"
