"""Violations that take more than one verb of `planting`, each to be planted in a world of its rule.

What lives here: functions that change the events of a world and give the id of the event that offends, or None where
there is nothing to change. Which rule each of them violates is told in `violations`.
"""

from __future__ import annotations

from datetime import timedelta

from tests.judging.planted.planting import (
    DAY,
    FILE,
    HOUR,
    NOTICE,
    REJECTED,
    SECOND,
    SMS,
    Event,
    Events,
    add,
    at,
    band,
    find,
    holds,
    of_same_order,
    order_of_row,
    put_at,
    wall,
)

FIRST, BOOKED, LOST = ("W08", "Z18"), ("W09", "PA"), ("W24", "Z36")
NOT_BOOKED_OF = {"W09": "W24", "PA": "Z36"}
OTHER_FAMILY = {"W08": "Z18", "W09": "PA", "W24": "Z36", "Z18": "W08", "PA": "W09", "Z36": "W24"}
CONFIRMED, MOVED, DECLINED = "appointment.confirmed", "appointment.rescheduled", "appointment.declined"
VISIT, BACK, ANSWERED, FETCHED = "visit.started", "order.handed_back", "notification.answered", "csv.fetched"


def file_after_the_next_noon(events: Events) -> str | None:
    deposit = find(events, FILE)
    return put_at(events, deposit, wall(at(deposit), "12:00:00.001", days=1)) if deposit else None


def file_and_sms(events: Events) -> tuple[Event | None, Event | None]:
    """The first file, and the engagement SMS of the order of its first row."""
    deposit = find(events, FILE)
    return deposit, deposit and find(order_of_row(events, deposit), SMS, kind="engagement")


def no_file(events: Events) -> str | None:
    deposit, sms = file_and_sms(events)
    if deposit is None or sms is None:
        return None
    events.remove(deposit)
    return str(sms["id"])


def link_of_the_row_unknown(events: Events) -> str | None:
    deposit, sms = file_and_sms(events)
    if deposit is None or sms is None:
        return None
    refusal = {"channel": "operator", "act": "open", "reason": "unknown_link"}
    link = deposit["data"]["rows"][0]["link"]
    return add(events, sms, at(deposit) + SECOND, REJECTED, link=link, **refusal)


def fixed_after_the_term(events: Events) -> str | None:
    back = find(events, BACK, reason="timeout")
    return add(events, back, at(back), CONFIRMED, channel="customer", slot=band(at(back))) if back else None


def visit_two_hours_early(events: Events) -> str | None:
    visit = find(events, VISIT)
    if visit is not None:
        visit["data"]["slot"] = band(at(visit), days=0)
    return put_at(events, visit, wall(at(visit), "10:00", days=-1)) if visit else None


def reminder_after_the_move(events: Events) -> tuple[Event, Event] | None:
    """The last move of an order and its reminder."""
    moves = [event for event in events if holds(event, MOVED)]
    order = of_same_order(events, moves[-1]) if moves else []
    reminders = [event for event in order if holds(event, SMS, kind="reminder") and at(event) >= at(moves[-1])]
    return (moves[-1], reminders[0]) if reminders else None


def reminder_of_the_old_slot(events: Events) -> str | None:
    pair = reminder_after_the_move(events)
    if pair is not None:
        pair[1]["data"]["slot"] = pair[0]["data"]["previous"]
    return str(pair[1]["id"]) if pair else None


def no_reminder_after_the_move(events: Events) -> str | None:
    pair = reminder_after_the_move(events)
    if pair is not None:
        events.remove(pair[1])
    return str(pair[0]["id"]) if pair else None


def no_time_out(events: Events) -> str | None:
    back = find(events, BACK, reason="timeout")
    order = of_same_order(events, back) if back else []
    notice, sms = find(order, NOTICE, code=LOST), find(order, SMS, kind="engagement")
    if notice is None or sms is None:
        return None
    events.remove(notice)
    return str(sms["id"])


def time_out_a_millisecond_early(events: Events) -> str | None:
    back = find(events, BACK, reason="timeout")
    notice = back and find(of_same_order(events, back), NOTICE, code=LOST)
    return put_at(events, notice, at(notice) - timedelta(milliseconds=1)) if notice else None


def lost_though_booked(events: Events) -> str | None:
    notice = find(events, NOTICE, code=BOOKED)
    if notice is None:
        return None
    data = {**notice["data"], "code": NOT_BOOKED_OF[notice["data"]["code"]]}
    return add(events, notice, at(notice) + SECOND, NOTICE, **data)


def both_confirm(events: Events) -> str | None:
    fixed = find(events, CONFIRMED)
    other = "operator" if fixed and fixed["data"]["channel"] == "customer" else "customer"
    return add(events, fixed, at(fixed), CONFIRMED, channel=other, slot=band(at(fixed))) if fixed else None


