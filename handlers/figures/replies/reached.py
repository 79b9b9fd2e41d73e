"""How many: of a commune, hamlet, person or of all, up to now or on some days, whole or divided; beside other days."""

from handlers.figures.asked_for import here
from handlers.figures.gathered import facts
from handlers.figures.gathered.facts import Standing
from handlers.figures.in_words import Asked, By, Limit, Sort, Span
from handlers.figures.replies.heads import by_of, counted, head, in_words, rows
from handlers.figures.replies.subjects import (
    One,
    Subject,
    counts_of,
    days_of,
    divided,
    of_all,
    together,
    wanted_by_day,
    wanted_of,
    with_team,
)
from handlers.messages import Reply
from handlers.texts import number, short_day
from handlers.turn import Turn
from storage.reports import tallies


def reached(turn: Turn, asked: Asked, subject: Subject) -> Reply:
    """What was counted, as it was asked."""
    if asked.compared is not None:
        return _compared(turn, asked, subject)
    if asked.beside:
        return _beside(turn, asked, subject)
    if asked.grouped is By.DAY:
        return _days(turn, asked, subject)
    if asked.grouped is By.OUTCOME:
        return _outcomes(turn, asked, subject)
    parts = divided(turn, subject, asked.grouped)
    if asked.grouped is None and (len(subject.ones) == 1 or subject.whole):
        return _one(turn, asked, subject)
    return _several(turn, asked, subject, parts)


def standings(turn: Turn, asked: Asked, subject: Subject) -> dict[One, Standing]:
    """How far each commune is, at the end of the period where it is one up to a day."""
    until = asked.period is not None and asked.period.span is Span.UNTIL
    day = asked.period.last if until and asked.period is not None else turn.work_day
    board = facts.board(turn.tx, subject.places, day, finished=day < turn.work_day)
    by_id = {row.commune.id: row.standing for row in board.rows}
    return {one: by_id[one.id] for one in subject.ones if one.sort is Sort.COMMUNE}


def _is_until_now(asked: Asked) -> bool:
    """Whether everything up to a day is asked for, so that targets stand beside it."""
    return (asked.period is None or asked.period.span is Span.UNTIL) and not asked.outcomes


def _one(turn: Turn, asked: Asked, subject: Subject) -> Reply:
    """One commune, hamlet or person, or all communes together."""
    days = days_of(turn, asked.period)
    whole = together(turn, subject.ones, days)
    if subject.sort is Sort.COMMUNE:
        day = asked.period.last if asked.period is not None and asked.period.span is Span.UNTIL else turn.work_day
        board = facts.board(turn.tx, subject.places, day, finished=day < turn.work_day)
        if _is_until_now(asked):
            return turn.say(
                "in_words.commune_so_far", head=head(turn, asked, subject), standing=board.whole, day=day, own=""
            )
        standing = board.whole if not asked.outcomes else None
        return turn.say(
            "in_words.in_days",
            head=head(turn, asked, subject),
            said=counted(turn, asked, whole),
            standing=standing,
        )
    if asked.period is not None:
        said = counted(turn, asked, whole)
        return turn.say("in_words.in_days", head=head(turn, asked, subject), said=said, standing=None)
    today = together(turn, subject.ones, (turn.work_day, turn.work_day))
    return turn.say(
        "in_words.so_far",
        head=head(turn, asked, subject),
        day=turn.work_day,
        of_today=counted(turn, asked, today),
        name_of_all=turn.text("in_words.name_ever"),
        ever=counted(turn, asked, whole),
    )


