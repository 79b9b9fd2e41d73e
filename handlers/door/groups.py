"""Groups: which is a team's chat, and where they go."""

from handlers.figures.facts import short
from handlers.messages import Message, Moved, Reply
from handlers.places import finding
from handlers.turn import LEADS, Answer, Turn, answers, command_button
from storage.campaign import communes, phases
from storage.campaign import teams as all_teams
from storage.campaign.people import Role
from storage.campaign.teams import Team
from storage.running import audits
from storage.talk import chats


@answers("gannhom", who=LEADS, help="gannhom")
def bind(message: Message, turn: Turn) -> Answer:
    """Make this group one of the team's chats."""
    if message.chat.private:
        return turn.say("joining.group_only")
    team = _team(message, turn)
    if isinstance(team, Reply):
        return team
    chats.bind_team(turn.tx, turn.chat.id, team.id, by=turn.me.id, when=turn.at)
    audits.add(turn.tx, at=turn.at, by=turn.me.id, what="group bound", subject=team.id, detail=str(turn.chat.id))
    name = short(communes.by_id(turn.tx, team.commune))
    return turn.say("joining.group_bound", commune=name)


def _team(message: Message, turn: Turn) -> Team | Reply:
    """The lead's own team; an admin names the commune."""
    if turn.me.role == Role.LEAD:
        own = all_teams.team_of(turn.tx, turn.me.id, turn.work_day)
        assert own is not None, "the roster gives each lead a team"
        return own
    found = finding.find_commune(message.text, communes.every(turn.tx)) if message.text else None
    if found is None or found.found is None:
        near = found.candidates if found else ()
        buttons = tuple((command_button(place.name, f"/gannhom {place.code}"),) for place in near)
        return turn.say("joining.group_which", buttons=buttons)
    phase = phases.phase_on(turn.tx, turn.work_day)
    teams = [team for team in all_teams.of_commune(turn.tx, found.found.id) if phase and team.phase == phase.id]
    return teams[0] if teams else turn.say("joining.group_which")


def moved(event: Moved, turn: Turn) -> Answer:
    """A group goes on at another address: its team and what is still to be said there follow."""
    chats.move(turn.tx, turn.chat.id, event.address, turn.now)
    return None
