"""Two readers that rarely fail alike: what both read is sure, where they part the likeliest readings of both are given.

Rules are law; the fitted reader is a second pair of eyes. A clear reading of the rules that the fitted one finds
unlikely, having a better one of its own, is not believed; one that the rules doubt is taken from the fitted one only
where it is very sure, and never where a rule says that the number cannot be known. Where rules explain every word
(explained.py), the fitted one is not asked.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, time

from handlers.language.fitted import Guess, Opinion
from handlers.language.reader import MOST_WORDS, read
from handlers.language.reading import Kind, Outcome, Reading, Reason, Why
from handlers.language.signs.folding import Folded, fold
from handlers.language.spelling.last_keys import beside_hamlet
from handlers.language.spelling.respelling import split
from handlers.language.where_and_when.days import DAY_START
from handlers.language.words.lexicon import KNOWN
from handlers.language.words.titles import FORMS
from handlers.language.words.words import NO_NAMES, Names

BEST = 4  # readings that are looked at where the two part
UNLIKELY = 0.1  # below it the fitted reader denies what the rules read, where it has a better reading of its own
BETTER = 0.6  # which is one from here on: without one it is at a loss itself, and denies nothing
SURE = 0.95  # from it on its own reading is taken where the rules are at a loss
LIKELY = 0.8  # from it on it is believed where it counts just what the rules understood
TALK = 0.6  # from it on talk is believed where the rules understood nothing
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
    slipped = with_hamlet(text, own)
    if slipped is not None:
        meant = read(slipped, at, names, day_start)
        return (_doubted(own), meant) if meant.kind in _CLEAR else (_doubted(own),)
    if own.explained:
        return (own,)
    shown, known = _numbered(text, own, names)
    second = Opinion(shown, at, day_start)
    quick = _named(second.likeliest(), known)
    if agree(_with_one_visit(own), quick):
        return (_with_home(own, quick),)
    if second.lost and own.kind in _CLEAR:
        return (_doubted(own), own)
    if second.vague:
        found = weighed(own, (Guess(quick, MAY_BE_WORK),), vague=True)  # never sure enough to be taken
    else:
        guesses = second.guesses()[:BEST]
        keys = _keys_of(text) if any(entry.hamlet for guess in guesses for entry in guess.reading.entries) else {}
        named = ((_named(guess.reading, known, keys), guess.probability) for guess in guesses)
        found = weighed(own, tuple(Guess(_in_the_hamlet(own, one), likely) for one, likely in named))
    return tuple(replace(one, of_home=own.of_home, later=own.later) for one in found)


def _in_the_hamlet(own: Reading, other: Reading) -> Reading:
    """The other reading in the one hamlet that the rules read and it missed (`xomd 7`): nothing is offered without."""
    entries = own.draft.entries if own.draft is not None else ()
    if len({entry.hamlet for entry in entries}) != 1 or len(other.entries) != 1 or other.entries[0].hamlet is not None:
        return other
    (entry,) = other.entries
    return replace(other, entries=(replace(entry, hamlet=entries[0].hamlet, said=entries[0].said),))


_UNITS = r"may|ho|nguoi|ng|tk|cai|cu|h|gio|nha(?! (?:ong|ba|bac|co|chu|anh|chi|cu|di|cau|mo|thim|duong|o|u))"
_BEFORE_NUMBER = re.compile(rf"(?<![^\s,.;:])([a-z]{{3,4}}) (\d{{1,2}})\b(?! ?/)(?! ?(?:{_UNITS})\b)")


def with_hamlet(text: str, own: Reading) -> str | None:
    """The text with `xóm` for a word that may be one mistyped (`xon 7 nhà ông Vịn 2 máy`), of the same length.

    Nothing is read there, or offered, as if no hamlet was named.
    """
    if own.kind is Kind.CHAT or own.kind is Kind.UNDO or own.mentions:
        return None
    folded = Folded(text)
    for found in _BEFORE_NUMBER.finditer(folded.plain):
        word = beside_hamlet().get(found.group(1))
        start, end = folded.span(*found.span(1))
        if folded.plain[: found.start(1)].split()[-1:] in ([title] for title in FORMS):
            continue  # `nhà bà Thom 5`
        if word is not None and end - start == len(word) and fold(text[start:end]) == text[start:end].lower():
            return f"{text[:start]}{word}{text[end:]}"
    return None


_NUMBERED = 71  # no commune has so many hamlets
NO_KEYS: Mapping[str, str] = {}
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


def _keys_of(text: str) -> dict[str, str]:
    """Keys that became no letters (`haj`), and what they would have made: the fitted reader names hamlets by keys."""
    folded = Folded(text)
    words = split(folded, MOST_WORDS)
    written = ((folded.plain[word.start : word.end], word) for word in (words.words if words is not None else ()))
    return {keys: word.marked for keys, word in written if keys != word.plain and not word.short}


def _named(reading: Reading, known: dict[str, str], keys: Mapping[str, str] = NO_KEYS) -> Reading:
    """The reading with the names of the hamlets for their numbers, in letters."""
    if not known and not keys:
        return reading
    entries = tuple(replace(one, hamlet=_in_letters(one.hamlet, known, keys)) for one in reading.entries)
    return replace(reading, entries=entries)


def _with_home(own: Reading, other: Reading) -> Reading:
    """The rules' reading with the one home of which the other reader tells all that both count."""
    if own.kind not in _CLEAR or any(home.counts for home in own.homes):
        return own
    homes = tuple(home for home in other.homes if home.counts)
    alone = len(homes) == 1 and len(own.entries) == 1 and dict(homes[0].counts) == dict(own.entries[0].counts)
    if not alone or not _is_a_name(homes[0].label):
        return own
    called = own.of_home or (own.homes[0].label if len(own.homes) == 1 else None)  # as the rules call it
    return replace(own, homes=(replace(homes[0], label=called or homes[0].label),))


