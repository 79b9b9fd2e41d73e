"""Reports as people write them, in private and in the team's chat."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.talk import ZONE, Talk, talking


async def test_several_hamlets_in_one_message(talk: Talk) -> None:
    """Each gets its line; one that is not on the list counts under the spelling given."""
    an = await talk.person("An")
    await an.says("xóm 4 được 2, thôn Đoài 3 vắng 1").hears("✅ Xóm 4: 2 máy\nThôn Đoài: 3 máy, 1 nhà vắng")
    await an.says("XOM 4 duoc 1").hears("✅ Xóm 4: 1 máy", "em 6 máy")


async def test_every_outcome_is_said_back(talk: Talk) -> None:
    """In PRODUCT.md's words."""
    an = await talk.person("An")
    await an.says("được 2, 1 có rồi, vắng 3, từ chối 1, 1 không có điện thoại, 1 chưa có căn cước, 1 lỗi").hears(
        "2 máy, 1 người đã có tài khoản, 3 nhà vắng, 1 người chưa đồng ý, 1 người không có điện thoại thông minh, "
        "1 người chưa có căn cước, 1 máy chưa cài được"
    )


async def test_after_midnight_the_day_is_named(tmp_path: Path) -> None:
    """Half past midnight still belongs to the evening before, and the answer says so."""
    async with talking(tmp_path, start=datetime(2023, 5, 20, 23, 50, tzinfo=ZONE)) as talk:
        an = await talk.person("An")
        await an.says("xóm 4 được 3").hears("Hôm nay em 3 máy")
        talk.clock.advance(timedelta(minutes=20))
        await an.says("xóm 4 được 2").hears("Ngày 20/05 em 5 máy, cả tổ 5")


async def test_a_message_counts_for_when_it_was_sent(talk: Talk) -> None:
    """Arriving late, it belongs to the day on which it was sent."""
    an = await talk.person("An")
    yesterday = datetime(2023, 5, 19, 21, 0, tzinfo=ZONE)
    await an.says("xóm 4 được 3", at=yesterday).hears("✅ Xóm 4: 3 máy")
    await an.says("/homnay").hears("chưa có báo cáo nào")
    assert talk.done_by("hv1") == {"activated": 3}


async def test_a_report_in_the_team_chat_gets_a_sign(talk: Talk) -> None:
    """No answer in the group, only a reaction; an edit gets another one."""
    talk.needs("reactions")
    dung, an = await talk.person("Dũng"), await talk.person("An")
    group = await talk.team_chat(dung, an)
    said = an.says("xóm 4 được 3", group)
    await said.sees("👍")
    await said.hears_nothing()
    edited = an.edits(said, "xóm 4 được 4")
    await edited.sees("✍")
    assert edited.shown.text == "xóm 4 được 4"
    assert talk.done_by("hv1") == {"activated": 4}


async def test_talk_in_the_team_chat_gets_nothing(talk: Talk) -> None:
    """Neither greetings nor a lone xong or ok."""
    talk.needs("plain groups")
    dung, an = await talk.person("Dũng"), await talk.person("An")
    group = await talk.team_chat(dung, an)
    for text in ("trưa nay ăn gì", "ok", "xong", "ok anh", "👍"):
        await an.says(text, group).hears_nothing()


async def test_an_unclear_number_in_the_team_chat_is_asked(talk: Talk) -> None:
    """As a reply to that message; a plain number settles it."""
    talk.needs("quotes")
    dung, an = await talk.person("Dũng"), await talk.person("An")
    group = await talk.team_chat(dung, an)
    said = an.says("xóm 4 tầm 5 máy", group)
    asked = await said.hears("số chính xác")
    assert asked.reply_to is not None and asked.reply_to.id == said.shown.id
    await an.says("6", group).hears("✅ Xóm 4: 6 máy")


