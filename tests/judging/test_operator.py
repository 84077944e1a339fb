"""The rules of the operator's system: kept by a good operator, each broken by one planted act."""

from __future__ import annotations

import pytest

from reports.judging.catalogue import catalogue
from reports.judging.judge import judge
from tests.judging.changes import Mutation, add, change, put, without
from tests.judging.traces import Event, Scribe, band, book, edited, engage, find, notice, operator, order, rome
from tests.judging.verdicts import DEFAULT, broken, changed, fails_naming, numbered, ruling, verdicts_by_rule

OPERATOR_RULES = [rule for rule in catalogue().rules if rule.startswith("OP-")]


def operator_trace() -> list[Event]:
    """Two orders: one that the operator books and moves, one that is timed out; all that it does is right."""
    scribe = Scribe()
    operator(scribe)
    for code in ("B1", "T1"):
        order(scribe, code)
        engage(scribe, code, "VULA_FTTH", "2026-03-03 10:00", "2026-03-03 15:00")
        path = f"/ALFA/{code}.csv"
        scribe.tell("2026-03-03 15:30", "csv.fetched", path, operator="ALFA", path=path)
    book(scribe, "2026-03-03 16:00", "B1", "W09", band("2026-03-10"))
    scribe.tell(
        "2026-03-04 09:00", "appointment.rescheduled", "B1", channel="operator", slot=band("2026-03-12"),
        previous=band("2026-03-10"),
    )  # fmt: skip
    lost = {"channel": "operator", "act": "confirm", "reason": "already_booked"}
    scribe.tell("2026-03-03 17:00", "appointment.confirmed", "T1", channel="customer", slot=band("2026-03-09"))
    scribe.tell("2026-03-03 17:00", "agent.rejected", "T1", **lost)
    order(scribe, "L1")
    engage(scribe, "L1", "VULA_FTTH", "2026-03-03 11:00", "2026-03-03 15:10")
    scribe.tell("2026-03-03 15:30", "csv.fetched", "/ALFA/L1.csv", operator="ALFA", path="/ALFA/L1.csv")
    scribe.tell("2026-03-03 18:00", "agent.opened", "L1", channel="operator")
    end = scribe.tell("2026-03-06 00:00", "notification.sent", "L1", operator="ALFA", code="W24", label="x")
    for copy, moment in ((1, "2026-03-06 00:00:01"), (2, "2026-03-06 02:00")):
        answer = {"operator": "ALFA", "notification": end["id"], "copy": copy, "status": 204}
        scribe.tell(moment, "notification.answered", "L1", **answer)
    order(scribe, "P1")
    engage(scribe, "P1", "VULA_FTTH", "2026-03-03 11:00", "2026-03-03 15:20")
    scribe.tell("2026-03-03 15:30", "csv.fetched", "/ALFA/P1.csv", operator="ALFA", path="/ALFA/P1.csv")
    for number, kind in enumerate(("forged", "stale")):
        probe = {"operator": "ALFA", "kind": kind, "code": "W24", "status": 401}
        scribe.tell(f"2026-03-03 15:4{number}", "notification.probed", "P1", **probe)
    scribe.tell("2026-03-03 16:30", "appointment.confirmed", "P1", channel="operator", slot=band("2026-03-10"))
    notice(scribe, "2026-03-03 16:30", "P1", "W09", slot=band("2026-03-10"))
    replayed = {"operator": "ALFA", "kind": "replayed", "code": "W09", "status": 204}
    scribe.tell("2026-03-04 16:30", "notification.probed", "P1", **replayed)
    scribe.tell("2026-03-05 16:30", "request.limited", "ALFA", operator="ALFA", retry_after_seconds=60)
    for sent in [event for event in scribe.events if event["type"] == "notification.sent" and event is not end]:
        answer = {"operator": "ALFA", "notification": sent["id"], "copy": 1, "status": 200}
        scribe.tell(sent["time"][:19].replace("T", " "), "notification.answered", sent["subject"], **answer)
    observed = sorted({str(event["source"]) for event in scribe.events} | {"/agent", "/field"})
    scribe.tell("2026-04-20 10:00", "trace.observes", sources=observed, under_test="operator")
    return scribe.trace()


