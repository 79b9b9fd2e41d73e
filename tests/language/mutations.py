"""Ways in which people write the same thing differently, for tests: each gives a few variants of a message."""

import random
import re
import unicodedata
from collections.abc import Iterator

_SHORTHAND = [
    (r"\bkhông\b", ("ko", "k", "hok")),
    (r"\bđược\b", ("đc", "dc")),
    (r"\brồi\b", ("r",)),
    (r"\bem\b", ("e",)),
    (r"\bngười\b", ("ng",)),
    (r"\bđiện thoại\b", ("đt",)),
    (r"\btài khoản\b", ("tk",)),
    (r"\bvắng (?=\d)", ("v", "v ")),
    (r"\btừ chối (?=\d)", ("tc", "tc ")),
    (r"\btổ dân phố\b", ("tdp",)),
    (r"\bkích hoạt (?=\d)", ("kh", "kh ")),
    (r"\bhẹn lại (?=\d)", ("hl", "hl ")),
    (r"\bhôm nay\b", ("hnay", "hôm nay")),
    (r"\bhôm qua\b", ("hqua",)),
    (r"\bcăn cước\b", ("cccd",)),
]


def bare(text: str) -> str:
    """Without diacritics, as many type."""
    marks = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return unicodedata.normalize("NFC", "".join(c for c in marks if not unicodedata.combining(c)))


def dictated(text: str) -> str:
    """Without punctuation, as a phone writes what it hears; dates, fractions and times stay."""
    return re.sub(r"\s+", " ", re.sub(r"(?<!\d)[,.;:!()\-]+|[,.;:!()]+(?!\d)|\n", " ", text)).strip()


def shorthand(text: str, rng: random.Random, *, names: bool = False) -> str:
    """With the shorthand of the rules swapped in. `names`: a capital makes a name, which is never shortened."""
    for pattern, short in _SHORTHAND:
        text = re.sub(pattern, rng.choice(short), text, flags=0 if names else re.IGNORECASE)
    return text


def slip(text: str, rng: random.Random, names: str = "") -> str:
    """With one slip of the finger in one longer word: two letters swapped, one doubled or one lost.

    Words in `names` stay: a hamlet mistyped is another hamlet.
    """
    kept = bare(names).lower().split()
    words = [m for m in re.finditer(r"[^\W\d_]{4,}", text) if bare(m.group()).lower() not in kept]
    if not words:
        return text
    word = rng.choice(words)
    i = rng.randrange(word.start() + 1, word.end() - 1)
    change = rng.choice(("swap", "double", "lose"))
    if change == "swap":
        return text[:i] + text[i + 1] + text[i] + text[i + 2 :]
    return text[:i] + (text[i] * 2 if change == "double" else "") + text[i + 1 :]


def variants(text: str, seed: int, names: str = "") -> Iterator[tuple[str, str]]:
    """Named variants of one message, the same for the same seed."""
    rng = random.Random(seed)
    yield "bare", bare(text)
    yield "dictated", dictated(text)
    yield "bare dictated", bare(dictated(text)).lower()
    yield "shorthand", shorthand(text, rng)
    yield "bare shorthand", bare(shorthand(text, rng))
    yield "slip", slip(text, rng, names)
    yield "slip", slip(text, rng, names)
    yield "bare slip", slip(bare(text), rng, names)
    yield "upper", text.upper()
    yield "decomposed", unicodedata.normalize("NFD", text)
