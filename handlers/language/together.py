"""Two readers that rarely fail alike: what both read is sure, where they part the likeliest readings of both are given.

Rules are law; the fitted reader is a second pair of eyes. A clear reading of the rules that the fitted one finds
unlikely, having a better one of its own, is not believed; one that the rules doubt is taken from the fitted one only
where it is very sure, and never where a rule says that the number cannot be known.
"""

import re
from dataclasses import replace
from datetime import datetime, time

from handlers.language.days import DAY_START
from handlers.language.fitted import Guess, read_fitted
from handlers.language.folding import Folded, fold
from handlers.language.reader import read
from handlers.language.reading import Kind, Outcome, Reading, Why
from handlers.language.words import NO_NAMES, Names

BEST = 4  # readings that are looked at where the two part
UNLIKELY = 0.1  # below it the fitted reader denies what the rules read
SURE = 0.95  # from it on its own reading is taken where the rules are at a loss
MAY_BE_WORK = 0.4  # from it on what the rules take for talk is asked about
WORTH_ASKING = 0.1  # a reading that is offered
_AT_A_LOSS = frozenset(Why) - {Why.TEAM, Why.DAY}  # what makes these unclear is law
_CLEAR = frozenset({Kind.REPORT, Kind.TOTAL, Kind.CORRECT})


def meanings(
    text: str, at: datetime, names: Names = NO_NAMES, day_start: time = DAY_START, *, rules: Reading | None = None
) -> tuple[Reading, ...]:
    """What a message may mean, the likeliest first. Unclear first: it is to be asked about, with the others as choices.

    `rules`: what the rules read, where that is known.
    """
    own = read(text, at, names, day_start) if rules is None else rules
    shown, known = _numbered(text, own, names)
    quick = _named(read_fitted(shown, at, names, day_start)[0], known)
    if alike(_with_one_visit(own), quick.reading):
        return (own,)
    return weighed(own, tuple(_named(guess, known) for guess in read_fitted(shown, at, names, day_start, best=BEST)))


_NUMBERED = 71  # no commune has so many hamlets
_TYPE = r"(?:(?:thon|xom|to dan pho|to|ban|khu pho|khu|ap|lang|tdp)\s+)?"


def _numbered(text: str, own: Reading, names: Names) -> tuple[str, dict[str, str]]:
    """The text with known hamlets as numbers, and what these stand for: the fitted reader knows no names."""
    known: dict[str, str] = {}
    for hamlet in dict.fromkeys(entry.hamlet for entry in own.entries if entry.hamlet):
        words = tuple(fold(hamlet).split())
        if words not in names:
            continue
        folded = Folded(text)
        found = re.search(_TYPE + r"\b" + r"\s+".join(map(re.escape, words)) + r"\b", folded.plain)
        if found is not None:
            start, end = folded.span(*found.span())
            number = str(_NUMBERED + len(known))
            text, known[number] = f"{text[:start]}thôn {number}{text[end:]}", hamlet
    return text, known


def _named(guess: Guess, known: dict[str, str]) -> Guess:
    """The guess with the names of the hamlets for their numbers."""
    if not known:
        return guess
    entries = tuple(replace(one, hamlet=known.get(one.hamlet or "", one.hamlet)) for one in guess.reading.entries)
    return replace(guess, reading=replace(guess.reading, entries=entries))


def alike(one: Reading, other: Reading) -> bool:
    """Whether two readings would store the same."""
    return repr(one.as_json()).casefold() == repr(other.as_json()).casefold()


def weighed(own: Reading, guesses: tuple[Guess, ...]) -> tuple[Reading, ...]:
    """The rules' reading against what the fitted reader holds for likely."""
    seen = _with_one_visit(own)
    likely = next((guess.probability for guess in guesses if alike(seen, guess.reading)), 0.0)
    found = [guess.reading for guess in guesses if guess.probability >= WORTH_ASKING and guess.reading.kind in _CLEAR]
    others = [one for one in found if not alike(own, one)]
    best = guesses[0]
    if own.kind in _CLEAR:
        denied = likely < UNLIKELY and best.reading.kind is not Kind.UNCLEAR  # a mere doubt denies nothing
        beside = own.question and best.reading.kind is Kind.CHAT  # a question with a report is no talk alone
        if not denied or beside:
            return (own, *others)
        return (_doubted(own), own, *others)
    if own.kind is Kind.UNCLEAR:
        taken = best.reading.kind in _CLEAR and best.probability >= SURE and own.why in _AT_A_LOSS
        return (best.reading, *others) if taken and not own.points_back else (own, *others)
    if own.kind is Kind.CHAT and others and best.reading.kind in _CLEAR and best.probability >= MAY_BE_WORK:
        return (_doubted(best.reading), *others)  # never silent about what may be work
    return (own,)


def _with_one_visit(own: Reading) -> Reading:
    """What the rules read as the fitted reader would see it, which counts several promised visits as one."""
    if len(own.appointments) < 2:
        return own
    entries = [replace(one, counts=dict(one.counts) | {Outcome.REVISIT: 1}) for one in own.entries]
    visits = any(Outcome.REVISIT in one.counts for one in own.entries)
    return replace(own, entries=tuple(entries)) if visits and len(entries) == 1 else own


def _doubted(own: Reading) -> Reading:
    """A clear reading that is asked about: its counts stay, so that the evening may tell what is meant."""
    return replace(own, kind=Kind.UNCLEAR, why=Why.TWO_MEANINGS)
