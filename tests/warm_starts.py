"""Commands in processes of their own, forked from one that has imported everything already.

A sandbox imports for two seconds of a processor, and the tests start some sixty of them. A process that has done so
once waits here for each worker of the tests, and forks whoever is to be started: another process, with its own
environment, files and signals, that ends as others do. What a start from nothing is like, `test_process` shows.
"""

from __future__ import annotations

import atexit
import json
import os
import select
import signal
import socket
import subprocess
import sys
import traceback
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache
from typing import NoReturn, TypedDict

from tests.places import ROOT

LONGEST_MESSAGE = 150_000  # bytes: the arguments and the environment of a command


class Command(TypedDict):
    """What is sent to the process that forks."""

    arguments: list[str]
    environment: dict[str, str]


class WarmProcess:
    """A command that was started; it is asked and ended as a `subprocess.Popen` is."""

    def __init__(self, arguments: Sequence[str], environment: Mapping[str, str], files: Sequence[int]) -> None:
        told, tells = os.pipe()
        self._told = os.fdopen(told)
        message = Command(arguments=list(arguments), environment=dict(environment))
        socket.send_fds(_forker(), [json.dumps(message).encode()], [*files, tells])
        os.close(tells)
        self.pid = int(self._told.readline())
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """The exit status, or None while the process runs."""
        return self._ended_within(0)

    def wait(self, timeout: float) -> int:
        """The exit status, as soon as there is one."""
        status = self._ended_within(timeout)
        if status is None:
            raise subprocess.TimeoutExpired(f"process {self.pid}", timeout)
        return status

    def send_signal(self, number: signal.Signals) -> None:
        """Send a signal, where there is still somebody to hear it."""
        if self.poll() is None:
            with suppress(ProcessLookupError):  # it has ended, and its status is on the way
                os.kill(self.pid, number)

    def _ended_within(self, seconds: float) -> int | None:
        if self.returncode is None and select.select([self._told], [], [], seconds)[0]:
            self.returncode = int(self._told.readline())
            self._told.close()
        return self.returncode


@cache
def _forker() -> socket.socket:
    """The socket to the process that forks, which ends when the tests end."""
    socket_here, socket_there = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    command = [sys.executable, "-m", "tests.warm_starts", str(socket_there.fileno())]
    process = subprocess.Popen(command, cwd=ROOT, pass_fds=[socket_there.fileno()])
    socket_there.close()

    def end() -> None:
        socket_here.close()
        process.wait()

    atexit.register(end)
    return socket_here


# --- in the process that forks --------------------------------------------------------------------------------------


def fork_on_demand(requests: socket.socket) -> None:
    """Import what commands need, then fork a process for each message, until the socket is closed."""
    import uvloop  # noqa: F401

    import appuntamento
    import sim.sandbox.introduction
    import sim.sandbox.sandbox
    import sim.sandbox.wiring
    import sim.validation.guided.room  # noqa: F401

    appuntamento.parser()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever interrupts the tests closes the socket too
    while True:
        message, files, _, _ = socket.recv_fds(requests, LONGEST_MESSAGE, 4)
        if not message:
            return
        if os.fork() == 0:
            _keep(json.loads(message), files)
        for file in files:
            os.close(file)
        _forget_who_has_ended()


def _forget_who_has_ended() -> None:
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        return


def _keep(command: Command, files: Sequence[int]) -> NoReturn:
    """Fork the command, send its process id, wait for its end and send its status, which only its parent gets."""
    *own, tells = files
    pid = os.fork()
    if pid == 0:
        os.close(tells)
        _become(command, own)
    for file in own:
        os.close(file)
    os.write(tells, f"{pid}\n".encode())
    _, status = os.waitpid(pid, 0)
    os.write(tells, f"{os.waitstatus_to_exitcode(status)}\n".encode())
    os._exit(0)


def _become(command: Command, files: Sequence[int]) -> NoReturn:
    """Become the command: take its files, environment and signals, run it, and exit."""
    for number, file in enumerate(files):
        os.dup2(file, number)
        os.close(file)
    sys.stdin, sys.stdout = os.fdopen(0), os.fdopen(1, "w")
    sys.stderr = os.fdopen(2, "w", buffering=1, errors="backslashreplace")
    os.environ.clear()
    os.environ.update(command["environment"])
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os._exit(_exit_status(command["arguments"]))


def _exit_status(arguments: Sequence[str]) -> int:
    """Run the command; return the exit status that Python would give."""
    import appuntamento

    try:
        return appuntamento.main(arguments)
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else 0
    except BaseException:
        traceback.print_exc()
        return 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()


if __name__ == "__main__":
    fork_on_demand(socket.socket(fileno=int(sys.argv[1])))
