"""Practice: everything is answered as ever, says that it does not count, and changes nothing for anybody."""

from collections.abc import Iterable
from datetime import timedelta

import pytest

from handlers.door import practising
from handlers.turn import EVERYBODY, Declaration
from storage.campaign.people import Role
from storage.engine.transaction import Transaction
from tests.talk import Person, Talk

MARK = "🧪 Thử đến 20:00, không tính"


async def test_half_an_hour_that_does_not_count(talk: Talk) -> None:
    """Reports, corrections, questions and sums as ever, from zero; then one line, and what follows counts."""
    an = await talk.person("An")
    await an.says("xóm 5 được 2").hears("2 máy")
    await an.says("/thunghiem").hears("Bắt đầu thử, đến 20:00", "không gì được tính")
    await an.says("nhà bà Lan xóm 4 được 3, vắng 1").hears(MARK, "3 máy, 1 nhà vắng", "Hôm nay em 3 máy, cả tổ 3")
    await an.says("nhầm, nhà bà Lan 4 máy").hears(MARK, "4 máy (trước là 3)")
    asked = await an.says("khoảng 5 máy").hears(MARK, "số chính xác")
    await an.presses("6", asked).hears(MARK, "6 máy")
    await an.says("/homnay").hears(MARK, "2 tin", "Hôm nay em 10 máy")
    await an.says("/thunghiem").hears("Đã dừng thử", "2 báo cáo (10 máy, 1 nhà vắng), 1 lần sửa; không gì được tính.")
    await an.says("/homnay").hears("Hôm nay em 2 máy, cả tổ 2")
    await an.says("xóm 4 được 1").hears("Hôm nay em 3 máy, cả tổ 3")
    assert talk.done_by("hv1") == {"activated": 3}


async def test_what_was_real_counts_by_one_tap(talk: Talk) -> None:
    """[Tính thật] takes the message, and what corrected it, as if both had been said in earnest."""
    an = await talk.person("An")
    await an.says("/thunghiem")
    await an.says("nhà bà Lan xóm 4 được 3").hears(MARK)
    said = await an.says("nhầm, nhà bà Lan 4 máy").hears(MARK, "4 máy")
    pressed = an.presses("Tính thật", said)
    await pressed.hears("Nhà bà Lan, xóm 4: 4 máy", "Hôm nay em 4 máy, cả tổ 4")
    assert all("🧪" not in one.text for one in an.private.messages[-1:])
    assert talk.done_by("hv1") == {"activated": 4}
    await an.says("/homnay").hears(MARK, "chưa có báo cáo")
    await an.says("/thunghiem").hears("Đã dừng thử", "trừ 1 báo cáo đã chọn “Tính thật”")
    await an.says("/homnay").hears("1 tin", "4 máy")


async def test_what_was_answered_and_undone_counts_as_it_stood(talk: Talk) -> None:
    """Also by presses; nothing is asked a second time."""
    an = await talk.person("An")
    await an.says("/thunghiem")
    asked = await an.says("nhà bà Lan xóm 4 khoảng 8 máy").hears(MARK, "số chính xác")
    said = await an.presses("8", asked).hears("8 máy")
    await an.presses("Tính thật", said).hears("Nhà bà Lan, xóm 4: 8 máy", "Hôm nay em 8 máy")
    await an.says("nhà ông Tư xóm 5 được 3").hears(MARK)
    changed = await an.says("nhầm, nhà ông Tư 4 máy").hears(MARK, "trước là 3")
    restored = await an.presses("Hoàn tác", changed).hears(MARK, "3 máy")
    await an.presses("Tính thật", restored).hears("3 máy", "Hôm nay em 11 máy")
    assert talk.done_by("hv1") == {"activated": 11}


async def test_it_ends_by_a_button(talk: Talk) -> None:
    """[Kết thúc] ends it; pressed again, it says that nothing is practised now."""
    an = await talk.person("An")
    begun = await an.says("/thunghiem").hears("Bắt đầu thử")
    await an.presses("Kết thúc", begun).hears("Đã dừng thử", "không để lại báo cáo nào")
    await an.presses("Kết thúc", begun).hears("Bây giờ không phải giờ thử")
    await an.says("xóm 4 được 1").hears("✅ Xóm 4: 1 máy")


