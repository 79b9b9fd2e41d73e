"""Joining with a code, and what strangers are told."""

from datetime import timedelta

from tests.talk import CODES, Talk


async def test_a_student_joins_and_is_told_what_to_do(talk: Talk) -> None:
    """The welcome says how to report; the menu of the chat shows the commands of the role."""
    an = talk.stranger("An")
    heard = await an.says("/start MA-CUA-AN").hears("Chào em An, tổ Xuân Thu", "nhà bà Lan xóm 4 được 3, vắng 1")
    assert "VNeID thử" in heard.text
    talk.needs("menus")
    await talk.settled()
    menu = talk.platform.menu(an.user)
    assert "homnay" in menu
    assert "start" not in menu
    assert "/start" not in (await an.says("/trogiup").hears("/homnay")).text
    assert "tong" not in menu


async def test_the_code_may_be_typed_in_small_letters(talk: Talk) -> None:
    """Phones change letters."""
    await talk.stranger("An").says("/start ma-cua-an").hears("Chào em An")


async def test_officers_are_comrades(talk: Talk) -> None:
    """The bot says em to students and đồng chí to others."""
    await talk.stranger("Khoa").says("/start MA-CUA-KHOA").hears("Chào đồng chí Khoa", "/tong")


async def test_strangers_learn_only_how_to_join(talk: Talk) -> None:
    """Whatever a stranger writes, the answer is the same, and no command works."""
    talk.needs("strangers")
    stranger = talk.stranger("Lạ")
    for text in ("hello", "xóm 4 được 3", "/tong", "/homnay", "/trogiup", "/khongco", "/start"):
        talk.clock.advance(timedelta(minutes=61))  # who writes more often hears it less often
        heard = await stranger.says(text).hears("/start kèm mã")
        assert "Xuân Thu" not in heard.text
    assert talk.done_by("hv1") == {}


async def test_strangers_in_a_group_get_nothing(talk: Talk) -> None:
    """In a team's chat a stranger's report does not count, and nothing is said."""
    talk.needs("open groups")
    dung = await talk.person("Dũng")
    group = await talk.team_chat(dung)
    stranger = talk.stranger("Lạ")
    stranger.user.joins(group)
    await stranger.says("xóm 4 được 3", group).hears_nothing()
    await stranger.says("/tong", group).hears_nothing()


async def test_a_code_in_a_group_is_not_taken(talk: Talk) -> None:
    """Nobody should show a code to the group."""
    talk.needs("open groups")
    dung = await talk.person("Dũng")
    group = await talk.team_chat(dung)
    stranger = talk.stranger("An")
    stranger.user.joins(group)
    await stranger.says(f"/start {CODES['An']}", group).hears("nhắn riêng cho bot")
    await stranger.says("xóm 4 được 3").hears("/start kèm mã")


async def test_five_wrong_codes_an_hour(talk: Talk) -> None:
    """From the sixth on nothing more is said of wrong ones for a while; the right one lets in at once."""
    talk.needs("strangers")
    an = talk.stranger("An")
    for n in range(5):
        await an.says(f"/start SAI-{n}").hears("không đúng")
    await an.says("/start SAI-6").hears("60 phút", "mã đúng thì vẫn vào được")
    await an.says("/start SAI-7").hears_nothing()
    await an.says("/start MA-CUA-AN").hears("Chào em An")


