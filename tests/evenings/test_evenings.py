"""Evenings by writers who had not seen the bot: what the book holds at midnight is what was done."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from storage.engine.transaction import Transaction
from tests.evenings.playing import campaign, play, read

FOLDER = Path(__file__).parent
FILES = ("handed", "ordinary", "round1", "round2", "round3")  # a round is what the bot had not met when it was played
EVENINGS = [(file, evening) for file in FILES for evening in read(FOLDER / f"{file}.json")]
# What still goes wrong, each with its kind; an evening that becomes right leaves this list.
NOT_YET = {
    "handed-07-doc-mieng": "dictated: what was counted wrong, in a clause after the home, and in which hamlet",
    "handed-10-teen-sai-gon": "what is tried out after the evening's work is stored",
    "handed-13-lo-lang": "what is tried out after the evening's work is stored",
    "handed-14-ham-vui": "a total above the book is added at once and is left out only then",
    "handed-16-lop-truong": "what was reported for a friend is corrected by the one who reported it",
    "handed-18-thich-tong": "a home that was forgotten, with the hamlet's new sum in the same message",
    "ordinary-04-khong-dau": "a correction that says what is no more: `khong con loi nua`",
    "ordinary-08-vui-tinh": "a fierce dog beside phones that were done is taken for a home that nobody opened",
    "round1-06-lists": "a list under `Hẹn lại:`",
    "round1-ordinary-1": "a member of the home without a phone, after a comma",
    "round2-04-teencode": "the daughter's phone beside `đt phím` of her mother",
    "round3-r3-04-doc-vao-may": "dictated: the floor of a house is taken for a number of homes",
    "round3-ordinary-07-phu-tho": "a child without a card beside those who were done",
}


@pytest.fixture(scope="module")
def tx(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Transaction]:
    """A commune with its roster."""
    with campaign(tmp_path_factory.mktemp("evenings")) as made:
        yield made


@pytest.mark.parametrize(("file", "evening"), EVENINGS, ids=[f"{file}-{one['name']}" for file, one in EVENINGS])
def test_the_book_holds_what_was_done(tx: Transaction, file: str, evening: dict[str, Any]) -> None:
    """Sums by outcome of the student and of friends, and what was said of a hamlet."""
    played = play(tx, evening)
    name = f"{file}-{evening['name']}"
    if name in NOT_YET:
        assert not played.right, f"{name} is right by now: take it from the list"
    else:
        assert played.right, played.transcript()
