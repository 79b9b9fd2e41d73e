"""Questions in words, by officers, leads and students; and beside a report."""

import pytest

from tests.talk import Talk


async def _worked(talk: Talk) -> None:
    an, em = await talk.person("An"), await talk.person("Em")
    await an.says("xóm 4 được 7").hears("7 máy")
    await em.says("được 2").hears("2 máy")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Xuân Thu hôm nay được bao nhiêu?", ("📊 Xuân Thu · hôm nay (20/05)", "7 máy")),
        ("xuan thu duoc may may roi", ("📊 Xuân Thu · đến nay", "3.107")),
        ("xuan thi hom nay duoc bao nhieu", ("📊 Xuân Thu · hôm nay", "7 máy")),
        ("Minh Phú hôm nay thế nào?", ("📊 Minh Phú · hôm nay", "2 máy")),
        ("Phú Minh hôm nay được bao nhiêu", ("📊 Phú Minh · hôm nay", "0 máy")),
        ("toàn huyện hôm nay được bao nhiêu?", ("VNeID thử", "9 máy")),
        ("hôm qua cả huyện được bao nhiêu", ("19/05",)),
        ("xã nào chậm nhất?", ("thấp nhất · theo xã", "1. Phú Minh: 21,9%")),
        ("hôm nay xã nào nhiều nhất", ("cao nhất · theo xã · hôm nay", "1. Xuân Thu: 7")),
        ("xã nào dẫn đầu?", ("cao nhất · theo xã", "1. Xuân Thu: 33,6%")),
    ],
)
async def test_an_officer_asks(talk: Talk, text: str, parts: tuple[str, ...]) -> None:
    """Communes by name in any spelling, all of them, or who is behind: as the commands say it."""
    await _worked(talk)
    khoa = await talk.person("Khoa")
    await khoa.says(text).hears(*parts)


async def test_an_officer_of_one_commune(talk: Talk) -> None:
    """Only the own communes are told of."""
    await _worked(talk)
    ha = await talk.person("Hà")
    await ha.says("Xuân Thu được bao nhiêu?").hears("📊 Xuân Thu")
    refused = await ha.says("Minh Phú được bao nhiêu?").hears("Xã Minh Phú ngoài phạm vi của đồng chí")
    assert "3.002" not in refused.text
    await ha.says("xã nào chậm nhất?").hears("chỉ phụ trách một xã")


async def test_a_student_asks(talk: Talk) -> None:
    """Where the sender and the team stand; nothing about other communes."""
    await _worked(talk)
    an = await talk.person("An")
    for text in ("em được mấy máy rồi?", "e dc bao nhieu r", "cả tổ được bao nhiêu rồi ạ?"):
        heard = await an.says(text).hears("Hôm nay em 7 máy, cả tổ 7")
    await an.presses("Xem từng tin", heard).hears("Xóm 4: 7 máy")
    refused = await an.says("Minh Phú được bao nhiêu?").hears("Xã Minh Phú ngoài phạm vi của em")
    assert "3.002" not in refused.text
    assert talk.done_by("hv1") == {"activated": 7}


async def test_a_question_that_the_bot_cannot_answer(talk: Talk) -> None:
    """It says so each time, and who may know; numbers are no answer to `how`."""
    dung, an = await talk.person("Dũng"), await talk.person("An")
    await an.says("mai đi làm mấy giờ thì dậy?").hears("không trả lời được", "hỏi tổ trưởng Dũng")
    await an.says("đường sang đình đi lối nào?").hears("không trả lời được")
    await dung.says("làm sao để báo cáo").hears("ai chưa báo: /to", "hỏi được, ví dụ")
    assert talk.done_by("hv1") == {}


async def test_officers_are_told_where_to_look(talk: Talk) -> None:
    """Who has not reported, a name alone, figures: each has its answer; `ok` is no report."""
    khoa = await talk.person("Khoa")
    await khoa.says("ai chưa báo cáo?").hears("chưa có báo cáo · theo học viên", "Xuân Thu (4/4): An, Bình, Cúc, Dũng")
    await khoa.says("minh phú hôm nay sao rồi").hears("📊 Minh Phú · hôm nay")
    await khoa.says("Xuân Thu").hears("📊 Xuân Thu · đến nay")
    await khoa.says("cho tôi số liệu hôm nay").hears("📊 VNeID thử · hôm nay")
    await khoa.says("đội nào làm tốt nhất").hears("cao nhất")
    await khoa.says("ok").hears("Bot chỉ trả lời về số liệu")


