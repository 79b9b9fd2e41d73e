"""/doichieu: an official number beside the bot's: how far apart they are, and in which days that arose."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from handlers.buttons.pressed import Pressed
from handlers.figures.asked_for import here, stated
from handlers.figures.gathered import facts
from handlers.figures.gathered.facts import ONE_DAY, Standing
from handlers.figures.said import progress
from handlers.language import fold
from handlers.messages import Message, Reply
from handlers.states import OFFICIAL
from handlers.turn import OFFICERS, Answer, Scope, Turn, answers
from storage.campaign import communes
from storage.campaign.communes import Commune
from storage.reports import official, totals
from storage.reports.official import Stated

MOST_SHOWN = 8  # official numbers of one place
MOST_DAYS = 10  # days told one by one
_WHOLE = frozenset(
    {"tong", "toan bo", "tat ca", "toan chien dich", "ca chien dich", "chien dich", "huyen", "toan huyen"}
)
_WORD_FOR_ALL = "tổng"
_DAY = re.compile(
    r"(?:\b(?:tinh )?(?:den )?(?:het )?)?\b(?P<day>(?:ngay )?[0-9]{1,2}/[0-9]{1,2}(?:/[0-9]{2,4})?|hom qua|hom nay)\b"
)


@dataclass(frozen=True, slots=True)
class Compared:
    """An official number, and the bot's at the same time. `over`: the day was over by then."""

    stated: Stated
    ours: Standing
    over: bool

    @property
    def bot(self) -> int:
        """The bot's number, with what there was before it."""
        return self.ours.done

    @property
    def apart(self) -> int:
        """How many more phones the official number has."""
        return self.stated.n - self.bot


@answers("doichieu", who=OFFICERS, scope=Scope.COMMUNES, group=False, help="doichieu", button=True)
def show(message: Message, turn: Turn) -> Answer:
    """Keeps `/doichieu Xuân Thu 4.120 [20/5]`; without a number, what was stated until now."""
    visible = here.communes(turn)
    if not visible:
        return turn.say("totals.none_visible")
    words, day = _with_day(fold(message.text), turn)
    said = stated.read(words, visible)
    if not said.place and said.number is None:
        return _all(turn, visible)
    places = _places(said.place, visible, turn)
    hidden = stated.found(said.place, communes.every(turn.tx)) if places is None and said.place else None
    if hidden is not None:
        return turn.say("commune.out_of_scope", name=hidden.name)
    if places is None:
        buttons = stated.near(said.place, visible, "/doichieu", said.number) if said.place else ()
        return turn.say("official.which", buttons=buttons)
    if said.no_number:
        return turn.say("official.no_number", said=said.no_number, name=progress.name_of(turn, places))
    if said.number is None:
        return _history(turn, places)
    if day is None or day > turn.work_day:
        return turn.say("official.no_such_day")
    return _keep(turn, places, said.number, day)


def _with_day(words: str, turn: Turn) -> tuple[str, date | None]:
    """The words without the day that they name, and that day: today where none is named; None: there is no such day."""
    match = _DAY.search(words)
    if match is None:
        return words, turn.work_day
    asked = progress.days_asked(turn, match["day"]) if match["day"] != "hom nay" else None
    day = turn.work_day if match["day"] == "hom nay" else asked.span[0] if asked else None
    return " ".join(f"{words[: match.start()]} {words[match.end() :]}".split()), day


def _places(words: str, visible: Sequence[Commune], turn: Turn) -> Sequence[Commune] | None:
    """The commune that is meant, or all of them for the campaign; None where that is not known or not the officer's."""
    whole = len(visible) == len(communes.every(turn.tx))
    if words in _WHOLE:
        return visible if whole else None
    if not words:
        return visible if whole or len(visible) == 1 else None
    place = stated.found(words, visible)
    return [place] if place is not None else None


def _of(places: Sequence[Commune]) -> int | None:
    """What an official number of these communes is of: one of them, or the campaign."""
    return places[0].id if len(places) == 1 else None


