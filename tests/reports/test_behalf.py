"""Reports for somebody else of the team: whose they are, who is told, and who takes them back."""

from pathlib import Path

import pytest

from handlers.reports.behalf import asked
from storage.campaign.people import Person, Role
from tests.platforms import Words
from tests.talk import ROSTER, Talk, talking

TEAM = [
    Person(number, f"hv{number}", name, Role.STUDENT, None)
    for number, name in enumerate(("Nguyễn Văn Sơn", "Trần Thị Hương", "Lê Bình", "Phạm An", "Vũ An", "Học viên 72"))
]


@pytest.mark.parametrize(
    ("text", "names", "rest"),
    [
        ("báo hộ Sơn 3 máy", ["Nguyễn Văn Sơn"], "3 máy"),
        ("bao ho son 3 may", ["Nguyễn Văn Sơn"], "3 may"),
        ("Ghi hộ bạn Hương xóm 4 được 2, vắng 1", ["Trần Thị Hương"], "xóm 4 được 2, vắng 1"),
        ("báo giúp anh Văn Sơn: nhà bà Lan 3", ["Nguyễn Văn Sơn"], "nhà bà Lan 3"),
        ("xóm 4 được 3, báo hộ Hưong nhé", ["Trần Thị Hương"], "xóm 4 được 3, nhé"),
        ("báo hộ Hươmg 2 máy", [], "2 máy"),
        ("báo hộ Dinh 2 máy", [], "2 máy"),
        ("báo hộ An 2 máy", ["Phạm An", "Vũ An"], "2 máy"),
        ("báo hộ Vũ An 2 máy", ["Vũ An"], "2 máy"),
        ("báo hộ Tuấn 2 máy", [], "2 máy"),
        ("báo hộ Học viên 72 nhà ông Lãng 3 máy", ["Học viên 72"], "nhà ông Lãng 3 máy"),
        ("bao ho hoc vien 72: nha ong Lang 3 may", ["Học viên 72"], "nha ong Lang 3 may"),
        ("báo hộ học viên bảy mươi hai ba máy", ["Học viên 72"], "ba máy"),
        ("Học viên bảy mươi hai nhờ em báo giúp xóm 4 hai máy", ["Học viên 72"], "xóm 4 hai máy"),
        ("baoo hoo Sơn 2 mayy xomm 8", ["Nguyễn Văn Sơn"], "2 may xom 8"),
        ("Bạn em hết pin rồi nên em báo hộ Sơn nhà ông Lãng 3 máy ạ", ["Nguyễn Văn Sơn"], "nhà ông Lãng 3 máy ạ"),
        ("máy bạn ấy hỏng, em báo hộ Sơn 3 máy", ["Nguyễn Văn Sơn"], "3 máy"),
        ("dạ anh ơi em xin phép báo hộ Sơn 3 máy", ["Nguyễn Văn Sơn"], "3 máy"),
        ("hôm qua em báo hộ Sơn 3 máy", ["Nguyễn Văn Sơn"], "hôm qua em 3 máy"),
        ("xóm 4 báo hộ Sơn 3 máy", ["Nguyễn Văn Sơn"], "xóm 4 3 máy"),
        ("nhà ông Lãng báo hộ Sơn 3 máy", ["Nguyễn Văn Sơn"], "nhà ông Lãng 3 máy"),
        ("báo hộ anh Sơn 3 máy", ["Nguyễn Văn Sơn"], "3 máy"),
        ("báo hộ Châu 2 máy", [], "2 máy"),
        ("báo hộ Minh 2 máy", [], "2 máy"),
        ("báo hộ minh 2 máy", [], "2 máy"),
        ("báo hộ bạn Minh 2 máy", [], "2 máy"),
        ("bao ho ban minh 2 may", [], "2 may"),
        ("báo hộ A Minh 2 máy", [], "2 máy"),
        ("báo hộ Anh 2 máy", [], "2 máy"),
        ("báo hộ bạn 2 máy", [], "2 máy"),
        ("báo hộ chị xóm 4 được 3", [], "xóm 4 được 3"),
        ("báo hộ bạn em 2 máy", [], "2 máy"),
        ("Minh nhờ em báo 2 máy", [], "2 máy"),
        ("Gặp Sơn ở quán nước, bạn ấy nhờ em báo hộ: thôn 7, 5 máy", ["Nguyễn Văn Sơn"], "thôn 7, 5 máy"),
        ("Sơn để quên điện thoại nên nhờ em báo hộ 4 máy ở xóm 6", ["Nguyễn Văn Sơn"], "4 máy ở xóm 6"),
        ("Sơn đi xóm 5, nhờ em báo hộ bạn được 3 máy", ["Nguyễn Văn Sơn"], "đi xóm 5, bạn được 3 máy"),
        ("bạn Tuấn nhờ em báo hộ 3 máy", [], "3 máy"),
    ],
)
def test_for_whom(text: str, names: list[str], rest: str) -> None:
    """The longest name that fits is meant; a name that is only near is another name."""
    found = asked(text, TEAM)
    assert found is not None
    assert [one.name for one in found.fitting] == names
    assert " ".join(found.rest.split()) == rest


