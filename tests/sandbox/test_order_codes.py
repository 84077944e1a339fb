"""Two operators hand in X-1 on the same day, and nothing mixes: at every wire of a sandbox, and at its terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import requests

import appuntamento
from steps.drivers.remote import RemoteDriver
from steps.drivers.target import Target
from steps.drivers.verbs import Refused
from tests.sandbox.in_process import START, order
from tests.sandbox.process import SandboxProcess, sandbox

CODE, TMF = "X-1", "/tmf-api/appointment/v4"
OPERATORS = ("ALFA", "BETA")
SLOTS = {
    "ALFA": {"start": "2026-03-09T08:00:00+01:00", "end": "2026-03-09T10:00:00+01:00"},
    "BETA": {"start": "2026-03-10T14:00:00+01:00", "end": "2026-03-10T16:00:00+01:00"},
}


@pytest.fixture(scope="module")
def box() -> Iterator[SandboxProcess]:
    """A sandbox whose operators ALFA and BETA have an order X-1 each, handed in with their own keys."""
    with sandbox() as running:
        for operator in OPERATORS:
            assert hand_in(running, operator).status_code == 201
            running.post(f"/_sandbox/orders/{CODE}/line?operator={operator}", {"code": "CO"})
        yield running


def hand_in(box: SandboxProcess, operator: str) -> requests.Response:
    return ask(box, operator, "POST", "/v1/orders", of(operator))


def of(operator: str) -> dict[str, object]:
    number = OPERATORS.index(operator) + 1
    return order(CODE, operator=operator, project_code=f"PRJ-{operator}", phone=f"+39333123450{number}")


def ask(box: SandboxProcess, operator: str, method: str, path: str, body: object = None) -> requests.Response:
    """A request with the key of an operator."""
    key = {"Authorization": f"Bearer {box.operator(operator)['api_key']}"}
    return box.ask(method, path, body, headers=key)


def messages(box: SandboxProcess, operator: str) -> list[dict[str, Any]]:
    """The SMS about an operator's order."""
    answer = box.get(f"/_sandbox/sms?order={CODE}&operator={operator}")
    sms: list[dict[str, Any]] = answer["messages"]
    return sms


def test_each_operator_sees_and_cancels_its_own(box: SandboxProcess) -> None:
    box.post("/_sandbox/worlds", {"name": "own"})
    for operator in OPERATORS:
        box.post("/worlds/own/_sandbox/operators", {"operator": operator})
    keys = {
        account["operator"]: account["api_key"] for account in box.get("/worlds/own/_sandbox/operators")["operators"]
    }
    for operator in OPERATORS:
        key = {"Authorization": f"Bearer {keys[operator]}"}
        box.post("/worlds/own/v1/orders", of(operator), headers=key)
        (own_order,) = box.get("/worlds/own/v1/orders", headers=key)["orders"]
        assert own_order["operator"] == operator
    box.post(f"/worlds/own/v1/orders/{CODE}/cancel", {}, headers={"Authorization": f"Bearer {keys['BETA']}"})
    states = {row["operator"]: row["state"] for row in box.get("/worlds/own/_sandbox/orders")["orders"]}
    assert states == {"ALFA": "waiting", "BETA": "cancelled"}


def test_each_customer_has_an_sms_and_each_operator_its_notifications(box: SandboxProcess) -> None:
    for operator in OPERATORS:
        (sms,) = messages(box, operator)
        assert (sms["operator"], sms["to"]) == (operator, of(operator)["phone"])
        notices = ask(box, operator, "GET", "/v1/notifications").json()["notifications"]
        assert [(notice["operator"], notice["code"]) for notice in notices][:2] == [(operator, "CO"), (operator, "W08")]


def test_the_same_code_twice_is_a_conflict_that_names_the_code_and_the_operator(box: SandboxProcess) -> None:
    answer = hand_in(box, "ALFA")
    assert answer.status_code == 409
    assert answer.json()["field"] == "order"
    assert "order: 'X-1' is not allowed" in answer.json()["detail"]
    assert "not used before by ALFA" in answer.json()["detail"]
    assert len(box.get("/_sandbox/orders?operator=ALFA")["orders"]) == 1


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", f"/_sandbox/orders/{CODE}", None),
        ("GET", f"/_sandbox/orders/{CODE}/timeline", None),
        ("GET", f"/_sandbox/orders/{CODE}/links", None),
        ("POST", f"/_sandbox/orders/{CODE}/line", {"code": "CO"}),
        ("POST", f"/_sandbox/orders/{CODE}/cancel", {}),
        ("GET", f"/_sandbox/sms?order={CODE}", None),
        ("POST", "/_sandbox/clock", {"until": "csv-deadline", "order": CODE}),
    ],
)
def test_a_code_of_two_operators_asks_whose_it_is(box: SandboxProcess, method: str, path: str, body: object) -> None:
    answer = box.ask(method, path, body)
    assert answer.status_code == 409
    assert (answer.json()["field"], answer.json()["allowed"]) == ("operator", "ALFA or BETA")
    assert "--operator ALFA" in answer.json()["detail"]