def second_causal_for_the_loser(events: Events) -> str | None:
    refusal = find(events, REJECTED, act="confirm", reason="already_booked")
    notice = refusal and find(of_same_order(events, refusal), NOTICE, code=BOOKED)
    return put_at(events, {**notice, "id": "planted"}, at(refusal)) if refusal and notice else None


def visit_in_the_old_slot(events: Events) -> str | None:
    move = find(events, MOVED)
    visit = move and find(of_same_order(events, move), VISIT)
    if move is None or visit is None:
        return None
    visit["data"]["slot"] = move["data"]["previous"]
    return str(visit["id"])


def second_causal_after_a_refusal(events: Events) -> str | None:
    declined = find(events, DECLINED)
    notice = declined and find(of_same_order(events, declined), NOTICE, code=LOST)
    return put_at(events, {**notice, "id": "planted"}, at(notice) + DAY) if notice else None


def fixed_after_a_refusal(events: Events) -> str | None:
    no = find(events, DECLINED)
    return add(events, no, at(no) + SECOND, CONFIRMED, channel=no["data"]["channel"], slot=band(at(no))) if no else None


def code_of_the_other_family(events: Events) -> str | None:
    notice = find(events, NOTICE, code=tuple(OTHER_FAMILY))
    if notice is not None:
        notice["data"]["code"] = OTHER_FAMILY[notice["data"]["code"]]
    return str(notice["id"]) if notice else None


def effects_without_their_sms(events: Events) -> str | None:
    sms = find(events, SMS, kind="engagement")
    notice = sms and find(of_same_order(events, sms), NOTICE, code=FIRST)
    if sms is None or notice is None:
        return None
    events.remove(sms)
    return str(notice["id"])


def notice_for_nobody(events: Events) -> str | None:
    notice = find(events, NOTICE)
    if notice is not None:
        notice["subject"] = "NOBODY"
    return str(notice["id"]) if notice else None


def no_places(events: Events) -> str | None:
    for published in [event for event in events if holds(event, "slots.published")]:
        published["data"]["capacity"] = 0
    fixed = find(events, CONFIRMED)
    return str(fixed["id"]) if fixed else None


def never_answered(events: Events) -> str | None:
    answer = find(events, ANSWERED, copy=1)
    if answer is None:
        return None
    answers = [event for event in events if holds(event, ANSWERED, notification=answer["data"]["notification"])]
    events[:] = [event for event in events if event not in answers]
    return str(answer["data"]["notification"])


def never_fetched(events: Events) -> str | None:
    fetch = find(events, FETCHED)
    deposit = fetch and find(events, FILE, path=fetch["data"]["path"])
    if fetch is None or deposit is None:
        return None
    events.remove(fetch)
    return str(deposit["id"])


def temporary_name_fetched(events: Events) -> str | None:
    fetch = find(events, FETCHED)
    data = fetch and {**fetch["data"], "path": f"{fetch['data']['path']}.part"}
    return put_at(events, {**fetch, "id": "planted", "data": data}, at(fetch)) if fetch else None


def disturbed_and_not_taken(events: Events) -> str | None:
    sent = {event["id"]: at(event) for event in events}
    for answer in [event for event in events if holds(event, ANSWERED)]:
        if answer["data"]["copy"] >= 2 or at(answer) - sent[answer["data"]["notification"]] > HOUR:
            answer["data"]["status"] = 503
            return str(answer["id"])
    return None


def effect_of_a_replay(events: Events) -> str | None:
    """The operator acts while a replayed notification is under way to it."""
    probe = find(events, "notification.probed", kind="replayed")
    if probe is None:
        return None
    probe["data"]["meanwhile"] = ["planted"]
    act = {"channel": "operator", "act": "confirm", "reason": "already_booked", "operator": "ALFA"}
    add(events, probe, at(probe), REJECTED, **act)
    return str(probe["id"])


def asked_too_soon(events: Events) -> str | None:
    """The operator asks again a second after it was told to wait."""
    limited = find(events, "request.limited")
    if limited is None:
        return None
    early = {**limited, "id": "planted", "data": {**limited["data"], "since_told_ms": 1000}}
    return put_at(events, early, at(limited) + SECOND)


def row_left_alone(events: Events) -> str | None:
    """The operator books for one of two orders only."""
    bookings = [event for event in events if event["type"] == CONFIRMED and event["data"]["channel"] == "operator"]
    if len(bookings) < 2:
        return None
    order_code = bookings[-1]["subject"]
    for event in [event for event in events if event.get("subject") == order_code and event["source"] == "/agent"]:
        events.remove(event)
    deposits = [event for event in events if event["type"] == FILE]
    return next(str(event["id"]) for event in deposits if order_code in {row["order"] for row in event["data"]["rows"]})
