"""What tagged words tell, word by word: counts, what is denied, hamlets."""

from dataclasses import dataclass, field

from handlers.language.fitted import tags
from handlers.language.fitted.features import Seen
from handlers.language.fitted.tokens import Token, value_of
from handlers.language.reading import Outcome, Reason

_MOST = 9_999  # nobody reports more in one message


@dataclass(slots=True)
class Count:
    """One summand: its outcome, its size, the tokens it stands on, and the hamlet it belongs to."""

    outcome: Outcome
    n: int
    first: int
    last: int
    reason: Reason
    hamlet: str | None = None
    said: str | None = None
    subtracted: int = 0


@dataclass(slots=True)
class Told:
    """What the tagged words tell, in order."""

    counts: list[Count] = field(default_factory=list)
    negated: list[tuple[int, int]] = field(default_factory=list)
    hamlets: list[tuple[int, str, str, bool]] = field(default_factory=list)  # token, name, said, holds backwards


def spans(names: list[str]) -> list[tuple[int, int, str]]:
    """Tagged words as (first, last exclusive, tag); continued numbers, hamlets and persons are one span."""
    found: list[tuple[int, int, str]] = []
    i, n = 0, len(names)
    while i < n:
        name, end = names[i], i + 1
        if name[0] == "#" and name not in (tags.GOES_ON,):
            while end < n and names[end] == tags.GOES_ON:
                end += 1
        elif name in (tags.HAMLET_TYPE, tags.HAMLET_BACK, tags.HAMLET_ROW):
            while end < n and (
                names[end] in (tags.HAMLET_WORD, name) or names[end] in (tags.HAMLET_NUMBER, tags.GOES_ON)
            ):
                end += 1
        if name != tags.OTHER:
            found.append((i, end, name))
        i = end
    return found


def hear(seen: Seen, names: list[str]) -> Told:
    """What the tagged words tell, before any rule has looked at it."""
    told, waiting, tokens, text = Told(), 0, seen.tokens, seen.text
    for first, last, name in spans(names):
        if _names_hamlet(seen, first, name):
            _hear_hamlet(told, tokens, names, text, first, last)
        elif name == tags.MORE_NEXT:
            waiting = _hear_more(told, first, waiting)
        elif name == tags.MORE_LAST and told.counts:
            told.counts.append(Count(told.counts[-1].outcome, 1, first, last, Reason.HOME))
        elif name == tags.NONE:
            told.counts.append(Count(Outcome.ACTIVATED, 0, first, last, Reason.NONE))
        else:
            before = len(told.counts)
            _hear_count(told, seen, first, last, name)
            if waiting and len(told.counts) > before:
                outcome = told.counts[-1].outcome
                for extra in told.counts[-1 - waiting : -1]:
                    extra.outcome = outcome
                waiting = 0
    return told


def _names_hamlet(seen: Seen, first: int, name: str) -> bool:
    """A hamlet has its type word before it, or stands in a column of hamlets."""
    if name in (tags.HAMLET_TYPE, tags.HAMLET_BACK, tags.HAMLET_ROW):
        return True
    return name == tags.HAMLET_NUMBER and bool(seen.heads) and seen.heads[first] == "type"


def _hear_more(told: Told, at: int, waiting: int) -> int:
    """One person more for the count that follows; until that is heard, its outcome is a guess."""
    told.counts.append(Count(Outcome.ACTIVATED, 1, at, at + 1, Reason.HOME))
    return waiting + 1


def _hear_count(told: Told, seen: Seen, first: int, last: int, name: str) -> None:
    tokens = seen.tokens
    if name in tags.CUES:
        outcome = tags.CUES[name]
        told.counts.append(Count(outcome, _named(seen, outcome, first), first, last, Reason.HOME))
    elif name in tags.OUTCOMES or name == tags.REST or name == "#negated":
        n = value_of([token.plain for token in tokens[first:last]])
        if n is None or n > _MOST:
            n = -1
        if name == "#negated":
            told.negated += [(first, n)] if n >= 0 else []
            return
        rest = name == tags.REST
        outcome = Outcome.ACTIVATED if rest else tags.OUTCOMES[name]
        told.counts.append(Count(outcome, n, first, last, Reason.HOUSEHOLD if rest else Reason.NUMBER))


_OF_HOMES = frozenset({Outcome.ABSENT, Outcome.REVISIT})


def _named(seen: Seen, outcome: Outcome, at: int) -> int:
    """Rule 3: an outcome without a number is one for each home or person named beside it; a pair is one home."""
    group = seen.groups[at]
    if not group:
        return 1
    return len(group) if outcome in _OF_HOMES else sum(person.size for person in group)


def _hear_hamlet(told: Told, tokens: list[Token], names: list[str], text: str, first: int, last: int) -> None:
    at = first
    while at < last and names[at] in (tags.HAMLET_TYPE, tags.HAMLET_BACK):
        at += 1
    if at == last:
        return
    said = text[tokens[first].start : tokens[last - 1].end]
    words = [token.plain for token in tokens[at:last]]
    number = value_of(words) if names[at] == tags.HAMLET_NUMBER else None
    if number is not None and tokens[at].digits and last > at + 1:
        number = None if not tokens[at].digits else number
    if tokens[at].digits and last == at + 1:
        name = str(int(tokens[at].plain[:6]))
    elif number is not None and not any(token.digits for token in tokens[at:last]):
        name = str(number)
    else:
        name = " ".join(text[tokens[at].start : tokens[last - 1].end].split())
    told.hamlets.append((first, _roman(name), said, names[first] == tags.HAMLET_BACK))


_ROMAN = {
    "I": "1",
    "II": "2",
    "III": "3",
    "IV": "4",
    "V": "5",
    "VI": "6",
    "VII": "7",
    "VIII": "8",
    "IX": "9",
    "X": "10",
}


def _roman(name: str) -> str:
    """Rule 31: `xóm IV` is 4."""
    return _ROMAN.get(name, name)