@pytest.mark.parametrize(
    "text",
    [
        *("báo hộ em 3 máy", "xóm 4 được 3", "báo hộ em với", "báo hộ 3 máy", "ghi giúp mình 2", "bao ho minh 2 may"),
        *("báo hộ anh với", "báo hộ bạn nhé", "BÁO HỘ EM 2 MÁY", "Mình nhờ em báo 2 máy", "ghi hộ Em 2 máy"),
    ],
)
def test_for_nobody_else(text: str) -> None:
    """Asking for help is no report for another."""
    assert asked(text, TEAM) is None


CALLED_SO = [
    *TEAM,
    Person(7, "hv7", "Đặng Thanh Anh", Role.STUDENT, None),
    Person(8, "hv8", "Vũ Nhật Minh", Role.STUDENT, None),
]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("báo hộ Anh 2 máy", "Đặng Thanh Anh"),
        ("báo hộ Anh xóm 4 được 2", "Đặng Thanh Anh"),
        ("BÁO HỘ ANH 2 MÁY", "Đặng Thanh Anh"),
        ("báo hộ bạn Anh 2 máy", "Đặng Thanh Anh"),
        ("báo hộ Anh: xóm 4 được 2", "Đặng Thanh Anh"),
        ("báo hộ Minh 2 máy", "Vũ Nhật Minh"),
        ("bao ho minh 2 may", "Vũ Nhật Minh"),
        ("Minh nhờ em báo 2 máy", "Vũ Nhật Minh"),
        ("báo hộ anh Sơn 2 máy", "Nguyễn Văn Sơn"),
        ("báo hộ anh Tuấn 2 máy", None),
    ],
)
def test_names_that_are_other_words(text: str, name: str | None) -> None:
    """Anh and Minh of the team are meant where they are said; a title before another name is none."""
    found = asked(text, CALLED_SO)
    assert found is not None
    assert [one.name for one in found.fitting] == ([name] if name else [])


@pytest.mark.parametrize("text", ["báo hộ Minh 2 máy", "báo hộ bạn Minh 2 máy", "báo hộ Anh 2 máy", "báo hộ bạn 2 máy"])
async def test_never_the_senders_own(talk: Talk, text: str) -> None:
    """Where nobody of the team is called so, it is asked for whom."""
    an = await talk.person("An")
    question = await an.says(text).hears("báo hộ ai?")
    assert talk.done_by("hv1") == {}
    await an.presses("Hộ Cúc", question).hears("Ghi hộ Cúc: 2 máy")
    assert (talk.done_by("hv1"), talk.done_by("hv3")) == ({}, {"activated": 2})


async def test_ones_own_form_of_address_is_oneself(tmp_path: Path, platform: str) -> None:
    """`ghi giúp chị 3 máy` of a lead who is called so by the bot."""
    roster = ROSTER.replace("communes,phases,code", "communes,phases,code,address").replace(
        "MA-CUA-DUNG", "MA-CUA-DUNG,chị"
    )
    async with talking(tmp_path, platform=platform, files={"roster.csv": roster}) as talk:
        dung, an = await talk.person("Dũng"), await talk.person("An")
        await dung.says("ghi giúp chị 3 máy").hears("Chị muốn ghi thế nào?")
        await an.says("ghi giúp chị 3 máy").hears("báo hộ ai?")
        assert talk.done_by("hv1") == {}


async def test_a_report_for_a_colleague(talk: Talk) -> None:
    """It counts for the colleague, who is told and may take it back; the sender's own sum stays."""
    an, binh = await talk.person("An"), await talk.person("Bình")
    await an.says("báo hộ Bình xóm 4 được 3").hears("Ghi hộ Bình", "Xóm 4: 3 máy", "đã báo cho Bình")
    told = await binh.waits("An vừa báo hộ em", "Xóm 4: 3 máy", "Hôm nay em 3 máy, cả tổ 3")
    assert (talk.done_by("hv1"), talk.done_by("hv2")) == ({}, {"activated": 3})
    await binh.presses("Hoàn tác", told).hears("↩️", "cả tổ 0")


