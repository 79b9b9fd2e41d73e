"""Nouns that are left out before the second of several numbers: `xóm 4 hay 5`, `xóm nào nhiều hơn, 4 hay 5`."""

from collections.abc import Sequence
from dataclasses import replace

from handlers.figures.in_words.goals import OTHER_UNITS
from handlers.figures.in_words.tokens import Token

_HAMLETS = frozenset({"xom", "thon", "lang", "ap", "khu", "ban"})
_DAYS = frozenset({"ngay", "hom"})
_EITHER = frozenset({"hay", "hoac", "vs"})
_BEFORE = frozenset({"giua", "la", "hon", "nhat"})
_BOTH = _EITHER | {"voi", "va", "cung"}
_UNITS = OTHER_UNITS | {"may", "tk", "%"}


def named_again(tokens: list[Token]) -> list[Token]:
    """The words, with the noun again before each number that is another hamlet or day."""
    noun = next((one for at, one in enumerate(tokens) if _is_named(tokens, at)), None)
    if noun is None:
        return tokens
    found: list[Token] = []
    for at, token in enumerate(tokens):
        follows = _follows(tokens, at, noun) or (_is_asked(tokens, at) and _follows(tokens, at + 2, noun))
        if follows and _may_be_name(tokens, at) and tokens[at - 1].plain not in _HAMLETS | _DAYS:
            found.append(replace(noun, start=token.start, end=token.start, ends=False, ends_sentence=False))
        found.append(token)
    return found


def _is_named(tokens: Sequence[Token], at: int) -> bool:
    """`xóm 4`, `xóm nào`; `hôm nay` is no such noun."""
    behind = tokens[at + 1].plain if at + 1 < len(tokens) and not tokens[at].ends else ""
    return tokens[at].plain in _HAMLETS | _DAYS and (behind == "nao" or _is_number(behind))


def _follows(tokens: Sequence[Token], at: int, noun: Token) -> bool:
    """Whether a number stands behind another and `hay`, or of hamlets behind a comma, too."""
    words = _BOTH if noun.plain in _HAMLETS else _EITHER
    if at < 2 or at >= len(tokens) or not _may_be_name(tokens, at):
        return False
    joined = tokens[at - 1].plain in words and not tokens[at - 1].ends and _is_number(tokens[at - 2].plain)
    listed = noun.plain in _HAMLETS and tokens[at - 1].ends and not tokens[at - 1].ends_sentence
    return joined or (listed and _is_number(tokens[at - 1].plain) and tokens[at - 2].plain in _HAMLETS)


def _is_asked(tokens: Sequence[Token], at: int) -> bool:
    """Whether a number begins a part of its own behind `xóm nào`: `…, 4 hay 5`."""
    which = any(one.plain == "nao" for one in tokens[:at])
    return (
        which
        and at > 0
        and (tokens[at - 1].ends or tokens[at - 1].plain in ("giua", "la", "hon", "nhat"))
        and not tokens[at].ends
    )


def _may_be_name(tokens: Sequence[Token], at: int) -> bool:
    """Whether a number counts nothing: `5 máy` does."""
    if not _is_number(tokens[at].plain):
        return False
    return tokens[at].ends or at + 1 == len(tokens) or tokens[at + 1].plain not in _UNITS


def _is_number(word: str) -> bool:
    return word.isdigit() and len(word) <= 2
