"""Notifications over real sockets: signed, retried on schedule in simulated time, sent again on demand."""

from __future__ import annotations

import asyncio
import base64
import json
import re
import sqlite3
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from reference_impl.civil_time import DAY, HOUR, MINUTE, SECOND
from sim.sandbox.http.models import NotificationBody
from sim.sandbox.notifications.webhook_client import (
    EndpointError,
    WebhookClient,
    check_dialled,
    check_endpoint,
)
from sim.sandbox.sandbox import Sandbox
from sim.sandbox.world.link_index import digest_of
from sim.sandbox.world.live import LiveWorld
from sim.sandbox.world.outbox import RETRY_DELAYS, Posting
from sim.sandbox.world.store import Store
from sim.webhook_signature import shown_secret, signed_headers
from tests.patience import HANG_SECONDS
from tests.sandbox.in_process import order, running_sandbox
from tests.world.ports_servers import OperatorEndpoint, operator_endpoint

Story = Callable[[Sandbox, OperatorEndpoint], Awaitable[None]]


def play(folder: Path, story: Story) -> None:
    """Let a story happen between a sandbox and a real endpoint of ALFA."""

    async def told(endpoint: OperatorEndpoint) -> None:
        async with running_sandbox(
            folder, wires=(), notify=(f"ALFA={endpoint.url}",), notify_timeout=HANG_SECONDS
        ) as sandbox:
            live = sandbox.world("default")
            live.submit_order(order("A-1"))
            await story(sandbox, endpoint)

    with operator_endpoint() as endpoint:
        asyncio.run(told(endpoint))


async def engage(sandbox: Sandbox) -> list[Posting]:
    """CO comes at 08:00; the notifications CO and W08 follow and are delivered."""
    live = sandbox.world("default")
    live.report_line("A-1", "CO")
    await live.rest()
    return live.deliveries.postings("ALFA")


def test_a_stock_library_verifies_what_arrives(tmp_path: Path) -> None:
    async def story(sandbox: Sandbox, endpoint: OperatorEndpoint) -> None:
        await engage(sandbox)
        secret = shown_secret(sandbox.world("default").webhook_secrets("ALFA")[0])
        for _, headers, body in endpoint.received:
            sent = json.dumps(body, ensure_ascii=False)
            assert Webhook(secret).verify(sent, headers) == body
            with pytest.raises(WebhookVerificationError):
                Webhook(secret).verify(sent.replace("A-1", "A-2"), headers)

    play(tmp_path, story)


def test_the_notifications_of_one_order_arrive_in_order_and_are_recorded(tmp_path: Path) -> None:
    async def story(sandbox: Sandbox, endpoint: OperatorEndpoint) -> None:
        postings = await engage(sandbox)
        assert [body["code"] for _, _, body in endpoint.received] == ["CO", "W08"]
        assert [posting.state for posting in postings] == ["delivered", "delivered"]
        answered = [event for event in sandbox.world("default").trace if event["type"] == "notification.answered"]
        assert [event["data"] for event in answered] == [
            {"operator": "ALFA", "notification": posting.event, "copy": 1, "status": 204} for posting in postings
        ]

    play(tmp_path, story)


def test_what_arrives_is_as_the_openapi_says(tmp_path: Path) -> None:
    async def story(sandbox: Sandbox, endpoint: OperatorEndpoint) -> None:
        await engage(sandbox)
        live = sandbox.world("default")
        digest = digest_of(str(live.link_of("A-1", "customer")))
        live.act("confirm", digest, live.offered_slots(digest)[0])
        await live.rest()
        bodies = [body for _, _, body in endpoint.received]
        assert [body["code"] for body in bodies] == ["CO", "W08", "W09"]
        for body in bodies:
            assert NotificationBody.model_validate(body).model_dump(exclude_none=True) == body
        assert "slot" in bodies[-1]

    play(tmp_path, story)


