"""What the Virtual Agent's pages have in common: addresses, words, the notice of the act before, the chosen slot.

What lives here: what an answer is made of, from a request and what its bearer sees. It must not change anything.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlencode

from fastapi import Request

from reference_impl.civil_time import END_OF_TIME, FIRST_INSTANT
from reference_impl.links import OPERATOR
from reference_impl.ports import Slot
from reports.words.labels import LANGUAGES
from sim.sandbox.pages import civil_words
from sim.sandbox.pages.agent_words import DONE, REFUSED, SERVICES, WORDS
from sim.sandbox.pages.appointment_file import Entry
from sim.sandbox.pages.civil_words import slot_words
from sim.sandbox.pages.control_view import masked
from sim.sandbox.pages.operator_words import OPERATOR_WORDS
from sim.sandbox.pages.page_languages import Words, language_of, words_in
from sim.sandbox.world.agent_view import BOOKED, TO_BOOK, AgentPage
from sim.sandbox.world.link_session import LinkSession

CHOICE_COOKIE = "chosen"
BY = "by"  # who acts, in the address of a page whose session may be over
SLOT = re.compile(r"([0-9]{12,14})-([0-9]{12,14})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Notice:
    """What a page says first; `tone` is `done` or `refused`."""

    tone: str
    words: str


def address_of(request: Request, handle: str, subpage: str = "", **outcome: str) -> str:
    """The address of an order's page. It keeps the language that was asked for, and that an operator's agent acts."""
    language, party = request.query_params.get("lang"), request.query_params.get(BY)
    query = outcome | ({"lang": language} if language in LANGUAGES else {}) | ({BY: party} if party == OPERATOR else {})
    path = f"/va/order/{handle}" + (f"/{subpage}" if subpage else "")
    return f"{path}?{urlencode(query)}" if query else path


def page_language(request: Request) -> str:
    """The language of an answer."""
    return language_of(request.query_params.get("lang"), request.headers.get("accept-language", ""))


def frame(request: Request) -> dict[str, object]:
    """What every page needs: the language, its words, and how to get the same page in the others."""
    language = page_language(request)
    tables = [OPERATOR_WORDS, WORDS] if request.query_params.get(BY) == OPERATOR else [WORDS]
    return {"language": language, "languages": LANGUAGES, "t": words_in(language, *tables), "civil": civil_words}


def words_for(request: Request, agent_page: AgentPage) -> Words:
    """The words for the party that acts: a customer, or an operator's agent."""
    return words_in(page_language(request), *([OPERATOR_WORDS] if agent_page.party == OPERATOR else []), WORDS)


def order_frame(request: Request, agent_page: AgentPage, offered: list[Slot]) -> dict[str, object]:
    """What the pages of an order need besides. A slot that was kept is marked where it is still on offer."""
    service, language, say = agent_page.order.work.service, page_language(request), words_for(request, agent_page)
    kept_choice, for_operator = kept_slot(request), agent_page.party == OPERATOR
    return {
        "seen": agent_page,
        "t": say,
        "operator": agent_page.order.operator,
        "phone": masked(agent_page.order.work.phone),
        "for_operator": for_operator,
        "service": service.replace("_", " ") if for_operator else SERVICES[service].in_language(language),
        "marked": kept_choice if kept_choice in offered else None,
        "notice": _notice(request, agent_page, say) or _kept_notice(say, kept_choice, offered, language),
    }


def _notice(request: Request, agent_page: AgentPage, say: Words) -> Notice | None:
    """What the page says of the last act, which its address names."""
    done_act, refusal = request.query_params.get("done", ""), request.query_params.get("refused", "")
    if refusal and REFUSED + refusal in WORDS:
        return Notice("refused", say(REFUSED + refusal))
    if done_act and DONE + done_act in WORDS and agent_page.stage == BOOKED and agent_page.slot is not None:
        return Notice("done", say(DONE + done_act, slot=slot_words(agent_page.slot, page_language(request))))
    return None


def _kept_notice(say: Words, slot: Slot | None, offered: list[Slot], language: str) -> Notice | None:
    """What the page says of a slot that was chosen before its session ended."""
    if slot is None or not offered:
        return None
    tone, key = ("done", "kept") if slot in offered else ("refused", "kept_gone")
    return Notice(tone, say(key, slot=slot_words(slot, language)))


def kept_slot(request: Request) -> Slot | None:
    """The slot that was chosen when the session had ended; None if there is none."""
    return slot_in(request.cookies.get(CHOICE_COOKIE, ""))


def slot_in(text: str) -> Slot | None:
    """The slot of a form's field; None if it is not one."""
    match = SLOT.fullmatch(text)
    bounds = [int(bound) for bound in match.groups()] if match else []
    return Slot(*bounds) if bounds and all(FIRST_INSTANT <= bound < END_OF_TIME for bound in bounds) else None


def field_of(slot: Slot) -> str:
    """A slot as a form's field says it."""
    return f"{slot.start}-{slot.end}"


def calendar_entry(session: LinkSession, agent_page: AgentPage, say: Words, mark: str) -> Entry | None:
    """The appointment for the bearer's own calendar; None where there was none. `mark` tells sandboxes apart."""
    order, operator, is_cancelled = agent_page.order, agent_page.order.operator, agent_page.stage != BOOKED
    if order.slot is None or agent_page.stage == TO_BOOK:
        return None
    details = f"{say('order')} {order.code}, {operator.operator} {operator.telephone or ''}".strip()
    return Entry(
        uid=f"{mark}.{session.live.name}.{operator.operator}.{order.code}@{operator.link_domain}",
        sequence=order.reschedules + is_cancelled,
        slot=order.slot,
        summary=say("calendar_event", operator=operator.operator),
        description=details,
        organizer=operator.operator,
        address=f"https://{operator.link_domain}/",
        written_at=agent_page.now,
        is_cancelled=is_cancelled,
    )
