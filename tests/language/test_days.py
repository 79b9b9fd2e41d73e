"""When a work day starts is handed to the reader: what `hôm qua` and `mai` mean follows it."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest

from bot.intake import answer
from handlers.calendar import Calendar
from handlers.language import DAY_START, Kind, read
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
