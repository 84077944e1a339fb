"""The sealed report of a guided run: the files of a validation's report, with notes and pictures, as one ZIP file.

What lives here: what is taken from a live world, at once, and what is made of it afterwards, beside the event loop. Two
reports of one run differ in when they were made, and in nothing else.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass

from reference_impl.civil_time import format_instant
from reports.conformance.rule_notes import RuleNote, in_the_page
from sim.sandbox.world.guided_record import GuidedRecord, Note
from sim.sandbox.world.live import LiveWorld
from sim.validation.cover import outcome_members
from sim.validation.guided.judgement import Evidence, evidence_of, judged_run
from sim.validation.guided.pictures import ending_of
from sim.validation.report import Attached, report_files
from sim.validation.runner import Run

NO_DATE = (1980, 1, 1, 0, 0, 0)  # the first that a ZIP file can say


@dataclass(frozen=True, slots=True)
class Matter:
    """All that a report is made from: what is judged, and what is attached."""

    evidence: Evidence
    attached: Attached

    def judged(self) -> Run:
        """The judgement; it takes its time."""
        return judged_run(self.evidence)

    def packed(self, language: str) -> bytes:
        """The report as a ZIP file; it takes its time."""
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as file:
            for name, data in sorted(report_files(self.judged(), language, attached=self.attached).items()):
                file.writestr(zipfile.ZipInfo(name, NO_DATE), data, zipfile.ZIP_DEFLATED)
        return content.getvalue()

    def outcome(self) -> bytes:
        """`outcome.json` of the report; it takes its time."""
        return json.dumps(outcome_members(self.judged(), self.attached.notes), ensure_ascii=False).encode()


def matter_of(live: LiveWorld, record: GuidedRecord) -> Matter:
    """What the report of a run is made from, as it is now."""
    return Matter(evidence_of(live, record), _attached(live, record.notes))


def _attached(live: LiveWorld, notes: Sequence[Note]) -> Attached:
    files: dict[str, str] = {}  # of each picture, once however often it is attached
    contents: dict[str, bytes] = {}
    rule_notes: list[RuleNote] = []
    for note in notes:
        at, picture = format_instant(note.at), note.picture
        if picture is None:
            rule_notes.append(RuleNote(note.rule, note.text, at))
            continue
        media_type, content = picture["media_type"], live.picture(picture["digest"])
        file = files.setdefault(picture["digest"], f"picture-{len(files) + 1}.{ending_of(media_type)}")
        contents[file] = content
        rule_notes.append(RuleNote(note.rule, note.text, at, file, picture["name"], in_the_page(content, media_type)))
    return Attached(rule_notes, contents)