def _is_a_name(label: str) -> bool:
    """`ông cứ lắc đầu` names nobody: a word of ours in small letters with its marks is no name."""
    last = label.rsplit(maxsplit=1)[-1]
    node = KNOWN.next.get(fold(last))
    return last.isascii() or last[:1].isupper() or node is None or (last,) not in node.ends


def _in_letters(hamlet: str | None, known: dict[str, str], keys: Mapping[str, str]) -> str | None:
    if hamlet is None or hamlet in known:
        return known.get(hamlet or "", hamlet)
    made = (keys.get(word.lower(), word) for word in hamlet.split())
    return " ".join(
        one.capitalize() if word[:1].isupper() else one for one, word in zip(made, hamlet.split(), strict=True)
    )


def agree(own: Reading, other: Reading) -> bool:
    """Whether the other reader counts what the rules count.

    Days, times, a hamlet in the words and a word that puts right (`sửa`, `nhầm`) are law: where the other only misses
    them, it denies nothing.
    """
    if own.kind is Kind.CORRECT and other.kind is Kind.REPORT:
        other = replace(other, kind=Kind.CORRECT)
    if own.kind is not other.kind or own.kind not in _CLEAR or len(own.entries) != 1:
        return own.means(other)
    missed = all(not one.hamlet or fold(one.hamlet) == fold(own.entries[0].hamlet or "") for one in other.entries)
    return missed and own.counts == other.counts


