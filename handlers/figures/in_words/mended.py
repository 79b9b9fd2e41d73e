"""Words that are none, and what they were meant to be: `hôm nya`, `đưọc`, `mỗi ngyà`, `mays`, `so sáh`, `Hair`.

What can be a word stays as it is. What cannot is mended only to one of which questions or the asker's names are made,
by the keys and spellings that the reader of reports mends too, and only where one word alone can be meant.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from rapidfuzz.distance import OSA

from handlers.figures.in_words.meaning import Names
from handlers.figures.in_words.patterns import classes
from handlers.figures.in_words.phrases import rules
from handlers.figures.in_words.tokens import TONES, Token, marks_of, tokens_of
from handlers.language import Folded, fold
from handlers.language.spelling.keys import is_spelled, telex, tone_in_place
from handlers.language.spelling.respelling import respelled
from handlers.language.words.words import spelled

_FEWEST = 3  # letters of a word that is mended
_LOST_IN = 4  # letters of one in which a letter may be lost or wrong
_Word = tuple[str, str]  # with its marks, and folded


def mended(tokens: Sequence[Token], spans: Sequence[tuple[int, int]], names: Names) -> list[Token]:
    """The words, those of them that stand at these places and are none as they were meant."""
    named = {
        (one.marked, one.plain)
        for known in (*names.communes, *names.hamlets, *names.people)
        for one in tokens_of(known.name)
    }
    return [
        _mended(tokens, at, named) or one if (one.start, one.end) in spans else one for at, one in enumerate(tokens)
    ]


def _mended(tokens: Sequence[Token], at: int, named: set[_Word]) -> Token | None:
    """The word that was meant by one that is none; None where it is one, or where nobody can say which."""
    token = tokens[at]
    known = _known() | named
    word = (token.marked, token.plain)
    if not token.plain.isalpha() or len(token.plain) < _FEWEST or word in known:
        return None
    for found in (_typed_out(token), _half_marked(token, known), _swapped(token)):
        meant = {one for one in found if one in known}
        if len(meant) == 1:
            return _as(token, *meant)
        if meant:
            return None
    close = _one_letter_off(token)
    if len(close) > 1:  # `so sáh` is no `so sách`
        before, behind = ("", *(one.plain for one in tokens), "")[at : at + 3 : 2]
        close = {one for one in close if not _beside().isdisjoint({(before, one[1]), (one[1], behind)})}
    return _as(token, *close) if len(close) == 1 else None


def _as(token: Token, word: _Word) -> Token:
    return replace(token, marked=word[0], plain=word[1], bare=word[0] == word[1] and token.bare)


def _word(letters: str) -> _Word:
    return marks_of(letters), fold(letters)


def _typed_out(token: Token) -> Iterator[_Word]:
    """What the keys of Telex would have made, and what reports are read as: `maays`, `máyy`."""
    typed = token.typed.lower()
    made = telex(typed) if typed.isascii() else None
    if made is not None:
        yield _word(made)
    elif not is_spelled(token.typed.lower()):
        folded = Folded(typed)
        read = respelled(folded, spelled(folded, 1) or [])
        yield from (_word(one.marked) for one in read[:1] if len(read) == 1)


def _half_marked(token: Token, known: set[_Word] | frozenset[_Word]) -> Iterator[_Word]:
    """`đưọc`: a letter lacks its hook or its hat, the tone is there."""
    if token.bare or not _tone(token.marked) or is_spelled(token.typed.lower()):
        return  # `tráng` is a word, and no `trắng`
    for marked, plain in known:
        if plain == token.plain and _tone(marked) == _tone(token.marked):
            pairs = list(zip(token.marked.rstrip(TONES), marked.rstrip(TONES), strict=False))
            lost = [mine for mine, theirs in pairs if mine != theirs]
            if lost and len(marked) == len(token.marked) and all(letter.isascii() for letter in lost):
                yield marked, plain


def _tone(marked: str) -> str:
    return marked[len(marked.rstrip(TONES)) :]


def _swapped(token: Token) -> Iterator[_Word]:
    """`ngyà`, `nya`, `bìhn`: two letters changed places, and what came of it is no syllable."""
    typed = token.typed.lower()
    if is_spelled(typed):
        return
    for at in range(1, len(typed) - 1):  # hands find the first letter: `otp` is no `top`
        turned = typed[:at] + typed[at + 1] + typed[at] + typed[at + 2 :]
        yield _word(tone_in_place(turned))


def _one_letter_off(token: Token) -> set[_Word]:
    """`sáh`: one letter is lost, added or wrong in what is no syllable; in what may be a foreign name nothing is."""
    if is_spelled(token.typed.lower()) or token.capital:
        return set()
    near = {
        (marked, plain)
        for marked, plain in _known()
        if len(plain) >= _LOST_IN
        and plain[0] == token.plain[0]
        and (token.bare or (_tone(marked) == _tone(token.marked) and OSA.distance(marked, token.marked) == 1))
        and OSA.distance(plain, token.plain, score_cutoff=1) == 1
    }
    if token.bare and len({plain for _, plain in near}) == 1:
        return {(plain, plain) for _, plain in near}  # without marks, as the rest of it was typed
    return near


@lru_cache(maxsize=1)
def _known() -> frozenset[_Word]:
    """The words of which the phrases and classes of questions are made."""
    said = [one for words in _phrases() for one in words]
    classed = (word for several in classes().values() for words in several.values() for one in words for word in one)
    return frozenset({*((one.marked, one.plain) for one in said), *classed})


@lru_cache(maxsize=1)
def _beside() -> frozenset[tuple[str, str]]:
    """Each two words that stand beside each other in a phrase, folded."""
    return frozenset((first.plain, second.plain) for words in _phrases() for first, second in pairwise(words))


@lru_cache(maxsize=1)
def _phrases() -> tuple[tuple[Token, ...], ...]:
    return tuple(tuple(tokens_of(phrase.rstrip("^~"))) for rule in rules() for phrase in rule.phrases)
