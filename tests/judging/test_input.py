"""Bad traces are refused with one line; merging verdicts does not depend on order; worlds are independent."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from backports import zstd
from hypothesis import given
from hypothesis import strategies as st

from reports.judging.errors import InputError
from reports.judging.judge import judge
from reports.judging.profiles import load_profile
from reports.judging.verdicts import MERGE_ORDER, Finding, Tally, merged
from reports.rome_time import format_instant, parse_instant
from tests.judging.stream.read_back import check_lines, read_trace
from tests.judging.traces import Event, edited, find, good_trace

DEFAULT = load_profile("default")


def lines(events: list[Event]) -> list[str]:
    return [json.dumps(event) for event in events]


def spoil(kind: str, spoiled: Callable[[Event], Any]) -> list[Event]:
    return edited(good_trace(), lambda events: spoiled(next(event for event in events if event["type"] == kind)))


def without(member: str) -> Callable[[Event], Any]:
    return lambda event: event["data"].pop(member)


def giving(member: str, value: object) -> Callable[[Event], Any]:
    return lambda event: event["data"].update({member: value})


@pytest.mark.parametrize(
    ("kind", "spoiled", "parts"),
    [
        ("order.received", without("service"), ("data.service", "is missing", "VULA_FTTH")),
        ("order.received", giving("service", "ADSL"), ("data.service", '"ADSL"', "VULA_FTTH")),
        ("order.received", giving("disaggregated", "no"), ("data.disaggregated", "true or false")),
        ("sms.sent", giving("kind", "greeting"), ("data.kind", "engagement, reminder")),
        ("csv.deposited", giving("rows", [{"order": "B1"}]), ("data.rows", "{order, date, link, phone}")),
        (
            "appointment.confirmed",
            giving("slot", {"start": "2026-02-30T10:00:00+01:00", "end": "2026-02-30T12:00:00+01:00"}),
            ("data.slot", "2026-02-30", "RFC 3339"),
        ),
        ("trace.observes", giving("readings", {"working_week": "mon_sun"}), ("working_week", "mon_sun", "mon_sat")),
        ("trace.observes", giving("readings", {"nothing": 1}), ("nothing", "unknown parameter")),
        ("order.routed", lambda event: event.pop("subject"), ("member subject", "is missing")),
        ("order.routed", lambda event: event.update(data=[]), ("member data", "an object")),
        ("order.routed", lambda event: event.update(specversion="0.3"), ("specversion", "1.0")),
    ],
)
def test_a_malformed_event_is_named_by_line_member_and_what_is_allowed(
    tmp_path: Path, kind: str, spoiled: Callable[[Event], Any], parts: tuple[str, ...]
) -> None:
    trace = spoil(kind, spoiled)
    line = 1 + next(index for index, event in enumerate(trace) if event["type"] == kind)
    with pytest.raises(InputError) as raised:
        check_lines(tmp_path, lines(trace))
    message = str(raised.value)
    assert message.startswith(f"{tmp_path}/t.jsonl, line {line}")
    assert "\n" not in message
    for part in parts:
        assert part in message


@pytest.mark.parametrize(
    "time",
    ["2026-02-30T10:00:00+01:00", "2026-03-03T10:00:00", "yesterday", "2026-03-03T24:00:00+01:00", "2026-03-03"],
)
def test_an_impossible_time_is_refused(tmp_path: Path, time: str) -> None:
    with pytest.raises(InputError, match="member time"):
        check_lines(tmp_path, lines([{**good_trace()[0], "time": time}]))


def test_a_broken_line_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"t.jsonl, line 2: broken JSON"):
        check_lines(tmp_path, [lines(good_trace())[0], "{"])
    for broken in ("[" * 100_000, '{"a": ' + "9" * 10_000 + "}", "{"):
        with pytest.raises(InputError, match=r"t.jsonl, line 1: broken JSON") as refused:
            check_lines(tmp_path, [broken])
        assert len(str(refused.value)) < 200
    with pytest.raises(InputError, match="half a character"):
        check_lines(tmp_path, [lines(good_trace())[0].replace("ALFA", "\\ud800", 1)])
    with pytest.raises(InputError) as refused:
        check_lines(tmp_path, [json.dumps(good_trace()[0] | {"specversion": "\u2028"})])
    assert str(refused.value).isprintable()
    with pytest.raises(InputError, match="instead of an object"):
        check_lines(tmp_path, ["[]"])


def test_an_id_that_stands_twice_and_a_time_that_goes_back_are_refused(tmp_path: Path) -> None:
    trace = good_trace()
    with pytest.raises(InputError, match="stands twice"):
        check_lines(tmp_path, lines([trace[0], trace[0]]))
    with pytest.raises(InputError, match="goes back"):
        check_lines(tmp_path, lines([trace[-1], trace[0]]))


def test_an_unreadable_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_trace(str(tmp_path / "missing.jsonl"))
    with pytest.raises(InputError, match="cannot be read"):
        read_trace(str(tmp_path))
    (tmp_path / "latin.jsonl").write_bytes(b'{"id": "\xe8"}')
    with pytest.raises(InputError, match="is not UTF-8"):
        read_trace(str(tmp_path / "latin.jsonl"))


def test_standard_input_is_read_for_a_dash(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "\n".join(lines(good_trace())).encode()
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(text)))
    assert read_trace("-") == good_trace()


def test_a_line_end_inside_a_text_ends_no_line_of_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    text = json.dumps(good_trace()[0] | {"told": "one\u2028two\x85three"}, ensure_ascii=False).encode()
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(text)))
    assert len(read_trace("-")) == 1


def test_a_closed_standard_input_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", None)
    with pytest.raises(InputError, match="standard input: is closed"):
        read_trace("-")


def test_unknown_types_and_members_are_ignored() -> None:
    def strange(events: list[Event]) -> None:
        events.append({**events[0], "id": "strange", "type": "moon.rose", "data": 7})
        find(events, "order.received", "B1")["data"]["colour"] = "blue"
        for event in events:
            event["data"] = {key: value for key, value in event["data"].items() if key != "document"} \
                if isinstance(event["data"], dict) else event["data"]  # fmt: skip

    assert {ruling.verdict for ruling in judge(edited(good_trace(), strange), DEFAULT).rules} <= {
        "PASS",
        "NOT_EXERCISED",
        "NOT_APPLICABLE",
    }


def test_a_registration_may_say_a_telephone_and_need_not() -> None:
    members: dict[str, Any] = {"operator": "ALFA", "project_codes": ["PRJ-ALFA"], "delivery_codes": []}
    members |= {"agent_domain": "appuntamenti.alfa.example", "uses_4th_referent": True, "regulated_access": True}
    first = good_trace()[0]
    registered = {**first, "id": "registered", "source": "/intake", "type": "operator.registered", "subject": "ALFA"}
    plain, with_telephone, as_a_stranger_reads = (
        json.loads(judge([{**registered, "data": {**members, **more}}, *good_trace()], DEFAULT).to_json())
        for more in ({}, {"telephone": "800 123 456"}, {"fax": "800 123 456"})
    )
    assert plain == with_telephone, "optional, and no rule asks for it"
    # to a reader that does not know the member it is like any other unknown one: counted, and no rule minds
    assert as_a_stranger_reads.pop("ignored") == {"operator.registered.fax": 1}
    assert as_a_stranger_reads == plain


def test_worlds_are_judged_apart_and_their_occasions_add_up() -> None:
    of_world_a = [{**event, "id": f"a{event['id']}", "world": "a"} for event in good_trace()]
    of_world_b = [{**event, "id": f"b{event['id']}", "world": "b"} for event in good_trace()]
    both = sorted([*of_world_a, *of_world_b], key=lambda event: str(event["time"]))
    single, double = judge(of_world_a, DEFAULT), judge(both, DEFAULT)
    for rule, twice in zip(single.rules, double.rules, strict=True):
        assert (twice.verdict, twice.occasions) == (rule.verdict, 2 * rule.occasions)
        assert twice.services == {name: (verdict, 2 * count) for name, (verdict, count) in rule.services.items()}


@pytest.mark.parametrize(("tests", "verdict"), [("system", "FAIL"), ("judge", "ERROR")])
def test_a_failed_scenario_is_a_finding_and_no_occasion(tests: str, verdict: str) -> None:
    trace = good_trace()
    data = {"rule": "CSV-4", "tests": tests, "scenario": "late", "outcome": "failed", "message": "no file"}
    finished = {**trace[-1], "id": "s1", "type": "scenario.finished", "source": "/features", "data": data}
    before, after = judge(trace, DEFAULT).verdict_of("CSV-4"), judge([*trace, finished], DEFAULT).verdict_of("CSV-4")
    assert (after.verdict, after.occasions) == (verdict, before.occasions)
    assert after.findings[0].subject == "late"


@given(st.lists(st.sampled_from(MERGE_ORDER)), st.randoms(use_true_random=False))
def test_merging_verdicts_does_not_depend_on_order(verdicts: list[str], random: Any) -> None:
    shuffled = verdicts[:]
    random.shuffle(shuffled)
    assert merged(verdicts) == merged(shuffled)
    assert merged([merged(verdicts[:2]), merged(verdicts[2:])]) == merged(verdicts) or not (
        verdicts[:2] and verdicts[2:]
    )


TALLIES = st.builds(
    Tally,
    occasions=st.integers(0, 3),
    findings=st.lists(st.builds(Finding, st.sampled_from("ab"), st.sampled_from(["FAIL", "WARNING"]), st.just("x"),
                                st.just("y")), max_size=2),
    pending=st.lists(st.builds(Finding, st.just("c"), st.just("INCONCLUSIVE"), st.just("x"), st.just("y")), max_size=1),
)  # fmt: skip


@given(st.lists(TALLIES, max_size=5), st.randoms(use_true_random=False))
def test_adding_tallies_does_not_depend_on_order(tallies: list[Tally], random: Any) -> None:
    def total(parts: list[Tally]) -> tuple[str, int, list[Finding]]:
        tally = Tally()
        for part in parts:
            tally.add(part)
        return tally.verdict, tally.occasions, tally.findings_to_show

    shuffled = tallies[:]
    random.shuffle(shuffled)
    assert total(tallies) == total(shuffled)


@pytest.mark.parametrize("digits", ["", ".001", ".0009", ".123456789", ".000000000000000001"])
def test_an_instant_is_kept_as_precisely_as_it_is_given(digits: str) -> None:
    text = f"2026-03-03T18:00:00{digits}+01:00"
    instant = parse_instant(text)
    assert format_instant(instant) == text
    assert (instant > parse_instant("2026-03-03T18:00:00+01:00")) is bool(digits)


@pytest.mark.parametrize(("name", "pack"), [("t.jsonl.gz", gzip.compress), ("t.jsonl.zst", zstd.compress)])
def test_a_compressed_trace_is_read_and_a_broken_one_is_named(name: str, pack: object, tmp_path: Path) -> None:
    assert callable(pack)
    packed = pack("\n".join(map(json.dumps, good_trace())).encode())
    (tmp_path / name).write_bytes(packed)
    assert read_trace(str(tmp_path / name)) == good_trace()
    (tmp_path / name).write_bytes(packed[: len(packed) // 2])
    with pytest.raises(InputError, match="cannot be unpacked"):
        read_trace(str(tmp_path / name))


def test_what_no_reader_knows_is_counted() -> None:
    def misspelt(events: list[Event]) -> None:
        find(events, "notification.sent", "B1")["type"] = "notification.send"
        find(events, "sms.sent", "B1")["source"] = "/smss"
        find(events, "sms.sent", "B1")["data"]["textt"] = "x"

    ignored = judge(edited(good_trace(), misspelt), DEFAULT).ignored
    assert ignored == {"/smss": 1, "notification.send": 1, "sms.sent.textt": 1}
