"""Zalo writes some of its signs like commands; they are none."""

import pytest

from tests.talk import Talk


@pytest.mark.on("zalo")
@pytest.mark.parametrize("sign", ["/-strong", "/-heart", "/:b"])
async def test_a_sign_before_a_report(talk: Talk, sign: str) -> None:
    """In private and in the team's group."""
    an, dung = await talk.person("An"), await talk.person("Dũng")
    await an.says(f"{sign} xong nhà bà Lan 3 máy").hears("3 máy")
    group = await talk.team_chat(dung, an)
    await an.says(f"{sign} nhà ông Tư 2 máy", group)
    await talk.settled()
    assert talk.done_by("hv1") == {"activated": 5}
