"""Choices that a system is free to make: none of them fails a rule, and the wrong act next to each does."""

from __future__ import annotations

import pytest

from reports.judging.judge import judge
from reports.judging.profiles import Profile
from tests.judging.changes import put, refused
from tests.judging.traces import Event, band, edited, find, good_trace, rome
from tests.judging.verdicts import ANY, DEFAULT, declared, ruling


def verdict(trace: list[Event], rule: str, profile: Profile) -> str:
    return ruling(trace, rule, profile).verdict


def without_first_notice(events: list[Event]) -> None:
    """B2 is booked after its row came, and no W08 was sent by then."""
    events.remove(find(events, "notification.sent", "B2", code="W08"))
    events.remove(find(events, "sla.suspended", "B2"))
    events.remove(find(events, "sla.resumed", "B2"))


@pytest.mark.parametrize(
    ("profile", "expected"),
    [(DEFAULT, "FAIL"), (ANY, "AMBIGUOUS"), (declared(first_notice_unconditional="no"), "PASS")],
    ids=["unconditional", "undeclared", "conditional"],
)
def test_a_first_notice_only_for_who_has_not_booked_is_a_reading(profile: Profile, expected: str) -> None:
    assert verdict(edited(good_trace(), without_first_notice), "UNR-1", profile) == expected


def test_a_conditional_first_notice_is_still_owed_to_who_does_not_book() -> None:
    def unnoticed(events: list[Event]) -> None:
        events.remove(find(events, "notification.sent", "T1", code="W08"))

    for profile in (ANY, declared(first_notice_unconditional="no")):
        assert verdict(edited(good_trace(), unnoticed), "UNR-1", profile) == "FAIL"


@pytest.mark.parametrize("profile", [DEFAULT, ANY], ids=["default", "any"])
def test_a_silent_ledger_fails_only_where_it_was_said_to_be_seen(profile: Profile) -> None:
    silent = [event for event in good_trace() if not event["type"].startswith("sla.")]
    assert verdict(silent, "UNR-3", profile) == "FAIL"
    unsaid = [event for event in silent if event["type"] != "trace.observes"]
    assert verdict(unsaid, "UNR-3", profile) == "INCONCLUSIVE"
    of_one = [event for event in good_trace() if event["type"] != "sla.suspended" or event["subject"] != "T1"]
    assert verdict(of_one, "UNR-3", profile) == "FAIL"


def registered_anew(moment: str, **members: str) -> list[Event]:
    def anew(events: list[Event]) -> None:
        known = find(events, "operator.registered", "ALFA")["data"]
        put(events, moment, "operator.registered", "ALFA", **{**known, **members})

    return edited(good_trace(), anew)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [("2026-03-03 12:00", "PASS"), ("2026-03-03 09:00", "FAIL")],
    ids=["after-sms", "before-sms"],
)
def test_the_link_of_a_row_is_on_the_domain_of_the_time_of_its_sms(moment: str, expected: str) -> None:
    new_domain = {"agent_domain": "new.alfa.example", "rendez_vous_domain": "new.alfa.example"}
    trace = registered_anew(moment, **new_domain)
    assert {verdict(trace, rule, ANY) for rule in ("LINK-1", "LINK-2")} == {expected}


def test_who_joins_rendez_vous_meanwhile_has_the_row_on_the_domain_of_either_time() -> None:
    trace = registered_anew("2026-03-03 12:00", rendez_vous_domain="rdv.alfa.example")
    assert verdict(trace, "LINK-2", DEFAULT) == "PASS"