async def test_with_privacy_mode_commands_mentions_and_replies_reach_the_bot(tmp_path: Path) -> None:
    """Where the platform hides plain text, /bc works, and so does a mention or a reply."""
    async with talking(tmp_path, privacy=True) as talk:
        dung, an = await talk.person("Dũng"), await talk.person("An")
        group = await talk.team_chat(dung, an)
        await an.says("xóm 4 được 3", group).hears_nothing()
        await an.says("/bc xóm 4 được 3", group).sees("👍")
        await an.says("@bacung_bot xóm 5 được 2", group).sees("👍")
        answer = next(one for one in group.messages if one.from_bot)
        await an.says("xóm 5 được 1", group, reply_to=answer).sees("👍")
        assert talk.done_by("hv1") == {"activated": 6}


async def test_an_edited_command_is_a_correction(talk: Talk) -> None:
    """/bc edited corrects what it reported."""
    an = await talk.person("An")
    said = an.says("/bc xóm 4 được 3")
    await said.hears("3 máy")
    await an.edits(said, "/bc xóm 4 được 5").hears("✏️ Xóm 4: 5 máy")
    assert talk.done_by("hv1") == {"activated": 5}


async def test_captions_are_read_and_pictures_without_words_answered(talk: Talk) -> None:
    """A photo's caption is a message; without one the bot asks for words."""
    talk.needs("pictures")
    an = await talk.person("An")
    an.user.sends_photo("xóm 4 được 3", at=talk.clock.now())
    await talk.settled()
    assert an.private.messages[-1].text.startswith("✅ Xóm 4: 3 máy")
    if talk.platform.name == "zalo":  # which tells nobody that it is the next picture of several
        an.user.sends_photo("", at=talk.clock.now())
        await talk.settled()
        assert an.private.messages[-2].text.startswith("✅ Xóm 4: 3 máy")
    talk.clock.advance(timedelta(minutes=1))
    an.user.sends_photo("", at=talk.clock.now())
    await talk.settled()
    assert "chỉ đọc được chữ" in an.private.messages[-1].text


@pytest.mark.on("telegram")
@pytest.mark.parametrize("captions", [("", "", ""), ("xóm 4 được 3", "", ""), ("", "xóm 4 được 3", "")])
async def test_an_album_is_answered_once(talk: Talk, captions: tuple[str, ...]) -> None:
    """Its pictures without words are asked about once at most, and what is said to its caption stands there instead."""
    an = await talk.person("An")
    await talk.settled()
    before = len(an.private.from_bot)
    for n, caption in enumerate(captions):
        photo = [{"file_id": f"p{n}", "file_unique_id": f"p{n}", "width": 8, "height": 8}]
        an.user.sends(caption, at=talk.clock.now(), content={"photo": photo, "media_group_id": "77"})
    await talk.settled()
    (said,) = an.private.from_bot[before:]
    assert ("✅ Xóm 4: 3 máy" if any(captions) else "chỉ đọc được chữ") in said.text
    assert talk.done_by("hv1") == ({"activated": 3} if any(captions) else {})


@pytest.mark.on("telegram")
async def test_each_caption_of_an_album_is_answered(talk: Talk) -> None:
    """The first stands where the picture without words was asked about; the second has an answer of its own."""
    an = await talk.person("An")
    await talk.settled()
    before = len(an.private.from_bot)
    for n, caption in enumerate(("", "xóm 4 được 3", "xóm 5 được 2")):
        photo = [{"file_id": f"p{n}", "file_unique_id": f"p{n}", "width": 8, "height": 8}]
        an.user.sends(caption, at=talk.clock.now(), content={"photo": photo, "media_group_id": "78"})
        await talk.settled()
    first, second = an.private.from_bot[before:]
    assert "✅ Xóm 4: 3 máy" in first.text
    assert "✅ Xóm 5: 2 máy" in second.text
    assert talk.done_by("hv1") == {"activated": 5}