def _several(turn: Turn, asked: Asked, subject: Subject, parts: tuple[One, ...]) -> Reply:
    """One line each, the most first where they are a list, in the order of the question where they were named."""
    others = 0
    if asked.limit is not None and not asked.limit.above and not asked.limit.percent:
        staffed = with_team(turn, subject, parts)
        parts, others = staffed, len(parts) - len(staffed)
    counts = counts_of(turn, parts, days_of(turn, asked.period))
    far = standings(turn, asked, subject) if set(parts) <= set(subject.ones) and subject.sort is Sort.COMMUNE else {}
    kept = [one for one in parts if _within(asked, counts[one], far.get(one))]
    told = bool(far) and _is_until_now(asked) and (asked.limit is None or asked.limit.percent)
    if asked.grouped is not None:
        kept.sort(key=lambda one: -_weight(asked, counts[one], far.get(one) if told else None))
    named = asked.grouped is None or (parts == subject.ones and not subject.whole)
    shown = [one for one in kept if named or told or asked.limit or asked.leads or wanted_of(asked, counts[one])]
    lines = [
        (
            _name(asked, subject, one),
            turn.text("in_words.of_target", standing=far[one]) if told else _line(turn, asked, counts, one),
        )
        for one in shown
    ]
    every = tallies.merged(counts[one] for one in kept)
    whole = "" if asked.limit or asked.done or len(kept) < 2 else counted(turn, asked, every)
    if told:
        whole = "" if not whole else turn.text("in_words.of_target", standing=_together(turn, asked, subject))
    by = asked.grouped or by_of(parts)
    among = len(parts) if asked.limit or asked.done else None
    empty = len(kept) - len(shown)
    return rows(turn, asked, subject, lines, by=by, whole=whole, empty=empty, among=among, others=others)


def _name(asked: Asked, subject: Subject, one: One) -> str:
    """A name, with the commune where it is asked in which one somebody is: `máy lỗi ở xã nào, ai báo`."""
    if one.sort is not Sort.PERSON or "which_commune" not in asked.rules or len(subject.places) < 2:
        return one.name
    return f"{one.name} ({next(facts.short(place) for place in subject.places if place.id == one.commune)})"


def _line(turn: Turn, asked: Asked, counts: "dict[One, dict[str, int]]", one: One) -> str:
    if asked.grouped is not None and len(asked.outcomes) <= 1:
        return number(wanted_of(asked, counts[one]))
    return counted(turn, asked, counts[one])


def _together(turn: Turn, asked: Asked, subject: Subject) -> Standing:
    until = asked.period is not None and asked.period.span is Span.UNTIL
    day = asked.period.last if until and asked.period is not None else turn.work_day
    return facts.board(turn.tx, subject.places, day, finished=day < turn.work_day).whole


def _weight(asked: Asked, counts: "dict[str, int]", standing: Standing | None) -> float:
    return standing.done / max(standing.target, 1) if standing is not None else wanted_of(asked, counts)


def _within(asked: Asked, counts: "dict[str, int]", standing: Standing | None) -> bool:
    """Whether one is above or below what was asked for, or has reached its target."""
    if asked.done:
        return standing is not None and standing.target > 0 and standing.left <= 0
    if asked.limit is None:
        return True
    if asked.limit.percent:
        share = 100 * standing.done / standing.target if standing is not None and standing.target else 0.0
        return _is_beyond(share, asked.limit)
    return _is_beyond(wanted_of(asked, counts), asked.limit)


def _is_beyond(n: float, limit: Limit) -> bool:
    if limit.least:
        return n >= limit.n
    return n > limit.n if limit.above else n < limit.n


def _days(turn: Turn, asked: Asked, subject: Subject) -> Reply:
    """Phones day by day, the newest first."""
    first, last = days_of(turn, asked.period)
    found = wanted_by_day(turn, asked, subject, (first, last))
    if "silent" in asked.rules and asked.period is not None:  # `ngày nào không có số liệu`
        found = {first + k * facts.ONE_DAY: 0 for k in range((last - first).days + 1)} | found
    lines = [(short_day(day), number(n)) for day, n in sorted(found.items(), reverse=True)]
    whole = counted(turn, asked, together(turn, subject.ones, (first, last))) if len(lines) > 1 else ""
    if not asked.outcomes and lines[1:]:
        whole = counted(turn, asked, {"activated": sum(found.values())})
    return rows(turn, asked, subject, lines, by=By.DAY, whole=whole)


