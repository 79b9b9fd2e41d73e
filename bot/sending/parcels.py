"""A saying as the outbox keeps it, and back: short JSON, so that it outlives the program that said it.

What offers it carries is kept beside it: a press changes the message that its offer was said in, and no other.
"""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from handlers.messages import Answered, Button, Deletion, Menu, Notice, Reaction, Reply, Saying, Sought, Tick
from handlers.states import offer_in
from storage.engine.transaction import Transaction
from storage.talk import offers, outbox, practices
from storage.talk.outbox import Class, Told

_encoded = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def put(
    tx: Transaction,
    chat: int,
    saying: Saying,
    *,
    urgency: Class,
    at: datetime,
    expires_at: datetime | None = None,
    key: str | None = None,
    told: Told = Told.NOT_YET,
) -> None:
    """Puts what is said in line for a chat, as `outbox.add` does."""
    practice = saying.practice if isinstance(saying, Reply) else None
    report: int | None = getattr(saying, "report", None)
    row = outbox.add(
        tx,
        chat,
        packed(saying),
        urgency=urgency,
        at=at,
        expires_at=expires_at,
        key=key,
        report=report if practice is None else None,
        words=isinstance(saying, Reply),
        told=told,
    )
    if row is not None and isinstance(saying, Reply):
        bind(tx, saying, row)
    if row is not None and isinstance(saying, Reply) and practice is not None:
        own = {offer for offer in _offers(saying) if practices.of_offer(offer) == practice}
        practices.answered(tx, row, practice, report=report, offers=own)


def bind(tx: Transaction, reply: Reply, row: int) -> None:
    """The offers of a reply are said in this row."""
    offers.bind(tx, _offers(reply), row)


def _offers(reply: Reply) -> set[int]:
    known = [offer_in(button.short or button.data) for line in reply.buttons for button in line]
    return {found[0] for found in known if found is not None}


def packed(saying: Saying) -> str:
    """The JSON of a saying."""
    if isinstance(saying, Reaction):
        body: dict[str, Any] = {"react": saying.emoji, "on": saying.message, "text": saying.text}
        if saying.topic is not None:
            body["topic"] = saying.topic
    elif isinstance(saying, Deletion):
        body = {"delete": saying.message, "text": saying.text}
        if saying.topic is not None:
            body["topic"] = saying.topic
    elif isinstance(saying, Notice):
        body = {"notice": saying.text, "press": saying.press}
    elif isinstance(saying, Menu):
        body = {"menu": saying.commands}
    elif isinstance(saying, Tick):
        body = {"tick": saying.message}
    else:
        body = _reply(saying)
    return _encoded(body)


def _reply(saying: Reply) -> dict[str, Any]:
    body: dict[str, Any] = {"text": saying.text}
    if saying.buttons:
        body["buttons"] = [[_button(button) for button in row] for row in saying.buttons]
    for name in ("quotes", "replaces", "edits", "picture", "drawing", "document", "topic"):
        value = getattr(saying, name)
        if value is not None:
            body[name] = value
    if saying.seeks is not None:
        body["seeks"] = [saying.seeks.command, saying.seeks.person, saying.seeks.at.timestamp()]
    if saying.in_group:
        body["group"] = True
    if saying.merges:
        body["merges"] = True
    if saying.answers is not None:
        body["answers"] = [saying.answers.message, saying.answers.at.timestamp(), saying.answers.words]
    return body


def _button(button: Button) -> list[Any]:
    more = [button.short, list(button.instead)] if button.instead else [button.short] if button.short else []
    return [button.label, button.data, *more]


def _button_from(kept: Sequence[Any]) -> Button:
    label, data, *more = kept
    return Button(label, data, more[0] if more else None, tuple(more[1]) if len(more) > 1 else ())


def _answered_from(kept: Sequence[Any]) -> Answered:
    message, at, words = kept
    return Answered(message, datetime.fromtimestamp(at, UTC), words)


def _sought_from(kept: Sequence[Any]) -> Sought:
    command, person, at = kept
    return Sought(command, person, datetime.fromtimestamp(at, UTC))


def unpacked(body: str) -> Saying:
    """The saying of such a JSON."""
    kept = json.loads(body)
    if "react" in kept:
        return Reaction(kept["react"], kept["on"], kept["text"], topic=kept.get("topic"))
    if "delete" in kept:
        return Deletion(kept["delete"], kept["text"], topic=kept.get("topic"))
    if "notice" in kept:
        return Notice(kept["press"], kept["notice"])
    if "menu" in kept:
        return Menu(tuple((name, text) for name, text in kept["menu"]))
    if "tick" in kept:
        return Tick(kept["tick"], 0)
    return Reply(
        kept["text"],
        tuple(tuple(map(_button_from, row)) for row in kept.get("buttons", ())),
        answers=_answered_from(kept["answers"]) if "answers" in kept else None,
        quotes=kept.get("quotes"),
        in_group=kept.get("group", False),
        replaces=kept.get("replaces"),
        edits=kept.get("edits"),
        picture=kept.get("picture"),
        drawing=kept.get("drawing"),
        document=kept.get("document"),
        topic=kept.get("topic"),
        merges=kept.get("merges", False),
        seeks=_sought_from(kept["seeks"]) if "seeks" in kept else None,
    )