@pytest.mark.on("telegram")
@pytest.mark.parametrize(
    "content",
    [
        {"message_auto_delete_timer_changed": {"message_auto_delete_time": 86400}},
        {"chat_background_set": {}},
        {"write_access_allowed": {}},
        {"users_shared": {"request_id": 1, "users": []}},
        {"gift": {}},
        {"forum_topic_edited": {}},
        {"pinned_message": {}},
    ],
    ids=lambda content: next(iter(content)),
)
async def test_what_nobody_wrote_is_let_pass(talk: Talk, content: dict[str, object]) -> None:
    """Whatever Telegram tells of a chat."""
    an = await talk.person("An")
    await talk.settled()
    before = len(an.private.from_bot)
    an.user.sends("", at=talk.clock.now(), content=content)
    await talk.settled()
    assert len(an.private.from_bot) == before


@pytest.mark.on("telegram")
@pytest.mark.parametrize("content", [{"something_of_next_year": {}}, {}], ids=["new", "nothing"])
async def test_what_is_new_and_has_no_words_is_answered(talk: Talk, content: dict[str, object]) -> None:
    """Whatever a person sends in a private chat; in a group it may tell of the group."""
    an, dung = await talk.person("An"), await talk.person("Dũng")
    group = await talk.team_chat(dung, an)
    await talk.settled()
    an.user.sends("", at=talk.clock.now(), content=content)
    await talk.settled()
    assert "chỉ đọc được chữ" in an.private.messages[-1].text
    before = len(group.from_bot)
    an.user.sends("", group, at=talk.clock.now(), content=content)
    await talk.settled()
    assert len(group.from_bot) == before


async def test_a_voice_right_after_a_report_is_answered(talk: Talk) -> None:
    """It is no picture that belongs to the words."""
    talk.needs("pictures")
    an = await talk.person("An")
    await an.says("xóm 4 được 3").hears("✅ Xóm 4: 3 máy")
    if talk.platform.name == "zalo":
        an.user.sends_voice(at=talk.clock.now())
    else:
        an.user.sends(
            "", at=talk.clock.now(), content={"voice": {"file_id": "v", "file_unique_id": "v", "duration": 2}}
        )
    await talk.settled()
    assert "chỉ đọc được chữ" in an.private.messages[-1].text


@pytest.mark.on("telegram")
async def test_a_sticker_to_others_is_let_pass(talk: Talk) -> None:
    """In reply to a person, or to another bot of the group."""
    an, dung = await talk.person("An"), await talk.person("Dũng")
    group = await talk.team_chat(dung, an)
    said = dung.says("mai họp nhé", group)
    await talk.settled()
    before = len(group.from_bot)
    sticker = {"sticker": {"file_id": "s", "file_unique_id": "s", "type": "regular", "width": 1, "height": 1}}
    an.user.sends("", group, at=talk.clock.now(), reply_to=said.shown, content=sticker)
    other = {"id": 4711, "is_bot": True, "first_name": "Khác", "username": "bot_khac"}
    replied = {"message_id": 5, "date": 1_684_600_000, "chat": {"id": group.id, "type": "group"}, "from": other}
    an.user.sends("", group, at=talk.clock.now(), content={**sticker, "reply_to_message": replied})
    await talk.settled()
    assert len(group.from_bot) == before


async def test_small_talk_gets_a_hint_once_in_ten_minutes(talk: Talk) -> None:
    """The first greeting gets an example, the second nothing, a later one an example again."""
    an = await talk.person("An")
    await an.says("chào bot").hears("ví dụ: nhà bà Lan xóm 4 được 3, vắng 1")
    await an.says("hi").hears_nothing()
    talk.clock.advance(timedelta(minutes=11))
    await an.says("alo").hears("ví dụ")


