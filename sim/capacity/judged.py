"""What a capacity run asks of `reports`: the readings of a profile by name, and the verdicts on its sampled orders.

What lives here: the way from a run to its judge. It must not know how a run came about.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path


def readings_of(profile: str) -> Mapping[str, object]:
    """The readings of the profile that a scenario names; ValueError says what is wrong, the scenario where."""
    from reference_impl.errors import CallerError
    from reference_impl.policy import Policy
    from reports.judging.errors import InputError
    from reports.judging.profiles import single_behaviour

    try:
        readings = single_behaviour(profile)
        Policy.from_readings(readings)
    except (CallerError, InputError) as error:
        raise ValueError(str(error)) from error
    return readings


def verdicts_of(trace: Sequence[Mapping[str, object]], profile: str, seed: int) -> str:
    """The verdicts on the sampled orders of a run, as verdicts.json has them."""
    from reports.judging.judge import judge
    from reports.judging.profiles import load_profile

    return judge(trace, load_profile(profile), target="simulation", seed=seed).to_json()


def tell_verdicts(verdicts: str, folder: Path, language: str, quiet: bool) -> int:
    """Write verdicts.json, say what is violated; the exit status.

    What the horizon of the run leaves open is no fault of its orders.
    """
    from reports.judging.exit_status import CONFORMANT, exit_status
    from sim.capacity.terminal_words import phrase

    (folder / "verdicts.json").write_text(verdicts, encoding="utf-8")
    rules = json.loads(verdicts)["rules"]
    broken = [rule for rule in rules if rule["verdict"] in ("FAIL", "ERROR")]
    occasions = sum(rule["occasions"] for rule in rules)
    if not quiet:
        print(phrase(language, "judged", occasions=occasions, broken=len(broken)), flush=True)
    if broken and not quiet:
        from reports.conformance.terminal import print_findings  # slow to import, for what is hardly ever to be said
        from reports.judging.catalogue import catalogue

        print_findings(broken, catalogue(), language)
    return exit_status({rule["rule"]: rule["verdict"] for rule in broken}, planned=()) if broken else CONFORMANT
