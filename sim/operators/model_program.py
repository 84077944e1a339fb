"""A model operator as a program of its own: the example to start from. It knows nothing of this project.

    python -m sim.operators.model_program [FACTS.json] [--port 9000]

FACTS.json is what `appuntamento validate` hands over: address, key, secret, codes and SFTP account. The program is a
web server, an SFTP poller and a booking client:

    POST /notifications   the causals, signed as Standard Webhooks asks
    POST /desk            what the call centre is asked: {"do": "order" | "move" | "decline", "order": …}
    POST /round           look at the files and work through the cases now; answers when that is done

Without `--every SECONDS` it works once an hour, and when asked. Whether a term is over, the Virtual Agent knows.
"""

from __future__ import annotations

import argparse
import asyncio
import base64
import csv
import hashlib
import hmac
import io
import json
import re
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import asyncssh
import requests

TOLERANCE_SECONDS, LOOK_AGAIN_SECONDS, MOST_REFUSALS = 300, 1_800, 3
FACTS = Path("out/validate/operator.json")
WAITING, BOOKED, OVER = RANKS = ("waiting", "booked", "over")
AFTER_CODE = {"W09": BOOKED, "PA": BOOKED, "W24": OVER, "Z36": OVER}
AFTER_VIEW = {"to_book": WAITING, "booked": BOOKED, "closed": OVER}
AFTER_REFUSAL = {"already_booked": BOOKED, "term_over": OVER, "closed": OVER, "unknown_link": OVER}
Json = dict[str, Any]


@dataclass(slots=True)
class Case:
    """What the operator knows of one order. `errand` is what its customer asked the call centre for."""

    order: str
    standing: str = WAITING
    link: str | None = None
    slot: Json | None = None
    told_at: str = ""
    errand: str | None = None
    refusals: int = 0
    look_from: float = 0.0


class Folder:
    """The operator's folder on the SFTP site, over one connection, opened anew when it has failed."""

    def __init__(self, account: Mapping[str, Any]) -> None:
        self._account, self._loop = account, asyncio.Runner()
        self._connection: asyncssh.SSHClientConnection | None = None

    def ask(self, act: str, name: str) -> Any:
        """`listdir`, `read` or `remove`. Raises OSError."""
        try:
            return self._loop.run(self._asked(act, name))
        except (asyncssh.Error, OSError) as error:
            raise OSError(str(error)) from error

    async def _asked(self, act: str, name: str) -> Any:
        if self._connection is None or self._connection.is_closed():
            self._connection = await asyncssh.connect(**{"config": None, "agent_path": None, **self._account})
        async with self._connection.start_sftp_client() as client:
            if act != "read":
                return await getattr(client, act)(name)
            async with client.open(name, "rb") as file:
                return await file.read()

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._loop.run(self._connection.wait_closed())
        self._loop.close()


