"""What the tests of files share: numbers read back as a spreadsheet program reads them."""

import asyncio
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from tests.platforms import Shown
from tests.talk import PATIENCE, Person, Talk

HEAD = 4  # the row of the head of each sheet, from 1
XLSX, CSV, DOCX = (b"PK\x03\x04", b"\xef\xbb\xbf", b"PK\x03\x04")


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


async def file_of(person: Person, *parts: str) -> tuple[Shown, str, bytes]:
    """The bot's message that comes with a file: its name and its bytes, as the platform hands them out."""
    talk = person.talk
    shown = await _comes(person, *parts)
    upload = getattr(shown, "upload", None)
    if upload is not None:
        return shown, upload.name, upload.data
    (link,) = [word for word in shown.text.split() if word.startswith("http")]
    name, content = await fetched(talk, link)
    return shown, name, content


async def _comes(person: Person, *parts: str) -> Shown:
    """Files are made in a process of their own, which takes its time to start."""
    talk, found = person.talk, list[Shown]()

    def there() -> bool:
        found[:] = [one for one in person.private.from_bot if all(part in one.text for part in parts)]
        return bool(found)

    await talk.emulator.wait_for(there, timeout=2 * PATIENCE)
    await asyncio.sleep(0)
    return found[-1]


async def fetched(talk: Talk, link: str) -> tuple[str, bytes]:
    """What anybody gets who follows a link of the bot's; its address leads to the program that runs."""
    from urllib.parse import unquote, urlsplit  # noqa: PLC0415

    import aiohttp  # noqa: PLC0415

    url = (
        f"{await talk.url()}{urlsplit(link).path}"
        if False
        else f"http://127.0.0.1:{talk.app.server.port}{urlsplit(link).path}"
    )
    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        assert answer.status == 200, answer.status
        name = unquote(answer.headers["Content-Disposition"].partition("UTF-8''")[2])
        return name, await answer.read()
