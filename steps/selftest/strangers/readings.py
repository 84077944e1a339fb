"""Lawful strangers that read the text otherwise: every value of every reading that is not the default, declared."""

from __future__ import annotations

from steps.selftest.systems import LawfulStranger


def reads(name: str, does: str, **readings: object) -> LawfulStranger:
    """A system that behaves by these readings and says so."""
    return LawfulStranger(name, does, declares=readings)


SATURDAY_GRID = {
    "weekdays": ["mon", "tue", "wed", "thu", "fri", "sat"],
    "bands": ["08:00-12:00", "12:00-16:00", "16:00-20:00"],
}

HOURLY_GRID = {
    "weekdays": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
    "bands": [f"{hour:02d}:00-{hour + 1:02d}:00" for hour in range(7, 20)],
}

SHELF = (
    # open: the text is silent
    reads("two-hourly-sms", "SMS leave in runs every two hours", sms_cadence="two_hourly"),
    reads("files-at-once", "a row is deposited at once", csv_cadence="immediate"),
    reads("files-at-the-last-instant", "a row is deposited at its deadline", csv_cadence="latest"),
    reads("date-of-the-deposit", "the date of a row is that of its deposit", csv_date="deposit_day"),
    reads("a-file-an-order", "a file holds one order", csv_file="per_order"),
    reads("files-with-header-and-commas", "files have a header, commas and national numbers",
          csv_dialect={"separator": ",", "header": True, "phone_format": "national"}),
    reads("files-of-another-age", "files have bars, line feeds and another encoding",
          csv_dialect={"separator": "|", "line_end": "lf", "encoding": "cp1252"}),
    reads("files-of-a-spreadsheet", "files have tabs and a byte order mark",
          csv_dialect={"separator": "\t", "encoding": "utf-8-sig"}),
    reads("files-in-latin-1", "files are written in Latin-1, with a header",
          csv_dialect={"encoding": "iso-8859-1", "header": True}),
    reads("one-link-for-both", "both parties have the same link", link_identity="shared"),
    reads("tomorrow-is-the-earliest", "slots are offered from tomorrow on", earliest_slot="next_day"),
    reads("today-is-the-earliest", "slots are offered from now on", earliest_slot="any"),
    reads("ten-days-ahead", "slots are offered for ten days", offered_days=10),
    reads("slots-without-end", "slots are offered as far as anybody looks", offered_days="unlimited"),
    reads("reminders-at-seven", "reminders leave at 07:00 of the eve", reminder_time="07:00"),
    reads("reminders-at-six", "reminders leave at 18:00 of the eve", reminder_time="18:00"),
    reads("moves-untold", "a move brings no causal", reschedule_notice="none"),
    reads("two-moves", "an appointment can be moved twice", max_reschedules=2),
    reads("one-move", "an appointment can be moved once", max_reschedules=1),
    reads("refusals-told-at-the-end", "the causal of a refusal comes with the end of the term",
          refusal_notice="term_end"),
    reads("refusals-of-one", "a refusal by one party leaves the other free", refusal_final="no"),
    reads("refusals-of-one-told-at-the-end", "both of the two before",
          refusal_final="no", refusal_notice="term_end"),
    reads("winners-are-refused", "who won and asks again is told that it is booked", race_retry="reject"),
    reads("both-codes-refused", "an order with both codes is handed back", both_codes="reject"),
    reads("unknown-codes-refused", "an order with an unknown code is handed back", unknown_code="reject"),
    reads("ineligible-refused", "an order that the service does not admit is handed back", ineligible="reject"),
    reads("bad-numbers-refused", "an order with a bad number is handed back at once", bad_number="fail"),
    reads("suspended-until-booked", "the suspension ends with the booking", sla_resume="booking"),
    reads("suspended-until-visited", "the suspension ends with the visit", sla_resume="visit"),
    reads("engages-again", "a repeated CO or AC engages the customer again", reengage="yes"),
    reads("rows-of-cancelled-orders-dropped", "a cancellation takes back the row of an SMS that has left",
          cancelled_row="dropped"),
    # disputed: the text can be understood in two ways
    reads("saturdays-count", "Saturdays are working days", working_week="mon_sat"),
    reads("no-holidays", "no day is a holiday", holidays="none"),
    reads("a-patron-saint", "29 June is a holiday too", holidays=["national", "06-29"]),
    reads("first-day-counts", "the day of the SMS counts in any case", first_day="always"),
    reads("days-end-at-eight", "the third day ends at 20:00", day_end="20:00"),
    reads("days-end-at-six", "the third day ends at 18:00", day_end="18:00"),
    reads("sms-on-holidays", "SMS leave on holidays that are no Sunday", sms_on_holidays="yes"),
    reads("rolls-over-to-mondays", "the day after a Saturday is the Monday", csv_rollover="operating_day"),
    reads("first-causal-with-the-file", "the first causal goes with the file, to who has not booked by then",
          first_notice_unconditional="no"),
    reads("links-on-subdomains", "links lead below the registered domain", domain_match="subdomain"),
    reads("late-bookings", "a confirmation after the term is taken", late_booking="accept"),
    reads("sunday-reminders", "reminders of a Monday leave on Sunday", reminder_sunday="send"),
    reads("one-reminder", "a reminder is sent once, whatever moves after it", reminder_on_reschedule="once"),
    reads("six-sharp-is-late", "18:00 sharp is too late to move", cutoff_included="no"),
    reads("eight-sharp-is-closed", "no SMS leaves at 20:00 sharp", window_end_included="no"),
    reads("delivery-in-part", "a delivery code counts where contact is not disaggregated",
          delivery_scope="pdc_disaggregated"),
    reads("word-for-word", "the text word for word", first_day="always", sms_on_holidays="yes",
          link_identity="shared", reminder_sunday="send", reschedule_notice="none"),
    reads("another-grid", "technicians work on Saturdays, in bands of four hours", slot_grid=SATURDAY_GRID),
    reads("by-the-hour", "technicians work on every day, from seven to eight, in bands of an hour",
          slot_grid=HOURLY_GRID),
)  # fmt: skip
