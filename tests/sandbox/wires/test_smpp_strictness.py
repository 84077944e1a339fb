"""The message centre with peers that break SMPP, that are too many, or that never finish."""

from __future__ import annotations

import asyncio
import struct
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.sandbox.smpp import pdu as smpp
from sim.sandbox.smpp.message_centre import MOST_SESSIONS_OF_ONE, MOST_STRANGERS
from sim.sandbox.smpp.pdu import Pdu, PduError, bind_from, submit_from
from sim.sandbox.smpp.session import Patience
from sim.sandbox.smpp.text import INCOMPLETE_SECONDS, MOST_INCOMPLETE, Assembly, Part, text_of, without_header
from tests.patience import HandLoop
from tests.sandbox.stories import told_by
from tests.sandbox.wires.smpp_peers import Centre, bind_body, play, submit

IN_A_HURRY = Patience(bind_seconds=0.2, pdu_seconds=0.2)
BY_HAND = Patience(bind_seconds=1, pdu_seconds=1, idle_seconds=10, answer_seconds=2)  # of a time that a test moves
ALMOST = 0.99
story = told_by(play)


def play_by_hand(folder: Path, story: Callable[[Centre, HandLoop], Awaitable[None]]) -> None:
    """Play a story in which time passes only when the story lets it pass."""
    loop = HandLoop()
    play(folder, lambda centre: story(centre, loop), BY_HAND, lambda: loop)


@pytest.mark.parametrize(
    ("wrong_pdu", "status"),
    [
        (submit(to="12"), smpp.WRONG_DESTINATION),
        (submit(to="non-numero"), smpp.WRONG_DESTINATION),
        (submit(sender=""), smpp.WRONG_SOURCE),
        (submit(sender="troppo lungo"), smpp.WRONG_SOURCE),
        (submit(b"\xe8"), smpp.SUBMIT_FAILED),
        (submit(b"\x1b"), smpp.SUBMIT_FAILED),
        (submit(b"\xd8\x00", coding=8), smpp.SUBMIT_FAILED),
        (submit(b"abc", coding=8), smpp.SUBMIT_FAILED),
        (submit(coding=4), smpp.SUBMIT_FAILED),
        (submit(b"", esm_class=0x40), smpp.SUBMIT_FAILED),
        (submit(b"\x05\x00\x03\x01", esm_class=0x40), smpp.SUBMIT_FAILED),
        (submit(b"\x05\x00\x03\x01\x02\x03ciao", esm_class=0x40), smpp.SUBMIT_FAILED),
        (submit(esm_class=0x02), smpp.WRONG_ESM_CLASS),
        (submit(priority=9), smpp.WRONG_PRIORITY),
        (submit(receipt=3), smpp.WRONG_REGISTERED_DELIVERY),
        (submit(schedule="260303080000000+"), smpp.WRONG_SCHEDULE),
        (submit(optional_part=b"\x04\x24\x00\x09x"), smpp.WRONG_OPTIONAL_PART),
        (submit(optional_part=b"\x04\x24\x00\x01x"), smpp.WRONG_LENGTH),
        (Pdu(smpp.SUBMIT_SM, 0, 2, b""), smpp.WRONG_PARAMETER),
        (Pdu(smpp.SUBMIT_SM, 0, 2, submit().body[:-1]), smpp.WRONG_LENGTH),
        (Pdu(smpp.BIND_TRANSCEIVER, 0, 2, bind_body("default", "x")), smpp.ALREADY_BOUND),
    ],
)
@story
async def test_what_is_wrong_is_answered_with_its_status(centre: Centre, wrong_pdu: Pdu, status: int) -> None:
    peer = await centre.stranger()
    await peer.bind(centre.password)
    assert await peer.ask(wrong_pdu.encoded()) == Pdu(wrong_pdu.command | smpp.RESPONSE, status, 2)
    assert (await peer.ask(submit(sequence=3).encoded())).status == smpp.OK
    assert [message.text for message in centre.live.messages()] == ["ciao"]


@story
async def test_unknown_commands_are_answered_with_a_nack(centre: Centre) -> None:
    peer = await centre.stranger()
    for command in (0x00, 0x07, 0x21, 0x103, 0x7FFF_FFFF):
        answer = await peer.ask(Pdu(command, 0, 7, b"x").encoded())
        assert answer == Pdu(smpp.GENERIC_NACK, smpp.UNKNOWN_COMMAND, 7)


@pytest.mark.parametrize("length", [0, 15, smpp.MOST_OCTETS + 1, 0xFFFF_FFFF])
@story
async def test_an_impossible_length_ends_the_connection(centre: Centre, length: int) -> None:
    peer = await centre.stranger()
    answer = await peer.ask(struct.pack(">IIII", length, smpp.SUBMIT_SM, 0, 1))
    assert (answer.command, answer.status) == (smpp.GENERIC_NACK, smpp.WRONG_COMMAND_LENGTH)
    assert await peer.is_cut_off()


@story
async def test_who_is_not_bound_can_send_nothing_and_a_receiver_neither(centre: Centre) -> None:
    peer = await centre.stranger()
    assert (await peer.ask(submit().encoded())).status == smpp.NOT_IN_THIS_STATE
    assert (await peer.ask(Pdu(smpp.UNBIND, 0, 3).encoded())).status == smpp.NOT_IN_THIS_STATE
    assert (await peer.ask(Pdu(smpp.ENQUIRE_LINK, 0, 4).encoded())).status == smpp.OK
    await peer.bind(centre.password, command=smpp.BIND_RECEIVER)
    assert (await peer.ask(submit().encoded())).status == smpp.NOT_IN_THIS_STATE
    assert (await peer.ask(Pdu(smpp.UNBIND, 0, 5).encoded())).status == smpp.OK
    assert await peer.is_cut_off()


