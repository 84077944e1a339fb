"""How the cohort engine lays out its arrays: what each column, register and code of the ordered loop stands for.

Plain numbers, because the loop is compiled with them. Nothing happens here. Instants and durations are milliseconds;
-1 stands for "none" wherever an instant, a slot or an order can be missing.
"""

from __future__ import annotations

NONE = -1

# An order under way: a row of the table of orders. What most events look at comes first: it is fetched together.
(
    STATE,
    PENDING,  # events that name it, and its row while it is owed
    FORGOTTEN,
    REMINDERS,
    ATTEMPTS,
    AWAITED,  # the first of seven, by wake-up in the order of WAKE_UPS
    AWAITED_2,
    AWAITED_3,
    AWAITED_4,
    AWAITED_5,
    AWAITED_6,
    AWAITED_7,
    CLOSES_AT,
    SLOT,
    TERRITORY,
    COHORT,  # row of the day's counts, NONE if the day is not measured
    SAMPLED,
    OPERATOR,
    NOTICES,
    LATENCY,  # the first of four
    LATENCY_2,
    LATENCY_3,
    LATENCY_4,
    IN_SERVICE,
    NEXT,  # the next row of a deposit run, or the next free place of the table
    CALL_ATTEMPT,  # which attempt was asked for
    CALL_SINCE,  # when it joined the queue
    CALL_NEXT,  # who is behind it in the queue
    REACHED_AT_ATTEMPT,
    REFUSES_ON_CALL,
    BEHAVIOUR,
    ANSWER,  # how long it takes; of an order that had booked before the run, the instant at which it did, below 0
    WISH_DAYS,
    WISH_BAND,
    SESSION,
    RESCHEDULES_ONCE,
    CANCELS_AFTER,
    DECLINED,  # a bit for each channel
    FOUND_NO_SLOT,
    RECEIVED,
    SMS_AT,
    RUN_AT,  # as tabulated: the deposit run of that SMS
    TERM_AT,  # as tabulated: when the term of that SMS is over
    SUSPENDED_AT,
    RESUMED_AT,
    BOOKED_AT,
    RESCHEDULES,
    MOVE_DAYS,
    ENGAGE_AT,  # as tabulated: when the engagement SMS may leave
    ATTEMPT_2,  # as tabulated: telephone attempts of the ordinary process
    ATTEMPT_3,
    ACTS_AT,
    LINE_READY,
    DAY,  # civil day of reception
    INDEX,  # place in that day
    SERVICE,
    RUN_ROWS,  # of the first row of a run: how many there are
    LOOKED_AT,  # when somebody first looked for a slot
    WISHED_AT,  # when the slot begins that they would have had, had nobody else booked
    WISHED_WEEKDAY,
    ADDED,  # by which the slots that they had were later than those that they wished
    ACTED_BY,  # which channel came first to act
    REFUSED_AT,
    CALLS,  # made
    VISITS_IN_VAIN,  # still to come
    NEXT_SLOT,  # of the visit after one in vain
) = range(66)
ORDER_FIELDS = 66
# The fields that an order brings when it comes, in the order of a day's rows; its other fields begin as NONE or 0.
COMING = (
    *(RECEIVED, LINE_READY, STATE, IN_SERVICE, OPERATOR, SERVICE, TERRITORY, DAY, INDEX, COHORT, SAMPLED),
    *(BEHAVIOUR, ANSWER, WISH_DAYS, WISH_BAND, SESSION, REACHED_AT_ATTEMPT, REFUSES_ON_CALL, RESCHEDULES_ONCE),
    *(MOVE_DAYS, VISITS_IN_VAIN, CANCELS_AFTER, LATENCY, LATENCY_2, LATENCY_3, LATENCY_4),
    *(ENGAGE_AT, RUN_AT, TERM_AT, ATTEMPT_2, ATTEMPT_3),
)
PLACES = {field: place for place, field in enumerate(COMING)}
COMING_RECEIVED = 0
BEGIN_AS_0 = (
    *(RESCHEDULES, REMINDERS, ATTEMPTS, DECLINED, NOTICES, CALL_ATTEMPT, FOUND_NO_SLOT, PENDING, FORGOTTEN),
    *(RUN_ROWS, ADDED, CALLS),
)

# An event that is promised: one word of when in its five minutes it comes, its kind and its subject. Those of the same
# five minutes lie together, in blocks: the block before, how many there are, then the events in the order of asking.
BEFORE, FILLED, FIRST_IN_BLOCK = range(3)
BLOCK_FIELDS = 16
KIND_BITS, SUBJECT_BITS = 4, 40
DIGIT_BITS, DIGITS = 10, 1 << 10  # by which they are sorted: twice ten bits hold the milliseconds of five minutes

# Kinds of event: the wake-ups of the service, in the order of WAKE_UPS in `life_tables`, then what people do.
ENGAGE, FIRST_NOTICE, TERM_END, REFUSAL_STANDS, REMIND, VISIT, ATTEMPT = range(7)
LINE_IS_READY, CUSTOMER_ACTS, CUSTOMER_REACHED, CUSTOMER_MOVES, OPERATOR_CANCELS, CALL_IS_DUE, VISIT_AGAIN = range(
    7, 14
)
DEPOSIT, AGENT_IS_FREE = range(14, 16)  # from here on the subject is no order under way: first row, operator

