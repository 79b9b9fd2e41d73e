"""Where the bot talks: private chats and groups of all platforms, and which groups are a team's."""

from dataclasses import dataclass
from datetime import datetime

from storage.engine.times import stamp
from storage.engine.transaction import Row, Transaction


@dataclass(frozen=True, slots=True)
class Chat:
    """One chat. `address` is the platform's id for it."""

    id: int
    channel: str
    address: str
    private: bool


_CHAT = "id, channel, address, kind"


def _chat(row: Row) -> Chat:
    return Chat(row["id"], row["channel"], row["address"], row["kind"] == "private")


def at(tx: Transaction, channel: str, address: str, *, private: bool, title: str = "") -> Chat:
    """The chat at this address; it is remembered when it is new, and reachable again now that it wrote."""
    row = tx.one(
        f"SELECT {_CHAT}, gone_at, title FROM chats WHERE channel = :channel AND address = :address",
        channel=channel,
        address=address,
    )
    if row is None:
        row = tx.one(
            f"""INSERT INTO chats (channel, address, kind, title) VALUES (:channel, :address, :kind, :title)
                RETURNING {_CHAT}""",
            channel=channel,
            address=address,
            kind="private" if private else "group",
            title=title,
        )
        assert row is not None
    elif row["gone_at"] is not None or row["title"] != title:
        tx.run("UPDATE chats SET gone_at = NULL, title = :title WHERE id = :id", id=row["id"], title=title)
    return _chat(row)


def known_at(tx: Transaction, channel: str, address: str) -> int | None:
    """The row of the chat at this address; None where nobody has spoken there yet."""
    row = tx.one(
        "SELECT id FROM chats WHERE channel = :channel AND address = :address", channel=channel, address=address
    )
    return row["id"] if row else None


def by_id(tx: Transaction, chat: int) -> Chat:
    """The chat of this row."""
    row = tx.one(f"SELECT {_CHAT} FROM chats WHERE id = :chat", chat=chat)
    assert row is not None
    return _chat(row)


def mark_gone(tx: Transaction, chat: int, when: datetime) -> bool:
    """The bot was blocked or removed there; whether that is news."""
    return bool(
        tx.run("UPDATE chats SET gone_at = :when WHERE id = :chat AND gone_at IS NULL", chat=chat, when=stamp(when))
    )


def forget_address(tx: Transaction, chat: int, when: datetime) -> None:
    """What was said there stays said in this chat, and nobody knows any more where that is."""
    tx.run(
        """UPDATE chats SET address = :address, title = '', topic = NULL, gone_at = coalesce(gone_at, :when)
           WHERE id = :chat""",
        address=f"erased {chat}",
        when=stamp(when),
        chat=chat,
    )


def note_closed(tx: Transaction, chat: int, when: datetime) -> bool:
    """The bot is there, but may not write for now; whether that is news."""
    return bool(
        tx.run("UPDATE chats SET closed_at = :when WHERE id = :chat AND closed_at IS NULL", chat=chat, when=stamp(when))
    )


def note_open(tx: Transaction, chat: int) -> None:
    """The bot may write there."""
    tx.run("UPDATE chats SET closed_at = NULL WHERE id = :chat AND closed_at IS NOT NULL", chat=chat)


def forget_topic(tx: Transaction, chat: int) -> None:
    """The topic in which a team was spoken to is gone: it is spoken to in the group."""
    tx.run("UPDATE chats SET topic = NULL WHERE id = :chat", chat=chat)


def topic(tx: Transaction, chat: int) -> str | None:
    """The topic in which a group's team is spoken to."""
    row = tx.one("SELECT topic FROM chats WHERE id = :chat", chat=chat)
    return row["topic"] if row else None


def title(tx: Transaction, chat: int) -> str:
    """What a group is called; '' where that is not known."""
    row = tx.one("SELECT title FROM chats WHERE id = :chat", chat=chat)
    return row["title"] or "" if row else ""


def move(tx: Transaction, chat: int, address: str, when: datetime) -> int:
    """A group went on at another address: its team and what is still to be said there follow. The new chat.

    The old row stays, since message ids start anew at the new address.
    """
    old = by_id(tx, chat)
    new = at(tx, old.channel, address, private=old.private)
    if new.id == old.id:
        return old.id
    tx.run("UPDATE chats SET title = (SELECT title FROM chats WHERE id = :old) WHERE id = :new", old=old.id, new=new.id)
    tx.run(
        """INSERT INTO team_chats (chat, team, added_by, added_at)
           SELECT :new, team, added_by, added_at FROM team_chats WHERE chat = :old ON CONFLICT (chat) DO NOTHING""",
        old=old.id,
        new=new.id,
    )
    tx.run("DELETE FROM team_chats WHERE chat = :old", old=old.id)
    tx.run("UPDATE outbox SET chat = :new WHERE chat = :old AND state IN ('due', 'sending')", old=old.id, new=new.id)
    mark_gone(tx, old.id, when)
    return new.id


def bind_team(tx: Transaction, chat: int, team: int, *, by: int, when: datetime, topic: str | None = None) -> None:
    """Makes the group, or a topic of it, one of the team's chats; a group belongs to one team, the one named last."""
    tx.run("UPDATE chats SET topic = :topic WHERE id = :chat", chat=chat, topic=topic)
    tx.run(
        """INSERT INTO team_chats (chat, team, added_by, added_at) VALUES (:chat, :team, :by, :when)
           ON CONFLICT (chat) DO UPDATE SET team = excluded.team, added_by = excluded.added_by,
               added_at = excluded.added_at""",
        chat=chat,
        team=team,
        by=by,
        when=stamp(when),
    )


def unbind_team(tx: Transaction, chat: int) -> None:
    """The group is no team's any more."""
    tx.run("DELETE FROM team_chats WHERE chat = :chat", chat=chat)
    forget_topic(tx, chat)


def team_of(tx: Transaction, chat: int) -> int | None:
    """Whose chat this group is."""
    row = tx.one("SELECT team FROM team_chats WHERE chat = :chat", chat=chat)
    return row["team"] if row else None


def any_closed(tx: Transaction, team: int) -> bool:
    """Whether one of the team's groups takes no text from the bot for now."""
    row = tx.one(
        """SELECT 1 FROM team_chats t JOIN chats c ON c.id = t.chat
           WHERE t.team = :team AND c.gone_at IS NULL AND c.closed_at IS NOT NULL LIMIT 1""",
        team=team,
    )
    return row is not None


def unreachable(tx: Transaction, team: int, *, since: datetime) -> list[str]:
    """What the team's groups are called in which the bot may not write for now, or is no more since this moment."""
    rows = tx.all(
        """SELECT c.title FROM team_chats t JOIN chats c ON c.id = t.chat
           WHERE t.team = :team AND (c.gone_at >= :since OR (c.gone_at IS NULL AND c.closed_at IS NOT NULL))
           ORDER BY t.added_at, t.chat""",
        team=team,
        since=stamp(since),
    )
    return [row["title"] or "" for row in rows]


def of_team(tx: Transaction, team: int) -> list[int]:
    """The team's groups that the bot can reach."""
    rows = tx.all(
        """SELECT t.chat FROM team_chats t JOIN chats c ON c.id = t.chat
           WHERE t.team = :team AND c.gone_at IS NULL ORDER BY t.added_at, t.chat""",
        team=team,
    )
    return [row["chat"] for row in rows]
