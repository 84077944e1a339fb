"""A sandbox in a process of its own, and the few requests that tests make of one."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryFile
from typing import Any

import requests

from tests.patience import HANG_SECONDS, PatientSession
from tests.sandbox.in_process import order
from tests.warm_starts import WarmProcess

UNLIMITED = "1000000"  # requests a second: no test is fast enough to be put off


class SandboxProcess:
    """A running sandbox. `introduction` is its JSON line."""

    def __init__(self, *options: str) -> None:
        command = ["sandbox", "--json", "--port", "0", "--sftp-port", "0", "--rate", UNLIMITED, *options]
        read_end, write_end = os.pipe()
        try:
            self.process = WarmProcess(command, _environment(), (0, write_end, 2))
        finally:
            os.close(write_end)
        self.output = os.fdopen(read_end)
        line = self.output.readline()
        if not line:
            self.stop()
            raise RuntimeError("the sandbox did not start; its standard error says why")
        self.introduction: dict[str, Any] = json.loads(line)
        self.http = PatientSession()
        self.http.headers["Connection"] = "close"  # the sandbox hangs up on whoever is slow to ask again

    @property
    def url(self) -> str:
        """Where the pages and HTTP interfaces are."""
        return str(self.introduction["http"])

    def operator(self, name: str, world: str = "default") -> dict[str, Any]:
        """The credentials of an operator, as the sandbox printed them at its start."""
        return next(
            account for account in self.introduction["worlds"][world]["operators"] if account["operator"] == name
        )

    def new_world(self, name: str = "") -> str:
        """The name of a new world with ALFA in it."""
        name = name or f"w{len(self.get('/_sandbox/worlds')['worlds'])}"
        self.post("/_sandbox/worlds", {"name": name})
        self.post(f"/worlds/{name}/_sandbox/operators", {"operator": "ALFA"})
        return name

    def engage(self, code: str = "A-1", world: str = "", **changes: object) -> dict[str, Any]:
        """Hand in an order whose line is ready at once; return its SMS. `world` is a prefix of the paths."""
        self.post(f"{world}/_sandbox/orders", order(code, **changes))
        self.post(f"{world}/_sandbox/orders/{code}/line", {"code": "CO"})
        message: dict[str, Any] = self.get(f"{world}/_sandbox/sms", params={"order": code})["messages"][0]
        return message

    def ask(self, method: str, path: str, body: object = None, **options: Any) -> requests.Response:
        """The answer to a request, whatever it is."""
        return self.http.request(method, self.url + path, json=body, **options)

    def get(self, path: str, **options: Any) -> Any:
        """The JSON of a GET that must succeed."""
        return self._json(self.ask("GET", path, **options))

    def post(self, path: str, body: object = None, **options: Any) -> Any:
        """The JSON of a POST that must succeed."""
        return self._json(self.ask("POST", path, body, **options))

    def put(self, path: str, body: object) -> Any:
        """The JSON of a PUT that must succeed."""
        return self._json(self.ask("PUT", path, body))

    def kill(self) -> None:
        """End the process without a warning."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(HANG_SECONDS)

    def stop(self) -> int:
        """End the process as Ctrl-C does, and return its exit status."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        try:
            return self.process.wait(HANG_SECONDS)
        finally:
            if self.process.poll() is None:
                self.kill()
            self.output.close()
            if hasattr(self, "http"):
                self.http.close()

    @staticmethod
    def _json(answer: requests.Response) -> Any:
        assert answer.ok, f"{answer.status_code}: {answer.text}"
        return answer.json() if answer.content else None


@contextmanager
def sandbox(*options: str) -> Iterator[SandboxProcess]:
    """A sandbox with these options, on free ports."""
    box = SandboxProcess(*options)
    try:
        yield box
    finally:
        box.stop()


def run(*arguments: str, stdin: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command that ends by itself; return its exit status and what it printed."""
    with TemporaryFile("w+") as input_file, TemporaryFile("w+") as output_file, TemporaryFile("w+") as error_file:
        input_file.write(stdin)
        input_file.seek(0)
        files = (input_file.fileno(), output_file.fileno(), error_file.fileno())
        process = WarmProcess(arguments, _environment() | environment, files)
        status = process.wait(HANG_SECONDS)
        output_file.seek(0)
        error_file.seek(0)
        return subprocess.CompletedProcess(arguments, status, output_file.read(), error_file.read())


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("APPUNTAMENTO_")}
