"""/to: the team at a glance, and from there a student's reports, which a lead may change."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

from handlers import texts
from handlers.buttons.pressed import Pressed
from handlers.figures.asked_for import here
from handlers.figures.gathered import changes, facts
from handlers.figures.gathered.facts import ONE_DAY, short
from handlers.figures.said import listing
from handlers.language.signs.folding import fold
from handlers.language.where_and_when.days import dated
from handlers.messages import Button, Message, Reply, Rows
from handlers.open import showing
from handlers.places import in_phase
from handlers.places.finding import Match, find_commune
from handlers.reports import changing, correcting, withdrawing
from handlers.states import MEMBERS_REPORT, PUT_BACK
from handlers.texts import short_day
from handlers.turn import Answer, Scope, Turn, answers, command_button
from storage.campaign import accounts, people, phases
from storage.campaign import communes as all_communes
from storage.campaign import teams as all_teams
from storage.campaign.communes import Commune
from storage.campaign.people import Person, Role
from storage.campaign.phases import Phase
from storage.campaign.teams import Team
from storage.field import leave
from storage.reports import drafts, reports, tallies, totals
from storage.talk import chats

PAGE = 8  # communes to choose from
IN_A_ROW = 2
MOST_OPEN = 10  # open messages whose words are told
GROUP_MISSED = timedelta(days=3)  # so long a group that the bot is out of is spoken of
Row = tuple[Person, tallies.Counts, int, datetime | None, int]
Sums = Mapping[int, tallies.Counts]  # by person
_DAY = re.compile(
    r"(?:^| +)(?:ngay +)?(?:([0-9]{1,2})[/.-]([0-9]{1,2})(?:[/.-][0-9]{2,4})?|(hom nay|hom qua|hqua|hom kia))$"
)
_DAYS_AGO = {"hom nay": 0, "hom qua": 1, "hqua": 1, "hom kia": 2}


@answers("to", who=(Role.LEAD, Role.OFFICER, Role.ADMIN), scope=Scope.TEAM, help="to", button=True)
def show(message: Message, turn: Turn) -> Answer:
    """The team's students today; `/to hôm qua`, `/to 20/5` on that day; `/to hv012` or `/to An 19/05` one of them."""
    text, part = listing.wanted(message.text)
    wanted, day = _with_day(text, turn)
    if turn.me.role == Role.LEAD:
        own = all_teams.team_of(turn.tx, turn.me.id, turn.work_day)
        assert own is not None
        if not turn.is_among(own.id):
            return turn.say("totals.not_here")
        ended = in_phase.of(turn, turn.work_day).last if in_phase.has_ended(turn) else None
        day = ended.last if ended is not None and day == turn.work_day else day  # what there is left to read
        return _of_team(turn, own, wanted, day, part)
    communes = _visible(turn)
    if not (communes or turn.chat.private):
        return turn.say("totals.not_here")
    found = _student_of(turn, wanted, communes)
    if found is not None:
        return _student(turn, found, day, part)
    team = _team(turn, wanted, communes, day)
    return team if isinstance(team, Reply) else _overview(turn, team, day)


def _of_team(turn: Turn, team: Team, wanted: str, day: date, part: listing.Wanted) -> Answer:
    """The whole team for its lead, or the student named."""
    if not wanted:
        return _overview(turn, team, day)
    chosen = _named(people.of_team(turn.tx, team.id), wanted)
    return _student(turn, chosen, day, part) if chosen else turn.say("team.unknown_student")


def _named(students: Sequence[Person], wanted: str) -> Person | None:
    """The student of this id, or of this name or given name where only one has it."""
    for key in (
        [one for one in students if one.ref.casefold() == wanted.casefold()],
        [one for one in students if fold(one.name) == fold(wanted)],
        [one for one in students if fold(one.name).split()[-1:] == [fold(wanted)]],
    ):
        if len(key) == 1:
            return key[0]
    return None


def _with_day(text: str, turn: Turn) -> tuple[str, date]:
    """What is asked for, and the work day: `hv012 19/05`, `hôm qua`; today where none is named."""
    match = _DAY.search(fold(text))
    if match is None:
        return text, turn.work_day
    if match[3]:
        day: date | None = turn.work_day - timedelta(days=_DAYS_AGO[match[3]])
    else:
        day = dated((int(match[1]), int(match[2])), turn.work_day, past=True)
    return (text[: match.start()], day) if day else (text, turn.work_day)


