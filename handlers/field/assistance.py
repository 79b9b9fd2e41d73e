"""/hotro: help for an old person is asked of the team, in its chat; who goes takes it, and what was done counts."""

from handlers.buttons.pressed import Pressed
from handlers.field import help_named, help_shown
from handlers.field.help_shown import REFUSED, heard, shown
from handlers.language import Outcome
from handlers.language.put_off import time_named
from handlers.messages import Message, Reply, Saying
from handlers.places import placing
from handlers.reports import recording, withdrawing
from handlers.states import HELP, HELP_ASKED
from handlers.turn import STUDENTS, Answer, Behind, Scope, Turn, answers, leads
from storage.campaign import people, teams
from storage.campaign.hamlets import NO_HAMLET
from storage.campaign.people import Role
from storage.campaign.teams import Team
from storage.field import assistance
from storage.field.assistance import Help
from storage.reports import reports
from storage.reports.reports import Told
from storage.reports.tallies import Line
from storage.talk import chats

asked, beside = help_named.asked, help_named.beside
LONGEST = 200  # characters of what is asked for


@answers("hotro", who=STUDENTS, scope=Scope.TEAM, help="hotro", behind=Behind.WORDS, lines=True)
def ask(message: Message, turn: Turn) -> Answer:
    """`/hotro đón cụ xóm 4 8h mai` asks the team; `/hotro` alone shows what it is still asked for."""
    team = turn.team_on(turn.work_day)
    if team is None:
        return turn.say("assistance.how")
    if not message.text:
        return help_shown.listed(turn, team)
    wanted = help_named.asked(f"nhờ {message.text}") or help_named.asked(message.text) or message.text
    return post(turn, _proposed(message, turn, team, wanted))


def offer(message: Message, turn: Turn, wanted: str) -> Reply:
    """What was said in words is asked of the team after a yes, which shows what the team will read."""
    team = turn.team_on(turn.work_day)
    if team is None:
        return turn.say("assistance.how")
    one = _proposed(message, turn, team, wanted)
    row = turn.offer(HELP_ASKED, one.id, {"Nhờ cả tổ": "ask", "Thôi": "leave"})
    at = help_shown.values(turn.tx, turn.house.calendar, one)["at"]
    return turn.say("assistance.offer", help=one, at=at, buttons=(row,))


def _proposed(message: Message, turn: Turn, team: Team, wanted: str) -> Help:
    """What is asked for is kept. In a chat of the team it has been read there already, with whatever it names."""
    wanted = wanted[:LONGEST]
    reading = turn.reading_of(wanted, message.at)
    places = [placing.hamlet_of(turn, team, one.name, one.said) for one in reading.mentions if not one.denied]
    calendar = turn.house.calendar
    at = time_named(wanted, calendar.local(message.at), calendar.day_start)
    wanted = help_named.without_time(wanted) if at is not None else wanted
    among = not turn.chat.private and chats.team_of(turn.tx, turn.chat.id) == team.id
    id = assistance.propose(
        turn.tx,
        person=turn.me.id,
        team=team.id,
        day=turn.work_day,
        at=at.replace(tzinfo=calendar.zone) if at is not None else None,
        n=help_named.how_many(wanted),
        hamlet=next((place for place in places if isinstance(place, int)), NO_HAMLET),
        what=wanted,
        told=wanted if among else help_named.without_names(wanted),
    )
    return _known(turn, id)


def _known(turn: Turn, id: int) -> Help:
    one = assistance.by_id(turn.tx, id)
    assert one is not None
    return one


def post(turn: Turn, one: Help, *, replaces: int | None = None) -> list[Saying]:
    """The team's chat is asked; where there is none, who leads the team."""
    assistance.ask(turn.tx, one.id, turn.at)
    one = _known(turn, one.id)
    posts = shown(turn, one)
    if not turn.chat.private:
        return posts
    named = help_shown.asked_of(turn, one)
    row = turn.offer(HELP, one.id, {"Hủy": "off"})
    return [Reply(turn.text("assistance.asked", help=one, **named), (row,), replaces=replaces), *posts]


@answers(offer=HELP_ASKED, who=STUDENTS, scope=Scope.TEAM)
def press_asked(pressed: Pressed, turn: Turn) -> Answer:
    """[Nhờ cả tổ] asks the team, [Thôi] leaves it."""
    one = assistance.by_id(turn.tx, pressed.offer.subject)
    if one is None or one.person != turn.me.id or one.asked_at is not None or not pressed.use(turn):
        return pressed.refuse(turn.text("helping.press_other"))
    if pressed.choice == "leave":
        return pressed.settle(turn.text("assistance.left"))
    return post(turn, one, replaces=pressed.said_in)


