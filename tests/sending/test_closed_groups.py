"""Groups in which the bot may not write, and topics of groups: what is said there waits, and somebody is told."""

from datetime import timedelta

import pytest

from storage.talk import unsaid
from tests.emulators.telegram import Chat
from tests.sending.passing import passes, until
from tests.talk import Person, Talk
from tests.timetable.test_jobs import LITTLE, SUMMARY, comes, heard

pytestmark = pytest.mark.on("telegram")
TOPIC, OTHER = 11, 12


async def test_what_a_group_refuses_is_kept_and_its_lead_is_told(talk: Talk) -> None:
    """A question and the summary wait until the right is back; the lead hears at once, and in the summary."""
    dung, an = await talk.person("Dũng"), await talk.person("An")
    group = await talk.team_chat(dung, an)
    group.takes_text = False
    an.says("khoảng 5 máy", group)
    told = await comes(talk, dung.private, "không cho bot nhắn tin")
    assert told.startswith("🔔 Nhóm Tổ đang")
    await an.says("xóm 4 được 3", group).sees("👍")  # a sign on a message needs no right to write
    talk.clock.set(SUMMARY + LITTLE)
    await comes(talk, dung.private, "Nhóm của tổ đang không cho bot nhắn tin nên chưa nhận được tổng kết")
    await passes(talk, timedelta(minutes=10))
    assert len(heard(group, "")) == 2  # its greeting, and that it was bound
    group.takes_text = True
    await until(talk, lambda: heard(group, "tổng kết ngày 20/05") and heard(group, "số chính xác"))
    assert not any("(gửi lại)" in text for text in heard(group, ""))
    assert len(heard(dung.private, "🔔 Nhóm")) == 1


async def test_what_a_group_refuses_is_not_tried_all_the_time(talk: Talk) -> None:
    """However much is written there meanwhile."""
    dung, an = await talk.person("Dũng"), await talk.person("An")
    group = await talk.team_chat(dung, an)
    group.takes_text = False
    before = len(talk.emulator.calls_of("sendMessage"))
    for _ in range(30):
        an.says("khoảng 5 máy", group)
        await passes(talk, timedelta(minutes=1), timedelta(minutes=1))
    tries = [call for call in talk.emulator.calls_of("sendMessage")[before:] if call.chat_id == group.id]
    assert len(tries) <= 8


async def test_rights_that_are_given_back_are_used_at_once(talk: Talk) -> None:
    """Telegram tells of it: nobody waits for the next try."""
    dung, an = await talk.person("Dũng"), await talk.person("An")
    group = await talk.team_chat(dung, an)
    group.takes_text = False
    an.says("khoảng 5 máy", group)
    await comes(talk, dung.private, "không cho bot nhắn tin")
    group.takes_text = True
    dung.user.promotes_bot(group)
    await comes(talk, group, "số chính xác")


async def forum(talk: Talk, *members: Person) -> Chat:
    """A group with two topics, bound in the first."""
    group: Chat = talk.emulator.group("Tổ", [member.user for member in members], supergroup=True)
    group.topics = {TOPIC: True, OTHER: True}
    await members[0].says("/gannhom", group, topic=TOPIC).hears("nhóm của tổ")
    return group


async def test_a_team_is_spoken_to_in_its_topic(talk: Talk) -> None:
    """The summary comes in the topic that was bound; an answer where it was asked."""
    dung, an = await talk.person("Dũng"), await talk.person("An")
    group = await forum(talk, dung, an)
    assert group.from_bot[-1].topic == TOPIC
    for topic in (TOPIC, OTHER, None):
        asked = an.says("khoảng 5 máy", group, topic=topic)
        answer = await asked.hears("số chính xác")
        assert (answer.topic, answer.reply_to) == (topic, asked.shown)
    pressed = next(one for one in reversed(group.from_bot) if one.topic == OTHER)
    await an.presses("5", pressed, group).hears("5 máy")
    talk.clock.set(SUMMARY + LITTLE)
    await comes(talk, group, "tổng kết ngày 20/05")
    assert group.from_bot[-1].topic == TOPIC


async def test_a_closed_topic_is_waited_for(talk: Talk) -> None:
    """By the summary alone: who asks is answered, there outside of it; the lead is told once which topic it is."""
    dung, an = await talk.person("Dũng"), await talk.person("An")
    group = await forum(talk, dung, an)
    group.topics[TOPIC] = False
    talk.clock.set(SUMMARY + LITTLE)
    told = await comes(talk, dung.private, "Chủ đề mà bot gửi tổng kết ở nhóm Tổ đã đóng")
    assert "\n" not in told
    assert heard(group, "tổng kết ngày 20/05") == []
    for topic in (TOPIC, OTHER, None):
        answer = await dung.says("/to", group, topic=topic).hears("Xã Xuân Thu")
        assert answer.topic == (None if topic == TOPIC else topic)
        assert ("“/to”" in answer.text) == (topic == TOPIC)
    await passes(talk, timedelta(minutes=10))
    assert heard(group, "tổng kết ngày 20/05") == []
    assert len(heard(dung.private, "🔔")) == 1
    group.topics[TOPIC] = True
    await until(talk, lambda: heard(group, "tổng kết ngày 20/05"))
    assert group.from_bot[-1].topic == TOPIC


async def test_a_closed_topic_holds_up_nobody_elsewhere(talk: Talk) -> None:
    """Not the team's: the answer comes outside of it, all others as ever, and the group is no closed one."""
    dung, an = await talk.person("Dũng"), await talk.person("An")
    group = await talk.team_chat(dung, an)
    group.topics = {OTHER: False}
    for _ in range(2):
        asked = an.says("/huy", group, topic=OTHER)
        assert (await asked.hears("“/huy”\n", "để rút")).topic is None
        await dung.says("/to", group).hears("Xã Xuân Thu")
    told = await comes(talk, dung.private, "Chủ đề có tin “/huy” ở nhóm Tổ đã đóng")
    assert "chỗ khác trong nhóm vẫn như thường" in told
    talk.clock.set(SUMMARY + LITTLE)
    await comes(talk, group, "tổng kết ngày 20/05")
    assert "không cho bot nhắn tin" not in await comes(talk, dung.private, "tổng kết ngày 20/05")
    assert len(heard(dung.private, "🔔")) == 1
    assert talk.look(unsaid.standing).waiting["answer"] == 0


async def test_where_the_topic_is_gone_the_group_is_spoken_to(talk: Talk) -> None:
    """From then on."""
    dung = await talk.person("Dũng")
    group = await forum(talk, dung)
    del group.topics[TOPIC]
    for night in range(2):
        talk.clock.set(SUMMARY + timedelta(days=night) + LITTLE)
        await comes(talk, group, f"tổng kết ngày {20 + night}/05")
        assert group.from_bot[-1].topic is None
    refused = [call for call in talk.emulator.calls_of("sendMessage") if call.status == 400]
    assert len(refused) == 1
