"""How the commands of a world are written down and read again.

The kind and the members under which a command is stored are a format: a stored world is read by them, so they stay as
they are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from types import MappingProxyType
from typing import Any

from sim.sandbox.world import commands
from sim.sandbox.world.commands import Command, Outcome

ALWAYS_SAID, ELSE_SAID = 4, (None, "")  # of the outcome of a delivery: older stores do not say the last two

KINDS: Mapping[str, type[Command]] = MappingProxyType(
    {
        "begin": commands.Begin,
        "register": commands.RegisterOperator,
        "order": commands.SubmitOrder,
        "line": commands.ReportLine,
        "cancel": commands.CancelOrder,
        "capacity": commands.SetCapacity,
        "open": commands.OpenLink,
        "act": commands.ActOnLink,
        "run": commands.RunTo,
        "pace": commands.SetPace,
        "endpoint": commands.SetEndpoint,
        "rotate": commands.RotateSecret,
        "retire": commands.RetireSecret,
        "answered": commands.RecordOutcomes,
        "resend": commands.Resend,
        "fetch": commands.FetchFile,
        "remove": commands.RemoveFile,
        "miss": commands.MissFile,
        "disturb": commands.Disturb,
        "probe": commands.RecordProbe,
        "limit": commands.RecordLimit,
        "set_limit": commands.SetLimit,
        "take_sms": commands.TakeSms,
        "receipt": commands.SettleReceipt,
        "crowd": commands.BringCrowd,
        "guided": commands.BeginGuided,
        "guided_mark": commands.MarkGuided,
        "guided_note": commands.NoteGuided,
        "guided_end": commands.EndGuided,
    }
)
KIND_OF: Mapping[type[Command], str] = MappingProxyType({command: kind for kind, command in KINDS.items()})


def members_of(command: Command) -> dict[str, Any]:
    """A command as plain data; a member that is as its default says is left out."""
    members = {field.name: getattr(command, field.name) for field in fields(command)}
    unsaid = {field.name for field in fields(command) if members[field.name] == field.default}
    return {name: value for name, value in members.items() if name not in unsaid}


def command_of(kind: str, members: Mapping[str, Any]) -> Command:
    """A command from plain data. Raises KeyError for a kind that is not known, TypeError for members it has not."""
    return KINDS[kind](**members)


def whole_outcome(row: Sequence[Any]) -> Outcome:
    """The outcome of a delivery as any version has stored it."""
    whole: Sequence[Any] = [*row, *ELSE_SAID[len(row) - ALWAYS_SAID :]]
    event, copy, status, reason, began, answer = whole
    return event, copy, status, reason, began, answer