def test_what_the_operator_does_before_it_answers_is_told_with_the_answer(tmp_path: Path) -> None:
    async def story(sandbox: Sandbox, endpoint: OperatorEndpoint) -> None:
        await engage(sandbox)
        await sandbox.clock("default").advance(DAY)  # the operator has its link then
        live, loop = sandbox.world("default"), asyncio.get_running_loop()
        look = partial(look_as_operator, live)
        endpoint.before_answer = lambda body: asyncio.run_coroutine_threadsafe(look(), loop).result(HANG_SECONDS)
        live.deliveries.resend([live.deliveries.postings("ALFA")[0].event])
        await live.rest()
        opened, answer = live.trace[-2:]
        assert (opened["type"], answer["type"]) == ("agent.opened", "notification.answered")
        assert answer["data"]["meanwhile"] == [opened["id"]]  # type: ignore[index]

    play(tmp_path, story)


async def look_as_operator(live: LiveWorld) -> None:
    live.open_link(digest_of(str(live.link_of("A-1", "operator"))), "operator")


def test_an_endpoint_at_which_nobody_listens_is_told_from_one_that_is_silent(tmp_path: Path) -> None:
    async def story(sandbox: Sandbox, endpoint: OperatorEndpoint) -> None:
        sandbox.world("default").set_endpoint("ALFA", "http://127.0.0.1:9/")
        postings = await engage(sandbox)
        assert {attempt.reason for posting in postings for attempt in posting.attempts} == {
            "not reached: connection refused"
        }

    play(tmp_path, story)


def test_what_is_not_taken_is_sent_again_on_schedule_with_the_same_id(tmp_path: Path) -> None:
    async def story(sandbox: Sandbox, endpoint: OperatorEndpoint) -> None:
        endpoint.answer = 500
        first = (await engage(sandbox))[0]
        await sandbox.clock("default").advance(6 * MINUTE)
        endpoint.answer = 200
        await sandbox.clock("default").advance(HOUR)
        start = first.notification.at
        times = [attempt.at - start for attempt in first.attempts]
        assert times == [0, 5 * SECOND, 5 * SECOND + 5 * MINUTE, 5 * SECOND + 35 * MINUTE]
        assert [attempt.status for attempt in first.attempts] == [500, 500, 500, 200]
        ids = {headers["webhook-id"] for _, headers, body in endpoint.received if body["code"] == "CO"}
        assert len(ids) == 1

    play(tmp_path, story)


def test_after_the_last_retry_it_is_given_up_and_can_be_sent_again_on_demand(tmp_path: Path) -> None:
    async def story(sandbox: Sandbox, endpoint: OperatorEndpoint) -> None:
        live = sandbox.world("default")
        endpoint.answer = 503
        first = (await engage(sandbox))[0]
        await sandbox.clock("default").advance(sum(RETRY_DELAYS))
        assert (first.state, len(first.attempts)) == ("given_up", 1 + len(RETRY_DELAYS))
        endpoint.answer = 204
        assert live.deliveries.resend([first.event]) == 1
        await live.rest()
        assert first.state == "delivered"

    play(tmp_path, story)


def test_all_since_an_instant_are_sent_again_with_their_ids(tmp_path: Path) -> None:
    async def story(sandbox: Sandbox, endpoint: OperatorEndpoint) -> None:
        live = sandbox.world("default")
        await engage(sandbox)
        before = [headers["webhook-id"] for _, headers, _ in endpoint.received]
        assert live.deliveries.resend_since(live.now + 1) == 0
        assert live.deliveries.resend_since(live.now) == 2
        await live.rest()
        assert [headers["webhook-id"] for _, headers, _ in endpoint.received] == before * 2

    play(tmp_path, story)


def test_a_redirect_is_an_answer_and_is_not_followed(tmp_path: Path) -> None:
    async def story(sandbox: Sandbox, endpoint: OperatorEndpoint) -> None:
        endpoint.answer, endpoint.location = 302, f"{endpoint.url}/elsewhere"
        first = (await engage(sandbox))[0]
        assert [attempt.status for attempt in first.attempts] == [302]
        assert {path for path, _, _ in endpoint.received} == {"/notifications"}

    play(tmp_path, story)