@answers(offer=HELP, who=STUDENTS, scope=Scope.TEAM)
def press(pressed: Pressed, turn: Turn) -> Answer:
    """Whoever of the team presses: [Nhận], [Xong], [Không đi được], [Hủy], and back."""
    one = assistance.by_id(turn.tx, pressed.offer.subject)
    team = turn.team_on(turn.work_day)
    if one is None or one.asked_at is None or team is None or team.id != one.team:
        return pressed.refuse(turn.text("helping.press_other"))
    match pressed.choice:
        case "take":
            return _take(pressed, turn, one)
        case "done":
            return _done(pressed, turn, one)
        case "back":
            return _give_back(pressed, turn, one)
        case "off":
            return _call_off(pressed, turn, one)
        case "undo":
            return _not_done(pressed, turn, one)
        case _:
            return _again(pressed, turn, one)


def _refused(pressed: Pressed, turn: Turn, one: Help, why: str) -> Saying:
    helper = people.by_id(turn.tx, one.helper) if one.helper is not None else None
    return pressed.refuse(turn.text(REFUSED[why], help=one, helper=helper.name if helper is not None else ""))


def _changed(pressed: Pressed, turn: Turn, one: Help, news: str) -> list[Saying]:
    """All that shows it shows it as it is now, and whoever asked hears of it."""
    one = _known(turn, one.id)
    return [*shown(turn, one, pressed=pressed), *heard(turn, one, news)]


def _take(pressed: Pressed, turn: Turn, one: Help) -> Answer:
    """The one who presses goes; what the team's chat was not told they hear alone."""
    if not one.stands:
        return _refused(pressed, turn, one, "over")
    if one.helper is not None:
        return _refused(pressed, turn, one, "taken")
    assistance.take(turn.tx, one.id, turn.me.id, turn.at)
    one = _known(turn, one.id)
    return [*_changed(pressed, turn, one, "taken"), *help_shown.to_helper(turn, one, pressed)]


def _done(pressed: Pressed, turn: Turn, one: Help) -> Answer:
    """Counts for whoever went; a lead may say so for them."""
    if not one.stands:
        return _refused(pressed, turn, one, "over")
    helper = one.helper if one.helper is not None else turn.me.id
    if helper != turn.me.id and not leads(turn, helper):
        return _refused(pressed, turn, one, "taken")
    report = _counted(pressed, turn, one, helper)
    assistance.settle(turn.tx, one.id, helper=helper, report=report, at=turn.at)
    return _changed(pressed, turn, one, "done")


def _counted(pressed: Pressed, turn: Turn, one: Help, helper: int) -> int | None:
    """The report that counts it; None: the helper's phase is not on."""
    place = teams.place_on(teams.places_of(turn.tx, helper), turn.work_day)
    if place is None or not place.covers(turn.work_day):
        return None
    told = Told(helper, turn.work_day, turn.at, turn.chat.id, f"help:{one.id}", pressed.label, turn.me.id)
    line = Line(one.hamlet, Outcome.ASSISTED.value, one.n)
    return recording.store(turn, place.team, told, [line], None).id


def _give_back(pressed: Pressed, turn: Turn, one: Help) -> Answer:
    if not one.stands or one.helper is None:
        return _refused(pressed, turn, one, "over")
    if one.helper != turn.me.id and not leads(turn, one.helper):
        return _refused(pressed, turn, one, "taken")
    _on_record(turn, one, one.helper, "back")
    assistance.give_back(turn.tx, one.id)
    return _changed(pressed, turn, one, "back")


def _call_off(pressed: Pressed, turn: Turn, one: Help) -> Answer:
    if not one.stands:
        return _refused(pressed, turn, one, "over")
    if not _may_call_off(turn, one):
        return _refused(pressed, turn, one, "not_asker")
    _on_record(turn, one, one.person, "off")
    assistance.call_off(turn.tx, one.id, turn.at)
    return _changed(pressed, turn, one, "off")


def _again(pressed: Pressed, turn: Turn, one: Help) -> Answer:
    """What was called off is asked for after all."""
    if not one.called_off:
        return _refused(pressed, turn, one, "over")
    if not _may_call_off(turn, one):
        return _refused(pressed, turn, one, "not_asker")
    assistance.stand_again(turn.tx, one.id)
    return _changed(pressed, turn, one, "again")


def _not_done(pressed: Pressed, turn: Turn, one: Help) -> Answer:
    """What was said to be done is not: its report is taken back, and its student told where somebody else says so."""
    if not one.done or one.helper is None:
        return _refused(pressed, turn, one, "over")
    if one.helper != turn.me.id and not leads(turn, one.helper):
        return _refused(pressed, turn, one, "taken")
    report = reports.by_id(turn.tx, one.report) if one.report is not None else None
    told: list[Saying] = []
    if report is not None and report.person == turn.me.id:
        withdrawing.withdraw(turn, report)
    elif report is not None:
        told = [said for said in withdrawing.withdraw_members(turn, report) if isinstance(said, Reply) and said.to]
    assistance.stand_again(turn.tx, one.id)
    return [*_changed(pressed, turn, one, "again"), *told]


def _may_call_off(turn: Turn, one: Help) -> bool:
    return one.person == turn.me.id or turn.me.role == Role.LEAD


def _on_record(turn: Turn, one: Help, whose: int, what: str) -> None:
    """What a lead does about somebody else's."""
    if whose != turn.me.id:
        turn.on_record(f"help {what}", whose)
