"""What a message means, stage by stage: fold, words, items, clauses, corrections, counts, decision."""

import re
from datetime import datetime, time

from handlers.language.counts.counting import count
from handlers.language.counts.phones import settle
from handlers.language.decision.composing import Writer
from handlers.language.decision.deciding import Found, decide
from handlers.language.pieces.spotting import spot
from handlers.language.reading import Kind, Reading, Why
from handlers.language.sentences.clauses import Clause, Mood, clauses_of
from handlers.language.sentences.corrections import amend
from handlers.language.sentences.moods import settle_moods
from handlers.language.sentences.promises import drop_meetings, visits_of
from handlers.language.signs.folding import Folded
from handlers.language.signs.masking import blanked
from handlers.language.signs.noise import quieted
from handlers.language.spelling.keys import from_tcvn3, from_vni_windows
from handlers.language.spelling.respelling import split
from handlers.language.where_and_when.days import DAY_START, Sent
from handlers.language.words.words import NO_NAMES, Names

MOST_WORDS = 500  # nobody reports more in one message; a longer one is asked about rather than read for long
_MAY_BE_WORK = re.compile(r"\d.{0,20}\b(?:may|tk|nha|vang|xong|duoc|dc)\b|\b(?:vang|xong|duoc|dc|kh)\b.{0,20}\d")


_FIGURES = re.compile(r"\b\d{1,2}\b")
_LISTED = 5  # numbers in a long text that may be a list of houses
_COURTEOUS = re.compile(r"(?<=\w)\s+ạ\s*\Z", re.IGNORECASE)  # says nothing but that its writer is polite


def _quiet(text: str) -> str:
    """The text without what is no part of a report; positions stay."""
    plain = blanked(quieted(from_vni_windows(from_tcvn3(text))))
    return _COURTEOUS.sub("", plain) if plain.rstrip().endswith(("ạ", "Ạ")) else plain


def read(text: str, at: datetime, names: Names = NO_NAMES, day_start: time = DAY_START) -> Reading:
    """What `text` means, sent at local time `at` (with or without a zone; only its wall clock is used).

    `names`: hamlets that are known where the sender works; others are made out by rule.
    `day_start`: when a work day starts.
    """
    sent, folded = Sent(at, day_start), Folded(_quiet(text))
    words = split(folded, MOST_WORDS, names)
    if words is None:
        start = folded.plain[:4096]
        work = _MAY_BE_WORK.search(start) or len(_FIGURES.findall(start)) >= _LISTED
        return Reading(Kind.UNCLEAR, why=Why.TOO_LONG) if work else Reading(Kind.CHAT)
    clauses = clauses_of(words, spot(words), sent.work_day)
    settle_moods(clauses)
    drop_meetings(clauses)
    amends = amend(clauses)
    visits = visits_of(clauses)
    told = [clause for clause in clauses if clause.mood is Mood.TOLD and not _only_names(clause, amends.targets)]
    tally = count(told)
    settle(tally, told)
    return decide(Found(clauses, amends, tally, visits, sent, Writer(words)))


def _only_names(clause: Clause, targets: list[Clause]) -> bool:
    """A clause of a withdrawal names what is withdrawn; nothing in it is new work."""
    return any(clause is target for target in targets)
