"""What is left, targets, quotas, when it will be done, averages, what there was before, and how many students work."""

from dataclasses import replace
from datetime import date

from handlers.figures.gathered import facts
from handlers.figures.gathered.facts import ONE_DAY, Board, Pace
from handlers.figures.in_words import Asked, By, Period, Sort, Span
from handlers.figures.replies.heads import by_of, head, in_words, rows
from handlers.figures.replies.subjects import (
    Days,
    One,
    Subject,
    by_day,
    counts_of,
    days_of,
    divided,
    of_communes,
    students_of,
    together,
    with_team,
)
from handlers.messages import Reply
from handlers.texts import number
from handlers.turn import STUDENTS, Turn
from storage.campaign import phases
from storage.campaign.people import Role
from storage.reports import totals

MOST_NAMED = 12


def left(turn: Turn, asked: Asked, subject: Subject) -> Reply:
    """How many are still to do; today's against the quota; of several communes each, the most first."""
    board = _board(turn, subject)
    if asked.grouped is By.COMMUNE or (len(subject.ones) > 1 and not subject.whole):
        names = {place.id: facts.short(place) for place in subject.places}
        ranked = sorted(board.rows, key=lambda row: (-row.standing.left, row.commune.code))
        lines = [(names[row.commune.id], number(row.standing.left)) for row in ranked if row.standing.left > 0]
        whole = f"{number(max(0, board.whole.left))}" if len(lines) > 1 else ""
        return rows(turn, asked, subject, lines, by=By.COMMUNE, whole=whole)
    today = asked.period is not None and asked.period.span is Span.DAY and asked.period.last == turn.work_day
    return turn.say(
        "in_words.left",
        head=head(turn, asked, subject),
        standing=board.whole,
        day=turn.work_day,
        quota=board.pace.daily if today and board.pace is not None and _is_on(board.pace) else 0,
        pace=_pace(turn, board),
    )


def of_hamlet(turn: Turn, asked: Asked, subject: Subject) -> Reply:
    """A hamlet has no target: that is said, with what is done there."""
    counts = counts_of(turn, subject.ones, days_of(turn, None))
    lines = [(one.name, counts[one].get("activated", 0)) for one in subject.ones]
    return turn.say("in_words.hamlet", head=head(turn, asked, subject), rows=lines)


