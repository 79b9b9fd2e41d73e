"""What a question in words was understood to ask: the types that reader and answers share."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Measure(StrEnum):
    """What is asked for."""

    REACHED = "reached"  # how many phones, how far
    LEFT = "left"  # how many are still to do
    TARGET = "target"
    QUOTA = "quota"  # what students should do a day, and what is needed a day
    FINISH = "finish"  # when it will be done, and whether that is in time
    AVERAGE = "average"  # phones a day
    REPORTS = "reports"  # who has reported, and who has not
    OPEN = "open"  # messages whose number is not clear yet
    RANKING = "ranking"
    POSITION = "position"  # where in the ranking
    BASELINE = "baseline"  # what there was before the bot
    STUDENTS = "students"  # how many students there are
    LEADS = "leads"  # who leads the teams
    UNSTAFFED = "unstaffed"  # the communes without a team
    PHASES = "phases"  # from when to when a phase goes
    PART = "part"  # which part of a whole somebody's numbers are
    SUCCESS = "success"  # which part of all that was reported came out so
    LAST_REPORT = "last_report"  # when somebody reported last
    STORED = "stored"  # everything that is kept of the asker, one by one
    PICTURE = "picture"
    EXCEL = "excel"
    LETTER = "letter"
    DASHBOARD = "dashboard"  # the link to it
    TIMES = "times"  # when the bot writes to the asker unasked
    VISITS = "visits"  # the promised visits that are known
    AUDIT = "audit"  # who changed what
    CODES = "codes"  # how somebody gets a code


class By(StrEnum):
    """By what an answer is divided, or which of these is asked for."""

    COMMUNE = "commune"
    HAMLET = "hamlet"
    PERSON = "person"
    DAY = "day"
    OUTCOME = "outcome"


class Whose(StrEnum):
    """Whose numbers are asked for, where no name says it."""

    OWN = "own"
    TEAM = "team"
    ALL = "all"  # all that the asker sees
    CAMPAIGN = "campaign"


class Span(StrEnum):
    """What kind of period was said, so that another of its kind can stand beside it."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    PHASE = "phase"
    DAYS = "days"
    UNTIL = "until"  # everything up to the end of a day


class Part(StrEnum):
    """A part of a day, which the sums do not know; what is said for it is of the whole day."""

    MORNING = "morning"
    NOON = "noon"
    AFTERNOON = "afternoon"
    NIGHT = "night"


@dataclass(frozen=True, slots=True)
class Period:
    """Work days, both included. Of `UNTIL` only `last` counts. `name`: the phase's, where it is one."""

    span: Span
    first: date
    last: date
    name: str = ""
    part: Part | None = None


@dataclass(frozen=True, slots=True)
class Limit:
    """Only those above or below a number of phones, or of hundredths of the target. `least`: with those at it."""

    above: bool
    n: float
    percent: bool
    least: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of which every word was understood.

    Attributes:
        communes: rows of the communes that are named, in their order; hamlets and people likewise.
        period: None: everything up to now.
        compared: the other period that is asked for beside it.
        beside: whether places or people are compared with one another, or with the whole.
        outcomes: what is counted where it is not phones; several are told one by one.
        last: of a ranking or list: the furthest behind (True) or ahead (False); of reports: who has none (True).
        ranked_by: of a ranking by what is left, or by targets.
        most: how many of a ranking.
        limit: only those above or below it.
        goal: of what is left, until how many: a number of phones, or of hundredths of the target.
        share: whether it is asked in hundredths of the target.
        mine: of hamlets: what the asker did there, where it is one who reports.
        heat: of a picture: the communes by days.
        done: only those who have reached their target.
        leads: only those who lead teams, of people.
        firm: whether it is asked in so many words (`bao nhiêu`, `nào`, `?`) and not only named.
        rules: the names of the rules that had a say.
        follows: whether something that it leaves out was taken from the question before.
    """

    measure: Measure
    communes: tuple[int, ...] = ()
    hamlets: tuple[int, ...] = ()
    people: tuple[int, ...] = ()
    period: Period | None = None
    compared: Period | None = None
    beside: bool = False
    grouped: By | None = None
    whose: Whose | None = None
    outcomes: tuple[str, ...] = ()
    last: bool | None = None
    ranked_by: Measure | None = None
    most: int | None = None
    limit: Limit | None = None
    goal: Limit | None = None
    share: bool = False
    mine: bool = False
    heat: bool = False
    done: bool = False
    leads: bool = False
    firm: bool = False
    rules: tuple[str, ...] = ()
    follows: bool = False


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """A question of which something was not understood: its words as they were typed, and what they may have meant.

    `words` is '' where every word is known and yet they make no question that can be answered. `talk`: nothing
    shows that numbers of the campaign are asked for. `firm`: that something is; `asks`: by a word that asks;
    `beyond`: for what the bot never knows; `counts`: that it is how many; `place`: of a commune; `file`: that a
    picture or file is wanted. `communes`: rows of the communes that are compared or counted. `spans`: where the words
    stand in the text that was read.
    """

    words: str
    near: tuple["Known", ...] = ()
    talk: bool = False
    firm: bool = False
    asks: bool = False
    beyond: bool = False
    counts: bool = False
    place: bool = False
    file: bool = False
    communes: tuple[int, ...] = ()
    spans: tuple[tuple[int, int], ...] = ()


class Sort(StrEnum):
    """Of what a name is."""

    COMMUNE = "commune"
    HAMLET = "hamlet"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Known:
    """A name that may be asked for: the row, and of a hamlet or person the commune."""

    sort: Sort
    id: int
    name: str
    commune: int = 0


@dataclass(frozen=True, slots=True)
class PhaseDays:
    """A phase by name, its first and last day."""

    name: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Names:
    """Everything that may be named by whoever asks: all communes, and the hamlets and people that they may see.

    `me`: the asker, where they are one of these people.
    """

    communes: tuple[Known, ...] = ()
    hamlets: tuple[Known, ...] = ()
    people: tuple[Known, ...] = ()
    phases: tuple[PhaseDays, ...] = ()
    me: Known | None = None
