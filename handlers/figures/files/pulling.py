"""/lienket: addresses from which Excel or Google Sheets pulls one's totals by itself, and how they are taken back."""

from urllib.parse import urlsplit

from handlers.buttons.pressed import Pressed
from handlers.figures.asked_for import here
from handlers.figures.files import exported
from handlers.language.signs.folding import fold
from handlers.messages import Message, Reply, Rows
from handlers.states import PULLS
from handlers.turn import OFFICERS, Answer, Scope, Turn, answers
from storage.running import channels, pulls
from storage.running.pulls import Pull
from storage.webchat import rooms

ADDRESS = "/so-lieu"
_NEW = "Tạo liên kết"
_MAKE = frozenset({"moi", "tao", "tao moi", "them"})
_THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})


@answers("lienket", who=OFFICERS, scope=Scope.COMMUNES, group=False, help="lienket", button=True, earnest=True)
def show(message: Message, turn: Turn) -> Answer:
    """What there is, each to be taken back, and a new one."""
    if fold(message.text) in _MAKE:
        return _made(turn)
    return _list(turn)


@answers(offer=PULLS, who=OFFICERS, scope=Scope.COMMUNES, earnest=True)
def press(pressed: Pressed, turn: Turn) -> Answer:
    """A new one is made, or one is taken back."""
    if pressed.offer.person != turn.me.id or not pressed.use(turn):
        return None
    if pressed.choice == "new":
        return [*pressed.settle(turn.text("pulls.asked")), _made(turn)]
    number = pressed.choice.removeprefix("end:")
    own = {one.id for one in pulls.of_person(turn.tx, turn.me.id)}
    if not number.isdecimal() or int(number) not in own:
        return pressed.settle(turn.text("pulls.ended_before"))
    pulls.end(turn.tx, int(number), turn.now)
    turn.on_record("pull ended", turn.me.id)
    return pressed.settle(turn.text("pulls.ended"))


def _list(turn: Turn) -> Reply:
    visible, known = here.communes(turn), pulls.of_person(turn.tx, turn.me.id)
    if not visible:
        return turn.say("totals.none_visible")
    local = turn.house.calendar.local
    lines = [(local(one.made_at), local(one.used_at) if one.used_at else None) for one in known]
    return turn.say(
        "pulls.known",
        name=exported.name_of(turn.tx, visible),
        lines=lines,
        most=pulls.MOST if len(known) >= pulls.MOST else 0,
        buttons=_buttons(turn, known),
    )


def _buttons(turn: Turn, known: list[Pull]) -> Rows:
    choices = {_NEW: "new"} if len(known) < pulls.MOST else {}
    choices |= {f"Thu hồi {place}": f"end:{one.id}" for place, one in enumerate(known, 1)}
    return tuple((button,) for button in turn.offer(PULLS, turn.me.id, choices))


def _made(turn: Turn) -> Reply:
    """A new address, told this once."""
    served = next((state.username for state in channels.all_of(turn.tx) if state.name == rooms.CHANNEL), "")
    if not served:
        return turn.say("pulls.nowhere")
    if len(pulls.of_person(turn.tx, turn.me.id)) >= pulls.MOST:
        return turn.say("pulls.enough", most=pulls.MOST)
    word = pulls.make(turn.tx, turn.me.id, turn.now)
    turn.on_record("pull made", turn.me.id)
    only_here = urlsplit(served).hostname in _THIS_MACHINE
    return turn.say("pulls.made", link=f"{served}{ADDRESS}/{word}.csv", only_here=only_here)
