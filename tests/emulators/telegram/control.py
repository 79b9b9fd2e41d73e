"""The emulator driven from another process, over HTTP: `POST /control/<name>` with a JSON object."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from tests.emulators.common.parameters import JSON, Params

from .trouble import Pacing

if TYPE_CHECKING:
    from .emulator import Emulator
    from .people import User


def say(emulator: Emulator, params: Params) -> JSON:
    """Let people write, new ones too: `{"messages": [{"user_id", "text", "name"?, "chat_id"?, "date"?}, …]}`."""
    ids = [_said(emulator, message).id for message in _list(params, "messages")]
    return {"message_ids": ids, **stats(emulator, params)}


def _said(emulator: Emulator, message: JSON) -> Any:
    user = _user(emulator, int(message["user_id"]), str(message.get("name", "")))
    chat = emulator.world.chats[int(message["chat_id"])] if "chat_id" in message else None
    at = datetime.fromtimestamp(message["date"], UTC) if "date" in message else None
    return user.sends(str(message["text"]), chat, at=at)


def _user(emulator: Emulator, user_id: int, name: str = "") -> User:
    return emulator.users.get(user_id) or emulator.user(name or f"Người {user_id}", user_id=user_id)


def push(emulator: Emulator, params: Params) -> JSON:
    """Queue raw updates without ids: `{"updates": [{…}, …]}`."""
    return {"update_ids": [emulator.push(update) for update in _list(params, "updates")], **stats(emulator, params)}


def _list(params: Params, name: str) -> list[Any]:
    value = params.structure(name)
    if not isinstance(value, list):
        raise TypeError(f"{name} must be a list, not {value!r}")
    return value


def press(emulator: Emulator, params: Params) -> JSON:
    """Press the latest such button of the private chat: `{"user_id", "button"}`."""
    pressed = _user(emulator, params.integer("user_id")).presses(params.text("button"))
    return {"callback_query_id": pressed.id}


def group(emulator: Emulator, params: Params) -> JSON:
    """A new group with the bot in it: `{"title", "user_ids", "supergroup"?, "admin"?}`."""
    members = [_user(emulator, int(user_id)) for user_id in _list(params, "user_ids")]
    supergroup, admin = params.flag("supergroup"), params.flag("admin")
    made = emulator.group(params.text("title"), members, supergroup=supergroup, admin=admin)
    return {"chat_id": made.id}


def calls(emulator: Emulator, params: Params) -> JSON:
    """Calls since index `since`, perhaps of one `method`: rows of method, chat, status, monotonic, wall, text."""
    since, method = params.integer("since"), params.text("method")
    rows = [
        [call.method, call.chat_id, call.status, call.monotonic, call.wall, call.params.get("text")]
        for call in emulator.calls[since:]
        if method in ("", call.method)
    ]
    return {"calls": rows, "next": len(emulator.calls)}


def chat(emulator: Emulator, params: Params) -> JSON:
    """What a chat shows: `{"chat_id"}`."""
    return {"messages": [shown.as_json() for shown in emulator.chat(params.integer("chat_id")).messages]}


def stats(emulator: Emulator, _: Params) -> JSON:
    """Numbers only, cheap to ask for."""
    updates = emulator.updates
    return {
        "calls": len(emulator.calls),
        "added": updates.added,
        "pending": len(updates.pending),
        "confirmed": updates.confirmed,
        "polling": updates.polling,
        "next_update_id": updates.next_id,
    }


def fail(emulator: Emulator, params: Params) -> JSON:
    """Script a fault; the fields of `trouble.Fault`."""
    emulator.fail(**params.values)
    return {"faults": len(emulator.api.faults)}


def recover(emulator: Emulator, _: Params) -> JSON:
    """What was to go wrong does not any more."""
    emulator.recover()
    return {}


def pace(emulator: Emulator, params: Params) -> JSON:
    """Switch limits on (the fields of `trouble.Pacing`) or off (`{"off": true}`)."""
    emulator.pacing = None if params.flag("off") else Pacing(**params.values)
    return {"on": emulator.pacing is not None}


def forget(emulator: Emulator, _: Params) -> JSON:
    """Forget the recorded calls and what the chats show."""
    emulator.calls.clear()
    emulator.api.counts.clear()
    for known in emulator.world.chats.values():
        known.by_id.clear()
    return {}


COMMANDS = {
    "say": say,
    "push": push,
    "press": press,
    "group": group,
    "calls": calls,
    "chat": chat,
    "stats": stats,
    "fail": fail,
    "recover": recover,
    "pace": pace,
    "forget": forget,
}


async def perform(emulator: Emulator, name: str, params: Params) -> Any:
    if name == "wait":
        return await _wait(emulator, params)
    if name not in COMMANDS:
        raise LookupError(f"unknown command {name!r}, expected one of {', '.join([*COMMANDS, 'wait'])}")
    return COMMANDS[name](emulator, params)


async def _wait(emulator: Emulator, params: Params) -> JSON:
    """Return once `calls` calls (of `method`, if given) were answered, or `timeout` seconds have passed."""
    wanted, method = params.integer("calls"), params.text("method")

    def reached() -> bool:
        return (emulator.api.counts[method] if method else emulator.api.counts.total()) >= wanted

    try:
        await emulator.wait_for(reached, params.integer("timeout", 30))
    except TimeoutError:
        return {"reached": False, **stats(emulator, params)}
    return {"reached": True, **stats(emulator, params)}
