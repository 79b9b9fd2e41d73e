"""Whether an event is new: each counts once, however often it comes, and of a message what was written last."""

import hashlib
from datetime import datetime

from bot.channels.arrivals import Unreadable
from handlers.messages import Event, Message, Press
from storage.engine.transaction import Transaction
from storage.talk import seen


def note(tx: Transaction, event: Event, now: datetime) -> bool:
    """Notes it; False where it was handled before, or is an old version of a message: what stands is newer.

    Telegram's own server sends the updates of a chat one after the other, but its documentation does not promise it;
    and a phone that was offline brings its edits after those of another phone.
    """
    if not isinstance(event, Message):
        return seen.note(tx, key_of(event), now)
    if event.album is not None and event.edited_at is None:
        album = seen.note(tx, _digest("album", event.chat.channel, event.chat.address, event.album), now)
        if not (album or event.text):
            return False  # one more picture of several: they are answered once
    edit = _digest("edit", event.chat.channel, event.chat.address, event.id)
    if event.edited_at is None:
        return seen.note(tx, key_of(event), now, unless=edit)
    newest = seen.note_edit(tx, edit, now, made=event.edited_at, number=event.number)
    return seen.note(tx, key_of(event), now) and newest


def note_unreadable(tx: Transaction, arrival: Unreadable, now: datetime) -> bool:
    """Notes what nobody could read; False where it was set aside before."""
    return seen.note(tx, _digest("unreadable", arrival.channel, arrival.id, arrival.raw), now)


def key_of(event: Event) -> bytes:
    """What makes an event the same event when a platform brings it again: 16 bytes."""
    chat = event.chat
    if isinstance(event, Message):
        if event.one_of_a_kind:  # when it comes again its text may be another: without the bot's new name
            return _digest("message", chat.channel, chat.address, event.id)
        if event.edited_at is None:
            return _digest("message", chat.channel, chat.address, event.id, "", event.text)
        edited = event.edited_at.isoformat()  # twice within a second a message may read the same, with another between
        return _digest("message", chat.channel, chat.address, event.id, edited, event.text, event.edition)
    if isinstance(event, Press):
        return _digest("press", chat.channel, event.id)
    return _digest(type(event).__name__.lower(), chat.channel, chat.address, event.id)


def _digest(*parts: str) -> bytes:
    return hashlib.blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).digest()
