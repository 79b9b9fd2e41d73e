"""What students tell of comrades of their team: it is booked for whom it is, and never for the other."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from storage.campaign.loading import load
from storage.campaign.people import Role
from storage.campaign.plan import PlannedPerson
from storage.engine.database import session
from storage.engine.transaction import Transaction
from tests.evenings import playing

FOLDER = Path(__file__).parent
ME = "HV00003"
NAMES = {
    "Sơn": "Nguyễn Văn Sơn",
    "Giang": "Trần Thị Giang",
    "Huy": "Lê Quang Huy",
    "Lan": "Phạm Thị Lan",
    "Nam": "Vũ Đức Nam",
    "Trang": "Bùi Thu Trang",
    "Thắng": "Hoàng Văn Thắng",
    **{str(n): f"Học viên {n}" for n in (2, 6, 72, 75, 78, 81)},
}


@pytest.fixture(scope="module")
def tx(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Transaction]:
    """A team with ordinary names, and some whose names end in a number."""
    plan = playing.plan()
    names = {ME: "Đỗ Minh Khoa", **NAMES}
    students = tuple(
        PlannedPerson(ref, name, Role.STUDENT, ("451",), (("451", "Đợt 1"),)) for ref, name in names.items()
    )
    with session(tmp_path_factory.mktemp("comrades") / "team.db") as made:
        load(made, replace(plan, people=students), today=playing.DAY, at=playing.BEGIN, digest="comrades")
        yield made


def told(name: str) -> list[tuple[str, str]]:
    """The rows of a table: messages, and what the book holds after them."""
    rows = (FOLDER / name).read_text(encoding="utf-8").splitlines()[1:]
    return [(row.partition("\t")[0], row.partition("\t")[2]) for row in rows]


def wanted(booked: str) -> playing.Sums:
    """`em A2; Sơn A1 V1` as sums by person and outcome."""
    found: playing.Sums = Counter()
    for one in filter(None, booked.split("; ")):
        who, _, counts = one.partition(" ")
        found.update(playing.booking(ME if who == "em" else who, {"book": [["", counts]]}))
    return found


def played(tx: Transaction, messages: str, booked: str) -> tuple[playing.Sums, list[str], bool]:
    """What the book holds after the messages, what was said, and whether the bot had to ask."""
    shown, pressed = [], False
    texts = messages.split(" ¶ ")
    try:
        with tx.savepoint():
            desk, start = playing.Desk(tx, ME), playing.sums(tx)
            for at, text in enumerate(texts):
                desk.says(text)
                shown += [f"> {text}", *map(playing._told, desk.shown)]
                if at == len(texts) - 1 and playing._difference(playing.sums(tx), start) != wanted(booked):
                    before = playing.sums(tx)
                    left = playing._difference(wanted(booked), playing._difference(before, start))
                    label = playing._sensible(desk, before, left)
                    pressed = label is not None
                    shown += [f"> [{label}]", *map(playing._told, desk.shown)] if label else []
            raise _Over(playing._difference(playing.sums(tx), start))
    except _Over as over:
        return over.args[0], shown, pressed


class _Over(Exception): ...


@pytest.mark.parametrize(("messages", "booked"), told("told.tsv"))
def test_it_is_booked_for_whom_it_is(tx: Transaction, messages: str, booked: str) -> None:
    """Where that is not clear the bot asks, and one of its buttons is right."""
    held, shown, _ = played(tx, messages, booked)
    assert held == wanted(booked), "\n".join(shown)
