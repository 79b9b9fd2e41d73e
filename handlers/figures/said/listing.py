"""A person's reports of a day with what stands open, numbered, page by page, and the way to change one of them."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from typing import Any, Generic, TypeVar

from handlers import saying
from handlers.buttons.pressed import Pressed
from handlers.language import fold
from handlers.messages import Button, Rows
from handlers.open import showing
from handlers.open.showing import OpenMessage
from handlers.reports import correcting, withdrawing
from handlers.states import DRAFT, LISTED, MEMBERS_REPORT, OWN_REPORT
from handlers.turn import STUDENTS, Answer, Scope, Turn, answers, command_button, leads
from storage.reports import drafts, reports
from storage.reports.drafts import Draft
from storage.reports.reports import Report

PAGE = 20  # reports in one message
CHOICES = 10  # reports to choose from in one message: each is a button
MOST_OPEN = 6  # open messages in one list
FEW_OPEN = 4  # with a button each; of more it is chosen first
OPEN_IN_A_ROW = 2
LONGEST_LABEL = 60
_PART = PAGE // CHOICES


@dataclass(frozen=True, slots=True)
class Day:
    """What somebody reported on a work day, by number: what counts, in the order of sending, then what is open."""

    person: int
    day: date
    reports: Mapping[int, Report]
    open: Mapping[int, Draft]


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some of what has numbers. `number` 1 is the newest page; `older` and `newer` stand on other pages."""

    number: int
    shown: Mapping[int, T]
    older: int
    newer: int


