"""What stands in the rooms of the web chat. Texts are masked before they come here."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from storage.engine.transaction import Row, Transaction
from storage.reports import became
from storage.reports.became import Became
from storage.talk import chats, practices
from storage.talk.documents import Document
from storage.webchat.rooms import CHANNEL

Buttons = Sequence[Sequence[tuple[str, str]]]
_QUOTED = 120  # characters of a post that are shown where another answers it


@dataclass(frozen=True, slots=True)
class File:
    """A picture or file of a post; `width` and `height` in pixels, where it is a picture."""

    id: int
    name: str
    type: str
    width: int | None
    height: int | None
    size: int


@dataclass(frozen=True, slots=True)
class Quoted:
    """The beginning of the post that another answers; `name` None: the bot's."""

    id: int
    name: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Post:
    """One message in a room. `person` None: the bot's. `at`: milliseconds since 1970. `change` rises with changes.

    `became`: what became of a person's message by now; None where the bot has received it and stored nothing of it.
    """

    id: int
    room: int
    person: int | None
    name: str | None
    uuid: str | None
    text: str
    at: int
    edited: bool
    reply: Quoted | None
    buttons: Buttons
    reaction: str | None
    files: tuple[File, ...]
    taken: bool
    became: Became | None
    change: int


@dataclass(frozen=True, slots=True)
class Content:
    """The bytes of a file, and what they are; of `document` they lie beside the database, while its time lasts.

    `gone`: they did, and it is over.
    """

    room: int
    name: str
    type: str
    content: bytes
    document: int | None = None
    gone: bool = False


_POST = f"""SELECT p.id, p.room, p.person, w.name, p.uuid, p.text, p.at, p.edited_at, p.buttons, p.reaction, p.taken,
        p.change,
        q.id AS quoted, x.name AS quoted_name, substr(q.text, 1, {_QUOTED}) AS quoted_text,
        EXISTS (SELECT 1 FROM files f WHERE f.post = p.id) AS has_files
    FROM posts p LEFT JOIN people w ON w.id = p.person
    LEFT JOIN posts q ON q.id = p.reply LEFT JOIN people x ON x.id = q.person"""


def _posts(tx: Transaction, rows: Sequence[Row]) -> list[Post]:
    """Posts with what became of them: the reports and open messages of a room are looked at once."""
    said: dict[int, list[str]] = {}
    for row in rows:
        if row["person"] is not None:
            said.setdefault(row["room"], []).append(str(row["id"]))
    known: dict[str, Became] = {}
    for room, messages in said.items():
        chat = chats.known_at(tx, CHANNEL, str(room))
        if chat is not None:
            known |= practices.became(tx, chat, messages) | became.of_messages(tx, chat, messages)
    return [_post(tx, row, known.get(str(row["id"]))) for row in rows]


def _post(tx: Transaction, row: Row, became: Became | None) -> Post:
    quoted = Quoted(row["quoted"], row["quoted_name"], row["quoted_text"]) if row["quoted"] is not None else None
    return Post(
        id=row["id"],
        room=row["room"],
        person=row["person"],
        name=row["name"],
        uuid=row["uuid"],
        text=row["text"],
        at=row["at"],
        edited=row["edited_at"] is not None,
        reply=quoted,
        buttons=json.loads(row["buttons"]) if row["buttons"] else (),
        reaction=row["reaction"],
        files=_files(tx, row["id"]) if row["has_files"] else (),
        taken=bool(row["taken"]),
        became=became,
        change=row["change"],
    )


def _files(tx: Transaction, post: int) -> tuple[File, ...]:
    rows = tx.all(
        """SELECT id, name, type, width, height, coalesce(size, length(content)) AS size
           FROM files WHERE post = :post ORDER BY id""",
        post=post,
    )
    return tuple(File(row["id"], row["name"], row["type"], row["width"], row["height"], row["size"]) for row in rows)


def newest_change(tx: Transaction) -> int:
    """The `change` of what changed last; 0 before anything did."""
    row = tx.one("SELECT max(change) AS newest FROM posts")
    return (row["newest"] or 0) if row else 0


def add(
    tx: Transaction,
    room: int,
    text: str,
    *,
    at: int,
    person: int | None = None,
    uuid: str | None = None,
    key: str | None = None,
    reply: int | None = None,
    buttons: Buttons = (),
) -> int:
    """A new post; its id. Where the bot said it before (`key`), that post's."""
    row = tx.one(
        """INSERT INTO posts (room, person, uuid, key, text, at, reply, buttons, taken, change)
           VALUES (:room, :person, :uuid, :key, :text, :at, :reply, :buttons, :taken, :change)
           ON CONFLICT (key) DO NOTHING RETURNING id""",
        room=room,
        person=person,
        uuid=uuid,
        key=key,
        text=text,
        at=at,
        reply=reply,
        buttons=_packed(buttons),
        taken=int(person is None),
        change=newest_change(tx) + 1,
    )
    if row is None:
        row = tx.one("SELECT id FROM posts WHERE key = :key", key=key)
    assert row is not None
    id: int = row["id"]
    return id


