"""Groups: which is a team's chat, and what becomes of it when the bot is let in, thrown out, or the group moves."""

from handlers.door import strangers
from handlers.figures.gathered.facts import short
from handlers.language import fold, read
from handlers.messages import Message, Moved, Presence, Reply
from handlers.places import finding, in_phase
from handlers.turn import LEADS, Answer, Scope, Turn, answers, command_button
from storage.campaign import accounts, communes, people, phases
from storage.campaign import teams as all_teams
from storage.campaign.people import Role
from storage.campaign.teams import Team
from storage.talk import chats

_NO_MORE = frozenset({"bo", "thoi", "huy"})


@answers("gannhom", who=LEADS, scope=Scope.NOBODY, help="gannhom", button=True)
def bind(message: Message, turn: Turn) -> Answer:
    """Make this group one of the team's chats; `/gannhom bỏ`: it is none any more."""
    if message.chat.private:
        return turn.say("joining.group_only")
    if fold(message.text) in _NO_MORE:
        return _release(turn)
    team = _team(message, turn)
    if isinstance(team, Reply):
        return team
    before = _former(turn, team)
    if before is not None and not _may_take(turn, before):
        return turn.say("joining.group_of_other", commune=short(communes.by_id(turn.tx, before.commune)))
    chats.bind_team(turn.tx, turn.chat.id, team.id, by=turn.me.id, when=turn.at, topic=message.chat.topic)
    name = short(communes.by_id(turn.tx, team.commune))
    former = short(communes.by_id(turn.tx, before.commune)) if before is not None else ""
    turn.on_record("group bound", team.id, before=former, after=name)
    return [turn.say("joining.group_bound", commune=name), *_told(turn, before, name)]


def _release(turn: Turn) -> Answer:
    """The group is no team's any more: only its own lead says so, or an admin."""
    bound = chats.team_of(turn.tx, turn.chat.id)
    if bound is None:
        return turn.say("joining.group_of_none")
    before = all_teams.by_id(turn.tx, bound)
    name = short(communes.by_id(turn.tx, before.commune))
    own = all_teams.team_of(turn.tx, turn.me.id, turn.work_day)
    if turn.me.role != Role.ADMIN and own != before:
        return turn.say("joining.group_of_other", commune=name)
    chats.unbind_team(turn.tx, turn.chat.id)
    turn.on_record("group released", bound, before=name)
    return turn.say("joining.group_released", commune=name)


def _former(turn: Turn, team: Team) -> Team | None:
    """The other team whose group this is until now."""
    before = chats.team_of(turn.tx, turn.chat.id)
    return all_teams.by_id(turn.tx, before) if before is not None and before != team.id else None


def _may_take(turn: Turn, before: Team) -> bool:
    """A team's group is its own as long as its phase lasts, but for admins."""
    return turn.me.role == Role.ADMIN or phases.by_id(turn.tx, before.phase).last < turn.work_day


def _told(turn: Turn, before: Team | None, commune: str) -> list[Reply]:
    """Who leads the team whose group it was hears of it."""
    leads = [lead for lead in people.leads_of(turn.tx, before.id) if lead.id != turn.me.id] if before else []
    return [
        Reply(
            turn.text_for(
                lead, "joining.group_taken", group=chats.title(turn.tx, turn.chat.id), commune=commune, by=turn.me.name
            ),
            to=chat,
        )
        for lead in leads
        for chat in accounts.private_chats(turn.tx, lead.id)
    ]


def _team(message: Message, turn: Turn) -> Team | Reply:
    """The lead's own team, between two phases that of the next; an admin names the commune."""
    if turn.me.role == Role.LEAD:
        duty = in_phase.of(turn, turn.work_day)
        place = duty.on or duty.next
        return place.team if place is not None else turn.say("joining.group_over", standing=in_phase.words(turn))
    found = finding.find_commune(message.text, communes.every(turn.tx)) if message.text else None
    if found is None or found.found is None:
        near = found.candidates if found else ()
        buttons = tuple((command_button(place.name, f"/gannhom {place.code}"),) for place in near)
        return turn.say("joining.group_which", buttons=buttons)
    phase = phases.phase_on(turn.tx, turn.work_day)
    teams = [team for team in all_teams.of_commune(turn.tx, found.found.id) if phase and team.phase == phase.id]
    return teams[0] if teams else turn.say("joining.group_which")


def unnamed(message: Message, turn: Turn) -> Answer:
    """Whoever writes as the group itself, or as a channel, is nobody whom the bot knows.

    They are told why it does not hear them, where they speak to it or report something.
    """
    heard = message.addressed or _reports(message, turn)
    return strangers.told(message, turn, "joining.anonymous") if heard else None


def _reports(message: Message, turn: Turn) -> bool:
    """Whether it would be taken for work, had a student written it."""
    calendar = turn.house.calendar
    return read(message.text, calendar.local(message.at), day_start=calendar.day_start).tells_of_work


def moved(event: Moved, turn: Turn) -> Answer:
    """A group goes on at another address: its team and what is still to be said there follow."""
    chats.move(turn.tx, turn.chat.id, event.address, turn.now)
    return None


def entered(event: Presence, turn: Turn) -> Answer:
    """Somebody of the campaign let the bot in: it says how the group becomes a team's, or whose it still is."""
    if turn.person is None or event.before:
        return None
    team = chats.team_of(turn.tx, turn.chat.id)
    if team is None:
        return turn.say("joining.group_hello")
    return turn.say(
        "joining.group_back", commune=short(communes.by_id(turn.tx, all_teams.by_id(turn.tx, team).commune))
    )


def left(event: Presence, turn: Turn) -> Answer:
    """The bot was thrown out of a team's group: who leads the team hears what is missing now, but whoever did it."""
    bound = chats.team_of(turn.tx, turn.chat.id)
    if not chats.mark_gone(turn.tx, turn.chat.id, turn.now) or bound is None:
        return None
    team = all_teams.by_id(turn.tx, bound)
    if phases.by_id(turn.tx, team.phase).last < turn.work_day:
        return None
    doer = turn.person.id if turn.person is not None else None
    title = chats.title(turn.tx, turn.chat.id)
    return [
        Reply(turn.text_for(lead, "unsaid.gone", group=title), to=chat)
        for lead in people.leads_of(turn.tx, team.id)
        if lead.id != doer
        for chat in accounts.private_chats(turn.tx, lead.id)
    ]