def _visible(turn: Turn) -> dict[int, Commune]:
    """The communes that an officer sees here."""
    return {place.id: place for place in here.communes(turn)}


def _student_of(turn: Turn, wanted: str, communes: Mapping[int, Commune]) -> Person | None:
    """The student of this id, or of this name where there is only one, in the communes that an officer sees."""
    person = people.by_ref(turn.tx, wanted) if wanted else None
    if person is None and wanted and find_commune(wanted, communes.values()).found is None:
        return _named([one for team in _teams(turn, communes) for one in people.of_team(turn.tx, team.id)], wanted)
    team = all_teams.team_of(turn.tx, person.id, turn.work_day) if person else None
    return person if team is not None and team.commune in communes else None


def _teams(turn: Turn, communes: Iterable[int]) -> list[Team]:
    """The teams that work in these communes in today's phase."""
    phase = phases.phase_on(turn.tx, turn.work_day)
    teams = [team for commune in communes for team in all_teams.of_commune(turn.tx, commune)]
    return [team for team in teams if phase is not None and team.phase == phase.id]


def _team(turn: Turn, wanted: str, communes: Mapping[int, Commune], day: date) -> Team | Reply:
    """The team of the commune that an officer names; there may be only one to name."""
    visible = list(communes.values())
    found = find_commune(wanted, visible) if wanted else Match(visible[0] if len(visible) == 1 else None)
    hidden = find_commune(wanted, all_communes.every(turn.tx)).found if wanted and found.found is None else None
    if hidden is not None and turn.chat.private:
        return turn.say("commune.out_of_scope", name=hidden.name)
    if found.found is None:
        near = found.candidates if wanted else visible
        buttons = tuple((command_button(place.name, _command(turn, place.code, day)),) for place in near[:PAGE])
        return turn.say("team.which", buttons=buttons)
    team = next(iter(_teams(turn, [found.found.id])), None)
    return team or turn.say("team.none_there", commune=found.found.name)


def _command(turn: Turn, what: str, day: date) -> str:
    """What shows this: `/to hv012`, of another day than today `/to hv012 19/05`."""
    return " ".join(filter(None, ["/to", what, "" if day == turn.work_day else short_day(day)]))


def _overview(turn: Turn, team: Team, day: date) -> Reply:
    students, commune = texts.in_order(people.of_team(turn.tx, team.id)), all_communes.by_id(turn.tx, team.commune)
    phase, whole = phases.by_id(turn.tx, team.phase), totals.of(turn.tx, "team", team.id, day)
    first, span = phase.first, facts.span_of(turn.tx, phase)
    if day < first and not whole:
        return turn.say("team.before", commune=short(commune), first=first)
    opened, names = drafts.open_in_team(turn.tx, team.id, day), texts.short_names(students)
    off = leave.of_team(turn.tx, team.id, day)
    done = totals.of_members(turn.tx, team.id, (day, day)), totals.of_members(turn.tx, team.id, span)
    rows = [_row(turn, student, day, done, sum(one.person == student.id for one in opened)) for student in students]
    rows.sort(key=lambda row: _urgency(row, off))
    total = totals.between(turn.tx, "team", team.id, *span).get("activated", 0)
    buttons: Rows = ()
    if turn.chat.private:
        each = [command_button(names[student.id], _command(turn, student.ref, day)) for student in students]
        own = "" if turn.me.role == Role.LEAD else commune.code
        rows_of = tuple(tuple(each[at : at + IN_A_ROW]) for at in range(0, len(each), IN_A_ROW))
        buttons = (*rows_of, _days(turn, own, day, phase))
    told = turn.chat.private and turn.me.role == Role.LEAD  # the words are the lead's alone
    return turn.say(
        "team.overview",
        commune=commune.name,
        day=day,
        rows=rows,
        off=off,
        phase=phase,
        names=names,
        open=showing.of_team(opened[:MOST_OPEN], names) if told else [],
        more_open=max(0, len(opened) - MOST_OPEN),
        whole=whole,
        quota=facts.quota_of_one(turn.tx, phase, (day, day)) * len(students),
        changes=changes.of(turn.tx, turn.house.calendar, [commune], day, turn.at) if day == turn.work_day else None,
        groups=chats.unreachable(turn.tx, team.id, since=turn.now - GROUP_MISSED) if told else [],
        total=total,
        gone=max(0, total - sum(phones for _, _, phones, _, _ in rows)),
        outside=_outside(turn, team, students, names) if day == turn.work_day else [],
        buttons=buttons,
    )


