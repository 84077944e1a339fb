"""What any OperatorNotifier must do, shown on the double and on the HTTP adapter alike; then what only HTTP can do."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from reference_impl.civil_time import instant_of, parse_instant
from reference_impl.ports import Notification, OperatorNotifier, Slot
from sim.doubles import EndpointDouble, notification_members
from sim.http_notifier import DeliveryError, HttpNotifier, notification_key
from sim.recorder import Recorder, slot_members
from tests.world.ports_servers import OperatorEndpoint, operator_endpoint

AT = parse_instant("2026-03-03T09:00:00.250")
SLOT = Slot(parse_instant("2026-03-06T10:00:00"), parse_instant("2026-03-06T12:00:00"))
BOOKED = Notification("ALFA-1", "ALFA", "W09", "Sospensione Cliente per Appuntamento preso", AT, SLOT, "<notifica/>")
TIMED_OUT = Notification("ALFA-2", "ALFA", "W24", "Attesa OLO – time out KO", AT)


@dataclass
class Bench:
    """A notifier under test, and what the operator got: operator, order, code, label, slot and document of each."""

    notifier: OperatorNotifier
    received: Callable[[], list[dict[str, Any]]]


@pytest.fixture
def endpoint() -> Iterator[OperatorEndpoint]:
    threads = threading.enumerate()
    with operator_endpoint() as running:
        yield running
    assert threading.enumerate() == threads


@pytest.fixture(params=["double", "http"])
def bench(request: pytest.FixtureRequest) -> Iterator[Bench]:
    if request.param == "double":
        double = EndpointDouble(Recorder(lambda: instant_of(20_000)))
        yield Bench(double, lambda: [as_received(item) for item in double.notifications])
        return
    endpoint: OperatorEndpoint = request.getfixturevalue("endpoint")
    with HttpNotifier({"ALFA": endpoint.url}) as notifier:
        yield Bench(notifier, lambda: [without_envelope(body) for _, _, body in endpoint.received])


def as_received(notification: Notification) -> dict[str, Any]:
    members = notification_members(notification) | {"order": notification.order}
    return members | ({"slot": slot_members(notification.slot)} if notification.slot else {})


def without_envelope(body: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in body.items() if name not in ("notification", "at")}


def test_the_operator_gets_what_was_notified(bench: Bench) -> None:
    bench.notifier.notify(BOOKED)
    assert bench.received() == [
        {
            "operator": "ALFA",
            "order": "ALFA-1",
            "code": "W09",
            "label": "Sospensione Cliente per Appuntamento preso",
            "slot": {"start": "2026-03-06T10:00:00+01:00", "end": "2026-03-06T12:00:00+01:00"},
            "document": "<notifica/>",
        }
    ]


def test_what_a_notification_has_not_is_not_sent(bench: Bench) -> None:
    bench.notifier.notify(TIMED_OUT)
    assert set(bench.received()[0]) == {"operator", "order", "code", "label"}


def test_notifications_arrive_in_the_order_in_which_they_are_sent(bench: Bench) -> None:
    bench.notifier.notify(TIMED_OUT)
    bench.notifier.notify(BOOKED)
    assert [item["code"] for item in bench.received()] == ["W24", "W09"]


def test_the_double_hands_on_the_id_of_its_event() -> None:
    recorder, deliveries = Recorder(lambda: AT, "w"), list[tuple[str, str]]()
    EndpointDouble(recorder, lambda item, event_id: deliveries.append((item.order, event_id))).notify(BOOKED)
    [event] = recorder.events
    assert deliveries == [("ALFA-1", event["id"])]
    assert (event["type"], event["subject"]) == ("notification.sent", "ALFA-1")


def test_the_body_is_json_with_the_documented_members(endpoint: OperatorEndpoint) -> None:
    with HttpNotifier({"ALFA": endpoint.url}) as notifier:
        notifier.notify(BOOKED)
    [(path, headers, body)] = endpoint.received
    assert (path, headers["Content-Type"]) == ("/notifications", "application/json")
    assert body["at"] == "2026-03-03T09:00:00.250+01:00"
    assert body["notification"] == "ALFA-1/W09/2026-03-03T09:00:00.250+01:00/2026-03-06T10:00:00+01:00"


def test_a_repeated_delivery_carries_the_same_key_and_another_notification_another(
    endpoint: OperatorEndpoint,
) -> None:
    with HttpNotifier({"ALFA": endpoint.url}) as notifier:
        for notification in (BOOKED, BOOKED, BOOKED._replace(at=AT + 1), BOOKED._replace(slot=None)):
            notifier.notify(notification)
    first, again, later, elsewhere = (body["notification"] for _, _, body in endpoint.received)
    assert first == again == notification_key(BOOKED)
    assert len({first, later, elsewhere}) == 3


@pytest.mark.parametrize("status", [200, 202, 204])
def test_any_2xx_takes_the_notification_over(endpoint: OperatorEndpoint, status: int) -> None:
    endpoint.answer = status
    with HttpNotifier({"ALFA": endpoint.url}) as notifier:
        assert notifier.deliver(BOOKED) == status


@pytest.mark.parametrize("status", [302, 400, 404, 500, 503])
def test_any_other_answer_is_an_error_that_tells_the_status(endpoint: OperatorEndpoint, status: int) -> None:
    endpoint.answer = status
    with HttpNotifier({"ALFA": endpoint.url}) as notifier, pytest.raises(DeliveryError, match=str(status)) as error:
        notifier.notify(BOOKED)
    assert error.value.status == status


def test_a_redirect_is_not_followed(endpoint: OperatorEndpoint) -> None:
    endpoint.answer, endpoint.location = 307, f"{endpoint.url}/elsewhere"
    with HttpNotifier({"ALFA": endpoint.url}) as notifier, pytest.raises(DeliveryError, match="307"):
        notifier.notify(BOOKED)
    assert [path for path, _, _ in endpoint.received] == ["/notifications"]


def test_an_endpoint_that_does_not_answer_is_given_up_at_the_timeout(endpoint: OperatorEndpoint) -> None:
    endpoint.silent = True
    with (
        HttpNotifier({"ALFA": endpoint.url}, timeout_seconds=0.2) as notifier,
        pytest.raises(DeliveryError, match="no answer: ReadTimeout") as error,
    ):
        notifier.notify(BOOKED)
    assert error.value.status == 0


def test_an_endpoint_that_is_not_there_is_told_as_such() -> None:
    with operator_endpoint() as gone:
        url = gone.url
    with HttpNotifier({"ALFA": url}) as notifier, pytest.raises(DeliveryError, match="ConnectionError"):
        notifier.notify(BOOKED)


def test_an_operator_without_endpoint_is_told_as_such() -> None:
    with HttpNotifier({}) as notifier, pytest.raises(DeliveryError, match="ALFA: the operator has no endpoint"):
        notifier.notify(BOOKED)
