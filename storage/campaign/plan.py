"""A campaign as its folder says it, and what loading it changes: plain types between reader and loader."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from storage.campaign.checks import Question
from storage.campaign.guide import Page
from storage.campaign.people import Role
from storage.campaign.phases import Campaign

Watch = Callable[[str, int | None], Callable[[], None]]
"""Is told what begins now and of how many steps it is (None: nobody knows); what it gives is called after each."""


def unwatched(_words: str, _steps: int | None) -> Callable[[], None]:
    """Nobody looks on."""
    return lambda: None


class CampaignError(Exception):
    """The campaign cannot be loaded: a line for each thing that is wrong, saying where, why, and what to do."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


@dataclass(frozen=True, slots=True)
class PlannedPhase:
    """A phase. `first` None: the day on which it is first loaded."""

    name: str
    first: date | None
    days: int


@dataclass(frozen=True, slots=True)
class PlannedCommune:
    """A commune, known by its code."""

    code: str
    name: str
    folded: str
    target: int
    baseline: int
    where: str = field(default="communes.csv", compare=False)


@dataclass(frozen=True, slots=True)
class PlannedHamlet:
    """A hamlet of the commune with this code."""

    commune: str
    name: str
    folded: str
    homes: int | None


@dataclass(frozen=True, slots=True)
class PlannedPerson:
    """A person, known by the roster's id. `code` None: made here.

    `communes` are the codes of an officer's scope, `teams` of where a student works: commune and name of the phase.
    """

    ref: str
    name: str
    role: Role
    communes: tuple[str, ...]
    teams: tuple[tuple[str, str], ...]
    code: str | None = None
    address: str | None = None
    where: str = field(default="roster", compare=False)

    @property
    def label(self) -> str:
        """How changes name the person."""
        return f"{self.ref} {self.name}"


@dataclass(frozen=True, slots=True)
class Teaching:
    """What a campaign teaches. `shipped`: the folder has none of its own, so that these are no news."""

    pages: tuple[Page, ...] = ()
    questions: tuple[Question, ...] = ()
    shipped: bool = True


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole campaign, checked: every name that one part mentions is in another."""

    campaign: Campaign
    phases: tuple[PlannedPhase, ...]
    communes: tuple[PlannedCommune, ...]
    hamlets: tuple[PlannedHamlet, ...]
    people: tuple[PlannedPerson, ...]
    teaching: Teaching = Teaching()


class Kind(StrEnum):
    """What happened to a row. `MOVED`: to another commune; `KEPT`: gone from the folder, but something refers to it."""

    ADDED = "added"
    CHANGED = "changed"
    MOVED = "moved"
    LEFT = "left"
    BACK = "back"
    REMOVED = "removed"
    KEPT = "kept"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that a load did; `detail` says what changed, or why not."""

    table: str
    kind: Kind
    name: str
    detail: str = ""
