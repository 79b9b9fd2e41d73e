"""Who names a day that no calendar has hears just that, wherever a command takes a day."""

from collections.abc import Iterator
from datetime import date

import pytest

from handlers.language.signs.folding import fold
from handlers.language.where_and_when.days import no_such_day
from handlers.router import DECLARED
from handlers.turn import Behind
from tests.figures.district import asks, district, told
from tests.figures.world import World

SAID = {
    "tong": [("district", "/tong 31/2"), ("lead", "/tong ngày 30/2/2023 theo thôn"), ("district", "/tong 31-2")],
    "xa": [("district", "/xa Xuân Thu 31/2"), ("commune", "/xa 45/11"), ("district", "/xa X 31/2 theo thôn")],
    "tiendo": [("district", "/tiendo Xuân Thu theo giờ 31/2"), ("lead", "/tiendo theo giờ 31/2")],
    "chuabao": [("district", "/chuabao 31/2"), ("commune", "/chuabao ngày 32")],
    "to": [("district", "/to Xuân Thu 31/2"), ("lead", "/to Bình 31/2"), ("lead", "/to ngày 31 tháng 2")],
    "doichieu": [("district", "/doichieu Xuân Thu 4120 31/2")],
    "luuy": [("district", "/luuy Xuân Thu 31/2"), ("lead", "/luuy 31/2")],
    "cuatoi": [("student", "/cuatoi 31/2")],
    "xinnghi": [("student", "/xinnghi 30/5-31/6"), ("student", "em xin nghỉ ngày 31/6 ạ")],
    "nhatky": [("admin", "/nhatky An 31/2"), ("admin", "/nhatky 31/2")],
    "huy": [("student", "/huy 31/2"), ("lead", "/huy ngày 31 tháng 2"), ("student", "hủy báo cáo ngày 31/2")],
    "sua": [("student", "/sua 31/2 thành 3")],
    "chot": [("lead", "/chot 31/2")],
    "nhac": [("lead", "/nhac 31/2")],
    "homnay": [("student", "/homnay 31/2")],
    "xephang": [("district", "/xephang 31/2")],
    "xuat": [("district", "/xuat 31/2"), ("commune", "/xuat Xuân Thu 31/2")],
    "baocaodot": [("district", "/baocaodot 31/2")],
    "lichhen": [("student", "/lichhen 31/2"), ("student", "/lichhen 19h 31/2 nhà bà Tư")],
    "lichchay": [("admin", "/lichchay 31/2")],
}
OF_TODAY = [
    *(("lead", f"/{command} {day}") for command in ("chot", "nhac") for day in ("hôm qua", "19/5", "ngày mai")),
    *(("student", f"/homnay {day}") for day in ("hôm qua", "ngày 19/5")),
]
NO_DAYS = {"gannhom", "lienket", "taikhoan", "thunghiem", "trogiup", "web"}  # they read no day


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """One district for all: nothing is changed."""
    with district(tmp_path_factory.mktemp("district")) as made:
        yield made


@pytest.mark.parametrize(("who", "text"), [row for rows in SAID.values() for row in rows])
def test_the_day_is_what_does_not_exist(world: World, who: str, text: str) -> None:
    """Not the commune, not the student, and nothing is shown of today instead."""
    assert told(asks(world, who, text)).startswith("Không có ngày 3") or "45/11" in text
    assert told(asks(world, who, text)).endswith("xem lại ngày rồi gửi lại.")


def test_every_command_that_takes_a_day_is_asked_here() -> None:
    """A new one is, or says in its declaration that it reads by itself what stands behind it."""
    taken = {said.commands[0] for said in DECLARED if said.commands and said.behind is not Behind.WORDS}
    assert taken == SAID.keys() | NO_DAYS


@pytest.mark.parametrize(("who", "text"), OF_TODAY)
def test_what_is_of_today_alone_does_nothing_of_another_day(world: World, who: str, text: str) -> None:
    """The day that was named is not taken for today."""
    assert "chỉ dùng cho hôm nay, nên bot chưa làm gì" in told(asks(world, who, text))


@pytest.mark.parametrize(
    ("words", "none"),
    [
        ("31/2", "31/2"),
        ("ngày 31 tháng 2", "31 thang 2"),
        ("30/2/2023", "30/2/2023"),
        ("29/2/2023", "29/2/2023"),
        ("từ 16/5 đến 31/6", "31/6"),
        ("16/5-31/6", "31/6"),
        ("0/5", "0/5"),
        ("31.4", "31.4"),
        ("ngày 45", "45"),
        ("29/2", None),  # in 2024
        ("29/2/2024", None),
        ("20/5", None),
        ("25-27/5", None),
        ("25-27", None),  # days, not a month
        ("16/5 – 20/5", None),
        ("20-05-2023", None),
        ("2023-02-31", None),
        ("ngày 31", None),
        ("Xuân Thu 4.120", None),
        ("hv012 trang 40", None),
        ("7 ngày", None),
        ("Xuân Thu 4120 máy đến 20/5", None),
        ("12/2023", None),
    ],
)
def test_what_no_calendar_has(words: str, none: str | None) -> None:
    """Of a date without its year some year near has to have it."""
    assert no_such_day(fold(words), date(2023, 5, 20)) == none
