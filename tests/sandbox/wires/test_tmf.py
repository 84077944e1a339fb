"""The Virtual Agent for call-centre software: what TMF646 asks for, shown against its own schema."""

from __future__ import annotations

import json
from typing import Any

import jsonschema_rs
import pytest
import requests

from tests.places import ROOT
from tests.sandbox.process import SandboxProcess

BASE = "/tmf-api/appointment/v4"
DEFINITIONS = json.loads((ROOT / "tests" / "data" / "TMF646-Appointment-v4.0.0.swagger.json").read_text())[
    "definitions"
]


class CallCentre:
    """Software that knows a link and speaks TMF646. Every answer is checked against the standard's schema."""

    def __init__(self, box: SandboxProcess, link: str) -> None:
        self._box = box
        self.headers = {"Authorization": f"Bearer {link.rpartition('/')[2]}"}

    def send(self, method: str, path: str, body: object = None) -> requests.Response:
        return self._box.ask(method, BASE + path, body, headers=self.headers)

    def answer_to(self, method: str, path: str, body: object, definition: str) -> Any:
        answer = self.send(method, path, body)
        assert answer.ok, answer.text
        return checked(answer, definition)

    def refused(self, method: str, path: str, body: object = None) -> tuple[int, str]:
        answer = self.send(method, path, body)
        assert not answer.ok
        return answer.status_code, checked(answer, "Error")["code"]


def checked(answer: requests.Response, definition: str) -> Any:
    schema = {"definitions": DEFINITIONS, "$ref": f"#/definitions/{definition}"}
    jsonschema_rs.Draft4Validator(schema).validate(answer.json())
    return answer.json()


@pytest.fixture
def centre(box: SandboxProcess) -> CallCentre:
    """Software with the link of a new order in a world of its own."""
    return CallCentre(box, box.engage(world=f"/worlds/{box.new_world()}")["link"])


def test_search_and_create_fix_an_appointment(centre: CallCentre) -> None:
    answer = centre.answer_to("POST", "/searchTimeSlot", {}, "SearchTimeSlot")
    slot = answer["availableTimeSlot"][4]["validFor"]
    assert centre.answer_to("GET", "/appointment/A-1", None, "Appointment")["status"] == "initialized"
    booked = centre.answer_to(
        "POST", "/appointment", {"validFor": slot, "description": "as the caller wished"}, "Appointment"
    )
    assert (booked["status"], booked["validFor"]) == ("confirmed", slot)
    assert centre.send("GET", "/appointment").json() == [centre.send("GET", "/appointment/A-1").json()]


def test_search_keeps_to_the_periods_that_are_asked_for(centre: CallCentre) -> None:
    period = {"startDateTime": "2026-03-09T00:00:00+01:00", "endDateTime": "2026-03-10T00:00:00+01:00"}
    answer = centre.answer_to(
        "POST", "/searchTimeSlot", {"requestedTimeSlot": [{"validFor": period}]}, "SearchTimeSlot"
    )
    starts = [slot["validFor"]["startDateTime"][:10] for slot in answer["availableTimeSlot"]]
    assert starts == ["2026-03-09"] * 5


def test_patch_moves_an_appointment(centre: CallCentre) -> None:
    slots = [slot["validFor"] for slot in centre.send("POST", "/searchTimeSlot", {}).json()["availableTimeSlot"]]
    centre.answer_to("POST", "/appointment", {"validFor": slots[0]}, "Appointment")
    moved = centre.answer_to("PATCH", "/appointment/A-1", {"validFor": slots[9]}, "Appointment")
    assert moved["validFor"] == slots[9]


def test_patch_to_cancelled_refuses_to_fix_an_appointment(centre: CallCentre) -> None:
    assert (
        centre.answer_to("PATCH", "/appointment/A-1", {"status": "cancelled"}, "Appointment")["status"] == "cancelled"
    )
    slot = {"startDateTime": "2026-03-09T08:00:00+01:00", "endDateTime": "2026-03-09T10:00:00+01:00"}
    assert centre.refused("POST", "/appointment", {"validFor": slot}) == (404, "unknown_link")


@pytest.mark.parametrize(
    ("method", "path", "body", "expected"),
    [
        ("PATCH", "/appointment/A-1", {"validFor": {}}, (422, "not_allowed")),
        ("PATCH", "/appointment/A-1", {}, (422, "not_allowed")),
        ("GET", "/appointment/B-1", None, (404, "not_allowed")),
        ("POST", "/appointment", {}, (422, "invalid")),
        (
            "POST",
            "/appointment",
            {"validFor": {"startDateTime": "2026-03-08T08:00:00Z", "endDateTime": "2026-03-08T10:00:00Z"}},
            (409, "slot_not_offered"),
        ),
    ],
)
def test_what_is_not_allowed_is_an_error_of_the_standard(
    centre: CallCentre, method: str, path: str, body: object, expected: tuple[int, str]
) -> None:
    assert centre.refused(method, path, body) == expected


def test_a_link_that_was_never_given_out_opens_nothing(box: SandboxProcess) -> None:
    stranger = CallCentre(box, "https://anywhere.example/AAAAAAAAAAAAAAAAAAAAAA")
    assert stranger.refused("GET", "/appointment") == (404, "unknown_link")


def test_an_operator_that_has_to_wait_is_told_so_at_every_door(box: SandboxProcess, centre: CallCentre) -> None:
    world = f"/worlds/w{len(box.get('/_sandbox/worlds')['worlds']) - 1}"
    limit, operator = f"{world}/_sandbox/operators/ALFA/disturb", box.get(f"{world}/_sandbox/operators/ALFA")
    doors = {
        f"{BASE}/appointment": {**centre.headers, "Appuntamento-Channel": "operator"},
        f"/agent/{centre.headers['Authorization'].split()[1]}": {"Appuntamento-Channel": "operator"},
        f"{world}/v1/orders": {"Authorization": f"Bearer {operator['api_key']}"},
    }

    def answers_of_doors() -> list[tuple[int, str | None]]:
        answers = [box.ask("GET", path, headers=headers) for path, headers in doors.items()]
        return [(answer.status_code, answer.headers.get("Retry-After")) for answer in answers]

    box.post(limit, {"how": "limit", "seconds": 3_600})
    assert answers_of_doors() == [(429, "3600")] * 3
    box.post(limit, {"how": "limit", "seconds": 0})
    assert answers_of_doors() == [(200, None)] * 3


def test_without_a_link_nothing_can_be_done(box: SandboxProcess) -> None:
    assert box.ask("GET", f"{BASE}/appointment").status_code == 401
