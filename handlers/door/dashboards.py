"""/web: a link that opens the dashboard in one browser, once and soon; `/web đóng` closes whatever is open."""

from urllib.parse import urlsplit

from handlers.language.signs.folding import fold
from handlers.messages import Message, Reply
from handlers.turn import OFFICERS, Answer, Scope, Turn, answers, command_button
from storage.campaign.people import Person
from storage.engine.transaction import Transaction
from storage.running import channels
from storage.webchat import dashboards, rooms

ADDRESS = "/bang"
_CLOSE = frozenset({"dong", "dong het", "tat", "thoi", "ngat"})
_THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})


@answers("web", who=OFFICERS, scope=Scope.COMMUNES, group=False, help="web", button=True, earnest=True)
def link(message: Message, turn: Turn) -> Answer:
    """A new link; the one before opens nothing any more."""
    if fold(message.text) in _CLOSE:
        return _closed(turn)
    served = _served(turn.tx)
    if not served:
        return turn.say("dashboards.none")
    shown = dashboards.of_person(turn.tx, turn.me.id, turn.now)
    token = dashboards.ask(turn.tx, turn.me.id, turn.chat.id, turn.now)
    return turn.say(
        "dashboards.link",
        link=f"{served}{ADDRESS}/mo/{token}",
        minutes=int(dashboards.OPENS.total_seconds()) // 60,
        hours=int(dashboards.SHOWN.total_seconds()) // 3600,
        only_here=turn.chat.channel != rooms.CHANNEL and urlsplit(served).hostname in _THIS_MACHINE,
        shown=shown,
        buttons=((command_button("Đóng các bảng", "/web đóng"),),) if shown else (),
    )


def _closed(turn: Turn) -> Reply:
    number = len(dashboards.of_person(turn.tx, turn.me.id, turn.now))
    dashboards.end_all(turn.tx, turn.me.id, turn.now)
    return turn.say("dashboards.closed", number=number)


def _served(tx: Transaction) -> str:
    """The address at which our pages were last served."""
    return next((state.username for state in channels.all_of(tx) if state.name == rooms.CHANNEL), "")


def may(person: Person) -> bool:
    """Whether the dashboard is for this person: what it shows of students is no other student's business."""
    return person.role in OFFICERS


def opened(turn: Turn, browser: str) -> Reply:
    """Whose link it was hears in which browser it was opened."""
    return turn.say("dashboards.opened", name=browser)