async def test_small_talk_after_work_hears_where_the_day_stands(talk: Talk) -> None:
    """No example for whoever knows how it is done; thanks and goodbyes as well, once in ten minutes."""
    an = await talk.person("An")
    await an.says("xóm 4 được 3").hears("3 máy")
    await an.says("trời mưa to quá").hears("Bot vẫn nghe em. Hôm nay em 3 máy")
    await an.says("muỗi ghê").hears_nothing()
    talk.clock.advance(timedelta(minutes=11))
    await an.says("em cảm ơn bot, em về nghỉ đây ạ").hears("Cảm ơn em. Hôm nay em 3 máy")


async def test_private_numbers_are_not_kept(talk: Talk) -> None:
    """The sender is told, the count is right, and the database file holds no such number."""
    an = await talk.person("An")
    heard = await an.says("cụ Tám xóm 4 cccd 001303000000, 1 máy").hears("✅ Cụ Tám, xóm 4: 1 máy")
    assert "🔒 Em không cần gửi số căn cước của dân; bot không lưu số này." in heard.text
    await talk.settled()
    if any("001303000000" in one.text for one in an.private.messages):  # it is neither removed nor masked there
        assert "deletions" in talk.platform.lacks
        await an.waits("xóa giúp", "căn cước")
    if "deletions" in talk.platform.lacks:
        assert len(an.private.from_bot) == 2, "the request stands in the answer, which is one message"
    await an.says("bà Lan 0912 345 678 xong").hears("số điện thoại")
    await talk.stop()
    for file in talk.folder.glob("bacung.db*"):
        content = file.read_bytes()
        assert b"001303000000" not in content
        assert b"0912 345 678" not in content


async def test_hostile_texts_harm_nothing(talk: Talk) -> None:
    """Markup, bidi marks, zero-width characters and very long messages are answered like others."""
    an = await talk.person("An")
    await an.says("<b>xóm 4</b> được 2 & _3_").hears("Em muốn ghi thế nào?")
    await an.says("xóm\u200b 4 \u202eđược 2").hears("Xóm 4: 2 máy")
    await an.says("thôn <script>alert(1)</script> được 1").hears("em")
    await an.says("9" * 4096)
    await an.says("a " * 2048)
    await an.says("xóm 5 được 1").hears("Xóm 5: 1 máy")
    failures = talk.look(lambda tx: tx.all("SELECT error FROM failures"))
    assert [row["error"] for row in failures] == []


async def test_officers_do_not_report(talk: Talk) -> None:
    """An officer's free text counts nothing and is told where the totals are."""
    ha = await talk.person("Hà")
    await ha.says("xóm 4 được 3").hears("/tong")


async def test_a_lead_counts_as_a_student_of_the_team(talk: Talk) -> None:
    """And is addressed as comrade."""
    dung, an = await talk.person("Dũng"), await talk.person("An")
    await an.says("được 2").hears("cả tổ 2")
    await dung.says("xóm 4 được 3").hears("Hôm nay đồng chí 3 máy, cả tổ 5")


async def test_answers_in_a_group_quote_what_they_answer(talk: Talk) -> None:
    """Commands, corrections and questions; nothing of it in anybody's private chat."""
    talk.needs("quotes")
    dung, an = await talk.person("Dũng"), await talk.person("An")
    group = await talk.team_chat(dung, an)
    await an.says("xóm 4 được 3", group).sees("👍")
    for text, part in (
        ("/homnay", "1. 19:30 Xóm 4: 3 máy"),
        ("/trogiup", "/bc"),
        ("hôm nay được 2", "Sửa còn 2"),
        ("nhầm, 4 chứ không phải 3", "✏️ Xóm 4: 4 máy"),
        ("/huy", "Đã rút"),
    ):
        said = an.says(text, group)
        heard = await said.hears(part)
        assert heard.reply_to is not None and heard.reply_to.id == said.shown.id
    assert [one.text for one in an.private.messages if one.from_bot and "Xóm" in one.text] == []


