"""Messages that a platform refuses as they are: said without what it takes offence at. A lost answer is silence."""

from datetime import timedelta
from typing import Any

import pytest

from tests.emulators.telegram import Call
from tests.sending.passing import FOR_EVER, until
from tests.sending.test_closed_groups import OTHER, TOPIC, forum
from tests.talk import Talk
from tests.timetable.test_jobs import LITTLE, SUMMARY, comes, heard

pytestmark = pytest.mark.on("telegram")


def sent_to(talk: Talk, chat: Any) -> list[Call]:
    """Every try to send something to a chat."""
    return [call for call in talk.emulator.calls_of("sendMessage") if call.chat_id == chat.id]


@pytest.mark.parametrize(
    "said", ["BUTTON_DATA_INVALID", "BUTTON_TYPE_INVALID", "can't parse inline keyboard button: x"]
)
async def test_words_stand_for_buttons_that_are_refused(talk: Talk, said: str) -> None:
    """What the buttons would do is typed, and works."""
    an = await talk.person("An")
    await talk.settled()
    talk.emulator.fail("bad_request", method="sendMessage", chat=an.private, description=f"Bad Request: {said}")
    answer = await an.says("xóm 4 được 3").hears("✅ Xóm 4: 3 máy", "👉 Nhắn lại: ", "Hoàn tác")
    assert not answer.buttons
    assert [call.status for call in sent_to(talk, an.private)[-2:]] == [400, 200]
    await an.says("Hoàn tác").hears("↩️ Đã rút báo cáo")


async def test_without_the_message_that_it_answers_an_answer_names_it(talk: Talk) -> None:
    """The buttons stay: only the quote was refused."""
    dung, an = await talk.person("Dũng"), await talk.person("An")
    group = await talk.team_chat(dung, an)
    await talk.settled()
    gone = "Bad Request: message to be replied not found"
    talk.emulator.fail("bad_request", method="sendMessage", chat=group, description=gone)
    answer = await an.says("khoảng 5 máy", group).hears("“khoảng 5 máy”\n", "số chính xác")
    assert answer.reply_to is None
    assert answer.buttons
    await an.presses("5", answer, group).hears("5 máy")


@pytest.mark.parametrize("said", ["message thread not found", "something that nobody knows"])
async def test_what_is_refused_in_other_words_is_said_with_nothing_but_words(talk: Talk, said: str) -> None:
    """A thread that nobody named, or no reason at all."""
    dung, an = await talk.person("Dũng"), await talk.person("An")
    group = await talk.team_chat(dung, an)
    await talk.settled()
    talk.emulator.fail("bad_request", method="sendMessage", chat=group, description=f"Bad Request: {said}")
    answer = await an.says("khoảng 5 máy", group).hears("“khoảng 5 máy”\n", "số chính xác", "👉 Trả lời tin này: ")
    assert not answer.buttons
    await an.says("5", group, reply_to=answer).hears("5 máy")


async def test_mere_words_are_said_once_more(talk: Talk) -> None:
    """And given up, and told of, where they are refused again."""
    dung, an = await talk.person("Dũng"), await talk.person("An")
    await talk.settled()
    soon = timedelta(seconds=2)
    talk.emulator.fail("bad_request", method="sendMessage", chat=an.private, description="Bad Request: no")
    an.says("/huy")
    await until(talk, lambda: heard(an.private, "để rút"), soon)
    before = len(sent_to(talk, an.private))
    talk.emulator.fail("bad_request", FOR_EVER, method="sendMessage", chat=an.private, description="Bad Request: no")
    an.says("/huy")
    await until(talk, lambda: heard(dung.private, "1 tin bot không gửi được"), soon)
    assert len(sent_to(talk, an.private)) - before == 2


async def test_a_topic_that_is_gone_where_somebody_asked_is_not_the_teams(talk: Talk) -> None:
    """The answer comes outside of all topics, the summary in the team's."""
    dung, an = await talk.person("Dũng"), await talk.person("An")
    group = await forum(talk, dung, an)
    asked = an.says("khoảng 5 máy", group, topic=OTHER)
    del group.topics[OTHER]
    assert (await asked.hears("số chính xác")).topic is None
    talk.clock.set(SUMMARY + LITTLE)
    await comes(talk, group, "tổng kết ngày 20/05")
    assert group.from_bot[-1].topic == TOPIC
