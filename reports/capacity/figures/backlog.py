"""The state in which a run began, in sentences: what was open and taken, what that rests on, and when it is worked off.

What lives here: sentences from the table `hourly`. It must not know how a run came to its state.
"""

from __future__ import annotations

import polars as pl

from reports.capacity.run_folder import CapacityRun
from reports.words.day_words import day_words
from reports.words.labels import Term
from reports.words.number_words import filled, number

BEGAN = Term(
    "Stato iniziale, preso dai file dello scenario: {orders:# ordine aperto|# ordini aperti}, {places:# appuntamento "
    "già preso|# appuntamenti già presi}.",
    "Opening state, taken from the scenario's files: {orders:# open order|# open orders}, {places:# appointment|# "
    "appointments} already made.",
)
WITH_BOOKED = Term(
    "Stato iniziale, preso dai file dello scenario: {orders:# ordine aperto|# ordini aperti}, di cui {booked} con un "
    "appuntamento, e "
    "{places:# appuntamento già preso|# appuntamenti già presi} di altri.",
    "Opening state, taken from the scenario's files: {orders:# open order|# open orders}, of which {booked} with an "
    "appointment, and "
    "{places:# appointment|# appointments} already made by others.",
)
BOOKED_ASSUMED = Term(
    "Quando gli ordini con un appuntamento l'abbiano preso non è scritto: è estratto fra gli istanti in cui per regola "
    "potevano, e come cliente.",
    "When the orders with an appointment made it is not written: it is drawn among the instants at which by the rules "
    "they can have, and as the customer's act.",
)
ASSUMED = Term(
    "Per ipotesi, prima dell'inizio nessuno degli{other} ordini aperti ha prenotato, rifiutato o annullato, i call "
    "centre cominciano con il periodo, e gli appuntamenti già presi si tengono. Gli ordini aperti occupano agenda e "
    "risorse ma non contano fra i ricevuti.",
    "It is assumed that nobody of the{other} open orders has booked, refused or cancelled before the start, that call "
    "centres begin with the horizon, and that appointments already made are kept. Open orders take slots and resources "
    "but do not count as received.",
)
WORKED_OFF = Term(
    "Metà degli ordini aperti è conclusa {half}, 95 su 100 {most}.",
    "Half of the open orders have ended by {half}, 95 in 100 by {most}.",
)
OTHER, NO_OTHER = Term(" altri", " other"), Term("", "")
BY = Term("entro {day}", "{day}")
NEVER = Term("non entro la simulazione", "no day of the run")
HALF, FEW = 0.5, 0.05  # of the orders, still under way


def backlog_sentences(run: CapacityRun) -> list[Term]:
    """What was open and taken when the run began; nothing where nothing was, or for a run from another time."""
    opening = run.about.get("opening")
    if not opening:
        return []
    booked = opening.get("booked", 0)
    counts = {name: number(opening.get(name, 0)) for name in ("orders", "booked", "places")}
    began = filled(WITH_BOOKED if booked else BEGAN, **counts)
    worked_off = _worked_off(run)
    assumed = [filled(ASSUMED, other=OTHER if booked else NO_OTHER), *([BOOKED_ASSUMED] if booked else [])]
    return [began, *([worked_off] if worked_off else []), *assumed]


def _worked_off(run: CapacityRun) -> Term | None:
    """By which day so many of the open orders have ended, as a mean over the replications; None if there was none."""
    hourly, orders = run.frames.get("hourly"), int(run.about["opening"]["orders"])
    if hourly is None or not orders:
        return None
    of_variant = hourly.filter(pl.col("variant") == run.variant)
    at_end_of_day = of_variant.group_by("replication", "day").agg(pl.col("opening_alive").last())
    left = at_end_of_day.group_by("day").agg(pl.col("opening_alive").sum()).sort("day")
    whole = orders * of_variant["replication"].n_unique()
    return filled(WORKED_OFF, half=_day(left, HALF * whole), most=_day(left, FEW * whole))


def _day(left: pl.DataFrame, most: float) -> Term:
    """The first day at whose last hour no more than so many are left."""
    days = left.filter(pl.col("opening_alive") <= most)["day"]
    return filled(BY, day=day_words(days[0])) if len(days) else NEVER
