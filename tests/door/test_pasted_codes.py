"""Codes as they are pasted: with signs that nobody sees, a full stop, or as the whole link."""

import pytest

from tests.talk import CODES, Talk

CODE = CODES["An"]
PASTED = (
    *(f"/start {CODE}\u200b", f"/start\u00a0{CODE}", f"/start {CODE}.", f"/start\u200b {CODE}\u2060", f"“{CODE}”"),
    *(f"https://t.me/bacung_bot?start={CODE}", f"/start https://t.me/bacung_bot?start={CODE}", f"{CODE}."),
    *(f"start {CODE}\n", f"Link của em: tg://resolve?domain=bacung_bot&start={CODE}", f"http://x.vn/vao/{CODE}"),
)


@pytest.mark.parametrize("text", PASTED)
async def test_a_pasted_code_lets_in(talk: Talk, text: str) -> None:
    """At the first try."""
    talk.needs("strangers")
    await talk.stranger("An").says(text).hears("đã vào", "An")


@pytest.mark.on("web")
@pytest.mark.parametrize("text", [f"{CODE}\u200b", f"{CODE}.", f"https://t.me/bacung_bot?start={CODE}"])
async def test_a_pasted_code_at_the_door(talk: Talk, text: str) -> None:
    """In the web chat's form likewise."""
    await talk.stranger("An").says(text).hears("Chào em An")
