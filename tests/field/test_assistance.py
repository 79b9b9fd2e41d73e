"""Help for an old person: asked of the team without names, taken by somebody, done and counted, and not forgotten."""

from datetime import datetime, timedelta

import pytest

from handlers.field.help_named import asked, how_many, without_names, without_time
from storage.engine.transaction import Row, Transaction
from storage.talk.outbox import Class
from tests.talk import EVENING, ZONE, Talk
from tests.timetable.test_jobs import LITTLE, comes, heard

ASKED = "/hotro đón cụ Quế xóm 4 8h mai"
AT = datetime(2023, 5, 21, 8, 0, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("nhờ người đưa cụ Quế xóm 3 ra xã làm căn cước", "đưa cụ Quế xóm 3 ra xã làm căn cước"),
        ("em nhờ ai đón hộ bà cụ nhà anh Sáu với", "đón hộ bà cụ nhà anh Sáu với"),
        ("cần người chở bà Tám xóm 2 ra xã lúc 8h sáng mai", "chở bà Tám xóm 2 ra xã lúc 8h sáng mai"),
        ("nho nguoi dua cu que xom 3 ra xa", "dua cu que xom 3 ra xa"),
        ("nhờ bà Lan nói giúp", None),
        ("cần 3 máy", None),
        ("nhờ người sửa máy", None),
        ("nhà bà Lan xóm 4 được 3", None),
    ],
)
def test_help_as_people_ask_for_it(text: str, wanted: str | None) -> None:
    """An old person, and somebody to fetch or take them; else it is talk, or work."""
    assert asked(text) == wanted


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("đưa cụ Quế xóm 3 ra xã làm căn cước", "đưa cụ xóm 3 ra xã làm căn cước"),
        ("dua cu que xom 3 ra xa", "dua cu xom 3 ra xa"),
        ("ĐƯA CỤ QUẾ XÓM 3 RA XÃ", "đưa cụ xóm 3 ra xã"),
        ("đón cụ Nguyễn Thị Mai thôn Xuân Tảo", "đón cụ thôn Xuân Tảo"),
        ("đưa ông Ba và bà Tư ra UBND xã Phú Minh", "đưa ông và bà ra UBND xã Phú Minh"),
        ("đón vợ chồng cụ Tư Lành, 8h30 sáng mai", "đón vợ chồng cụ, 8h30 sáng mai"),
        ("Quế xóm 3 cần đón", "xóm 3 cần đón"),
        ("đón cụ xóm 4 8h mai", "đón cụ xóm 4 8h mai"),
    ],
)
def test_a_team_hears_no_names(text: str, told: str) -> None:
    """Places and times stay; whatever may be somebody's name does not."""
    assert without_names(text) == told


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("đón cụ Quế xóm 4 8h mai", "đón cụ Quế xóm 4"),
        ("8h sáng mai đón cụ Mai", "đón cụ Mai"),
        ("đón cụ Bảy lúc 14h30 chiều nay, xóm 6", "đón cụ Bảy xóm 6"),
        ("don cu xom 4 8 gio sang mai", "don cu xom 4"),
        ("đưa cụ ngày 20/05 lúc 9h ra xã", "đưa cụ ra xã"),
        ("chở bà Mai, xóm 7 thứ hai", "chở bà Mai, xóm 7"),
        ("đón cụ mai", "đón cụ mai"),
        ("8h mai", "8h mai"),
    ],
)
def test_when_it_is_stands_beside_and_not_in_the_words(text: str, kept: str) -> None:
    """Said the next day, `8h mai` would be wrong; who is called Mai keeps the name."""
    assert without_time(text) == kept


def test_how_many_old_people() -> None:
    """`bà cụ` is one, `ba cụ` are three."""
    assert [how_many(one) for one in ("đón cụ", "đón 2 cụ", "đón hai cụ", "đón bà cụ", "đón ba cụ")] == [1, 2, 2, 1, 3]


def _kept(tx: Transaction) -> list[Row]:
    return tx.all("SELECT * FROM assistance ORDER BY id")