def _outcomes(turn: Turn, asked: Asked, subject: Subject) -> Reply:
    whole = together(turn, subject.ones, days_of(turn, asked.period))
    return turn.say(
        "in_words.in_days", head=head(turn, asked, subject), said=counted(turn, asked, whole), standing=None
    )


def _compared(turn: Turn, asked: Asked, subject: Subject) -> Reply:
    """The same on other days; of several each, with the sums."""
    assert asked.period is not None
    assert asked.compared is not None
    parts = divided(turn, subject, asked.grouped) if asked.grouped or not subject.whole else ()
    now = counts_of(turn, parts or subject.ones, days_of(turn, asked.period))
    then = counts_of(turn, parts or subject.ones, days_of(turn, asked.compared))
    of_all = tuple(sum(wanted_of(asked, counts) for counts in kept.values()) for kept in (now, then))
    lines = [(one.name, wanted_of(asked, now[one]), wanted_of(asked, then[one])) for one in parts]
    if not parts:
        lines = [(subject.name, of_all[0], of_all[1])]
    elif asked.grouped is not None:
        lines = sorted((line for line in lines if line[1] or line[2]), key=lambda line: line[1] - line[2])
    partly = asked.period.last >= turn.work_day > asked.compared.last
    return turn.say(
        "in_words.compared",
        head=head(turn, asked, subject),
        rows=lines,
        sums=of_all,
        first=in_words(turn, asked.period),
        second=in_words(turn, asked.compared),
        unit=_unit(turn, asked),
        partly=partly,
    )


def _unit(turn: Turn, asked: Asked) -> str:
    """What is counted: `máy`."""
    return turn.text("in_words.unit", outcome=(asked.outcomes or ("activated",))[0])


def _beside_all(turn: Turn, asked: Asked, subject: Subject, *, told: bool) -> Reply:
    """One beside all that the asker sees."""
    places = here.communes(turn)
    whole = of_all(turn, places)
    lines = []
    for of in (subject, whole):
        if told:
            said = turn.text("in_words.of_target", standing=_together(turn, asked, of))
        else:
            said = counted(turn, asked, together(turn, of.ones, days_of(turn, asked.period)))
        lines.append((of.name, said))
    return turn.say("in_words.beside", head=head(turn, asked, subject), rows=lines, ahead="")


def _beside(turn: Turn, asked: Asked, subject: Subject) -> Reply:
    """Two or more beside each other, and which is ahead."""
    days = days_of(turn, asked.period)
    counts = counts_of(turn, subject.ones, days)
    far = standings(turn, asked, subject) if subject.sort is Sort.COMMUNE else {}
    told = bool(far) and _is_until_now(asked)
    lines = []
    weight: dict[One, float] = {}
    for one in subject.ones:
        weight[one] = _weight(asked, counts[one], far.get(one) if told else None)
        said = turn.text("in_words.of_target", standing=far[one]) if told else counted(turn, asked, counts[one])
        lines.append((one.name, said))
    if len(subject.ones) == 1:
        return _beside_all(turn, asked, subject, told=told)
    best, other = sorted(subject.ones, key=lambda one: -weight[one])[:2]
    apart = weight[best] - weight[other]
    unit = _unit(turn, asked)
    by = "" if not apart else turn.text("in_words.points", n=apart * 100) if told else f"{number(int(apart))} {unit}"
    ahead = turn.text("in_words.ahead", first=best.name, second=other.name, by=by)
    if told and apart and (more := far[best].done - far[other].done):
        first, second = (best, other) if more > 0 else (other, best)
        phones = f"{number(abs(more))} {unit}"
        ahead += "\n" + turn.text("in_words.ahead", first=first.name, second=second.name, by=phones)
    return turn.say("in_words.beside", head=head(turn, asked, subject), rows=lines, ahead=ahead)