def test_while_two_secrets_are_in_force_both_sign(tmp_path: Path) -> None:
    async def story(sandbox: Sandbox, endpoint: OperatorEndpoint) -> None:
        live = sandbox.world("default")
        old = live.webhook_secrets("ALFA")
        live.rotate_secret("ALFA")
        assert live.webhook_secrets("ALFA")[1:] == old
        await engage(sandbox)
        assert len(endpoint.received[0][1]["webhook-signature"].split()) == 2
        live.retire_secret("ALFA")
        assert len(live.webhook_secrets("ALFA")) == 1

    play(tmp_path, story)


def test_what_was_under_way_when_the_sandbox_ended_is_delivered_by_the_next_with_the_same_id(tmp_path: Path) -> None:
    async def first_life() -> str:
        async with running_sandbox(tmp_path, wires=(), notify=("ALFA=http://127.0.0.1:9/",)) as sandbox:
            live = sandbox.world("default")
            live.submit_order(order("A-1"))
            live.report_line("A-1", "CO")  # nobody has had a turn since: both deliveries are due
            return sandbox.dispatcher("default").message_id(live.deliveries.due()[0].event)

    async def second_life(endpoint: OperatorEndpoint, expected: str) -> None:
        async with running_sandbox(tmp_path, wires=(), notify=(f"ALFA={endpoint.url}",)) as sandbox:
            await sandbox.world("default").rest()
            assert endpoint.received[0][1]["webhook-id"] == expected

    with operator_endpoint() as endpoint:
        asyncio.run(second_life(endpoint, asyncio.run(first_life())))


def test_a_disk_that_takes_nothing_more_ends_the_sandbox_and_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    async def story(sandbox: Sandbox, endpoint: OperatorEndpoint) -> None:
        live = sandbox.world("default")
        live.report_line("A-1", "CO")
        monkeypatch.setattr(Store, "append", full)
        with pytest.raises(sqlite3.OperationalError):
            await asyncio.wait_for(sandbox.fault, HANG_SECONDS)
        monkeypatch.undo()
        assert [delivery.copy for delivery in live.deliveries.due()] == [1, 1]

    play(tmp_path, story)


@pytest.mark.parametrize(
    ("address", "private"), [("10.1.2.3", False), ("169.254.169.254", False), ("0.0.0.0", True), ("224.0.0.1", True)]
)
def test_an_address_that_is_not_allowed_is_not_called(address: str, private: bool) -> None:
    client = WebhookClient(timeout_seconds=5.0, private_addresses=private)
    outcome = asyncio.run(client.post(f"http://{address}/", "id", b"{}", [b"secret"]))
    assert outcome.status == 0
    assert "is not allowed" in outcome.reason


@pytest.mark.parametrize(
    "url",
    ["ftp://127.0.0.1/", "http://", "http://user@127.0.0.1/", "http://127.0.0.1:99999/", "http://127.0.0.1/#a", "x"],
)
def test_an_endpoint_that_is_no_plain_http_url_is_refused(url: str) -> None:
    with pytest.raises(EndpointError, match="http or https"):
        check_endpoint(url)


@pytest.mark.parametrize(
    ("url", "private", "dialled"),
    [
        ("http://127.0.0.1:9/x", False, True),
        ("http://10.0.0.1/x", False, False),
        ("http://10.0.0.1/x", True, True),
        ("http://0.0.0.0/x", True, False),
        ("http://not-yet.invalid/x", False, True),
    ],
)
def test_an_address_that_will_not_be_called_is_refused_at_once(url: str, private: bool, dialled: bool) -> None:
    if dialled:
        assert asyncio.run(check_dialled(url, private)) == url
        return
    with pytest.raises(EndpointError, match=re.escape(url)):
        asyncio.run(check_dialled(url, private))


def test_the_signature_is_that_of_standard_webhooks() -> None:
    secret = base64.b64decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    headers = dict(signed_headers("msg_p5jXN8AQM9LWM0D4loKWxJek", b'{"test": 2432232314}', [secret], 1614265330))
    assert headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
