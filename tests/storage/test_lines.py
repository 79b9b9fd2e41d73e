"""What leaves next on a channel: the first of each line, urgent ones first, whatever stands behind them."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from storage.engine.database import session
from storage.engine.transaction import Transaction
from storage.talk import chats, lines, outbox
from storage.talk.outbox import Class

NOW = datetime(2023, 5, 20, 12, 0, tzinfo=UTC)
MANY = 100  # more than are read at once


def _heads(tx: Transaction, channel: str, *, words: bool = True) -> list[int]:
    return [one.id for one in lines.heads(tx, channel, NOW, words=words)]


def test_the_first_of_each_line(tmp_path: Path) -> None:
    """In a chat words of one class wait for each other, also for one on its way; answers come before all summaries."""
    with session(tmp_path / "bot.db") as tx:
        several = [chats.at(tx, "telegram", str(number), private=True).id for number in range(MANY)]
        summaries = [outbox.add(tx, chat, "{}", urgency=Class.SUMMARY, at=NOW) for chat in several for _ in "ab"]
        answers = [outbox.add(tx, several[7], "{}", urgency=Class.ANSWER, at=NOW) for _ in "ab"]
        assert _heads(tx, "telegram") == [answers[0], *summaries[::2]]
        first = next(lines.heads(tx, "telegram", NOW, words=True))
        assert first.id == answers[0]
        going = outbox.claim(tx, first)
        assert _heads(tx, "telegram") == summaries[::2]
        outbox.sent(tx, going, "7")
        assert _heads(tx, "telegram") == [answers[1], *summaries[::2]]


def test_channels_and_signs_have_lines_of_their_own(tmp_path: Path) -> None:
    """A sign waits for no words, and no channel for another."""
    with session(tmp_path / "bot.db") as tx:
        here, there = (chats.at(tx, name, "1", private=True).id for name in ("telegram", "web"))
        said = outbox.add(tx, here, "{}", urgency=Class.ANSWER, at=NOW)
        sign = outbox.add(tx, here, "{}", urgency=Class.ANSWER, at=NOW, words=False)
        other = outbox.add(tx, there, "{}", urgency=Class.SUMMARY, at=NOW)
        assert _heads(tx, "telegram") == [said]
        assert _heads(tx, "telegram", words=False) == [sign]
        assert _heads(tx, "web") == [other]


def test_when_the_next_is_due(tmp_path: Path) -> None:
    """Of what has to wait on the channel; what is due now is not asked for."""
    with session(tmp_path / "bot.db") as tx:
        here, there = (chats.at(tx, name, "1", private=True).id for name in ("telegram", "web"))
        later = NOW + timedelta(minutes=2)
        outbox.add(tx, here, "{}", urgency=Class.ANSWER, at=NOW)
        assert lines.next_due(tx, "telegram", NOW) is None
        outbox.add(tx, there, "{}", urgency=Class.ANSWER, at=NOW + timedelta(minutes=1))
        outbox.add(tx, here, "{}", urgency=Class.ANSWER, at=later)
        assert lines.next_due(tx, "telegram", NOW) == later
