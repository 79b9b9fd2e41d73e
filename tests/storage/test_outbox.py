"""The outbox: which of the rows about a report is the message that a newer answer may take the place of."""

from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from storage.engine.database import session
from storage.engine.transaction import Transaction
from storage.talk import chats, outbox
from storage.talk.outbox import Class
from tests.talk import Talk

NOW = datetime(2023, 5, 20, 12, tzinfo=UTC)
REPORT = 7


def test_a_sign_is_no_answer_until_it_is_said_in_words(tmp_path: Path) -> None:
    """What waits counts where it is a message; a sign does once the platform has refused it and words stand for it."""
    with session(tmp_path / "bot.db") as tx:
        chat = chats.at(tx, "telegram", "5", private=False, title="Tổ").id
        add = partial(outbox.add, tx, chat, "{}", urgency=Class.ANSWER, at=NOW, report=REPORT)
        answer, sign = add(), add(words=False)
        assert sign is not None
        assert outbox.newest_answer(tx, REPORT, chat) == answer
        outbox.say_instead(tx, sign, '{"text":"✅"}')
        assert outbox.newest_answer(tx, REPORT, chat) == sign


@pytest.mark.on("telegram")
async def test_what_the_bot_puts_on_a_message_is_kept_as_a_sign(talk: Talk) -> None:
    """In the team's group a clear report gets a sign alone; in a private chat it is answered in words."""
    dung, an = await talk.person("Dũng"), await talk.person("An")
    group = await talk.team_chat(dung, an)
    await an.says("xóm 4 được 3", group).sees("👍")
    await an.says("xóm 5 được 1").hears("✅")
    await talk.settled()
    assert talk.look(_of_reports) == [0, 1]


def _of_reports(tx: Transaction) -> list[int]:
    return [row["words"] for row in tx.all("SELECT words FROM outbox WHERE report IS NOT NULL ORDER BY id")]
