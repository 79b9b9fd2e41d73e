"""What a lock screen shows: that there is something, of which kind; never a word of what was said, never a name."""

import json
import re
from collections.abc import Iterable, Mapping
from enum import StrEnum

from handlers.language import fold
from handlers.texts import mark, plain
from storage.talk.outbox import Class
from storage.webchat.unseen import Unseen

_TITLE = "Bacung"
_REMINDERS = (
    "plan:",
    "nudge:",
    "names:",
    "own ",
    "help:",
)  # of the lines that the schedule says: what asks somebody to do something


class Line(StrEnum):
    """Kinds of news, the most urgent first. A newer push of a kind takes the place of an older one."""

    APPOINTMENT = "appointment"
    MENTION = "mention"
    REMINDER = "reminder"
    ANSWER = "answer"
    BROADCAST = "broadcast"
    FIGURES = "figures"


_BY_CLASS: Mapping[Class, Line] = {
    Class.APPOINTMENT: Line.APPOINTMENT,
    Class.SUMMARY: Line.FIGURES,
    Class.BROADCAST: Line.BROADCAST,
}
_WORDS: Mapping[Line, str] = {
    Line.APPOINTMENT: "web.push_appointment",
    Line.MENTION: "web.push_mention",
    Line.REMINDER: "web.push_reminder",
    Line.ANSWER: "web.push_answer",
    Line.BROADCAST: "web.push_broadcast",
    Line.FIGURES: "web.push_figures",
}
# Seconds that a push waits for a browser that is away; what it tells of loses its sense.
_LASTS: Mapping[Line, int] = {Line.APPOINTMENT: 1800, Line.REMINDER: 3 * 3600}
_USUAL = 12 * 3600


def of(posts: Iterable[Unseen], name: str) -> Line | None:
    """The line for what somebody of this name has not seen: the most urgent one; None: nothing of it is for them."""
    found = {line for post in posts if (line := _of_one(post, name)) is not None}
    return next((line for line in Line if line in found), None)


def _of_one(post: Unseen, name: str) -> Line | None:
    """In the private room everything is for them; in the team's what answers them, or calls them by name."""
    if not post.mine:
        if post.answers:
            return Line.ANSWER
        return Line.MENTION if calls(post.text, name) else None
    if post.key is not None and post.key.startswith(_REMINDERS):
        return Line.REMINDER
    return _BY_CLASS.get(post.urgency, Line.ANSWER) if post.urgency is not None else Line.ANSWER


def calls(text: str, name: str) -> bool:
    """Whether a text says `@An`, or `@Nguyễn Văn An`, to somebody of this name."""
    if "@" not in text:
        return False
    whole = fold(name)
    names = "|".join(map(re.escape, (whole, whole.rpartition(" ")[2])))
    return re.search(rf"(?<!\w)@ ?(?:{names})(?!\w)", fold(text)) is not None


def packed(line: Line, *, silent: bool, trial: bool = False) -> str:
    """What the service worker is told; `trial`: marked, as all that a demonstration says."""
    words = f"{mark('trial')} {plain(_WORDS[line])}" if trial else plain(_WORDS[line])
    said = {"title": _TITLE, "body": words, "tag": line.value, "silent": silent}
    return json.dumps(said, ensure_ascii=False)


def lasts(line: Line) -> int:
    """Seconds that it may wait for a browser that is away."""
    return _LASTS.get(line, _USUAL)


def is_urgent(line: Line) -> bool:
    """Whether a phone that sleeps is to be woken for it."""
    return line in (Line.APPOINTMENT, Line.MENTION, Line.ANSWER)
