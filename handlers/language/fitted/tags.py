"""The names that the model gives to words.

`#role` is a number (its further words `#+`), `=outcome` a cue that counts one by itself, `+>` and `+<` one person more
for the count that follows or stands before.
"""

from handlers.language.reading import Outcome

OUTCOMES = {f"#{outcome.value}": outcome for outcome in Outcome}  # a number that counts
CUES = {f"={outcome.value}": outcome for outcome in Outcome}  # a cue that counts one
NONE = "=none"  # `chưa được máy nào`
MORE_NEXT, MORE_LAST = "+>", "+<"
GOES_ON = "#+"
REST = "#rest"  # the size of a household in which all are done but those who are named
HAMLET_TYPE, HAMLET_BACK, HAMLET_WORD, HAMLET_NUMBER = "Ht", "Hb", "Hn", "#hamlet"
VISIT_TIME, VISIT_CLOCK, VISIT_DATE = "T", "#clock", "#visit"
HAMLET_ROW = "Hr"  # the first word of a name that begins a row of a table
WORK_DAY, WORK_DATE = "D", "#date"
OTHER = "O"

# Numbers that count nothing, by what they are.
ROLES = [
    "household",
    "part",
    "sum",
    "negated",
    "vague",
    "plan",
    "age",
    "year",
    "door",
    "list",
    "time",
    "day",
    "model",
    "name",
    "phone",
    "id",
    "percent",
    "distance",
    "duration",
    "target",
    "other",
]