async def test_asked_taken_and_done(talk: Talk) -> None:
    """The team's chat hears no name, the helper does; who asked is told; what was done counts, and can be undone."""
    dung, an, binh = [await talk.person(name) for name in ("Dũng", "An", "Bình")]
    group = await talk.team_chat(dung, an, binh)
    await an.says(ASKED).hears("Đã nhờ cả tổ: đón cụ xóm 4 (lúc", "08:00 ngày 21/05")
    await comes(talk, group, "An nhờ tổ hỗ trợ: đón cụ xóm 4")
    post = group.from_bot[-1]
    assert post.buttons == [["Nhận", "Xong", "Hủy"]]
    taken = await binh.presses("Nhận", post, group).hears("👍 Bình nhận")
    await an.waits("🔔 Bình nhận việc em nhờ: đón cụ Quế xóm 4")
    await binh.waits("Em nhận việc An nhờ: đón cụ Quế xóm 4")
    done = await binh.presses("Xong", taken, group).hears("✅ Bình đã hỗ trợ xong", "ghi 1 cụ được hỗ trợ")
    await an.waits("✅ Bình đã hỗ trợ xong: đón cụ Quế")
    assert talk.done_by("hv2") == {"assisted": 1}
    assert talk.done_by("hv1") == {}
    await binh.presses("Chưa xong", done, group).hears("An nhờ tổ hỗ trợ", "👍 Bình nhận")
    assert talk.done_by("hv2").get("assisted", 0) == 0
    await talk.settled()
    assert not any("Quế" in one.text for one in group.from_bot)


async def test_who_may_press_what(talk: Talk) -> None:
    """Taken by one it is nobody else's; only who asked, or the lead, calls it off; the other team cannot press."""
    dung, an, binh, cuc = [await talk.person(name) for name in ("Dũng", "An", "Bình", "Cúc")]
    group = await talk.team_chat(dung, an, binh, cuc)
    await an.says(ASKED).hears("Đã nhờ cả tổ")
    await comes(talk, group, "An nhờ tổ hỗ trợ")
    await cuc.presses("Hủy", group.from_bot[-1], group).notes("chỉ người nhờ và tổ trưởng hủy được")
    post = next(one for one in reversed(group.from_bot) if "An nhờ tổ hỗ trợ" in one.text)
    taken = await binh.presses("Nhận", post, group).hears("👍 Bình nhận")
    await cuc.presses("Xong", taken, group).notes("Bình đang nhận việc này")
    assert talk.done_by("hv3") == {}
    back = await binh.presses("Không đi được", taken, group).hears("An nhờ tổ hỗ trợ")
    assert "Bình nhận" not in back.text
    await an.waits("Bình báo không đi được")
    again = await cuc.presses("Nhận", back, group).hears("👍 Cúc nhận")
    off = await dung.presses("Hủy", again, group).hears("An không cần hỗ trợ nữa")
    await an.waits("Dũng đã hủy việc An nhờ")
    await cuc.waits("Dũng đã hủy việc An nhờ")
    await dung.presses("Vẫn cần", off, group).hears("An nhờ tổ hỗ trợ", "👍 Cúc nhận")
    await (await talk.person("Linh")).says("/nhatky").hears("Dũng hủy việc An nhờ tổ hỗ trợ")


async def test_asked_in_words(talk: Talk) -> None:
    """A button shows what the team will read; a report beside it is stored as ever; [Thôi] asks nobody."""
    dung, an = await talk.person("Dũng"), await talk.person("An")
    group = await talk.team_chat(dung, an)
    asked = await an.says("nhờ người đưa cụ Quế xóm 4 ra xã làm căn cước").hears(
        "Em nhờ tổ hỗ trợ nhé?", "“đưa cụ xóm 4 ra xã làm căn cước”"
    )
    await an.presses("Thôi", asked).hears("Bot không nhờ ai")
    said = an.says("nhà bà Lan xóm 4 được 3, nhờ người đưa cụ Quế xóm 4 ra xã làm căn cước")
    await said.hears("✅ Nhà bà Lan, xóm 4: 3 máy")
    asked = await said.hears("Em nhờ tổ hỗ trợ nhé?")
    assert heard(group, "nhờ tổ") == []
    await an.presses("Nhờ cả tổ", asked).hears("Đã nhờ cả tổ")
    await comes(talk, group, "An nhờ tổ hỗ trợ: đưa cụ xóm 4 ra xã làm căn cước")
    assert talk.done_by("hv1") == {"activated": 3}
    assert [row["asked_at"] is None for row in talk.look(_kept)] == [True, False]


