"""What `readings price` does: what each ambiguity of the text is worth to a scenario, as lines, JSON and a page."""

from __future__ import annotations

import argparse
import json
from dataclasses import replace
from pathlib import Path

from sim.command_line import check_folder

DONE = 0


def price_command(options: argparse.Namespace) -> int:
    """Run every reading under every other value, write the page, print the dearest first."""
    from reports.capacity.questions_page import price_lines, write_questions
    from sim.capacity.commands import how_of
    from sim.capacity.jobs.store import write_whole
    from sim.capacity.questions.blame import blaming_set
    from sim.capacity.questions.pricing import LIVES, NOT_RUN, price_readings, priced_members
    from sim.capacity.questions.sweep import read_changes

    folder: Path = options.out or Path("out") / "price" / Path(options.scenario).stem
    check_folder("--out", folder)
    run_options = replace(how_of(options), out=None)
    changes = read_changes(options.set)
    only = tuple(options.reading or ())
    with blaming_set(options.scenario, changes):
        priced = price_readings(
            options.scenario, options.replications, how=run_options, changes=changes, only=only, rank_by=options.rank_by
        )
    document: dict[str, object] = {
        "scenario": Path(options.scenario).stem,
        "seed": options.seed,
        "replications": options.replications,
        "changes": {path: str(value) for path, value in changes.items()},
        **({"ranked_by": options.rank_by} if options.rank_by != LIVES else {}),
        "readings": priced_members(priced),
        "not_run": {} if only else NOT_RUN,
    }
    folder.mkdir(parents=True, exist_ok=True)
    write_whole(
        folder / "price.json", (json.dumps(document, ensure_ascii=False, indent=1, default=str) + "\n").encode()
    )
    page = write_questions(folder, options.lang)
    if options.json:
        print((folder / "price.json").read_text("utf-8"), end="")
    else:
        print("\n".join(price_lines(folder, options.lang)))
        print(f"report: {page}")
    return DONE