async def test_the_sender_takes_it_back(talk: Talk) -> None:
    """By the button, by /huy after a question, or by an edit; the colleague hears of it."""
    an, binh = await talk.person("An"), await talk.person("Bình")
    said = await an.says("báo hộ Bình 3 máy").hears("Ghi hộ Bình")
    await an.presses("Hoàn tác", said).hears("Đã rút tin báo hộ Bình")
    await binh.waits("An đã rút tin báo hộ em", "3 máy")
    await an.says("được 5").hears("em 5 máy")
    message = an.says("báo hộ Bình 2 máy")
    await message.hears("Ghi hộ Bình: 2 máy")
    await an.edits(message, "báo hộ Bình 4 máy").hears("Ghi hộ Bình: 4 máy")
    assert talk.done_by("hv2") == {"activated": 4}
    question = await an.says("hủy").hears("báo hộ Bình", "Rút tin này chứ?")
    await an.presses("Rút", question).hears("Đã rút tin báo hộ Bình")
    assert (talk.done_by("hv1"), talk.done_by("hv2").get("activated", 0)) == ({"activated": 5}, 0)


async def test_nobody_or_several_of_that_name(talk: Talk) -> None:
    """Nothing counts until one is chosen."""
    an = await talk.person("An")
    question = await an.says("báo hộ Tuấn 3 máy").hears("không thấy Tuấn")
    assert talk.done_by("hv3") == {}
    await an.presses("Hộ Cúc", question).hears("Ghi hộ Cúc: 3 máy", "chưa vào bot")
    assert talk.done_by("hv3") == {"activated": 3}
    question = await an.says("báo hộ Tuấn 3 máy").hears("không thấy Tuấn")
    await an.presses("Thôi", question).hears("Đã bỏ")


async def test_a_vague_number_is_asked_with_the_likeliest(talk: Talk) -> None:
    """Nothing counts until one tap, which says for whom and how many."""
    an = await talk.person("An")
    question = await an.says("báo hộ Bình khoảng 5 máy").hears("ghi hộ Bình thế nào?")
    assert talk.done_by("hv2") == {}
    await an.presses("Hộ Bình: 5 máy", question).hears("Ghi hộ Bình: 5 máy")
    assert talk.done_by("hv2") == {"activated": 5}


@pytest.mark.parametrize("text", ["báo hộ Bình 60 máy", "báo hộ Bình hôm nay được 12"])
async def test_only_what_is_clear(talk: Talk, text: str) -> None:
    """Very many, or a whole day's sum, has to be the colleague's own word."""
    an = await talk.person("An")
    await an.says(text).hears("chỉ nhận số rõ")
    assert talk.done_by("hv2") == {}


async def test_what_may_mean_several_things_is_asked_with_its_choices(talk: Talk) -> None:
    """Each button says what would be stored for the colleague; one tap settles it, and the colleague is told."""
    an, binh = await talk.person("An"), await talk.person("Bình")
    question = await an.says("báo hộ Bình: xóm 2, 3 máy nhà ông Đa trừ bà cụ với cháu, 4 người").hears(
        "ghi hộ Bình thế nào?"
    )
    assert talk.done_by("hv2") == {}
    await an.presses("Hộ Bình: Xóm 2: 3 máy", question).hears("Ghi hộ Bình", "óm 2: 3 máy")
    await binh.waits("An vừa báo hộ em", "óm 2: 3 máy")
    assert (talk.done_by("hv1"), talk.done_by("hv2")) == ({}, {"activated": 3})
    question = await an.says("báo hộ Bình: xóm 3, 3 máy nhà ông Sáu trừ bà cụ với cháu, 4 người").hears(
        "ghi hộ Bình thế nào?"
    )
    await an.presses("Không tính", question).hears("Đã bỏ")
    assert talk.done_by("hv2") == {"activated": 3}


async def test_in_the_group(talk: Talk) -> None:
    """There the answer says for whom it counts."""
    dung, an, _ = [await talk.person(name) for name in ("Dũng", "An", "Bình")]
    group = await talk.team_chat(dung, an)
    await an.says("báo hộ Bình 3 máy", group).hears("Ghi hộ Bình: 3 máy")


