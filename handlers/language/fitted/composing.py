"""From tagged words to a reading: a fold over what they tell, rule by rule."""

from dataclasses import dataclass, field
from datetime import datetime

from handlers.language.days import Sent, appointed, work_offset
from handlers.language.fitted import tags
from handlers.language.fitted.features import Seen
from handlers.language.fitted.moments import when_of
from handlers.language.fitted.tokens import Token, value_of
from handlers.language.folding import fold
from handlers.language.reading import Appointment, Entry, Home, Kind, Outcome, Part, Reading, Reason, Why

COUNTED = frozenset({Kind.REPORT, Kind.TOTAL, Kind.CORRECT})
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


def compose(seen: Seen, names: list[str], kind: Kind, sent: Sent) -> Reading | None:
    """The reading of tagged words as a message of this kind; None where the two do not fit."""
    tokens = seen.tokens
    if kind not in COUNTED:
        return Reading(kind, why=Why.NUMBER if kind is Kind.UNCLEAR else None)
    told = _told(seen, names)
    if not told.counts:
        return None
    day = _day(tokens, names, sent)
    if day is None:
        return None
    _once(told, seen, names)
    _each(told, seen)
    _households(told, tokens)
    _hamlets(told)
    entries = _entries(told, tokens)
    if entries is None:
        return None
    visits = _visits(tokens, names, sent)
    was = {Outcome.ACTIVATED: told.negated[0][1]} if told.negated and kind is Kind.CORRECT else {}
    return Reading(kind, day, entries, visits, _homes(told, seen), was)


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


def _told(seen: Seen, names: list[str]) -> Told:
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


def _once(told: Told, seen: Seen, names: list[str]) -> None:
    """Rule 3: what is said twice of the same persons counts once, and not beside its number."""
    kept: list[Count] = []
    for count in told.counts:
        if (
            count.reason is not Reason.HOME
            or names[count.first] not in tags.CUES
            or (not _beside_number(told, seen, count) and not any(_same(seen, names, count, other) for other in kept))
        ):
            kept.append(count)
    told.counts = kept


def _beside_number(told: Told, seen: Seen, cue: Count) -> bool:
    """Whether a number of the same outcome stands in the cue's clause, or with the same persons right after it."""
    for other in told.counts:
        if other.outcome is not cue.outcome or other.reason is Reason.HOME:
            continue
        between = seen.tokens[min(cue.last, other.last) : max(cue.first, other.first)]
        if not any(token.plain in _CLAUSE_ENDS for token in between):
            return True
        group = seen.groups[cue.first]
        if group and group == seen.groups[other.first] and not any(token.plain in ".;\n" for token in between):
            return True
    return False


def _same(seen: Seen, names: list[str], cue: Count, other: Count) -> bool:
    if other.outcome is not cue.outcome or other.reason is not Reason.HOME or names[other.first] not in tags.CUES:
        return False
    mine, theirs = seen.groups[cue.first], seen.groups[other.first]
    if not mine or not theirs:
        return not any(token.plain == "\n" for token in seen.tokens[other.first : cue.first])
    return mine == theirs


_CLAUSE_ENDS = frozenset(",;.\n?!")


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


def _each(told: Told, seen: Seen) -> None:
    """Rule 22: `bác Lộc với chị Hà mỗi người 1 máy` are 2, `3 nhà, mỗi nhà 2 máy` 6."""
    tokens = seen.tokens
    for count in told.counts:
        if count.reason is not Reason.NUMBER or count.n <= 0:
            continue
        start = max(0, count.first - 3)
        each = next((i for i in range(start, count.first - 1) if _says_each(tokens, i)), None)
        if each is not None and (times := _how_many(told, seen, each)) > 1:
            count.n *= times


def _says_each(tokens: list[Token], i: int) -> bool:
    """`mỗi người`; without its mark only before whom it may be said of (`moi cai` is `mới cài`)."""
    if tokens[i].plain != "moi":
        return False
    return tokens[i].marked == "mỗi" or (not tokens[i].marked and tokens[i + 1].plain in _EACH_OF)


_EACH_OF = frozenset(["nguoi", "nha", "ho", "cu", "dua", "anh", "chi", "ong", "ba", "me", "o", "co", "chu", "bac"])


def _how_many(told: Told, seen: Seen, each: int) -> int:
    """How many persons or homes are named just before `mỗi`, or else after it: a number, or names."""
    tokens, start = seen.tokens, each
    while start > 0 and tokens[start - 1].plain not in ".;\n" and not any(c.first == start - 1 for c in told.counts):
        start -= 1
    for i in range(each - 1, start - 1, -1):
        if tokens[i].may_be_number and not tokens[i].capital and (n := value_of([tokens[i].plain])) and 1 < n < 20:
            return n
    before = sum(person.size for person in seen.persons if start <= person.first < each)
    return before or sum(person.size for person in seen.persons if person.first > each)