def answered_badly(events: list[Event]) -> str:
    answer = find(events, "notification.answered", "L1", copy=2)
    answer["data"]["status"] = 500
    return str(answer["id"])


def never_answered(events: list[Event]) -> str:
    answer = find(events, "notification.answered", "B1", 0)
    events.remove(answer)
    return str(answer["data"]["notification"])


def never_fetched(events: list[Event]) -> str:
    events.remove(find(events, "csv.fetched", "/ALFA/L1.csv"))
    return str(find(events, "csv.deposited", "/ALFA/L1.csv")["id"])


def fetched_late(events: list[Event]) -> str:
    fetch = find(events, "csv.fetched", "/ALFA/L1.csv")
    fetch["time"] = rome("2026-03-06 00:00")
    return str(fetch["id"])


def insists(events: list[Event]) -> str:
    data = {"channel": "operator", "act": "confirm", "reason": "already_booked"}
    return put(events, "2026-03-03 17:01", "agent.rejected", "T1", **data)


def moves_again(events: list[Event]) -> str:
    data = {"channel": "operator", "act": "reschedule", "reason": "cutoff_passed"}
    put(events, "2026-03-11 18:01", "agent.rejected", "B1", **data)
    return put(events, "2026-03-11 18:02", "agent.rejected", "B1", **data)


def acts_within(code: str, type: str, copy: int, **members: object) -> Mutation:
    """The operator acts while a delivery of L1's last causal is under way, and answers afterwards."""

    def mutation(events: list[Event]) -> str:
        end = find(events, "notification.sent", "L1", code="W24")
        answer = find(events, "notification.answered", "L1", notification=end["id"], copy=copy)
        act = {**answer, "id": "within", "source": "/agent", "type": type, "data": {"channel": "operator", **members}}
        events.insert(events.index(answer), act)
        answer["data"] = {**answer["data"], "meanwhile": ["within"]}
        return "within"

    return mutation


def moves_on_a_copy(events: list[Event]) -> str:
    """The booked causal comes twice, and the operator moves the appointment each time."""
    first_answer = find(events, "notification.answered", "B1", copy=1)
    moved = find(events, "appointment.rescheduled", "B1")
    data = {"channel": "operator", "slot": band("2026-03-13"), "previous": band("2026-03-12")}
    put(events, "2026-03-04 10:00", "notification.answered", "B1", **{**first_answer["data"], "copy": 2})
    assert moved["time"] < rome("2026-03-04 10:00")
    return put(events, "2026-03-04 10:00:01", "appointment.rescheduled", "B1", **data)


def never_fetched_until_the_limit(events: list[Event]) -> str:
    """The recording ends when the term does: then it is certain that the file came to no use."""
    named = never_fetched(events)
    closing = find(events, "trace.observes", "")
    for event in [event for event in events if event["time"] > rome("2026-03-06 00:00") and event is not closing]:
        events.remove(event)
    closing["time"] = rome("2026-03-06 00:00")
    return named


def believes_what_is_forged(events: list[Event]) -> str:
    """P1 is left alone after its forged causal, as if it were over."""
    booked = find(events, "appointment.confirmed", "P1")
    for event in [event for event in events if event.get("subject") == "P1" and event["time"] >= booked["time"]]:
        events.remove(event)
    return str(find(events, "notification.probed", "P1", kind="forged")["id"])


def takes_a_forged_one(events: list[Event]) -> str:
    probe = find(events, "notification.probed", "P1", kind="forged")
    probe["data"]["status"] = 204
    return str(probe["id"])


def leaves_a_row(events: list[Event]) -> str:
    for event in [event for event in events if event.get("subject") == "B1" and event["source"] == "/agent"]:
        events.remove(event)
    return str(find(events, "csv.deposited", "/ALFA/B1.csv")["id"])


def answered_after_a_month(events: list[Event]) -> str:
    answer = find(events, "notification.answered", "B1", 0)
    answer["time"] = rome("2026-04-18 10:00")
    return str(answer["id"])