@pytest.mark.on("telegram")
async def test_it_ends_by_itself(talk: Talk) -> None:
    """After half an hour, told once; its buttons do nothing then, and what comes late counts only after a tap."""
    an = await talk.person("An")
    await an.says("/thunghiem").hears("Bắt đầu thử")
    said = await an.says("xóm 4 được 3").hears(MARK)
    meanwhile = talk.clock.right()
    talk.clock.advance(timedelta(minutes=31))
    await an.waits("Hết giờ thử lúc 20:00", "1 báo cáo (3 máy); không gì được tính.")
    await an.presses("Hoàn tác", said).notes("Giờ thử đã hết")
    late = await an.says("xóm 5 được 2", at=meanwhile).hears("gửi lúc đang thử nên không tính")
    assert talk.done_by("hv1") == {}
    await an.presses("Tính thật", late).hears("Xóm 5: 2 máy")
    await an.presses("Tính thật", said).hears("Xóm 4: 3 máy", "Hôm nay em 5 máy")
    assert len([one for one in an.private.from_bot if "Hết giờ thử" in one.text]) == 1


@pytest.mark.on("telegram")
async def test_whoever_has_the_account_next_hears_nothing_of_it(talk: Talk) -> None:
    """It ends without a word, and what the next one reports counts."""
    an = await talk.person("An")
    await an.says("/thunghiem").hears("Bắt đầu thử")
    await an.says("xóm 4 được 3").hears(MARK)
    talk.clock.advance(timedelta(seconds=5))
    asked = await an.says("/start MA-CUA-BINH").hears("Em đang là An")
    await an.presses("Vào với tên Bình", asked).hears("đã vào", "Bình")
    await an.says("xóm 5 được 2").hears("✅ Xóm 5: 2 máy", "Hôm nay em 2 máy")
    talk.clock.advance(timedelta(minutes=31))
    await talk.settled()
    assert not [one for one in an.private.from_bot if "vừa thử" in one.text]
    assert talk.done_by("hv2") == {"activated": 2}


@pytest.mark.on("telegram")
async def test_a_message_after_its_time_ends_it_first(talk: Talk) -> None:
    """It counts, however late the clock is with its word."""
    an = await talk.person("An")
    await an.says("/thunghiem").hears("Bắt đầu thử")
    await an.says("xóm 4 được 3", at=talk.clock.right() + timedelta(minutes=29)).hears(MARK)
    talk.clock.advance(timedelta(minutes=30))
    await an.says("xóm 5 được 2").hears("✅ Xóm 5: 2 máy", "Hôm nay em 2 máy")
    await an.waits("Hết giờ thử lúc 20:00", "1 báo cáo (3 máy)")


@pytest.mark.on("telegram", "web")
async def test_edits_follow_the_message_that_they_edit(talk: Talk) -> None:
    """Of a practised one: practice, also when it is over; of a real one: in earnest; of one that counts by now, too."""
    an = await talk.person("An")
    real = await an.says("xóm 5 được 2")
    talk.clock.advance(timedelta(seconds=5))
    await an.says("/thunghiem").hears("Bắt đầu thử")
    practised = await an.says("xóm 4 được 3")
    talk.clock.advance(timedelta(seconds=5))
    await an.edits(practised, "xóm 4 được 4").hears(MARK, "4 máy (trước là 3)")
    await an.edits(real, "xóm 5 được 1").hears("1 máy (trước là 2)", "Hôm nay em 1 máy")
    meant = await an.says("xóm 4 được 7")
    await an.presses("Tính thật", await meant.hears("7 máy")).hears("Xóm 4: 7 máy", "Hôm nay em 8 máy")
    await an.edits(meant, "xóm 4 được 6").hears("6 máy (trước là 7)", "Hôm nay em 7 máy")
    await an.says("/thunghiem").hears("Đã dừng thử")
    await an.edits(practised, "xóm 4 được 5").hears("đang thử nên không tính")
    assert talk.done_by("hv1") == {"activated": 7}


