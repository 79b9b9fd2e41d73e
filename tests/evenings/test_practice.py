"""Evenings in practice: the bot says what it would say in earnest, marked, and the book stays as it was."""

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from handlers.messages import Reply
from storage.engine.transaction import Transaction
from tests.evenings.playing import BEGIN, Desk, campaign, read, sums

FOLDER = Path(__file__).parent
EVENINGS = [
    evening
    for name in ("ordinary", "handed")
    for evening in read(FOLDER / f"{name}.json")
    if not any(turn.get("say") == "/thunghiem" for turn in evening["turns"])
][::3]
_MARK = re.compile(r"🧪 Thử đến [0-9:]+, không tính(?:, không báo ai)?\n")
_APART = timedelta(seconds=20)  # so that half an hour is enough
_PRESSED = 3  # every third question is answered by its first button


class _Over(Exception):
    """The evening is over, and undone."""


def _told(reply: Reply) -> tuple[str, list[str]]:
    """What is said in earnest too."""
    labels = [button.label for row in reply.buttons for button in row if button.label != "Tính thật"]
    return _MARK.sub("", reply.text), labels


def _play(tx: Transaction, evening: Mapping[str, Any], *, practise: bool) -> list[Any]:
    """All that the student is told, by message; presses and edits among them."""
    heard: list[Any] = []
    try:
        with tx.savepoint():
            desk = Desk(tx, f"HV{evening['student']:05}")
            if practise:
                desk.says("/thunghiem")
            before = sums(tx)
            for number, turn in enumerate(evening["turns"]):
                desk.now = BEGIN + timedelta(minutes=5) + _APART * number - timedelta(minutes=3)
                words = turn.get("say") or turn.get("answer_if_asked") or turn.get("edit_last")
                desk.edits(turn["edit_last"]) if "edit_last" in turn else desk.says(words or turn["tap_or_say"]["else"])
                heard.append((words, [_told(reply) for reply in desk.shown]))
                if practise:
                    assert all(_MARK.match(reply.text) for reply in desk.shown), desk.shown
                asked = [b for reply in desk.shown for row in reply.buttons for b in row if b.label != "Tính thật"]
                if asked and number % _PRESSED == 0:
                    message = desk.newest[-1][0]
                    desk.now += timedelta(seconds=-19)
                    desk.presses(asked[0], message)
                    heard.append((asked[0].label, [_told(reply) for reply in desk.shown]))
            if practise:
                assert sums(tx) == before
                assert not tx.all("SELECT id FROM reports UNION ALL SELECT id FROM drafts")
            raise _Over
    except _Over:
        return heard


@pytest.fixture(scope="module")
def tx(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Transaction]:
    """A commune with its roster."""
    with campaign(tmp_path_factory.mktemp("practice")) as made:
        yield made


@pytest.mark.parametrize("evening", EVENINGS, ids=[one["name"] for one in EVENINGS])
def test_a_practice_goes_as_an_evening_does(tx: Transaction, evening: dict[str, Any]) -> None:
    """Word for word, with each press and edit, but for reminders; nothing of it is stored among the reports."""
    practised = [
        (words, [(text.replace("lúc thật thì bot nhắc", "bot nhắc"), labels) for text, labels in said])
        for words, said in _play(tx, evening, practise=True)
    ]
    assert practised == _play(tx, evening, practise=False)