def booked_before_it_was_given(events: list[Event]) -> str:
    """B1 is booked through the link of its row, which is deposited half an hour later."""
    deposit, booked = find(events, "csv.deposited", "/ALFA/B1.csv"), find(events, "appointment.confirmed", "B1")
    booked["data"] |= {"channel": "operator", "link": deposit["data"]["rows"][0]["link"]}
    booked["time"] = rome("2026-03-03 14:30")
    return str(booked["id"])


UNUSED = {"channel": "operator", "act": "confirm", "reason": "term_over"}
GUESSED = {"channel": "operator", "act": "confirm", "reason": "unknown_link", "link": "https://va.alfa.example/1"}
PLANTED: list[tuple[str, Mutation]] = [
    ("OP-1", change("order.received", "B1", delivery_code="DEL-ALFA")),
    ("OP-1", change("order.received", "B1", project_code="PRJ-BETA")),
    ("OP-2", answered_badly),
    ("OP-2", never_answered),
    ("OP-2", moves_on_a_copy),
    ("OP-2", answered_after_a_month),
    ("OP-3", never_fetched),
    ("OP-3", never_fetched_until_the_limit),
    ("OP-3", add("2026-03-03 15:01", "csv.missed", "x", operator="ALFA", path="/ALFA/B1.csv.part")),
    ("OP-3", fetched_late),
    ("OP-3", add("2026-03-03 15:01", "csv.fetched", "x", operator="ALFA", path="/ALFA/B1.csv.tmp")),
    ("OP-4", add("2026-03-06 00:00", "agent.rejected", "L1", **UNUSED)),
    ("OP-4", add("2026-03-04 00:00", "agent.rejected", "", **GUESSED)),
    ("OP-4", booked_before_it_was_given),
    ("OP-5", insists),
    ("OP-6", moves_again),
    ("OP-7", add("2026-03-06 00:00:02", "agent.opened", "L1", channel="operator")),
    ("OP-7", acts_within("L1", "agent.rejected", 1, act="confirm", reason="closed")),
    ("OP-7", acts_within("L1", "agent.rejected", 2, act="decline", reason="closed")),
    ("OP-8", answered_badly),
    ("OP-9", takes_a_forged_one),
    ("OP-9", believes_what_is_forged),
    ("OP-9", add("2026-03-03 15:40", "agent.opened", "P1", channel="operator")),
    (
        "OP-11",
        add("2026-03-05 16:31", "request.limited", "x", operator="ALFA", retry_after_seconds=60, since_told_ms=59_999),
    ),
]


def test_a_good_operator_passes_every_rule_of_its_own() -> None:
    for rule, verdict in verdicts_by_rule(operator_trace()).items():
        assert verdict == "PASS" or not rule.startswith("OP-"), rule


@pytest.mark.parametrize(("rule", "mutation"), PLANTED, ids=numbered(PLANTED))
def test_a_planted_act_fails_its_rule_and_is_named(rule: str, mutation: Mutation) -> None:
    trace, offender = changed(operator_trace(), mutation)
    verdict = ruling(trace, rule)
    assert fails_naming(offender, verdict), (offender, verdict)


@pytest.mark.parametrize(("rule", "mutation"), PLANTED, ids=numbered(PLANTED))
def test_what_fails_an_operator_at_some_moment_fails_it_to_the_end(rule: str, mutation: Mutation) -> None:
    changed_trace = edited(operator_trace(), mutation)
    observes = find(changed_trace, "trace.observes", "")
    trace = [{**observes, "id": "first", "time": changed_trace[0]["time"]}, *changed_trace]
    broken_in_the_end = broken_rules(trace)
    for length in range(len(trace) % 4 + 1, len(trace), 4):
        assert broken_rules(trace[:length]) <= broken_in_the_end, trace[length - 1]


def broken_rules(trace: list[Event]) -> set[str]:
    return set(broken(judge(trace, DEFAULT, only=OPERATOR_RULES)))


