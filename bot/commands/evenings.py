"""An evening as JSON tells it: what a clerk has in mind, and what a message then does, by which rule.

Reports and open messages are known by their place in the list, the first is 1; the reports of others go on counting
after the own ones. What is not told follows from the texts, which are read as messages are.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import datetime, timedelta
from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from bot.commands.errors import BadArgument
from handlers.clerk import supported, weighed
from handlers.clerk.acts import Act, Change, Choice, Compare, Record
from handlers.clerk.choosing import choices_of
from handlers.clerk.evening import NOWHERE, Asked, Evening, Heard, HomeTold, LineTold, OpenTold, Place, ReportTold
from handlers.language import DAY_START, Entry, Kind, Outcome, Reading, fold, names_of, read, together
from handlers.language.where_and_when.announcing import announced
from handlers.language.where_and_when.days import Sent
from handlers.language.where_and_when.place_names import folded_hamlet
from handlers.language.words.words import Names
from handlers.reports import behalf, oneself

_REPORTED = timedelta(minutes=10)  # before the message, where no moment is told
_OPENED = timedelta(minutes=5)
_ASKED = timedelta(minutes=1)
_OF_A_CLASS = re.compile(r" or instance of \w+")


def _moment(value: object) -> datetime:
    try:
        return datetime.fromisoformat(value).replace(tzinfo=None)  # type: ignore[arg-type] # anything else raises, too
    except (TypeError, ValueError):
        raise ValueError(f"{value!r} is no moment: write it as 2023-05-20T19:30") from None


Moment = Annotated[datetime, BeforeValidator(_moment)]
Number = Annotated[int, Field(strict=True, ge=0)]
Nth = Annotated[int, Field(strict=True, ge=1)]
Counts = dict[Outcome, Number]


class _Told(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ReportSaid(_Told):
    """A report that counts; `counts` and `homes`, where told, are what the book holds of it."""

    text: str = ""
    at: Moment | None = None
    hamlet: str | None = None
    counts: Counts | None = None
    homes: dict[str, Counts] | None = None
    here: bool = True
    adjusted: bool = False

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.text and self.counts is None:
            raise ValueError('give its "text" or its "counts"')
        return self


class OpenSaid(_Told):
    """A message that stands open; with an outcome, a number settles it."""

    text: str
    at: Moment | None = None
    outcome: Outcome | None = None
    hamlet: str | None = None
    homes: list[str] | None = None
    likely: list[Number] | None = None


class Question(_Told):
    """What the bot asked last: about an open message, or for the right words of a report."""

    open: Nth | None = None
    fix: Nth | None = None
    at: Moment | None = None
    answered_by_next: bool = True
    reported_since: bool | None = None

    @model_validator(mode="after")
    def _is_about_one(self) -> Self:
        if (self.open is None) == (self.fix is None):
            raise ValueError('give one of "open" and "fix"')
        return self


class EveningSaid(_Told):
    """What a clerk has in mind; `hamlets` are the names of the commune's list."""

    hamlets: list[str] = []
    reports: list[ReportSaid] = []
    open: list[OpenSaid] = []
    others: list[ReportSaid] = []
    asked: Question | None = None
    quoted: Nth | None = None
    quoted_open: Nth | None = None

    @model_validator(mode="after")
    def _speaks_of_what_is_told(self) -> Self:
        reports, opened = len(self.reports) + len(self.others), len(self.open)
        fix, open = (self.asked.fix, self.asked.open) if self.asked is not None else (None, None)
        for name, number, most in (
            ("quoted", self.quoted, reports),
            ("quoted_open", self.quoted_open, opened),
            ("asked.fix", fix, reports),
            ("asked.open", open, opened),
        ):
            if number is not None and number > most:
                raise ValueError(f"{name} is {number}, but there are {most}")
        return self

    @property
    def names(self) -> Names:
        """The hamlets as the reader knows them."""
        return names_of(folded_hamlet(name) for name in self.hamlets)


