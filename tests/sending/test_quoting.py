"""An answer says which message it is about where it could be taken for another's: by a quote, or in words."""

from datetime import timedelta

import pytest

from tests.platforms import Shown
from tests.sending.passing import paused
from tests.talk import PATIENCE, Said, Talk
from tests.timetable.test_jobs import heard

MINUTE = timedelta(minutes=1)


def quotes(talk: Talk, answer: Shown, said: Said) -> bool:
    """Whether an answer quotes this message; on a platform without quotes its words stand above the answer."""
    if "quotes" in talk.platform.lacks:
        return str(answer.text).startswith(f"“{said.shown.text}”\n")
    return answer.reply_to is not None and bool(answer.reply_to.id == said.shown.id)


def names_any(answer: Shown) -> bool:
    """Whether an answer quotes anything at all."""
    return answer.text.startswith("“") or getattr(answer, "reply_to", None) is not None


async def test_an_answer_at_once_quotes_nothing(talk: Talk) -> None:
    """Right below the message there is no doubt."""
    an = await talk.person("An")
    assert not names_any(await an.says("nhà bà Lan xóm 4 được 3").hears("✅ Nhà bà Lan, xóm 4: 3 máy"))
    assert not names_any(await an.says("/homnay").hears("1. "))
    assert not names_any(await an.says("tầm 5 máy").hears("mấy máy?"))
    assert not names_any(await an.says("5").hears("✅ 5 máy"))


async def test_a_late_answer_quotes(talk: Talk) -> None:
    """More than a minute after the message was sent, wherever the time went; less is not late."""
    an = await talk.person("An")
    on_time = an.says("nhà bà Lan xóm 4 được 3", at=talk.clock.now() - timedelta(seconds=50))
    assert not names_any(await on_time.hears("✅ Nhà bà Lan"))
    late = an.says("nhà ông Tư xóm 5 được 2", at=talk.clock.now() - timedelta(seconds=65))
    assert quotes(talk, await late.hears("✅ Nhà ông Tư, xóm 5: 2 máy"), late)
    command = an.says("/homnay", at=talk.clock.now() - 3 * MINUTE)
    assert quotes(talk, await command.hears("em đã báo 2 tin"), command)


async def test_several_that_waited_are_each_quoted(talk: Talk) -> None:
    """The bot was away: what was written meanwhile is answered one by one, and each answer says to what."""
    an, binh = await talk.person("An"), await talk.person("Bình")
    await talk.stop()
    said = [an.says(f"nhà số {n} xóm 4 được {n}") for n in (1, 2, 3)]
    alone = binh.says("xóm 5 được 4")
    if "quotes" in talk.platform.lacks:
        talk.clock.advance(2 * MINUTE)  # updates come one by one there: only the time tells
    await talk.start()
    for n, one in enumerate(said, 1):
        assert quotes(talk, await one.hears(f"✅ Nhà số {n}, xóm 4: {n} máy"), one)
    answer = await alone.hears("✅ Xóm 5: 4 máy")
    assert names_any(answer) == ("quotes" in talk.platform.lacks)


@pytest.mark.on("telegram")
async def test_answers_that_wait_for_each_other_are_quoted(talk: Talk) -> None:
    """The platform takes one a second: what stands in line with others says to what it is."""
    an = await talk.person("An")
    talk.emulator.fail("too_many", times=1, method="sendMessage", chat=an.private, seconds=1)
    first = an.says("nhà bà Lan xóm 4 được 3")
    await talk.emulator.wait_for(
        lambda: any(call.status == 429 for call in talk.emulator.calls_of("sendMessage")), timeout=PATIENCE
    )
    second = an.says("nhà ông Tư xóm 5 được 2")
    assert quotes(talk, await first.hears("✅ Nhà bà Lan"), first)
    assert not names_any(await second.hears("✅ Nhà ông Tư"))


async def test_merged_answers_each_have_their_words(talk: Talk) -> None:
    """One message cannot quote several: each part stands under what it answers."""
    talk.needs("trouble")
    an = await talk.person("An")
    talk.emulator.fail("server_error", times=100, method="sendMessage")
    said = an.says("nhà bà Lan xóm 4 được 3")
    await talk.emulator.wait_for(
        lambda: any(call.status >= 500 for call in talk.emulator.calls_of("sendMessage")), timeout=PATIENCE
    )
    an.says("tầm 5 máy")
    await talk.emulator.all_confirmed(PATIENCE)
    await paused(talk)
    talk.emulator.recover()
    talk.clock.advance(5 * MINUTE)
    merged = await said.hears("gộp", "mấy máy?")
    parts = merged.text.split("\n\n")
    assert parts[1].startswith("“nhà bà Lan xóm 4 được 3”\n✅ Nhà bà Lan, xóm 4: 3 máy")
    assert parts[2].startswith("“tầm 5 máy”\nEm cho bot xin số chính xác")


async def test_where_several_are_open_the_question_quotes(talk: Talk) -> None:
    """And what a number settled says which of them it was."""
    an = await talk.person("An")
    await an.says("vắng vài nhà").hears("mấy nhà vắng?")
    second = an.says("tầm 5 máy")
    assert quotes(talk, await second.hears("mấy máy?"), second)
    assert quotes(talk, await an.says("5").hears("✅ 5 máy"), second)
    listed = await an.says("/homnay").hears("“vắng vài nhà”")
    asked = await an.presses("Trả lời 2", listed).hears("Tin lúc 19:30 (“vắng vài nhà”): ", "mấy nhà vắng?")
    assert asked.text.count("vắng vài nhà") == 1


async def test_no_code_is_said_again(talk: Talk) -> None:
    """Whoever joins late is answered without the words."""
    talk.needs("strangers")
    an = talk.stranger("An")
    await an.says("/start MA-CUA-AN", at=talk.clock.now() - 10 * MINUTE).hears("đã vào", "An")
    await talk.settled()
    assert heard(an.private, "MA-CUA-AN") == []
