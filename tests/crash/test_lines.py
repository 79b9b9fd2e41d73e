"""Over lines that reset, half-close, hang and lie, and killed meanwhile: the short form of `make torture`."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.crash.crowd import NAMES, ChatCrowd
from tests.crash.ordeal import STEPS, WAYS, ordeal
from tests.crash.troubles import ALL, LIES, Trouble, drawn

EACH = [Trouble(*one) for one in ALL]


@pytest.mark.parametrize(
    ("way", "troubles"),
    [("telegram polling", EACH), ("zalo polling", [one for one in EACH if one.act in LIES])],
)
async def test_each_trouble_of_a_send(tmp_path: Path, way: str, troubles: Sequence[Trouble]) -> None:
    """Whatever befalls it, and however far it has come: it is said, and said again only with a mark."""
    async with ordeal(way, tmp_path, seed=1) as one:
        assert isinstance(one.crowd, ChatCrowd)
        for first in range(0, len(troubles), len(NAMES)):
            some = troubles[first : first + len(NAMES)]
            befell = one.out.befell.total() + len(some)
            for trouble, who in zip(some, NAMES, strict=False):
                one.out.plan(b"/sendMessage", trouble)
                one.crowd.report(who, phones=3)
            await one.bot.until(lambda n=befell: one.out.befell.total() == n, f"going wrong of {some}")
            await one.is_calm()
        assert one.counted().bad == {}, one.counted()
        assert set(one.out.befell) == {(trouble.step, trouble.act) for trouble in troubles}


@pytest.mark.parametrize("way", WAYS)
async def test_killed_over_bad_lines(tmp_path: Path, way: str) -> None:
    """At steps of a send, at the way's own, and at any moment: nothing lost, doubled, unanswered, or said again without
    a mark."""
    async with ordeal(way, tmp_path, seed=20230520) as one:
        line, word = (one.back, b"/ws") if way == "web chat" else (one.out, b"/sendMessage")
        came = 0
        for step in (*list(one.steps)[len(STEPS) :], "send:before", "send:after"):
            came += await one.life_to(step)
            line.plan(word, drawn(one.dice))
        one.worsen()
        await one.life()
        await one.is_calm()
        assert one.counted().bad == {}, one.counted()
        assert came > 1
        assert line.befell