def page_of(known: Mapping[int, T], number: int, size: int) -> Page[T]:
    """A page of what is known; the oldest there is where there are not so many."""
    items = list(known.items())
    number = min(max(1, number), max(1, -(-len(items) // size)))
    last = len(items) - (number - 1) * size
    first = max(0, last - size)
    return Page(number, dict(items[first:last]), first, len(items) - last)


class Choose(Enum):
    """What is to be chosen from a list."""

    REPORT = "sua"
    OPEN = "tra loi"


_WANTED = re.compile(r"(?:^| +)(sua|tra loi|trang)(?: +([0-9]{1,3}))?$")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which page is asked for, and what is to be chosen from it."""

    page: int = 1
    choose: Choose | None = None


def wanted(text: str) -> tuple[str, Wanted]:
    """What follows a command, without the page that it ends with: `hv012 19/05 trang 2`, `sửa`."""
    plain = unicodedata.normalize("NFC", text.strip())
    match = _WANTED.search(fold(plain))
    if match is None:
        return plain, Wanted()
    choose = next((one for one in Choose if one.value == match[1]), None)
    return plain[: match.start()], Wanted(int(match[2] or 1), choose)


def of_day(turn: Turn, person: int, day: date) -> Day:
    """A person's work day, with all that is shown of it."""
    known = reports.of_day(turn.tx, person, day)
    opened = drafts.open_of(turn.tx, person, day)
    return Day(person, day, dict(enumerate(known, 1)), dict(enumerate(opened, len(known) + 1)))


def in_words(turn: Turn, day: Day, number: int) -> str:
    """The reports of a page, a line each; on the newest what is open, with its words."""
    page, opened = page_of(day.reports, number, PAGE), page_of(day.open, 1, MOST_OPEN)
    return turn.text(
        "listing.lines",
        reports=[(n, report, saying.report_in_words(turn, report)) for n, report in page.shown.items()],
        older=page.older,
        newer=page.newer,
        open=[(n, _shown(turn, draft)) for n, draft in opened.shown.items()] if page.number == 1 else [],
        more_open=opened.older,
    )


def _shown(turn: Turn, draft: Draft) -> OpenMessage:
    return showing.shown(draft, private=turn.chat.private, chat=turn.chat.id)


# The buttons under a list


def buttons(turn: Turn, day: Day, number: int, command: str, *, changes: bool) -> Rows:
    """What is open, to be answered, and [Sửa …] with the other pages. `command` shows the list.

    `changes`: the one who looks may change what is listed.
    """
    page = page_of(day.reports, number, PAGE)
    mends = changes and (day.person == turn.me.id or turn.chat.private) and page.number == 1
    rows = _answers(turn, day, command) if mends else ()
    ways = [_change(turn, day, page, command)] if changes and page.shown else []
    ways += _others(page, f"{command} trang")
    return (*rows, tuple(ways)) if ways else rows


def _answers(turn: Turn, day: Day, command: str) -> Rows:
    """[Trả lời 4] asks again, and there it can be left out as well; in words `Bỏ 4` does that at once."""
    opened = page_of(day.open, 1, MOST_OPEN)
    direct = [_answer(turn, number, draft) for number, draft in opened.shown.items()]
    if len(direct) <= FEW_OPEN:
        return tuple(tuple(direct[at : at + OPEN_IN_A_ROW]) for at in range(0, len(direct), OPEN_IN_A_ROW))
    way = command_button("Trả lời …", f"{command} {Choose.OPEN.value}")
    words = [word for button in direct for word in button.instead] + ([way.label] if opened.older else [])
    return ((replace(way, instead=tuple(words)),),)


def _answer(turn: Turn, number: int, draft: Draft, label: str = "") -> Button:
    words = {f"Trả lời {number}": "ask", f"Bỏ {number}": "drop"}
    button = turn.offer(DRAFT, draft.id, {label: "ask", **words} if label else words)[0]
    return replace(button, instead=tuple(words))


def _change(turn: Turn, day: Day, page: Page[Report], command: str) -> Button:
    """[Sửa …] leads to a choice; in words `Sửa 4` and `Xóa 4` need none."""
    words = _words(page.shown)
    turn.offer(LISTED, day.person, words)
    way = command_button("Sửa …", f"{command} {Choose.REPORT.value} {(page.number - 1) * _PART + 1}")
    return replace(way, instead=tuple(words))


def _words(known: Mapping[int, Report]) -> dict[str, str]:
    """What may be typed about each; an adjustment can only be taken back."""
    fix = {f"Sửa {n}": f"fix:{one.id}:{one.version}" for n, one in known.items() if one.change != "adjusted"}
    return fix | {f"Xóa {n}": f"delete:{one.id}:{one.version}" for n, one in known.items()}


def _others(page: Page[Any], command: str) -> list[Button]:
    older = [command_button("Cũ hơn", f"{command} {page.number + 1}")] if page.older else []
    return older + ([command_button("Mới hơn", f"{command} {page.number - 1}")] if page.newer else [])


# Choosing one


def choose(turn: Turn, day: Day, wanted: Wanted, command: str) -> Answer:
    """Which report is to be changed, or which open message is to be answered: a button each."""
    if wanted.choose is Choose.OPEN:
        return _choose_open(turn, day, wanted.page, command)
    page = page_of(day.reports, wanted.page, CHOICES)
    if not page.shown:
        return turn.say("listing.nothing")
    words = _words(page.shown)
    labels = {_label(turn, n, one): f"pick:{one.id}:{one.version}" for n, one in page.shown.items()}
    *picks, leave = turn.offer(LISTED, day.person, labels | {"Thôi": "leave"} | words)[: len(labels) + 1]
    rows = [(replace(one, instead=_of(words, n)),) for n, one in zip(page.shown, picks, strict=True)]
    ways = (*_others(page, f"{command} {Choose.REPORT.value}"), leave)
    return turn.say("listing.choose", day=day.day, older=page.older, newer=page.newer, buttons=(*rows, ways))


def _choose_open(turn: Turn, day: Day, number: int, command: str) -> Answer:
    page = page_of(day.open, number, CHOICES)
    if not page.shown:
        return turn.say("listing.none_open")
    rows = [(_answer(turn, n, draft, _open_label(turn, n, draft)),) for n, draft in page.shown.items()]
    ways = tuple(_others(page, f"{command} {Choose.OPEN.value}"))
    return turn.say(
        "listing.choose_open", older=page.older, newer=page.newer, buttons=(*rows, ways) if ways else tuple(rows)
    )


def _open_label(turn: Turn, number: int, draft: Draft) -> str:
    one = _shown(turn, draft)
    return saying.quoted(f"{number}. {turn.clock(one.at)} {one.words}", LONGEST_LABEL)


def _label(turn: Turn, number: int, report: Report) -> str:
    said = saying.report_in_words(turn, report)
    return saying.quoted(f"{number}. {turn.clock(report.at)} {said}", LONGEST_LABEL)


def _of(words: Iterable[str], number: int) -> tuple[str, ...]:
    return tuple(word for word in words if word.endswith(f" {number}"))


@answers(offer=LISTED, who=STUDENTS, scope=Scope.TEAM)
def press_listed(pressed: Pressed, turn: Turn) -> Answer:
    """The report that was chosen, with what may be done to it; in words that is done at once."""
    what, _, which = pressed.choice.partition(":")
    if what == "leave":
        return pressed.settle(turn.text("reporting.none_changed"))
    id, _, version = which.partition(":")
    report = reports.by_id(turn.tx, int(id))
    if report is None or report.withdrawn or report.version != int(version):
        return pressed.refuse(turn.text("helping.press_changed"))
    if report.person != turn.me.id and not leads(turn, report.person):
        return pressed.refuse(turn.text("helping.press_other"))
    if what == "fix":
        return correcting.ask(turn, report)
    if what == "delete" and report.person != turn.me.id:
        return withdrawing.withdraw_members(turn, report)
    if what == "delete":
        return withdrawing.withdraw(turn, report)
    return _one(pressed, turn, report)


def _one(pressed: Pressed, turn: Turn, report: Report) -> Answer:
    """The message that offered the choice now shows the one report, with [Sửa] [Xóa] [Thôi]."""
    offered = OWN_REPORT if report.person == turn.me.id else MEMBERS_REPORT
    fix = {} if report.change == "adjusted" else {"Sửa": "fix"}
    row = turn.offer(offered, report.id, {**fix, "Xóa": "delete", "Thôi": "leave"}, version=report.version)
    text = turn.text("listing.one", report=report, lines=saying.report_in_words(turn, report))
    return pressed.settle(text, buttons=(row,))