@pytest.mark.on("telegram")
async def test_a_reply_finds_what_it_is_about(talk: Talk) -> None:
    """Also what the bot said in practice, and over a restart of the program."""
    an = await talk.person("An")
    await an.says("/thunghiem").hears("Bắt đầu thử")
    said = await an.says("xóm 4 được 3").hears(MARK)
    await an.says("xóm 5 được 2").hears(MARK)
    await talk.stop()
    await talk.start()
    await an.says("nhầm, 4 máy", reply_to=said).hears(MARK, "Xóm 4: 4 máy (trước là 3)")
    await an.presses("Hoàn tác", said).notes("Thử, không tính:", "đã thay đổi")


@pytest.mark.on("telegram", "web")
async def test_a_team_chat_is_no_place_for_it(talk: Talk) -> None:
    """It says so, and what is reported there counts whoever practises elsewhere."""
    an, dung = await talk.person("An"), await talk.person("Dũng")
    group = await talk.team_chat(dung, an)
    await an.says("/thunghiem", group).hears("chỉ dùng khi nhắn riêng")
    await an.says("/thunghiem").hears("Bắt đầu thử")
    said = await an.says("xóm 4 được 3", group).hears("✅ Xóm 4: 3 máy", "Tin này tính thật", "trong nhóm vẫn tính")
    assert talk.done_by("hv1") == {"activated": 3}
    await an.says("/homnay").hears(MARK, "chưa có báo cáo", "Sổ thử không có báo cáo thật của em", "dừng thử")
    await an.says("/huy").hears(MARK, "Sổ thử không có báo cáo thật của em")
    practised = await an.says("xóm 5 được 2").hears(MARK, "Xóm 5: 2 máy")
    assert "Sổ thử" not in practised.text
    await an.presses("Hoàn tác", said, group).hears("↩️", "Xóm 4: 3 máy")
    assert talk.done_by("hv1").get("activated", 0) == 0
    await an.says("khoảng 4 máy", group).hears("số chính xác", "Tin này tính thật")
    await an.says("4", group).hears("4 máy", "Tin này tính thật")
    await dung.says("xóm 4 được 1", group).sees("👍")
    await an.says("/thunghiem").hears("Đã dừng thử")
    await an.says("xóm 5 được 1", group).sees("👍")
    assert talk.done_by("hv1") == {"activated": 5}


async def test_nobody_is_said_to_have_been_told(talk: Talk) -> None:
    """Leave and a report for a friend say that somebody would be."""
    an, _, _ = [await talk.person(name) for name in ("An", "Bình", "Dũng")]
    await an.says("/thunghiem").hears("Bắt đầu thử", "tin trong nhóm của tổ vẫn tính thật")
    left = await an.says("/xinnghi").hears(MARK, "không báo ai", "lúc thật thì bot báo tổ trưởng Dũng")
    told = await an.says("báo hộ Bình xóm 4 được 3").hears(MARK, "không báo ai", "Lúc thật thì bot báo cho Bình")
    assert "đã báo" not in left.text + told.text
    await an.says("/thunghiem").hears("Đã dừng thử")
    await an.says("/xinnghi").hears("đã báo tổ trưởng Dũng")


@pytest.mark.on("zalo")
async def test_labels_of_what_was_offered_in_earnest_are_no_practice(talk: Talk) -> None:
    """Where there is nothing to press, they are typed: an account is ended in practice, too."""
    an = await talk.person("An")
    await an.says("/thunghiem").hears("Bắt đầu thử")
    await an.says("/taikhoan").hears("1. Zalo")
    await an.says("Ngắt 1").hears("Đã ngắt tài khoản")


@pytest.mark.on("telegram")
async def test_officers_practise_what_students_do(talk: Talk) -> None:
    """As one of a team; what is theirs alone is not practised."""
    ha = await talk.person("Hà")
    await ha.says("/thunghiem").hears("đồng chí là một người của tổ Xuân Thu")
    said = await ha.says("nhà bà Lan xóm 4 được 3").hears(MARK, "Hôm nay đồng chí 3 máy, cả tổ 3")
    assert "Tính thật" not in said.buttons
    await ha.says("/xa Xuân Thu").hears(MARK, "bot ghi 3")
    await ha.says("/to").hears(MARK, "Hà", "An")
    await ha.says("/thunghiem").hears("Đã dừng thử")
    await ha.says("/xa Xuân Thu").hears("Hôm nay: 0 máy")
    assert talk.look(lambda tx: tx.all("SELECT id FROM reports")) == []


