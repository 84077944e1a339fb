"""The HTTP interfaces over real sockets: who may do what, and what is answered."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
import requests

from reference_impl.civil_time import parse_instant
from reference_impl.formats.documents import order_document
from reference_impl.intake import parse_order
from sim.sandbox.http import limits as http_limits
from tests.sandbox.client import Connection
from tests.sandbox.in_process import order, running_sandbox
from tests.sandbox.process import SandboxProcess

ORDER = {"service": "VULA_FTTH", "line_state": "LNA", "project_code": "PRJ-ALFA", "phone": "+393331234567"}


def key(box: SandboxProcess, name: str = "ALFA") -> dict[str, str]:
    return {"Authorization": f"Bearer {box.operator(name)['api_key']}"}


def hand_in(box: SandboxProcess, code: str, **headers: str) -> requests.Response:
    return box.ask("POST", "/v1/orders", {"order": code, **ORDER}, headers=key(box) | headers)


def in_world(box: SandboxProcess, name: str) -> str:
    """A world of its own with ALFA in it; the prefix of its paths."""
    return f"/worlds/{box.new_world(name)}"


def test_an_order_is_taken_in_as_json(box: SandboxProcess) -> None:
    answer = hand_in(box, "JSON-1")
    assert answer.status_code == 201
    assert (answer.json()["flow"], answer.json()["operator"]) == ("service", "ALFA")


def test_an_order_is_taken_in_as_xml_of_the_schema_in_force(box: SandboxProcess) -> None:
    document = order_document(parse_order(order("XML-1")), parse_instant("2026-03-03T08:00"))
    headers = key(box) | {"Content-Type": "application/xml"}
    answer = box.ask("POST", "/v1/orders", data=document.encode(), headers=headers)
    assert (answer.status_code, answer.json()["order"]) == (201, "XML-1")


@pytest.mark.parametrize(
    ("kind", "body", "status", "words"),
    [
        ("application/json", b'{"order": "BAD-1"', 400, "not JSON"),
        ("application/json", b"[]", 422, "a JSON object"),
        ("application/json", b'{"order": "bad"}', 422, "order"),
        ("application/json", b'{"order": "B-1", "colour": "red"}', 422, "no such member"),
        ("application/json", b'{"operator": "BETA"}', 422, "the operator of the API key"),
        ("application/xml", b"<workOrder/>", 422, "line 1"),
        ("text/plain", b"order", 415, "application/json or application/xml"),
        ("application/json", b"[" * 40 + b"]" * 40, 422, "levels deep"),
        ("application/json", b" " * 1_000_001, 413, "at most 1000000 bytes"),
    ],
)
def test_an_order_that_cannot_be_taken_is_a_problem_that_says_why(
    box: SandboxProcess, kind: str, body: bytes, status: int, words: str
) -> None:
    headers = key(box) | {"Content-Type": kind}
    answer = box.ask("POST", "/v1/orders", data=body, headers=headers)
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, "application/problem+json")
    assert words in answer.json()["detail"]


def test_the_same_idempotency_key_gives_the_same_answer_and_one_order(box: SandboxProcess) -> None:
    key_header = {"Idempotency-Key": "once"}
    answer, repeated = hand_in(box, "KEY-1", **key_header), hand_in(box, "KEY-1", **key_header)
    assert repeated.json() == answer.json()
    assert repeated.headers["Idempotent-Replayed"] == "true"
    assert hand_in(box, "KEY-2", **key_header).status_code == 422


@pytest.mark.parametrize("path", ["/v1/orders", "/v1/notifications", "/v1/endpoint"])
@pytest.mark.parametrize("credentials", [{}, {"Authorization": "Bearer ak_wrong"}, {"Authorization": "Basic eDp5"}])
def test_an_operators_side_asks_for_its_key(box: SandboxProcess, path: str, credentials: dict[str, str]) -> None:
    answer = box.ask("GET", path, headers=credentials)
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")


def test_another_operators_orders_and_notifications_are_as_if_they_were_not_there(box: SandboxProcess) -> None:
    hand_in(box, "OWN-1")
    box.post("/_sandbox/orders/OWN-1/line", {"code": "CO"})
    notification = box.get("/v1/notifications", headers=key(box))["notifications"][0]["id"]
    beta = key(box, "BETA")
    assert box.get("/v1/orders", headers=beta)["orders"] == []
    assert box.get("/v1/notifications", headers=beta)["notifications"] == []
    for path in ("/v1/orders/OWN-1/cancel", f"/v1/notifications/{notification}/resend"):
        assert box.ask("POST", path, {}, headers=beta).status_code == 404
    nowhere = box.ask("GET", "/v1/orders/NONE-1", headers=beta).json()
    of_alfa = box.ask("GET", "/v1/orders/OWN-1", headers=beta).json()
    assert of_alfa == {**nowhere, "detail": nowhere["detail"].replace("NONE-1", "OWN-1")}


def test_the_key_of_one_world_opens_no_other(box: SandboxProcess) -> None:
    prefix = in_world(box, "keys")
    assert box.ask("GET", f"{prefix}/v1/orders", headers=key(box)).status_code == 401


def test_worlds_have_their_own_orders_clock_and_files(box: SandboxProcess) -> None:
    first_world, second_world = in_world(box, "one"), in_world(box, "two")
    box.engage(world=first_world)
    box.post(f"{first_world}/_sandbox/clock", {"until": "csv-deadline"})
    assert box.get("/_sandbox/clock", headers={"Appuntamento-World": "one"})["now"][:16] == "2026-03-03T13:00"
    assert box.get(f"{second_world}/_sandbox/clock")["now"][:16] == "2026-03-03T08:00"
    assert (
        len(box.get(f"{first_world}/_sandbox/files")["files"]),
        box.get(f"{second_world}/_sandbox/files")["files"],
    ) == (1, [])
    assert box.get(f"{second_world}/_sandbox/orders")["orders"] == []


def test_a_world_that_is_dropped_is_gone(box: SandboxProcess) -> None:
    in_world(box, "short")
    assert box.ask("DELETE", "/_sandbox/worlds/short").status_code == 204
    assert box.ask("GET", "/worlds/short/_sandbox/orders").status_code == 404
    assert box.ask("DELETE", "/_sandbox/worlds/default").status_code == 422


def test_the_customers_sms_can_be_waited_for(box: SandboxProcess) -> None:
    prefix = in_world(box, "sms")
    box.engage(world=prefix)
    query = {"to": "+393331234567", "timeout_seconds": 5}
    message = box.get(f"{prefix}/_sandbox/sms/wait", params=query)["messages"][0]
    assert (message["encoding"], message["segments"], message["copies"]) == ("GSM-7", 1, 1)
    assert message["local_link"].startswith(f"{box.url}/va/")
    later = {**query, "since": message["id"], "timeout_seconds": 0}
    assert box.get(f"{prefix}/_sandbox/sms/wait", params=later)["messages"] == []


@pytest.mark.parametrize(
    ("number", "at_once", "after_an_hour"),
    [
        ("+393331200001", ["accepted", "undeliverable"], []),
        ("+393331200002", ["accepted"], ["delivered"]),
        ("+393331200003", ["accepted", "delivered"], ["delivered"]),
    ],
)
def test_the_last_digits_of_a_number_say_what_befalls_its_sms(
    box: SandboxProcess, number: str, at_once: list[str], after_an_hour: list[str]
) -> None:
    prefix = in_world(box, f"fate-{number[-1]}")
    box.engage(world=prefix, phone=number)

    def trail() -> list[str]:
        return [step["state"] for step in box.get(f"{prefix}/_sandbox/sms")["messages"][0]["trail"]]

    assert trail() == at_once
    box.post(f"{prefix}/_sandbox/clock", {"advance": "1 h"})
    assert trail() == at_once + after_an_hour


def test_the_virtual_agent_answers_programs(box: SandboxProcess) -> None:
    prefix = in_world(box, "agent")
    token = box.engage(world=prefix)["link"].rpartition("/")[2]
    offer = box.get(f"/agent/{token}")
    assert (offer["order"], offer["state"]) == ("A-1", "to_book")
    booked = box.post(f"/agent/{token}/confirm", {"slot": offer["slots"][0]})
    assert (booked["state"], booked["slot"]) == ("booked", offer["slots"][0])
    second_booking = box.ask("POST", f"/agent/{token}/confirm", {"slot": offer["slots"][1]})
    assert (second_booking.status_code, second_booking.json()["reason"]) == (409, "already_booked")


def test_slots_show_their_places_and_take_a_capacity_of_their_own(box: SandboxProcess) -> None:
    prefix = in_world(box, "slots")
    slot = box.get(f"{prefix}/_sandbox/slots")["slots"][3]
    assert (slot["capacity"], slot["free"]) == (4, 4)
    band = {"start": slot["start"], "end": slot["end"]}
    box.put(f"{prefix}/_sandbox/slots", {"territory": "LAZIO", "slot": band, "capacity": 1})
    assert box.get(f"{prefix}/_sandbox/slots")["slots"][3]["free"] == 1


def test_the_trace_is_what_the_judge_reads(box: SandboxProcess) -> None:
    prefix = in_world(box, "trace")
    answer = box.ask("GET", f"{prefix}/_sandbox/trace")
    assert answer.headers["Content-Type"].startswith("application/x-ndjson")
    assert '"trace.observes"' in answer.text.splitlines()[-1]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "https://elsewhere.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Host": "elsewhere.example"}, 421),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "null"}, 200),
    ],
)
def test_what_another_site_sends_is_refused(box: SandboxProcess, headers: dict[str, str], status: int) -> None:
    answer = box.ask("POST", "/_sandbox/clock", {"pause": False}, headers=headers)
    assert answer.status_code == status


def test_a_page_of_our_own_may_send(box: SandboxProcess) -> None:
    answer = box.ask("POST", "/_sandbox/clock", {"pause": False}, headers={"Origin": box.url})
    assert answer.ok


def test_every_answer_keeps_to_itself(box: SandboxProcess) -> None:
    for path in ("/livez", "/nowhere", "/_sandbox/clock"):
        headers = box.ask("GET", path).headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert headers["Cache-Control"] == "no-store"


def test_events_can_be_followed_as_they_happen(box: SandboxProcess) -> None:
    prefix = in_world(box, "stream")
    headers = {"Accept": "text/event-stream"}
    with box.ask("GET", f"{prefix}/_sandbox/events", headers=headers, stream=True) as stream:
        lines = stream.iter_lines(decode_unicode=True, chunk_size=1)
        events: list[Any] = [next(lines) for _ in range(6)]
        assert [line[:5] for line in events] == ["id: 1", "data:", "", "id: 2", "data:", ""]
        box.post(f"{prefix}/_sandbox/orders", order("A-1"))
        assert next(lines) == "id: 3"


def test_too_many_requests_of_one_caller_are_put_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr(http_limits, "monotonic", lambda: now[0])

    async def status(url: str) -> int:
        async with await Connection.to(url) as line:
            return (await line.send("GET", "/livez")).status

    async def story() -> tuple[list[int], list[int]]:
        async with running_sandbox(tmp_path, rate=5) as few:
            at_once = [await status(few.addresses["http"]) for _ in range(6)]
            now[0] += 1 / 5
            return at_once, [await status(few.addresses["http"]) for _ in range(2)]

    assert asyncio.run(story()) == ([200] * 5 + [429], [200, 429])
