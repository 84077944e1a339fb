"""Notifications over real sockets: signed, retried on schedule in simulated time, sent again on demand."""

from __future__ import annotations

import asyncio
import base64
import json
import re
import sqlite3
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
from sim.sandbox.world.outbox import RETRY_DELAYS
from sim.sandbox.world.store import Store
from sim.webhook_signature import shown_secret, signed_headers
from tests.patience import HANG_SECONDS
from tests.sandbox.in_process import order, running_sandbox
from tests.sandbox.stories import engage_and_deliver, play_with_endpoint, told_by
from tests.world.ports_servers import OperatorEndpoint, operator_endpoint

story = told_by(play_with_endpoint, actors=3)


@story
async def test_a_stock_library_verifies_what_arrives(
    sandbox: Sandbox, live: LiveWorld, endpoint: OperatorEndpoint
) -> None:
    await engage_and_deliver(live)
    secret = shown_secret(live.webhook_secrets("ALFA")[0])
    for _, headers, body in endpoint.received:
        text = json.dumps(body, ensure_ascii=False)
        assert Webhook(secret).verify(text, headers) == body
        with pytest.raises(WebhookVerificationError):
            Webhook(secret).verify(text.replace("A-1", "A-2"), headers)


@story
async def test_the_notifications_of_one_order_arrive_in_order_and_are_recorded(
    sandbox: Sandbox, live: LiveWorld, endpoint: OperatorEndpoint
) -> None:
    postings = await engage_and_deliver(live)
    assert [body["code"] for _, _, body in endpoint.received] == ["CO", "W08"]
    assert [posting.state for posting in postings] == ["delivered", "delivered"]
    answers = [event for event in live.trace if event["type"] == "notification.answered"]
    assert [event["data"] for event in answers] == [
        {"operator": "ALFA", "notification": posting.event, "copy": 1, "status": 204} for posting in postings
    ]


@story
async def test_what_arrives_is_as_the_openapi_says(
    sandbox: Sandbox, live: LiveWorld, endpoint: OperatorEndpoint
) -> None:
    await engage_and_deliver(live)
    digest = digest_of(str(live.link_of("A-1", "customer")))
    live.act("confirm", digest, live.offered_slots(digest)[0])
    await live.rest()
    bodies = [body for _, _, body in endpoint.received]
    assert [body["code"] for body in bodies] == ["CO", "W08", "W09"]
    for body in bodies:
        assert NotificationBody.model_validate(body).model_dump(exclude_none=True) == body
    assert "slot" in bodies[-1]


@story
async def test_what_the_operator_does_before_it_answers_is_told_with_the_answer(
    sandbox: Sandbox, live: LiveWorld, endpoint: OperatorEndpoint
) -> None:
    await engage_and_deliver(live)
    await sandbox.clock("default").advance(DAY)  # the operator has its link then
    loop = asyncio.get_running_loop()
    look = partial(look_as_operator, live)
    endpoint.before_answer = lambda body: asyncio.run_coroutine_threadsafe(look(), loop).result(HANG_SECONDS)
    live.deliveries.resend([live.deliveries.postings("ALFA")[0].event])
    await live.rest()
    opened, answer = live.trace[-2:]
    assert (opened["type"], answer["type"]) == ("agent.opened", "notification.answered")
    assert answer["data"]["meanwhile"] == [opened["id"]]  # type: ignore[index]


async def look_as_operator(live: LiveWorld) -> None:
    live.open_link(digest_of(str(live.link_of("A-1", "operator"))), "operator")


@story
async def test_an_endpoint_at_which_nobody_listens_is_told_from_one_that_is_silent(
    sandbox: Sandbox, live: LiveWorld, endpoint: OperatorEndpoint
) -> None:
    live.set_endpoint("ALFA", "http://127.0.0.1:9/")
    postings = await engage_and_deliver(live)
    assert {attempt.reason for posting in postings for attempt in posting.attempts} == {
        "not reached: connection refused"
    }


@story
async def test_what_is_not_taken_is_sent_again_on_schedule_with_the_same_id(
    sandbox: Sandbox, live: LiveWorld, endpoint: OperatorEndpoint
) -> None:
    endpoint.answer = 500
    posting = (await engage_and_deliver(live))[0]
    await sandbox.clock("default").advance(6 * MINUTE)
    endpoint.answer = 200
    await sandbox.clock("default").advance(HOUR)
    start = posting.notification.at
    times = [attempt.at - start for attempt in posting.attempts]
    assert times == [0, 5 * SECOND, 5 * SECOND + 5 * MINUTE, 5 * SECOND + 35 * MINUTE]
    assert [attempt.status for attempt in posting.attempts] == [500, 500, 500, 200]
    ids = {headers["webhook-id"] for _, headers, body in endpoint.received if body["code"] == "CO"}
    assert len(ids) == 1


@story
async def test_after_the_last_retry_it_is_given_up_and_can_be_sent_again_on_demand(
    sandbox: Sandbox, live: LiveWorld, endpoint: OperatorEndpoint
) -> None:
    endpoint.answer = 503
    posting = (await engage_and_deliver(live))[0]
    await sandbox.clock("default").advance(sum(RETRY_DELAYS))
    assert (posting.state, len(posting.attempts)) == ("given_up", 1 + len(RETRY_DELAYS))
    endpoint.answer = 204
    assert live.deliveries.resend([posting.event]) == 1
    await live.rest()
    assert posting.state == "delivered"


@story
async def test_all_since_an_instant_are_sent_again_with_their_ids(
    sandbox: Sandbox, live: LiveWorld, endpoint: OperatorEndpoint
) -> None:
    await engage_and_deliver(live)
    ids = [headers["webhook-id"] for _, headers, _ in endpoint.received]
    assert live.deliveries.resend_since(live.now + 1) == 0
    assert live.deliveries.resend_since(live.now) == 2
    await live.rest()
    assert [headers["webhook-id"] for _, headers, _ in endpoint.received] == ids * 2


@story
async def test_a_redirect_is_an_answer_and_is_not_followed(
    sandbox: Sandbox, live: LiveWorld, endpoint: OperatorEndpoint
) -> None:
    endpoint.answer, endpoint.location = 302, f"{endpoint.url}/elsewhere"
    posting = (await engage_and_deliver(live))[0]
    assert [attempt.status for attempt in posting.attempts] == [302]
    assert {path for path, _, _ in endpoint.received} == {"/notifications"}


@story
async def test_while_two_secrets_are_in_force_both_sign(
    sandbox: Sandbox, live: LiveWorld, endpoint: OperatorEndpoint
) -> None:
    old_secrets = live.webhook_secrets("ALFA")
    live.rotate_secret("ALFA")
    assert live.webhook_secrets("ALFA")[1:] == old_secrets
    await engage_and_deliver(live)
    assert len(endpoint.received[0][1]["webhook-signature"].split()) == 2
    live.retire_secret("ALFA")
    assert len(live.webhook_secrets("ALFA")) == 1


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


@story
async def test_a_disk_that_takes_nothing_more_ends_the_sandbox_and_loses_nothing(
    sandbox: Sandbox, live: LiveWorld, endpoint: OperatorEndpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    live.report_line("A-1", "CO")
    monkeypatch.setattr(Store, "append", full)
    with pytest.raises(sqlite3.OperationalError):
        await asyncio.wait_for(sandbox.fault, HANG_SECONDS)
    monkeypatch.undo()
    assert [delivery.copy for delivery in live.deliveries.due()] == [1, 1]


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
