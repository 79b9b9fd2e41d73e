"""/taoma and /khoama: a new code for somebody, in the place of the old; somebody locked out. Leads for their team."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from handlers.buttons.pressed import Pressed
from handlers.door import adding, entries
from handlers.door.codes import ends, links
from handlers.figures.gathered.facts import short
from handlers.language.signs.folding import fold
from handlers.messages import Message, Reply, Rows, Saying
from handlers.places import in_phase
from handlers.states import LOCKING, NEW_CODE, Offered
from handlers.turn import LEADS, Answer, Behind, Scope, Turn, answers
from storage.campaign import accounts, claims, codes, communes, people, teams
from storage.campaign.people import Person, Role
from storage.talk import chats
from storage.webchat import dashboards, devices, rooms

MOST = 8  # people of one name to choose from


@dataclass(frozen=True, slots=True)
class _Deed:
    """What is done with somebody, by the command, or by choosing one of several."""

    command: str
    offered: Offered
    choice: str


@dataclass(frozen=True, slots=True)
class _Done:
    """What the one who did it is told, and what others are."""

    text: str
    buttons: Rows = ()
    told: tuple[Reply, ...] = ()

    def said(self) -> list[Saying]:
        """After a command."""
        return [Reply(self.text, self.buttons), *self.told]

    def settled(self, pressed: Pressed) -> list[Saying]:
        """After a press."""
        return [*pressed.settle(self.text, buttons=self.buttons), *self.told]


_NEW = _Deed("taoma", NEW_CODE, "new")
_LOCK = _Deed("khoama", LOCKING, "lock")


@answers("taoma", who=LEADS, scope=Scope.TEAM, group=False, help="taoma", behind=Behind.WORDS)
def new_code(message: Message, turn: Turn) -> Answer:
    """A new code for the person named; the old one ends. `học viên Xuân Thu …`: for somebody whom no list names."""
    wish = adding.wished(message.text) if turn.me.role == Role.ADMIN else None
    if wish is not None and not _found(turn, message.text.strip()):
        return adding.bring_in(message, turn, wish)
    person = _named(message, turn, _NEW)
    return _renewed(turn, person).said() if isinstance(person, Person) else person


@answers("khoama", who=LEADS, scope=Scope.TEAM, group=False, help="khoama", behind=Behind.WORDS)
def lock(message: Message, turn: Turn) -> Answer:
    """The person named is locked out: no code, no account, no device works."""
    person = _named(message, turn, _LOCK)
    return _locked(turn, person).said() if isinstance(person, Person) else person


@answers(offer=NEW_CODE, who=LEADS, scope=Scope.TEAM, earnest=True)
def press_new_code(pressed: Pressed, turn: Turn) -> Answer:
    """The same by a press: one of several, or whom the bot spoke of."""
    person = _chosen(pressed, turn, _NEW)
    return _renewed(turn, person).settled(pressed) if person else None


@answers(offer=LOCKING, who=LEADS, scope=Scope.TEAM, earnest=True)
def press_lock(pressed: Pressed, turn: Turn) -> Answer:
    """One of several is locked out."""
    person = _chosen(pressed, turn, _LOCK)
    return _locked(turn, person).settled(pressed) if person else None


def _chosen(pressed: Pressed, turn: Turn, deed: _Deed) -> Person | None:
    """Whom a press means: the offer's person, or the one whose number the choice is; None where that is not allowed."""
    number = int(pressed.choice) if pressed.choice.isdecimal() else pressed.offer.subject
    person = people.by_id(turn.tx, number)
    if person is None or not _may(turn, person) or (deed is _LOCK and person == turn.me):
        return None
    return person if pressed.use(turn) else None


# Whom they may


def _may(turn: Turn, person: Person) -> bool:
    """Whether the one who asks hands out codes to this person: an admin to everybody, a lead to their team."""
    if turn.me.role == Role.ADMIN:
        return people.by_ref(turn.tx, person.ref) == person  # who left the roster gets none
    return person.id in _names(turn)


def _names(turn: Turn) -> Mapping[int, str]:
    """Those people, by row, with their names."""
    if turn.me.role == Role.ADMIN:
        return people.names(turn.tx)
    leads = turn.me.role == Role.LEAD and not in_phase.is_over(turn)  # whose phase is over leads nobody who goes on
    own = teams.team_of(turn.tx, turn.me.id, turn.work_day) if leads else None
    return {one.id: one.name for one in people.of_team(turn.tx, own.id)} if own is not None else {}


