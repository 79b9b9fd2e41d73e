"""/tiendo: a picture of how far it is, with its numbers as text: day by day, by commune, by hour."""

import re
from collections.abc import Sequence
from datetime import date

from handlers.figures import charts
from handlers.figures.asked_for import here
from handlers.figures.asked_for.periods import days_asked
from handlers.figures.gathered import facts, series
from handlers.figures.gathered.series import Series
from handlers.figures.said.naming import name_of
from handlers.language.signs.folding import fold
from handlers.messages import Button, Message, Reply, Rows
from handlers.places.finding import find_commune
from handlers.turn import Answer, Scope, Turn, answers, command_button
from storage.campaign import communes, phases, teams
from storage.campaign.communes import Commune
from storage.campaign.people import Role

MOST_BUTTONS = 8
_VIEW = re.compile(r"(?:^| )(?P<view>theo xa|theo ngay|theo gio|ca chien dich)(?: (?P<day>.+))?$")


@answers("tiendo", who=(Role.OFFICER, Role.LEAD, Role.ADMIN), scope=Scope.COMMUNES, help="tiendo", button=True)
def show(message: Message, turn: Turn) -> Answer:
    """Done against plan; `/tiendo Xuân Thu` of one commune, `theo xã`, `theo ngày`, `theo giờ`, `cả chiến dịch`."""
    folded = fold(message.text)
    found = _VIEW.search(folded)
    where, view = (folded[: found.start()], found["view"]) if found else (folded, "")
    places = _places(turn, where.strip(), view)
    if isinstance(places, Reply):
        return places
    if view == "theo gio":
        return _by_hour(turn, places, (found["day"] if found else None) or "")
    name, day = name_of(turn, places), turn.work_day
    if view == "theo xa":
        shown: Series = series.reached(turn.tx, places, day, name=name, finished=False)
    elif view == "theo ngay":
        shown = series.heat(turn.tx, places, day, name=name, finished=False)
    else:
        whole = view == "ca chien dich"
        shown = series.course(turn.tx, places, day, name=name, finished=False, whole=whole)
    return _said(turn, shown, _ways(turn, places, where.strip(), view))


def _said(turn: Turn, shown: Series, buttons: Rows) -> Reply:
    return Reply(charts.said(shown), buttons, drawing=charts.picture_of(turn.tx, shown, turn.now))


def _by_hour(turn: Turn, places: Sequence[Commune], wanted: str) -> Answer:
    """The evening of the one team that is meant."""
    asked = days_asked(turn, wanted) if wanted else None
    if asked is not None and asked.span[0] > turn.work_day:
        return turn.say("totals.future", first=asked.span[0])
    day = turn.work_day if asked is None else min(asked.span[1], turn.work_day)
    if len(places) > 1:
        return _which(turn, "commune.which", places, " theo giờ")
    phase = phases.phase_on(turn.tx, day)
    own = [team for team in teams.of_commune(turn.tx, places[0].id) if phase is not None and team.phase == phase.id]
    if not own:
        return turn.say("team.none_there", commune=places[0].name)
    name, over = places[0].name, day < turn.work_day
    shown = series.evening(turn.tx, turn.house.calendar, own[0], day, name=name, finished=over)
    return _said(
        turn, shown, ((_earlier(turn, places[0], day), command_button("Tiến độ", f"/tiendo {places[0].code}")),)
    )


def _earlier(turn: Turn, place: Commune, day: date) -> Button:
    """To the evening before this one."""
    before = day - facts.ONE_DAY
    return command_button(f"Ngày {before:%d/%m}", f"/tiendo {place.code} theo giờ {before:%d/%m}")


def _ways(turn: Turn, places: Sequence[Commune], where: str, view: str) -> Rows:
    """To the other pictures of the same communes."""
    if len(places) == 1:
        of = f"/tiendo {places[0].code}"
        known = [("", "Tiến độ", of), ("theo gio", "Theo giờ", f"{of} theo giờ")]
    else:
        of = "/tiendo"
        known = [
            ("", "Tiến độ", of),
            ("theo xa", "Theo xã", f"{of} theo xã"),
            ("theo ngay", "Theo ngày", f"{of} theo ngày"),
        ]
    if len(phases.every(turn.tx)) > 1:
        known.append(("ca chien dich", "Cả chiến dịch", f"{of} cả chiến dịch"))
    return (tuple(command_button(label, command) for key, label, command in known if key != view),)


def _places(turn: Turn, wanted: str, view: str) -> list[Commune] | Reply:
    """The communes that are meant: all that are visible here, or the one that is named; else what there is to say."""
    visible = here.communes(turn)
    if not visible:
        return turn.say("totals.none_visible") if turn.chat.private else turn.say("totals.not_here")
    if not wanted:
        return visible
    match = find_commune(wanted, communes.every(turn.tx))
    if match.found is None:
        near = [place for place in match.candidates if place in visible]
        return _which(turn, "commune.which_of" if near else "commune.unknown", near, f" {view}" if view else "")
    if match.found not in visible:
        return (
            turn.say("commune.out_of_scope", name=match.found.name)
            if turn.chat.private
            else turn.say("totals.not_here")
        )
    return [match.found]


def _which(turn: Turn, name: str, places: Sequence[Commune], view: str) -> Reply:
    """A question, with a button for each commune where they are few."""
    few = places if len(places) <= MOST_BUTTONS else ()
    buttons = tuple((command_button(place.name, f"/tiendo {place.code}{view}"),) for place in few)
    return turn.say(name, buttons=buttons)
