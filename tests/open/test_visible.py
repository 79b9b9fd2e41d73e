"""What stands open stays in sight: of its student, of the lead with its words, of everybody else as a number."""

from datetime import timedelta

from storage.engine.database import session
from tests.talk import Talk
from tests.timetable.test_jobs import LITTLE, NUDGE, SUMMARY, comes, heard

WORDS = "nhà ông Đoài tầm 5 máy"


async def test_the_evenings_word_to_who_has_reported(talk: Talk) -> None:
    """With the words of each, and a way to answer: from there it is settled like any other."""
    an = await talk.person("An")
    await an.says("xóm 4 được 3").hears("3 máy")
    await an.says(WORDS).hears("mấy máy?")
    await an.says("vắng vài nhà").hears("mấy nhà vắng?")
    talk.clock.set(NUDGE + LITTLE)
    word = await an.waits("còn 2 tin bot chưa ghi", f"1. 19:30 “{WORDS}”", "2. 19:30 “vắng vài nhà”")
    assert "Hôm nay 0 máy" not in str(word.buttons)
    await an.presses("Trả lời 1", word).hears(f"“{WORDS}”", "mấy máy?")
    await an.says("4").hears("✅ Nhà ông Đoài: 4 máy", "em 7 máy")
    assert len(heard(an.private, "bot chưa ghi")) == 1


async def test_the_evenings_word_about_one_message_takes_a_number(talk: Talk) -> None:
    """One alone, which lacks nothing but a number: the next number is its own."""
    an, binh = await talk.person("An"), await talk.person("Bình")
    await an.says("xóm 4 được 3").hears("3 máy")
    for person in (an, binh):
        await person.says(WORDS).hears("mấy máy?")
    talk.clock.set(NUDGE + LITTLE)
    await an.waits("còn 1 tin bot chưa ghi", f"19:30 “{WORDS}” (chưa rõ số)", "nhắn lại một con số")
    word = await binh.waits("bot chưa ghi được số nào", f"19:30 “{WORDS}”", "nhắn lại một con số")
    assert {label for row in word.buttons for label in row} == {"Trả lời", "Hôm nay 0 máy", "Xin nghỉ", "Báo ngay"}
    for person in (an, binh):
        await person.says("4").hears("✅ Nhà ông Đoài: 4 máy")
    assert (talk.done_by("hv1"), talk.done_by("hv2")) == ({"activated": 7}, {"activated": 4})


async def test_who_leaves_nothing_open_is_left_alone(talk: Talk) -> None:
    """A report, and an open message that was answered: no word in the evening."""
    an, binh = await talk.person("An"), await talk.person("Bình")
    await an.says(WORDS).hears("mấy máy?")
    await an.says("4").hears("✅ Nhà ông Đoài: 4 máy")
    talk.clock.set(NUDGE + LITTLE)
    await binh.waits("chưa nhận được báo cáo")
    await talk.settled()
    assert heard(an.private, "Em ơi") == []


async def test_the_lead_reads_the_words(talk: Talk) -> None:
    """In /to and of each student; officers read how many there are."""
    dung, an, ha = await talk.person("Dũng"), await talk.person("An"), await talk.person("Hà")
    await an.says("xóm 4 được 3").hears("3 máy")
    await an.says(WORDS).hears("mấy máy?")
    team = await dung.says("/to").hears("An: 3 máy (lúc 19:30), 1 tin chưa rõ số", f"An 19:30 “{WORDS}” (chưa rõ số)")
    await dung.presses("An", team).hears("1. 19:30 Xóm 4: 3 máy", f"2. 19:30 “{WORDS}” (chưa rõ số)")
    shown = await ha.says("/to").hears("An: 3 máy (lúc 19:30), 1 tin chưa rõ số")
    assert "Đoài" not in shown.text


async def test_a_group_does_not_read_what_was_said_in_private(talk: Talk) -> None:
    """Neither in /to nor in a student's list; what was said in the group may be read there."""
    talk.needs("plain groups")
    dung, an = await talk.person("Dũng"), await talk.person("An")
    group = await talk.team_chat(dung, an)
    await an.says(WORDS).hears("mấy máy?")
    await an.says("xóm 5 khoảng 2 máy", group).hears("mấy máy?")
    team = await dung.says("/to", group).hears("An: chưa có báo cáo, 2 tin chưa rõ số")
    assert "“" not in team.text
    shown = await dung.says("/to an", group).hears("1. 19:30 một tin (chưa rõ số)", "2. 19:30 “xóm 5 khoảng 2 máy”")
    assert "Đoài" not in shown.text


async def test_the_night_tells_the_lead_the_words(talk: Talk) -> None:
    """The summary, made to be forwarded, has the number alone; the lead gets the words in a message beside it."""
    dung, an, ha = await talk.person("Dũng"), await talk.person("An"), await talk.person("Hà")
    group = await talk.team_chat(dung, an)
    await an.says("xóm 4 được 3").hears("3 máy")
    await an.says(WORDS).hears("mấy máy?")
    talk.clock.advance(timedelta(minutes=3))
    await an.says("hôm nay được 2").hears("Sửa còn 2 chứ?")
    talk.clock.set(SUMMARY + LITTLE)
    for chat in (group, dung.private, ha.private):
        summary = await comes(talk, chat, "tổng kết ngày 20/05")
        assert "❓ 2 tin chưa rõ số" in summary
        assert "Đoài" not in summary
    told = await comes(talk, dung.private, "❓ Ngày 20/05 còn 2 tin chưa ghi được")
    assert told.splitlines()[1:3] == [f"An 19:30 “{WORDS}” (chưa rõ số)", "An 19:33 “hôm nay được 2” (chưa xác nhận)"]
    await talk.settled()
    assert heard(group, "Đoài") == heard(ha.private, "Đoài") == []


async def test_words_that_were_blanked_leave_the_time(talk: Talk) -> None:
    """Retention takes the words; the message is still told of."""
    an = await talk.person("An")
    await an.says(WORDS).hears("mấy máy?")
    with session(talk.database) as tx:
        tx.run("UPDATE drafts SET text = NULL")
    await an.says("/homnay").hears("1. 19:30 một tin (chưa rõ số)")
