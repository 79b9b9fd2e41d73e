"""Words that are one slip away from a word that matters: nobody can be sure of what stands beside them."""

from functools import lru_cache

from handlers.language.spelling.keys import is_syllable
from handlers.language.words.vocabulary import words_of

IMPORTANT = words_of(
    """vang dang chua khong loi choi hen nham tong chung khoang thua dong hong nguoi duoc kich hoat xong khoa cua
    thon xom lang buon chot huong quen thieu chinh"""
)
HAMLETS = words_of("thon xom lang buon pho khu tdp")


@lru_cache(maxsize=4096)
def near(word: str, known: str) -> bool:
    """Two letters swapped, one doubled, lost, added or wrong."""
    if word == known or abs(len(word) - len(known)) > 1 or len(known) < 3:
        return False
    if len(word) == len(known):
        wrong = [i for i in range(len(word)) if word[i] != known[i]]
        if len(wrong) == 1:
            return len(known) >= 5
        return len(wrong) == 2 and wrong[1] == wrong[0] + 1 and sorted(word) == sorted(known)
    longer, shorter = (word, known) if len(word) > len(known) else (known, word)
    return any(longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer)))


@lru_cache(maxsize=4096)
def slip_of(word: str) -> str | None:
    """The word that matters of which this one is a slip."""
    return next((known for known in sorted(IMPORTANT) if near(word, known)), None)


def slip_of_hamlet(word: str) -> bool:
    """Whether it may be `thôn`, `xóm` … mistyped."""
    return (word == "ton" or not is_syllable(word)) and any(near(word, known) for known in HAMLETS)
