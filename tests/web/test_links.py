"""Links to pictures: under the public address, and only where there is one. See also sending/pictures."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.clock import Clock
from bot.config import Web
from bot.web.pages.links import Links
from storage.engine.database import Database
from storage.talk.pictures import Picture

NOW = datetime(2023, 5, 20, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("public_url", "link"),
    [
        ("https://bacung.example.vn", "https://bacung.example.vn/p/7-"),
        ("https://bacung.example.vn/", "https://bacung.example.vn/p/7-"),
        ("http://203.113.1.5:8080", "http://203.113.1.5:8080/p/7-"),
        ("https://[2400:3000::5]", "https://[2400:3000::5]/p/7-"),
        ("", None),
        ("http://localhost:8080", None),
        ("http://LOCALHOST", None),
        ("http://bot.localhost", None),
        ("http://127.0.0.1:8080", None),
        ("http://127.8.8.8", None),
        ("http://[::1]:8080", None),
        ("http://192.168.1.5:8080", None),
        ("http://10.0.0.5", None),
    ],
)
def test_links_lead_to_the_public_address(tmp_path: Path, public_url: str, link: str | None) -> None:
    """None where only this machine, or its network, could follow them."""
    links = Links(Web(public_url=public_url), Database(tmp_path / "bot.db"), Clock(), b"key")
    made = links.to(Picture(7, "x.png", "image/png", 1, 1, NOW, b""))
    assert (made is None) if link is None else (made is not None and made.startswith(link))