def evening_of(said: object) -> EveningSaid:
    """The evening of a line, checked; raises one line that says what is wrong with it."""
    try:
        return EveningSaid.model_validate(said)
    except ValidationError as error:
        first = error.errors()[0]
        where = "".join(f"[{one + 1}]" if isinstance(one, int) else f".{one}" for one in first["loc"] if one != "[key]")
        why = _OF_A_CLASS.sub("", first["msg"].removeprefix("Value error, "))
        raise BadArgument(f"evening{where}: {why}") from None


def what_it_does(text: str, at: datetime, own: Reading, said: EveningSaid) -> dict[str, Any]:
    """The clerk's act and rule, by both readers, as in the bot. `own`: what the rules read."""
    whose = _for_whom(text, own)
    if whose:
        return {"act": {"does": "report_for", "whose": whose}, "rule": None}
    desk = _Desk(at.replace(tzinfo=None), said)
    evening = desk.evening()
    meanings = supported(text, together.meanings(text, at, said.names, rules=own), evening)
    act, rule = weighed(desk.heard(text, own, meanings[0]), meanings, evening)
    return {"act": desk.shown(act), "rule": rule}


def _for_whom(text: str, own: Reading) -> str | None:
    """Whose work a message reports, where that is not the sender's."""
    found = behalf.asked(text, ()) if behalf.may_ask(text) else None
    if found is not None:
        return found.name
    return own.behalf_of if own.behalf_of and not oneself.is_oneself(own.behalf_of) else None


