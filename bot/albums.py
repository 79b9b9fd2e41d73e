"""An album is several messages, of which any may have the words: it is answered once, whichever comes first.

Telegram hands on its pictures one by one, and may do so in several polls: what was said to one without words becomes
the answer to the words.
"""

from collections.abc import Iterable
from dataclasses import replace

from handlers.messages import Event, Message, Reply, Saying
from storage.engine.transaction import Transaction
from storage.talk import outbox


def key_without_words(event: Event) -> str | None:
    """Under which what is said to a picture without words stands in line, where it is one of an album."""
    return None if isinstance(event, Message) and event.text else _key(event)


def once(tx: Transaction, event: Event, said: Iterable[Saying]) -> list[Saying]:
    """What is said to the first words of an album stands where its pictures without words were asked about, if any."""
    sayings, key = list(said), _key(event)
    row = outbox.take_key(tx, key) if key is not None and key_without_words(event) is None else None
    if row is None:
        return sayings
    for place, one in enumerate(sayings):
        if isinstance(one, Reply) and one.to is None and one.replaces is None:
            sayings[place] = replace(one, replaces=row)
            break
    return sayings


def _key(event: Event) -> str | None:
    if not isinstance(event, Message) or event.album is None or event.edited_at is not None:
        return None
    return f"album {event.chat.channel} {event.chat.address} {event.album}"