async def test_an_account_becomes_somebody_elses_only_after_a_yes(talk: Talk) -> None:
    """The question says who is in here; nothing changes until then, and both names keep what is theirs."""
    talk.needs("strangers")
    an = await talk.person("An")
    await an.says("xóm 4 được 3").hears("Hôm nay em 3 máy, cả tổ 3")
    asked = await an.says("/start MA-CUA-EM1").hears("Em đang là An", "vào với tên Em không?")
    await an.says("xóm 5 được 1").hears("Hôm nay em 4 máy, cả tổ 4")
    await an.presses("Thôi", asked).hears("Giữ nguyên: em vẫn là An")
    assert (talk.done_by("hv1"), talk.done_by("hv5")) == ({"activated": 4}, {})
    asked = await an.says("/start MA-CUA-EM1").hears("Em đang là An")
    talk.clock.advance(timedelta(seconds=5))
    await an.presses("Vào với tên Em", asked).hears("từ giờ là của Em, không còn là của An")
    await an.says("xóm 1 được 2").hears("2 máy", "Hôm nay em 2 máy, cả tổ 2")
    assert (talk.done_by("hv1"), talk.done_by("hv5")) == ({"activated": 4}, {"activated": 2})
    talk.clock.advance(timedelta(seconds=5))
    other = talk.stranger("An trên máy khác")
    await other.says("/start MA-CUA-AN").hears("đã vào", "An")
    await other.says("/homnay").hears("Xóm 4: 3 máy", "Hôm nay em 4 máy")


async def test_a_code_of_somebody_elses_that_is_in_use(talk: Talk) -> None:
    """After the yes its owner is asked; until then the account stays whose it is."""
    talk.needs("strangers")
    an, binh = await talk.person("An"), await talk.person("Bình")
    asked = await an.says("/start MA-CUA-BINH").hears("Em đang là An")
    waits = an.presses("Vào với tên Bình", asked)
    await waits.hears("vẫn là của An cho đến khi chủ mã đồng ý")
    await waits.hears("đang được dùng trên một tài khoản")
    await an.says("xóm 4 được 3").hears("Hôm nay em 3 máy")
    question = await binh.waits("vừa gửi mã của em")
    talk.clock.advance(timedelta(seconds=5))
    await binh.presses("Là em, chuyển sang", question).hears("Đã chuyển")
    await an.waits("Chào em Bình")
    await an.says("xóm 4 được 2").hears("Hôm nay em 2 máy, cả tổ 5")
    assert (talk.done_by("hv1"), talk.done_by("hv2")) == ({"activated": 3}, {"activated": 2})


async def test_a_yes_after_the_code_has_ended_lets_nobody_in(talk: Talk) -> None:
    """Its owner has another by then."""
    talk.needs("strangers")
    an, dung = await talk.person("An"), await talk.person("Dũng")
    asked = await an.says("/start MA-CUA-BINH").hears("Em đang là An")
    sure = await dung.says("/taoma hv2").hears("Bình")
    if "Tạo mã mới" in sure.buttons:
        await dung.presses("Tạo mã mới", sure).hears("Bình")
    await talk.settled()
    await an.presses("Vào với tên Bình", asked).hears("không đúng hoặc đã khóa")
    await an.says("xóm 4 được 3").hears("3 máy")
    assert talk.done_by("hv1") == {"activated": 3}


async def test_joining_again_is_a_greeting(talk: Talk) -> None:
    """The link pressed twice does no harm."""
    an = await talk.person("An")
    await an.says("/start MA-CUA-AN").hears("đã ở trong VNeID thử rồi")
    await an.says("/start").hears("Trợ giúp: /trogiup")


async def test_help_is_of_the_role(talk: Talk) -> None:
    """A student sees no officer's command, an officer no student's."""
    an = await talk.person("An")
    heard = await an.says("/trogiup").hears("/homnay", "Xóa tin trong khung chat không xóa số đã ghi")
    assert "/tong" not in heard.text
    ha = await talk.person("Hà")
    heard = await ha.says("/help").hears("/tong", "/xa")
    assert "/homnay" not in heard.text


async def test_commands_are_understood_as_typed(talk: Talk) -> None:
    """With marks and capitals they work; a slip is offered, never run; other bots' are ignored."""
    an, khoa = await talk.person("An"), await talk.person("Khoa")
    await khoa.says("/Tổng").hears("Đã xong")
    await khoa.says("/xa xuan thu").hears("Xã Xuân Thu")
    await an.says("/homany").hears("Có phải /homnay không?")
    await an.says("/tong").hears("không dành cho vai của em")
    talk.needs("plain groups")
    dung = await talk.person("Dũng")
    group = await talk.team_chat(dung, an)
    await an.says("/thoitiet", group).hears_nothing()
    talk.needs("other bots")
    await an.says("/homnay@bot_khac", group).hears_nothing()


