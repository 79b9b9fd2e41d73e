"""When a work day starts is handed to the reader: what `hôm qua` and `mai` mean follows it."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest

from bot.intake import answer
from handlers.calendar import Calendar
from handlers.language import DAY_START, Kind, read
from handlers.language.reading import Why
from handlers.messages import Chat, Message, Sender
from handlers.turn import House
from storage.engine.database import session
from tests.folder.small import Folder

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
AT = datetime(2023, 5, 20, 5, 0, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("starts", "kind", "day", "visit"),
    [(DAY_START, Kind.TOTAL, -1, 21), (time(5), Kind.TOTAL, -1, 21), (time(5, 30), Kind.UNCLEAR, 0, 20)],
)
def test_the_day_starts_when_the_setting_says(starts: time, kind: Kind, day: int, visit: int) -> None:
    """At five in the morning it is the evening before only where the day starts later."""
    reading = read("hôm qua 5 máy", AT, day_start=starts)
    assert (reading.kind, reading.day) == (kind, day)
    promised = read("nhà bà Lan hẹn 19h mai", AT, day_start=starts).appointments
    assert [one.at.day for one in promised] == [visit]


@pytest.mark.parametrize(("starts", "asked"), [(time(4), False), (time(6), True)])
def test_the_conversation_hands_its_setting_in(
    tmp_path_factory: pytest.TempPathFactory, starts: time, asked: bool
) -> None:
    """What is asked at five in the morning is which day is meant."""
    folder = Folder(tmp_path_factory.mktemp("days"))
    folder.load()
    house, chat = House(Calendar(ZONE, starts)), Chat("telegram", "c", private=True)
    with session(folder.file) as tx:
        tx.run("UPDATE phases SET first_day = first_day - 1")
        for number, text in enumerate(("/start fixed_code-1", "hôm qua xóm 4 quên báo 5 máy")):
            answer(tx, Message(chat, Sender("hv2", "B"), str(number), text, AT), house, AT)
        rows = tx.all("SELECT day FROM reports")
    assert (len(rows) == 0) == asked


@pytest.mark.parametrize(
    ("text", "why", "offered"),
    [
        ("báo 45/11", Why.NUMBER, ()),  # perhaps a day, with a slip: no number of it is offered as phones
        ("45/11", Why.NUMBER, ()),
        ("xóm 4 được 45/11", Why.NUMBER, ()),
        ("25/20 máy", Why.NUMBER, (20, 25)),  # perhaps of the quota; none of both is one more or less
        ("4/30", None, ()),
        ("45/11 được 3", Why.DAY, ()),
        ("báo 45/11: 3 máy", Why.DAY, ()),
        ("ngày 45/11 được 3", Why.DAY, ()),
        ("31/2 được 3", Why.DAY, ()),
        ("nhà số 45/11 được 3", None, ()),
    ],
)
def test_what_is_neither_a_day_nor_a_part_is_asked_about(text: str, why: Why | None, offered: tuple[int, ...]) -> None:
    """`45/11` is no 45 of 11 (rule 5), and no date: beside work it is a day that is not known, else an open number."""
    reading = read(text, datetime(2023, 5, 20, 20, 0))  # noqa: DTZ001 - local, as people say it
    hole = reading.draft.hole if reading.draft is not None else None
    assert reading.why is why
    assert (hole.suggestions if hole is not None else ()) == offered
