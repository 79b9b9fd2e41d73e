"""Cues that count nothing: what was said of the same persons already, or stands beside its number, and mere remarks."""

from collections.abc import Iterator

from handlers.language.fitted import tags
from handlers.language.fitted.features import Seen
from handlers.language.fitted.hearing import Count, Told
from handlers.language.reading import Outcome, Reason


def once(told: Told, seen: Seen, names: list[str]) -> None:
    """Rule 3: what is said twice of the same persons counts once, and not beside its number."""
    numbers = {place for other in told.counts if other.reason is not Reason.HOME for place in _beside(seen, other)}
    kept: list[Count] = []
    said: set[tuple[object, ...]] = set()
    for count in told.counts:
        if _is_cue(count, names):
            if not numbers.isdisjoint(_beside(seen, count)) or not said.isdisjoint(_told_with(seen, count)):
                continue
            said.update(_telling(seen, count))
        kept.append(count)
    told.counts = kept


def _is_cue(count: Count, names: list[str]) -> bool:
    return count.reason is Reason.HOME and names[count.first] in tags.CUES


def _beside(seen: Seen, count: Count) -> Iterator[tuple[object, ...]]:
    """Where a cue and a number of one outcome stand beside each other: in one clause, or with one group in a sentence.

    Two that share any of these have nothing between them that ends the clause (the sentence).
    """
    group = seen.groups[count.first]
    for at in (count.first, count.last):
        yield count.outcome, seen.clauses[at]
        if group:
            yield count.outcome, id(group), seen.sentences[at]


def _told_with(seen: Seen, cue: Count) -> list[tuple[object, ...]]:
    """What a cue before it told if this one says it again: of its group, or of nobody named in its line."""
    group, line = seen.groups[cue.first], seen.lines[cue.first]
    if not group:
        return [(cue.outcome, "in", line)]
    return [(cue.outcome, "of", id(group)), (cue.outcome, "of nobody in", line)]


def _telling(seen: Seen, cue: Count) -> list[tuple[object, ...]]:
    group, line = seen.groups[cue.first], seen.lines[cue.first]
    of_whom = (cue.outcome, "of", id(group)) if group else (cue.outcome, "of nobody in", line)
    return [(cue.outcome, "in", line), of_whom]


_CHILDREN = ("chau be", "em be", "be gai", "be trai", "thang be", "con be", "thang cu", "thang ku", "tre con", "tre em")
_MIND, _DOG = "doi y", "cho du"
_REMARKS = {Outcome.NO_CARD: _CHILDREN, Outcome.REFUSED: (_MIND,), Outcome.ABSENT: (_DOG,)}


def drop_remarks(told: Told, seen: Seen, names: list[str]) -> None:
    """Rule 30: a child without a card counts nothing, nor does a fierce dog at a home whose phones were done."""
    doubtful = [count for count in told.counts if count.outcome in _REMARKS and _is_cue(count, names)]
    if not doubtful:
        return
    text = " ".join([token.plain for token in seen.tokens])
    remarks = {outcome: [said for said in _REMARKS[outcome] if said in text] for outcome in _REMARKS}
    done = [count.first for count in told.counts if count.outcome is Outcome.ACTIVATED and count.n > 0]
    dropped = {
        cue.first for cue in doubtful if remarks[cue.outcome] and _is_remark(seen, cue, remarks[cue.outcome], done)
    }
    if dropped:
        told.counts = [count for count in told.counts if count.first not in dropped or not _is_cue(count, names)]


def _is_remark(seen: Seen, cue: Count, remarks: list[str], done: list[int]) -> bool:
    """Whether the words of its clause up to the cue make it one; `done`: where phones are said to be done."""
    start = seen.clauses.index(seen.clauses[cue.first])
    said = " ".join([token.plain for token in seen.tokens[start : cue.last + 1]])
    if not any(remark in said for remark in remarks):
        return False
    if cue.outcome is Outcome.REFUSED:  # and was done
        return any(at > cue.first for at in done)
    return cue.outcome is Outcome.NO_CARD or any(at < start for at in done)
