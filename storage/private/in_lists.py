"""A person who is erased goes from what the bot listed: from buttons with their name, and lines with the given name.

Lists call people by the shortest ending that is clear there (`An`, `Văn An`). The same word may be a resident's name,
or another student's: only the bot's own words are looked at, in rooms whose lists had this person in them.
"""

import json
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from storage.campaign.people import Person
from storage.engine.transaction import Row, Transaction
from storage.webchat import posts

# Whoever comes after these is a resident, or no person.
_TITLES = frozenset(
    "nhà bà ông cụ cô chú bác dì cậu mợ thím anh chị cháu bé hộ "  # noqa: SIM905 - reads better
    "xã xóm thôn khu ấp bản đội tổ phường trấn làng đường ngõ".split()
)
_WORD_BEFORE = re.compile(r"(\w+)[ \u00a0]\Z")
_NAME_AFTER = re.compile(r"[ \u00a0](\w)")
_NUMBERED = re.compile(r"\d+\. ")
# The rooms of their teams, and of those who are or were in these with them; the rooms of whoever looks at all teams.
_NEAR = """SELECT r.id FROM rooms r WHERE r.team IN (SELECT team FROM members WHERE person = :person)
    OR r.person IN (SELECT o.person FROM members m JOIN members o ON o.team = m.team WHERE m.person = :person)"""
_ABOVE = "SELECT r.id FROM rooms r JOIN people p ON p.id = r.person WHERE p.role IN ('officer', 'admin')"


@dataclass(frozen=True, slots=True)
class _Named:
    """Whom lists may name: by the roster's id in commands, by the row in choices, and by endings of the name.

    `others`: endings of two words and more that are somebody else's.
    """

    person: Person
    endings: Sequence[str]
    others: frozenset[str]
    instead: str

    def chosen_by(self, label: str, choice: str) -> bool:
        """Whether a button with this label and choice, or command, is about this person."""
        command, _, about = choice.removeprefix("c").partition(" ")
        if command.startswith("/"):
            return self.person.ref.casefold() in about.casefold().split() or self.without(about, self.endings) != about
        core = _NUMBERED.sub("", label)
        return core in self.endings or self.without(label, self.endings[:1]) != label

    def without(self, text: str, endings: Sequence[str]) -> str:
        """The text with something else where one of these endings of the name stands for this person."""
        for ending in endings:
            if ending in text:
                text = re.sub(rf"(?<!\w){re.escape(ending)}(?!\w)", self._or_not, text)
        return text

    def _or_not(self, found: re.Match[str]) -> str:
        text = found.string
        before, after = _WORD_BEFORE.search(text[: found.start()]), _NAME_AFTER.match(text[found.end() :])
        if after is not None and after[1].isupper():
            return found[0]  # An Phú
        if before is not None and (before[1].casefold() in _TITLES or f"{before[1]} {found[0]}" in self.others):
            return found[0]
        return self.instead


def forget(tx: Transaction, person: Person, *, instead: str) -> None:
    """Takes the person out of buttons and choices, and the name's endings out of what the bot said where they were.

    Where somebody else's list may be meant, a given name that others have, too, stays.
    """
    known = _named(tx, person, instead)
    alone = not any(other.split()[-1:] == person.name.split()[-1:] for other in _others(tx, person))
    sure = known.endings if alone else known.endings[:-1]
    _offers(tx, known)
    _posts(tx, known, tx.all(f"SELECT id, text, buttons FROM posts WHERE person IS NULL AND room IN ({_ABOVE})"), sure)
    near = f"SELECT id, text, buttons FROM posts WHERE person IS NULL AND room IN ({_NEAR})"
    _posts(tx, known, tx.all(near, person=person.id), known.endings)
    for row in tx.all("SELECT outbox AS id, body FROM bodies"):
        body = _body(known, row["body"], sure)
        if body != row["body"]:
            tx.run("UPDATE bodies SET body = :body WHERE outbox = :id", body=body, id=row["id"])


def _posts(tx: Transaction, known: _Named, rows: Sequence[Row], endings: Sequence[str]) -> None:
    """Posts of the bot; browsers that have them are shown them anew."""
    for row in rows:
        text, buttons = known.without(row["text"], endings), _buttons(known, row["buttons"])
        if (text, buttons) != (row["text"], row["buttons"]):
            changed = "UPDATE posts SET text = :text, buttons = :buttons WHERE id = :id"
            tx.run(changed, text=text, buttons=buttons, id=row["id"])
            posts.show_anew(tx, row["id"])


def _named(tx: Transaction, person: Person, instead: str) -> _Named:
    words = person.name.split()
    endings = [" ".join(words[-many:]) for many in range(len(words), 0, -1)]
    others = [other.split() for other in _others(tx, person)]
    known = {" ".join(other[-many:]) for other in others for many in range(2, len(other) + 1)}
    return _Named(person, endings, frozenset(known), instead)


def _others(tx: Transaction, person: Person) -> Collection[str]:
    """The names of everybody else."""
    return [row["name"] for row in tx.all("SELECT name FROM people WHERE id <> :id", id=person.id)]


def _offers(tx: Transaction, known: _Named) -> None:
    """A choice keeps its place in the row, since buttons name it by that."""
    for row in tx.all("SELECT id, choices FROM offers WHERE choices IS NOT NULL"):
        choices: dict[str, str] = json.loads(row["choices"])
        if not any(known.chosen_by(label, choice) for label, choice in choices.items()):
            continue
        left = [
            (f"{known.instead} {place}", "") if known.chosen_by(label, choice) else (label, choice)
            for place, (label, choice) in enumerate(choices.items(), 1)
        ]
        tx.run(
            "UPDATE offers SET choices = :choices WHERE id = :id",
            choices=json.dumps(dict(left), ensure_ascii=False),
            id=row["id"],
        )


def _buttons(known: _Named, packed: str | None) -> str | None:
    """The rows of buttons without those about this person."""
    if packed is None:
        return None
    rows: list[list[list[Any]]] = json.loads(packed)
    left = _rows(known, rows)
    if left == rows:
        return packed
    return json.dumps(left, ensure_ascii=False) if left else None


def _rows(known: _Named, rows: list[list[list[Any]]]) -> list[list[list[Any]]]:
    kept = [[button for button in row if not known.chosen_by(button[0], button[1])] for row in rows]
    return [row for row in kept if row]


def _body(known: _Named, packed: str, endings: Sequence[str]) -> str:
    """What waits to be said to somebody else."""
    body: dict[str, Any] = json.loads(packed)
    left = dict(body)
    if isinstance(body.get("buttons"), list):
        left["buttons"] = _rows(known, body["buttons"])
    if isinstance(body.get("text"), str):
        left["text"] = known.without(body["text"], endings)
    return packed if left == body else json.dumps(left, ensure_ascii=False, separators=(",", ":"))
