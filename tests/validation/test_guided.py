"""A guided run: each step is recognised from what happened, waits until it has, survives a restart, and is judged."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

import pytest

from reference_impl.civil_time import DAY, HOUR, parse_instant
from reference_impl.errors import CallerError, UnknownOrder
from sim.sandbox.sandbox import Sandbox
from sim.sandbox.world.commands import NoteGuided
from sim.sandbox.world.guided_record import GuidedRefused
from sim.validation.actions import NOWHERE, OBSERVED, step_words
from sim.validation.cover import EARLY, cover_of, cover_rows
from sim.validation.guided.acts import acts_of, plan_from, plan_members
from sim.validation.guided.beginning import PlanRefused, RunRequest, begin
from sim.validation.guided.controls import wait_for_turn
from sim.validation.guided.judgement import evidence_of, judged_run
from sim.validation.guided.recognition import CLOCK, LEFT_OUT, SEEN
from sim.validation.guided.tasks import BOOK, FETCH, OPERATOR, owner_of
from sim.validation.plan import load_plan, stories
from sim.validation.runner import Run
from sim.validation.words import lines_of
from tests.patience import HANG_SECONDS
from tests.sandbox.in_process import running_sandbox
from tests.sandbox.stories import told_by
from tests.validation.guided_person import Person, person_in

BOOKS = 'extends = "essential"\nstories = ["operator-books", "customer-declines"]\nrules = ["OP-1", "OP-3", "OP-4"]'
# What shows that a step has happened: how, of each verb.
KNOWN_BY = {
    "morning": {CLOCK}, "saturday": {CLOCK}, "clock": {CLOCK}, "advance": {CLOCK}, "rest": {CLOCK},
    "order": {SEEN}, "line": {SEEN}, "customer": {SEEN}, "cancel": {SEEN}, "desk": {SEEN, "told"},
    "again": {"done"}, "wait": {"done"}, "disturb": {SEEN, "done"},
}  # fmt: skip


def play(folder: Path, story: Callable[[Sandbox], Awaitable[object]]) -> None:
    """Let a story happen in a sandbox without wires."""

    async def stage() -> None:
        async with running_sandbox(folder, wires=[]) as sandbox:
            await story(sandbox)

    asyncio.run(stage())


def led(folder: Path, story: Callable[[Person], Awaitable[object]], plan: str = BOOKS) -> None:
    """Lead a person through a run of its own."""

    async def lead(sandbox: Sandbox) -> None:
        await story(await someone(sandbox, plan))

    play(folder, lead)


async def someone(sandbox: Sandbox, plan: str = BOOKS) -> Person:
    return person_in(sandbox, await begin(sandbox, RunRequest("mine", plan)))


def judged(person: Person) -> Run:
    return judged_run(evidence_of(person.live, person.record))


def of_stories(*names: str) -> str:
    return f'extends = "hostile"\nstories = {list(names)!r}'.replace("'", '"')


story = told_by(led)


def test_a_plan_comes_back_whole_from_what_is_stored() -> None:
    plan = load_plan("hostile")
    assert plan_from(plan_members(plan)) == plan
    assert len(acts_of(plan)) == sum(len(story.steps) + 1 for story in plan.stories) + 1


# Of the stories left out one passes real time.
QUICK_STORIES = of_stories(*(name for name in stories() if name not in ("limited", "month")))


@told_by(partial(led, plan=QUICK_STORIES))
async def test_every_story_can_be_gone_through_and_each_step_is_recognised(person: Person) -> None:
    await person.go_through()
    passed = person.standing.passed
    assert {
        passing.act.verb: passing.known_by for passing in passed if passing.known_by not in KNOWN_BY[passing.act.verb]
    } == {}
    assert {passing.act.verb for passing in passed} == KNOWN_BY.keys() - {"wait"}
    run = judged(person)
    verdicts = {ruling.rule: ruling.verdict for ruling in run.outcome.rules}
    without_endpoint = {"OP-2": "INCONCLUSIVE", "OP-9": "INCONCLUSIVE", "OP-11": "NOT_EXERCISED"}
    assert verdicts == {**dict.fromkeys(verdicts, "PASS"), **without_endpoint, "OP-10": "WARNING"}
    unused = {finding.subject for finding in run.outcome.findings if finding.rule == "OP-10"}
    assert {person.live.order(code).work.territory for code in unused} == {NOWHERE}, "where no slot is free"
    assert not [finding for finding in run.outcome.findings if finding.blame == "harness"]
    assert not run.ended_early


@story
async def test_the_operators_own_acts_are_waited_for_and_no_button_stands_for_them(person: Person) -> None:
    act = await person.go_to(lambda act: act.verb == "order")
    with pytest.raises(GuidedRefused, match="waits for ALFA"):
        await person.hands.go_on(act.number)
    assert person.standing.current == act
    person.live.submit_order({"order": "X-1", "operator": "ALFA", "service": "ULL", "line_state": "LNA",
                              "phone": "+393331234567", "project_code": "PRJ-ALFA"})  # fmt: skip
    assert person.standing.current == act, "another service was asked for"
    person.hand_in(act)
    assert person.standing.current == acts_of(person.standing.plan)[act.number]


@story
async def test_what_the_operator_has_to_do_is_told_with_its_end_and_seen_when_it_is_done(person: Person) -> None:
    await person.go_to(lambda act: act.step == "clock term-end")
    end = parse_instant("2026-03-06T00:00")
    order, (file, book) = person.standing.order, person.tasks
    assert (file.kind, file.until, book.kind, book.name, book.until) == (FETCH, end, BOOK, order, end)
    assert owner_of(person.standing, person.tasks) == OPERATOR
    person.fulfil(file)
    assert list(person.tasks) == [book]
    person.fulfil(book)
    assert not person.tasks
    await person.hands.go_on()
    assert person.live.now == end


@told_by(partial(led, plan=of_stories("customer-moves")))
async def test_whoever_goes_on_anyway_has_it_done_on_its_behalf_or_left_out(person: Person) -> None:
    while person.standing.current is not None:
        await person.hands.go_on(anyway=True)
    passed = {one.act.step: one.known_by for one in person.standing.passed}
    assert passed["customer reschedule"] == LEFT_OUT, "nothing was booked that could be moved"
    run = judged(person)
    assert "OP-1" not in {ruling.rule for ruling in run.outcome.rules}, "the harness handed all orders in"
    assert {ruling.rule: ruling.verdict for ruling in run.outcome.rules}["OP-3"] == "FAIL"
    assert run.ended_early == {"customer-moves": ("il cliente sposta: lasciato", "customer reschedule: left out")}
    assert "finita prima, customer-moves: il cliente sposta: lasciato" in list(lines_of(run, "it"))
    assert cover_of(run)["ended_early"] == {"customer-moves": "customer reschedule: left out"}
    said = dict(cover_rows(cover_of(run), run))[EARLY]
    assert said.it == "customer-moves (il cliente sposta: lasciato)"


@told_by(partial(led, plan=of_stories("operator-declines")))
async def test_a_customers_wish_before_the_file_is_remembered(person: Person) -> None:
    await person.go_to(lambda act: act.step == "clock term-end")
    assert [task.kind for task in person.tasks] == [FETCH, "decline"]
    await person.go_through()
    assert person.live.order(person.standing.claimed[0]).state == "refused"


@pytest.mark.parametrize(
    ("story_name", "errand", "rule"), [("operator-moves", "move", "OP-6"), ("operator-declines", "decline", "OP-10")]
)
def test_what_a_customer_asked_and_nobody_did_is_a_warning_that_names_the_order(
    tmp_path: Path, story_name: str, errand: str, rule: str
) -> None:
    async def go(person: Person) -> None:
        while (act := person.standing.current) is not None:
            if act.verb == "desk" or [task.kind for task in person.tasks] == [errand]:
                await person.hands.go_on(anyway=True)
            else:
                await person.do(act)
        run = judged(person)
        (order,) = person.standing.claimed
        left = [(finding.subject, finding.blame) for finding in run.outcome.findings if finding.observed == OBSERVED]
        assert left == [(order, "operator")]
        (line,) = [line for line in lines_of(run, "it") if "nulla" in line and "link" in line]
        assert OBSERVED.it in line
        assert {finding.rule for finding in run.outcome.findings if finding.observed == OBSERVED} == {rule}

    led(tmp_path, go, of_stories(story_name))


@told_by(play)
async def test_who_waits_for_a_turn_hears_of_it_when_it_has_come(sandbox: Sandbox) -> None:
    person = await someone(sandbox)
    turn = partial(wait_for_turn, sandbox, person.live)
    assert (await turn("operator", 0)).passed == 0, "the time is over at once"
    act = await person.go_to(lambda act: act.verb == "order")
    assert (await turn("operator", HANG_SECONDS)).passed == act.number - 1
    waits = asyncio.create_task(turn("harness", HANG_SECONDS))
    await asyncio.sleep(0)
    assert not waits.done()
    person.hand_in(act)
    run = await waits
    assert (run.passed, run.current and run.current.owner) == (act.number, "harness")
    await person.go_through()
    assert (await turn("operator", HANG_SECONDS)).current is None


@told_by(play)
async def test_the_operator_of_a_run_has_the_codes_that_are_said(sandbox: Sandbox) -> None:
    live = await begin(sandbox, RunRequest(project_codes=["A-1", "A-2"]))
    operator = live.account("ALFA").operator
    assert (operator.project_codes, operator.delivery_codes) == (("A-1", "A-2"), ("DEL-ALFA",))
    person = person_in(sandbox, live)
    await person.go_to(lambda act: act.verb == "order")
    await person.hands.go_on(anyway=True)
    (event,) = [event for event in live.trace if event["type"] == "order.received"]
    assert "'project_code': 'A-1'" in str(event["data"])


def test_every_step_of_every_plan_has_words_of_its_own() -> None:
    acts = acts_of(load_plan("hostile"))
    for language in ("it", "en"):
        words = {step_words(act.step).in_language(language) for act in acts}
        assert len(words) == len({act.step for act in acts})
        assert [text for text in words if "{" in text or "_" in text] == []


@told_by(partial(led, plan=of_stories("month")))
async def test_the_clock_stops_where_something_happens(person: Person) -> None:
    act = await person.go_to(lambda act: act.step == "advance 3 d")
    began, goal = person.standing.passed[-1].at, person.standing.goal
    assert goal is not None
    assert goal == began + 3 * DAY
    await person.hands.go_on(act.number)
    assert person.standing.current in (act, acts_of(person.standing.plan)[act.number])
    assert began < person.live.now <= goal
    while person.standing.current == act:
        await person.do(act)
    assert person.live.now == goal


@story
async def test_the_same_act_is_not_done_twice_by_two_clicks(person: Person) -> None:
    act = person.standing.current
    assert act is not None
    await asyncio.gather(*(person.hands.go_on(act.number) for _ in range(3)), return_exceptions=True)
    await person.hands.go_on(act.number)
    assert (person.live.now, len(person.standing.passed)) == (parse_instant("2026-03-03T08:00") + HOUR, 1)


def test_an_interrupted_run_goes_on_where_it_was_and_ends_with_the_same_verdicts(tmp_path: Path) -> None:
    async def uninterrupted(person: Person) -> None:
        await person.go_through()
        person.hands.end()
        verdicts.append(judged(person).verdicts.to_json())

    async def half_way(person: Person) -> None:
        await person.go_to(lambda act: act.step == "customer decline")
        person.live.guide(note)
        standings.append(person.standing)

    async def resumed() -> None:
        async with running_sandbox(tmp_path / "b", wires=[]) as sandbox:
            live = sandbox.world("guided")
            person = person_in(sandbox, live)
            standings.append(person.standing)
            assert [kept.rule for kept in person.record.notes] == ["OP-4"]
            await uninterrupted(person)

    note = NoteGuided("OP-4", "the agent read the band out")
    verdicts: list[str] = []
    standings: list[object] = []
    led(tmp_path / "a", uninterrupted)
    led(tmp_path / "b", half_way)
    asyncio.run(resumed())
    assert standings[0] == standings[1]
    assert verdicts[0] == verdicts[1]


@story
async def test_a_run_ends_once_and_what_comes_later_is_not_judged(person: Person) -> None:
    await person.go_to(lambda act: act.step == "clock csv-deadline")
    with pytest.raises(GuidedRefused, match="acts are still to come"):
        person.hands.end()
    person.hands.end(anyway=True)
    run = judged(person)
    assert run.ended_early["customer-declines"] == ("un nuovo mattino: non raggiunto", "morning: not reached")
    await person.hands.clock.advance(5 * DAY)
    assert judged(person).verdicts.to_json() == run.verdicts.to_json()
    with pytest.raises(GuidedRefused, match="it has ended"):
        await person.hands.go_on()


@pytest.mark.parametrize(
    ("wanted", "named"),
    [
        (RunRequest("esential"), "esential"),
        (RunRequest("mine", "stories = ["), "mine.toml: is not TOML"),
        (RunRequest("mine", 'stories = ["operator-book"]'), "perhaps operator-books"),
        (RunRequest("mine", 'extends = "other.toml"'), "unknown 'other.toml'"),
        (RunRequest("mine", 'start = "yesterday"'), "yesterday"),
        (RunRequest(operator="alfa!"), "alfa!"),
        (RunRequest(project_codes=["a;b"]), "a;b"),
    ],
)
@told_by(play)
async def test_a_run_that_cannot_begin_says_why_and_leaves_no_world(
    sandbox: Sandbox, wanted: RunRequest, named: str
) -> None:
    with pytest.raises(CallerError, match=named):
        await begin(sandbox, wanted)
    assert set(sandbox.worlds) == {"default"}


@story
async def test_a_step_that_cannot_be_done_is_said(person: Person) -> None:
    act = await person.go_to(lambda act: act.verb == "line")
    person.live.cancel_order(person.standing.order)
    with pytest.raises(CallerError) as refusal:
        await person.hands.go_on(act.number)
    assert not isinstance(refusal.value, UnknownOrder | PlanRefused)
    await person.hands.go_on(act.number, anyway=True)
    assert person.standing.passed[-1].known_by == LEFT_OUT
