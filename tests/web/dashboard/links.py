"""What officers do with the dashboard's links."""

import re

from tests.browsers import Answer, Browser
from tests.talk import Person

_LINK = re.compile(r"https?://[^/\s]+(/bang/mo/\S+)")


async def asks(person: Person) -> str:
    """Asks for a link; the path of it."""
    said = await person.says("/web").hears("Bảng số liệu", "/bang/mo/")
    found = _LINK.search(said.text)
    assert found is not None, said.text
    return found[1]


async def opens(browser: Browser, path: str) -> Answer:
    """Opens a link and presses; where it ends."""
    await browser.get(path)
    return await browser.post("/bang/mo")
