"""The files that a scenario names belong to its run: another content is another run, and none changes half way."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

from sim.capacity.errors import RunError
from sim.capacity.jobs.jobs import BASE, Plan, Variant
from sim.capacity.jobs.store import Store, describe
from tests.capacity.cases import replication_of, values

START = date(2026, 3, 2)
ORDERS = "received_at,operator,service,territory\n"
WAITING, COMING = (f"2026-0{day}T10:00:00,ALFA,ULL,lazio\n" for day in ("2-26", "3-03"))
SLOTS = "territory,date,band,taken\n"
CONTENTS = {
    "orders.csv": ORDERS + WAITING,
    "slots.csv": SLOTS + "lazio,2026-03-03,08:00-10:00,1\n",
    "arrivals.csv": ORDERS + COMING,
}
NAMED: Mapping[str, object] = {
    "horizon": {"start": START, "days": 3},
    "opening": {"orders": "orders.csv", "slots": "slots.csv"},
    "arrivals": {"recorded": {"file": "arrivals.csv"}},
}


def with_files(folder: Path, *variants: Variant) -> Plan:
    """A plan whose scenario names a file of each kind; one that is there already is left as it is."""
    for name, content in CONTENTS.items():
        if not (folder / name).exists():
            (folder / name).write_text(content)
    return Plan(str(folder / "x.toml"), values(**NAMED), {}, (), 1).with_variants(variants or (Variant(BASE, {}),))


@pytest.mark.parametrize(
    ("name", "appended"),
    [("orders.csv", WAITING), ("arrivals.csv", COMING), ("slots.csv", "lazio,2026-03-04,08:00-10:00,1\n")],
)
def test_a_folder_whose_files_have_changed_since_is_refused(tmp_path: Path, name: str, appended: str) -> None:
    Store(tmp_path / "run").open(with_files(tmp_path))
    Store(tmp_path / "run").open(with_files(tmp_path))  # unchanged: it goes on
    (tmp_path / name).write_text(CONTENTS[name] + appended)
    with pytest.raises(RunError, match="one begun with the same scenario, files, variants and seed"):
        Store(tmp_path / "run").open(with_files(tmp_path))


def test_a_file_that_only_a_variant_names_belongs_to_the_run(tmp_path: Path) -> None:
    (tmp_path / "more.csv").write_text(ORDERS + WAITING * 2)
    fuller = Variant("fuller", {"opening.orders": "more.csv"})
    plan = with_files(tmp_path, Variant(BASE, {}), fuller)
    assert set(json.loads(json.dumps(describe(plan)["files"]))) == {*CONTENTS, "more.csv"}
    fingerprint = describe(plan)["fingerprint"]
    (tmp_path / "more.csv").write_text(ORDERS + WAITING * 3)
    assert describe(plan)["fingerprint"] == fingerprint  # a run is of what the plan was made with
    assert describe(plan.with_variants(plan.variants))["fingerprint"] != fingerprint


@pytest.mark.parametrize("change", [lambda file: file.write_text(ORDERS + WAITING * 2), Path.unlink])
def test_a_file_that_changes_while_a_run_goes_on_ends_it(tmp_path: Path, change: Callable[[Path], object]) -> None:
    plan = with_files(tmp_path)
    assert replication_of(plan).arrays["scalars"][0] == 2
    change(tmp_path / "orders.csv")
    with pytest.raises(RunError, match=r"orders\.csv.* until the run has ended"):
        replication_of(plan, 1)
