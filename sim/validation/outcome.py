"""The outcome of a validation: a verdict for each rule of the operator in scope, and who has to mend what.

Only the operator's rules count. The harness's own rules must hold too: where one does not, the harness is to blame. A
rule without an occasion is undecided, and the outcome says what the operator would have to do. Pure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reports.judging.exit_status import CONFORMANT, FAILED, HARNESS_FAULT, UNDECIDED
from reports.judging.verdicts import Finding, RuleVerdict, Verdicts
from reports.words.labels import LANGUAGES, Term
from reports.words.messages import Text, words_of
from sim.sandbox.world.outbox import NOT_REACHED

OPERATOR, CONFIGURATION, ENVIRONMENT = "operator", "configuration", "environment"
HARNESS, SPECIFICATION = "harness", "specification"
ALL_GOOD = frozenset({"PASS", "WARNING", "NOT_EXERCISED", "NOT_APPLICABLE"})
UNDECIDED_VERDICTS = frozenset({"INCONCLUSIVE", "AMBIGUOUS", "NOT_EXERCISED"})

# What the operator would have to do so that a rule has an occasion.
TO_DO: Mapping[str, Term] = {
    "OP-1": Term("invia un ordine con il tuo codice", "hand in an order with your own code"),
    "OP-2": Term("rispondi 2xx alle notifiche al tuo indirizzo", "answer notifications at your endpoint with 2xx"),
    "OP-3": Term("preleva un file CSV dalla tua cartella SFTP", "fetch a CSV file from your SFTP folder"),
    "OP-4": Term("fissa un appuntamento dal link di una riga", "book an appointment from the link in a row"),
    "OP-5": Term(
        "prova a fissare dopo aver guardato: il cliente arriva prima", "look, then book: the customer is first"
    ),
    "OP-6": Term("sposta un appuntamento fissato", "move an appointment that is booked"),
    "OP-7": Term("prendi in carico una W24 o una Z36", "take a W24 or Z36 over"),
    "OP-8": Term("prendi in carico una notifica tardiva o doppia", "take over a notification that is late or doubled"),
    "OP-9": Term(
        "ricevi notifiche non autentiche: serve un indirizzo", "receive false notifications: have an endpoint"
    ),
    "OP-10": Term("preleva i file e fissa per qualche riga", "fetch the files and book for some rows"),
    "OP-11": Term("usa un link mentre l'Agente Virtuale limita", "use a link while the Virtual Agent limits requests"),
}
# What mends a rule that is broken.
MENDS_OF_RULES: Mapping[str, Term] = {
    "OP-1": Term(
        "scrivi un solo codice, il tuo; sui disaggregati il codice progetto",
        "write one code, your own; the project code on disaggregated orders",
    ),
    "OP-2": Term(
        "rispondi 2xx in tempo, e riconosci le copie dal membro notification",
        "answer 2xx in time, and know copies by the member notification",
    ),
    "OP-3": Term(
        "preleva tutti e soli i nomi APPDIG_…_….csv della cartella, prima della fine del termine;"
        " ogni prova riusa i nomi: azzera ciò che ricordi della precedente",
        "fetch all names APPDIG_…_….csv in the folder and no others, before the term ends;"
        " each run uses the same names: reset what you remember of the run before",
    ),
    "OP-4": Term(
        "fissa dal link della riga, prima della Z36 o W24", "book through the link of the row, before Z36 or W24"
    ),
    "OP-5": Term(
        "dopo already_booked tieni la fascia del cliente e fermati",
        "after already_booked keep the customer's slot and stop",
    ),
    "OP-6": Term("dopo cutoff_passed non riprovare", "do not try again after cutoff_passed"),
    "OP-7": Term("dopo W24 o Z36 non usare più il link", "use the link no more after W24 or Z36"),
    "OP-8": Term(
        "ordina per il membro at, non per arrivo; preleva anche i file dell'ultimo istante",
        "order by the member at, not by arrival; fetch files of the last instant too",
    ),
    "OP-9": Term(
        "verifica firma e orario (5 minuti), e scarta gli id già visti; 401 a ciò che è falso",
        "verify signature and time (5 minutes), drop ids seen before; answer 401 to what is false",
    ),
    "OP-10": Term(
        "leggi ogni riga, date gg/mm/aaaa, e fa' qualcosa di ciascuna",
        "read every row, dates dd/mm/yyyy, and do something about each",
    ),
    "OP-11": Term("aspetta i secondi di Retry-After", "wait the seconds of Retry-After"),
}
# How what an undecided delivery says becomes a blame, and the mend of each: the first that fits.
MENDS: Sequence[tuple[str, str, Term]] = (
    (
        "no endpoint",
        CONFIGURATION,
        Term(
            "dì endpoint nel file --operator, o all'inizio della prova guidata",
            "say endpoint in the --operator file, or when a guided run begins",
        ),
    ),
    (
        "not allowed",
        CONFIGURATION,
        Term("serve un indirizzo chiamabile da qui", "use an address to be called from here"),
    ),
    (
        "ostname mismatch",
        CONFIGURATION,
        Term("dì in endpoint un nome del certificato", "name the host as its certificate does"),
    ),
    (
        "IP address mismatch",
        CONFIGURATION,
        Term("dì in endpoint un nome del certificato", "name the host as its certificate does"),
    ),
    ("expired", CONFIGURATION, Term("rinnova il certificato", "renew the certificate")),
    ("certificate", CONFIGURATION, Term("serve un certificato riconosciuto", "use a certificate that is trusted here")),
    ("no TLS", CONFIGURATION, Term("usa http, o una porta che parla TLS", "use http, or a port that speaks TLS")),
    (
        "is not known",
        ENVIRONMENT,
        Term("correggi il nome in endpoint, o il DNS", "mend the host in endpoint, or the DNS"),
    ),
    ("refused", ENVIRONMENT, Term("avvia il tuo sistema a quella porta", "start your system at that port")),
    (NOT_REACHED, ENVIRONMENT, Term("apri la rete verso il tuo sistema", "open the network to your system")),
)


@dataclass(frozen=True, slots=True)
class Blamed:
    """A finding with who is to mend it, and how where that is known."""

    rule: str
    verdict: str
    blame: str
    subject: str
    expected: str | Term
    observed: str | Term
    mend: Term | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """The operator's rules in scope, and what the harness found about itself."""

    rules: tuple[RuleVerdict, ...]
    findings: tuple[Blamed, ...]
    harness: tuple[RuleVerdict, ...]

    @property
    def harness_good(self) -> int:
        """How many of its own rules the harness kept."""
        return sum(ruling.verdict in ALL_GOOD for ruling in self.harness)

    @property
    def exit_status(self) -> int:
        """Of the command: a broken rule counts before anything undecided, a fault of the harness before both."""
        if self.harness_good < len(self.harness):
            return HARNESS_FAULT
        verdicts = {ruling.verdict for ruling in self.rules}
        if "ERROR" in verdicts:
            return HARNESS_FAULT
        return FAILED if "FAIL" in verdicts else UNDECIDED if verdicts & UNDECIDED_VERDICTS else CONFORMANT

    def members(self) -> dict[str, Any]:
        """As plain data, for programs; what people are told of a finding stands in it in both languages."""
        return {
            "rules": [ruling.members() for ruling in self.rules],
            "findings": [
                {
                    "rule": finding.rule, "verdict": finding.verdict, "blame": finding.blame,
                    "subject": finding.subject,
                    "expected": _english(finding.expected), "observed": _english(finding.observed),
                    **({"mend": finding.mend.en} if finding.mend else {}),
                    **{language: _in_short(finding, language) for language in LANGUAGES},
                }
                for finding in self.findings
            ],
            "harness": {ruling.rule: ruling.verdict for ruling in self.harness},
        }  # fmt: skip