# Happenings: rows of the table of programs.
WAKE_UP_COUNT = 7  # the wake-ups, by the same numbers
HAPPENS_LINE_READY, HAPPENS_CONFIRM, HAPPENS_RESCHEDULE, HAPPENS_DECLINE_ONE_PARTY = range(7, 11)
HAPPENS_DECLINE, HAPPENS_DECLINE_UNTIL_TERM, HAPPENS_CANCEL = range(11, 14)
HAPPENINGS = 14
# What of an order decides between the programs of one happening.
VARIANTS = 12  # first notice awaited (1), reminded before (2), telephone attempts (4, 8)

# What happens to an order at once; the argument of the first three is a wake-up.
(
    END_OF_PROGRAM,
    CLEAR,
    SET_TABULATED,
    SET_TERM,
    SET_REMINDER,
    SET_VISIT,
    SET_SMS,
    SET_SLOT,
    COUNT_RESCHEDULE,
    COUNT_REMINDER,
    COUNT_ATTEMPT,
    DECLINE_BY,
    BECOME,
) = range(13)
# What is then done for it.
(
    DO_NOTIFY,
    DO_ENGAGEMENT_SMS,
    DO_REMINDER_SMS,
    DO_QUEUE_ROW,
    DO_WAKE,
    DO_CONFIRMED,
    DO_MOVED,
    DO_RELEASE,
    DO_SUSPEND,
    DO_RESUME,
    DO_REFUSED,
    DO_TIMED_OUT,
    DO_HANDED_BACK,
    DO_VISIT,
    DO_CANCELLED,
    DO_LAST_CALL,
) = range(13, 29)
PROGRAM_LENGTH = 24  # pairs of a code and its argument

# What the agent answers: a row for each act and channel, a column for who has declined; the happening, and who acts.
ACT_CONFIRM, ACT_DECLINE, ACT_RESCHEDULE = range(3)
BY_CUSTOMER, BY_OPERATOR = range(2)

# A slot: a row of the table of slots.
SLOT_START, SLOT_EXISTS, OFFERED_UNTIL, MOVABLE_UNTIL, REMINDER_PLANNED, MOVES_BEFORE, SLOT_TIME, SLOT_CELL = range(8)
SLOT_FIELDS = 8

# A call centre: a row for each operator; its open hours are rows of the table of open hours.
(
    HAS_CENTRE,
    CENTRE_ALWAYS,
    CENTRE_FIRST,
    CENTRE_OPENINGS,
    MOST_ATTEMPTS,
    CALL_MS,
    BETWEEN_MS,
    FIRST_MS,
    FREE_AGENTS,
    QUEUE_FIRST,
    QUEUE_LAST,
    QUEUE_LENGTH,
    FILE_FIRST,  # of a deposit run: the rows of the operator
    FILE_LAST,
    FILE_ROWS,
    FILE_OF_TURN,  # of a row of the table: whose file is that in turn
) = range(16)
CENTRE_FIELDS = 16
OPENS, OPEN_LENGTH, OPEN_BEFORE = range(3)

# Registers: numbers of the run, then what it counts.
(
    START,
    LATEST,  # what is to happen from here on does not happen
    NOW_SPAN,
    NEXT_TURN,
    FREE_BLOCK,
    FREE_BLOCKS,
    FREE_ORDER,
    FREE_ORDERS,
    ALIVE_ORDERS,
    TAKEN_IN,  # of the day's orders
    TODAY,  # days since the first
    OFFERED_DAYS,
    BANDS,
    FIRST_WEEKDAY,  # of the horizon's first day, and of the clock's: whole weeks lie between
    MEASURING,
    WINDOW_END,  # the first instant after today's window
    LAST_DAY,  # on which orders come, in days since the first
    STOP_DAY,
    STOPPED,
    GATEWAY_FREE_US,
    SMS_INTERVAL_US,
    CONSTANT_LATENCY,
    THIS_SECOND,
    IN_THIS_SECOND,
    LAST_RUN_AT,
    LAST_RUN_FIRST,
    LAST_RUN_LAST,
    DEPOSITED_AT,
    FILE_FOR_EACH_ROW,
    DROPS_CANCELLED,
    RETRY_MS,
    AWAKE_ALWAYS,
    AWAKE_OPENINGS,
    KEEPS_ORDERS,
    MINUTES,
    ORDERS,
    SMS_AFTER_WINDOW,
    LARGEST_SMS_DELAY,
    SMS_DELAY,
    NOTIFICATION_WAIT,
    SLOTS_OVER_CAPACITY,
    STATE_ELSEWHERE,
    STATE_ENGAGED,
    STATE_BOOKED,
    STATE_VISITED,
    STATE_CANCELLED,
    FIRST_SPAN,  # of the day
    PROBLEM,
    DUE_FIRST,  # what of the tables of that name is in use
    DUE_END,
    SOON,
    SESSIONS,
    WAITING_FIRST,
    WAITING_END,
    ENDED,
    REPLIES,
    ORDER_ROWS,
    NEEDED,  # so many orders are touched at once by what found a table full
    HORIZON,  # when it begins: calls are made from here on
    TELLS_FURTHER_VISITS,
    AFTER_DAYS,  # of a visit in vain
    UNFINISHED,  # orders that wait for a further visit
    OPENING,  # orders that were open then and have not ended
    VISIT_ROWS,
) = range(64)
REGISTERS = 64

# What the queues answered a sampled order, and how it ended: the replay needs it.
REPLY_SMS, REPLY_SLOT, REPLY_CALL, REPLY_FILE, REPLY_END = range(5)
REPLY_FIELDS = 4  # day, index, kind, value

ORDER_ROW_FIELDS = 17  # of an order that has ended, where they are kept
VISIT_FIELDS = 4  # of a visit of such an order: day, index, when, whether it did the work

# Why the loop hands back.
DAY_OVER, TABLE_FULL = range(2)
