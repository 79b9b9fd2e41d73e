"""A code typed in the web chat makes nobody another person: the door lets in, with its press, device and notice."""

import pytest

from tests.browsers import Browser
from tests.talk import CODES, Talk
from tests.web.conftest import Open

pytestmark = pytest.mark.on("telegram")  # beside it the web chat is what these are about


@pytest.mark.parametrize("text", ["/start {}", "/start@bacung_bot {}", "start {}", "{}"])
async def test_a_typed_code_changes_nobody(web: Open, talk: Talk, text: str) -> None:
    """An stays An, whose session is An's alone; wrong codes are answered alike, so that none is guessed here."""
    an = await web("An")
    await an.taken(await an.says(text.format(CODES["Khoa"])))
    await talk.settled()
    await an.taken(await an.says("/xa Minh Phú"))
    await an.hears("không dành cho vai của em")
    rows = talk.look(
        lambda tx: tx.all("SELECT p.name FROM identities i JOIN people p ON p.id = i.person WHERE i.channel = 'web'")
    )
    assert [row["name"] for row in rows] == ["An"]


async def test_it_says_where_codes_are_taken(web: Open, talk: Talk) -> None:
    """And there it is a joining like any other: a press, a device on the list, a notice to the person's other chats."""
    khoa = await talk.person("Khoa")
    an = await web("An")
    for code in (CODES["Khoa"], "SAI-MA-SO-1"):
        await an.says(f"/start {code}")
        await an.hears("/vao")
    assert talk.look(lambda tx: tx.one("SELECT count(*) AS n FROM code_failures"))["n"] == 0
    await an.says(f"/start {CODES['An']}")
    await an.hears("đã ở trong")
    async with Browser(await talk.url()) as browser:
        await browser.join(CODES["Khoa"])
    await khoa.waits("thiết bị mới")
    names = talk.look(lambda tx: tx.all("SELECT p.name FROM devices d JOIN people p ON p.id = d.person ORDER BY d.id"))
    assert [row["name"] for row in names] == ["An", "Khoa"]