def _urgency(row: Row, off: Collection[int]) -> tuple[bool, bool, int]:
    """Who has no report comes first, who has the least next, who is on leave last; of the same as lists have names."""
    student, counts, _, last, _ = row
    return (last is None and student.id in off, last is not None, counts.get("activated", 0))


def _outside(turn: Turn, team: Team, students: Sequence[Person], names: Mapping[int, str]) -> list[str]:
    """Who has not come in yet, or was locked out."""
    absent, locked = accounts.not_joined(turn.tx, team.id), all_teams.locked_in(turn.tx, team.id)
    return [
        names[student.id] + (" (đã khóa)" if student.id in locked else "")
        for student in students
        if student.id in absent | locked
    ]


def _days(turn: Turn, what: str, day: date, phase: Phase | None) -> tuple[Button, ...]:
    """To the days beside this one, of the phase."""
    first, last = (phase.first, min(phase.last, turn.work_day)) if phase is not None else (day, turn.work_day)
    near = [one for one in (day - ONE_DAY, day + ONE_DAY) if first <= one <= last]
    return tuple(command_button(f"Ngày {short_day(one)}", _command(turn, what, one)) for one in near)


def _row(turn: Turn, student: Person, day: date, done: tuple[Sums, Sums], opened: int) -> Row:
    """A student's day and total in the team, when the last report that counts was sent, how many messages are open."""
    return (
        student,
        done[0].get(student.id, {}),
        done[1].get(student.id, {}).get("activated", 0),
        reports.last_sent(turn.tx, student.id, day),
        opened,
    )


def _student(turn: Turn, student: Person, day: date, wanted: listing.Wanted) -> Answer:
    """A student's reports of a day, page by page; the lead may change each."""
    known, command = listing.of_day(turn, student.id, day), f"/to {student.ref} {short_day(day)}"
    changes = turn.me.role == Role.LEAD
    if changes and (wanted.choose is listing.Choose.REPORT or (wanted.choose and turn.chat.private)):
        return listing.choose(turn, known, wanted, command)
    return turn.say(
        "team.student",
        name=student.name,
        day=day,
        any_report=bool(known.reports),
        listed=listing.in_words(turn, known, wanted.page),
        sum=totals.of(turn.tx, "person", student.id, day),
        buttons=(*listing.buttons(turn, known, wanted.page, command, changes=changes), _ways(turn, student, day)),
    )


def _ways(turn: Turn, student: Person, day: date) -> tuple[Button, ...]:
    """To the days beside this one, and back to the team on this day."""
    team = all_teams.team_of(turn.tx, student.id, turn.work_day)
    phase = phases.by_id(turn.tx, team.phase) if team is not None else None
    own = turn.me.role == Role.LEAD or team is None
    code = "" if own or team is None else all_communes.by_id(turn.tx, team.commune).code
    return (*_days(turn, student.ref, day, phase), command_button("Cả tổ", _command(turn, code, day)))


@answers(offer=MEMBERS_REPORT, who=(Role.LEAD,), scope=Scope.TEAM)
def press_member(pressed: Pressed, turn: Turn) -> Answer:
    """The lead withdraws a student's report, is asked what it should say, or undoes what was changed of it."""
    report = pressed.report
    if pressed.choice == "fix":
        return correcting.ask(turn, report)
    pressed.use(turn)
    if pressed.choice == "undo":
        return changing.put_back(turn, report, replaces=pressed.said_in)
    if pressed.choice == "leave":
        return pressed.settle(turn.text("reporting.none_changed"))
    return withdrawing.withdraw_members(turn, report, replaces=pressed.said_in)


@answers(offer=PUT_BACK, who=(Role.LEAD,), scope=Scope.TEAM)
def press_put_back(pressed: Pressed, turn: Turn) -> Answer:
    """What the lead took back counts again."""
    report = pressed.report
    if not report.withdrawn or report.version != pressed.offer.version:
        return pressed.refuse(turn.text("helping.press_changed"))
    pressed.use(turn)
    return changing.put_back(turn, report, replaces=pressed.said_in)
