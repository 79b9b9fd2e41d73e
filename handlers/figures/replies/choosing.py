"""Whose numbers an asker is answered with, and what is said to one who asks for more than they may see."""

from collections.abc import Sequence

from handlers.figures.asked_for import here
from handlers.figures.gathered import facts
from handlers.figures.in_words import Asked, By, Known, Measure, Names, NotUnderstood, PhaseDays, Sort, Whose, nearest
from handlers.figures.replies.heads import head, what_of
from handlers.figures.replies.subjects import One, Subject, of_all, of_communes, of_hamlets, of_people, of_team
from handlers.figures.said import progress
from handlers.messages import Button, Reply
from handlers.turn import STUDENTS, Turn, command_button
from storage.campaign import communes as all_communes
from storage.campaign import hamlets, people, phases, teams
from storage.campaign.communes import Commune
from storage.campaign.people import Role
from storage.campaign.teams import Team

MOST_NEAR = 6
MOST_SAID = 80  # characters of a button that says a question
COMMAND = "/hoi"
# What is only known of communes, whoever is named.
_OF_COMMUNES = frozenset(
    {
        *(Measure.LEFT, Measure.TARGET, Measure.FINISH, Measure.BASELINE, Measure.STUDENTS),
        *(Measure.LEADS, Measure.UNSTAFFED),
    }
)

OF_TARGETS = frozenset({Measure.LEFT, Measure.TARGET, Measure.FINISH})


def names(turn: Turn) -> Names:
    """What this person may name here: all communes, so that others are refused by name; hamlets and people they see."""
    visible = here.communes(turn)
    known = all_communes.every(turn.tx)
    own = teams.team_of(turn.tx, turn.me.id, turn.work_day)
    me = Known(Sort.PERSON, turn.me.id, turn.me.name, own.commune) if own is not None else None
    return Names(
        me=me if turn.me.role in STUDENTS else None,
        communes=tuple(Known(Sort.COMMUNE, place.id, place.name) for place in known),
        hamlets=tuple(
            Known(Sort.HAMLET, one.id, one.name, place.id)
            for place in visible
            for one in hamlets.of_commune(turn.tx, place.id)
        ),
        people=tuple(
            Known(Sort.PERSON, one.id, one.name, team.commune)
            for team in _teams(turn, visible, own)
            for one in people.of_team(turn.tx, team.id)
        ),
        phases=tuple(
            PhaseDays(phase.name, phase.first, phase.first + (phase.days - 1) * facts.ONE_DAY)
            for phase in phases.every(turn.tx)
        ),
    )


def _teams(turn: Turn, visible: Sequence[Commune], own: Team | None) -> list[Team]:
    """The teams whose people may be named: a student's or lead's own, else those of today's phase."""
    if turn.me.role in STUDENTS:
        return [own] if own is not None and visible else []
    phase = phases.phase_on(turn.tx, turn.work_day)
    every = [team for place in visible for team in teams.of_commune(turn.tx, place.id)]
    return [team for team in every if phase is not None and team.phase == phase.id]


def subject(turn: Turn, asked: Asked) -> Subject | Reply:
    """What the question is of, or why it is not answered."""
    visible = here.communes(turn)
    if not visible:
        return turn.say("totals.none_visible") if turn.chat.private else turn.say("totals.not_here")
    known = {place.id: place for place in all_communes.every(turn.tx)}
    hidden = [known[id] for id in asked.communes if known[id] not in visible]
    if hidden:
        return _hidden(turn, hidden[0])
    if asked.whose is Whose.CAMPAIGN and len(visible) < len(known):
        return _not_whole(turn, visible)
    if turn.me.role in STUDENTS:
        return _of_member(turn, asked, visible)
    if asked.people:
        return _known_of_communes(asked, of_people(turn, asked.people, visible))
    if asked.hamlets:
        return _known_of_communes(asked, of_hamlets(turn, asked.hamlets, visible))
    if asked.communes and not (asked.beside and asked.whose is Whose.ALL):
        return _of_named(turn, [known[id] for id in asked.communes])
    return of_all(turn, visible)


