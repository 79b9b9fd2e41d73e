"""Draws a whole campaign, day by day: who works, how much, what they say, and what officers and leads ask."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from bot.simulation import planted
from bot.simulation.evening import Evening, Student, moment
from bot.simulation.truth import Deed, Does, Planted, Sums, by_outcome
from storage.campaign.people import Role
from storage.campaign.plan import Plan, PlannedPerson

PHONES = 32_167 / (102 * 16)  # a student a day, so that 84,000 are 116,167 after 16 days
_ON_LEAVE, _AWAY = 0.025, 0.01  # of all evenings: asked for, and not
_ASKED = (
    *(
        "/tong",
        "/tong hôm qua",
        "/xephang",
        "/chuabao",
        "xã nào chậm nhất?",
        "xã nào chưa có báo cáo?",
        "/xa {commune}",
    ),
    *("{commune} hôm nay được bao nhiêu?", "{commune} hôm qua được bao nhiêu?", "còn bao nhiêu nữa thì xong?"),
)
_ASKED_BY_LEADS = ("/to", "/homnay", "/tong", "/to", "hôm nay tổ em được bao nhiêu?")
_CUT_OFF = 10  # communes
_MORNING, _EVENING = 7 * 60, 19 * 60  # minutes of a day
Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Day:
    """What is said on a work day, the first first, and what was planted in it."""

    deeds: tuple[Deed, ...]
    planted: tuple[Planted, ...] = ()


class Campaign:
    """The people of a folder on the days of a phase. The same seed draws the same, whatever the dates."""

    def __init__(self, plan: Plan, first: date, zone: ZoneInfo, *, seed: int, odd: bool) -> None:
        """`odd`: some evenings are planted, for the rules of what is worth an officer's eye."""
        self._plan, self._first, self._zone, self._seed, self._odd = plan, first, zone, seed, odd
        hamlets: dict[str, list[str]] = {}
        for hamlet in plan.hamlets:
            hamlets.setdefault(hamlet.commune, []).append(hamlet.name)
        self.students = [
            Student.drawn(self._rng("student", one.ref), one.ref, one.name, commune, tuple(hamlets.get(commune, ())))
            for one in plan.people
            if one.role in (Role.STUDENT, Role.LEAD)
            for commune, phase in one.teams
            if phase == plan.phases[0].name
        ]
        self._names = {commune.code: commune.name for commune in plan.communes}

    def _rng(self, *what: object) -> Random:
        return Random("/".join(map(str, (self._seed, *what))))

    def days(self, number: int) -> Iterator[Day]:
        """The days of the campaign, one after the other."""
        for place in range(number):
            yield self._day(place)

    def _day(self, place: int) -> Day:
        rng, day = self._rng("day", place), self._first + timedelta(days=place)
        deeds: list[Deed] = []
        working: list[Student] = []
        for student in self.students:
            draw = rng.random()
            if draw < _ON_LEAVE:
                deeds.append(self._leave(rng, student, day))
            elif draw >= _ON_LEAVE + _AWAY:
                working.append(student)
        odd, seeds = self._planted(rng, working, day) if self._odd else ({}, [])
        trouble, cut_off = self._trouble(rng, day, odd)
        shares = self._shares(rng, working)
        told: dict[str, list[Deed]] = {}
        for student in working:
            evening = Evening(self._rng("evening", place, student.ref), student, day, self._zone)
            evening.planted = odd.get(student.ref, "")
            if student.commune in cut_off:
                evening.trouble = trouble
            told[student.ref] = self._told(evening, shares[student.ref], told)
            deeds += told[student.ref]
        deeds += self._questions(rng, day)
        return Day(tuple(sorted(deeds, key=lambda deed: deed.at)), tuple(seeds))

    def _trouble(self, rng: Random, day: date, odd: Mapping[str, str]) -> tuple[Span | None, set[str]]:
        """When no codes come, and in which communes, where that is planted."""
        if planted.BURST not in odd.values():
            return None, set()
        communes = sorted(self._names)
        span = planted.no_codes(rng, day, self._zone)
        return span, set(rng.sample(communes, min(len(communes), _CUT_OFF)))

    def _shares(self, rng: Random, working: Sequence[Student]) -> dict[str, int]:
        """Phones of everybody, so that all together come out even."""
        weights = {student.ref: student.able * rng.uniform(0.6, 1.4) for student in working}
        whole, each = round(PHONES * len(self.students)), sum(weights.values())
        return {ref: max(1, round(whole * weight / each)) for ref, weight in weights.items()}

    def _told(self, evening: Evening, goal: int, others: dict[str, list[Deed]]) -> list[Deed]:
        match evening.planted:
            case planted.EQUAL:
                return planted.invented(evening, goal)
            case planted.FAST:
                return planted.fast(evening)
            case planted.COPIED:
                comrade = next(student for student in self.students if student.commune == evening.student.commune)
                sums = Sums()
                for deed in others[comrade.ref]:
                    sums.update(deed.sums)
                return planted.copied(evening, by_outcome(sums, comrade.ref, evening.day))
        return evening.drawn(goal)

    def _planted(self, rng: Random, working: Sequence[Student], day: date) -> tuple[dict[str, str], list[Planted]]:
        """Whose evening is which oddity, and what should be noticed."""
        firsts: dict[str, str] = {}
        for student in self.students:
            firsts.setdefault(student.commune, student.ref)
        there = {student.ref for student in working}
        others = [one for one in working if firsts[one.commune] in there and one.ref != firsts[one.commune]]
        if len(others) < 3:
            return {}, []
        chosen = rng.sample(others, 3)
        odd = dict(zip((one.ref for one in chosen), (planted.EQUAL, planted.FAST, planted.COPIED), strict=True))
        seeds = [Planted(rule, day, ref) for ref, rule in odd.items()]
        if rng.random() < 0.5:
            odd["trouble"] = planted.BURST
            seeds.append(Planted(planted.BURST, day))
        return odd, seeds

    def _leave(self, rng: Random, student: Student, day: date) -> Deed:
        at = moment(day, self._zone, _MORNING + 30 + rng.randrange(240))
        return Deed(at, student.ref, Does.SAYS, rng.choice(("/xinnghi", "/xinnghi hôm nay")), day)

    def _questions(self, rng: Random, day: date) -> list[Deed]:
        """What officers and leads ask in the morning and the evening."""
        return [
            Deed(moment(day, self._zone, minute), one.ref, Does.SAYS, self._question(rng, one), day)
            for one in self._plan.people
            for minute in self._hours_of(rng, one)
        ]

    def _hours_of(self, rng: Random, person: PlannedPerson) -> list[int]:
        """When somebody asks: an officer in the morning, officers and leads in the evening; not every day."""
        hours = []
        if person.role is Role.OFFICER and rng.random() < 0.6:
            hours.append(_MORNING + rng.randrange(150))
        if person.role in (Role.OFFICER, Role.LEAD) and rng.random() < 0.5:
            hours.append(_EVENING + rng.randrange(240))
        return hours

    def _question(self, rng: Random, person: PlannedPerson) -> str:
        asked = _ASKED if person.role is Role.OFFICER else _ASKED_BY_LEADS
        return rng.choice(asked).format(commune=self._commune_of(rng, person))

    def _commune_of(self, rng: Random, person: PlannedPerson) -> str:
        name = self._names[rng.choice(person.communes or tuple(self._names))]
        return name.removeprefix("Xã ")
