"""A person is erased: name, accounts and words go; what was counted stays, under no name."""

import re
from collections.abc import Callable, Collection
from datetime import datetime

from storage.campaign import accounts, claims, erased, people
from storage.campaign.people import Person
from storage.engine import heaps
from storage.engine.transaction import Transaction
from storage.field import blanking as of_field
from storage.private import in_lists, practised
from storage.reports import blanking as of_reports
from storage.running import audits, broadcasts, failures, pulls, told, wishes
from storage.talk import blanking as of_talk
from storage.talk import chats, documents, outbox
from storage.webchat import blanking as of_webchat
from storage.webchat import posts
from storage.webchat.rooms import CHANNEL

_ALL = 1 << 60

# Where other people's words, or the bot's, may name somebody: table, key, columns.
_NAMING = (
    ("posts", "id", ("text", "buttons")),
    ("bodies", "outbox", ("body",)),
    ("offers", "id", ("choices",)),
    ("drafts", "id", ("text", "holes")),
    ("chats", "id", ("title",)),
    ("failures", "id", ("text",)),
    ("broadcasts", "id", ("text",)),
    ("assistance", "id", ("what", "told")),
)


def erase(tx: Transaction, person: Person, *, at: datetime, name: str) -> None:
    """Nothing is left of this person but the sums; `name` stands where theirs stood.

    What waits to be said to them is not said; who writes from their accounts afterwards is a stranger.
    """
    for account in accounts.of_person(tx, person.id):
        _forget_account(tx, person.id, account.chat, at)
    bounds = {"person": person.id, "at": int(at.timestamp()), "instead": name, "newest": posts.newest_change(tx)}
    own = (*of_reports.OF_PERSON, *of_field.OF_PERSON, *of_talk.OF_PERSON, *of_webchat.OF_PERSON, *practised.OF_PERSON)
    own_wishes = (*broadcasts.OF_PERSON, *told.OF_PERSON, *wishes.OF_PERSON, *pulls.OF_PERSON, *documents.OF_PERSON)
    heaps.blank(tx, (*own, *own_wishes), _ALL, **bounds)
    claims.end_for(tx, person.id)
    documents.expire(tx, at)  # they may name the person
    in_lists.forget(tx, person, instead=name)
    _unname(tx, person.name, name)
    audits.blank(tx, audits.naming(tx, person.name))
    erased.erase(tx, person.id, person.ref, name=name, at=at)


def again(tx: Transaction, digests: Collection[bytes], *, at: datetime, name: str) -> int:
    """Whoever was erased is so again, in a database of before; how many."""
    found = [person for person in people.every(tx) if erased.digest(tx, person.ref) in digests]
    for person in found:
        erase(tx, person, at=at, name=name)
    return len(found)


def _forget_account(tx: Transaction, person: int, chat: int, at: datetime) -> None:
    """One account is nobody's any more, and its address is forgotten; what waits for it goes unsaid."""
    outbox.forget_for(tx, chat, at)
    heaps.blank(tx, of_talk.OF_CHAT, _ALL, chat=chat)
    known = chats.by_id(tx, chat)
    failures.forget_chat(tx, known.channel, known.address)
    claims.end_from(tx, chat)
    accounts.forget(tx, person, chat)
    if known.channel != CHANNEL and accounts.of_chat(tx, chat) is None:
        chats.forget_address(tx, chat, at)


def _unname(tx: Transaction, name: str, instead: str) -> None:
    """Where others' words name them by their whole name, something else stands."""
    replaced, some = _replacing(name, instead), f"%{name}%"
    for table, key, columns in _NAMING:
        for column in columns:
            found = f"SELECT {key} AS id, {column} AS words FROM {table} WHERE {column} LIKE :some"
            for row in tx.all(found, some=some):
                words = replaced(row["words"])
                if words != row["words"]:
                    tx.run(f"UPDATE {table} SET {column} = :words WHERE {key} = :id", words=words, id=row["id"])
                    _show_anew(tx, table, row["id"])
    for row in tx.all("SELECT report, number, text FROM versions WHERE text LIKE :some", some=some):
        tx.run(
            "UPDATE versions SET text = :text WHERE report = :report AND number = :number",
            text=replaced(row["text"]),
            report=row["report"],
            number=row["number"],
        )


def _replacing(name: str, instead: str) -> Callable[[str], str]:
    whole = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
    return lambda words: whole.sub(instead, words)


def _show_anew(tx: Transaction, table: str, id: int) -> None:
    if table == "posts":
        posts.show_anew(tx, id)
