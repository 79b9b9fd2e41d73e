"""What stands open, as everybody reads it: when it was sent, its words, and what it still lacks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from handlers import saying
from storage.reports.drafts import Draft

_LACK_A_YES = frozenset({"confirm", "total", "which", "behalf"})  # why a message is open whose numbers are all known


@dataclass(frozen=True, slots=True)
class OpenMessage:
    """A message that stands open. `words` is '' where they were blanked, or are not for this chat.

    `whose` is the student's name where several may be told of.
    """

    at: datetime
    words: str
    lacks_yes: bool
    whose: str = ""


def shown(draft: Draft, *, private: bool = True, chat: int | None = None, whose: str = "") -> OpenMessage:
    """An open message, in a private chat or in that `chat`: what was said to the bot alone is not told to a group."""
    words = saying.quoted(draft.text or "") if private or draft.chat == chat else ""
    return OpenMessage(draft.at, words, draft.why in _LACK_A_YES, whose)


def of_team(opened: Iterable[Draft], names: Mapping[int, str]) -> list[OpenMessage]:
    """A team's open messages for its lead, with the names of whoever wrote them."""
    return [shown(draft, whose=names.get(draft.person, "")) for draft in opened]
