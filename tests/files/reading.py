"""What the tests of files share: numbers read back as a spreadsheet program reads them."""

from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import aiohttp
from openpyxl import load_workbook

from tests.platforms import Shown
from tests.talk import PATIENCE, Person, Talk

HEAD = 4  # the row of the head of each sheet, from 1


def sheets(content: bytes | Path) -> dict[str, list[dict[str, Any]]]:
    """The rows of each sheet below its head, by their columns: values as they were worked out."""
    source = BytesIO(content) if isinstance(content, bytes) else content
    book = load_workbook(source, data_only=True)
    found = {}
    for page in book.worksheets:
        rows = [list(row) for row in page.iter_rows(values_only=True)]
        head = [str(name) for name in rows[HEAD - 1] if name is not None] if len(rows) >= HEAD else []
        below = [dict(zip(head, row, strict=False)) for row in rows[HEAD:]]
        found[page.title] = [row for row in below if any(value is not None for value in row.values())]
    return found


def sums(content: bytes | Path, sheet: str) -> dict[str, Any]:
    """What stands above the head of a sheet, by column."""
    source = BytesIO(content) if isinstance(content, bytes) else content
    page = load_workbook(source, data_only=True)[sheet]
    rows = [list(row) for row in page.iter_rows(min_row=HEAD - 1, max_row=HEAD, values_only=True)]
    return {str(name): value for name, value in zip(rows[1], rows[0], strict=True) if value is not None}


async def comes(person: Person, *parts: str) -> Shown:
    """The bot's newest message with these parts; files are made in a process that takes its time to start."""

    def there() -> Shown | None:
        return next((one for one in reversed(person.private.from_bot) if all(part in one.text for part in parts)), None)

    await person.talk.emulator.wait_for(lambda: there() is not None, timeout=2 * PATIENCE)
    found = there()
    assert found is not None
    return found


async def file_of(person: Person, shown: Shown) -> tuple[str, bytes]:
    """The name and the bytes of the file that comes with a message, as the platform hands it out."""
    upload = getattr(shown, "upload", None)
    if upload is not None:
        return upload.name, upload.data
    if hasattr(shown, "raw"):
        (file,) = shown.raw["files"]
        answer = await person.user.browser.get(f"/tep/{file['id']}")
        assert (answer.status, len(answer.body)) == (200, file["size"])
        return file["name"], answer.body
    return await fetched(person.talk, link_in(shown))


def link_in(shown: Shown) -> str:
    """The link in a message."""
    (link,) = [word for word in str(shown.text).split() if word.startswith("http")]
    return link


async def fetched(talk: Talk, link: str) -> tuple[str, bytes]:
    """What anybody gets who follows a link of the bot's: its name leads to the program that runs."""
    status, headers, body = await followed(talk, link)
    assert status == 200
    return unquote(headers["Content-Disposition"].partition("UTF-8''")[2]), body


async def followed(talk: Talk, link: str) -> tuple[int, Any, bytes]:
    """What comes of following a link: the status, the headers, the body."""
    url = f"http://127.0.0.1:{talk.app.server.port}{urlsplit(link).path}"
    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        return answer.status, answer.headers, await answer.read()
