"""/chitieu: an admin sees the communes' targets, and changes one after a yes."""

from handlers.buttons.pressed import Pressed
from handlers.figures.asked_for import stated
from handlers.figures.gathered import facts
from handlers.messages import Message, Reply
from handlers.states import TARGET
from handlers.texts import number
from handlers.turn import Answer, Behind, Scope, Turn, answers
from storage.campaign import communes
from storage.campaign.communes import Commune
from storage.campaign.people import Role

MOST_LINES = 60


@answers(
    "chitieu", who=(Role.ADMIN,), scope=Scope.CAMPAIGN, group=False, help="chitieu", button=True, behind=Behind.WORDS
)
def show(message: Message, turn: Turn) -> Answer:
    """All targets, one commune's, or the question whether it shall be another: `/chitieu Xuân Thu 9.500`."""
    known = communes.every(turn.tx)
    said = stated.read(message.text, known)
    if not said.place:
        return _all(turn, known)
    place = stated.found(said.place, known)
    if place is None:
        return turn.say("targets.unknown", buttons=stated.near(said.place, known, "/chitieu", said.number))
    if said.no_number:
        return turn.say("targets.no_number", said=said.no_number, place=place)
    if said.number is None or said.number == place.target:
        return turn.say("targets.one", place=place, same=said.number is not None)
    return _ask(turn, place, said.number, known)


def _all(turn: Turn, known: list[Commune]) -> Reply:
    rows = [(facts.short(place), place.target) for place in known[:MOST_LINES]]
    whole = sum(place.target for place in known)
    return turn.say("targets.all", whole=whole, rows=rows, more=len(known[MOST_LINES:]))


def _ask(turn: Turn, place: Commune, wanted: int, known: list[Commune]) -> Reply:
    """What the change would be, for the commune and for the campaign."""
    whole = sum(one.target for one in known)
    done = facts.board(turn.tx, [place], turn.work_day, finished=False).whole.done
    labels = {f"Sửa thành {number(wanted)}": "yes", f"Giữ {number(place.target)}": "no"}
    return turn.say(
        "targets.ask",
        place=place,
        wanted=wanted,
        done=done,
        whole=whole,
        whole_then=whole - place.target + wanted,
        buttons=(turn.offer(TARGET, place.id, labels, version=wanted),),
    )


@answers(offer=TARGET, who=(Role.ADMIN,), scope=Scope.CAMPAIGN)
def press(pressed: Pressed, turn: Turn) -> Answer:
    """The target is another from now on, or stays."""
    if not pressed.use(turn):
        return pressed.refuse(turn.text("helping.press_other"))
    place, wanted = communes.by_id(turn.tx, pressed.offer.subject), pressed.offer.version
    if pressed.choice == "no":
        return pressed.settle(turn.text("targets.one", place=place, same=True))
    communes.set_target(turn.tx, place.id, wanted)
    turn.on_record("target changed", place.id, before=str(place.target), after=str(wanted))
    return pressed.settle(turn.text("targets.changed", place=place, wanted=wanted))