@pytest.mark.parametrize("system_id", ["default", "w9", ""])
@story
async def test_a_failed_bind_looks_the_same_for_every_account_and_is_the_last(centre: Centre, system_id: str) -> None:
    peer = await centre.stranger()
    assert await peer.bind("wrong", system_id) == Pdu(smpp.BIND_TRANSCEIVER | smpp.RESPONSE, smpp.BIND_FAILED, 1)
    assert await peer.is_cut_off()


@story
async def test_sessions_of_one_account_are_limited(centre: Centre) -> None:
    peers = [await centre.stranger() for _ in range(MOST_SESSIONS_OF_ONE + 1)]
    statuses = [(await peer.bind(centre.password)).status for peer in peers]
    assert statuses == [smpp.OK] * MOST_SESSIONS_OF_ONE + [smpp.BIND_FAILED]


@story
async def test_a_crowd_of_strangers_keeps_nobody_out(centre: Centre) -> None:
    crowd = [await centre.stranger() for _ in range(2 * MOST_STRANGERS)]
    peer = await centre.stranger()
    assert (await peer.bind(centre.password)).status == smpp.OK
    assert await crowd[0].is_cut_off()


@pytest.mark.parametrize("octets", [b"", b"\0", Pdu(smpp.SUBMIT_SM, 0, 1, b"x").encoded()[:-1]])
@told_by(partial(play, patience=IN_A_HURRY))
async def test_a_stranger_has_so_long_to_bind(centre: Centre, octets: bytes) -> None:
    peer = await centre.stranger()
    peer.say(octets)
    assert await peer.is_cut_off()


@told_by(play_by_hand, actors=2)
async def test_a_silent_peer_is_asked_and_then_parted_from(centre: Centre, loop: HandLoop) -> None:
    peer = await centre.stranger()
    await peer.bind(centre.password)
    await loop.let_pass(ALMOST * BY_HAND.idle_seconds)
    assert (await peer.ask(Pdu(smpp.ENQUIRE_LINK, 0, 2).encoded())).command == smpp.ENQUIRE_LINK | smpp.RESPONSE
    await loop.let_pass(BY_HAND.idle_seconds)
    question = await peer.read()
    assert question.command == smpp.ENQUIRE_LINK
    await loop.let_pass(ALMOST * BY_HAND.answer_seconds)
    peer.say(question.answer().encoded())
    await loop.let_pass(BY_HAND.idle_seconds)
    assert (await peer.read()).command == smpp.ENQUIRE_LINK
    await loop.let_pass(BY_HAND.answer_seconds)
    assert await peer.is_cut_off()


@told_by(play_by_hand, actors=2)
async def test_a_receipt_that_nobody_answers_frees_the_clock_and_goes_to_the_next_receiver(
    centre: Centre, loop: HandLoop
) -> None:
    rude = await centre.stranger()
    await rude.bind(centre.password)
    await rude.ask(submit(receipt=1).encoded())
    first_receipt = await rude.read()
    assert first_receipt.command == smpp.DELIVER_SM
    await loop.let_pass(ALMOST * BY_HAND.answer_seconds)
    assert not centre.live.at_rest
    await loop.let_pass(BY_HAND.answer_seconds)
    assert await rude.is_cut_off()
    assert centre.live.at_rest
    polite = await centre.stranger()
    await polite.bind(centre.password, command=smpp.BIND_RECEIVER)
    receipt = await polite.read()
    assert receipt.body == first_receipt.body
    await polite.ask(receipt.answer(body=b"\0").encoded() + Pdu(smpp.ENQUIRE_LINK, 0, 9).encoded())
    assert centre.live.at_rest


@story
async def test_closing_says_goodbye_to_who_is_bound_and_waits_for_nobody(centre: Centre) -> None:
    bound, stranger = await centre.stranger(), await centre.stranger()
    await bound.bind(centre.password)
    await centre.centre.stop()
    assert (await bound.read()).command == smpp.UNBIND
    assert await bound.is_cut_off()
    assert await stranger.is_cut_off()
    with pytest.raises(ConnectionRefusedError):
        await asyncio.open_connection("127.0.0.1", centre.port)


@given(st.binary(max_size=300))
def test_octets_of_any_kind_are_read_or_refused(octets: bytes) -> None:
    for read in (bind_from, submit_from, without_header, partial(text_of, 0), partial(text_of, 8)):
        with suppress(PduError):
            read(octets)


def test_a_message_that_is_never_whole_is_forgotten() -> None:
    now = [0.0]
    assembly: Assembly[str] = Assembly(lambda: now[0])
    assert assembly.add("A", Part(1, 2, 1), b"be", "first") is None
    now[0] += INCOMPLETE_SECONDS + 1
    assert assembly.add("A", Part(1, 2, 2), b"fore", "second") is None
    assert assembly.add("A", Part(1, 2, 1), b"be", "third") == (b"before", ["third", "second"])


def test_of_too_many_messages_that_are_not_whole_the_oldest_is_forgotten() -> None:
    assembly: Assembly[int] = Assembly(lambda: 0.0)
    for reference in range(MOST_INCOMPLETE + 1):
        assert assembly.add("A", Part(reference, 2, 1), b"be", reference) is None
    assert assembly.add("A", Part(MOST_INCOMPLETE, 2, 2), b"fore", 2) == (b"before", [MOST_INCOMPLETE, 2])
    assert assembly.add("A", Part(0, 2, 2), b"fore", 2) is None
