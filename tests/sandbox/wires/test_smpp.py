"""The message centre with `smpplib` as the foreign client: messages, parts, receipts."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
import smpplib.exceptions  # type: ignore[import-untyped]

from reference_impl.civil_time import MINUTE
from reference_impl.gsm_7 import SEPTETS
from sim.sandbox.smpp.pdu import ENQUIRE_LINK, RESPONSE, Pdu
from tests.sandbox.stories import told_by
from tests.sandbox.wires.smpp_peers import NUMBER, Centre, Smpp, play, play_script, send

MESSAGES = 1000
RECEIPT, ON_FAILURE = 1, 2
script = told_by(play_script)
PLAIN, ESCAPED = ({character for character in SEPTETS if SEPTETS[character] == cost} for cost in (1, 2))


@script
def test_a_message_is_in_the_inbox_under_the_id_that_was_answered(centre: Centre) -> None:
    with centre.client() as client:
        send(client, "Scegli il giorno: https://agente.alfa.example/x")
        (message,) = centre.live.messages()
        assert client.sent == [message.id]
        assert (message.alias, message.to, message.kind) == ("Alfa", f"+{NUMBER}", "received")
        assert message.text == "Scegli il giorno: https://agente.alfa.example/x"
        assert (message.encoding, message.segments) == ("GSM-7", 1)
        assert [state for state, _ in message.trail] == ["accepted", "delivered"]


@pytest.mark.parametrize(
    ("text", "encoding", "segments"),
    [
        ("".join(sorted(PLAIN - {"§"})), "GSM-7", 1),
        ("".join(sorted(ESCAPED - {"\f"})), "GSM-7", 1),
        ("perché 你好 😀", "UCS-2", 1),
        ("0123456789" * 16, "GSM-7", 1),
        ("0123456789" * 40, "GSM-7", 3),
        ("x" * 152 + "€uro", "GSM-7", 1),
        ("x" * 152 + "€" + "y" * 100, "GSM-7", 2),
        ("è più 你 " * 30, "UCS-2", 4),
    ],
)
@script
def test_texts_arrive_as_they_were_written(centre: Centre, text: str, encoding: str, segments: int) -> None:
    with centre.client("transmitter") as client:
        send(client, text)
        (message,) = centre.live.messages()
        assert message.text == text
        assert (message.encoding, message.segments) == (encoding, segments)
        assert len(set(client.sent)) == segments


@script
def test_many_messages_are_taken_in_order(centre: Centre) -> None:
    with centre.client() as client:
        for number in range(MESSAGES):
            client.send_message(source_addr="12345", destination_addr=NUMBER, short_message=b"%d" % number)
        while len(client.sent) < MESSAGES:
            client.read_once()
        assert [message.text for message in centre.live.messages()] == [str(number) for number in range(MESSAGES)]
        assert client.sent == [message.id for message in centre.live.messages()]


@pytest.mark.parametrize(
    ("to", "registered", "stat"),
    [
        (NUMBER, RECEIPT, "DELIVRD"),
        ("393331200001", RECEIPT, "UNDELIV"),
        ("393331200001", ON_FAILURE, "UNDELIV"),
        ("393331200003", RECEIPT, "DELIVRD"),
    ],
)
@script
def test_a_receipt_tells_what_became_of_a_message(centre: Centre, to: str, registered: int, stat: str) -> None:
    with centre.client() as client:
        send(client, "Ciao", to, registered)
        read_receipts(client, 1)
        (receipt,) = client.receipts
        text = receipt.short_message.decode()
        assert text.startswith(f"id:{client.sent[0]} sub:001 ")
        assert f" submit date:2603030800 done date:2603030800 stat:{stat} " in text
        assert (receipt.source_addr, receipt.destination_addr) == (to.encode(), b"Alfa")
        assert receipt.receipted_message_id.decode().rstrip("\0") == client.sent[0]


@script
def test_every_part_that_asked_for_a_receipt_gets_one(centre: Centre) -> None:
    with centre.client() as client:
        send(client, "0123456789" * 40, receipt=RECEIPT)
        read_receipts(client, 3)
        ids = [receipt.receipted_message_id.decode().rstrip("\0") for receipt in client.receipts]
        assert ids == client.sent


@script
def test_no_receipt_comes_unasked(centre: Centre) -> None:
    with centre.client() as client:
        send(client, "uno")
        send(client, "due", receipt=ON_FAILURE)
        send(client, "tre", receipt=RECEIPT)
        read_receipts(client, 1)
        assert client.receipts[0].short_message.decode().endswith("text:tre")


@told_by(play)
async def test_the_clock_waits_for_the_answer_to_a_receipt(centre: Centre) -> None:
    loop = asyncio.get_running_loop()

    def wait_for_receipt() -> None:
        clock = centre.sandbox.clock("default")
        with centre.client() as client:
            send(client, "Ciao", "393331200002", RECEIPT)
            assert client.receipts == []
            move = asyncio.run_coroutine_threadsafe(clock.advance(60 * MINUTE), loop)
            assert not move.done()
            read_receipts(client, 1)
            report = move.result()
            assert report.now == report.started + 60 * MINUTE
            assert " done date:2603030830 " in client.receipts[0].short_message.decode()

    await asyncio.to_thread(wait_for_receipt)


@script
def test_receipts_wait_for_a_receiver(centre: Centre) -> None:
    with centre.client("transmitter") as transmitter:
        send(transmitter, "Ciao", receipt=RECEIPT)
        assert centre.live.at_rest
        with centre.client("receiver") as receiver:
            read_receipts(receiver, 1)
            assert receiver.receipts[0].receipted_message_id.decode().rstrip("\0") == transmitter.sent[0]


def test_a_receipt_is_not_lost_when_the_sandbox_ends(tmp_path: Path) -> None:
    def first_day(centre: Centre) -> None:
        with centre.client() as client:
            send(client, "uno", receipt=RECEIPT)
            read_receipts(client, 1)
        with centre.client("transmitter") as client:
            send(client, "due", receipt=RECEIPT)
            send(client, "tre", "393331200002", receipt=RECEIPT)

    async def next_day(centre: Centre) -> None:
        await centre.sandbox.clock("default").advance(60 * MINUTE)
        await centre.talk(take_what_waited)

    def take_what_waited(centre: Centre) -> None:
        with centre.client("receiver") as client:
            read_receipts(client, 2)
            assert [receipt.short_message.decode()[-3:] for receipt in client.receipts] == ["due", "tre"]

    play(tmp_path, lambda centre: centre.talk(first_day))
    play(tmp_path, next_day)
    play(tmp_path, no_more_receipts)


async def no_more_receipts(centre: Centre) -> None:
    """Nothing waits, and nothing comes after the answer to a bind."""
    peer = await centre.stranger()
    await peer.bind(centre.password)
    assert (await peer.ask(Pdu(ENQUIRE_LINK, 0, 2).encoded())).command == ENQUIRE_LINK | RESPONSE


@script
def test_a_wrong_password_is_refused(centre: Centre) -> None:
    centre.password = "sbagliat"
    with pytest.raises(smpplib.exceptions.PDUError, match="Bind"), centre.client():
        pass


def read_receipts(client: Smpp, count: int) -> None:
    """Read until so many receipts have come."""
    while len(client.receipts) < count:
        client.read_once()