def _in_short(finding: Blamed, language: str) -> str:
    """What was seen, or what is to be done where nothing was."""
    return in_words(finding.observed, language) or (finding.mend.in_language(language) if finding.mend else "")


def _english(words: str | Term) -> str:
    return words.en if isinstance(words, Term) else str(words)


def in_words(text: str | Term, language: str) -> str:
    """What a finding says, in a language where its message is known."""
    if isinstance(text, Term):
        return text.in_language(language)
    record = {"text": str(text), "messages": {"text": text.members()} if isinstance(text, Text) else {}}
    return words_of(record, "text").in_language(language)


def outcome_of(verdicts: Verdicts, scope: Sequence[str], warnings: Sequence[Blamed] = ()) -> Outcome:
    """The outcome of a run: the rules in scope, each finding with its blame, and the harness's own rules.

    `warnings` name what was left undone; they change no verdict.
    """
    rules = tuple(ruling for ruling in verdicts.rules if ruling.rule in scope)
    harness_rules = tuple(ruling for ruling in verdicts.rules if not ruling.rule.startswith("OP-"))
    findings = tuple(blamed for ruling in rules for blamed in _blamed(ruling))
    harness_findings = (
        Blamed(ruling.rule, finding.verdict, HARNESS, finding.subject, finding.expected, finding.observed)
        for ruling in harness_rules
        if ruling.verdict not in ALL_GOOD
        for finding in ruling.findings
    )
    return Outcome(rules, (*findings, *warnings, *harness_findings), harness_rules)


def _blamed(ruling: RuleVerdict) -> Iterator[Blamed]:
    if ruling.verdict == "NOT_EXERCISED":
        yield Blamed(ruling.rule, ruling.verdict, OPERATOR, "", "", "", TO_DO[ruling.rule])
    for finding in ruling.findings:
        blame, mend = _blame_of(ruling.rule, finding)
        yield Blamed(ruling.rule, finding.verdict, blame, finding.subject, finding.expected, finding.observed, mend)


def _blame_of(rule: str, finding: Finding) -> tuple[str, Term | None]:
    if finding.verdict == "ERROR":
        return HARNESS, None
    if finding.verdict == "AMBIGUOUS":
        return SPECIFICATION, None
    if finding.verdict == "INCONCLUSIVE":
        observed = str(finding.observed)
        return next(((blame, mend) for sign, blame, mend in MENDS if sign in observed), (ENVIRONMENT, None))
    return OPERATOR, MENDS_OF_RULES[rule]