def test_call_centre_software_books_the_order_of_its_link_and_no_other(box: SandboxProcess) -> None:
    for operator in OPERATORS:
        (sms,) = messages(box, operator)
        token = {"Authorization": f"Bearer {sms['link'].rpartition('/')[2]}"}
        period = {"startDateTime": SLOTS[operator]["start"], "endDateTime": SLOTS[operator]["end"]}
        appointment = box.post(f"{TMF}/appointment", {"validFor": period}, headers=token)
        assert (appointment["id"], appointment["validFor"]) == (CODE, period)
    for operator in OPERATORS:
        assert ask(box, operator, "GET", f"/v1/orders/{CODE}").json()["slot"] == SLOTS[operator]
        timeline = box.get(f"/_sandbox/orders/{CODE}/timeline?operator={operator}")
        assert timeline["operator"] == operator
        booked = [mark["at"] for mark in timeline["marks"] if mark["meaning"].startswith("Fixes the appointment")]
        assert len(booked) == 1


def test_the_control_room_shows_a_card_for_each_and_acts_on_the_one_that_is_meant(box: SandboxProcess) -> None:
    box.post("/_sandbox/worlds", {"name": "room"})
    for operator in OPERATORS:
        box.post("/worlds/room/_sandbox/operators", {"operator": operator})
        box.post("/worlds/room/_sandbox/orders", of(operator))
    page = box.ask("GET", "/worlds/room/").text
    assert [page.count(f'id="order-{operator}-{CODE}"') for operator in OPERATORS] == [1, 1]
    form = {"order": CODE, "operator": "BETA", "code": "CO"}
    answer = box.ask("POST", "/worlds/room/control/line", data=form)
    assert answer.ok
    states = {row["operator"]: row["state"] for row in box.get("/worlds/room/_sandbox/orders")["orders"]}
    assert states == {"ALFA": "waiting", "BETA": "engaged"}


def test_each_operator_finds_its_own_row_on_the_sftp_site(box: SandboxProcess) -> None:
    with Target(box.url) as target:
        driver = RemoteDriver(
            target, name="files", start=START, readings={"csv_cadence": "immediate"}, declared={}, seed=1, capacity=4,
            under_test="service",
        )  # fmt: skip
        for operator in OPERATORS:
            driver.register(
                {
                    "operator": operator,
                    "agent_domain": f"{operator.lower()}.example",
                    "project_codes": [f"PRJ-{operator}"],
                }
            )
            driver.submit(of(operator))
            driver.line(operator, CODE, "CO")
        with pytest.raises(Refused, match="order"):
            driver.submit(of("BETA"))
        driver.run_until(START + 60_000)
        deposits = {event["data"]["operator"]: event for event in driver.trace if event["type"] == "csv.deposited"}
        for operator in OPERATORS:
            row = driver.fetch(deposits[operator]["subject"]).decode()
            assert row.startswith(f"{CODE};03/03/2026;https://{operator.lower()}.example/")
            assert row.endswith(f"{of(operator)['phone']}\r\n")
        driver.close()


def test_the_terminal_asks_whose_order_is_meant(box: SandboxProcess, capsys: pytest.CaptureFixture[str]) -> None:
    target = ("--url", box.url)
    for words in (["orders", "show", CODE], ["agent", "open", CODE], ["sms", "list", "--order", CODE]):
        assert appuntamento.main([*words, *target]) == 3
        message = capsys.readouterr().err
        assert "a code of ALFA and BETA" in message
        assert "--operator ALFA" in message
        assert message.count("\n") == 1
        for operator in OPERATORS:
            assert appuntamento.main([*words, "--operator", operator, *target]) == 0
            assert CODE in capsys.readouterr().out
    assert appuntamento.main(["orders", "submit", CODE, "--phone", "+393331234567", "--operator", "BETA", *target]) == 3
    assert "not used before by BETA" in capsys.readouterr().err


def test_the_trace_of_the_sandbox_says_of_every_event_of_an_order_whose_it_is(box: SandboxProcess) -> None:
    events = box.get("/_sandbox/events")["events"]
    about = [event for event in events if event.get("subject") == CODE]
    assert {event["type"] for event in about} >= {"order.received", "sms.sent", "sms.delivered", "sla.suspended"}
    assert {event["data"].get("operator") for event in about} == set(OPERATORS)
