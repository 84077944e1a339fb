"""What the pages of guided runs say that depends on no act, in Italian and English. Text only."""

from __future__ import annotations

from types import MappingProxyType

from sim.sandbox.pages.page_languages import Texts, in_both
from sim.validation.guided.words import ENDED, OVER
from sim.validation.words import EXPECTED, MEND, OBSERVED, TO_DO

GUIDED_WORDS: Texts = MappingProxyType(
    {
        "guided": in_both("Prova guidata", "Guided run"),
        "guided_lead": in_both(
            "Il banco di prova fa da TIM, da rete e da clienti; tu fai l'operatore, con i tuoi sistemi o a mano. "
            "Un atto conta quando i fili l'hanno visto, e alla fine c'è il giudizio.",
            "The harness plays TIM, network and customers; you are the operator, with your systems or by hand. An act "
            "counts when the wires have seen it, and at the end it is judged.",
        ),
        "plan": in_both("Piano", "Plan"),
        "own_plan": in_both("Un piano tuo, in TOML", "A plan of your own, in TOML"),
        "endpoint_if_any": in_both("Notifiche a (se c'è)", "Notifications to (if any)"),
        "project_codes": in_both("Codici progetto (se altri)", "Project codes (if others)"),
        "delivery_codes": in_both("Codici delivery (se altri)", "Delivery codes (if others)"),
        "begin": in_both("Comincia", "Begin"),
        "begin_lead": in_both(
            "Ogni prova ha un mondo suo, con l'orologio fermo al giorno che il piano dice.",
            "Each run has a world of its own, with its clock at the day that the plan says.",
        ),
        "runs": in_both("Prove", "Runs"),
        "run_is_over": in_both("chiusa", "ended"),
        "of_plan": in_both("{operator}, piano {plan}", "{operator}, plan {plan}"),
        "run_ended": in_both(ENDED.it, ENDED.en),
        "all_done": in_both(OVER.it, OVER.en),
        "then_to_do": in_both("Poi:", "Then:"),
        "after_it": in_both("Quando è fatto:", "When it is done:"),
        "waits": in_both(
            "Si aspetta: la pagina va avanti da sé quando è successo.",
            "It waits: the page goes on by itself when it has happened.",
        ),
        "go_on": in_both("Avanti", "Go on"),
        "go_on_anyway": in_both("Avanti lo stesso", "Go on anyway"),
        "anyway_lead": in_both(
            "Quello che tocca a te resta non fatto (un ordine lo invia per te il banco di prova).",
            "What is yours stays undone (an order is handed in for you by the harness).",
        ),
        "acts_done": in_both("Atto {number} di {count}", "Act {number} of {count}"),
        "acts": in_both("Gli atti", "The acts"),
        "act_left_out": in_both("lasciato", "left out"),
        "send_order_here": in_both("invia l'ordine dalla sala di controllo", "hand the order in from the control room"),
        "room_here": in_both("Sala di controllo di questo mondo", "Control room of this world"),
        "credentials": in_both("Chiave, SFTP e codici", "Key, SFTP and codes"),
        "end": in_both("Chiudi e giudica", "End and judge"),
        "end_lead": in_both("Quello che succede dopo non è giudicato.", "What happens later is not judged."),
        "ask_guided_end": in_both(
            "Chiudere la prova? Atti ancora da fare: {left}.", "End the run? Acts still to come: {left}."
        ),
        "yes_guided_end": in_both("Sì, chiudi", "Yes, end it"),
        "ask_guided_go_on": in_both(
            "Non è ancora successo: {act}. Andare avanti lo stesso?", "It has not happened yet: {act}. Go on anyway?"
        ),
        "yes_guided_go_on": in_both("Sì, avanti", "Yes, go on"),
        "notes": in_both("Note e immagini", "Notes and pictures"),
        "notes_lead": in_both(
            "Per le regole che nessun filo mostra. Stanno nel rapporto, sotto il suo sigillo.",
            "For rules that no wire shows. They stand in the report, under its seal.",
        ),
        "rule": in_both("Regola", "Rule"),
        "note": in_both("Nota", "Note"),
        "picture": in_both("Immagine (PNG o JPEG)", "Picture (PNG or JPEG)"),
        "keep": in_both("Aggiungi", "Add"),
        "no_notes": in_both("Ancora nessuna nota.", "No notes yet."),
        "judgement": in_both("Il giudizio", "The judgement"),
        "report": in_both("Scarica il rapporto sigillato", "Download the sealed report"),
        "harness_kept": in_both(
            "il banco di prova stesso: {good} regole su {all} rispettate",
            "the harness itself: {good} of {all} rules kept",
        ),
        "mend": in_both(*MEND),
        "expected": in_both(*EXPECTED),
        "observed": in_both(*OBSERVED),
        "no_occasion": in_both(*TO_DO),
        "verify_lead": in_both("Il sigillo si controlla con", "The seal is checked with"),
    }
)