def _named(message: Message, turn: Turn, deed: _Deed) -> Person | Reply:
    """The person of this id, code or name, or what is asked back."""
    wanted = message.text.strip()
    adds = deed is _NEW and turn.me.role == Role.ADMIN
    if not wanted:
        return turn.say("codes.whom", command=deed.command, adds=adds)
    found = _found(turn, wanted)
    if len(found) > 1:
        return _which(turn, found, deed)
    if not found:
        return turn.say("codes.nobody", team=turn.me.role == Role.LEAD, wanted=wanted[:40], adds=adds)
    if deed is _LOCK and found[0] == turn.me:
        return turn.say("codes.not_oneself")
    return found[0]


def _found(turn: Turn, wanted: str) -> list[Person]:
    """By id or code one at most; by name those who have the whole name, else those with this given name."""
    for person in (people.by_ref(turn.tx, wanted), codes.owner(turn.tx, wanted)):
        if person is not None and _may(turn, person):
            return [person]
    name = fold(wanted)
    called = {id: known for id, known in _names(turn).items() if _given(known.split()[-1]) == name.split()[-1:]}
    whole = [id for id, known in called.items() if fold(known) == name]
    found = whole or (list(called) if len(name.split()) == 1 else [])
    return [person for id in found if (person := people.by_id(turn.tx, id)) is not None]


@lru_cache(maxsize=4096)
def _given(word: str) -> list[str]:
    return fold(word).split()[-1:]


def _which(turn: Turn, found: Iterable[Person], deed: _Deed) -> Reply:
    """Several have that name."""
    several = list(found)
    shown = {f"{n}. {_label(turn, one)}": str(one.id) for n, one in enumerate(several[:MOST], 1)}
    button = turn.offer(deed.offered, 0, shown)
    return turn.say(
        "codes.which",
        command=deed.command,
        more=len(several) > MOST,
        buttons=tuple((one,) for one in button),
    )


def _label(turn: Turn, person: Person) -> str:
    """`An (hv1), Xuân Thu`."""
    team = teams.team_of(turn.tx, person.id, turn.work_day)
    place = f", {short(communes.by_id(turn.tx, team.commune))}" if team is not None else ""
    return f"{person.name} ({person.ref}){place}"


# What they do


def _renewed(turn: Turn, person: Person) -> _Done:
    """A new code, shown to the one who asked; the person is told that the old one ended."""
    code = codes.renew(turn.tx, person.id, turn.now)
    people.unlock(turn.tx, person.id)
    claims.end_for(turn.tx, person.id)
    turn.on_record("code made", person.id)
    text = turn.text(
        "codes.renewed",
        name=person.name,
        ref=person.ref,
        code=code,
        links=links(turn.tx, code),
        inside=accounts.has_joined(turn.tx, person.id),
        over=ends(turn.tx, person, turn.house.calendar, turn.now) <= turn.now,
    )
    told = turn.text_for(person, "codes.renewed_for_you", by=turn.me.name)
    elsewhere = accounts.private_chats(turn.tx, person.id) if person != turn.me else []
    return _Done(text, told=tuple(Reply(told, to=chat) for chat in elsewhere))


def _locked(turn: Turn, person: Person) -> _Done:
    """Code, accounts and devices end; what was reported stays."""
    way_back = (turn.offer(NEW_CODE, person.id),)
    if people.is_locked(turn.tx, person.id):
        return _Done(turn.text("codes.locked_before", name=person.name, ref=person.ref), way_back)
    reached = accounts.private_chats(turn.tx, person.id)
    codes.renew(turn.tx, person.id, turn.now)
    claims.end_for(turn.tx, person.id)
    ended = _ended(turn, person)
    people.lock(turn.tx, person.id, turn.now)
    turn.on_record("person locked", person.id)
    text = turn.text("codes.locked", name=person.name, ref=person.ref, ended=ended)
    told = turn.text_for(person, "codes.locked_here")
    elsewhere = [chat for chat in reached if chats.by_id(turn.tx, chat).channel != rooms.CHANNEL]
    return _Done(text, way_back, tuple(Reply(told, to=chat) for chat in elsewhere))


def _ended(turn: Turn, person: Person) -> Mapping[str, int]:
    """Ends all by which the person is in; how many of each."""
    known = accounts.of_person(turn.tx, person.id)
    own = devices.of_person(turn.tx, person.id, turn.now)
    for account in known:
        entries.end(turn, person, account.chat)
    for device in own:
        entries.end_device(turn, device)
    dashboards.end_all(turn.tx, person.id, turn.now)
    return {"accounts": sum(one.channel != rooms.CHANNEL for one in known), "devices": len(own)}