def finish(turn: Turn, asked: Asked, subject: Subject) -> Reply:
    """When it will be done at this pace, and whether that is within the phase."""
    if asked.grouped is By.COMMUNE or (len(subject.ones) > 1 and not subject.whole):
        return _each(turn, asked, subject)
    board = _board(turn, subject)
    by = asked.period.last if asked.period is not None and asked.period.last > turn.work_day else None
    last = by or _last(board.pace, turn.work_day)
    return turn.say(
        "in_words.finish",
        head=head(turn, asked, subject),
        standing=board.whole,
        pace=board.pace,
        by=by,
        last=last,
        ends_with=_ends_with(board, turn.work_day, last),
        needed=-(-(board.whole.left + board.whole.phones_today) // ((last - turn.work_day).days + 1)) if by else None,
        said=_pace(turn, board, needed=last != _last(board.pace, turn.work_day) or by is None),
    )


def _ends_with(board: Board, today: date, last: date) -> int | None:
    """How many phones there will be at the end of a day at this pace; None where that cannot be said."""
    pace = board.pace
    if pace is None or not pace.average or pace.before or pace.over:
        return None
    return board.whole.done - board.whole.phones_today + pace.average * ((last - today).days + 1)


def _each(turn: Turn, asked: Asked, subject: Subject) -> Reply:
    lines = []
    for place in subject.places:
        board = facts.board(turn.tx, [place], turn.work_day, finished=False)
        finish = board.pace.finish if board.pace is not None else None
        lines.append((facts.short(place), turn.text("in_words.finish_row", standing=board.whole, finish=finish)))
    return rows(turn, asked, subject, lines, by=By.COMMUNE)


def _board(turn: Turn, subject: Subject) -> Board:
    return facts.board(turn.tx, subject.places, turn.work_day, finished=False)


def _is_on(pace: Pace) -> bool:
    return not pace.before and not pace.over


def _last(pace: Pace | None, today: date) -> date:
    return pace.phase.first + (pace.phase.days - 1) * ONE_DAY if pace is not None else today


def _pace(turn: Turn, board: Board, *, needed: bool = True) -> str:
    """What is needed a day within the phase, where that is not said already, and what comes of the pace."""
    if board.pace is None:
        return ""
    last = _last(board.pace, turn.work_day)
    return turn.text("in_words.pace", pace=board.pace, last=last, day=turn.work_day, needed=needed)


def target(turn: Turn, asked: Asked, subject: Subject) -> Reply:
    """The target, of several communes each; beside it what students should do a day."""
    board = _board(turn, subject)
    if asked.grouped is By.COMMUNE or (len(subject.ones) > 1 and not subject.whole):
        ranked = sorted(board.rows, key=lambda row: (-row.standing.target, row.commune.code))
        lines = [(facts.short(row.commune), number(row.standing.target)) for row in ranked]
        whole = number(board.whole.target) if len(lines) > 1 else ""
        return rows(turn, asked, subject, lines, by=By.COMMUNE, whole=whole)
    one_team = len(subject.places) == 1 and board.pace is not None
    settings = phases.current(turn.tx)
    return turn.say(
        "in_words.target",
        head=head(turn, asked, subject),
        standing=board.whole,
        quota=settings.quota if settings else 0,
        daily=board.pace.daily if one_team and board.pace is not None else 0,
    )


def quota(turn: Turn, asked: Asked, subject: Subject) -> Reply:
    """What a student and all of them should do a day, how far they are against it, and what is needed to be in time."""
    board, settings = _board(turn, subject), phases.current(turn.tx)
    pace = board.pace
    if asked.grouped is By.COMMUNE and len(subject.places) > 1 and asked.period is None:
        return _quota_of_each(turn, asked, subject)
    if "which_person" in asked.rules and turn.me.role is not Role.STUDENT:
        return _quota_of_people(turn, asked, subject, settings.quota if settings else 0)
    own = turn.me.role in STUDENTS and subject.sort is Sort.PERSON
    day = turn.work_day
    return turn.say(
        "in_words.quota",
        head=head(turn, asked, subject),
        quota=settings.quota if settings else 0,
        students=number(pace.students) if pace else "",
        daily=pace.daily if pace else 0,
        until=pace.quota if pace else 0,
        bot=pace.bot if pace else 0,
        before=day - ONE_DAY,
        day=day,
        phones=board.whole.phones_today,
        needed=pace.needed if pace and not pace.before else None,
        span=_in_span(turn, asked, subject, pace),
        own=totals.activated(turn.tx, "person", turn.me.id, day) if own else None,
        so_far=_own_so_far(turn, settings.quota) if own and settings and pace and _is_on(pace) else None,
        whole=_own_of_phase(turn, asked, settings.quota) if own and settings else 0,
        share=asked.share,
    )


def _own_of_phase(turn: Turn, asked: Asked, quota: int) -> int:
    """The asker's quota of all days of the phase, where it is asked how many are left of it; or 0."""
    phase = phases.phase_on(turn.tx, turn.work_day)
    of_it = asked.period is not None and asked.period.span is Span.PHASE and "left" in asked.rules
    return quota * ((phase.last - phase.first).days + 1) if of_it and phase is not None else 0


def _own_so_far(turn: Turn, quota: int) -> tuple[int, int]:
    """The asker's phones of the phase up to today, and the quota of its days until then."""
    phase = phases.phase_on(turn.tx, turn.work_day)
    assert phase is not None, "it has a pace"
    counts = totals.between(turn.tx, "person", turn.me.id, phase.first, turn.work_day)
    return counts.get("activated", 0), quota * ((turn.work_day - phase.first).days + 1)


def _quota_of_people(turn: Turn, asked: Asked, subject: Subject, quota: int) -> Reply:
    """Who has how many of the quota of the days, the most first: of today where none are named."""
    asked = replace(asked, grouped=By.PERSON, period=asked.period or _today(turn))
    first, last = days_of(turn, asked.period)
    phase = phases.phase_on(turn.tx, last)
    first = max(first, phase.first) if phase is not None else first
    wanted = quota * max(0, (last - first).days + 1)
    ones = divided(turn, subject, By.PERSON)
    counts = counts_of(turn, ones, (first, last))
    found = sorted(((one.name, counts[one].get("activated", 0)) for one in ones), key=lambda one: -one[1])
    lines = [(name, f"{number(n)}/{number(wanted)}") for name, n in found if n]
    enough = number(sum(n >= wanted for _, n in found))
    return rows(turn, asked, subject, lines, by=By.PERSON, empty=len(found) - len(lines), enough=enough)


def _quota_of_each(turn: Turn, asked: Asked, subject: Subject) -> Reply:
    """Today's phones of each commune against its quota of the day, the furthest behind first."""
    found: list[tuple[str, int, int]] = []
    for place in subject.places:
        board = facts.board(turn.tx, [place], turn.work_day, finished=False)
        daily = board.pace.daily if board.pace is not None and _is_on(board.pace) else 0
        found.append((facts.short(place), board.whole.phones_today, daily))
    found.sort(key=lambda one: (one[1] / max(1, one[2]), one[0]))
    lines = [(name, f"{number(phones)}/{number(daily)}") for name, phones, daily in found]
    whole = f"{number(sum(phones for _, phones, _ in found))}/{number(sum(daily for _, _, daily in found))}"
    return rows(turn, replace(asked, period=_today(turn)), subject, lines, by=By.COMMUNE, whole=whole)


def _today(turn: Turn) -> Period:
    return Period(Span.DAY, turn.work_day, turn.work_day)


def _in_span(turn: Turn, asked: Asked, subject: Subject, pace: Pace | None) -> tuple[str, int, int] | None:
    """Of days before today: what they are called, what was counted, and the quota of those that are the phase's."""
    if asked.period is None or pace is None or asked.period.first == turn.work_day:
        return None
    first, last = days_of(turn, asked.period)
    first = max(first, pace.phase.first)
    number_of_days = (min(last, _last(pace, last)) - first).days + 1
    counts = together(turn, subject.ones, (first, last))
    of_one = subject.sort is Sort.PERSON and pace.students
    daily = pace.daily // pace.students * len(subject.ones) if of_one else pace.daily
    return in_words(turn, asked.period), counts.get("activated", 0), daily * max(0, number_of_days)


def average(turn: Turn, asked: Asked, subject: Subject) -> Reply:
    """Phones a day over the days with reports: of the phase where no days are named, of each where they are a list."""
    phase = phases.phase_on(turn.tx, turn.work_day)
    days = days_of(turn, asked.period)
    if asked.period is None and phase is not None:
        days = (max(phase.first, days[0]), days[1])
    if asked.grouped in (By.COMMUNE, By.PERSON, By.HAMLET) or (len(subject.ones) > 1 and not subject.whole):
        return _average_of_each(turn, asked, subject, days)
    found = by_day(turn, subject, days)
    return turn.say(
        "in_words.average",
        head=head(turn, asked, subject),
        each=_each_day(found),
        sum=sum(found.values()),
        number=len(found),
    )


def _average_of_each(turn: Turn, asked: Asked, subject: Subject, days: Days) -> Reply:
    """Each part's, without the communes that have nothing; the mean of those where somebody works; all together."""
    parts = divided(turn, subject, asked.grouped)
    working = with_team(turn, subject, parts)
    found = {one: by_day(turn, _alone(subject, one), days) for one in parts}
    means = {one: sum(phones.values()) / max(1, len(phones)) for one, phones in found.items()}
    shown = [one for one in parts if found[one] or one.sort is not Sort.COMMUNE]
    lines = [(one.name, turn.text("in_words.average_row", each=_each_day(found[one]))) for one in shown]
    whole = ""
    if len(parts) > 1:
        among = [means[one] for one in working] or list(means.values())
        said = turn.text("in_words.average_row", each=_one_decimal(sum(among) / max(1, len(among))))
        lines.insert(0, (turn.text("in_words.average_name"), said))
        together = by_day(turn, subject, days)
        whole = turn.text("in_words.average_whole", each=_each_day(together), number=len(together))
    empty = sum(one in working and one not in shown for one in parts)
    by = asked.grouped or by_of(parts)
    others = len(parts) - len(working)
    return rows(turn, asked, subject, lines, by=by, whole=whole, empty=empty, others=others)


def _alone(subject: Subject, one: One) -> Subject:
    places = tuple(place for place in subject.places if place.id == one.commune)
    return Subject((one,), one.name, places)


def _each_day(found: "dict[date, int]") -> str:
    return _one_decimal(sum(found.values()) / max(1, len(found)))


def _one_decimal(n: float) -> str:
    return f"{n:.1f}".replace(".", ",").removesuffix(",0")


def baseline(turn: Turn, asked: Asked, subject: Subject) -> Reply:
    """What there was before the bot, and what it recorded."""
    return turn.say("in_words.baseline", head=head(turn, asked, subject), standing=_board(turn, subject).whole)


def students(turn: Turn, asked: Asked, subject: Subject) -> Reply:
    """How many students work there in this phase; of one team by name."""
    found = students_of(turn, subject.places)
    names = {place.id: facts.short(place) for place in subject.places}
    lines = [
        (names[team.commune], len(those), [one.name for one in those][:MOST_NAMED] if len(found) == 1 else [])
        for team, those in found
    ]
    return turn.say(
        "in_words.students",
        head=head(turn, asked, subject),
        rows=lines,
        sum=sum(n for _, n, _ in lines),
    )


def as_communes(subject: Subject) -> Subject:
    """The communes in which hamlets or people are, for what is only known of communes."""
    if subject.sort is Sort.COMMUNE or not subject.places:
        return subject
    whole = len(subject.places) == 1
    return of_communes(subject.places, ", ".join(map(facts.short, subject.places)), whole=whole)
