"""Numbers of residents never reach the disk, whatever carries them."""

from pathlib import Path

import pytest

from storage.engine.transaction import Transaction
from tests.talk import Talk
from tests.web.conftest import Open, web

__all__ = ["web"]  # the fixture
SPELLED = (
    *("0912  345  610", "0912/345/610", "0912, 345, 610", "0912_345_610", "0912:345:610", "0912–345–610"),
    *("0912\t345\t610", "0912\n345\n610", "O912345610", "0912\u2060345\u200d610", "09123456100987654321"),
    *("(0912)345610", "không chín một hai ba bốn năm sáu một không", "0013/0300/0123", "0 9 1 2 3 4 5 6 1 0"),
)


def stored(database: Path) -> str:
    """All that stands in the files of the database, as text."""
    parts = [file.read_bytes() for file in database.parent.glob(database.name + "*")]
    return b"\0".join(parts).decode("utf-8", "replace")


def in_tables(tx: Transaction) -> dict[str, str]:
    """All that stands in the tables of the database, as text, by table."""
    names = [row["name"] for row in tx.all("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {name: "\n".join(str(tuple(row)) for row in tx.all(f"SELECT * FROM {name}")) for name in names}


@pytest.mark.parametrize("number", SPELLED)
async def test_private_numbers_are_counted_by_nobody(talk: Talk, number: str) -> None:
    """Masked before anything is stored, and the report beside them counts what it says."""
    an = await talk.person("An")
    await an.says(f"nhà bà Lan xóm 4 được 3, vắng 1. sđt {number}").hears("3 máy", "1 nhà vắng", "🔒")
    assert talk.done_by("hv1") == {"activated": 3, "absent": 1}
    await talk.stop()
    assert number not in stored(talk.database)
    assert "345610" not in stored(talk.database).replace("\\n", "\n")


@pytest.mark.on("telegram")
async def test_private_numbers_in_titles_and_presses(talk: Talk, web: Open) -> None:
    """The name of a group, and the data of a button that nobody made."""
    dung = await talk.person("Dũng")
    group = talk.emulator.group("Tổ 0912.345.610", [dung.user])
    await dung.says("/gannhom", group).hears("nhóm của tổ")
    answer = await dung.says("xóm 4 được 3").hears("3 máy")
    dung.user.forges("c/bc 0912 345 610", answer)
    an = await web("An")
    await an.says("xóm 4 được 3")
    post = await an.hears("3 máy")
    await an.taken(await an.send(t="press", message=post["id"], data="c/bc 0912/345/610", age=0))
    await talk.settled()
    await talk.stop()
    text = stored(talk.database)
    assert "▒▒▒" in text
    for part in ("345.610", "345 610", "345/610"):
        assert part not in text


OWN = "Số của tôi 0912 345 678, có gì các em gọi nhé"


@pytest.mark.on("telegram")
async def test_a_lead_tells_the_team_where_to_call(talk: Talk, web: Open) -> None:
    """In the team's group the own number of its lead stays; a student's, and one that is given elsewhere, do not."""
    dung, an = await talk.person("Dũng"), await talk.person("An")
    group = await talk.team_chat(dung, an)
    await dung.says(OWN, group).hears_nothing()
    assert talk.emulator.calls_of("deleteMessage") == []
    await an.says(OWN, group).hears("🔒")
    await dung.says("gọi anh Tư 0912 345 678", group).hears("🔒")
    friends = talk.emulator.group("Bạn bè", [dung.user])
    await dung.says(OWN, friends).hears("🔒")
    lead, student = await web("Dũng"), await web("An")
    room = lead.room("team")
    await lead.taken(await lead.says(OWN, room))
    await student.until(lambda: any(one["text"] == OWN for one in student.messages.values()))
    await student.taken(await student.says(OWN, room))
    await lead.until(lambda: any("Số của tôi ▒▒▒" in one["text"] for one in lead.messages.values()))
    await lead.taken(await lead.says(OWN))
    await lead.hears("🔒")
    kept = talk.look(lambda tx: [row["text"] for row in tx.all("SELECT text FROM posts WHERE text LIKE '%0912%'")])
    assert kept == [OWN]
    assert talk.look(lambda tx: tx.all("SELECT body FROM actions WHERE body LIKE '%0912%'")) == []


async def test_a_count_that_looks_like_a_private_number_is_not_passed_over(talk: Talk) -> None:
    """It is said each time that nothing was counted, beside why the number is not kept."""
    an = await talk.person("An")
    for n in range(2):
        await an.says(f"xóm 4 dc 922337203685477580{n}").hears("chưa ghi số nào", "🔒")
    assert talk.done_by("hv1") == {}
