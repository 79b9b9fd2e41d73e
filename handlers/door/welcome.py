"""Whoever comes in is that person from now on, is welcomed, and gets the menu of their role."""

from dataclasses import replace

from handlers.door import entries, first_steps, helping
from handlers.figures.gathered.facts import short
from handlers.messages import Reply, Saying
from handlers.places import in_phase
from handlers.texts import address
from handlers.turn import STUDENTS, Turn
from storage.campaign import accounts, claims, communes, people, phases
from storage.campaign.people import Person
from storage.webchat import rooms


def let_in(turn: Turn, person: Person, *, channel: str, sender: str, chat: int) -> list[Saying]:
    """This account is the person from now on, and welcome in its private chat; a student who is new may try it."""
    to = chat if chat != turn.chat.id else None  # the owner lets in another account from the one they had
    new = person.role in STUDENTS and to is None and not accounts.has_joined(turn.tx, person.id)
    claims.drop(turn.tx, channel=channel, sender=sender)
    left = _leaves(turn, person, channel, chat)
    accounts.join(turn.tx, person.id, channel=channel, sender=sender, chat=chat, at=turn.now)
    theirs = replace(turn, person=person)
    team = theirs.team_on(turn.work_day)
    welcome = turn.text_for(
        person,
        "joining.joined",
        name=name_of(person),
        commune=short(communes.by_id(turn.tx, team.commune)) if team else "",
        campaign=campaign_name(turn),
        reports=person.role in STUDENTS,
        away=in_phase.words(theirs) if person.role in STUDENTS else "",
        over=in_phase.is_over(theirs),
    )
    buttons = (first_steps.offered(turn, person, chat),) if new else ()
    return [Reply(welcome, buttons=buttons, to=to), helping.menu_of(turn, person, to=to), *left]


def _leaves(turn: Turn, person: Person, channel: str, chat: int) -> list[Saying]:
    """Whose the account was until now is known by it no more, and is told so wherever else they are reached."""
    known = accounts.of_chat(turn.tx, chat) if channel != rooms.CHANNEL else None
    before = people.by_id(turn.tx, known) if known is not None and known != person.id else None
    if before is None:
        return []
    entries.end(turn, before, chat)
    text = turn.text_for(before, "joining.became_others", channel=entries.platform(channel))
    return [Reply(text, to=other) for other in accounts.private_chats(turn.tx, before.id)]


def hello_again(turn: Turn, person: Person) -> Reply:
    """Whoever is in already is greeted."""
    return turn.say("joining.hello_again", name=name_of(person), campaign=campaign_name(turn))


def name_of(person: Person) -> str:
    """The name after the address; '' where the roster's address says it already: `đồng chí Dung`."""
    given = person.name.split()[-1].casefold()
    return "" if address(person).casefold().split()[-1:] == [given] else f" {person.name}"


def campaign_name(turn: Turn) -> str:
    """What the campaign is called."""
    known = phases.current(turn.tx)
    return known.name if known else ""