async def test_a_student_asks_about_other_days(talk: Talk) -> None:
    """Yesterday, a date, the phase: those days, with what else was done."""
    an, em = await talk.person("An"), await talk.person("Em")
    await an.says("hôm qua quên báo 5 máy, vắng 1").hears("5 máy")
    await an.says("xóm 4 được 2").hears("2 máy")
    await em.says("được 1").hears("1 máy")
    await an.says("hôm qua em được bao nhiêu?").hears("📊 Em · hôm qua (19/05)", "Em 5 máy, 1 nhà vắng, cả tổ 5 máy")
    await an.says("cả đợt em được mấy máy rồi?").hears("📊 Em · Đợt 1", "Em 7 máy, 1 nhà vắng")
    await em.says("ngày 19/5 e được bao nhiêu máy").hears("📊 Em · hôm qua (19/05)", "Em chưa có số nào")


async def test_a_lead_asks(talk: Talk) -> None:
    """A lead reports and asks: of the commune as an officer, of the own day as a student."""
    await _worked(talk)
    dung = await talk.person("Dũng")
    await dung.says("xã Xuân Thu được bao nhiêu rồi?").hears("📊 Xuân Thu")
    await dung.says("em được mấy máy rồi?").hears("chưa có số nào, cả tổ 7")


async def test_a_question_beside_a_report(talk: Talk) -> None:
    """Both are answered: the report with where it leaves the day, and what the bot cannot know with whom to ask."""
    await talk.person("Dũng")
    an = await talk.person("An")
    await an.says("nhà bà Lan được 3. Mai mấy giờ tập trung ạ?").hears("3 máy", "hỏi tổ trưởng Dũng")
    heard = await an.says("nhà ông Tư được 2, tổng của em là bao nhiêu rồi ạ?").hears("máy")
    assert "hỏi tổ trưởng" not in heard.text


async def test_talk_in_a_group_is_nobodys_question(talk: Talk) -> None:
    """What people ask each other there is not answered; asked with a mention it is."""
    talk.needs("plain groups")
    await _worked(talk)
    dung, an = await talk.person("Dũng"), await talk.person("An")
    group = await talk.team_chat(dung, an)
    await an.says("ông được mấy máy rồi?", group).hears_nothing()


@pytest.mark.parametrize("name", ["Hà", "Khoa", "Linh", "Dũng"])
async def test_what_officers_say_alone_is_answered(talk: Talk, name: str) -> None:
    """`tổng` is the command without its sign; a label with nothing behind it is no small talk: each time."""
    person = await talk.person(name)
    await person.says("chào bot").hears("Đồng chí")  # the hint, which small talk gets once in ten minutes
    for _ in range(2):
        await person.says("tổng").hears("📊", "Đã xong")
        await person.says("Hoàn tác").hears("Giờ không có gì để “Hoàn tác”", "/homnay" if name == "Dũng" else "/tong")
    await person.says("cảm ơn").hears_nothing()


async def test_a_student_is_answered_to_a_label_too(talk: Talk) -> None:
    """And `tổng` stays no command of theirs."""
    an = await talk.person("An")
    await an.says("chào bot").hears("ví dụ")
    await an.says("Hoàn tác").hears("Giờ không có gì để “Hoàn tác”", "/homnay")
    await an.says("tổng").hears_nothing()


@pytest.mark.parametrize(
    "text",
    [
        "Minh hôm nay mấy máy",
        "Bình hôm nay mấy máy",
        "bình hnay mấy máy rồi",
        "hôm nay Minh mấy máy",
        "hôm qua Minh được mấy máy",
        "Minh được mấy máy rồi",
        "bạn Minh hôm nay được bao nhiêu?",
        "Bình mấy máy",
    ],
)
async def test_a_student_asks_about_a_comrade(talk: Talk, text: str) -> None:
    """It is no report whose number is open: a student is told nobody else's numbers, and whom to ask."""
    an, binh = await talk.person("An"), await talk.person("Bình")
    await binh.says("xóm 4 được 7").hears("7 máy")
    heard = await an.says(text).hears("em chỉ xem được số của em và tổng của tổ", "Em hỏi tổ trưởng Dũng")
    assert "7 máy" not in heard.text
    assert talk.look(lambda tx: tx.all("SELECT id FROM drafts")) == []
    await an.says("3").hears("3 máy")
    assert (talk.done_by("hv1"), talk.done_by("hv2")) == ({"activated": 3}, {"activated": 7})