def _packed(buttons: Buttons) -> str | None:
    return json.dumps([[list(button) for button in row] for row in buttons], ensure_ascii=False) if buttons else None


def attach(
    tx: Transaction, post: int, name: str, type: str, content: bytes, *, size: tuple[int, int] | None = None
) -> None:
    """Adds a picture (`size`: width and height in pixels) or another file to a post."""
    width, height = size or (None, None)
    tx.run(
        """INSERT INTO files (post, name, type, width, height, content)
           VALUES (:post, :name, :type, :width, :height, :content)""",
        post=post,
        name=name,
        type=type,
        width=width,
        height=height,
        content=content,
    )
    _changed(tx, post)


def attach_document(tx: Transaction, post: int, document: Document) -> None:
    """Adds a file that lies beside the database, as long as it does."""
    tx.run(
        """INSERT INTO files (post, name, type, content, document, size)
           VALUES (:post, :name, :type, :content, :document, :size)""",
        post=post,
        name=document.name,
        type=document.type,
        content=b"",
        document=document.id,
        size=document.size,
    )
    _changed(tx, post)


def _changed(tx: Transaction, post: int) -> None:
    tx.run("UPDATE posts SET change = :change WHERE id = :post", post=post, change=newest_change(tx) + 1)


def edit(tx: Transaction, post: int, text: str, *, at: int, buttons: Buttons = ()) -> bool:
    """The post now reads so; what a person edits the bot has yet to take.

    False where its person edited it after `at`, on another device: that stands.
    """
    changed = tx.run(
        """UPDATE posts SET text = :text, buttons = :buttons, edited_at = :at, change = :change,
               taken = CASE WHEN person IS NULL THEN 1 ELSE 0 END
           WHERE id = :post AND (person IS NULL OR edited_at IS NULL OR edited_at <= :at)""",
        post=post,
        text=text,
        buttons=_packed(buttons),
        at=at,
        change=newest_change(tx) + 1,
    )
    return changed == 1


def react(tx: Transaction, post: int, emoji: str) -> None:
    """The bot puts a sign on the post."""
    tx.run("UPDATE posts SET reaction = :emoji WHERE id = :post", post=post, emoji=emoji)
    _changed(tx, post)


def show_anew(tx: Transaction, post: int) -> None:
    """What became of it is something else by now: whoever shows it has to ask again."""
    _changed(tx, post)


def take(tx: Transaction, post: int) -> None:
    """The bot has it."""
    if tx.run("UPDATE posts SET taken = 1 WHERE id = :post AND taken = 0", post=post):
        _changed(tx, post)


def by_id(tx: Transaction, post: int) -> Post | None:
    """The post of this id."""
    row = tx.one(f"{_POST} WHERE p.id = :post", post=post)
    return _posts(tx, [row])[0] if row else None


def by_uuid(tx: Transaction, person: int, uuid: str) -> Post | None:
    """The post that somebody's browser sent under this UUID."""
    row = tx.one("SELECT post FROM actions WHERE person = :person AND uuid = :uuid", person=person, uuid=uuid)
    return by_id(tx, row["post"]) if row else None


def latest(tx: Transaction, room: int, n: int, *, before: int | None = None) -> list[Post]:
    """The newest posts of a room, or those before one, the oldest first."""
    rows = tx.all(
        f"{_POST} WHERE p.room = :room AND p.id < :before ORDER BY p.id DESC LIMIT :n",
        room=room,
        before=before if before is not None else 1 << 62,
        n=n,
    )
    return _posts(tx, rows[::-1])


def is_behind(tx: Transaction, room: int, post: int) -> bool:
    """Whether somebody has posted in the room since."""
    return (
        tx.one(
            "SELECT 1 FROM posts WHERE room = :room AND id > :post AND person IS NOT NULL LIMIT 1", room=room, post=post
        )
        is not None
    )


def changed_since(tx: Transaction, rooms: Sequence[int], change: int, most: int) -> list[Post] | None:
    """What is new or changed in these rooms, the oldest first; None where it is more than `most`."""
    marks = ", ".join(str(int(room)) for room in rooms)
    rows = tx.all(
        f"{_POST} WHERE p.change > :change AND p.room IN ({marks}) ORDER BY p.id LIMIT :most",
        change=change,
        most=most + 1,
    )
    return None if len(rows) > most else _posts(tx, rows)


def unread(tx: Transaction, room: int, person: int, upto: int) -> int:
    """How many posts of others stand behind the one that was read last."""
    row = tx.one(
        "SELECT count(*) AS n FROM posts WHERE room = :room AND id > :upto AND (person IS NULL OR person <> :person)",
        room=room,
        upto=upto,
        person=person,
    )
    return row["n"] if row else 0


def content(tx: Transaction, file: int) -> Content | None:
    """A file's bytes, and the room that it stands in."""
    row = tx.one(
        """SELECT p.room, f.name, f.type, f.content, f.document, f.size FROM files f JOIN posts p ON p.id = f.post
           WHERE f.id = :file""",
        file=file,
    )
    if row is None:
        return None
    gone = row["size"] is not None and row["document"] is None
    return Content(row["room"], row["name"], row["type"], row["content"], row["document"], gone)