def test_rules_of_the_operator_do_not_apply_where_the_service_is_under_test() -> None:
    def service(events: list[Event]) -> None:
        find(events, "trace.observes", "")["data"]["under_test"] = "service"

    verdicts = judge(edited(operator_trace(), service), DEFAULT)
    assert {rule.verdict for rule in verdicts.rules if rule.rule.startswith("OP-")} == {"NOT_APPLICABLE"}


def without_an_endpoint(events: list[Event]) -> str:
    events[:] = [event for event in events if event["type"] != "notification.answered"]
    return ""


def never_reached(events: list[Event]) -> str:
    for event in events:
        if event["type"] == "notification.answered":
            event["data"] |= {"status": 0, "reason": "not reached: connection refused"}
    return ""


def reached_later(events: list[Event]) -> str:
    end = find(events, "notification.sent", "L1", code="W24")
    first = find(events, "notification.answered", "L1", notification=end["id"], copy=1)
    first["data"] |= {"status": 0, "reason": "not reached: connection refused"}
    return ""


def books_its_own_again(events: list[Event]) -> str:
    data = {"channel": "operator", "act": "confirm", "reason": "already_booked"}
    put(events, "2026-03-04 11:00", "agent.rejected", "B1", **data)
    return put(events, "2026-03-04 11:01", "agent.rejected", "B1", **data)


def asks_for_a_name_that_never_was(events: list[Event]) -> str:
    return put(events, "2026-03-03 15:01", "csv.missed", "x", operator="ALFA", path="/ALFA/yesterday.csv")


def asks_for_what_it_deleted(events: list[Event]) -> str:
    return put(events, "2026-03-09 15:01", "csv.missed", "x", operator="ALFA", path="/ALFA/B1.csv")


def test_a_row_of_which_nothing_becomes_is_a_warning_that_names_it() -> None:
    trace, deposit = changed(operator_trace(), leaves_a_row)
    verdict = judge(trace, DEFAULT).verdict_of("OP-10")
    assert verdict.verdict == "WARNING"
    assert [(finding.subject, finding.evidence) for finding in verdict.findings] == [("B1", (deposit,))]


@pytest.mark.parametrize(
    ("rule", "mutation", "verdict"),
    [
        ("OP-2", without_an_endpoint, "INCONCLUSIVE"),
        ("OP-2", never_reached, "INCONCLUSIVE"),
        ("OP-2", reached_later, "PASS"),
        ("OP-3", asks_for_a_name_that_never_was, "WARNING"),
        ("OP-3", asks_for_what_it_deleted, "PASS"),
        ("OP-5", books_its_own_again, "PASS"),
    ],
)
def test_what_an_operator_cannot_be_blamed_for_fails_nothing(rule: str, mutation: Mutation, verdict: str) -> None:
    assert ruling(edited(operator_trace(), mutation), rule).verdict == verdict


@pytest.mark.parametrize("answered_at", [None, "2026-03-06 00:00:03", "2026-03-06 23:00", "2026-03-08 00:00"])
def test_what_a_prefix_holds_against_an_operator_the_whole_trace_does_too(answered_at: str | None) -> None:
    """Who acts before any answer of its own is seen may not have heard yet; later answers tell."""

    def apply(events: list[Event]) -> None:
        without("notification.answered", "L1")(events)
        add("2026-03-06 00:00:02", "agent.opened", "L1", channel="operator")(events)
        end = find(events, "notification.sent", "L1", code="W24")
        answer = {"operator": "ALFA", "notification": end["id"], "copy": 1, "status": 500}
        if answered_at:
            put(events, answered_at, "notification.answered", "L1", **answer)
        observed = find(events, "trace.observes", "")["data"]
        put(events, "2026-03-01 00:00", "trace.observes", "", sources=observed["sources"], under_test="operator")

    trace = edited(operator_trace(), apply)
    *earlier, in_the_end = (broken(judge(trace[:length], DEFAULT)) for length in range(len(trace) + 1))
    assert all(verdicts.keys() <= in_the_end.keys() for verdicts in earlier)
    assert all(verdict.verdict == "FAIL" for verdict in in_the_end.values()), "no checker is at fault"