async def test_a_lead_asks_about_a_student(talk: Talk) -> None:
    """The student's day is told; of others it is nothing."""
    dung, binh = await talk.person("Dũng"), await talk.person("Bình")
    await binh.says("xóm 4 được 7").hears("7 máy")
    await dung.says("Bình hôm nay mấy máy").hears("📊 Bình · hôm nay (20/05)", "7 máy")
    await dung.says("hôm qua Bình được mấy máy rồi").hears("📊 Bình · hôm qua (19/05)", "0 máy")
    await dung.says("Minh hôm nay mấy máy").hears("Câu này bot không trả lời được")


@pytest.mark.parametrize("text", ["hôm nay em được mấy máy rồi", "An được mấy máy rồi"])
async def test_ones_own_numbers_are_still_told(talk: Talk, text: str) -> None:
    """By one's own name, too."""
    an = await talk.person("An")
    await an.says("xóm 4 được 7").hears("7 máy")
    await an.says(text).hears("📊", "7 máy, cả tổ 7 máy")


@pytest.mark.parametrize("text", ["nhà bà Lan mấy máy", "Xóm 4 được mấy máy", "Nhà Tám khoảng mấy máy"])
async def test_a_home_or_a_hamlet_is_no_comrade(talk: Talk, text: str) -> None:
    """What it says is what it said before."""
    an = await talk.person("An")
    heard = await an.says(text).hears("")
    assert "không trả lời được" not in heard.text


async def test_in_the_team_chat_it_is_talk(talk: Talk) -> None:
    """Colleagues ask each other; nothing is opened."""
    dung, an, _ = [await talk.person(name) for name in ("Dũng", "An", "Bình")]
    talk.needs("plain groups")
    group = await talk.team_chat(dung, an)
    await an.says("Bình hôm nay mấy máy", group).hears_nothing()
    assert talk.look(lambda tx: tx.all("SELECT id FROM drafts")) == []


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("toi nay bn nha vang", "0 nhà vắng"),
        ("xom 4 vang bn nha tat ca r", "0 nhà vắng"),
        ("hnay loi cai k dc may ca", "0 máy chưa cài được"),
        ("hnay to dc 60 chua", "7 máy"),
        ("tổ được 60 máy chưa bot", "7 máy"),
        ("chia theo xóm đi bot", "Xóm 4: 7"),
        ("lam 1 may dc tra bnhieu tien v bot", "không trả lời được"),
        ("tổ còn mấy nhà hẹn chưa quay lại", "0 nhà hẹn lại"),
        ("số máy lỗi của tổ từ đầu đợt", "0 máy chưa cài được"),
    ],
)
async def test_what_a_lead_asks_is_never_stored(talk: Talk, text: str, part: str) -> None:
    """How many of something, or whether there are so many, is a question; nothing is recorded or opened."""
    an, dung = await talk.person("An"), await talk.person("Dũng")
    await an.says("xóm 4 được 7").hears("7 máy")
    heard = await dung.says(text).hears(part)
    assert "✅" not in heard.text
    assert talk.done_by("tt1") == {}
    assert talk.look(lambda tx: tx.all("SELECT id FROM drafts")) == []


@pytest.mark.parametrize("name", ["An", "Dũng", "Khoa"])
async def test_how_to_reach_people_is_not_known(talk: Talk, name: str) -> None:
    """Whoever asks is told why; a report of a home without a phone is no such question."""
    person = await talk.person(name)
    for text in ("sđt của Bình là gì vậy bot", "cho xin số điện thoại của Bình"):
        await person.says(text).hears("Bot không giữ số điện thoại", "không cho được")
    if name == "An":
        await person.says("sdt bạn Bình là bao nhiêu").hears("hỏi tổ trưởng Dũng")
        heard = await person.says("nhà bà Lan không có số điện thoại").hears("")
        assert "không giữ" not in heard.text


async def test_whether_a_report_was_taken(talk: Talk) -> None:
    """It is looked up, and not recorded again."""
    an = await talk.person("An")
    await an.says("lúc nãy em báo xóm 4 3 máy bot ghi chưa").hears("Bot chưa ghi tin nào 3 máy", "Hôm nay em 0 máy")
    await an.says("xóm 4 được 3").hears("3 máy")
    await an.says("xóm 5 được 2").hears("2 máy")
    await an.says("lúc nãy em báo xóm 4 3 máy bot ghi chưa").hears("Bot ghi rồi, 3 máy", "Hôm nay em 5 máy")
    assert talk.done_by("hv1") == {"activated": 5}