@pytest.mark.on("telegram")
async def test_asked_in_the_teams_chat(talk: Talk) -> None:
    """There it was read with its name already; the lead may do it as well, and it counts for the lead."""
    dung, an = await talk.person("Dũng"), await talk.person("An")
    group = await talk.team_chat(dung, an)
    post = await an.says("/hotro đón 2 cụ nhà bà Quế xóm 4", group).hears("An nhờ tổ hỗ trợ: đón 2 cụ nhà bà Quế")
    done = await dung.presses("Xong", post, group).hears("✅ Dũng đã hỗ trợ xong", "ghi 2 cụ được hỗ trợ")
    assert done.id == post.id
    assert talk.done_by("tt1") == {"assisted": 2}
    await an.presses("Chưa xong", done, group).notes("Dũng đang nhận việc này")
    assert talk.done_by("tt1") == {"assisted": 2}


async def test_without_a_chat_of_the_team(talk: Talk) -> None:
    """Who leads the team is asked in private; where nobody can be, that is said."""
    an = await talk.person("An")
    await an.says(ASKED).hears("" if talk.platform.name == "web" else "không nhắn được cho tổ trưởng")
    talk.needs("open groups")
    dung = await talk.person("Dũng")
    await an.says("/hotro đón cụ Tám xóm 5").hears("nhờ tổ trưởng Dũng")
    post = await dung.waits("An nhờ tổ hỗ trợ: đón cụ xóm 5")
    await dung.presses("Nhận", post).hears("Dũng nhận")
    await an.waits("Dũng nhận việc em nhờ")


async def test_what_the_team_is_asked_for(talk: Talk) -> None:
    """/hotro alone lists it; the name only for who asks and who goes."""
    dung, an, binh = [await talk.person(name) for name in ("Dũng", "An", "Bình")]
    await talk.team_chat(dung, an, binh)
    await binh.says("/hotro").hears("không còn việc nào", "ví dụ")
    await an.says(ASKED).hears("Đã nhờ")
    await an.says("/hotro").hears("1. đón cụ Quế xóm 4", "An nhờ, chưa ai nhận")
    shown = await binh.says("/hotro").hears("1. đón cụ xóm 4")
    await binh.presses("Nhận", shown).hears("👍 Bình nhận: đón cụ Quế xóm 4")
    await binh.says("/hotro").hears("1. đón cụ Quế xóm 4", "Bình nhận")


async def test_reminders(talk: Talk) -> None:
    """Half an hour before, of whoever took it; an hour after, whether it is done; as appointments, each once."""
    dung, an, binh = [await talk.person(name) for name in ("Dũng", "An", "Bình")]
    group = await talk.team_chat(dung, an, binh)
    await an.says(ASKED).hears("Đã nhờ")
    await comes(talk, group, "An nhờ tổ hỗ trợ")
    await binh.presses("Nhận", group.from_bot[-1], group).hears("👍 Bình nhận")
    await talk.settled()
    talk.clock.set(AT - timedelta(minutes=30) + LITTLE)
    await comes(talk, binh.private, "⏰ 08:00 em đi hỗ trợ: đón cụ Quế xóm 4 (An nhờ)")
    talk.clock.set(AT + timedelta(hours=1) + LITTLE)
    await comes(talk, binh.private, "xong chưa: đón cụ Quế")
    await binh.presses("Xong", binh.private.from_bot[-1]).hears("Bình đã làm xong", "ghi 1 cụ")
    await comes(talk, group, "✅ Bình đã hỗ trợ xong")
    assert talk.done_by("hv2") == {"assisted": 1}
    talk.clock.set(AT + timedelta(hours=3))
    await talk.settled()
    rows = talk.look(lambda tx: tx.all("SELECT class FROM outbox WHERE key LIKE 'help:%'"))
    assert [row["class"] for row in rows] == [Class.APPOINTMENT] * 2


async def test_nobody_has_taken_it(talk: Talk) -> None:
    """Without a time after half an hour, with one an hour before it, the team and the lead hear once more."""
    dung, an, binh = [await talk.person(name) for name in ("Dũng", "An", "Bình")]
    group = await talk.team_chat(dung, an, binh)
    await an.says("/hotro đưa cụ Tám xóm 5 ra xã").hears("Đã nhờ")
    await an.says(ASKED).hears("Đã nhờ")
    await talk.settled()
    talk.clock.set(EVENING + timedelta(minutes=31))
    await comes(talk, group, "Chưa ai nhận. An nhờ tổ hỗ trợ: đưa cụ xóm 5 ra xã")
    await dung.waits("Chưa ai nhận. An nhờ tổ hỗ trợ: đưa cụ xóm 5 ra xã")
    assert not any("đón cụ xóm 4" in text for text in heard(group, "Chưa ai nhận"))
    talk.clock.set(AT - timedelta(hours=1) + LITTLE)
    await comes(talk, group, "Chưa ai nhận. An nhờ tổ hỗ trợ: đón cụ xóm 4")
    talk.clock.set(AT - timedelta(minutes=20))
    await talk.settled()
    assert len(heard(group, "Chưa ai nhận")) == 2


