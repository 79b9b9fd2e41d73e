"""What a message means: `read(text, at)` gives a `Reading`. Pure functions; nothing of the project is imported here.

`rule N` in this folder is a rule of docs/rules.md.
"""

from handlers.language.people.nameless import is_nobody
from handlers.language.reader import read
from handlers.language.reading import (
    Appointment,
    Draft,
    Entry,
    Hole,
    Home,
    Kind,
    Mention,
    Outcome,
    Part,
    Reading,
    Reason,
    Target,
    Why,
)
from handlers.language.signs.folding import Folded, fold, is_blank
from handlers.language.signs.masking import MARK, Private, has_private, mask
from handlers.language.signs.own_number import says_own_number
from handlers.language.signs.repeats import with_numbers
from handlers.language.spelling.doubled import with_single_letters
from handlers.language.spelling.respelling import typed_out, written_out
from handlers.language.where_and_when.days import DAY_START
from handlers.language.where_and_when.hamlets import may_name_hamlet, names_of

__all__ = [
    "DAY_START",
    "MARK",
    "Appointment",
    "Draft",
    "Entry",
    "Folded",
    "Hole",
    "Home",
    "Kind",
    "Mention",
    "Outcome",
    "Part",
    "Private",
    "Reading",
    "Reason",
    "Target",
    "Why",
    "fold",
    "has_private",
    "is_blank",
    "is_nobody",
    "mask",
    "may_name_hamlet",
    "names_of",
    "read",
    "says_own_number",
    "typed_out",
    "with_numbers",
    "with_single_letters",
    "written_out",
]
