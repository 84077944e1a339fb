"""The beginning of what an operator's endpoint answers is stored for people; it stands in no log and no trace."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from sim.recorder import to_json_line
from sim.sandbox.notifications import webhook_client
from sim.sandbox.notifications.webhook_client import LONGEST_ANSWER_BYTES, Outcome, WebhookClient
from sim.sandbox.pages.control_order import order_members
from sim.sandbox.pages.control_view import answer_of
from sim.sandbox.sandbox import Sandbox
from sim.sandbox.world.commands import RecordOutcomes
from sim.sandbox.world.live import LiveWorld
from tests.patience import HANG_SECONDS
from tests.sandbox.in_process import ALFA, engage, live_world, running_sandbox
from tests.sandbox.stories import engage_and_deliver, play_with_endpoint
from tests.world.ports_servers import OperatorEndpoint

HEAD = b"HTTP/1.1 422 Unprocessable\r\nContent-Length: 40\r\n\r\n"


@asynccontextmanager
async def speaking(words: bytes, then_close: bool = False) -> AsyncIterator[str]:
    """An endpoint that sends these bytes, and then waits or closes the connection."""

    over = asyncio.Event()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(words)
        await writer.drain()
        if not then_close:
            await reader.read()
        writer.close()
        await asyncio.wait([asyncio.create_task(writer.wait_closed())])
        over.set()

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
        await over.wait()


def outcome_of(words: bytes, then_close: bool = False) -> Outcome:
    """The outcome of a notification to an endpoint that sends these bytes."""

    async def post() -> Outcome:
        async with speaking(words, then_close) as url:
            return await WebhookClient(HANG_SECONDS).post(url, "id", b"{}", [b"secret"])

    return asyncio.run(post())


def chunked(text: bytes) -> bytes:
    head = b"HTTP/1.1 500 Oops\r\nTransfer-Encoding: chunked\r\n\r\n"
    return head + b"%x\r\n%s\r\n0\r\n\r\n" % (len(text), text)


def test_the_beginning_of_the_answer_is_heard_however_it_is_framed() -> None:
    assert outcome_of(b"HTTP/1.1 500 Oops\r\nContent-Length: 4\r\n\r\nnope") == Outcome(500, "", "nope")
    assert outcome_of(b"HTTP/1.0 500 Oops\r\n\r\nnope", then_close=True) == Outcome(500, "", "nope")
    assert outcome_of(chunked(b"nope")) == Outcome(500, "", "nope")
    assert outcome_of(b"HTTP/1.1 204 No Content\r\n\r\n") == Outcome(204)
    assert outcome_of(chunked(b"x" * 5000)) == Outcome(500, "", "x" * LONGEST_ANSWER_BYTES)


def test_a_body_that_does_not_come_takes_nothing_from_the_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhook_client, "ANSWER_SECONDS", 0.01)
    assert outcome_of(HEAD) == Outcome(422)
    assert outcome_of(HEAD + b"a part") == Outcome(422, "", "a part")
    assert outcome_of(HEAD + b"a part", then_close=True) == Outcome(422, "", "a part")


def test_nothing_in_an_answer_moves_a_cursor_or_breaks_a_page() -> None:
    words = b"\x1b[2J\x9b\x00caff\xc3\xa8\r\n\tline \xe2\x80\xae"
    assert (
        outcome_of(b"HTTP/1.0 500 Oops\r\n\r\n" + words, then_close=True).answer
        == "\ufffd[2J\ufffd\ufffdcaffè\n\tline \ufffd"
    )


def test_an_answer_is_kept_and_comes_back_after_a_restart(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    words = 'number +393331234567 is <b>"not"</b> ours'

    async def story(sandbox: Sandbox, live: LiveWorld, endpoint: OperatorEndpoint) -> None:
        endpoint.answer, endpoint.answer_body = 409, words.encode()
        await engage_and_deliver(live)
        assert_kept(live)

    def assert_kept(live: LiveWorld) -> None:
        (attempt,) = live.deliveries.postings("ALFA")[0].attempts
        assert (attempt.status, attempt.answer) == (409, words)
        assert answer_of(attempt) == words.replace("+393331234567", "+39…567")
        attempts = order_members(live, live.order("A-1"), None)["notifications"][0]["attempts"]
        assert [step["answer"] for step in attempts] == [answer_of(attempt)]
        assert "ours" not in "".join(map(to_json_line, live.trace))

    play_with_endpoint(tmp_path, story)

    async def afterwards() -> None:
        async with running_sandbox(tmp_path, wires=()) as sandbox:
            assert_kept(sandbox.world("default"))

    asyncio.run(afterwards())
    assert "ours" not in caplog.text


def test_what_was_stored_before_answers_were_kept_is_read(tmp_path: Path) -> None:
    with live_world(tmp_path) as live:
        live.register_operator(ALFA, "http://127.0.0.1:9/")
        engage(live)
        event = live.deliveries.due()[0].event
        live.durable.do(RecordOutcomes([(event, 1, 500, "", None)]))  # type: ignore[list-item]
        live.durable.do(RecordOutcomes([(live.deliveries.due()[0].event, 1, 500, "")]))  # type: ignore[list-item]
        assert [attempt.answer for posting in live.deliveries.postings() for attempt in posting.attempts] == ["", ""]
