"""What stands open, as everybody reads it: when it was sent, its words, and what it still lacks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from handlers import saying
from storage.reports.drafts import Draft

# By why a message is open; all else lacks a number.
_LACKS = {
    **dict.fromkeys(("confirm", "total", "which", "behalf"), "yes"),
    "two_meanings": "meant",
    "hamlet": "hamlet",
    "day": "day",
}


@dataclass(frozen=True, slots=True)
class OpenMessage:
    """A message that stands open. `words` is '' where they were blanked, or are not for this chat.

    `lacks`: what is not known of it: a `yes`, how it is `meant`, the `hamlet`, the `day`, or a `number`.
    `whose` is the student's name where several may be told of.
    """

    at: datetime
    words: str
    lacks: str
    whose: str = ""


def shown(draft: Draft, *, private: bool = True, chat: int | None = None, whose: str = "") -> OpenMessage:
    """An open message, in a private chat or in that `chat`: what was said to the bot alone is not told to a group."""
    words = saying.quoted(draft.text or "") if private or draft.chat == chat else ""
    return OpenMessage(draft.at, words, _LACKS.get(draft.why, "number"), whose)


def of_team(opened: Iterable[Draft], names: Mapping[int, str]) -> list[OpenMessage]:
    """A team's open messages for its lead, with the names of whoever wrote them."""
    return [shown(draft, whose=names.get(draft.person, "")) for draft in opened]
