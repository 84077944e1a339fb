"""What gives way first, in words and as bars: the load of each resource as a share of what it can do.

What lives here: sentences and one figure about the bottlenecks that a run names. It must not measure any load itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from reports.capacity.canvas import Canvas, Scale, rounded_up, ticks
from reports.capacity.figure import Cell, Figure, Table
from reports.capacity.figures.backlog import backlog_sentences
from reports.capacity.figures.grid import best_variant, grid_facts, grid_of
from reports.capacity.figures.lead_parts import full_sentences
from reports.capacity.figures.plan import binding_sentence
from reports.capacity.figures.warm_up import warm_up_warning
from reports.capacity.figures.weeks import late_fact
from reports.capacity.run_folder import CapacityRun
from reports.words.labels import Term, same
from reports.words.masking import printable
from reports.words.number_words import amount, filled, number, percent

RESOURCES: Mapping[str, Term] = {
    "technicians": Term("i tecnici di {place}", "technicians of {place}"),
    "sms_gateway": Term("il gateway SMS", "the SMS gateway"),
    "notifications": Term("le connessioni verso gli operatori", "connections to the operators"),
    "call_centre": Term("il call centre di {place}", "the call centre of {place}"),
}
MEASURED_AS: Mapping[str, Term] = {
    "technicians": Term("visite sui posti offerti", "visits over slots offered"),
    "sms_gateway": Term(
        "SMS consegnati nell'ora più carica, su quelli che invia in un'ora",
        "SMS handed over in the busiest hour, over what it sends in an hour",
    ),
    "notifications": Term(
        "notifiche nell'ora più carica, su quelle che recapita in un'ora",
        "notifications in the busiest hour, over what it delivers in an hour",
    ),
    "call_centre": Term(
        "telefonate richieste nei giorni misurati, su quelle che gli addetti possono fare",
        "calls asked for on measured days, over what the agents can make",
    ),
}
TITLE = Term("La risorsa più tirata: {name}, {load}", "The tightest resource: {name}, {load}")
TITLE_UNSURE = Term(
    "Le risorse più tirate: {name}, {load}, e altre che non se ne distinguono",
    "The tightest resources: {name}, {load}, and others that cannot be told from it",
)
NOTE = Term(
    "Carico di ogni risorsa come quota di quanto può fare: i tecnici e i call centre su tutti i giorni misurati, il "
    "gateway e le connessioni nell'ora più carica. Medie sulle repliche.",
    "Load of each resource as a share of what it can do: technicians and call centres over all measured days, the "
    "gateway and the connections in their busiest hour. Means over replications.",
)
MOST_SHOWN, ROW, MOST_LOAD = 8, 32, 1.5

CONDITIONAL = Term(
    "Gli arrivi sono quelli registrati, gli stessi in ogni replica: gli intervalli valgono per questi arrivi. "
    'Con resample = "weeks" ogni replica estrae le sue settimane.',
    "Arrivals are the recorded ones, the same in every replication: the intervals hold for these arrivals. "
    'With resample = "weeks" each replication draws its weeks.',
)
QUEUE = Term(
    "Nel gateway SMS si forma una coda di {backlog}: l'SMS più lento esce dopo {delay}. "
    "Nell'ora più carica riceve {load} di quanto può inviare.",
    "A queue of {backlog} forms in the SMS gateway: the slowest SMS leaves after {delay}. "
    "In its busiest hour it is handed {load} of what it can send.",
)
NO_QUEUE = Term(
    "Il gateway SMS invia senza code: nell'ora più carica riceve {load} di quanto può inviare.",
    "The SMS gateway sends without a queue: in its busiest hour it is handed {load} of what it can send.",
)
SHORT_QUEUE = Term(
    "Il gateway SMS smaltisce ogni coda prima della fine del minuto: l'SMS più lento esce dopo {delay}. Nell'ora più "
    "carica riceve {load} di quanto può inviare.",
    "The SMS gateway clears every queue before the minute ends: the slowest SMS leaves after {delay}. In its busiest "
    "hour it is handed {load} of what it can send.",
)
TECHNICIANS = Term(
    "I tecnici più impegnati sono quelli di {place}: {load} dei loro posti ha una visita. Per allargare: {parameter}.",
    "The busiest technicians are those of {place}: {load} of their slots hold a visit. To widen: {parameter}.",
)
TECHNICIANS_UNSURE = Term(
    "Fra i tecnici più impegnati quelli di {place}: {load} dei loro posti ha una visita; gli intervalli non bastano a "
    "dire quali lo sono di più. Per allargare: {parameter}.",
    "Among the busiest technicians are those of {place}: {load} of their slots hold a visit; intervals do not suffice "
    "to say which are the busiest. To widen: {parameter}.",
)
TECHNICIANS_ALONE = Term(
    "I tecnici: {load} dei loro posti ha una visita. Per allargare: {parameter}.",
    "The technicians: {load} of their slots hold a visit. To widen: {parameter}.",
)
NO_SLOT = Term(
    "Ha guardato l'agenda senza trovarvi un posto libero {share} degli ordini.",
    "{share} of the orders looked at the agenda and found no free slot.",
)
ALL_FOUND = Term(
    "Nessun ordine ha trovato l'agenda senza posti liberi.",
    "No order found the agenda without a free slot.",
)
NEXT = Term(
    "Con questo valore la risorsa più tirata è: {name}, {load}.",
    "With this value the tightest resource is: {name}, {load}.",
)
NEXT_UNSURE = Term(
    "Con questo valore fra le risorse più tirate: {name}, {load}.",
    "With this value among the tightest resources: {name}, {load}.",
)
NOTIFICATIONS = Term(
    "Le notifiche arrivano a {peak} in un secondo; 95 su 100 attendono meno di {wait}.",
    "Notifications peak at {peak} in a second; 95 in 100 wait less than {wait}.",
)


def limit_sentences(run: CapacityRun) -> list[Term]:
    """What a planner should know first, each as a sentence; of a sweep nothing, as each variant has its own."""
    if (grid := grid_of(run)) is not None:
        best = best_variant(grid)
        return [*grid_facts(run, grid), *(_next_limit_of(run.of_variant(best)) if best else [])]
    if run.is_overview:
        return []
    warned = [warning] if (warning := warm_up_warning(run)) else []
    warned += [CONDITIONAL] if run.is_conditional else []
    warned += backlog_sentences(run)
    if run.plan is not None and not run.shown:
        binding = binding_sentence(run, run.plan)
        return [*([binding] if binding else _next_limit(run, run.plan.get("bottleneck"))), *warned]
    by_resource: dict[str, Mapping[str, Any]] = {}
    for load in run.bottlenecks:
        by_resource.setdefault(str(load["resource"]), load)
    technicians = [late_fact(run), _technicians(run), *full_sentences(run), _no_slot(run)]
    sentences = [*technicians, _gateway(run, by_resource), _notifications(run)]
    return [*(sentence for sentence in sentences if sentence), *warned]


def _next_limit_of(run: CapacityRun) -> list[Term]:
    """The tightest resource of the variant shown."""
    return _next_limit(run, run.bottlenecks[0]) if run.bottlenecks else []


def _next_limit(run: CapacityRun, load: Mapping[str, Any] | None) -> list[Term]:
    if load is None:
        return []
    pattern = NEXT if is_surely_tightest(run.bottlenecks) else NEXT_UNSURE
    return [filled(pattern, name=resource_name(run, load), load=percent(load["load"], 0))]


def is_surely_tightest(loads: Sequence[Mapping[str, Any]]) -> bool:
    """Whether the first of some loads is surely above the others: its interval lies above theirs."""
    if not loads or loads[0].get("low") is None:
        return False
    return all(load.get("high") is not None and load["high"] < loads[0]["low"] for load in loads[1:])


def _technicians(run: CapacityRun) -> Term | None:
    technicians = [load for load in run.bottlenecks if load["resource"] == "technicians"]
    if not technicians:
        return None
    pattern = TECHNICIANS if is_surely_tightest(technicians) else TECHNICIANS_UNSURE
    if len(technicians) == 1:
        pattern = TECHNICIANS_ALONE
    place, parameter = _title(run, technicians[0]), printable(str(technicians[0]["parameter"]))
    return filled(pattern, place=place, load=percent(technicians[0]["load"], 0), parameter=parameter)


def _no_slot(run: CapacityRun) -> Term | None:
    share = run.kpi("share_no_slot")
    if share is None:
        return None
    return filled(NO_SLOT, share=percent(share.mean)) if share.mean > 0 else ALL_FOUND


def _gateway(run: CapacityRun, loads: Mapping[str, Mapping[str, Any]]) -> Term | None:
    gateway, backlog, delay = loads.get("sms_gateway"), run.kpi("sms_backlog_peak"), run.kpi("sms_delay_peak_minutes")
    if gateway is None or backlog is None or delay is None:
        return None
    load = percent(gateway["load"], 0)
    longest = amount(delay.mean, delay.unit)
    if delay.mean == 0:
        return filled(NO_QUEUE, load=load)
    if backlog.mean < 1:
        return filled(SHORT_QUEUE, load=load, delay=longest)
    return filled(QUEUE, load=load, backlog=amount(backlog.mean, "sms"), delay=longest)


def _notifications(run: CapacityRun) -> Term | None:
    peak, wait = run.kpi("notifications_per_second_peak"), run.kpi("p95_notification_wait_seconds")
    if peak is None or wait is None:
        return None
    return filled(NOTIFICATIONS, peak=number(peak.mean), wait=amount(wait.mean, wait.unit))


def resource_name(run: CapacityRun, load: Mapping[str, Any]) -> Term:
    """A resource as people call it."""
    resource = str(load["resource"])
    return filled(RESOURCES.get(resource, same(resource)), place=_title(run, load))


def _title(run: CapacityRun, load: Mapping[str, Any]) -> str:
    name = str(load.get("territory") or "")
    return run.territory_titles.get(name, printable(name))


def limits_figure(run: CapacityRun) -> Figure | None:
    """Bars of the tightest resources; the line is where a resource can do no more."""
    loads = run.bottlenecks
    if not loads:
        return None
    resources_shown: set[str] = set()
    loads_shown: list[Mapping[str, Any]] = []
    for load in loads:  # the tightest of all, and the tightest of each kind
        if len(loads_shown) < MOST_SHOWN - 2 or load["resource"] not in resources_shown:
            loads_shown.append(load)
        resources_shown.add(load["resource"])
    rows = [(resource_name(run, load), float(load["load"]), str(load["resource"])) for load in loads_shown]
    return Figure(
        "limits",
        filled(TITLE if is_surely_tightest(loads) else TITLE_UNSURE, name=rows[0][0], load=percent(rows[0][1], 0)),
        NOTE,
        (len(rows) * ROW + 24, len(rows) * (ROW + 14) + 24),
        lambda canvas: _draw(canvas, rows),
        [_table(run, loads)],
    )


def _draw(canvas: Canvas, rows: Sequence[tuple[Term, float, str]]) -> None:
    left = 0 if canvas.is_narrow else 270
    height = ROW + 14 if canvas.is_narrow else ROW
    across = Scale(0, min(MOST_LOAD, rounded_up(max(1.0, *(load for _, load, _ in rows)))), left, canvas.width - 70)
    bottom = canvas.height - 20
    for mark in ticks(0, across.high, 4):
        canvas.line(across(mark), 0, across(mark), bottom, "grid")
        canvas.text(across(mark), bottom + 16, percent(mark, 0), "tick mid" if mark else "tick")
    for place, (name, load, resource) in enumerate(rows):
        top = place * height + (20 if canvas.is_narrow else 6)
        if canvas.is_narrow:
            canvas.text(0, top - 5, name, "lab")
        else:
            canvas.text(left - 12, top + 14, name, "lab end")
        pattern = Term("{name}: {load}, {what}", "{name}: {load}, {what}")
        what = MEASURED_AS.get(resource, Term("", ""))
        tip = filled(pattern, name=name, load=percent(load), what=what)
        end = across(min(load, across.high))
        canvas.rect(across(0), top, max(end - across(0), 1), 18, "fill over" if load > 1 else "fill s1", tip)
        arrow = " →" if load > across.high else ""
        said_load = percent(load, 0)
        canvas.text(end + 6, top + 14, Term(said_load.it + arrow, said_load.en + arrow), "lab halo")
    canvas.line(across(1), 0, across(1), bottom, "mark")


def _table(run: CapacityRun, loads: Sequence[Mapping[str, Any]]) -> Table:
    head: list[Cell] = [
        Term("Risorsa", "Resource"),
        Term("Carico", "Load"),
        Term("Misurato come", "Measured as"),
        Term("Parametro che la allarga", "Parameter that widens it"),
    ]
    rows: list[list[Cell]] = [
        [
            resource_name(run, load),
            percent(load["load"]),
            MEASURED_AS.get(str(load["resource"]), Term(str(load["measured_as"]), str(load["measured_as"]))),
            printable(str(load["parameter"])),
        ]
        for load in loads
    ]
    return Table(head, rows)
