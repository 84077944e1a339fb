"""The folder of a run: results of jobs that are done, each written whole or not at all, so that a run can be resumed.

`run.json` says what the folder is a run of; another run is refused. Results of jobs are `jobs/VARIANT/REPLICATION.npz`.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import zipfile
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from sim.capacity.errors import RunError
from sim.capacity.jobs.jobs import Finished, Job, Plan
from sim.capacity.scenario.reader import SHIPPED
from sim.recorder import to_json_line

FORMAT = 5  # 5: jobs count the ends of open orders, and visits after the first by hour
TRACE = "trace"
SECONDS = "seconds"
ENGINE = "engine"
QUICK = 1  # of nine: a quarter of the time of numpy's own choice, for a fifth more bytes


class Store:
    """Keeps and finds the results of jobs; without a folder, in memory."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self._done: dict[tuple[str, int], Finished] = {}

    def open(self, plan: Plan) -> None:
        """Begin or resume the run of a plan. Raises RunError for a folder that holds another run."""
        if self.folder is None:
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        path, described = self.folder / "run.json", describe(plan)
        if path.exists():
            kept_description = _read_description(path)
            if kept_description.get("fingerprint") != described["fingerprint"]:
                allowed = "a new folder, or one begun with the same scenario, files, variants and seed by this version"
                raise RunError("--out", str(self.folder), allowed)
        write_whole(path, (json.dumps(described, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode())

    def find(self, job: Job) -> Finished | None:
        """The result of a job, if it was done before."""
        if job.key in self._done:
            return self._done[job.key]
        path = self._path(job.key)
        if path is None or not path.exists():
            return None
        self._done[job.key] = _unpacked(job.key, path.read_bytes())
        return self._done[job.key]

    def keep(self, finished: Finished) -> None:
        """Keep a result. The same job kept twice counts once."""
        if finished.key in self._done:
            return
        self._done[finished.key] = finished
        path = self._path(finished.key)
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, _packed(finished))

    def _path(self, key: tuple[str, int]) -> Path | None:
        return None if self.folder is None else self.folder / "jobs" / key[0] / f"{key[1]:05d}.npz"


def describe(plan: Plan) -> dict[str, object]:
    """What a run is of, as plain values, with a fingerprint of all that its results depend on."""
    description: dict[str, object] = {
        "format": FORMAT,
        "scenario": _plain(plan.values),
        "readings": _plain(plan.readings),
        "variants": [{"name": variant.name, "changes": _plain(variant.changes)} for variant in plan.variants],
        "seed": plan.seed,
        "orders": plan.keeps_orders,
    }
    description |= {"vary": plan.vary} if plan.vary else {}
    description |= {"is_grid": True} if plan.is_grid else {}  # fewer of its orders are sampled than of a sweep's
    description |= {"changes": _plain(plan.changes)} if plan.changes else {}
    description |= {"files": _plain(plan.files)} if plan.files else {}
    content = json.dumps(description, ensure_ascii=False, sort_keys=True)
    file = Path(plan.file)
    shipped = {"shipped": file.stem} if file.parent == SHIPPED else {}
    return description | {"file": file.name, **shipped, "fingerprint": hashlib.sha256(content.encode()).hexdigest()}


def read_fingerprint(folder: Path) -> str:
    """The fingerprint of the run in a folder. Raises RunError where none can be read."""
    return str(_read_description(folder / "run.json").get("fingerprint"))


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return {str(name): _plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value if isinstance(value, str | int | float | bool) or value is None else str(value)


def _read_description(path: Path) -> Mapping[str, object]:
    try:
        description = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise RunError("--out", str(path), "a run.json that can be read") from error
    return description if isinstance(description, dict) else {}


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that it appears whole or not at all."""
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    with unfinished.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)


def _packed(finished: Finished) -> bytes:
    lines = "\n".join(map(to_json_line, finished.trace)).encode()
    extra = {TRACE: np.frombuffer(lines, dtype=np.uint8), SECONDS: np.array([finished.seconds])}
    extra[ENGINE] = np.frombuffer(finished.engine.encode(), dtype=np.uint8)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=QUICK) as packed:
        for name, array in {**finished.arrays, **extra}.items():
            with packed.open(f"{name}.npy", "w", force_zip64=True) as file:
                np.lib.format.write_array(file, array, allow_pickle=False)
    return buffer.getvalue()


def _unpacked(key: tuple[str, int], content: bytes) -> Finished:
    with np.load(io.BytesIO(content), allow_pickle=False) as held:
        arrays = {name: held[name] for name in held.files}
    lines = bytes(arrays.pop(TRACE)).decode().splitlines()
    seconds = float(arrays.pop(SECONDS)[0])
    engine = bytes(arrays.pop(ENGINE)).decode()
    return Finished(*key, arrays, [json.loads(line) for line in lines], seconds, engine)
