"""Clauses that tell of those who ask, and ask nothing themselves: `sếp đang hỏi`, `mà nghe họ khoe thế`.

They have who tells, and a word for telling, knowing, wanting or being busy; of what is behind it nothing may be a
place, a person, a number, a day that is over, or another word that could restrict what is asked.
"""

from collections.abc import Sequence

from handlers.figures.in_words.patterns import lengths, plain
from handlers.figures.in_words.tokens import Token

# What may stand before who tells, and between them and what they do; `mà` behind people says who they are.
_BEFORE = plain("before_telling")
_BUSY = plain("busy")
_SELVES = plain("selves")
_OF_SELVES = plain("of_selves")
# Those of which no subject has to be said: none of them asks for anything.
_ALONE = plain("telling_alone")
_TAKES_NUMBERS = frozenset({"hoi", "can", "xem", "coi", "tinh", "lay", "dem", "so", "doi", "kiem", "cho", "gui", "in"})
_ASKS = frozenset({"hoi", "nhac", "giuc", "doi", "bao", "goi", "nhan", "yeu", "thuc", "can"})
_THAT = frozenset({"la", "rang", "xem", "em", "anh", "chi", "a", "toi", "bot", "minh", "chau", "thi"})
_MOST_NAME, _MOST_SELF = 4, 8
_CALLS = _SELVES | {"oi", "bot", "alo", "chao", "da", "ad"}
_HERE = ("day", "ne")
HEARSAY = frozenset({"nghe", "thay", "tuong"})


def behind(tokens: Sequence[Token], start: int, end: int, *, by_others: bool = False) -> int:
    """Where a clause goes on behind who tells and what they do; 0 where it tells nothing; `by_others`: no pronoun."""
    at = start
    while at < end and tokens[at].plain in _BEFORE:
        at += 1
    subject = at
    at += next((n for n in lengths(tokens, at, "teller") if at + n <= end), 0)
    if at == subject and at < end and tokens[at].plain in _SELVES and not by_others:
        at += 1
    elif at > subject and at < end and tokens[at].plain in _OF_SELVES:
        at += 1  # `sếp anh`
    has_subject = at > subject
    if not has_subject and by_others:
        return 0
    while at < end:
        for length in lengths(tokens, at, "tell"):
            alone = tokens[at].plain in _ALONE or length in lengths(tokens, at, "telling_alone")
            if at + length <= end and (has_subject or alone):
                return at + length
        if tokens[at].plain not in _BUSY:
            return 0
        at += 1
    return 0


def introduces(tokens: Sequence[Token]) -> int:
    """How many words say that somebody else asks what follows: `sếp anh hỏi là …`; 0 where none does."""
    at = behind(tokens, 0, len(tokens), by_others=True)
    at = at if at and tokens[at - 1].plain in _ASKS else _named(tokens)
    if not at:
        return 0
    while at < len(tokens) and tokens[at].plain in _THAT and not tokens[at - 1].ends:
        at += 1
    return at


def _named(tokens: Sequence[Token]) -> int:
    """`Anh Hải hỏi`, `chị Lan văn phòng đây`: who asks, by name; 0 where it is not said."""
    if not tokens or tokens[0].plain not in _SELVES | {"ong", "ba"} or not tokens[1:2] or not tokens[1].capital:
        return 0
    at = 1
    while at < len(tokens) and tokens[at].capital and at < _MOST_NAME and not tokens[at - 1].ends:
        at += 1
    if at < len(tokens) and tokens[at].plain in (*_ASKS, *_HERE):
        return at + 1
    end = next((n for n in range(at, min(len(tokens), _MOST_SELF)) if tokens[n].ends), 0)
    return end + 1 if end and tokens[end].plain in _HERE else 0


def is_introduction(tokens: Sequence[Token]) -> bool:
    """`anh Khoa đây`: who asks, and nothing else."""
    start = next((at for at, one in enumerate(tokens) if one.plain not in _CALLS), len(tokens))
    named = any(at + _named(tokens[at:]) == len(tokens) for at in range(max(0, start - 1), start + 1))
    return bool(tokens) and tokens[-1].plain in _HERE and named


def may_restrict(tokens: Sequence[Token], at: int, start: int) -> bool:
    """Whether a word that nobody knows, behind a clause's beginning, may be of what is asked: `tôi hỏi lớp năm`."""
    return any(one.plain in _TAKES_NUMBERS for one in tokens[start:at]) and not any(
        True for name in ("tell", "teller") for _ in lengths(tokens, at, name)
    )