def _of_named(turn: Turn, places: Sequence[Commune]) -> Subject:
    return of_communes(places, ", ".join(map(facts.short, places)), whole=False)


def _known_of_communes(asked: Asked, of: Subject) -> Subject | Reply:
    """Targets and forecasts are of communes: said of the one in which a hamlet or a person is."""
    if asked.measure in OF_TARGETS and of.sort is Sort.HAMLET:
        return of  # a hamlet has no target, which is said
    if asked.goal is not None and asked.people:
        return of
    if asked.measure in _OF_COMMUNES and of.places:
        return of_communes(of.places, ", ".join(map(facts.short, of.places)), whole=len(of.places) == 1)
    return of


# Students and leads


def _of_member(turn: Turn, asked: Asked, visible: Sequence[Commune]) -> Subject | Reply:
    """A student is told their own numbers and the team's sums, a lead also each student's."""
    team = teams.team_of(turn.tx, turn.me.id, turn.work_day)
    assert team is not None, "the roster gives each student a team"
    if not turn.is_among(team.id):
        return turn.say("totals.not_here")
    lead = turn.me.role is Role.LEAD
    others = set(asked.people) - {turn.me.id}
    if not lead and (others or _is_of_others(asked)):
        return only_own(turn)
    if asked.people:
        return _known_of_communes(asked, of_people(turn, asked.people, visible))
    if asked.hamlets:
        return _known_of_communes(asked, of_hamlets(turn, asked.hamlets, visible))
    own_goal = asked.goal is not None and asked.whose is Whose.OWN
    if asked.measure in _OF_COMMUNES and not own_goal:
        return of_all(turn, visible)
    if _is_share(asked):
        return of_all(turn, visible)
    own = asked.whose is Whose.OWN or (asked.whose is None and not asked.communes and not lead)
    if own and not (asked.grouped is By.PERSON or _is_of_team(asked, lead=lead)):
        me = One(Sort.PERSON, turn.me.id, turn.text("in_words.name_own"), team.commune)
        return Subject((me,), me.name, tuple(visible))
    if lead:
        return of_all(turn, visible)
    return of_team(turn, team, visible)


def _is_of_team(asked: Asked, *, lead: bool) -> bool:
    """Whether a lead asks who of the team has reported, and not whether they have themselves."""
    return asked.measure is Measure.REPORTS and lead and (asked.last is not None or asked.whose is not Whose.OWN)


def _is_share(asked: Asked) -> bool:
    """Whether how far the own commune is against its target is asked, which only communes have."""
    of_commune = asked.communes or asked.whose is Whose.TEAM
    return asked.share and bool(of_commune) and asked.measure is Measure.REACHED and asked.period is None


def _is_of_others(asked: Asked) -> bool:
    """Whether comrades are asked for one by one."""
    listed = asked.grouped is By.PERSON and asked.measure not in (Measure.REPORTS, Measure.QUOTA, Measure.LEADS)
    others = asked.measure is Measure.LAST_REPORT and asked.whose not in (None, Whose.OWN)
    others = others or (asked.measure is Measure.QUOTA and "which_person" in asked.rules)
    ranked = asked.measure is Measure.RANKING and asked.grouped is not By.DAY  # `hôm nào em được nhiều nhất`
    return listed or others or ranked or asked.leads or asked.measure is Measure.POSITION


# What is refused, and what was not understood


def _hidden(turn: Turn, place: Commune) -> Reply:
    if not turn.chat.private:
        return turn.say("totals.not_here")
    return turn.say("in_words.out_of_scope", name=place.name, examples=examples(turn))


def hidden(turn: Turn, what: NotUnderstood) -> Reply | None:
    """What is said to a question about a commune that the asker does not see, whatever else is in it."""
    visible = {place.id for place in here.communes(turn)}
    out = [id for id in what.communes if id not in visible] if visible else []
    place = next((one for one in all_communes.every(turn.tx) if one.id in out), None)
    return _hidden(turn, place) if place is not None else None


