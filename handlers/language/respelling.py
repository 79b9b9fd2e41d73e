"""Words as they are read: dialect, slips of several words, Telex and VNI where no input method ran (rule 20)."""

from dataclasses import replace

from handlers.language.folding import Folded, fold
from handlers.language.glued import apart
from handlers.language.keys import from_telex, from_vni
from handlers.language.tables import without_table
from handlers.language.vocabulary import rows, words_of
from handlers.language.words import NO_NAMES, Names, Word, Words, joined, spelled

_Phrase = tuple[str, ...]


def _index() -> dict[str, list[tuple[_Phrase, _Phrase]]]:
    found: dict[str, list[tuple[_Phrase, _Phrase]]] = {}
    for written, read in rows("respelled"):
        said = tuple(written.split())
        found.setdefault(said[0], []).append((said, tuple(read.split())))
    for phrases in found.values():
        phrases.sort(key=lambda pair: -len(pair[0]))
    return found


_RESPELLED = _index()
_TYPES = words_of("thon xom lang ban khu to ap buon tdp pho doi")


def split(folded: Folded, most: int, names: Names = NO_NAMES) -> Words | None:
    """The words of a message as they are read, or None where there are more than `most`."""
    words = spelled(folded, most)
    return None if words is None else joined(folded, without_table(respelled(folded, words)), names)


def respelled(folded: Folded, words: list[Word]) -> list[Word]:
    """The words with dialect written out; a new list, each new word where the old ones stand."""
    words = apart(folded, _typed(folded, words))
    if not any(word.marked in _RESPELLED for word in words):
        return words
    out: list[Word] = []
    i = 0
    while i < len(words):
        found = _at(words, i)
        if found is None:
            out.append(words[i])
            i += 1
            continue
        said, read = found
        out += _written(words[i : i + len(said)], read)
        i += len(said)
    return out


def _at(words: list[Word], i: int) -> tuple[_Phrase, _Phrase] | None:
    if i and words[i - 1].plain in _TYPES:
        return None  # `thon hong lam`: a name
    for said, read in _RESPELLED.get(words[i].marked, ()):
        if tuple(word.marked for word in words[i : i + len(said)]) == said:
            return said, read
    return None


def _written(said: list[Word], read: _Phrase) -> list[Word]:
    """The words read in place of those said; the last one read takes what is left, or stands where the last stood."""
    out: list[Word] = []
    for k, marked in enumerate(read):
        first = said[min(k, len(said) - 1)]
        last = said[-1] if k == len(read) - 1 else first
        out.append(replace(first, plain=fold(marked), marked=marked, end=last.end, short=True))
    return out


def _typed(folded: Folded, words: list[Word]) -> list[Word]:
    """Keys instead of letters, where the whole message looks typed that way."""
    return from_telex(folded, from_vni(folded, words))
