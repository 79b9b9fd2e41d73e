"""Join codes and bots' tokens that people write where they do not belong: hidden before anything is kept of them."""

import re
from dataclasses import replace

from handlers.language.signs.folding import fold
from handlers.language.signs.masking import MARK
from handlers.messages import Message
from storage.campaign import codes
from storage.engine.transaction import Transaction

KIND = "code"  # in Message.hidden
# A bot's token: a number, a colon, some thirty letters. Its number may be masked already.
_TOKEN = re.compile(rf"(?:[0-9]{{5,20}}|{MARK[0]}+)[0-9]*:[A-Za-z0-9_-]{{20,}}")
_MAY_BE_CODE = re.compile(r"(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{8,64}(?![A-Za-z0-9_-])")
_MOST = 50  # words of a message that are looked up
_GIVEN = re.compile(r"\s*(?:/?start|/khoama|/taoma)\b")  # commands that are told a code


def without(tx: Transaction, text: str) -> str:
    """The text with `MARK` for every code that lets somebody in, and every token."""
    shown = _TOKEN.sub(MARK, text) if ":" in text else text
    words = list(dict.fromkeys(_MAY_BE_CODE.findall(shown)))[:_MOST]
    for word in codes.among(tx, words):
        shown = shown.replace(word, MARK)
    return shown


def hidden(tx: Transaction, message: Message) -> Message:
    """The message as anything may be kept of it."""
    text = without(tx, message.text)
    return message if text == message.text else replace(message, text=text, hidden=message.hidden | {KIND})


def is_given(text: str) -> bool:
    """Whether a code stands there for a command: to join with, or to be locked."""
    return _GIVEN.match(fold(text)) is not None
