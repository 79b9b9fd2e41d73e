"""A simulated campaign's numbers, to the last phone: chat, pictures, file, dashboard and command line say the same."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.commands import exporting, show
from bot.config import Config, load
from handlers import router
from handlers.calendar import Calendar
from handlers.figures.gathered import facts, series
from handlers.figures.pages import dashboard
from handlers.messages import Chat, Message, Reply, Sender
from handlers.turn import House, Turn
from storage.campaign import communes, people
from storage.campaign.people import Person
from storage.engine.database import session
from storage.engine.transaction import Transaction
from storage.talk import chats
from tests.files.reading import sheets
from tests.simulation.test_simulation import NOON, simulated
from tests.talk import ZONE

_BY = ("commune", "person", "day")


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three evenings of three communes, the day after."""
    folder = tmp_path_factory.mktemp("simulated")
    simulated(folder, "a.db", days=3)
    return folder / "a.db"


@pytest.fixture
def config(file: Path) -> Config:
    """The command line's, over that database."""
    return load({"BACUNG_STORAGE__PATH": str(file), "BACUNG_CAMPAIGN__FOLDER": str(file.parent / "campaign")})


@pytest.fixture
def tx(file: Path) -> Iterator[Transaction]:
    """Whatever is asked here leaves nothing."""
    with session(file) as tx:
        yield tx


def _officer(tx: Transaction) -> Person:
    return people.campaign_officers(tx)[0]


def _asks(tx: Transaction, text: str, now: datetime) -> str:
    """What the campaign's officer is answered."""
    known = chats.at(tx, "telegram", "officer", private=True)
    turn = Turn(tx, House(Calendar(ZONE)), known, now, now, _officer(tx))
    message = Message(Chat("telegram", "officer", private=True), Sender("officer", "officer"), text, text, now)
    (said,) = [one for one in router.answer(message, turn) if isinstance(one, Reply)]
    return said.text


def _after(text: str, before: str) -> int:
    found = re.search(before + r"([0-9.]+)", text)
    assert found is not None, text
    return int(found[1].replace(".", ""))


def _totals(config: Config, capsys: pytest.CaptureFixture[str], by: str) -> Mapping[str, Any]:
    assert show.totals(config, by=by, commune=None, day=None, as_json=True) == 0
    said: dict[str, Any] = json.loads(capsys.readouterr().out)
    return said


def _rows(said: Mapping[str, Any]) -> dict[str, int]:
    """Phones by name."""
    return {row["name"]: n for row in said["rows"] if (n := row["outcomes"].get("activated", 0))}


def test_every_way_to_see_them_says_the_same(
    file: Path, tx: Transaction, config: Config, capsys: pytest.CaptureFixture[str]
) -> None:
    """The whole, each commune, each student and each day, wherever they are looked at."""
    now, today = NOON, NOON.date()
    places = communes.every(tx)
    said = {by: _totals(config, capsys, by) for by in _BY}
    whole, done = said["commune"], said["commune"]["done"]
    bot = sum(_rows(whole).values())
    assert bot > 300
    assert all(sum(_rows(one).values()) == bot for one in said.values())
    # Chat.
    told = _asks(tx, "/tong", now)
    assert (_after(told, "Đã xong "), _after(told, "bot ghi ")) == (done, bot)
    by_commune = {place.name: _after(_asks(tx, f"/xa {place.code}", now), "bot ghi ") for place in places}
    assert {name: n for name, n in by_commune.items() if n} == _rows(whole)
    asked = _asks(tx, "cả huyện từ đầu đợt được bao nhiêu máy?", now)
    assert _after(asked, r"\n") == bot, asked
    # Pictures.
    course = series.course(tx, places, today, name="", finished=False)
    assert max(day.done for day in course.days if day.done is not None) == done
    reached = series.reached(tx, places, today, name="", finished=False)
    assert sum(one.done for one in reached.rows) == done
    heat = series.heat(tx, places, today, name="", finished=False)
    assert sum(n for one in heat.rows for n in one.phones) == bot
    # Dashboard.
    view = dashboard.view(tx, _officer(tx), today, {"ky": "dot-1"})
    assert view is not None
    assert view.counts["activated"] == bot
    assert {line.name: line.phones for line in view.lists[0].lines if line.phones} == {
        facts.short(place): by_commune[place.name] for place in places if by_commune[place.name]
    }
    assert {f"{day}": n for day, n in view.days if n} == _rows(said["day"])
    # File.
    book = file.parent / "numbers.xlsx"
    assert exporting.export(config, book, commune=None) == 0
    pages = sheets(book)
    capsys.readouterr()
    _file_says(pages, said, by_commune)
    yesterday = today - timedelta(days=1)
    assert _after(_asks(tx, "/tong hôm qua", now), r"\n\n") == _rows(said["day"])[f"{yesterday}"]


def _file_says(pages: Mapping[str, Any], said: Mapping[str, Any], by_commune: Mapping[str, int]) -> None:
    """Each sheet of the file, down to the single report."""
    phones = {row["Xã"]: row["Máy"] for row in pages["Theo xã"] if row["Máy"]}
    assert phones == {name.removeprefix("Xã "): n for name, n in by_commune.items() if n}
    assert sum(row["Đã xong"] for row in pages["Theo xã"]) == said["commune"]["done"]
    days = {f"{row['Ngày']:%Y-%m-%d}": row["Máy"] for row in pages["Theo ngày"] if row["Máy"]}
    assert days == _rows(said["day"])
    of_students = {row["Học viên"]: row["Máy"] for row in pages["Theo học viên"] if row["Máy"]}
    assert of_students == _rows(said["person"])
    assert sum(row["Máy"] or 0 for row in pages["Báo cáo"]) == sum(days.values())