async def test_it_answers_no_question_about_the_own_work(talk: Talk) -> None:
    """While the sender's own number is asked for, a colleague's is still the colleague's; the question stays."""
    an = await talk.person("An")
    await an.says("khoảng 5 máy").hears("chính xác")
    await an.says("ghi hộ Bình 3 máy").hears("Ghi hộ Bình: 3 máy")
    assert (talk.done_by("hv1"), talk.done_by("hv2")) == ({}, {"activated": 3})
    await an.says("4").hears("✅ 4 máy")
    assert (talk.done_by("hv1"), talk.done_by("hv2")) == ({"activated": 4}, {"activated": 3})


async def test_talk_that_is_edited_into_it(talk: Talk) -> None:
    """An edit that makes a report for a colleague is one, too."""
    an = await talk.person("An")
    said = an.says("chào bot")
    await said.hears("ví dụ")
    await an.edits(said, "ghi hộ Bình 3 máy").hears("Ghi hộ Bình: 3 máy")
    assert (talk.done_by("hv1"), talk.done_by("hv2")) == ({}, {"activated": 3})


async def test_several_of_that_name_are_chosen_by_number_or_name(tmp_path: Path, platform: str) -> None:
    """`1` after the list is the first of them, and never a phone of the sender's own."""
    more = "x1,Lê Văn Sơn,student,451,Đợt 1,MA-THEM-01\nx2,Phạm Hồng Sơn,student,451,Đợt 1,MA-THEM-02\n"
    async with talking(tmp_path, platform=platform, files={"roster.csv": ROSTER + more}) as talk:
        an = await talk.person("An")
        asked = await an.says("báo hộ Sơn 3 máy").hears("mấy người tên Sơn")
        assert asked.buttons == Words([["1. Lê Văn Sơn", "2. Phạm Hồng Sơn", "Thôi"]])
        await an.says("1").hears("Ghi hộ Lê Văn Sơn: 3 máy")
        await an.says("báo hộ Sơn 4 máy").hears("mấy người tên Sơn")
        await an.says("phạm hồng sơn").hears("Ghi hộ Phạm Hồng Sơn: 4 máy")
        await an.says("hủy").hears("Rút tin này chứ?")
        await an.says("không").hears("Giữ nguyên: 4 máy")
        await an.says("hủy").hears("Rút tin này chứ?")
        await an.says("hủy tin báo hộ Phạm Hồng Sơn").hears("Rút tin này chứ?")
        await an.says("vâng").hears("Đã rút tin báo hộ Phạm Hồng Sơn")
        assert (talk.done_by("hv1"), talk.done_by("x1")) == ({}, {"activated": 3})


async def test_an_edit_gives_it_to_another(talk: Talk) -> None:
    """What was reported for Bình is Cúc's after the edit, then the writer's own; each hears of it, nothing twice."""
    an, binh, cuc = [await talk.person(name) for name in ("An", "Bình", "Cúc")]
    said = an.says("báo hộ Bình xóm 4 được 3")
    await said.hears("Ghi hộ Bình")
    await an.edits(said, "báo hộ Cúc xóm 4 được 3").hears("Ghi hộ Cúc: Xóm 4: 3 máy", "không còn tính cho Bình")
    await binh.waits("An đã rút tin báo hộ em", "3 máy", "Hôm nay em 0 máy")
    told = await cuc.waits("An vừa báo hộ em", "Xóm 4: 3 máy", "Hôm nay em 3 máy, cả tổ 3")
    assert [talk.done_by(ref).get("activated", 0) for ref in ("hv1", "hv2", "hv3")] == [0, 0, 3]
    await an.edits(said, "báo hộ Cúc xóm 4 được 5").hears("Ghi hộ Cúc: Xóm 4: 5 máy")
    await an.edits(said, "xóm 4 được 2").hears("✅ Xóm 4: 2 máy", "Hôm nay em 2 máy, cả tổ 2", "không còn tính cho Cúc")
    await cuc.waits("An đã rút tin báo hộ em", "5 máy")
    assert [talk.done_by(ref).get("activated", 0) for ref in ("hv1", "hv2", "hv3")] == [2, 0, 0]
    await cuc.presses("Hoàn tác", told)
    own = await an.edits(said, "xóm 4 được 4").hears("Xóm 4: 4 máy (trước là 2)")
    await an.presses("Hoàn tác", own).hears("Xóm 4: 2 máy")
    assert [talk.done_by(ref).get("activated", 0) for ref in ("hv1", "hv2", "hv3")] == [2, 0, 0]


