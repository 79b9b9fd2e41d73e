"""Keys of Telex and VNI that became no letters (`xoms`, `xo1m`), and text pasted from TCVN3 fonts (`nhµ`)."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from handlers.language.signs.folding import Folded, fold
from handlers.language.words.vocabulary import SHORT_FOR, known_words, words_of
from handlers.language.words.words import ROMAN, Word

_TONES = {"s": "\u0301", "f": "\u0300", "r": "\u0309", "x": "\u0303", "j": "\u0323"}
_VNI_TONES = {"1": "\u0301", "2": "\u0300", "3": "\u0309", "4": "\u0303", "5": "\u0323"}
_ACUTE_TO_DOT = ("\u0301", "\u0300", "\u0309", "\u0303", "\u0323")
_ONSET = "b|c|ch|d|đ|g|gh|gi|h|k|kh|l|m|n|ng|ngh|nh|p|ph|qu|r|s|t|th|tr|v|x|"
_RIME = (
    "a|ac|ach|ai|am|an|ang|anh|ao|ap|at|au|ay|ă|ăc|ăm|ăn|ăng|ăp|ăt|â|âc|âm|ân|âng|âp|ât|âu|ây|e|ec|em|en|eng|eo|ep|et|"
    "ê|êch|êm|ên|ênh|êp|êt|êu|i|ia|ich|iêc|iêm|iên|iêng|iêp|iêt|iêu|im|in|inh|ip|it|iu|o|oa|oac|oach|oai|oam|oan|oang|"
    "oanh|oao|oat|oay|oăc|oăm|oăn|oăng|oăt|oc|oe|oen|oeo|oet|oi|om|on|ong|oong|op|ot|ô|ôc|ôi|ôm|ôn|ông|ôp|ôt|ơ|ơi|"
    "ơm|ơn|"
    "ơp|ơt|u|ua|uân|uâng|uât|uây|uc|uê|uêch|uênh|ui|um|un|ung|uôc|uôi|uôm|uôn|uông|uôt|up|ut|uy|uya|uych|uyên|uyêt|uyn|"
    "uynh|uyt|uơ|ư|ưa|ưc|ưi|ưm|ưn|ưng|ươc|ươi|ươm|ươn|ương|ươp|ươt|ươu|ưt|ưu|y|yêm|yên|yêng|yêt|yêu"
)
_SYLLABLE = re.compile(rf"(?:{_ONSET})(?:{_RIME})")
_STOPPED = re.compile(r".*(?:c|ch|p|t)$")
_LONGEST = 24  # keys of a word
_SURE = re.compile(r"dd|aa[a-z]|ee[a-z]|oo[a-z]|[aou]w|[a-z][sfrxj]$")
_CAME_THROUGH = re.compile(r"[^\W\d_a-zA-Z]")  # a letter with its marks; emoji and signs say nothing
_KEYED = re.compile(r"[a-z]\d")
_DOUBLED = re.compile(r"^[^sfrxjw]*(aa|ee|oo)[^sfrxjwd]*$")  # `vaang` may as well be a doubled letter
# `max 3 máy` is no `mã`.
_THAT_MATTER = words_of(
    """có không chưa được máy nhà người vắng hẹn lỗi chối điện thoại thêm nữa tổng xóm thôn rồi cài làm chị bà bác chú
    hoạt mới khóa đóng cửa quên mật khẩu mạng hướng dẫn quay lại tối mai hôm"""
)
_LEFT = re.compile(r"[a-z]{2,7}[sfrxj]|[a-z]{0,5}(?:aa|ee|oo|dd|[aou]w)[a-z]{0,3}[sfrxj]?")
_TYPED = re.compile(r"[a-zđ]+")
_VNI_WORD = re.compile(r"[a-z]+\d[a-z\d]*")
_SHORTHAND = 3  # letters of `kh3`, `dc2`
_SHAPED = re.compile(r"d9|[aeo]6|[uo]7|a8")
_MODIFIED = re.compile(r"[a-z]\d[a-z]|[d]9|[aeo]6|[uo]7|a8")


_PLAIN_SYLLABLE = re.compile(rf"(?:{fold(_ONSET)})(?:{fold(_RIME)})")


def is_syllable(plain: str) -> bool:
    """Whether letters without marks may be a Vietnamese syllable."""
    return _PLAIN_SYLLABLE.fullmatch(plain) is not None


def is_spelled(word: str) -> bool:
    """Whether a word may be a Vietnamese syllable as it is typed: without any marks, or with all its hooks and hats."""
    if word.isascii():
        return is_syllable(word)
    letters = "".join(sign for sign in unicodedata.normalize("NFD", word) if sign not in _ACUTE_TO_DOT)
    return _SYLLABLE.fullmatch(_composed(letters)) is not None


def _toned(letters: str, tone: str) -> str | None:
    """A Vietnamese syllable with its tone on the right vowel, or None where there is no such syllable."""
    if not _SYLLABLE.fullmatch(letters):
        return None
    if not tone:
        return letters
    if _STOPPED.match(letters) and tone not in ("\u0301", "\u0323"):
        return None
    start = 2 if re.match(r"qu|gi(?=[aăâeêoôơuư])", letters) else 0
    vowels = [i for i in range(start, len(letters)) if letters[i] in "aăâeêioôơuưy"]
    if not vowels:
        return None
    marked = [i for i in vowels if letters[i] in "ăâêôơư"]
    if marked:
        at = marked[-1]
    elif len(vowels) == 1 or vowels[-1] == len(letters) - 1:
        two = len(vowels) > 1 and letters[vowels[0] : vowels[0] + 2] in ("oa", "oe", "uy") and len(vowels) == 2
        at = vowels[0] if len(vowels) == 1 else vowels[1] if two or len(vowels) == 3 else vowels[0]
    else:
        at = vowels[-1]
    return _composed(letters[: at + 1] + tone + letters[at + 1 :])


@lru_cache(maxsize=4096)
def tone_in_place(marked: str) -> str:
    """The word with its tone on the right vowel: `chôí` is chối, `cuả` của; `hòa` and `hoà` are both right."""
    letters = unicodedata.normalize("NFD", marked)
    tones = [sign for sign in letters if sign in _ACUTE_TO_DOT]
    if len(tones) != 1:
        return marked
    toneless = _composed(letters.replace(tones[0], ""))
    return marked if _OPEN_PAIR.search(toneless) else _toned(toneless, tones[0]) or marked


_OPEN_PAIR = re.compile(r"(?:oa|oe|(?<!q)uy)$")


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


@lru_cache(maxsize=4096)
def telex(word: str) -> str | None:
    """What the keys would have made (`dduwowcj` → `được`), or None where they make no Vietnamese syllable."""
    letters, tone = "", ""
    for key in word:
        if key in _TONES and letters and re.search(r"[aăâeêioôơuưy]", letters) and not (key == "r" and letters == "t"):
            tone = _TONES[key]
        elif key == "d" and letters in ("d", "đ"):
            letters = "đ"
        elif (key == "w" and (after := _hooked(letters)) is not None) or (
            key in "aeo" and (after := _hatted(letters, key)) is not None
        ):
            letters = after
        else:
            letters += key
    made = _toned(letters, tone)
    return made if made is not None and made != word else None


def _hooked(letters: str) -> str | None:
    if "uo" in letters:
        return letters.replace("uo", "ươ")
    if "ưo" in letters:
        return letters.replace("ưo", "ươ")
    for i in range(len(letters) - 1, -1, -1):
        if letters[i] in "aou":
            return letters[:i] + {"a": "ă", "o": "ơ", "u": "ư"}[letters[i]] + letters[i + 1 :]
    return None


def _hatted(letters: str, key: str) -> str | None:
    i = letters.rfind(key)
    if i < 0 or re.search(r"[aeo]", letters[i + 1 :]):
        return None
    return letters[:i] + {"a": "â", "e": "ê", "o": "ô"}[key] + letters[i + 1 :]


@lru_cache(maxsize=4096)
def vni(word: str) -> str | None:
    """What the keys of VNI would have made (`d9u7o75c` → `được`)."""
    letters, tone = "", ""
    for key in word:
        if key in _VNI_TONES:
            tone = _VNI_TONES[key]
        elif key == "9" and "d" in letters:
            letters = letters.replace("d", "đ", 1)
        elif key in "678" and (after := _shaped(letters, key)) is not None:
            letters = after
        elif key.isdigit():
            return None
        else:
            letters += key
    letters = letters.replace("ưo", "ươ") if len(letters) > letters.find("ưo") + 2 else letters
    made = _toned(letters, tone)
    return made if made is not None and made != word else None


def _shaped(letters: str, key: str) -> str | None:
    shapes = {"6": {"a": "â", "e": "ê", "o": "ô"}, "7": {"u": "ư", "o": "ơ"}, "8": {"a": "ă"}}[key]
    if key == "7" and "uo" in letters:
        return letters.replace("uo", "ươ")
    for i in range(len(letters) - 1, -1, -1):
        if letters[i] in shapes:
            return letters[:i] + shapes[letters[i]] + letters[i + 1 :]
    return None


def from_telex(folded: Folded, words: list[Word]) -> list[Word]:
    """The words with Telex keys made letters, where none has a mark and several look typed so, or a known one does."""
    if _CAME_THROUGH.search(folded.text):
        return [_left_in_keys(folded, word) for word in words]
    made = {i: new for i, word in enumerate(words) if (new := _telexed(folded, word)) is not None}
    known = [i for i, new in made.items() if new in known_words() and not _DOUBLED.search(words[i].marked)]
    strange = [i for i in made if _SURE.search(words[i].marked)]
    if not made or (not known and len(strange) < 2):
        return words
    if len(strange) == 1 and len(made) == 1 and made[strange[0]] not in known_words():
        return words
    return [_replaced(word, made[i]) if i in made else word for i, word in enumerate(words)]


def _left_in_keys(folded: Folded, word: Word) -> Word:
    """`k cos đt`: one word among marked ones whose tone became no mark; only what is then a word that matters."""
    if not word.bare or word.short or word.capital or not _LEFT.fullmatch(word.plain):
        return word
    made = _telexed(folded, word)
    return word if made not in _THAT_MATTER else _replaced(word, made)


def _telexed(folded: Folded, word: Word) -> str | None:
    """Only a word that is no syllable as it stands, nor known to the reader."""
    written = folded.plain[word.start : word.end]
    if not word.bare and not word.short:
        return None
    start, end = folded.span(word.start, word.end)
    if ROMAN.fullmatch(folded.text[start:end]):
        return None  # `thoon IX`
    if (
        not 2 <= len(written) <= _LONGEST
        or not _TYPED.fullmatch(written)
        or written in SHORT_FOR
        or written in known_words()
    ):
        return None
    made = telex(written)
    if _SYLLABLE.fullmatch(written) and not written.startswith(("dd", "oo")):
        return (
            made if "oong" in written and (made in known_words() or made in SHORT_FOR) else None
        )  # `khoong`, but `xoong` is one
    return made


def from_vni(folded: Folded, words: list[Word]) -> list[Word]:
    """The words with VNI keys made letters, where some digit stands within a word or several keys make known words."""
    if not _KEYED.search(folded.plain):
        return words
    runs = _runs(folded, words)
    made = {i: (end, new) for i, end, text in runs if (new := vni(text)) is not None}
    sure = any(_MODIFIED.search(text) for i, _, text in runs if i in made)
    known = sum(new in known_words() for _, new in made.values())
    if not made or not (sure or known >= 2):
        return words
    strange = {i: (end, letters) for i, end, letters in _no_syllables(runs) if i not in made}
    out: list[Word] = []
    i = 0
    while i < len(words):
        if i in made:
            end, new = made[i]
            out.append(_replaced(replace(words[i], end=words[end - 1].end), new))
            i = end
        elif i in strange:
            end, letters = strange[i]
            out.append(replace(words[i], plain=letters, marked=letters, end=words[end - 1].end))
            i = end
        else:
            out.append(words[i])
            i += 1
    return out


def _no_syllables(runs: list[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """Runs with the keys left out (`Kpa8`, slips such as `gaach5`): no syllables, but no numbers either."""
    for i, end, text in runs:
        letters = re.sub(r"\d", "", text)
        if _SHAPED.search(text) or len(letters) > _SHORTHAND:
            yield i, end, letters


def _runs(folded: Folded, words: list[Word]) -> list[tuple[int, int, str]]:
    """Letters and digits written without a space between: from, to, the text."""
    found: list[tuple[int, int, str]] = []
    i = 0
    while i < len(words):
        end = i + 1
        while (
            words[i].plain.isalpha()
            and end < len(words)
            and words[end].glued
            and (words[end].digits or words[end].plain.isalpha())
        ):
            end += 1
        text = folded.plain[words[i].start : words[end - 1].end]
        if end > i + 1 and all(w.bare or w.short for w in words[i:end]) and _VNI_WORD.fullmatch(text):
            found.append((i, end, text))
        i = end
    return found


def _replaced(word: Word, marked: str) -> Word:
    long = marked if word.capital else SHORT_FOR.get(marked, marked)  # `hoongr`: hổng, which is không
    return replace(word, plain=fold(long), marked=long, short=long != marked)


_TCVN3 = dict(
    zip(
        "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ",
        "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ",
        strict=True,
    )
)
_TCVN3_TABLE = {ord(old): new for old, new in _TCVN3.items()}
_TELLTALE = re.compile(r"[a-zA-Z][µ¸¶·¹¨»¾¼½©®ª«¬\u00ad]")
_UNICODE = re.compile(r"[ăđơưĂĐƠƯ\u1ea0-\u1ef9\u0300-\u036f]")


def _vni_pairs() -> dict[str, str]:
    """The pairs of signs with which VNI fonts write one letter: a base and a mark, or two marks at once."""
    pairs = {"ñ": "đ", "ö": "ư"}
    for old, new in (*zip("aeouy", "aeouy", strict=True), ("ô", "ơ"), ("ö", "ư")):
        pairs |= {old + mark: new + tone for mark, tone in zip("ùøûõï", _ACUTE_TO_DOT, strict=True)}
    for base, hat in (("a", "â"), ("e", "ê"), ("o", "ô")):
        pairs |= {base + mark: hat + tone for mark, tone in zip("âáàåãä", ("", *_ACUTE_TO_DOT), strict=True)}
    pairs |= {"a" + mark: "ă" + tone for mark, tone in zip("êéèúüë", ("", *_ACUTE_TO_DOT), strict=True)}
    return {pair: unicodedata.normalize("NFC", letter) for pair, letter in pairs.items()}


_VNI_WINDOWS = _vni_pairs()
_VNI_SIGNS = re.compile("|".join(sorted(_VNI_WINDOWS, key=len, reverse=True)))
_VNI_TELLTALE = re.compile(r"[aeouyôö][ùøûõï]|[aeo][åä]|aë|ñ[aeiou]")


def from_vni_windows(text: str) -> str:
    """Text pasted from a document in VNI fonts (`3 maùy`); each pair keeps its length by a sign of no width."""
    if text.isascii() or _UNICODE.search(text) or not _VNI_TELLTALE.search(text):
        return text
    return _VNI_SIGNS.sub(lambda found: _VNI_WINDOWS[found.group()] + "\u200b" * (len(found.group()) - 1), text)


def from_tcvn3(text: str) -> str:
    """Text pasted from a document in TCVN3 fonts, letter for letter; any other text as it is."""
    if text.isascii() or _UNICODE.search(text) or not _TELLTALE.search(text):
        return text
    return text.translate(_TCVN3_TABLE)