async def test_blocking_and_coming_back(talk: Talk) -> None:
    """Whoever blocked the bot is reached again after unblocking it."""
    talk.needs("presence")
    an = await talk.person("An")
    an.user.blocks()
    await talk.settled()
    an.user.unblocks()
    await an.says("xóm 4 được 3").hears("✅ Xóm 4: 3 máy")


async def test_a_code_alone_is_taken(talk: Talk) -> None:
    """Typed without /start; a right one after five wrong ones, too."""
    an = talk.stranger("An")
    for n in range(5):
        await an.says(f"MA-SAI-{n}{n}").hears("không đúng")
    await an.says("ma-cua-an").hears("Chào em An")


async def test_a_code_may_be_put_right_by_editing(talk: Talk) -> None:
    """The message with the wrong code is edited, with /start or without; an edit of other words is no question."""
    talk.needs("strangers")
    an, binh = talk.stranger("An"), talk.stranger("Bình")
    said = an.says("/start MA-CUA-AM")
    await said.hears("không đúng")
    await an.edits(said, "/start MA-CUA-AN").hears("Chào em An")
    said = binh.says("MA-CUA-BIN")
    await said.hears("không đúng")
    await binh.edits(said, "em là Bình").hears_nothing()
    await binh.edits(said, "MA-CUA-BINH").hears("Chào em Bình")


async def test_menus_are_of_the_role(talk: Talk) -> None:
    """Each chat's menu has the commands of its person, described in a few words."""
    talk.needs("menus")
    menus = {}
    for name in ("An", "Dũng", "Hà", "Linh"):
        person = await talk.person(name)
        await talk.settled()
        menus[name] = talk.platform.menu(person.user)
    assert "homnay" in menus["An"] and not {"to", "tong", "gannhom"} & menus["An"]
    assert {"homnay", "to", "gannhom", "tong"} <= set(menus["Dũng"])
    assert {"to", "tong", "xa"} <= set(menus["Hà"]) and not {"homnay", "gannhom"} & menus["Hà"]
    assert {"gannhom", "tong"} <= set(menus["Linh"]) and "homnay" not in menus["Linh"]


async def test_a_group_is_bound_by_a_lead_or_an_admin(talk: Talk) -> None:
    """Nobody else; in a private chat the bot says where it is done."""
    talk.needs("open groups")
    dung, an, linh = await talk.person("Dũng"), await talk.person("An"), await talk.person("Linh")
    stranger = talk.stranger("Lạ")
    group = talk.emulator.group("Tổ", [dung.user, an.user, linh.user, stranger.user])
    await talk.settled()  # the bot greets the group
    await stranger.says("/gannhom", group).hears_nothing()
    await an.says("/gannhom", group).hears("không dành cho vai của em")
    await dung.says("/gannhom").hears("trong nhóm của tổ")
    asked = await linh.says("/gannhom", group).hears("Nhóm này của xã nào?")
    assert "quotes" in talk.platform.lacks or asked.reply_to is not None
    await linh.says("/gannhom xuan thu", group).hears("nhóm của tổ Xuân Thu")
    await linh.says("/gannhom Phú Minh", group).hears("Nhóm này của xã nào?")
    await dung.says("/gannhom", group).hears("nhóm của tổ Xuân Thu")


async def test_the_sign_of_a_command_is_not_needed(talk: Talk) -> None:
    """Where no menu offers commands: `start` with the code, `trợ giúp`, `menu`, `hôm nay`."""
    talk.needs("strangers")
    an = talk.stranger("An")
    await an.says(f"start {CODES['An']}").hears("đã vào", "An")
    for text in ("trợ giúp", "Menu", "help"):
        await an.says(text).hears("/homnay –")
    await an.says("hôm nay").hears("chưa có báo cáo nào")
    await an.says("/hom nay").hears("Có phải /homnay không?")
