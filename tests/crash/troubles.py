"""What a line does to an exchange of question and answer: at which step, and how. Drawn by dice."""

import random
from dataclasses import dataclass
from enum import Enum

_HTML = b"<!DOCTYPE html><html><body><h1>%b</h1></body></html>"
# Refusals that say nothing which anybody could act upon; what means something (401, 404, 429) is no nonsense.
_NONSENSE = (
    b'{"ok":false}',
    b'{"ok":false,"error_code":"?","description":["?"],"parameters":7}',
    b'{"ok":false,"error_code":0,"description":null}',
    b"[]",
    b"ok",
)
_ERRORS = (500, 502, 503, 504)


class Step(Enum):
    """How far an exchange has come when something befalls it."""

    CONNECTED = "connected"  # nothing was asked
    ASKING = "asking"  # half of the question has gone through
    ASKED = "asked"  # all of it is here, none has gone through
    DONE = "done"  # it was carried out, nothing of the answer has come back
    ANSWERING = "answering"  # half of the answer has come back


class Act(Enum):
    """What befalls it."""

    RESET = "reset"
    HALF_CLOSE = "half-close"  # the way back is closed, the way there is not
    HANG = "hang"
    PAGE = "page"  # HTML with status 200 in the place of the answer
    CUT = "cut"  # a body that ends before its length
    NONSENSE = "nonsense"  # ok: false, or not even that, with status 200
    ERROR = "error"  # a server error, though it may have been carried out


LIES = frozenset({Act.PAGE, Act.CUT, Act.NONSENSE, Act.ERROR})
ALL = tuple(
    (step, act) for step in Step for act in Act if act not in LIES or step in (Step.ASKED, Step.DONE)
)  # a lie takes the place of an answer


@dataclass(frozen=True, slots=True)
class Trouble:
    """One of them."""

    step: Step
    act: Act


def drawn(dice: random.Random) -> Trouble:
    """Any."""
    return Trouble(*dice.choice(ALL))


def lie(act: Act, dice: random.Random) -> bytes:
    """The answer that is told in the place of the true one."""
    if act is Act.PAGE:
        return _told(200, _HTML % b"Welcome to our Wi-Fi", "text/html")
    if act is Act.CUT:
        return _told(200, b'{"ok":true,"result":{"message_id"', missing=40)
    if act is Act.NONSENSE:
        return _told(200, dice.choice(_NONSENSE))
    status = dice.choice(_ERRORS)
    if dice.random() < 0.5:
        return _told(status, _HTML % b"%d" % status, "text/html")
    return _told(status, b'{"ok":false,"error_code":%d,"description":"Internal Server Error"}' % status)


def _told(status: int, body: bytes, kind: str = "application/json", missing: int = 0) -> bytes:
    head = f"HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\nContent-Length: {len(body) + missing}\r\n"
    return f"{head}Connection: close\r\n\r\n".encode() + body
