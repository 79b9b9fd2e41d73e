"""Plays a drawn campaign through the bot, and holds what it stores against what was done after each message."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from bot.simulation.desk import Desk, Office
from bot.simulation.truth import Deed, Does, Fault, Planted, Sums
from handlers.messages import Button
from storage.engine.transaction import Transaction
from storage.reports import totals

BATCH = 100  # messages in one transaction, as of the intake
_LEFT_ALONE = re.compile(r"Hoàn tác$|Sửa$|(?:Sửa|Xóa|Trả lời|Bỏ) [0-9]")
_SOON = timedelta(seconds=15)
Counts = Mapping[str, int]


@dataclass(slots=True)
class Played:
    """A campaign as it went. `truth` is what was done in all; `sent` how many messages, edits and presses."""

    truth: Sums = field(default_factory=Sums)
    faults: list[Fault] = field(default_factory=list)
    planted: list[Planted] = field(default_factory=list)
    differences: list[str] = field(default_factory=list)  # sums at the end that are not the truth
    sent: int = 0
    answered: int = 0  # questions of the bot to which the student pressed what was meant


class Player:
    """Plays day by day. People see what the bot answers: where it asks, they press what they meant."""

    def __init__(self, office: Office, desks: Mapping[str, Desk], played: Played, step: Callable[[], None]) -> None:
        """`step` is called after each message."""
        self._office, self._desks, self._played, self._step = office, desks, played, step
        self._kept: dict[tuple[str, date], dict[str, int]] = {}  # what should be stored, faults and all

    def play(self, tx: Transaction, deeds: Sequence[Deed]) -> None:
        """Some messages, in one transaction."""
        for deed in deeds:
            self._do(tx, deed)
            self._step()

    def _do(self, tx: Transaction, deed: Deed) -> None:
        desk = self._desks[deed.who]
        before = [known for known, _ in desk.heard]
        match deed.does:
            case Does.SAYS:
                self._office.says(tx, desk, deed.words, deed.at, group=deed.group)
            case Does.EDITS:
                self._office.edits(tx, desk, deed.words, deed.at)
            case Does.PRESSES:
                found = _button(desk, deed.words)
                if found is not None:
                    self._office.presses(tx, desk, *found, deed.at)
        self._played.sent += 1
        self._played.truth.update(deed.sums)
        kept = self._kept.setdefault((deed.who, deed.day), {})
        for one in deed.done:
            kept[one.outcome] = kept.get(one.outcome, 0) + one.n
        self._compare(tx, deed, desk, before)

    def _compare(self, tx: Transaction, deed: Deed, desk: Desk, before: Sequence[int]) -> None:
        """Whatever the bot does not hold as it was meant is answered where it asks, and else a fault."""
        kept = self._kept[deed.who, deed.day]
        meant = {outcome: n for outcome, n in kept.items() if n}
        stored = totals.of(tx, "person", desk.person.id, deed.day)
        if stored == meant:
            return
        if self._pressed(tx, deed, desk, meant):
            self._played.sent += 1
            self._played.answered += 1
            return
        heard = " / ".join(reply.text.replace("\n", " / ") for post, reply in desk.heard[-2:] if post not in before)
        self._played.faults.append(Fault(deed, _told(meant), _told(stored), heard))
        self._kept[deed.who, deed.day] = dict(stored)

    def _pressed(self, tx: Transaction, deed: Deed, desk: Desk, meant: Counts) -> bool:
        """Presses the button of the newest answer after which it is as it was meant, where there is one."""
        for post, reply in desk.heard[-1:]:
            for button in (one for row in reply.buttons for one in row):
                if _LEFT_ALONE.match(button.label) or button.data.startswith("c/"):
                    continue
                heard, presses = list(desk.heard), desk.presses
                try:
                    with tx.savepoint():
                        self._office.presses(tx, desk, button, post, deed.at + _SOON)
                        if totals.of(tx, "person", desk.person.id, deed.day) != meant:
                            raise _NotMeant
                except _NotMeant:
                    desk.heard, desk.presses = heard, presses
                    continue
                return True
        return False


class _NotMeant(Exception): ...  # what a button would do, which is undone


def batches(deeds: Sequence[Deed]) -> Iterator[Sequence[Deed]]:
    """Some messages at a time, in order."""
    for start in range(0, len(deeds), BATCH):
        yield deeds[start : start + BATCH]


def _button(desk: Desk, label: str) -> tuple[Button, int] | None:
    """The button of this label in the newest answer that has one."""
    for post, reply in reversed(desk.heard):
        for button in (one for row in reply.buttons for one in row):
            if button.label == label:
                return button, post
    return None


def _told(counts: Counts) -> str:
    return ", ".join(f"{n} {outcome}" for outcome, n in sorted(counts.items())) or "nothing"