@pytest.mark.parametrize("text", ["báo hộ Tuấn xóm 4 được 3", "báo hộ Cúc khoảng 5 máy", "báo hộ bạn xóm 4 được 3"])
async def test_an_edit_that_is_not_clear_says_that_it_goes_on_counting(talk: Talk, text: str) -> None:
    """With the way to take it back at hand."""
    an, _ = await talk.person("An"), await talk.person("Bình")
    said = an.says("báo hộ Bình xóm 4 được 3")
    await said.hears("Ghi hộ Bình")
    heard = await an.edits(said, text).hears("chưa đổi theo tin sửa", "Xóm 4: 3 máy vẫn tính cho Bình")
    assert talk.done_by("hv2") == {"activated": 3}
    await an.presses("Hoàn tác", heard).hears("Đã rút tin báo hộ Bình")
    await an.edits(said, "báo hộ Cúc xóm 4 được 3").hears("đã rút nên không tính gì")
    assert [talk.done_by(ref).get("activated", 0) for ref in ("hv1", "hv2", "hv3")] == [0, 0, 0]


async def test_an_edit_into_talk_offers_to_take_it_back(talk: Talk) -> None:
    """As it does of an own report."""
    an, _ = await talk.person("An"), await talk.person("Bình")
    said = an.says("báo hộ Bình xóm 4 được 3")
    await said.hears("Ghi hộ Bình")
    asked = await an.edits(said, "mai gặp nhé").hears("đang tính cho Bình: Xóm 4: 3 máy", "Rút tin này chứ?")
    await an.presses("Rút", asked).hears("Đã rút tin báo hộ Bình")
    assert talk.done_by("hv2").get("activated", 0) == 0


async def test_whoever_was_chosen_stays_it_when_the_number_is_edited(talk: Talk) -> None:
    """The name that nobody has is the same in both."""
    an = await talk.person("An")
    said = an.says("báo hộ Tuấn xóm 4 được 3")
    question = await said.hears("không thấy Tuấn")
    await an.presses("Hộ Cúc", question).hears("Ghi hộ Cúc: Xóm 4: 3 máy")
    await an.edits(said, "báo hộ Tuấn xóm 4 được 4").hears("Ghi hộ Cúc: Xóm 4: 4 máy")
    assert talk.done_by("hv3") == {"activated": 4}


async def test_in_the_group_an_edit_gives_it_to_another(talk: Talk) -> None:
    """In words, since a sign would not say whose it is."""
    dung, an, _ = [await talk.person(name) for name in ("Dũng", "An", "Bình")]
    group = await talk.team_chat(dung, an)
    said = an.says("báo hộ Bình 3 máy", group)
    await said.hears("Ghi hộ Bình: 3 máy")
    await an.edits(said, "3 máy").hears("✅ 3 máy", "không còn tính cho Bình")
    assert [talk.done_by(ref).get("activated", 0) for ref in ("hv1", "hv2")] == [3, 0]


async def test_who_is_in_the_team_is_told_to_no_other_group(talk: Talk) -> None:
    """There it is only said that nothing was counted, and where to say it."""
    talk.needs("open groups")
    giang, an, em = [await talk.person(name) for name in ("Giang", "An", "Em")]
    group = talk.emulator.group("Tổ khác", [giang.user, an.user, em.user])
    await giang.says("/gannhom", group).hears("nhóm của tổ")
    heard = await an.says("báo hộ bạn 3 máy", group).hears("bot chưa ghi", "nhắn riêng cho bot")
    assert "Cúc" not in heard.text and not heard.buttons
    assert talk.done_by("hv1") == {}


async def test_a_colleagues_work_told_without_asking(talk: Talk) -> None:
    """`Bình ghé lại nhà dì Oanh, làm được 2 máy` is Bình's; what Bình says of it puts it right."""
    an = await talk.person("An")
    await an.says("Bình ghé lại nhà dì Oanh xóm 4 rồi, bạn ấy làm được 2 máy").hears("Ghi hộ", "2 máy")
    assert talk.done_by("hv1") == {} and talk.done_by("hv2") == {"activated": 2}
    await an.says("Bình bảo nhầm, được 3 thôi").hears("Ghi hộ", "3 máy")
    assert talk.done_by("hv1") == {} and talk.done_by("hv2") == {"activated": 3}
    await an.says("nhà ông Bình bảo nhầm, được 1 máy thôi")
    assert talk.done_by("hv2") == {"activated": 3}


async def test_a_neighbour_may_have_a_colleagues_name(talk: Talk) -> None:
    """`Bình cài được 2 máy` is not taken from the sender."""
    an = await talk.person("An")
    an.says("Bình cài được 2 máy xóm 4")
    await talk.settled()
    assert talk.done_by("hv2") == {}