async def test_an_edit_in_the_group_changes_what_the_bot_said_there(talk: Talk) -> None:
    """Where the bot has answered in words, these follow; else the sign."""
    dung, an = await talk.person("Dũng"), await talk.person("An")
    group = await talk.team_chat(dung, an)
    said = an.says("xóm 4 tầm 5 máy", group)
    asked = await said.hears("số chính xác")
    answer = await an.presses("5", asked, group).hears("✅ Xóm 4: 5 máy")
    edited = await an.edits(said, "xóm 4 được 6").hears("✏️ Xóm 4: 6 máy")
    assert edited.id == answer.id == asked.id


async def test_private_numbers_in_a_group(talk: Talk) -> None:
    """The report gets its sign, and the sender is told."""
    talk.needs("quotes")
    dung, an = await talk.person("Dũng"), await talk.person("An")
    group = await talk.team_chat(dung, an)
    said = an.says("cụ Tám xóm 4 cccd 001303000000, 1 máy", group)
    await said.sees("👍")
    heard = await said.hears("🔒 Em không cần gửi số căn cước của dân")
    assert heard.reply_to is not None and heard.reply_to.id == said.shown.id
    if "001303000000" in said.shown.text:  # there the bot is no administrator: the sender is asked to
        await said.hears("xóa giúp", "căn cước")


async def test_officers_are_always_answered(talk: Talk) -> None:
    """What looks like a report each time, small talk once in ten minutes; in a group nothing."""
    dung, ha = await talk.person("Dũng"), await talk.person("Hà")
    for _ in range(2):
        await ha.says("xóm 4 được 3").hears("không báo số máy ở đây")
    await ha.says("chào bot").hears("Bot chỉ trả lời về số liệu", "/tong")
    await ha.says("chào bot").hears_nothing()
    await ha.says("/homnay").hears("không dành cho vai của đồng chí")
    talk.needs("plain groups", "open groups")
    group = await talk.team_chat(dung, ha)
    await ha.says("xóm 4 được 3", group).hears_nothing()


async def test_stickers_are_answered(talk: Talk) -> None:
    """In private with what the bot can read; in a group not at all."""
    dung, an = await talk.person("Dũng"), await talk.person("An")
    await an.sends_sticker().hears("Bot chỉ đọc được chữ")
    group = await talk.team_chat(dung, an)
    await an.sends_sticker(group).hears_nothing()


async def test_emoji_and_keycaps(talk: Talk) -> None:
    """Numbers as people send them."""
    an = await talk.person("An")
    await an.says("xóm 4 được 3️⃣ 👍👍").hears("✅ Xóm 4: 3 máy")
    await an.says("👨‍👩‍👧‍👦👍🏽").hears("Bot vẫn nghe em")
    await an.says("xóm 5 được 2 " + "🎉" * 50).hears("✅ Xóm 5: 2 máy")


async def test_a_second_answer_to_the_same_press_never_comes(talk: Talk) -> None:
    """Pressed again and again, also after a restart: one withdrawal, and each press is answered."""
    an = await talk.person("An")
    heard = await an.says("xóm 4 được 3").hears("3 máy")
    presses = [an.presses("Hoàn tác", heard) for _ in range(4)]
    await presses[0].hears("Đã rút")
    for press in presses[1:]:
        await press.notes("“Hoàn tác” đã được chọn lúc 19:30")
    await talk.settled()
    assert sum("Đã rút" in one.text for one in an.private.messages) == 1


async def test_who_is_off_duty_may_say_so(talk: Talk) -> None:
    """In words; it is stored only after a yes, and work that was reported stands."""
    an, binh = await talk.person("An"), await talk.person("Bình")
    await an.says("em ốm xin nghỉ ạ").hears("Em nghỉ hôm nay?")
    await an.says("xin nghỉ").hears("Đã ghi em nghỉ hôm nay")
    await binh.says("xóm 4 được 3").hears("3 máy")
    await binh.says("tối nay em nghỉ").hears("Hôm nay em đã có báo cáo nên không cần xin nghỉ")
    await binh.says("/xinnghi").hears("Hôm nay đã có báo cáo nên bot không ghi nghỉ")
