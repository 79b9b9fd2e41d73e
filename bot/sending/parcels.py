"""A saying as the outbox keeps it, and back: short JSON, so that it outlives the program that said it."""

import json
from typing import Any

from handlers.messages import Button, Deletion, Menu, Notice, Reaction, Reply, Saying

_encoded = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def packed(saying: Saying) -> str:
    """The JSON of a saying."""
    if isinstance(saying, Reaction):
        body: dict[str, Any] = {"react": saying.emoji, "on": saying.message, "text": saying.text}
    elif isinstance(saying, Deletion):
        body = {"delete": saying.message, "text": saying.text}
    elif isinstance(saying, Notice):
        body = {"notice": saying.text, "press": saying.press}
    elif isinstance(saying, Menu):
        body = {"menu": saying.commands}
    else:
        body = {"text": saying.text}
        if saying.buttons:
            body["buttons"] = [[_button(button) for button in row] for row in saying.buttons]
        for name in ("quotes", "replaces", "edits", "picture"):
            value = getattr(saying, name)
            if value is not None:
                body[name] = value
    return _encoded(body)


def _button(button: Button) -> list[str]:
    return [button.label, button.data] + ([button.short] if button.short is not None else [])


def unpacked(body: str) -> Saying:
    """The saying of such a JSON."""
    kept = json.loads(body)
    if "react" in kept:
        return Reaction(kept["react"], kept["on"], kept["text"])
    if "delete" in kept:
        return Deletion(kept["delete"], kept["text"])
    if "notice" in kept:
        return Notice(kept["press"], kept["notice"])
    if "menu" in kept:
        return Menu(tuple((name, text) for name, text in kept["menu"]))
    return Reply(
        kept["text"],
        tuple(tuple(Button(*button) for button in row) for row in kept.get("buttons", ())),
        quotes=kept.get("quotes"),
        replaces=kept.get("replaces"),
        edits=kept.get("edits"),
        picture=kept.get("picture"),
    )
