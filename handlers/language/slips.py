"""Slips of the finger in the words that matter most: `haot`, `vagn`, `mays`. A word that is known is never changed."""

from handlers.language.folding import fold
from handlers.language.words import Words

_TARGETS = [
    "máy",
    "người",
    "được",
    "xong",
    "vắng",
    "kích",
    "hoạt",
    "chối",
    "khóa",
    "cửa",
    "hẹn",
    "lỗi",
    "quên",
    "mật",
    "khẩu",
    "đồng",
    "smartphone",
    "điện",
    "thoại",
    "cước",
    "hướng",
    "dẫn",
    "thành",
    "công",
    "tổng",
    "nhầm",
    "đính",
    "chính",
    "thôn",
    "xóm",
    "không",
    "khoảng",
    "chốt",
    "quay",
    "cài",
    "đặt",
    "nhận",
    "chưa",
    "căn",
    "hợp",
    "đồng",
]
_BY_PLAIN = {fold(target): target for target in _TARGETS}
_TELEX = "sfrxj"


def _variants(word: str) -> set[str]:
    swapped = {word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(len(word) - 1)}
    doubled = {word[:i] + word[i] + word[i:] for i in range(len(word))}
    tones = {word + tone for tone in _TELEX}
    missing = {word[:i] + word[i + 1 :] for i in range(1, len(word))} if len(word) >= 5 else set[str]()
    return swapped | doubled | tones | missing


def _index() -> dict[str, str]:
    index: dict[str, str] = {}
    clashes: set[str] = set()
    for plain, target in _BY_PLAIN.items():
        for variant in _variants(plain):
            if variant in index and index[variant] != target:
                clashes.add(variant)
            index[variant] = target
    return {v: t for v, t in index.items() if v not in clashes and v not in _BY_PLAIN}


_SLIPS = _index()
_HOLES = {
    plain[:i] + "*" + plain[i + 1 :]: target
    for plain, target in _BY_PLAIN.items()
    if len(plain) >= 5
    for i in range(len(plain))
}


def meant(plain: str) -> str | None:
    """The word, with its marks, that was probably meant; None where nothing is close or more than one is."""
    if len(plain) < 3 or len(plain) > 12 or plain in _BY_PLAIN:
        return None
    if (target := _SLIPS.get(plain)) is not None:
        return target
    if len(plain) < 5:
        return None
    near = {_HOLES[hole] for i in range(len(plain)) if (hole := plain[:i] + "*" + plain[i + 1 :]) in _HOLES}
    near |= {
        _BY_PLAIN[less]
        for i in range(len(plain))
        if (less := plain[:i] + plain[i + 1 :]) in _BY_PLAIN and len(less) >= 4
    }
    return near.pop() if len(near) == 1 else None


def correct(words: Words, i: int) -> bool:
    """Replaces word `i` by what was meant; False where it stays."""
    if i >= len(words.words) or words.is_name(i) or not words.words[i].plain.isalpha():
        return False
    target = meant(words.words[i].plain)
    if target is None:
        return False
    words.words[i].plain, words.words[i].marked = fold(target), target
    return True