@pytest.mark.parametrize(
    ("who", "role", "practised"),
    [
        (EVERYBODY, Role.ADMIN, True),
        ((Role.STUDENT,), Role.STUDENT, True),
        ((Role.OFFICER, Role.ADMIN), Role.OFFICER, False),
        ((Role.LEAD, Role.ADMIN), Role.ADMIN, True),
        ((Role.ADMIN,), Role.ADMIN, False),
    ],
)
def test_what_only_officers_and_admins_do_is_not_practised(who: Iterable[Role], role: Role, *, practised: bool) -> None:
    """They are told so, instead of being told that it is not for them; codes are given out in earnest only."""
    assert practising.is_practised(Declaration(("x",), who=frozenset(who)), role) is practised
    assert not practising.is_practised(Declaration(("taoma",), who=frozenset(who)), role)


# Nothing of it reaches anybody


# What may differ after a practice: that there was one, what was said and heard in its chat, and the noise of every day.
_OWN = {"practices", "practised", "practice_answers", "outbox", "bodies", "seen", "offers", "meta", "sqlite_sequence"}
_NOISE = {"channels", "job_runs"}
_EVENING = (
    "nhà bà Lan xóm 4 được 3, vắng 1",
    "nhà bà Lan là 4 cơ",
    "thôn Đồi Mới nhà ông Tư được 2",  # a hamlet that is on no list, of which leads are asked
    "báo hộ Bình xóm 5 được 6",  # who would be told
    "khoảng 5 máy",
    "5",
    "hẹn 19h mai nhà bà Tư",
    "/thon xóm 4",
    "hôm nay được 40",
    "xóm 9 được 90",
    "Ghi 90 máy",
    "hôm nay được 4",
    "huỷ",
    "/sua xóm 4 được 1",
    "em xin nghỉ hôm nay",
    "hôm nay 0 máy",
    "cảm ơn bot",
)


def _everything(tx: Transaction) -> dict[str, list[str]]:
    """All rows of all tables but those in which practice may be seen."""
    names = [row["name"] for row in tx.all("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    kept = [name for name in names if name not in _OWN | _NOISE]
    assert {"reports", "versions", "counts", "sums", "drafts", "homes", "visits", "hamlets", "audits"} <= set(kept)
    return {name: sorted(repr(tuple(row)) for row in tx.all(f"SELECT * FROM {name}")) for name in kept}


def _heard(people: list[Person]) -> list[list[str]]:
    return [[one.text for one in person.private.messages] for person in people]


@pytest.mark.on("telegram")
@pytest.mark.parametrize("name", ["An", "Dũng"])
async def test_nothing_of_a_practice_is_anywhere(talk: Talk, name: str) -> None:
    """No table knows of it, so that no sum, list, summary, nudge or file can; nobody else hears a word."""
    everybody = [await talk.person(one) for one in ("An", "Bình", "Dũng", "Hà", "Khoa", "Linh")]
    group = await talk.team_chat(everybody[2], everybody[0])
    for person, text in zip(everybody[:3], ("xóm 4 được 3", "tầm 4 máy", "nhà bà Lan xóm 4 được 2"), strict=True):
        await person.says(text)
    me = await talk.person(name)
    others = [person for person in everybody if person is not me]
    await talk.settled()
    before, heard, in_group = talk.look(_everything), _heard(others), len(group.messages)
    await me.says("/thunghiem").hears("Bắt đầu thử")
    for text in _EVENING:
        await me.says(text)
        said = me.private.from_bot[-1]
        assert said.text.startswith("🧪 Thử đến"), (text, said.text)
        asked = next((label for label in said.buttons if label in ("Xin nghỉ", "Rút", "Ghi thêm")), None)
        if asked is not None:
            await me.presses(asked, said)
        assert "Bot đã báo" not in said.text, said.text
        assert "Lúc thật thì bot báo" not in said.text or "không báo ai" in said.text, said.text
    await me.says("/thunghiem").hears("Đã dừng thử")
    await talk.settled()
    assert talk.look(_everything) == before
    assert (_heard(others), len(group.messages)) == (heard, in_group)
    assert talk.look(lambda tx: tx.one("SELECT count(*) AS n FROM practices WHERE book IS NOT NULL")["n"]) == 0