def _not_whole(turn: Turn, visible: Sequence[Commune]) -> Reply:
    if not turn.chat.private:
        return turn.say("totals.not_here")
    return turn.say("in_words.not_whole", name=progress.name_of(turn, visible), examples=examples(turn))


def only_own(turn: Turn) -> Reply:
    """What a student hears who asks for a comrade's numbers."""
    return turn.say("in_words.only_own", leads=leads(turn), examples=examples(turn))


def leads(turn: Turn) -> list[str]:
    """Who leads the asker's team, but for the asker."""
    team = teams.team_of(turn.tx, turn.me.id, turn.work_day)
    return [lead.name for lead in people.leads_of(turn.tx, team.id) if lead.id != turn.me.id] if team else []


def not_understood(turn: Turn, what: NotUnderstood, text: str) -> Reply:
    """Which words were not understood, buttons for what they may have meant, and three questions that would do.

    One is for the question without these words: it says what would be answered, and nothing is until it is pressed.
    """
    visible = {place.id: place for place in here.communes(turn)}
    if (out := hidden(turn, what)) is not None:
        return out
    if not visible and not turn.chat.private:
        return turn.say("totals.not_here")
    buttons: list[tuple[Button, ...]] = []
    if turn.me.role not in STUDENTS:
        for one in what.near:
            place = visible.get(one.id if one.sort is Sort.COMMUNE else one.commune)
            person = people.by_id(turn.tx, one.id) if one.sort is Sort.PERSON else None
            if place is not None and person is not None:
                where = f", {facts.short(place)}" if len(visible) > 1 else ""
                buttons.append((command_button(f"{one.name}{where}", f"/to {person.ref}"),))
            elif place is not None and one.sort is Sort.COMMUNE:
                buttons.append((command_button(place.name, f"/xa {place.code}"),))
            elif place is not None:
                buttons.append((command_button(f"{one.name}, {facts.short(place)}", f"/xa {place.code}"),))
    rest = _rest(turn, what, text) if not buttons or " " in what.words else None  # a word alone is the name
    return turn.say(
        "in_words.not_understood",
        said=what.words,
        near=bool(buttons),
        rest=rest is not None,
        examples=examples(turn),
        buttons=(*buttons[:MOST_NEAR], *((rest,) if rest is not None else ())),
    )


def _rest(turn: Turn, what: NotUnderstood, text: str) -> tuple[Button, ...] | None:
    """A button that asks what is left of a question, by the first line of its answer."""
    found = nearest(text, what, names(turn), turn.work_day)
    if found is None:
        return None
    typed, asked = found
    of = subject(turn, asked)
    if not isinstance(of, Subject):
        return None
    said = head(turn, asked, of)
    if asked.measure in (Measure.PICTURE, Measure.EXCEL, Measure.LETTER):
        said = turn.text("in_words.understood_file", name=of.name, what=what_of(asked, of), period=None)
    elif asked.measure in (Measure.DASHBOARD, Measure.TIMES, Measure.VISITS, Measure.AUDIT, Measure.CODES):
        said = turn.text("in_words.handed", what=asked.measure.value)
    return (command_button(as_label(said), f"{COMMAND} {typed}"),)


def as_label(said: str) -> str:
    """The first line of an answer as a button says it; labels are told one from another by its sign between parts."""
    return said.partition("\n")[0].removeprefix("📊 ").replace(" · ", ", ")[:MOST_SAID]


def examples(turn: Turn) -> list[str]:
    """Three questions that would be answered to this person."""
    visible = here.communes(turn)
    if turn.me.role is Role.STUDENT:
        return turn.text("in_words.examples_student").splitlines()
    if turn.me.role is Role.LEAD:
        team = teams.team_of(turn.tx, turn.me.id, turn.work_day)
        among = people.of_team(turn.tx, team.id) if team is not None and turn.is_among(team.id) else []
        others = [one for one in among if one.id != turn.me.id]
        first = others[0].name if others else turn.me.name
        return turn.text("in_words.examples_lead", first=first).splitlines()
    if len(visible) > 1:
        return turn.text("in_words.examples_wide", first=facts.short(visible[-1])).splitlines()
    return turn.text("in_words.examples_commune").splitlines()
