"""From tagged words to a reading: a fold over what they tell, rule by rule."""

from dataclasses import dataclass
from datetime import datetime

from handlers.language.fitted import tags
from handlers.language.fitted.features import Seen
from handlers.language.fitted.hearing import Count, Told, hear
from handlers.language.fitted.moments import when_of
from handlers.language.fitted.once import drop_remarks, once
from handlers.language.fitted.tokens import Token, value_of
from handlers.language.reading import (
    Appointment,
    Entry,
    Home,
    Kind,
    Outcome,
    Part,
    Reading,
    Reason,
    Stored,
    Why,
    stored,
)
from handlers.language.signs.folding import fold
from handlers.language.where_and_when.days import Sent, appointed, work_offset

COUNTED = frozenset({Kind.REPORT, Kind.TOTAL, Kind.CORRECT})


@dataclass(slots=True)
class Composed:
    """What tagged words count, when and where, whatever kind of message it is."""

    seen: Seen
    told: Told
    day: int
    sums: dict[str | None, dict[Outcome, int]]  # by folded hamlet
    visits: tuple[Appointment, ...]

    def stored(self) -> Stored:
        """What would be stored, as `Reading.stored` has it."""
        named = {count.hamlet and fold(count.hamlet): count.hamlet for count in reversed(self.told.counts)}
        entries = ((named[key], counts) for key, counts in self.sums.items())
        return stored(self.day, entries, self.visits)

    def reading(self, kind: Kind) -> Reading:
        """The reading as a message of this kind."""
        entries = _entries(self.told, self.sums, self.seen.tokens)
        negated = self.told.negated
        was = {Outcome.ACTIVATED: negated[0][1]} if negated and kind is Kind.CORRECT else {}
        return Reading(kind, self.day, entries, self.visits, _homes(self.told, self.seen, entries), was)


def compose(seen: Seen, names: list[str], kind: Kind, sent: Sent) -> Reading | None:
    """The reading of tagged words as a message of this kind; None where the two do not fit."""
    if kind not in COUNTED:
        return Reading(kind, why=Why.NUMBER if kind is Kind.UNCLEAR else None)
    found = composed(seen, names, sent)
    return None if found is None else found.reading(kind)


def composed(seen: Seen, names: list[str], sent: Sent) -> Composed | None:
    """What tagged words count; None where they count nothing, or what cannot be."""
    tokens = seen.tokens
    told = hear(seen, names)
    if not told.counts:
        return None
    day = _day(tokens, names, sent)
    if day is None:
        return None
    once(told, seen, names)
    drop_remarks(told, seen, names)
    if not told.counts:
        return None
    _each(told, seen)
    _households(told, tokens)
    _hamlets(told)
    sums = _sums(told)
    return None if sums is None else Composed(seen, told, day, sums, _visits(tokens, names, sent))


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


def _sums(told: Told) -> dict[str | None, dict[Outcome, int]] | None:
    """What is counted in each hamlet, by its folded name, in order of mention; None where less than nothing is."""
    sums: dict[str | None, dict[Outcome, int]] = {}
    for count in told.counts:
        if count.n < 0 or count.n - count.subtracted < 0:
            return None
        there = sums.setdefault(count.hamlet and fold(count.hamlet), {})
        there[count.outcome] = there.get(count.outcome, 0) + count.n - count.subtracted
    return {hamlet: _told_of(there) for hamlet, there in sums.items()}


def _told_of(sums: dict[Outcome, int]) -> dict[Outcome, int]:
    """Rule 11: nothing is said of what did not happen, unless nothing else did."""
    return {outcome: sums[outcome] for outcome in Outcome if sums.get(outcome)} or {Outcome.ACTIVATED: 0}


def _entries(told: Told, sums: dict[str | None, dict[Outcome, int]], tokens: list[Token]) -> tuple[Entry, ...]:
    said: dict[str | None, tuple[str | None, str | None]] = {}
    parts: dict[str | None, dict[Outcome, list[Part]]] = {}
    for count in told.counts:
        key = count.hamlet and fold(count.hamlet)
        said.setdefault(key, (count.hamlet, count.said))
        start, end = tokens[count.first].start, tokens[count.last - 1].end
        mine = parts.setdefault(key, {}).setdefault(count.outcome, [])
        mine.append(Part(count.n, start, end, count.reason))
        if count.subtracted:
            mine.append(Part(-count.subtracted, start, end, Reason.DIFFERENCE))
    return tuple(Entry(*said[key], counts, _parts_of(counts, parts[key])) for key, counts in sums.items())


def _parts_of(counts: dict[Outcome, int], parts: dict[Outcome, list[Part]]) -> dict[Outcome, tuple[Part, ...]]:
    if any(counts.values()):
        return {outcome: tuple(parts[outcome]) for outcome in counts}
    first = next(iter(parts.values()))[0]
    return {Outcome.ACTIVATED: (Part(0, first.start, first.end, Reason.NONE),)}


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


def _homes(told: Told, seen: Seen, entries: tuple[Entry, ...]) -> tuple[Home, ...]:
    """The homes that are named, with what was counted beside each; all is counted at one that is named alone."""
    homes = []
    alone = entries[0].counts if len(entries) == len(seen.persons) == 1 else None
    beside = _beside(told, seen)
    for person in seen.persons:
        start, end = seen.tokens[person.first].start, seen.tokens[person.last - 1].end
        hamlet = next((name for at, name, _, _ in reversed(told.hamlets) if at < person.first), None)
        counts = beside.get(person.first, {}) if alone is None else alone
        homes.append(Home(" ".join(seen.text[start:end].split()), start, end, hamlet, counts))
    return tuple(homes)


def _beside(told: Told, seen: Seen) -> dict[int, dict[Outcome, int]]:
    """What was counted of each person or home, by its first token, as far as it can be told apart."""
    found: dict[int, dict[Outcome, int]] = {}
    for count in told.counts:
        group = seen.groups[count.first]
        if count.n > 0 and (len(group) == 1 or count.n == len(group)):
            for person in group:
                theirs = found.setdefault(person.first, {})
                theirs[count.outcome] = theirs.get(count.outcome, 0) + count.n // len(group)
    return found