class _Desk:
    """Makes a clerk's picture of what is said. A place is the folded name of a hamlet."""

    def __init__(self, at: datetime, said: EveningSaid) -> None:
        self.at, self.said = at, said
        self.spellings: dict[Place, str] = {folded_hamlet(name): name for name in said.hamlets}

    # What a clerk has in mind

    def evening(self) -> Evening:
        """The whole picture."""
        own = tuple(self._report(k, one) for k, one in enumerate(self.said.reports, 1))
        others = tuple(self._report(k, one, "others") for k, one in enumerate(self.said.others, 1))
        return Evening(
            own,
            tuple(self._open(k, one) for k, one in enumerate(self.said.open, 1)),
            self._asked(own),
            self.said.quoted,
            self.said.quoted_open,
            others,
        )

    def _report(self, nth: int, said: ReportSaid, kind: str = "reports") -> ReportTold:
        at = said.at or self.at - _REPORTED
        reading = read(said.text, at, self.said.names) if said.text else Reading(Kind.CHAT)
        if said.counts is None and not reading.entries:
            raise BadArgument(f'evening.{kind}[{nth}]: its text says no number: give its "counts"')
        lines = self._lines(reading.entries)
        places = {line.place for line in lines}
        place = self._place(said.hamlet) if said.hamlet else places.pop() if len(places) == 1 else NOWHERE
        if said.counts is not None:
            lines = tuple(LineTold(place, outcome, n) for outcome, n in said.counts.items())
        elif said.hamlet:
            lines = tuple(LineTold(place, outcome, n) for outcome, n in reading.counts.items())
        homes = {home.label: (home.hamlet, home.counts) for home in reading.homes}
        if said.homes is not None:
            homes = {label: (None, counts) for label, counts in said.homes.items()}
        return ReportTold(
            id=nth + (len(self.said.reports) if kind == "others" else 0),
            version=1,
            at=at,
            day=(Sent(at, DAY_START).work_day - Sent(self.at, DAY_START).work_day).days + reading.day,
            lines=lines,
            homes=tuple(
                HomeTold(fold(label), place if said.hamlet or hamlet is None else self._place(hamlet), counts)
                for label, (hamlet, counts) in homes.items()
            ),
            text=fold(said.text),
            here=said.here,
            adjusted=said.adjusted,
        )

    def _open(self, nth: int, said: OpenSaid) -> OpenTold:
        at = said.at or self.at - _OPENED
        own = read(said.text, at, self.said.names)
        meanings = together.meanings(said.text, at, self.said.names, rules=own)
        draft = meanings[0].draft
        hole = draft.hole if draft else None
        counted = bool(draft and hole and (hole.outcome or (hole.suggestions and not draft.entries)))
        choices = choices_of(self.heard(said.text, own, meanings[0]), meanings, Evening())
        likely = (hole.suggestions if hole else ()) or _numbers(choices)
        homes = draft.homes if draft else meanings[0].homes
        return OpenTold(
            nth,
            at,
            said.text,
            said.outcome or ((hole.outcome or Outcome.ACTIVATED) if hole and counted else None),
            self._place(said.hamlet or (hole.hamlet if hole else None)),
            tuple(said.homes) if said.homes is not None else tuple(home.label for home in homes),
            tuple(said.likely) if said.likely is not None else likely,
        )

    def _asked(self, reports: Sequence[ReportTold]) -> Asked | None:
        said = self.said.asked
        if said is None:
            return None
        at = said.at or self.at - _ASKED
        since = said.reported_since
        since = any(one.at > at for one in reports) if since is None else since
        return Asked(at, said.open, said.fix, said.answered_by_next, since)

    # The message

    def heard(self, text: str, own: Reading, best: Reading) -> Heard:
        """The message as a clerk hears it; `best`: its likeliest meaning."""
        named = [one for one in own.mentions if not one.denied]
        comes = announced(text, own.mentions, question=own.question)
        return Heard(
            text,
            self.at,
            self._lines(best.draft.entries if best.draft else best.entries),
            place=self._place(named[-1].name) if named else NOWHERE,
            alone=self._alone(text, own),
            elsewhere=any(one.denied for one in best.mentions),
            comes=self._place(comes.name) if comes is not None and not own.day else NOWHERE,
        )

    def _alone(self, text: str, own: Reading) -> Place:
        if own.kind is Kind.CHAT:
            only = folded_hamlet(text)
            return only if only in self.spellings and not text.strip().isdecimal() else NOWHERE
        hole = own.draft.hole if own.draft else None
        return self._place(hole.hamlet if hole else None)

    def _lines(self, entries: Sequence[Entry]) -> tuple[LineTold, ...]:
        sums: dict[tuple[Place, Outcome], int] = {}
        for entry in entries:
            for outcome, n in entry.counts.items():
                key = self._place(entry.hamlet), outcome
                sums[key] = sums.get(key, 0) + n
        return tuple(LineTold(place, outcome, n) for (place, outcome), n in sums.items())

    def _place(self, name: str | None) -> Place:
        folded = folded_hamlet(name) if name else ""
        if name and folded:
            self.spellings.setdefault(folded, name)
        return folded or NOWHERE

    # What it does

    def shown(self, act: Act) -> dict[str, Any]:
        """An act as JSON: its name, and the reports and open messages by their numbers."""
        found: dict[str, Any] = {"does": _name(act)}
        for one in fields(act):
            value = getattr(act, one.name)
            if isinstance(value, Reading):
                found |= _work(value) if isinstance(act, Record | Compare) else {}
            elif isinstance(value, ReportTold | OpenTold):
                found[one.name] = value.id
            elif one.name == "besides":
                found |= {"besides": [told.id for told in value]} if value else {}
            elif isinstance(value, tuple):
                found[one.name] = self._all(value)
            else:
                found[one.name] = value
        return found

    def _all(self, values: tuple[Any, ...]) -> list[dict[str, Any]]:
        """The lines of a change by hamlet, changes, or what a question offers."""
        if values and isinstance(values[0], LineTold):
            by_place: dict[Place, dict[str, int]] = {}
            for line in values:
                by_place.setdefault(line.place, {})[line.outcome.value] = line.n
            return [{"hamlet": self.spellings.get(place), "counts": counts} for place, counts in by_place.items()]
        acts = [one.act if isinstance(one, Choice) else one for one in values]
        return [{"does": "nothing"} if act is None else self.shown(act) for act in acts]


def _name(act: Act) -> str:
    """`TakeBack` → `take_back`."""
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in type(act).__name__)[1:]


def _work(reading: Reading) -> Mapping[str, object]:
    return {name: value for name, value in reading.as_json().items() if name != "kind"}


def _numbers(choices: Sequence[Choice]) -> tuple[int, ...]:
    """The numbers that a question offers."""
    found: list[int] = []
    for choice in choices:
        if isinstance(choice.act, Change):
            found += [line.n for line in choice.act.lines]
        elif choice.act is not None:
            found += [n for entry in choice.act.reading.entries for n in entry.counts.values()]
    return tuple(found)
