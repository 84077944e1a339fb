"""Tables in a terminal of 80 columns: they fit whatever they hold, and an empty one says so."""

from __future__ import annotations

import pytest

from sim.sandbox.terminal import order_views, wire_views
from sim.sandbox.terminal.client import CommandError
from sim.sandbox.terminal.columns import WIDTH, table
from sim.sandbox.terminal.world_acts import chosen_slot

SLOT = {"start": "2026-03-05T10:00:00+01:00", "end": "2026-03-05T12:00:00+01:00"}


def notification(number: int, statuses: list[int], state: str) -> dict[str, object]:
    return {
        "id": f"default-{number:05}",
        "order": f"OL-2026-{number:06}-CONSEGNA-ROMA",
        "operator": "OPERATORE-12",
        "code": "W08",
        "at": f"2026-03-03T08:{number % 60:02}:07+01:00",
        "state": state,
        "attempts": [
            {"status": status, "reason": "" if status else "no answer within 10 s", "answer": "x" * 99}
            for status in statuses
        ],
    }


def test_nine_hundred_lines_of_notifications_fit() -> None:
    cases = [([0] * 10, "given_up"), ([0, 500, 0, 204], "delivered"), ([], "no_endpoint")]
    answer = {"notifications": [notification(number, *cases[number % 3]) for number in range(450)]}
    lines = list(wire_views.notifications(answer))
    assert len(lines) > 900
    assert max(map(len, lines)) <= WIDTH
    text = " ".join("\n".join(lines).split())
    for part in ("OL-2026-000449-CONSEGNA-ROMA", "default-00449", "0×10", "0 500 0 204", "given up"):
        assert part in text


@pytest.mark.parametrize(
    "reason", ["not reached: connection refused", "no answer within 10 s", "no answer: ConnectionResetError"]
)
def test_why_no_answer_came_is_said_once(reason: str) -> None:
    attempts = [{"status": 0, "reason": reason, "answer": ""}]
    unanswered = notification(1, [], "on_its_way") | {"attempts": attempts}
    assert list(wire_views.notifications({"notifications": [unanswered]}))[-1] == reason


def test_a_table_that_fits_has_a_line_for_each_row() -> None:
    assert list(table(("order", "state"), [("A-1", "booked")])) == ["order  state", "A-1    booked"]


def test_without_a_slot_the_order_is_said_to_be_what_it_is() -> None:
    assert list(order_views.offered({"slots": [], "state": "booked", "slot": SLOT})) == [
        "no slot on offer; the order is booked for 2026-03-05 10:00–12:00"
    ]
    with pytest.raises(CommandError, match="slot: none is on offer now"):
        chosen_slot("first", [], allows_first=True)
