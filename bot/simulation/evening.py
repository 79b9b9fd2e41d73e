"""Draws a student's evening: homes one after the other, what is told of them and when, and what is put right."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from bot.simulation.truth import Deed, Does, Done
from bot.simulation.words import Manner, Writer

_PHONES = (1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 4, 4, 5)  # at a home
# How much is told in each hour of an evening, 17 to 24: residents come home at half past five, and sleep at eleven.
_RHYTHM = ((17, 0.5), (18, 2.0), (19, 4.0), (20, 4.5), (21, 3.5), (22, 2.0), (23, 0.8), (24, 0.3))
_BESIDE = (
    ("absent", 0.10),
    ("already", 0.05),
    ("no_card", 0.05),
    ("refused", 0.04),
    ("no_phone", 0.04),
    ("failed", 0.05),
)
_NOTHING_DONE = (("absent", 5), ("revisit", 3), ("refused", 2), ("already", 1), ("no_phone", 1), ("no_card", 1))
_OTP_USUALLY = 0.15  # of what fails
_AT_ONCE = 0.03  # of all evenings: the battery was empty, and all is written down when it is not
_LATE_TODAY = 23 * 60 + 30  # minutes; who writes `hôm nay` around midnight may mean either day


@dataclass(slots=True)
class Student:
    """Somebody who goes from home to home.

    Attributes:
        hamlets: of the commune, as the list has them.
        able: phones in an evening, beside 1 of everybody.
        group: writes in the team's room. `late`: writes it all down before going to bed.
        promised: homes that are to be visited again.
    """

    ref: str
    name: str
    commune: str
    hamlets: tuple[str, ...]
    manner: Manner
    able: float
    group: bool
    late: bool
    promised: list[str] = field(default_factory=list)

    @classmethod
    def drawn(cls, rng: Random, ref: str, name: str, commune: str, hamlets: tuple[str, ...]) -> "Student":
        """Somebody with a manner of their own."""
        able, draw = rng.uniform(0.75, 1.3), rng.random()
        return cls(ref, name, commune, hamlets, Manner.drawn(rng), able, group=draw < 0.12, late=0.12 < draw < 0.18)


@dataclass(frozen=True, slots=True)
class _Told:
    """A message to be: what it says was done, and how it is said with any other number of phones."""

    done: tuple[Done, ...]
    homes: tuple[str, ...]
    hamlet: str
    otp: bool = False


@dataclass(slots=True)
class Evening:
    """One student's evening, drawn by `drawn`.

    `trouble`: between these moments every other phone gets no code.
    """

    rng: Random
    student: Student
    day: date
    zone: ZoneInfo
    trouble: tuple[datetime, datetime] | None = None
    planted: str = ""
    deeds: list[Deed] = field(default_factory=list)
    phones: int = 0  # that the bot was told of by now
    _again: list[str] = field(default_factory=list)  # homes of the evenings before
    _named: set[str] = field(default_factory=set)  # last names of all homes

    @property
    def writer(self) -> Writer:
        """Who writes."""
        return Writer(self.rng, self.student.manner)

    def drawn(self, goal: int) -> list[Deed]:
        """What is said of an evening of so many phones."""
        self._again, self.student.promised = self.student.promised, []
        told = self._messages(goal)
        for at, one in zip(self._times(len(told)), told, strict=True):
            self._tell(at, self._in_trouble(at, one))
        self._at_the_end()
        return self.deeds

    # What is done

    def _messages(self, goal: int) -> list[_Told]:
        """Homes until the goal is reached, the last one with what is left, put together as somebody tells them."""
        hamlet, told, left = self.rng.choice(self.student.hamlets) if self.student.hamlets else "", [], goal
        names_it = self.rng.random()
        while left > 0:
            if self.rng.random() < 0.05 and self.student.hamlets:
                hamlet = self.rng.choice(self.student.hamlets)
            place = hamlet if self.rng.random() < names_it else ""
            if self.student.manner.sums and hamlet:
                told.append(self._sum(hamlet, min(left, self.rng.randrange(4, 13))))
            elif self.rng.random() < 0.2:
                told.append(self._nothing(place))
            elif self.rng.random() < 0.08 and left > 3:
                each = [Done("activated", min(self.rng.choice(_PHONES), 2)) for _ in range(2)]
                told.append(_Told(tuple(each), (self.home(), self.home()), ""))
            else:
                told.append(self._one_home(place, min(left, self.rng.choice(_PHONES))))
            left -= sum(one.n for one in told[-1].done if one.outcome == "activated")
        if self.rng.random() < 0.03:
            told.append(_Told((Done("assisted", 1, hamlet),), (), hamlet))
        return told

    def _one_home(self, place: str, n: int) -> _Told:
        beside = [Done(outcome, 1, place) for outcome, chance in _BESIDE if self.rng.random() < chance]
        return _Told((Done("activated", n, place), *beside[:2]), (self.home(),), place, self._is_otp())

    def _sum(self, hamlet: str, n: int) -> _Told:
        beside = [Done(outcome, self.rng.randrange(1, 4), hamlet) for outcome, _ in _BESIDE if self.rng.random() < 0.25]
        return _Told((Done("activated", n, hamlet), *beside[:3]), (), hamlet)

    def _nothing(self, place: str) -> _Told:
        outcomes, weights = zip(*_NOTHING_DONE, strict=True)
        outcome = self.rng.choices(outcomes, weights)[0]
        home = self.home()
        if outcome == "revisit":
            self.student.promised.append(home)
        return _Told((Done(outcome, 1, place),), (home,), place)

    def home(self) -> str:
        """A home where nobody was yet this evening, perhaps one that was promised to be visited again."""
        if self._again and self.rng.random() < 0.2:
            return self._again.pop(0)
        home = self.writer.resident(self._named)
        self._named.add(home.rpartition(" ")[2])
        return home

    def _is_otp(self) -> bool:
        return self.rng.random() < _OTP_USUALLY

    def _in_trouble(self, at: datetime, told: _Told) -> _Told:
        """While no codes come, every other home has a phone that failed for want of one."""
        if self.trouble is None or not self.trouble[0] <= at < self.trouble[1] or len(told.homes) != 1:
            return told
        if told.done[0].outcome != "activated" or self.rng.random() < 0.5:
            return told
        return replace(told, done=(told.done[0], Done("failed", 1, told.hamlet)), otp=True)

    # When

    def _times(self, number: int) -> list[datetime]:
        """When so many messages are sent, the first first: two minutes lie between them at least."""
        at_once = self.rng.random() < _AT_ONCE
        if self.student.late or at_once:
            start = 19 * 60 + 30 + self.rng.randrange(210) if at_once else 22 * 60 + 15 + self.rng.randrange(60)
            minutes = [start + place * 2 for place in range(number)]
        else:
            hours, weights = zip(*_RHYTHM, strict=True)
            minutes = sorted(hour * 60 + self.rng.randrange(60) for hour in self.rng.choices(hours, weights, k=number))
            for place in range(1, number):
                minutes[place] = max(minutes[place], minutes[place - 1] + 2)
        return [self.clock(minute, self.rng.randrange(20)) for minute in minutes]

    def clock(self, minute: int, second: int = 0) -> datetime:
        """The moment so many minutes after the beginning of the day."""
        return moment(self.day, self.zone, minute, second)

    # How it is told

    def _tell(self, at: datetime, told: _Told) -> None:
        draw = self.rng.random()
        alone = told.done[0].outcome == "activated" and len(told.homes) == 1
        if alone and draw < 0.03:
            self._edited(at, told)
        elif alone and len(told.done) == 1 and draw < 0.05:
            self._thought_anew(at, told)
        elif alone and len(told.done) == 1 and draw < 0.06:
            self._vague(at, told)
        else:
            self.say(at, self._words(told), _merged(told.done))
            if draw > 0.985:
                self._taken_back(at)
            elif draw > 0.975:
                self.say(at + timedelta(seconds=50), self.writer.talk())
            elif draw > 0.965:
                self.say(at + timedelta(seconds=50), "/homnay", private=True)
            elif draw > 0.961 and told.hamlet:
                self.say(at + timedelta(seconds=50), f"/hotro đón cụ {told.hamlet} 8h mai", private=True)

    def _words(self, told: _Told) -> str:
        if not told.homes:
            return self.writer.of_hamlet(told.hamlet, told.done)
        if len(told.homes) > 1:
            return self.writer.of_homes(list(zip(told.homes, told.done, strict=True)))
        return self.writer.of_home(told.homes[0], told.hamlet, told.done, otp=told.otp)

    def _edited(self, at: datetime, told: _Told) -> None:
        """A slip of the hand that is put right in the message itself."""
        wrong = replace(told, done=(self._other(told.done[0]), *told.done[1:]))
        self.say(at, self._words(wrong), wrong.done)
        right = _merged([*told.done, *(replace(one, n=-one.n) for one in wrong.done)])
        self._do(Does.EDITS, at + timedelta(seconds=30 + self.rng.randrange(50)), self._words(told), right)

    def _thought_anew(self, at: datetime, told: _Told) -> None:
        """A slip of the hand that is put right in words."""
        done = told.done[0]
        wrong = self._other(done)
        self.say(at, self._words(replace(told, done=(wrong,))), (wrong,))
        words = self.writer.second_thought(wrong.n, done.n)
        self.say(at + timedelta(seconds=40), words, _merged([done, replace(wrong, n=-wrong.n)]))

    def _other(self, done: Done) -> Done:
        return replace(done, n=done.n + 1 if done.n < 2 or self.rng.random() < 0.5 else done.n - 1)

    def _vague(self, at: datetime, told: _Told) -> None:
        """No number at first, and one when it is asked for."""
        n = told.done[0].n
        self.say(at, self.writer.vague(n))
        self.say(at + timedelta(seconds=40), str(n), (Done("activated", n),))

    def _taken_back(self, at: datetime) -> None:
        """A home that is a comrade's, which is noticed at once."""
        done, at = (Done("activated", self.rng.choice(_PHONES)),), at + timedelta(seconds=30)
        self.say(at, self.writer.of_home(self.home(), "", done), done)
        gone = tuple(replace(one, n=-one.n) for one in done)
        if self.student.group:
            self.say(at + timedelta(seconds=45), "/huy", gone)
        else:
            self._do(Does.PRESSES, at + timedelta(seconds=30), "Hoàn tác", gone)

    def _at_the_end(self) -> None:
        """Before going home: the sum, perhaps with what was not told; and what comes to mind in the morning."""
        last = max((deed.at for deed in self.deeds), default=None)
        if last is not None and not self.student.late and last < self.clock(_LATE_TODAY) and self.rng.random() < 0.08:
            missing = self.rng.choice((0, 0, 0, 1, 2))
            done = (Done("activated", missing),) if missing else ()
            self.say(last + timedelta(minutes=8), self.writer.of_day(self.phones + missing), done, private=True)
        if self.rng.random() < 0.025:
            home, n = self.home(), self.rng.randrange(1, 4)
            at = self.clock(24 * 60 + 7 * 60 + self.rng.randrange(120))
            self.say(at, self.writer.of_yesterday(home, n), (Done("activated", n),))

    def say(self, at: datetime, words: str, done: tuple[Done, ...] = (), *, private: bool = False) -> None:
        """A message. `private`: to the bot alone, wherever this student writes else."""
        self._do(Does.SAYS, at, words, done, private=private)

    def _do(self, does: Does, at: datetime, words: str, done: tuple[Done, ...], *, private: bool = False) -> None:
        group = self.student.group and not private
        self.deeds.append(Deed(at, self.student.ref, does, words, self.day, done, group, self.planted))
        self.phones += sum(one.n for one in done if one.outcome == "activated")


def moment(day: date, zone: ZoneInfo, minute: int, second: int = 0) -> datetime:
    """So many minutes after the beginning of a day; more than a day has are of the next."""
    return datetime(day.year, day.month, day.day, tzinfo=zone) + timedelta(minutes=minute, seconds=second)


def _merged(done: Iterable[Done]) -> tuple[Done, ...]:
    """Numbers of the same outcome and hamlet as one; none that are 0."""
    sums: dict[tuple[str, str], int] = {}
    for one in done:
        sums[one.outcome, one.hamlet] = sums.get((one.outcome, one.hamlet), 0) + one.n
    return tuple(Done(outcome, n, hamlet) for (outcome, hamlet), n in sums.items() if n)
