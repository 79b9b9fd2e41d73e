"""The answer to a question that was understood whole: whose numbers it is of, and what says them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from handlers.figures.in_words import Asked, By, Measure, Sort, Whose
from handlers.figures.replies import (
    before,
    choosing,
    goals,
    handing,
    knowing,
    owning,
    pacing,
    ranking,
    reached,
    reporting,
    sharing,
)
from handlers.figures.replies.before import alone
from handlers.figures.replies.beyond import beyond
from handlers.figures.replies.heads import head
from handlers.figures.replies.subjects import One, Subject, counts_of, days_of
from handlers.messages import Message, Reply, Saying
from handlers.turn import STUDENTS, Turn, command_button
from storage.campaign import teams
from storage.campaign.people import Role

_Answering = Callable[[Turn, Asked, Subject], Reply]
_ANSWERS: dict[Measure, _Answering] = {
    Measure.REACHED: reached.reached,
    Measure.LEFT: pacing.left,
    Measure.TARGET: pacing.target,
    Measure.QUOTA: pacing.quota,
    Measure.FINISH: pacing.finish,
    Measure.AVERAGE: pacing.average,
    Measure.BASELINE: pacing.baseline,
    Measure.STUDENTS: pacing.students,
    Measure.REPORTS: reporting.reports,
    Measure.OPEN: reporting.open_messages,
    Measure.RANKING: ranking.ranking,
    Measure.SUCCESS: sharing.success,
    Measure.LEADS: knowing.leads,
    Measure.UNSTAFFED: knowing.unstaffed,
}

# Where there may be nothing of which it could be said.
_WHERE_IT_MAY_BE: dict[Measure, Callable[[Turn, Asked, Subject], Reply | None]] = {
    Measure.PART: sharing.part,
    Measure.LAST_REPORT: knowing.last_report,
}


def answered(message: Message, turn: Turn, asked: Asked) -> list[Saying]:
    """The answer to a question that was understood whole; of one that goes on, a button for it alone stands below."""
    before.remember(turn, asked)
    said = _answered(message, turn, asked)
    other = alone(message.text, turn) if asked.follows else None
    return before.with_other(message.text, turn, other, said) if isinstance(other, Asked) else said


def _answered(message: Message, turn: Turn, asked: Asked) -> list[Saying]:
    known = _beside_numbers(message, turn, asked)
    if known is not None:
        return known
    subject = choosing.subject(turn, asked)
    if isinstance(subject, Reply):
        return [subject]
    subject = replace(subject, leads=asked.leads)
    if asked.goal is not None or asked.measure in _WHERE_IT_MAY_BE:
        told = (goals.left if asked.goal is not None else _WHERE_IT_MAY_BE[asked.measure])(turn, asked, subject)
        return [told or beyond(turn, message.text)]
    if (meant := _of_own_book(turn, asked)) != asked:
        return _answered(message, turn, meant)
    if asked.measure in handing.FILES:
        return handing.file(message, turn, asked, subject)
    if _is_to_come(asked, turn) and asked.measure is not Measure.FINISH:
        return [turn.say("in_words.future", head=head(turn, asked, subject))]
    if subject.sort is Sort.HAMLET and asked.measure in choosing.OF_TARGETS:
        return [pacing.of_hamlet(turn, asked, subject)]
    if turn.me.role in STUDENTS and (own := _own(message, turn, asked, subject)) is not None:
        return [own]
    if _lacks_communes(asked, subject):
        return [turn.say("in_words.one_commune")]
    if asked.measure is Measure.POSITION:
        among = _among(turn, asked)
        placed = ranking.position(turn, asked, subject, among) if among is not None else None
        return [placed if placed is not None else turn.say("in_words.one_commune")]
    return [_ANSWERS[asked.measure](turn, asked, subject)]


def _of_own_book(turn: Turn, asked: Asked) -> Asked:
    """What is asked of one's own: no target but the quota, which is the same each day, and nothing of before."""
    is_own = asked.whose is Whose.OWN and turn.me.role in STUDENTS
    if asked.measure is Measure.BASELINE and (is_own or (turn.me.role is Role.STUDENT and asked.whose is None)):
        return replace(asked, measure=Measure.REACHED)
    if (is_own and _is_of_quota(asked)) or _is_left_today(turn, asked):
        return replace(asked, measure=Measure.QUOTA)
    of_days_to_come = asked.measure is Measure.QUOTA and _is_to_come(asked, turn)
    return replace(asked, period=None) if of_days_to_come else asked


def _is_to_come(asked: Asked, turn: Turn) -> bool:
    return asked.period is not None and asked.period.first > turn.work_day


def _is_of_quota(asked: Asked) -> bool:
    """Whether one's own numbers are asked for against the quota: `tuần này em đạt bao nhiêu phần trăm`."""
    plain = not asked.outcomes and asked.compared is None and asked.grouped is None and not asked.beside
    share = asked.measure is Measure.REACHED and asked.share and plain
    return share or asked.measure in (Measure.TARGET, Measure.LEFT)


