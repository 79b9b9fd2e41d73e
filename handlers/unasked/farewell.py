"""The end of a phase: what each student, each team and the campaign did in it, with thanks, for everybody."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from handlers import texts
from handlers.figures import charts
from handlers.figures.gathered import facts, series
from handlers.figures.gathered.facts import Standing
from handlers.messages import Reply
from handlers.turn import House
from handlers.unasked import morning
from storage.campaign import accounts, communes, people, phases, teams
from storage.campaign.communes import Commune
from storage.campaign.people import Person, Role
from storage.campaign.phases import Phase
from storage.campaign.teams import Team
from storage.engine.transaction import Transaction
from storage.reports import tallies, totals
from storage.reports.tallies import Counts
from storage.talk import chats

Said = list[tuple[int, Reply]]


@dataclass(frozen=True, slots=True)
class Ended:
    """A phase that is over, in numbers.

    `whole`: what all its teams counted; `campaign`: how far the campaign is by now; `following`: the phase after it.
    """

    phase: Phase
    name: str
    whole: Counts
    campaign: Standing
    following: Phase | None


@dataclass(frozen=True, slots=True)
class TeamEnded:
    """A team at the end of its phase. `students` by phones, the most first; `standing` is its commune's by now."""

    team: Team
    commune: str
    short: str
    counts: Counts
    students: Sequence[tuple[Person, str, Counts]]
    gone: int
    standing: Standing


def phases_ended(tx: Transaction, day: date) -> list[Phase]:
    """The phases of which this was the last day."""
    return [phase for phase in phases.every(tx) if phase.last == day]


def ended(tx: Transaction, phase: Phase) -> Ended:
    """The phase in numbers."""
    known, campaign = phases.every(tx), phases.current(tx)
    counts = totals.of_teams(tx)
    return Ended(
        phase=phase,
        name=campaign.name if campaign else "",
        whole=tallies.merged(counts[team.id] for team in teams.of_phase(tx, phase.id) if team.id in counts),
        campaign=facts.board(tx, communes.every(tx), phase.last, finished=True).whole,
        following=next((one for one in known if one.first > phase.first), None),
    )


def of_team(tx: Transaction, team: Team, phase: Phase) -> TeamEnded:
    """One of its teams in numbers."""
    commune = communes.by_id(tx, team.commune)
    members, sums = texts.in_order(people.of_team(tx, team.id)), totals.of_members(tx, team.id)
    names = texts.short_names(members)
    students = [(person, names[person.id], sums.get(person.id, {})) for person in members]
    counts = totals.of(tx, "team", team.id)
    return TeamEnded(
        team=team,
        commune=commune.name,
        short=facts.short(commune),
        counts=counts,
        students=sorted(students, key=lambda one: -_phones(one[2])),
        gone=max(0, _phones(counts) - sum(_phones(one[2]) for one in students)),
        standing=facts.board(tx, [commune], phase.last, finished=True).whole,
    )


def _phones(counts: Mapping[str, int]) -> int:
    return counts.get("activated", 0)


def to_team(tx: Transaction, house: House, whole: Ended, own: TeamEnded, now: datetime) -> Said:
    """For the team's chats and the officers of its commune the team's numbers, for each student their own beside.

    Whoever hears of the whole team sees its course, to be passed on.
    """
    say, picture = _Words(house, now, whole, own), _picture(tx, [communes.by_id(tx, own.team.commune)], whole, now)
    said: Said = [(chat, replace(say.team(None), drawing=picture)) for chat in chats.of_team(tx, own.team.id)]
    locked = teams.locked_in(tx, own.team.id)
    for person, _, counts in own.students:
        if person.id not in locked:
            leads = person.role == Role.LEAD
            reply = replace(say.team(person, counts), drawing=picture) if leads else say.student(person, counts)
            said += [(chat, reply) for chat in accounts.private_chats(tx, person.id)]
    for officer in people.officers_of(tx, own.team.commune):
        shown = replace(say.team(officer), drawing=picture)
        said += [(chat, shown) for chat in accounts.private_chats(tx, officer.id)]
    return said


def _picture(tx: Transaction, places: Sequence[Commune], whole: Ended, now: datetime) -> int:
    """How these communes went through the phase: the row of a picture to be drawn."""
    name = places[0].name if len(places) == 1 else whole.name
    return charts.picture_of(tx, series.course(tx, places, whole.phase.last, name=name, finished=True), now)


def to_campaign(tx: Transaction, house: House, whole: Ended, now: datetime, *, asking: int | None) -> Said:
    """For the officers of the campaign and the admins: all teams, and the last day, of which nobody gets a digest."""
    counts = totals.of_teams(tx)
    rows = [
        (morning.short(communes.by_id(tx, team.commune)), _phones(counts.get(team.id, {})))
        for team in teams.of_phase(tx, whole.phase.id)
    ]
    say, picture = _Words(house, now, whole, None), _picture(tx, communes.every(tx), whole, now)
    last = whole.phase.last
    most_first = sorted(rows, key=lambda row: -row[1])
    return [
        (chat, replace(say.campaign(person, most_first, asking), drawing=picture, buttons=morning.ways(last, asking)))
        for person in _once([*people.campaign_officers(tx), *people.admins(tx)])
        for chat in accounts.private_chats(tx, person.id)
    ]


def _once(several: Iterable[Person]) -> list[Person]:
    return list({person.id: person for person in several}.values())


@dataclass(frozen=True, slots=True)
class _Words:
    house: House
    now: datetime
    whole: Ended
    own: TeamEnded | None

    def student(self, person: Person, counts: Counts) -> Reply:
        """What a student hears."""
        return self._say("farewell.student", person, ended=self.whole, own=self.own, mine=counts)

    def team(self, person: Person | None, mine: Counts | None = None) -> Reply:
        """What a team's chat hears (None), its lead, with the own numbers, and the officers of the commune."""
        assert self.own is not None
        students = [(name, _phones(counts)) for _, name, counts in self.own.students]
        return self._say(
            "farewell.team", person, ended=self.whole, own=self.own, students=students, mine=mine, thanked=person
        )

    def campaign(self, person: Person, rows: Sequence[tuple[str, int]], asking: int | None) -> Reply:
        """What the officers of the campaign hear. `asking`: how much of the last day is worth a question."""
        return self._say("farewell.campaign", person, ended=self.whole, rows=rows, asking=asking)

    def _say(self, name: str, person: Person | None, **values: Any) -> Reply:
        text = texts.render(name, calendar=self.house.calendar, now=self.now, person=person, **values)
        return Reply(text, merges=True)