async def test_homes_that_are_to_be_visited_again_are_counted(talk: Talk) -> None:
    """Beside the appointments that stand."""
    an = await talk.person("An")
    await an.says("xóm 4 được 3, hẹn lại 2 nhà").hears("3 máy")
    await an.says("em hẹn lại mấy nhà rồi ấy nhỉ").hears("2 nhà hẹn lại")
    assert talk.done_by("hv1") == {"activated": 3, "revisit": 2}


async def test_a_report_of_a_home_asks_for_no_weekday(talk: Talk) -> None:
    """`Thu 3 may` are her three phones."""
    an = await talk.person("An")
    await an.says("nha co Thu 3 may 1 co r").hears("✅ Nha co Thu: 3 máy, 1 người đã có tài khoản")
    await an.says("xom 4 nha chi Minh Thu 5 may xong").hears("✅ Nha chi Minh Thu, xóm 4: 5 máy")
    await an.says("thứ 5 em được mấy máy nha").hears("📊 Em · hôm kia (18/05)")
    await an.says("thu 5 em duoc may may nha").hears("📊 Em · hôm kia (18/05)")
    assert talk.done_by("hv1") == {"activated": 8, "already": 1}


async def test_another_teams_commune_is_refused_by_name(talk: Talk) -> None:
    """Whatever else is in the question that nobody knows here."""
    dung = await talk.person("Dũng")
    await dung.says("tổ Minh Phú của Zung hnay được mấy máy").hears("Xã Minh Phú ngoài phạm vi")


@pytest.mark.parametrize("text", ["xom 5 dc mot chuc may nha", "nhà cô Tâm một máy nhà chú Tuyên một máy"])
async def test_numbers_in_words_are_reported(talk: Talk, text: str) -> None:
    """`máy nhà` is no `mấy nhà`."""
    an = await talk.person("An")
    heard = await an.says(text).hears("máy")
    assert "không trả lời được" not in heard.text
    assert talk.done_by("hv1") in ({"activated": 10}, {"activated": 2})


@pytest.mark.parametrize(
    ("text", "done"),
    [
        ("xóm 4 và 5 máy", {"activated": 5}),
        ("xóm 4, 5 máy", {"activated": 5}),
        ("xóm 4, 5", {"activated": 5}),
        ("làm hộ bà Lan 3 máy", {"activated": 3}),
        ("chị Lan đây được 3 máy", {"activated": 3}),
        ("nhà bà Lan thành công 3 máy", {"activated": 3}),
        ("xóm 4 vắng 2 nhà phải quay lại", {"absent": 2}),
        ("xóm 5 tổng 3", {"activated": 3}),
    ],
)
async def test_what_only_looks_like_a_question_is_reported(talk: Talk, text: str, done: dict[str, int]) -> None:
    """Two numbers, whom it was done for, who it is of, and what is to be done again are no questions."""
    an = await talk.person("An")
    heard = await an.says(text).hears("")
    assert "📊" not in heard.text
    assert talk.done_by("hv1") == done


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("xóm 4, 5 được bao nhiêu", "7 máy"),
        ("xom 4 hay 5 duoc nhieu hon", "hơn"),
        ("hnay cả tổ cần 60 máy đúng k, thiếu mấy", "đủ 60 máy"),
        ("hôm nay em đi mấy nhà thành công, mấy nhà không", "📊"),
        ("xóm 4 còn mấy nhà phải quay lại", "0 nhà hẹn lại"),
        ("xóm 4 tổng", "7 máy"),
    ],
)
async def test_what_only_looks_like_a_report_is_answered(talk: Talk, text: str, part: str) -> None:
    """Hamlets with one word for both, what has to be, and how homes turned out: nothing is recorded."""
    an, dung = await talk.person("An"), await talk.person("Dũng")
    await an.says("xóm 4 được 7").hears("7 máy")
    await an.says("xóm 5 được 2").hears("2 máy")
    heard = await dung.says(text).hears(part)
    assert "✅" not in heard.text
    assert talk.done_by("tt1") == {}
    assert talk.look(lambda tx: tx.all("SELECT id FROM drafts")) == []
