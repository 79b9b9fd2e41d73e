"""How a text is spelled: without marks, in raw keys, in shorthand, with slips; and numbers in words."""

import re
import unicodedata
from collections.abc import Collection
from random import Random

from handlers.language import fold
from handlers.language.spelling.keys import is_syllable
from tests.language.generating.voice import Voice
from tests.language.mutations import bare, shorthand

_TELEX = {"\u0302": "", "\u0306": "w", "\u031b": "w"}
_VNI = {"\u0302": "6", "\u0306": "8", "\u031b": "7"}
_TONES = {
    "\u0301": ("s", "1"),
    "\u0300": ("f", "2"),
    "\u0309": ("r", "3"),
    "\u0303": ("x", "4"),
    "\u0323": ("j", "5"),
}
_WORD = re.compile(r"[^\W\d_]+")


def keyed(text: str, marks: str, *, tone_last: bool) -> str:
    """The keys that were hit where no input method ran: `xóm 5` is `xoms 5` in Telex, `xo1m 5` in VNI."""
    return _WORD.sub(lambda word: _keys(word.group(), vni=marks == "vni", tone_last=tone_last), text)


def _keys(word: str, *, vni: bool, tone_last: bool) -> str:
    keys, tone = "", ""
    for letter in word:
        if letter in "đĐ":
            keys += ("d" if letter == "đ" else "D") + ("9" if vni else "d")
            continue
        plain, signs = (whole := unicodedata.normalize("NFD", letter))[0], whole[1:]
        keys += plain
        for sign in signs:
            if sign in _TONES:
                tone = _TONES[sign][vni]
            else:
                keys += _VNI[sign] if vni else _TELEX[sign] or plain.lower()
        if tone and not tone_last:
            keys, tone = keys + tone, ""
    return keys + tone


def half(text: str, rng: Random) -> str:
    """Marks left out here and there."""
    return _WORD.sub(lambda word: bare(word.group()) if rng.random() < 0.25 else word.group(), text)


def slip(text: str, kept: Collection[str], rng: Random) -> str:
    """One slip of the hand, which never makes another word: two letters swapped, one doubled or one lost."""
    words = [word for word in _WORD.finditer(text) if len(word.group()) > 3 and fold(word.group()) not in kept]
    for _ in range(6):
        if not words:
            break
        word = rng.choice(words)
        i = rng.randrange(word.start() + 1, word.end() - 1)
        change = rng.choice(("swap", "double", "lose"))
        made = {
            "swap": text[:i] + text[i + 1] + text[i] + text[i + 2 :],
            "double": text[:i] + text[i] * 2 + text[i + 1 :],
            "lose": text[:i] + text[i + 1 :],
        }[change]
        slipped = made[word.start() : word.end() + len(made) - len(text)]
        if slipped != word.group() and not is_syllable(fold(slipped)):
            return made
    return text


def spelled(text: str, voice: Voice, kept: Collection[str], rng: Random) -> str:
    """A text in somebody's spelling. `kept`: folded words in which nobody slips, which are names."""
    if voice.short:
        text = shorthand(text, rng, names=True)
    if voice.slips:
        text = slip(text, kept, rng)
    if voice.case == "lower":
        text = text.lower()
    elif voice.case == "upper":
        text = text.upper()
    else:
        text = text[:1].upper() + text[1:] if voice.marks != "half" else text
    if voice.marks == "bare":
        return bare(text)
    if voice.marks == "half":
        return half(text, rng)
    return keyed(text, voice.marks, tone_last=rng.random() < 0.6) if voice.marks in ("telex", "vni") else text


OPEN, CLOSE = "\ue000", "\ue001"  # around each number while a message is being made
_CLASH = re.compile(f"{CLOSE}(?:,? | - | và |, còn | còn ){OPEN}(?!\\d+h)")
_AFTERWARDS = re.compile(f"(?:hẹn|hẹn lại|hl),? {OPEN}sáu{CLOSE}(?! (?:máy|người|ng|tk|hộ))", re.IGNORECASE)
_GRANDMOTHER = re.compile(f"{OPEN}ba{CLOSE} (?:cụ|mệ|bác)")


def numbered(number: object) -> str:
    """A number, marked until the message is made."""
    return f"{OPEN}{number}{CLOSE}"


def clashes(text: str, marks: str) -> bool:
    """Whether a number may be another: two side by side (`xóm 4 3 máy`, `vắng 3, 4 tc`), `ba cu`, `hen lai sau`."""
    unmarked = marks in ("bare", "half") and (_GRANDMOTHER.search(text) or _AFTERWARDS.search(text))
    return _CLASH.search(text) is not None or bool(unmarked)


def unmarked(text: str) -> str:
    """The text as it is sent."""
    return text.replace(OPEN, "").replace(CLOSE, "")


_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")


def in_words(n: int, region: str) -> str:
    """A number from 1 to 99 as it is said."""
    tens, ones = divmod(n, 10)
    if n < 10:
        return _DIGITS[n]
    if tens == 1:
        five = "nhăm" if region == "north" else "lăm"
        return "mười" + (f" {five if ones == 5 else _DIGITS[ones]}" if ones else "")
    if tens == 2 and ones and region == "north":
        return f"hăm {_ones(ones)}"
    return f"{_DIGITS[tens]} mươi" + (f" {_ones(ones)}" if ones else "")


def _ones(ones: int) -> str:
    return {1: "mốt", 5: "lăm"}.get(ones, _DIGITS[ones])