def books_after_refusing(channel: str) -> list[Event]:
    """R1: the customer refuses, the channel books a day later, and no W24 was sent in between."""

    def change_of_mind(events: list[Event]) -> None:
        events.remove(find(events, "notification.sent", "R1", code="W24"))
        events.remove(find(events, "order.handed_back", "R1"))
        slot = band("2026-03-17")
        put(events, "2026-03-04 10:00", "appointment.confirmed", "R1", channel=channel, slot=slot)
        noted = {"operator": "ALFA", "code": "W09", "label": "x", "slot": slot}
        put(events, "2026-03-04 10:00", "notification.sent", "R1", **noted)
        like = find(events, "sms.sent", "B2", kind="reminder")["data"]
        put(events, "2026-03-16 10:00", "sms.sent", "R1", **{**like, "slot": slot})
        put(events, "2026-03-17 10:00", "visit.started", "R1", slot=slot)
        put(events, "2026-03-17 10:00", "sla.resumed", "R1", cause="appointment")

    return edited(good_trace(), change_of_mind)


@pytest.mark.parametrize("channel", ["customer", "operator"])
def test_whoever_books_after_a_refusal_shows_that_it_was_not_final(channel: str) -> None:
    trace = books_after_refusing(channel)
    verdicts = judge(trace, ANY)
    broken = [rule.rule for rule in verdicts.rules if rule.verdict == "FAIL" and rule.rule != "ROUTE-7"]
    assert broken == []
    assert verdicts.inferred["refusal_final"] == ["no"]
    assert {verdict(trace, rule, DEFAULT) for rule in ("REF-3", "INV-2")} == {"FAIL"}
    assert verdict(trace, "REF-3", declared(refusal_final="no")) == "PASS"


def test_an_order_code_is_taken_in_once() -> None:
    def handed_in_again(events: list[Event]) -> None:
        put(events, "2026-03-05 09:00", "order.received", "B1", **find(events, "order.received", "B1")["data"])

    finding = judge(edited(good_trace(), handed_in_again), DEFAULT).verdict_of("INV-5").findings[0]
    assert (finding.subject, finding.verdict, finding.expected) == ("B1", "FAIL", "an order code that is taken in once")


@pytest.mark.parametrize(
    "ended", [("2026-03-05 10:00", "FAIL"), ("2026-03-03 16:00", "PASS")], ids=["later", "by-then"]
)
def test_an_end_after_a_suspension_should_have_ended_does_not_make_up_for_it(ended: tuple[str, str]) -> None:
    """By `booking` the suspension of B2 ends at 16:00; it never does, and the operator cancels later or at once."""
    moment, expected = ended

    def never_resumed(events: list[Event]) -> None:
        for kind in ("sla.resumed", "visit.started"):
            events.remove(find(events, kind, "B2"))
        for resumed in [event for event in events if event["type"] == "sla.resumed"]:
            events.remove(resumed)
            events.append({**resumed, "time": rome("2026-03-03 15:00")})
        put(events, moment, "order.cancelled", "B2", reason="operator")

    trace = edited(good_trace(), never_resumed)
    assert verdict(trace, "UNR-3", declared(sla_resume="booking")) == expected


def denied(slot: dict[str, str], moment: str = "2026-03-03 15:30", **data: str) -> list[Event]:
    """T1 is told that a slot which B1 has taken, of two places, is not offered."""
    return edited(good_trace(), refused(moment, "T1", "confirm", "slot_not_offered", slot=slot, **data))


OFFERED, ANOTHER = band("2026-03-10"), band("2026-03-10", 14)


@pytest.mark.parametrize("profile", [DEFAULT, ANY], ids=["default", "any"])
def test_a_slot_on_offer_is_not_denied_to_who_may_book(profile: Profile) -> None:
    (finding,) = judge(denied(OFFERED), profile).verdict_of("BOOK-1").findings
    assert (finding.verdict, finding.subject) == ("FAIL", "T1")
    assert verdict(denied(band("2026-03-14")), "BOOK-1", profile) == "PASS"  # a Saturday
    assert verdict(denied(OFFERED, "2026-03-06 00:01"), "BOOK-1", DEFAULT) == "PASS"  # the term is over: BOOK-4
    late = denied(band("2026-03-04"), "2026-03-03 18:00")
    assert verdict(late, "BOOK-1", profile) == "PASS"  # no reminder is possible any more