def _households(told: Told, tokens: list[Token]) -> None:
    """Rule 4: in a household where all are done but some, the others are subtracted."""
    for i, count in enumerate(told.counts):
        if count.reason is not Reason.HOUSEHOLD:
            continue
        for other in told.counts[i + 1 :]:
            if any(token.plain in ".;\n" for token in tokens[count.last : other.first]):
                break
            if other.reason is Reason.HOUSEHOLD:
                break
            count.subtracted += other.n


def _hamlets(told: Told) -> None:
    """Rule 7: a hamlet holds for what follows, or, said after its number, for what stood before."""
    marks = sorted([(c.first, 0, c) for c in told.counts] + [(h[0], 1, h) for h in told.hamlets], key=lambda m: m[:2])
    current: tuple[str | None, str | None] = (None, None)
    since: list[Count] = []
    for _, _, mark in marks:
        if isinstance(mark, Count):
            mark.hamlet, mark.said = current
            since.append(mark)
            continue
        _, name, said, backwards = mark
        current = name, said
        if backwards:
            for count in since:
                count.hamlet, count.said = current
        since = []


def _entries(told: Told, tokens: list[Token]) -> tuple[Entry, ...] | None:
    order: dict[str | None, tuple[str | None, str | None]] = {}
    sums: dict[str | None, dict[Outcome, int]] = {}
    parts: dict[str | None, dict[Outcome, list[Part]]] = {}
    for count in told.counts:
        if count.n < 0 or count.n - count.subtracted < 0:
            return None
        key = count.hamlet and fold(count.hamlet)
        order.setdefault(key, (count.hamlet, count.said))
        there, said = sums.setdefault(key, {}), parts.setdefault(key, {})
        there[count.outcome] = there.get(count.outcome, 0) + count.n - count.subtracted
        start, end = tokens[count.first].start, tokens[count.last - 1].end
        mine = said.setdefault(count.outcome, [])
        mine.append(Part(count.n, start, end, count.reason))
        if count.subtracted:
            mine.append(Part(-count.subtracted, start, end, Reason.DIFFERENCE))
    return tuple(_entry(order[key], sums[key], parts[key]) for key in order)


def _entry(hamlet: tuple[str | None, str | None], sums: dict[Outcome, int], parts: dict[Outcome, list[Part]]) -> Entry:
    """Rule 11: nothing is said of what did not happen, unless nothing else did."""
    counts = {outcome: sums[outcome] for outcome in Outcome if sums.get(outcome)}
    if not counts:
        first = next(iter(parts.values()))[0]
        none = Part(0, first.start, first.end, Reason.NONE)
        return Entry(*hamlet, {Outcome.ACTIVATED: 0}, {Outcome.ACTIVATED: (none,)})
    return Entry(*hamlet, counts, {outcome: tuple(parts[outcome]) for outcome in counts})


def _day(tokens: list[Token], names: list[str], sent: Sent) -> int | None:
    """Rule 8: the work day, by the words that the model takes for it."""
    picked = [i for i, name in enumerate(names) if name in (tags.WORK_DAY, tags.WORK_DATE)]
    if not picked:
        return 0
    when = when_of(tokens, picked, past=True)
    if when is None:
        return None
    offset = work_offset(when, sent)
    return offset if offset is not None and offset <= 0 else None


def _visits(tokens: list[Token], names: list[str], sent: Sent) -> tuple[Appointment, ...]:
    """Rule 14: promised visits; words of a time that stand near each other say one moment."""
    groups: list[list[int]] = []
    for i, name in enumerate(names):
        if name not in (tags.VISIT_TIME, tags.VISIT_CLOCK, tags.VISIT_DATE):
            continue
        if groups and i - groups[-1][-1] <= 5 and not any(t.plain in ".\n;" for t in tokens[groups[-1][-1] : i]):
            groups[-1].append(i)
        else:
            groups.append([i])
    found = []
    for group in groups:
        when = when_of(tokens, group)
        moment: datetime | None = appointed(when, sent) if when is not None else None
        if moment is not None:
            found.append(Appointment(moment, None, tokens[group[0]].start, tokens[group[-1]].end))
    return tuple(found)


def _homes(told: Told, seen: Seen) -> tuple[Home, ...]:
    homes = []
    for person in seen.persons:
        start, end = seen.tokens[person.first].start, seen.tokens[person.last - 1].end
        hamlet = next((name for at, name, _, _ in reversed(told.hamlets) if at < person.first), None)
        homes.append(Home(" ".join(seen.text[start:end].split()), start, end, hamlet, {}))
    return tuple(homes)
