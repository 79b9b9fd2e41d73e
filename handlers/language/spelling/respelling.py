"""Words as they are read: dialect, slips of several words, Telex and VNI where no input method ran (rule 20)."""

import re
from dataclasses import replace

from handlers.language.signs.folding import Folded, fold
from handlers.language.spelling.doubled import without_pairs
from handlers.language.spelling.glued import apart
from handlers.language.spelling.keys import from_telex, from_vni, tone_in_place
from handlers.language.spelling.last_keys import without_last_key
from handlers.language.spelling.listing import with_homes
from handlers.language.spelling.tables import without_table
from handlers.language.words.vocabulary import SHORT_FOR, known_words, rows, words_of
from handlers.language.words.words import NO_NAMES, Names, Word, Words, joined, spelled

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
MOST_TYPED = 300  # words of a message that may have been typed in keys
_LETTERS = re.compile(r"[^\W\d_a-zA-Z]")  # a letter with its mark: a method of input ran
_MAY_BE_KEYS = re.compile(r"dd|aa|ee|oo|[aou]w|[a-z][sfrxj]\b|[a-z][1-9]", re.IGNORECASE)
_TYPES = words_of("thon xom lang ban khu to ap buon tdp pho doi")


def split(folded: Folded, most: int, names: Names = NO_NAMES) -> Words | None:
    """The words of a message as they are read, or None where there are more than `most`."""
    words = spelled(folded, most)
    return None if words is None else joined(folded, with_homes(without_table(respelled(folded, words))), names)


def typed_out(text: str) -> str:
    """The text with the keys of Telex and VNI made letters, names too (`nhaf baf Hoaf` → `nhà bà Hòa`)."""
    if not _MAY_BE_KEYS.search(text) or _LETTERS.search(text):
        return text
    folded = Folded(text)
    words = spelled(folded, MOST_TYPED)
    if words is None:
        return text
    typed = {word.start: word for word in _typed(folded, words)}
    out, done = [], 0
    for word in words:
        new = typed.get(word.start, word)
        if new is word or new.marked == word.marked or new.marked.isascii():
            continue
        start, end = folded.span(new.start, new.end)
        letters = new.marked.capitalize() if new.capital else new.marked
        out += [text[done:start], letters]
        done = end
    return "".join(out) + text[done:] if out else text


def written_out(text: str) -> str:
    """The folded text with shorthand and dialect written out (`xog lun r` → `xong luon roi`), for patterns of words."""
    folded = Folded(text)
    words = spelled(folded, MOST_TYPED)
    if words is None:
        return folded.plain
    return "".join(
        word.plain if word.glued or not k else f" {word.plain}" for k, word in enumerate(respelled(folded, words))
    )


def respelled(folded: Folded, words: list[Word]) -> list[Word]:
    """The words with dialect written out; a new list, each new word where the old ones stand."""
    known = known_words()
    words = [word if word.plain == word.marked or word.marked in known else _in_place(word) for word in words]
    words = apart(folded, without_last_key(without_pairs(words) or _typed(folded, words)))
    marks = [word.marked for word in words]
    if _RESPELLED.keys().isdisjoint(marks):
        return words
    out: list[Word] = []
    i = 0
    while i < len(words):
        found = _at(words, marks, i) if marks[i] in _RESPELLED else None
        if found is None:
            out.append(words[i])
            i += 1
            continue
        said, read = found
        out += _written(words[i : i + len(said)], read)
        i += len(said)
    return out


def _in_place(word: Word) -> Word:
    """A word whose tone slipped to another vowel (`từ chôí`)."""
    marked = tone_in_place(word.marked)
    if marked == word.marked and word.plain[-2:-1] == word.plain[-1:] and marked[:-1] in known_words():
        marked = marked[:-1]  # `bàa`
        return replace(word, plain=fold(marked), marked=marked)
    return word if marked == word.marked else replace(word, marked=SHORT_FOR.get(marked, marked))


def _at(words: list[Word], marks: list[str], i: int) -> tuple[_Phrase, _Phrase] | None:
    if i and (_after_type(words, i) or (_named(words, i) and any(not word.capital for word in words[:i]))):
        return None  # `thon hong lam`, `chị Đàng Năng Bốn`: a name
    return next((pair for pair in _RESPELLED[marks[i]] if tuple(marks[i : i + len(pair[0])]) == pair[0]), None)


def _after_type(words: list[Word], i: int) -> bool:
    """Right after `xóm`, where a name begins; `xom Doi man xong` goes on after one."""
    return words[i - 1].plain in _TYPES and not (i > 1 and words[i - 2].plain in _TYPES)


def _named(words: list[Word], i: int) -> bool:
    """Whether word `i` has a capital within a sentence, as names have."""
    return words[i].capital and words[i - 1].plain.isalpha()


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