async def test_what_was_called_off_is_not_reminded_of(talk: Talk) -> None:
    """Nothing is said of what nobody has to do any more."""
    dung, an = await talk.person("Dũng"), await talk.person("An")
    group = await talk.team_chat(dung, an)
    told = await an.says(ASKED).hears("Đã nhờ")
    await comes(talk, group, "An nhờ tổ hỗ trợ")
    await an.presses("Hủy", told).hears("Đã hủy: đón cụ Quế")
    await comes(talk, group, "An không cần hỗ trợ nữa: đón cụ xóm 4")
    talk.clock.set(AT + timedelta(hours=2))
    await talk.settled()
    assert heard(group, "Chưa ai nhận") == heard(an.private, "⏰") == []


async def test_a_withdrawn_report_makes_it_undone(talk: Talk) -> None:
    """/huy takes back what was counted, and the help stands again."""
    dung, an, binh = [await talk.person(name) for name in ("Dũng", "An", "Bình")]
    group = await talk.team_chat(dung, an, binh)
    await an.says(ASKED).hears("Đã nhờ")
    await comes(talk, group, "An nhờ tổ hỗ trợ")
    await binh.presses("Xong", group.from_bot[-1], group).hears("✅ Bình đã hỗ trợ xong")
    assert talk.done_by("hv2") == {"assisted": 1}
    await binh.says("/huy").hears("↩️")
    await binh.says("/hotro").hears("1. đón cụ Quế xóm 4", "Bình nhận")


@pytest.mark.on("telegram")
@pytest.mark.parametrize("words", ["em nhận ạ", "để em đi cho", "Dạ em lo cho ạ", "em nhận đón cụ nhé"])
async def test_taken_done_and_given_back_in_words(talk: Talk, words: str) -> None:
    """An answer to what the team is asked does what its buttons do; talk beside it does nothing."""
    dung, an, binh = [await talk.person(name) for name in ("Dũng", "An", "Bình")]
    group = await talk.team_chat(dung, an, binh)
    await an.says(ASKED).hears("Đã nhờ cả tổ")
    await comes(talk, group, "An nhờ tổ hỗ trợ")
    post = group.from_bot[-1]
    await talk.settled()
    await binh.says(words, group).hears_nothing()
    taken = await binh.says(words, group, reply_to=post).hears("👍 Bình nhận.")
    await an.waits("🔔 Bình nhận việc em nhờ")
    await talk.settled()
    again = await binh.says("chết, em không đi được rồi", group, reply_to=taken).hears("An nhờ tổ hỗ trợ")
    await an.waits("Bình báo không đi được")
    await talk.settled()
    await binh.says("em nhận", group, reply_to=again).hears("👍 Bình nhận.")
    await binh.says("em đón cụ Quế xong rồi ạ").hears("✅ Bình đã làm xong: đón cụ Quế xóm 4 · ghi 1 cụ được hỗ trợ")
    assert talk.done_by("hv2") == {"assisted": 1}


async def test_called_off_in_words(talk: Talk) -> None:
    """By whoever asked, in private; of several it is asked which, and who has asked for nothing says something else."""
    dung, an, binh = [await talk.person(name) for name in ("Dũng", "An", "Bình")]
    group = await talk.team_chat(dung, an, binh)
    await an.says(ASKED).hears("Đã nhờ cả tổ")
    await an.says("không cần đón cụ Quế nữa").hears("↩️ Đã hủy: đón cụ Quế xóm 4")
    await comes(talk, group, "An không cần hỗ trợ nữa")
    for _ in range(2):
        await an.says(ASKED).hears("Đã nhờ cả tổ")
    await an.says("hủy việc nhờ").hears("Việc tổ đang được nhờ", "1. đón cụ", "2. đón cụ")
    await binh.says("nhà bà Lan xóm 4 được 2").hears("2 máy")
    await binh.says("không cần đón cụ Quế nữa").hears("")
    assert len(heard(group, "An không cần hỗ trợ nữa")) == 1
