"""Plays an evening through the conversation, over a real database and without a network: milliseconds an evening.

A turn of an evening is one of `say`, `edit_last`, `tap_or_say`, `answer_if_asked`; `book` beside it is what a clerk
books for it: `[hamlet, "A3 V1"]`, with whose work it is where that is a friend's. The student is sensible: where the
bot asks and one button does just what is to be booked, it is pressed; where nothing is to be booked, one that books
nothing.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from bot import intake
from bot.sending import parcels
from handlers.calendar import Calendar
from handlers.messages import Button, Chat, Message, Press, Reply, Sender
from handlers.turn import House
from storage.campaign import accounts, people
from storage.campaign.loading import load
from storage.campaign.people import Role
from storage.campaign.phases import Campaign
from storage.campaign.plan import Plan, PlannedCommune, PlannedHamlet, PlannedPerson, PlannedPhase
from storage.engine.database import session
from storage.engine.times import day_number
from storage.engine.transaction import Transaction
from storage.reports import became, totals
from storage.talk import chats

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
HOUSE = House(Calendar(ZONE))
BEGIN = datetime(2023, 5, 20, 18, 0, tzinfo=ZONE)
DAY = date(2023, 5, 20)
STUDENTS = 120  # of whom each evening has one; friends are among the others
_LETTERS = {
    "A": "activated",
    "L": "already",
    "V": "absent",
    "R": "refused",
    "H": "revisit",
    "P": "no_phone",
    "C": "no_card",
    "S": "assisted",
    "F": "failed",
}
_COUNT = re.compile(r"([A-Z])(-?[0-9]+)")
_UNDONE = ("Hoàn tác", "Sửa")
_NOTHING = re.compile(r"Không tính|Bỏ|Thôi|Giữ")
_IN_SIGHT = 4  # answers of the bot whose buttons somebody would still press
_OF_A_LIST = re.compile(r"(?:Sửa|Xóa|Trả lời|Bỏ) [0-9]")
Sums = Counter[tuple[str, str]]  # by person and outcome


def plan() -> Plan:
    """A commune with eight hamlets and a roster."""
    students = tuple(
        PlannedPerson(
            f"HV{number:05}",
            f"Học viên {number}",
            Role.LEAD if number == 1 else Role.STUDENT,
            ("451",),
            (("451", "Đợt 1"),),
        )
        for number in range(STUDENTS)
    )
    return Plan(
        Campaign("Chiến dịch", "Asia/Ho_Chi_Minh", 20),
        (PlannedPhase("Đợt 1", date(2023, 5, 16), 21),),
        (PlannedCommune("451", "Xã Xuân Thu", "xuan thu", 9260, 0),),
        tuple(PlannedHamlet("451", f"Xóm {number}", str(number), None) for number in range(1, 9)),
        students,
    )


class Deed(NamedTuple):
    """What the student did, and what the book held after it."""

    how: str  # says, edits, presses
    words: str
    held: Sums


@dataclass(slots=True)
class Line:
    """One thing that was said or done, and what the bot said to it."""

    turn: str
    said: list[str]
    booked: Mapping[tuple[str, str], int]
    wanted: Mapping[tuple[str, str], int]


@dataclass(slots=True)
class Played:
    """An evening as it went."""

    name: str
    lines: list[Line] = field(default_factory=list)
    deeds: Sequence[Deed] = ()
    sums: dict[str, int] = field(default_factory=dict)
    hamlets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)  # what of the truth the book does not say
    untold: dict[int, Counter[str]] = field(default_factory=dict)  # by person: what the signs under the messages lack

    @property
    def right(self) -> bool:
        """Whether the book says at midnight what was done."""
        return not self.wrong

    def transcript(self) -> str:
        """The evening in order, with `!` where more or less was booked than a clerk would."""
        out = [f"## {self.name}"]
        for line in self.lines:
            sign = " " if line.booked == line.wanted else "!"
            out.append(f"{sign} > {line.turn}")
            out += [f"    {said}" for said in line.said]
            if sign == "!":
                out.append(f"    [booked {_short(line.booked)}, a clerk books {_short(line.wanted)}]")
        out += [f"WRONG: {one}" for one in self.wrong]
        return "\n".join(out)


def _short(sums: Mapping[tuple[str, str], int]) -> str:
    return ", ".join(f"{who} {outcome} {n}" for (who, outcome), n in sorted(sums.items())) or "nothing"


@contextmanager
def campaign(folder: Path) -> Iterator[Transaction]:
    """A commune with eight hamlets and a roster, nobody of which has said anything."""
    with session(folder / "evenings.db") as tx:
        load(tx, plan(), today=DAY, at=BEGIN, digest="evenings")
        yield tx


class Desk:
    """One student at a phone: says, edits, presses."""

    def __init__(self, tx: Transaction, ref: str) -> None:
        self.tx, self.ref = tx, ref
        person = people.by_ref(tx, ref)
        assert person is not None
        self.address = f"chat {ref}"
        self.sender = Sender(f"user {ref}", person.name)
        chat = chats.at(tx, "telegram", self.address, private=True)
        self.chat = chat.id
        accounts.join(tx, person.id, channel="telegram", sender=self.sender.id, chat=chat.id, at=BEGIN)
        self.now, self.number, self.seen = BEGIN, 0, _newest(tx)
        self.last: tuple[str, datetime] | None = None
        self.shown: list[Reply] = []  # what the bot said since the last turn
        self.newest: list[tuple[str, Reply]] = []  # all that it said, with the message that carries it
        self.deeds: list[Deed] = []

    def says(self, text: str) -> None:
        """Writes a message, three minutes after the last."""
        self.now += timedelta(minutes=3)
        self.number += 1
        self.last = (str(self.number), self.now)
        self._does(Message(self._where(), self.sender, str(self.number), text, self.now))
        self._did("says", text)

    def edits(self, text: str) -> None:
        """Edits the message written last."""
        assert self.last is not None
        self.now += timedelta(seconds=30)
        number, at = self.last
        self._does(Message(self._where(), self.sender, number, text, at, edited_at=self.now))
        self._did("edits", text)

    def presses(self, button: Button, message: str) -> None:
        """Presses a button of a message of the bot."""
        self.now += timedelta(seconds=20)
        self.number += 1
        self._does(Press(self._where(), self.sender, f"p{self.number}", button.short or button.data, message, self.now))
        self._did("presses", button.label)

    def _did(self, how: str, words: str) -> None:
        self.deeds.append(Deed(how, words, sums(self.tx)))

    def _where(self) -> Chat:
        return Chat("telegram", self.address, private=True)

    def _does(self, event: Message | Press) -> None:
        intake.answer(self.tx, event, HOUSE, self.now)
        rows = self.tx.all(
            """SELECT o.id, b.body FROM outbox o JOIN bodies b ON b.outbox = o.id
               WHERE o.id > :seen AND o.chat = :chat ORDER BY o.id""",
            seen=self.seen,
            chat=self.chat,
        )
        self.shown = []
        for row in rows:
            self.seen = row["id"]
            saying = parcels.unpacked(row["body"])
            self.tx.run("UPDATE outbox SET sent_id = :sent WHERE id = :id", sent=f"m{row['id']}", id=row["id"])
            if isinstance(saying, Reply):
                self.shown.append(saying)
                assert not any(" · " in button.label for row in saying.buttons for button in row), "stands between"
                message = saying.edits or f"m{saying.replaces or row['id']}"
                self.newest = [(known, said) for known, said in self.newest if known != message]
                self.newest.append((message, saying))


def _newest(tx: Transaction) -> int:
    row = tx.one("SELECT coalesce(max(id), 0) AS id FROM outbox")
    assert row is not None
    return int(row["id"])


def sums(tx: Transaction) -> Sums:
    """What the book holds of the evening, by person and outcome."""
    rows = tx.all(
        """SELECT p.ref, s.outcome, s.n FROM sums s JOIN people p ON p.id = s.id
           WHERE s.scope = 'person' AND s.day = :day AND s.n <> 0""",
        day=day_number(DAY),
    )
    return Counter({(row["ref"], row["outcome"]): row["n"] for row in rows})


def by_hamlet(tx: Transaction) -> dict[str, dict[str, int]]:
    """What the book holds by hamlet, whoever reported it."""
    rows = tx.all(
        """SELECT h.folded, s.outcome, s.n FROM sums s JOIN hamlets h ON h.id = s.id
           WHERE s.scope = 'hamlet' AND s.day = :day AND s.n <> 0 AND h.id <> 0""",
        day=day_number(DAY),
    )
    found: dict[str, dict[str, int]] = {}
    for row in rows:
        found.setdefault(row["folded"], {})[row["outcome"]] = row["n"]
    return found


def booking(ref: str, turn: Mapping[str, Any]) -> Sums:
    """What a clerk books for a turn, by person and outcome."""
    found: Sums = Counter()
    for entry in turn.get("book", []):
        who = entry[2] if len(entry) > 2 else ref
        for letter, n in _COUNT.findall(entry[1]):
            found[who, _LETTERS[letter]] += int(n)
    return _difference(found, Counter())


def _difference(after: Sums, before: Sums) -> Sums:
    keys = set(after) | set(before)
    return Counter({key: n for key in keys if (n := after[key] - before[key])})


def play(tx: Transaction, evening: Mapping[str, Any]) -> Played:
    """Plays one evening; nothing of it is left in the database."""
    ref = f"HV{evening['student']:05}"
    played = Played(evening["name"])
    try:
        with tx.savepoint():
            desk, start = Desk(tx, ref), sums(tx)
            turns = evening["turns"]
            for turn, following in zip(turns, [*turns[1:], {}], strict=True):
                _play_turn(desk, turn, played, following)
            played.deeds = desk.deeds
            _judge(tx, ref, evening, _difference(sums(tx), start), played)
            played.untold = _untold(desk)
            raise _Over
    except _Over:
        return played
    raise AssertionError("an evening ends")


class _Over(Exception): ...  # the evening is over, and undone


def _play_turn(desk: Desk, turn: Mapping[str, Any], played: Played, following: Mapping[str, Any]) -> None:
    """`following`: what is pressed or answered next may stand in the evening itself."""
    before, wanted, taps = sums(desk.tx), booking(desk.ref, turn), "tap_or_say" in following
    said = _do(desk, turn)
    if said is None:
        if wanted:
            played.lines.append(Line("(not asked)", [], Counter(), wanted))
        return
    shown = [*map(_told, desk.shown)]
    booked = _difference(sums(desk.tx), before)
    if booked != wanted and not taps:
        if (pressed := _sensible(desk, before, wanted)) is not None:
            shown += [f"> [{pressed}]", *map(_told, desk.shown)]
            booked = _difference(sums(desk.tx), before)
    elif not wanted and not taps and desk.shown and _asks(desk.shown[-1]) and not _is_asked(desk, following):
        pressed = _sensible(desk, before, wanted)
        shown += [f"> [{pressed}]", *(_told(reply) for reply in desk.shown)] if pressed is not None else []
    played.lines.append(Line(said, shown, booked, wanted))


def _told(reply: Reply) -> str:
    buttons = " ".join(f"[{button.label}]" for row in reply.buttons for button in row)
    return reply.text.replace("\n", " / ") + (f"  {buttons}" if buttons else "")


def _do(desk: Desk, turn: Mapping[str, Any]) -> str | None:
    if "say" in turn:
        desk.says(turn["say"])
        return str(turn["say"])
    if "edit_last" in turn:
        desk.edits(turn["edit_last"])
        return f"(edits) {turn['edit_last']}"
    if "tap_or_say" in turn:
        return _tap(desk, turn["tap_or_say"])
    if not _is_asked(desk, turn):
        return None
    desk.says(turn["answer_if_asked"])
    return f"(asked) {turn['answer_if_asked']}"


def _is_asked(desk: Desk, turn: Mapping[str, Any]) -> bool:
    """Whether the bot asked, since the last turn, what this turn answers."""
    shown = "\n".join(map(_told, desk.shown))
    return "asked" in turn and re.search(turn["asked"], shown, re.IGNORECASE) is not None


def _tap(desk: Desk, wanted: Mapping[str, str]) -> str:
    for message, reply in reversed(desk.newest[-_IN_SIGHT:]):
        for row in reply.buttons:
            for button in row:
                if re.search(wanted["label"], button.label, re.IGNORECASE):
                    desk.presses(button, message)
                    return f"[{button.label}]"
    desk.says(wanted["else"])
    return wanted["else"]


def _answers(button: Button) -> bool:
    """Whether a button answers a question: neither undoes, nor is one of a list, nor is a command."""
    return not (button.label in _UNDONE or _OF_A_LIST.match(button.label) or button.data.startswith("c/"))


def _asks(reply: Reply) -> bool:
    return any(_answers(button) for row in reply.buttons for button in row)


def _sensible(desk: Desk, before: Sums, wanted: Sums) -> str | None:
    """Presses the one button of what was just said that does what is to be booked; its label."""
    for message, reply in reversed(desk.newest[-len(desk.shown) :] if desk.shown else []):
        if not _asks(reply):
            continue
        fitting = [
            button
            for row in reply.buttons
            for button in row
            if _answers(button) and would(desk, button, message, before) == wanted
        ]
        if fitting:
            meant = next((button for button in fitting if not wanted and _NOTHING.match(button.label)), fitting[0])
            desk.presses(meant, message)
            return meant.label
    return None


def would(desk: Desk, button: Button, message: str, before: Sums) -> Sums:
    """What a press would book; it is undone."""
    kept = desk.now, desk.number, desk.seen, list(desk.shown), list(desk.newest), list(desk.deeds)
    try:
        with desk.tx.savepoint():
            desk.presses(button, message)
            found = _difference(sums(desk.tx), before)
            raise _Over
    except _Over:
        desk.now, desk.number, desk.seen, desk.shown, desk.newest, desk.deeds = kept
    return found


def _untold(desk: Desk) -> dict[int, Counter[str]]:
    """What is stored of each person, less what stands under the messages that were written: nothing, both ways."""
    told: dict[int, Counter[str]] = {}
    known = became.of_messages(desk.tx, desk.chat, [str(number) for number in range(1, desk.number + 1)]).values()
    for each in (each for one in known for each in (one, *one.beside)):
        told.setdefault(each.person, Counter()).update(each.counts)
    people_told = {person: Counter(totals.of(desk.tx, "person", person)) for person in told}
    for person, counts in told.items():
        people_told[person].subtract(counts)
    return {person: left for person, left in people_told.items() if any(left.values())}


def _judge(tx: Transaction, ref: str, evening: Mapping[str, Any], booked: Sums, played: Played) -> None:
    """The stored sums of the student and of friends against the truth."""
    truth: Sums = Counter({(ref, outcome): n for outcome, n in evening["truth"].items()})
    for who, counts in (evening.get("others") or {}).items():
        truth.update({(who, outcome): n for outcome, n in counts.items()})
    played.sums = {outcome: n for (who, outcome), n in booked.items() if who == ref}
    for key, n in sorted(_difference(booked, truth).items()):
        played.wrong.append(f"{key[0]} {key[1]}: {n:+d}")
    played.hamlets = held = by_hamlet(tx)
    for hamlet, counts in (evening.get("by_hamlet") or {}).items():
        for outcome, n in counts.items():
            if held.get(hamlet, {}).get(outcome, 0) < n:
                played.wrong.append(f"hamlet {hamlet} {outcome}: {held.get(hamlet, {}).get(outcome, 0)} of {n}")


def read(path: Path) -> list[Mapping[str, Any]]:  # the evenings of a file
    return list(json.loads(path.read_text("utf-8")))
