"""Whatever goes wrong, a browser sees a page in words with the same status, and a program a problem."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import lxml.html
import pytest

from sim.sandbox.pages.problem_pages import PROBLEM_TYPE, ProblemPages
from tests.patience import PatientSession
from tests.sandbox.pages.page_visitors import running_site

AS_A_BROWSER = {"Accept": "text/html,application/xhtml+xml"}
STATUSES = (400, 401, 403, 404, 405, 408, 409, 410, 413, 415, 421, 422, 429, 500, 503)


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize(("language", "title"), [("it", "Nulla è stato cambiato"), ("en", "Nothing has been changed")])
def test_every_status_is_a_page_for_a_browser(status: int, language: str, title: str) -> None:
    start, body = answer_of_problem(status, [(b"accept", b"text/html"), (b"accept-language", language.encode())])
    headers = dict(start["headers"])
    assert start["status"] == status
    assert headers[b"content-type"] == b"text/html; charset=utf-8"
    assert headers[b"retry-after"] == b"1", "what else the answer says stays"
    assert int(headers[b"content-length"]) == len(body)
    page: Any = lxml.html.fromstring(body.decode())
    assert page.get("lang") == language
    assert page.findtext(".//h1")
    assert title in page.text_content()
    assert "inside" not in page.text_content(), "a customer hears nothing of the inside"
    problem = answer_of_problem(status, [(b"accept", b"application/json")])
    assert json.loads(problem[1])["detail"] == "inside"


def test_a_developer_is_led_back_to_the_control_room() -> None:
    _, body = answer_of_problem(404, [(b"accept", b"text/html"), (b"accept-language", b"en")], path="/rules/XX-9")
    page: Any = lxml.html.fromstring(body.decode())
    assert page.xpath("//main//a[@href='/']/text()") == ["Back to the control room"]
    assert "link that you received" not in page.text_content(), "nobody sent one"
    assert "Activation of your line" not in page.text_content()


def answer_of_problem(
    status: int, headers: list[tuple[bytes, bytes]], path: str = "/va/x"
) -> tuple[dict[str, Any], bytes]:
    """The start and the body of the answer to a request for a page where the application answers with a problem."""
    messages: list[dict[str, Any]] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        body = json.dumps({"title": "x", "status": status, "detail": "inside"}).encode()
        headers_sent = [
            (b"content-type", PROBLEM_TYPE),
            (b"content-length", str(len(body)).encode()),
            (b"retry-after", b"1"),
        ]
        await send({"type": "http.response.start", "status": status, "headers": headers_sent})
        await send({"type": "http.response.body", "body": body})

    async def send(message: Any) -> None:
        messages.append(dict(message))

    async def receive() -> dict[str, Any]:
        return {"type": "http.disconnect"}

    scope = {"type": "http", "method": "GET", "path": path, "query_string": b"", "headers": headers}
    asyncio.run(ProblemPages(app)(scope, receive, send))
    return messages[0], messages[1]["body"]


def test_too_many_requests_and_our_own_fault_are_pages_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError

    with running_site(tmp_path, rate=1) as hurried, PatientSession() as session:
        address = hurried.engage("FAULT-1")
        statuses: set[int] = set()
        monkeypatch.setattr("sim.sandbox.pages.agent_pages.opens_nothing", fail)
        while not {429, 500} <= statuses:
            answer = session.get(address, headers=AS_A_BROWSER)
            assert "<h1>" in answer.text
            assert answer.headers["Content-Type"].startswith("text/html")
            statuses.add(answer.status_code)
    assert statuses == {429, 500}