def _keep(turn: Turn, places: Sequence[Commune], n: int, day: date) -> Reply:
    """Stores it, and says how far apart the numbers are and since when."""
    of = _of(places)
    known = official.of(turn.tx, of)
    replaced = next((one.n for one in known if one.day == day), None)
    kept = official.state(turn.tx, of, day, n, by=turn.me.id, at=turn.at)
    before = str(replaced) if replaced is not None else ""
    turn.on_record("official stated", of or 0, before=before, after=str(n), detail=f"{day}")
    now = _compared(turn, places, kept)
    earlier = [one for one in known if one.day < day]
    last = _compared(turn, places, earlier[-1]) if earlier else None
    return turn.say(
        "official.compared",
        name=progress.name_of(turn, places),
        this=now,
        moment=_moment(turn, now),
        replaced=replaced if replaced != n else None,
        last=last,
        last_moment=_moment(turn, last) if last else "",
        days=_between(turn, places, last, now) if last else [],
        first=_first_day(last) if last else day,
        doubtful=abs(now.apart) * 2 > now.bot or (last is not None and n < last.stated.n),
        buttons=(turn.offer(OFFICIAL, kept.id),),
    )


def _compared(turn: Turn, places: Sequence[Commune], one: Stated) -> Compared:
    """The bot's number at the end of the day, or at the moment of a statement that came before that."""
    ours = facts.board(turn.tx, places, one.day, finished=True).whole
    over = one.at >= turn.house.calendar.starts(one.day + ONE_DAY)
    if not over:
        later = totals.activated_after(turn.tx, one.day, one.at, commune=_of(places))
        ours = Standing(ours.target, ours.baseline, {"activated": ours.bot - later}, ours.today)
    return Compared(one, ours, over)


def _first_day(last: Compared) -> date:
    """The first day of what came after a statement."""
    return last.stated.day + ONE_DAY if last.over else last.stated.day


def _between(turn: Turn, places: Sequence[Commune], last: Compared, now: Compared) -> list[tuple[date, int]]:
    """What the bot counted on each day after the statement before; nothing where there are too many to tell.

    Of a day in which that was stated, what came after it.
    """
    first, until = _first_day(last), now.stated.day
    if (until - first).days >= MOST_DAYS:
        return []
    days = [first + ONE_DAY * k for k in range((until - first).days + 1)]
    found = [(day, _phones(turn, places, day)) for day in days]
    if found and not last.over:
        found[0] = (first, totals.activated_after(turn.tx, first, last.stated.at, commune=_of(places)))
    return found


def _phones(turn: Turn, places: Sequence[Commune], day: date) -> int:
    counts = facts.spans(turn.tx, places, (day, day))
    return sum(counts.get(place.id, {}).get("activated", 0) for place in places)


def _moment(turn: Turn, one: Compared) -> str:
    """`hết ngày 19/05`, or `17:05 ngày 20/05`."""
    at: datetime = turn.house.calendar.local(one.stated.at)
    return turn.text("official.moment", over=one.over, day=one.stated.day, at=f"{at:%H:%M}")


def _history(turn: Turn, places: Sequence[Commune]) -> Reply:
    """What was stated of one place, the newest last, each beside the bot's number then."""
    known = official.of(turn.tx, _of(places))[-MOST_SHOWN:]
    rows = [(_moment(turn, one), one) for one in (_compared(turn, places, kept) for kept in known)]
    words = facts.short(places[0]) if len(places) == 1 else _WORD_FOR_ALL
    return turn.say("official.history", name=progress.name_of(turn, places), words=words, rows=rows)


def _all(turn: Turn, visible: Sequence[Commune]) -> Reply:
    """The newest official number of each commune that has one, and of the campaign."""
    groups: list[Sequence[Commune]] = [[place] for place in visible]
    if len(visible) > 1 and len(visible) == len(communes.every(turn.tx)):
        groups.insert(0, visible)
    rows = []
    for places in groups:
        known = official.of(turn.tx, _of(places))
        if known:
            one = _compared(turn, places, known[-1])
            name = facts.short(places[0]) if len(places) == 1 else progress.name_of(turn, places)
            rows.append((name, _moment(turn, one), one))
    return turn.say("official.all", rows=rows, example=facts.short(visible[0]))


@answers(offer=OFFICIAL, who=OFFICERS, scope=Scope.COMMUNES)
def press(pressed: Pressed, turn: Turn) -> Answer:
    """[Bỏ số này]: it counts no more; what was stated of other days stays."""
    kept = official.by_id(turn.tx, pressed.offer.subject)
    pressed.use(turn)
    if kept is None:
        return pressed.refuse(turn.text("official.gone"))
    official.take_back(turn.tx, kept, by=turn.me.id, at=turn.at)
    still = next((one.n for one in official.of(turn.tx, kept.commune) if one.day == kept.day), None)
    after = str(still) if still is not None else ""
    turn.on_record("official taken back", kept.commune or 0, before=str(kept.n), after=after, detail=f"{kept.day}")
    return pressed.settle(turn.text("official.taken_back", stated=kept, still=still))