def _is_left_today(turn: Turn, asked: Asked) -> bool:
    """Whether a student asks what is left today: `còn mấy máy nữa thì đủ chỉ tiêu hôm nay`, of nobody else."""
    today = asked.period is not None and (asked.period.first, asked.period.last) == (turn.work_day, turn.work_day)
    of_nobody = asked.whose is None and not (asked.communes or asked.hamlets or asked.people or asked.grouped)
    return turn.me.role is Role.STUDENT and asked.measure is Measure.LEFT and today and of_nobody


def _beside_numbers(message: Message, turn: Turn, asked: Asked) -> list[Saying] | None:
    """What is of nobody's numbers, or of the asker's own messages; None: numbers are asked for."""
    if asked.measure in handing.HANDED:
        return handing.handed(message, turn, asked)
    if asked.measure is Measure.PHASES:
        return [knowing.phase_days(turn, asked)]
    if asked.measure is Measure.STORED:
        mine = turn.me.role in STUDENTS and asked.whose is not Whose.TEAM and not asked.people
        return knowing.stored(message, turn) if mine else [beyond(turn, message.text)]
    return None


def _lacks_communes(asked: Asked, subject: Subject) -> bool:
    """Whether communes are to be ranked of which the asker sees one."""
    return asked.measure is Measure.RANKING and asked.grouped is By.COMMUNE and len(subject.places) < 2


def _among(turn: Turn, asked: Asked) -> Subject | None:
    """All among whom somebody may stand: everything that the asker sees."""
    whole = choosing.subject(turn, Asked(Measure.REACHED, whose=Whose.ALL))
    return whole if isinstance(whole, Subject) else None


# Students and leads about themselves


def _own(message: Message, turn: Turn, asked: Asked, subject: Subject) -> Reply | None:
    """Where the sender and the team stand; None where something else is asked."""
    team = teams.team_of(turn.tx, turn.me.id, turn.work_day)
    assert team is not None
    if asked.measure is Measure.REPORTS and turn.me.role is Role.STUDENT:
        return reporting.counted_only(turn, asked, subject)
    if subject.sort is Sort.HAMLET and asked.mine and asked.measure is Measure.REACHED and asked.compared is None:
        together = not asked.outcomes and not asked.beside and asked.grouped in (None, By.HAMLET)
        return owning.in_hamlets(turn, asked, subject) if together else beyond(turn, message.text)
    mine = subject.sort is Sort.PERSON and [one.id for one in subject.ones] == [turn.me.id]
    if asked.measure is not Measure.REACHED or asked.compared is not None or asked.beside:
        return None
    if subject.sort is Sort.HAMLET and turn.me.role is Role.STUDENT and len(subject.ones) == 1:
        return None
    if mine and asked.grouped is By.HAMLET:
        return beyond(turn, message.text) if asked.outcomes else owning.by_hamlet(turn, asked, subject)
    if not (mine or subject.sort is None) or asked.grouped not in (None, By.OUTCOME):
        return None
    me, whole = One(Sort.PERSON, turn.me.id, "", team.commune), One(None, team.id, "", team.commune)
    today = (turn.work_day, turn.work_day)
    buttons = ((command_button("Xem từng tin", "/homnay"),),)
    first = head(turn, asked, subject)
    if asked.period is not None:
        counts = counts_of(turn, (me, whole), days_of(turn, asked.period))
        return turn.say(
            "in_words.own_in_days",
            head=first,
            mine=_said(turn, asked, counts[me]),
            team=_of_team(turn, asked, counts[whole]),
            buttons=buttons if days_of(turn, asked.period) == today else (),
        )
    now = counts_of(turn, (me, whole), today)
    ever = counts_of(turn, (me, whole), (_first_day(turn), turn.work_day))
    return turn.say(
        "in_words.own",
        head=first,
        day=turn.work_day,
        mine_today=_said(turn, asked, now[me]),
        team_today=_of_team(turn, asked, now[whole]),
        mine=_said(turn, asked, ever[me]),
        team=_of_team(turn, asked, ever[whole]),
        buttons=buttons,
    )


def _said(turn: Turn, asked: Asked, counts: dict[str, int]) -> str:
    if asked.outcomes or not counts:
        return turn.text("in_words.own_counted", outcomes=asked.outcomes, counts=counts)
    return turn.text("in_words.counted", outcomes=(), counts=counts)


def _of_team(turn: Turn, asked: Asked, counts: dict[str, int]) -> str:
    """The team's sum beside one's own: only what is asked for, unless it is asked for the team."""
    phones = {"activated": counts.get("activated", 0)}
    whole = asked.outcomes or asked.whose is Whose.TEAM
    return turn.text("in_words.counted", outcomes=asked.outcomes, counts=counts if whole else phones)


def _first_day(turn: Turn) -> date:
    """The first day of the sender's phase of today, or of the one that ended."""
    place = teams.place_on(turn.places, turn.work_day)
    assert place is not None, "the roster gives each student a team"
    return place.first
