"""/xuat and /baocaodot: the numbers of one's own communes as a file, asked for here and made by the program beside."""

import re
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from handlers import texts
from handlers.calendar import Calendar
from handlers.figures.asked_for import here
from handlers.figures.files import exported
from handlers.figures.gathered import facts
from handlers.language.signs.folding import fold
from handlers.messages import Message, Reply, Rows
from handlers.places.finding import find_commune
from handlers.turn import OFFICERS, Answer, Scope, Turn, answers, command_button
from storage.campaign import communes, people
from storage.campaign.communes import Commune
from storage.engine.transaction import Transaction
from storage.talk import documents
from storage.talk.documents import Ask, Document, Wanted

MOST_BUTTONS = 8
COMMANDS = {"sheet": "/xuat", "csv": "/xuat csv", "letter": "/baocaodot"}
_CSV = re.compile(r"\bcsv\b")
_FORM = re.compile(r"\b(?:csv|excel|xlsx|exel|file|tep)\b")


@answers("xuat", who=OFFICERS, scope=Scope.COMMUNES, group=False, help="xuat", button=True, earnest=True)
def numbers(message: Message, turn: Turn) -> Answer:
    """`/xuat`: all that one sees; `/xuat Xuân Thu`, `/xuat csv`."""
    said = fold(message.text)
    kind = "csv" if _CSV.search(said) else "sheet"
    return _asked(turn, kind, " ".join(_FORM.sub(" ", said).split()))


@answers(
    "baocaodot",
    who=OFFICERS,
    scope=Scope.COMMUNES,
    group=False,
    help="baocaodot",
    button=True,
    earnest=True,
)
def letter(message: Message, turn: Turn) -> Answer:
    """A report on one page, to check and sign; `/baocaodot Xuân Thu`: of one commune."""
    return _asked(turn, "letter", fold(message.text))


def _asked(turn: Turn, kind: str, wanted: str) -> Reply:
    visible = here.communes(turn)
    if not visible:
        return turn.say("totals.none_visible")
    chosen = _chosen(turn, kind, wanted, visible) if wanted else visible
    if isinstance(chosen, Reply):
        return chosen
    name, ids = exported.name_of(turn.tx, chosen), [place.id for place in chosen]
    subject = ids[0] if len(ids) == 1 else 0
    form = turn.text("export.kind", kind=kind)
    turn.on_record("data exported", subject, detail=f"{form}, {name}")
    made = documents.ask(turn.tx, kind, ids, person=turn.me.id, chat=turn.chat.id, at=turn.now)
    if made is not None:
        return Reply(_caption(turn.text, turn.house.calendar, made), _others(kind, chosen), document=made.id)
    return turn.say("export.making", kind=kind, name=name, buttons=_others(kind, chosen))


def _chosen(turn: Turn, kind: str, wanted: str, visible: Sequence[Commune]) -> Sequence[Commune] | Reply:
    """The commune that is meant, or what is asked back."""
    match = find_commune(wanted, communes.every(turn.tx))
    if match.found is not None and match.found in visible:
        return [match.found]
    if match.found is not None:
        return turn.say("commune.out_of_scope", name=match.found.name)
    near = [place for place in match.candidates if place in visible]
    few = near if len(near) <= MOST_BUTTONS else ()
    buttons = tuple((command_button(place.name, f"{COMMANDS[kind]} {place.code}"),) for place in few)
    return turn.say("commune.which_of" if near else "commune.unknown", buttons=buttons)


def _others(kind: str, chosen: Sequence[Commune]) -> Rows:
    """The same numbers in another form."""
    place = f" {chosen[0].code}" if len(chosen) == 1 else ""
    labels = {"sheet": "Tệp Excel", "csv": "Tệp CSV", "letter": "Báo cáo Word"}
    row = tuple(command_button(label, COMMANDS[other] + place) for other, label in labels.items() if other != kind)
    return (row, (command_button("Bảng tính tự cập nhật", "/lienket"),))


# What is said when it is there


def told(
    tx: Transaction, calendar: Calendar, ask: Ask, wanted: Wanted, now: datetime, *, wrong: str = ""
) -> Reply | None:
    """What somebody hears who waits for a file: it, or that there is none, and what is `wrong`.

    None: it is not for them any more, since their communes are others by now, or they were locked out.
    """
    person = people.by_id(tx, ask.person)
    if person is None or not people.takes_part(tx, person.id) or person.role not in OFFICERS:
        return None
    seen = {place.id for place in facts.visible(tx, person, calendar.work_day(now))}
    if not set(wanted.communes) <= seen:
        return None

    def text(name: str, /, **values: Any) -> str:
        return texts.render(name, calendar=calendar, now=now, person=person, **values)

    made = documents.of(tx, wanted.id, now)
    if made is None:
        return Reply(text("export.failed", wrong=wrong, command=COMMANDS[wanted.kind]))
    return Reply(_caption(text, calendar, made), document=made.id)


def _caption(text: Callable[..., str], calendar: Calendar, made: Document) -> str:
    return text("export.made", kind=made.kind, at=calendar.local(made.as_of), file=made.numbers)
