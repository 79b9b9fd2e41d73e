"""Who is ahead and who is behind: communes, hamlets, people or days, and at which place somebody stands."""

from handlers.figures.gathered.facts import Standing
from handlers.figures.in_words import Asked, By, Measure, Sort
from handlers.figures.replies.heads import counted, head, kind
from handlers.figures.replies.reached import standings
from handlers.figures.replies.subjects import (
    One,
    Subject,
    counts_of,
    days_of,
    divided,
    together,
    wanted_by_day,
    wanted_of,
)
from handlers.messages import Reply
from handlers.texts import number, short_day
from handlers.turn import Turn

MOST_RANKED = 5
_ALL = 30


def ranking(turn: Turn, asked: Asked, subject: Subject) -> Reply:
    """The first or the last few; of a ranking without an end all."""
    by = asked.grouped or (By.COMMUNE if len(subject.places) > 1 else By.PERSON)
    most = asked.most or (_ALL if asked.last is None else MOST_RANKED)
    if by is By.DAY:
        return _days(turn, asked, subject, most)
    parts = list(divided(turn, subject, by))
    lines, how = _lines(turn, asked, subject, parts)
    summed = "how_many" in asked.rules and how == "outcomes"  # `bao nhiêu máy lỗi, xã nào nhiều nhất`
    whole = together(turn, parts, days_of(turn, asked.period)) if summed else {}
    return turn.say(
        "in_words.ranking",
        head=head(turn, asked, subject),
        how=turn.text("in_words.how", by=how),
        rows=lines[:most],
        more=len(lines[most:]) if asked.last is None else 0,
        kind=kind(turn, by),
        whole=counted(turn, asked, whole) if summed else "",
    )


def _days(turn: Turn, asked: Asked, subject: Subject, most: int) -> Reply:
    found = wanted_by_day(turn, asked, subject, days_of(turn, asked.period))
    ranked = sorted(found.items(), key=lambda item: (item[1] if asked.last else -item[1], item[0]))
    outcome = (asked.outcomes or ("activated",))[0]
    lines = [(short_day(day), counted(turn, asked, {outcome: n})) for day, n in ranked]
    how = turn.text("in_words.how", by="outcomes" if asked.outcomes else "phones")
    return turn.say(
        "in_words.ranking",
        head=head(turn, asked, subject),
        how=how,
        rows=lines[:most],
        more=0,
        kind=kind(turn, By.DAY),
        whole="",
    )


def _lines(turn: Turn, asked: Asked, subject: Subject, parts: list[One]) -> tuple[list[tuple[str, str]], str]:
    """Names with what they have, in order, and by what that is: targets count for communes where no days are named."""
    far = standings(turn, asked, subject) if parts and parts[0].sort is Sort.COMMUNE else {}
    if far and asked.ranked_by is Measure.LEFT:
        order = _sorted(parts, {one: max(0, far[one].left) for one in parts}, last=not asked.last)
        return [(one.name, number(max(0, far[one].left))) for one in order], "left"
    if far and asked.ranked_by is Measure.TARGET:
        order = _sorted(parts, {one: far[one].target for one in parts}, last=bool(asked.last))
        return [(one.name, number(far[one].target)) for one in order], "target"
    if far and asked.ranked_by is Measure.REACHED and not asked.outcomes and asked.period is None:
        order = _sorted(parts, {one: far[one].done for one in parts}, last=bool(asked.last))
        return [(one.name, number(far[one].done)) for one in order], "phones"
    if far and not asked.outcomes and asked.period is None:
        order = _sorted(parts, {one: _share(far[one]) for one in parts}, last=bool(asked.last))
        return [(one.name, turn.text("in_words.rank_of_target", standing=far[one])) for one in order], "share"
    counts = counts_of(turn, parts, days_of(turn, asked.period))
    order = _sorted(parts, {one: wanted_of(asked, counts[one]) for one in parts}, last=bool(asked.last))
    if not asked.last and (asked.outcomes or (parts and parts[0].sort is not Sort.PERSON)):
        order = [one for one in order if wanted_of(asked, counts[one])]
    lines = [(one.name, number(wanted_of(asked, counts[one]))) for one in order]
    return lines, "outcomes" if asked.outcomes else "phones"


def _share(standing: Standing) -> float:
    return standing.done / max(standing.target, 1)


def _sorted(parts: list[One], weight: "dict[One, float] | dict[One, int]", *, last: bool) -> list[One]:
    return sorted(parts, key=lambda one: weight[one] if last else -weight[one])


def position(turn: Turn, asked: Asked, subject: Subject, among: Subject) -> Reply | None:
    """At which place each of these stands among all; None where there is nothing to stand among."""
    sort = subject.sort
    by = {Sort.PERSON: By.PERSON, Sort.HAMLET: By.HAMLET}.get(sort, By.COMMUNE) if sort else By.COMMUNE
    others = list(divided(turn, among, by))
    if len(others) < 2:
        return None
    far = standings(turn, asked, among) if by is By.COMMUNE and asked.period is None else {}
    counts = counts_of(turn, others, days_of(turn, asked.period))
    weight = {(one.sort, one.id): _share(far[one]) if far else float(wanted_of(asked, counts[one])) for one in others}
    lines = []
    for one in subject.ones:
        own = weight[one.sort, one.id]
        place = 1 + sum(1 for value in weight.values() if value > own)
        same = next(other for other in others if (other.sort, other.id) == (one.sort, one.id))
        said = turn.text("in_words.rank_of_target", standing=far[same]) if far else counted(turn, asked, counts[same])
        lines.append((one.name, place, said))
    return turn.say(
        "in_words.position",
        head=head(turn, asked, subject),
        rows=lines,
        number=len(others),
        kind=kind(turn, by),
        how=turn.text("in_words.how", by="share" if far else "phones"),
    )
