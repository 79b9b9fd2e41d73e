"""After a quiet week all that was said is forgotten, and what is said then is said, and pressed, as anything new."""

from datetime import timedelta

import pytest

from storage.engine.database import session
from storage.talk import offers, outbox
from tests.talk import Talk

pytestmark = pytest.mark.on("web")

LONG = timedelta(days=9)


async def test_after_a_quiet_week_answers_arrive(talk: Talk) -> None:
    """The rows are pruned (of the outbox but for the newest), and no number is given twice."""
    an = await talk.person("An")
    first = await an.says("xóm 4 được 3").hears("✅ Xóm 4: 3 máy")
    await talk.stop()
    later = talk.clock.now() + LONG
    with session(talk.database) as tx:
        outbox.prune(tx, later, 1000)
        offers.prune(tx, later + LONG, 1000)
        left = [tx.one(f"SELECT count(*) AS n FROM {table}")["n"] for table in ("outbox", "offers")]  # type: ignore[index]
        assert left == [1, 0]
    talk.clock.advance(LONG)
    await talk.start()
    for n in (1, 2, 3):
        said = await an.says(f"xóm {n} được {n}").hears(f"✅ Xóm {n}: {n} máy")
        assert said.id != first.id
