"""Days off: in a command or in words, for today and for days to come; nobody is nudged then, and the lead knows."""

from datetime import date, datetime, timedelta

import pytest

from handlers.field.days_named import named
from tests.talk import EVENING, ZONE, Talk

SATURDAY = date(2023, 5, 20)


def days(text: str) -> list[str] | None:
    """Which days a text names on Saturday, 20 May."""
    found = named(text, SATURDAY)
    return None if found is None else [f"{day:%d/%m}" for day in found.days]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("vì ốm", []),
        ("hôm nay", ["20/05"]),
        ("mai", ["21/05"]),
        ("mai với mốt", ["21/05", "22/05"]),
        ("em xin nghỉ một buổi sáng mai", ["21/05"]),
        ("ngày kia", ["22/05"]),
        ("25/5", ["25/05"]),
        ("ngày 25 tháng 5", ["25/05"]),
        ("25/5-27/5", ["25/05", "26/05", "27/05"]),
        ("25 - 27/5", ["25/05", "26/05", "27/05"]),
        ("từ 25/5 đến hết ngày 26/5", ["25/05", "26/05"]),
        ("25/5, 27/5", ["25/05", "27/05"]),
        ("đến hết 22/5", ["20/05", "21/05", "22/05"]),
        ("thứ 7", ["20/05"]),
        ("thứ hai", ["22/05"]),
        ("thứ 3 tuần sau", ["23/05"]),
        ("chủ nhật", ["21/05"]),
        ("hai ngày", ["20/05", "21/05"]),
        ("từ mai 2 ngày", ["21/05", "22/05"]),
        ("hôm qua", ["19/05"]),
        ("31/4", None),
        ("27/5-25/5", None),
        ("tuần sau", None),
        ("25", None),
        ("cuối tuần", None),
    ],
)
def test_days_as_people_name_them(text: str, expected: list[str] | None) -> None:
    """What cannot be known is asked about, never taken for today."""
    assert days(text) == expected


async def test_off_duty_today_and_tomorrow(talk: Talk) -> None:
    """The lead is told, /to says so, no nudge comes; a press takes it back, and the lead hears of that too."""
    dung, an = await talk.person("Dũng"), await talk.person("An")
    heard = await an.says("/xinnghi mai").hears(
        "Đã ghi em nghỉ ngày 21/05 (mai)", "đã báo tổ trưởng Dũng", "cứ báo như thường"
    )
    await dung.waits("An xin nghỉ ngày 21/05 (mai)")
    await an.presses("Không nghỉ nữa", heard).hears("em không nghỉ ngày 21/05 (mai) nữa")
    await dung.waits("An không nghỉ ngày 21/05 (mai) nữa")
    await an.says("/xinnghi").hears("Đã ghi em nghỉ hôm nay")
    await dung.says("/to").hears("An: nghỉ", "Bình: chưa có báo cáo")
    talk.clock.set(EVENING + timedelta(hours=2, minutes=5))
    await dung.waits("chưa nhận được báo cáo")
    await talk.settled()
    assert not any("chưa nhận được báo cáo" in one.text for one in an.private.from_bot)


@pytest.mark.on("telegram")
async def test_days_off_in_words(talk: Talk) -> None:
    """Stored after a yes; a report in the same message is recorded first; a question is none."""
    an = await talk.person("An")
    await an.says("mai em xin nghỉ nhé").hears("Em nghỉ ngày 21/05 (mai)?")
    await an.says("xin nghỉ").hears("Đã ghi em nghỉ ngày 21/05 (mai)")
    asked = await an.says("nhà bà Lan xóm 4 được 3, mai em xin nghỉ").hears("Em nghỉ ngày 21/05 (mai)?")
    await an.presses("Xin nghỉ", asked).hears("Đã ghi em nghỉ ngày 21/05 (mai)")
    assert talk.done_by("hv1") == {"activated": 3}
    await an.says("/cuatoi").hears("Ngày nghỉ đã xin: 21/05")
    await an.says("nhà cô Tấm xin nghỉ nên vắng 1").hears("1 nhà vắng")


@pytest.mark.on("telegram")
async def test_what_is_no_day_off(talk: Talk) -> None:
    """Days that are past or in no phase, a day with a report, and days that nobody can know."""
    an = await talk.person("An")
    await an.says("/xinnghi tuần sau").hears("chưa rõ em nghỉ ngày nào", "/xinnghi mai")
    await an.says("/xinnghi hôm qua").hears("Ngày 19/05 đã qua")
    await an.says("/xinnghi 4/6-8/6").hears(
        "từ ngày 04/06 đến hết ngày 05/06", "Từ ngày 06/06 đến hết ngày 08/06 không thuộc đợt"
    )
    await an.says("xóm 4 được 3").hears("3 máy")
    await an.says("/xinnghi").hears("Hôm nay đã có báo cáo")


@pytest.mark.on("telegram")
async def test_days_that_have_passed_stay_off(talk: Talk) -> None:
    """Of a span only what is still to come is given back; of a span that is over nothing."""
    an = await talk.person("An")
    heard = await an.says("/xinnghi 21/5-23/5").hears("từ ngày 21/05 đến hết ngày 23/05")
    talk.clock.set(datetime(2023, 5, 22, 19, 30, tzinfo=ZONE))
    await an.presses("Không nghỉ nữa", heard).hears("không nghỉ từ hôm nay đến hết ngày 23/05 nữa")
    rows = talk.look(lambda tx: tx.all("SELECT day FROM days_off"))
    assert len(rows) == 1


async def test_who_has_reported_needs_no_leave(talk: Talk) -> None:
    """It is said at once, and nothing is offered that would be refused; of several days those to come are."""
    an = await talk.person("An")
    await an.says("hôm nay em nghỉ ốm").hears("Em nghỉ hôm nay?")
    await an.says("xóm 4 được 3").hears("3 máy")
    said = await an.says("hôm nay em nghỉ ốm").hears("Hôm nay em đã có báo cáo nên không cần xin nghỉ")
    assert "Xin nghỉ" not in said.text
    assert not said.buttons
    asked = await an.says("hôm nay và mai em xin nghỉ").hears("Em nghỉ ngày 21/05 (mai)?", "Hôm nay đã có báo cáo")
    await an.presses("Xin nghỉ", asked).hears("Đã ghi em nghỉ ngày 21/05 (mai)")
    await an.says("nhà bà Lan xóm 4 được 2, hôm nay em xin nghỉ").hears("Hôm nay em đã có báo cáo")
    assert talk.done_by("hv1") == {"activated": 5}