class Operator:
    """The operator's system. One round at a time; notifications come whenever they come."""

    final_name = re.compile(r"APPDIG_[A-Z0-9-]+_[0-9_]+\.csv")  # others are temporary

    def __init__(self, facts: Json) -> None:
        self.facts, self.folder = facts, Folder(facts["sftp"])
        self.cases: dict[str, Case] = {}
        self.taken, self.fetched = set[str](), set[str]()
        self.quiet_until = 0.0
        self.http = requests.Session()
        self.http.trust_env = False
        self._one_round = threading.Lock()

    def take(self, headers: Mapping[str, str], body: bytes) -> int:
        """Take a notification over, once; the status of the answer."""
        if not (self.is_fresh(headers) and self.is_signed(headers, body)):
            return 401
        notification: Json = json.loads(body)
        if notification["notification"] not in self.taken:
            self.taken.add(notification["notification"])
            self.learn(notification)
        return 204

    def is_fresh(self, headers: Mapping[str, str]) -> bool:
        """Whether its timestamp is within five minutes of now."""
        stamp = headers.get("webhook-timestamp", "")
        return stamp.isdigit() and abs(time.time() - int(stamp)) <= TOLERANCE_SECONDS

    def is_signed(self, headers: Mapping[str, str], body: bytes) -> bool:
        """Whether one of its signatures is right."""
        key = base64.b64decode(self.facts["webhook_secret"].removeprefix("whsec_"))
        signed = f"{headers.get('webhook-id', '')}.{headers.get('webhook-timestamp', '')}.".encode() + body
        expected = "v1," + base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()
        return any(hmac.compare_digest(expected, part) for part in headers.get("webhook-signature", "").split())

    def learn(self, notification: Json) -> None:
        """Move the standing forward, never back; keep the slot that was told last, whatever arrives when."""
        case = self.case(notification["order"])
        self.advance(case, AFTER_CODE.get(notification["code"], WAITING))
        if "slot" in notification and notification["at"] >= case.told_at:
            case.slot, case.told_at = notification["slot"], notification["at"]

    def advance(self, case: Case, standing: str) -> None:
        """Move a case on; it never goes back."""
        if RANKS.index(standing) > RANKS.index(case.standing):
            case.standing = standing

    def round(self) -> None:
        """Look at the files, then work through the cases."""
        with self._one_round:
            with suppress(OSError):  # the site is not there now: next time
                self.poll()
            for case in list(self.cases.values()):
                if time.monotonic() >= self.quiet_until:
                    self.serve(case)

    def poll(self) -> None:
        """Read the files that are new. Raises OSError."""
        for name in self.folder.ask("listdir", "."):
            if name not in self.fetched and self.final_name.fullmatch(name):
                self.read_file(self.folder.ask("read", name))
                self.fetched.add(name)

    def read_file(self, data: bytes) -> None:
        """Take every row in: order code; date; link; telephone number. No header."""
        for row in csv.reader(io.StringIO(data.decode(), newline=""), delimiter=";"):
            with suppress(ValueError):  # or it is no row of ours
                order, day, link, _phone = row
                self.read_date(day)
                self.case(order).link = link

    def read_date(self, text: str) -> date:
        """The day of the SMS, gg/mm/aaaa. Raises ValueError."""
        return datetime.strptime(text, "%d/%m/%Y").date()

    def serve(self, case: Case) -> None:
        """Look at one order, then do what is left to do."""
        act = self.wanted(case)
        if act is None or case.link is None or time.monotonic() < case.look_from:
            return
        view = self.call(case, "GET", "")
        if view is None or self.wanted(case) != act:  # or the customer was first
            return
        slot = None if act == "decline" else self.chosen(case, view["slots"])
        if slot is None and act != "decline":
            case.look_from = time.monotonic() + LOOK_AGAIN_SECONDS
        elif self.call(case, "POST", f"/{act}", {} if slot is None else {"slot": slot}) is not None:
            case.errand = None
            if act == "decline":
                case.standing = OVER

    def wanted(self, case: Case) -> str | None:
        """What is to be done about an order, if anything."""
        if case.standing == OVER or case.refusals >= MOST_REFUSALS:
            return None
        if case.standing == WAITING:
            return "decline" if case.errand == "decline" else "confirm"
        return "reschedule" if case.errand == "move" else None

    def chosen(self, case: Case, slots: list[Json]) -> Json | None:
        """A slot some days ahead, so that it can still be moved; for a move, on another day than now."""
        days = sorted({slot["start"][:10] for slot in slots})
        present = case.slot["start"][:10] if case.slot else ""
        later = [day for day in days[4:] if day != present] or [day for day in days if day != present]
        return next((slot for slot in slots if later and slot["start"].startswith(later[0])), None)

    def call(self, case: Case, method: str, act: str, body: Json | None = None) -> Json | None:
        """One request to the Virtual Agent: its view, or None where it refuses; learn from either."""
        token = str(case.link).rpartition("/")[2]
        url = f"{self.facts['sandbox']}/agent/{token}{act}"
        answer = self.http.request(method, url, json=body, timeout=10, allow_redirects=False)
        if answer.status_code == 429:
            self.wait(float(answer.headers["Retry-After"]))
            return None
        if answer.status_code in (404, 409, 410):
            self.refused(case, answer.json()["reason"])
            return None
        answer.raise_for_status()
        view = dict(answer.json())
        self.advance(case, AFTER_VIEW[view["state"]])
        case.slot = view["slot"] or case.slot
        return view

    def wait(self, seconds: float) -> None:
        self.quiet_until = time.monotonic() + seconds

    def refused(self, case: Case, reason: str) -> None:
        case.refusals, case.errand = case.refusals + 1, None
        self.advance(case, AFTER_REFUSAL.get(reason, WAITING))

    def asked(self, errand: Json) -> None:
        """The call centre is asked to hand in an order, to move an appointment, or to decline one."""
        task, case = errand.pop("do"), self.case(errand["order"])
        if task != "order":
            case.errand, case.refusals = task, 0
            return
        is_disaggregated = errand.get("disaggregated", False)
        members = {**errand, "line_state": "LNA", "pdc_disaggregated": is_disaggregated, **self.codes(is_disaggregated)}
        url, key = f"{self.facts['sandbox']}/v1/orders", {"Authorization": f"Bearer {self.facts['api_key']}"}
        while (answer := self.http.post(url, json=members, headers=key, timeout=10)).status_code == 429:
            time.sleep(float(answer.headers["Retry-After"]))
        answer.raise_for_status()

    def codes(self, disaggregated: bool) -> Json:
        """The one code on an order of ours: never the delivery code on one that is disaggregated."""
        return {"project_code": self.facts["project_code"]}

    def case(self, order: str) -> Case:
        return self.cases.setdefault(order, Case(order))


class Server:
    """The operator's web server on 127.0.0.1. A context manager."""

    def __init__(self, operator: Operator, port: int = 0) -> None:
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                self.send_response(self._status(body))
                self.send_header("Content-Length", "0")
                self.end_headers()

            def _status(self, body: bytes) -> int:
                if self.path == "/notifications":
                    return operator.take({name.lower(): text for name, text in self.headers.items()}, body)
                if self.path not in ("/desk", "/round"):
                    return 404
                if self.path == "/desk":
                    operator.asked(json.loads(body))
                else:
                    operator.round()
                return 204

            def log_message(self, format: str, *args: object) -> None: ...

        self.operator, self._server = operator, ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), name="operator")

    def __enter__(self) -> Server:
        self._thread.start()
        return self

    def __exit__(self, *raised: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
        self.operator.folder.close()
        self.operator.http.close()


def main() -> None:
    parser = argparse.ArgumentParser(description="A model operator.")
    parser.add_argument("facts", type=Path, nargs="?", default=FACTS)
    parser.add_argument("--port", type=int, default=9000)
    parser.add_argument("--every", type=float, help="work in rounds so many seconds apart")
    arguments = parser.parse_args()
    with Server(Operator(json.loads(arguments.facts.read_text())), arguments.port) as server:
        print(f"{server.url}/notifications", flush=True)
        while True:
            time.sleep(arguments.every or 3_600)
            server.operator.round()


if __name__ == "__main__":
    main()
