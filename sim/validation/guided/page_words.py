"""What the pages of guided runs say that depends on no act, in Italian and English. Text only."""

from __future__ import annotations

from types import MappingProxyType

from reports.words.labels import Term
from sim.sandbox.pages.page_languages import Texts
from sim.validation.guided.words import ENDED, OVER, WAS_LEFT_OUT
from sim.validation.words import EXPECTED, MEND, OBSERVED, TO_DO

GUIDED_WORDS: Texts = MappingProxyType(
    {
        "guided": Term("Prova guidata", "Guided run"),
        "guided_lead": Term(
            "Il banco di prova fa da TIM, da rete e da clienti; tu fai l'operatore, con i tuoi sistemi o a mano. "
            "Un atto conta quando i fili l'hanno visto, e alla fine c'è il giudizio.",
            "The harness plays TIM, network and customers; you are the operator, with your systems or by hand. An act "
            "counts when the wires have seen it, and at the end it is judged.",
        ),
        "plan": Term("Piano", "Plan"),
        "own_plan": Term("Un piano tuo, in TOML", "A plan of your own, in TOML"),
        "endpoint_if_any": Term("Notifiche a (se c'è)", "Notifications to (if any)"),
        "project_codes": Term("Codici progetto (se altri)", "Project codes (if others)"),
        "delivery_codes": Term("Codici delivery (se altri)", "Delivery codes (if others)"),
        "begin": Term("Comincia", "Begin"),
        "begin_lead": Term(
            "Ogni prova ha un mondo suo, con l'orologio fermo al giorno che il piano dice.",
            "Each run has a world of its own, with its clock at the day that the plan says.",
        ),
        "runs": Term("Prove", "Runs"),
        "run_is_over": Term("chiusa", "ended"),
        "of_plan": Term("{operator}, piano {plan}", "{operator}, plan {plan}"),
        "run_ended": ENDED,
        "all_done": OVER,
        "then_to_do": Term("Poi:", "Then:"),
        "after_it": Term("Quando è fatto:", "When it is done:"),
        "waits": Term(
            "Si aspetta: la pagina va avanti da sé quando è successo.",
            "It waits: the page goes on by itself when it has happened.",
        ),
        "go_on": Term("Avanti", "Go on"),
        "go_on_anyway": Term("Avanti lo stesso", "Go on anyway"),
        "anyway_lead": Term(
            "Quello che tocca a te resta non fatto (un ordine lo invia per te il banco di prova).",
            "What is yours stays undone (an order is handed in for you by the harness).",
        ),
        "acts_done": Term("Atto {number} di {count}", "Act {number} of {count}"),
        "acts": Term("Gli atti", "The acts"),
        "act_left_out": WAS_LEFT_OUT,
        "send_order_here": Term("invia l'ordine dalla sala di controllo", "hand the order in from the control room"),
        "room_here": Term("Sala di controllo di questo mondo", "Control room of this world"),
        "credentials": Term("Chiave, SFTP e codici", "Key, SFTP and codes"),
        "end": Term("Chiudi e giudica", "End and judge"),
        "end_lead": Term("Quello che succede dopo non è giudicato.", "What happens later is not judged."),
        "ask_guided_end": Term(
            "Chiudere la prova? Atti ancora da fare: {left}.", "End the run? Acts still to come: {left}."
        ),
        "yes_guided_end": Term("Sì, chiudi", "Yes, end it"),
        "ask_guided_go_on": Term(
            "Non è ancora successo: {act}. Andare avanti lo stesso?", "It has not happened yet: {act}. Go on anyway?"
        ),
        "yes_guided_go_on": Term("Sì, avanti", "Yes, go on"),
        "notes": Term("Note e immagini", "Notes and pictures"),
        "notes_lead": Term(
            "Per le regole che nessun filo mostra. Stanno nel rapporto, sotto il suo sigillo.",
            "For rules that no wire shows. They stand in the report, under its seal.",
        ),
        "rule": Term("Regola", "Rule"),
        "note": Term("Nota", "Note"),
        "picture": Term("Immagine (PNG o JPEG)", "Picture (PNG or JPEG)"),
        "keep": Term("Aggiungi", "Add"),
        "no_notes": Term("Ancora nessuna nota.", "No notes yet."),
        "judgement": Term("Il giudizio", "The judgement"),
        "report": Term("Scarica il rapporto sigillato", "Download the sealed report"),
        "harness_kept": Term(
            "il banco di prova stesso: {good} regole su {all} rispettate",
            "the harness itself: {good} of {all} rules kept",
        ),
        "mend": MEND,
        "expected": EXPECTED,
        "observed": OBSERVED,
        "no_occasion": TO_DO,
        "verify_lead": Term("Il sigillo si controlla con", "The seal is checked with"),
    }
)
