"""Notes on rules that no wire shows: what a person says of one, with or without a picture, kept with the run.

What lives here: from what was sent to a note of the record. It must not know how it came.
"""

from __future__ import annotations

from reference_impl.errors import FieldError
from reports.judging.catalogue import catalogue
from sim.sandbox.world.commands import NoteGuided
from sim.sandbox.world.guided_record import record_of
from sim.sandbox.world.live import LiveWorld
from sim.validation.guided.pictures import media_type_of, shown_name

LONGEST_NOTE = 2_000
MOST_PICTURE_BYTES = 12_000_000  # of a run: its page holds them all


def attach(live: LiveWorld, rule: str, text: str, picture: bytes | None = None, name: str = "") -> None:
    """Keep a note on a rule. Raises FieldError, GuidedRefused; then nothing was kept."""
    record_of(live.core)
    rule_id, note_text = rule.strip().upper(), text.strip()
    if rule_id not in catalogue().rules:
        raise FieldError("rule", rule, "the id of a rule, as appuntamento rules shows them")
    if len(note_text) > LONGEST_NOTE or not (note_text or picture):
        raise FieldError("text", f"{len(note_text)} characters", f"1 to {LONGEST_NOTE}, or a picture")
    live.guide(NoteGuided(rule_id, note_text, None if picture is None else _kept(live, picture, name)))


def _kept(live: LiveWorld, content: bytes, name: str) -> dict[str, object]:
    """Keep a picture; what a note says of it."""
    media_type = media_type_of(content)
    before = sum(note.picture["bytes"] for note in record_of(live.core).notes if note.picture)
    if before + len(content) > MOST_PICTURE_BYTES:
        raise FieldError(
            "picture", f"{before + len(content):,} bytes with those before", f"{MOST_PICTURE_BYTES:,} in all"
        )
    digest = live.keep_picture(content)
    return {"digest": digest, "media_type": media_type, "name": shown_name(name), "bytes": len(content)}