def weighed(own: Reading, guesses: tuple[Guess, ...], *, vague: bool = False) -> tuple[Reading, ...]:
    """The rules' reading against what the fitted reader holds for likely. `vague`: how likely it could not say."""
    seen = _with_one_visit(own)
    likely = next((guess.probability for guess in guesses if agree(seen, guess.reading)), 0.0)
    found = [guess.reading for guess in guesses if guess.probability >= WORTH_ASKING and guess.reading.kind in _CLEAR]
    others = [one for one in found if not one.means(own)]
    best = guesses[0]
    if own.kind in _CLEAR:
        denied = likely < UNLIKELY and best.reading.kind is not Kind.UNCLEAR  # a mere doubt denies nothing
        better = vague or own.kind is not Kind.REPORT or best.probability >= BETTER
        denied = denied and better
        denied = denied and _FOLLOWED.isdisjoint(own.rules)
        beside = own.question and best.reading.kind is Kind.CHAT  # a question with a report is no talk alone
        if not denied or beside:
            return (own, *others)
        return (_doubted(own), own, *others)
    if own.kind is Kind.UNCLEAR:
        heard = (own.unheard | _understood(own)) <= best.reading.counts.keys()  # else it tells less than the words do
        taken = heard and best.reading.kind in _CLEAR and best.probability >= SURE and own.why in _AT_A_LOSS
        lawful = own.points_back or own.behalf_of is not None or not _BY_LAW.isdisjoint(own.rules)
        if not lawful and _understood_nothing(own) and best.reading.kind is Kind.CHAT and best.probability >= TALK:
            return (replace(best.reading, question=own.question, mentions=own.mentions),)
        if heard and not lawful and not taken and best.probability >= LIKELY and _says_the_same(own, best.reading):
            return (_in_full(own, best.reading), *others)
        return (best.reading, *others) if taken and not lawful else (own, *others)
    if own.kind is Kind.CHAT and others and best.reading.kind in _CLEAR and best.probability >= MAY_BE_WORK:
        return (replace(_doubted(best.reading), question=own.question), *others)  # never silent about what may be work
    return (own,)


# What rules follow over several clauses, and the fitted reader, which looks at a few words, cannot.
_FOLLOWED = frozenset(
    {"told_with_kin", "last_word", "within", "got_back", "said_anew", "spelled_anew", "told_in_full", "echoed"}
    | {"told_then_added", "effect_of_cause", "apposed", "asked_back", "last_word_of_person", "carried_before", "unsaid"}
    | {"only_barks", "only_dark", "was_away", "then_summed", "summed_up", "card_lost", "who_all_are"}
    | {"cause_after", "done_for_them", "how_many_live_there", "left_for_age", "done_then_counted", "asks_at_home"}
)
# `bỏ cái từ chối của ông Lữ` tells of no new refusal.
_BY_LAW = frozenset({"listed_by_name", "amended_unclear", "many_for_one"})
_OPEN_BY_LAW = frozenset(
    {"inside_or_beside", "lies_within", "in_brackets", "list_or_range", "number_or_list", "vague", "unnamed_beside"}
)


def _understood(own: Reading) -> frozenset[Outcome]:
    """What the rules count by its number in a message that they doubt, but for what is doubted."""
    if own.draft is None:
        return frozenset()
    hole = own.draft.hole.outcome if own.draft.hole is not None else None
    told = ((outcome, part) for one in own.draft.entries for outcome, some in one.parts.items() for part in some)
    return frozenset(outcome for outcome, part in told if part.reason is Reason.NUMBER and outcome is not hole)


def _says_the_same(own: Reading, other: Reading) -> bool:
    """Whether the other reader counts just what the rules understood of a message that they doubt."""
    draft = own.draft
    if draft is None or not draft.entries or own.why is not Why.TWO_MEANINGS or _OPEN_BY_LAW & set(own.rules):
        return False
    if (draft.hole is not None and draft.hole.outcome is not None) or draft.kind is not other.kind:
        return False
    return Reading(draft.kind, draft.day, draft.entries).counts == other.counts


def _understood_nothing(own: Reading) -> bool:
    """Whether the rules doubt, and neither a count nor a number stands in what they doubt."""
    draft = own.draft
    if draft is None or draft.entries:
        return False
    return draft.hole is None or (draft.hole.outcome is None and not draft.hole.suggestions)


def _in_full(own: Reading, other: Reading) -> Reading:
    """What both count, in the hamlets and homes of the rules."""
    draft = own.draft
    assert draft is not None
    homes = draft.homes if any(home.counts for home in draft.homes) else other.homes
    return replace(other, day=draft.day, entries=draft.entries, homes=homes, rules=own.rules, mentions=own.mentions)


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
