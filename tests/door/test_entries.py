"""By what a person is in: every account gets what is private to the person until it is ended, and any can be."""

from pathlib import Path

from storage.engine.database import session
from storage.engine.times import stamp
from storage.engine.transaction import Row, Transaction
from tests.on_zalo import OnZalo
from tests.platforms import Zalo
from tests.talk import CODES, PATIENCE, Person, Talk, talking
from tests.timetable.test_jobs import LITTLE, NUDGE, done

NUDGED = "chưa nhận được báo cáo"


async def again(talk: Talk, name: str) -> Person:
    """A second account of somebody on a platform, as they could come in once."""
    other = talk.stranger(f"{name} (máy khác {len(talk.look(_accounts))})")
    await other.says("/start SAI-MA-SO").hears("không đúng")
    await talk.settled()
    with session(talk.database) as tx:
        tx.run(
            """INSERT INTO identities (channel, sender, person, chat, joined_at)
               SELECT channel, address, (SELECT id FROM people WHERE name = :name), id, :at FROM chats
               WHERE id = (SELECT max(id) FROM chats)""",
            name=name,
            at=stamp(talk.clock.now()),
        )
    return other


def _accounts(tx: Transaction) -> list[Row]:
    return tx.all("SELECT * FROM identities")


def heard(person: Person, part: str) -> list[str]:
    """What the bot said with this part in the private chat."""
    return [one.text for one in person.private.from_bot if part in one.text]


async def test_every_account_gets_what_is_private(talk: Talk) -> None:
    """What is said unasked, and what others did for this person."""
    talk.needs("accounts")
    an, dung = await talk.person("An"), await talk.person("Dũng")
    other = await again(talk, "An")
    talk.clock.set(NUDGE + LITTLE)
    await done(talk, "nudge")
    await talk.settled()
    await dung.says("báo hộ An 3 máy xóm 4").hears("An")
    await talk.settled()
    for one in (an, other):
        assert len(heard(one, NUDGED)) == 1
        assert len(heard(one, "3 máy")) == 1


async def test_an_ended_account_is_a_strangers(tmp_path: Path) -> None:
    """The owner ends it where its coming was told of; it learns nothing more, and the code does not let it in again."""
    clock: list[Talk] = []
    zalo = Zalo(lambda: clock[0].clock.now().timestamp(), privacy=False)
    async with zalo.emulator, talking(tmp_path, settings=zalo.settings) as talk:
        clock.append(talk)
        an, dung = await talk.person("An"), await talk.person("Dũng")
        thief = OnZalo(zalo, talk)
        await thief.says(f"/start {CODES['An']}", "Chào em An")
        told = await an.waits("một tài khoản Zalo khác")
        await an.presses("Ngắt tài khoản này", told).hears("Đã ngắt tài khoản Zalo", "Mã đã khóa", "Bot đã báo Dũng")
        await zalo.emulator.wait_for(lambda: "đã được ngắt" in thief.user.chat.from_bot[-1].said, timeout=PATIENCE)
        before = len(thief.user.chat.from_bot)
        await dung.says("báo hộ An 3 máy xóm 4").hears("An")
        await talk.settled()
        assert len(thief.user.chat.from_bot) == before
        await thief.says("xóm 4 được 9", "/start kèm mã")
        await thief.says(f"/start {CODES['An']}", "không đúng hoặc đã khóa")
        await an.says("xóm 4 được 2").hears("em 5 máy")
        assert talk.done_by("hv1") == {"activated": 5}


async def test_all_are_listed_and_any_is_ended(talk: Talk) -> None:
    """At any time, by a command: the third account, that of a year ago, one's own."""
    talk.needs("accounts")
    an = await talk.person("An")
    second, third = await again(talk, "An"), await again(talk, "An")
    listed = await an.says("/taikhoan").hears("1. ", "2. ", "3. ", "chỗ này")
    assert sum(map(len, listed.buttons)) >= 3
    await an.presses("Ngắt 2", listed).hears("Đã ngắt tài khoản")
    await talk.settled()
    await second.says("/taikhoan").hears("/start kèm mã")
    listed = await third.says("/taikhoan").hears("1. ", "2. ")
    assert "3. " not in listed.text
    await third.presses("Ngắt 2", listed).hears("Đã ngắt tài khoản")
    await third.says("xóm 4 được 9").hears("/start kèm mã")
    assert talk.done_by("hv1") == {}
    await an.says("xóm 4 được 3").hears("em 3 máy")