def test_of_an_agenda_that_nobody_declared_only_a_slot_that_was_seen_is_owed() -> None:
    assert verdict(denied(ANOTHER), "BOOK-1", DEFAULT) == "FAIL"
    assert verdict(denied(ANOTHER), "BOOK-1", ANY) == "PASS"


def test_a_place_that_may_have_been_taken_unseen_is_not_owed() -> None:
    trace = denied(OFFERED)
    since = {**trace[-1], "id": "since", "time": trace[0]["time"]}
    since["data"] = {**trace[-1]["data"], "from": trace[0]["time"]}
    assert verdict([since, *trace[:-1]], "BOOK-1", DEFAULT) == "PASS"


@pytest.mark.parametrize(
    ("kind", "data"),
    [("order.cancelled", {"reason": "operator"}), ("order.handed_back", {"reason": "KO"}),
     ("appointment.rescheduled", {"channel": "customer", "slot": band("2026-03-13"), "previous": band("2026-03-11")})],
    ids=["cancelled", "handed-back", "moved"],
)  # fmt: skip
def test_what_comes_after_a_band_without_a_visit_mends_nothing(kind: str, data: dict[str, object]) -> None:
    """B2 is booked for the 11th, nobody comes, and on the 12th something else is done about it."""

    def unvisited(events: list[Event]) -> None:
        events.remove(find(events, "visit.started", "B2"))
        put(events, "2026-03-12 09:00", kind, "B2", **data)

    findings = judge(edited(good_trace(), unvisited), DEFAULT).verdict_of("BOOK-3").findings
    assert ("B2", "FAIL") in {(finding.subject, finding.verdict) for finding in findings}

    def given_up_in_time(events: list[Event]) -> None:
        events.remove(find(events, "visit.started", "B2"))
        put(events, "2026-03-10 09:00", kind, "B2", **data)

    findings = judge(edited(good_trace(), given_up_in_time), DEFAULT).verdict_of("BOOK-3").findings
    assert "2026-03-11T12:00:00+01:00" not in {finding.members().get("deadline") for finding in findings}


def test_one_link_for_both_may_stand_under_two_domains_of_the_operator() -> None:
    def shared(events: list[Event]) -> None:
        known = find(events, "operator.registered", "ALFA")["data"]
        put(events, "2026-03-03 12:00", "operator.registered", "ALFA", **{**known, "agent_domain": "new.alfa.example"})
        deposit = find(events, "csv.deposited", "/ALFA/B2.csv")
        row = deposit["data"]["rows"][0]
        deposit["data"]["rows"] = [{**row, "link": "https://new.alfa.example/sB2"}]

    events = edited(good_trace(), shared)
    of_b2 = [event for event in events if event.get("subject") in {None, "ALFA", "B2", "/ALFA/B2.csv"}]
    assert verdict(of_b2, "LINK-4", declared(link_identity="shared")) == "PASS"


def test_rows_without_a_link_and_an_sms_without_one_share_no_link() -> None:
    """What is missing is SMS-5's and CSV-2's to say; LINK-4 sees no link that would be another order's."""

    def without_links(events: list[Event]) -> None:
        for path in ("/ALFA/B2.csv", "/ALFA/T1.csv"):
            data = find(events, "csv.deposited", path)["data"]
            data["rows"] = [{**row, "link": ""} for row in data["rows"]]
        for code in ("B2", "T1"):
            del find(events, "sms.sent", code, kind="engagement")["data"]["link"]

    assert verdict(edited(good_trace(), without_links), "LINK-4", DEFAULT) == "PASS"


def test_a_refusal_after_the_time_out_does_not_make_up_for_an_order_that_never_came_back() -> None:
    def never_back(events: list[Event]) -> None:
        events.remove(find(events, "order.handed_back", "T1"))
        put(events, "2026-04-18 10:00", "appointment.declined", "T1", channel="customer")

    assert verdict(edited(good_trace(), never_back), "OUT-3", DEFAULT) == "FAIL"
