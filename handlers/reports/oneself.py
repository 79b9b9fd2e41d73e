"""Whether a word after `báo hộ` is the sender (`mình`), a plea (`với`), or somebody who is called so (Minh, Anh, Châu).

Work for somebody else is never the sender's own (rule 27): in doubt it is a name, and is asked about.
"""

import re
import unicodedata

from handlers.language import fold

_ONESELF = frozenset("em e mình tôi tớ tao cháu tui".split())  # noqa: SIM905
_PLEAS = frozenset("nhé với cái nha nhen đi bot".split())  # noqa: SIM905 - `báo hộ với`
_TITLES = frozenset("anh chị bạn a".split())  # noqa: SIM905 - `báo hộ cái anh ơi`
_ALL = _ONESELF | _PLEAS | _TITLES
_PLAIN = frozenset(fold(word) for word in _ALL)
_ALSO_NAMES = frozenset("minh chau chi anh".split())  # noqa: SIM905 - with no mark of their own: whoever marks means these
# What is told of somebody's work begins with these, where it does not begin with a number.
_WORK = re.compile(
    r"\s*(?:[,:;-]\s*)?(?:[0-9]|(?:x[oó]m|th[oô]n|t[oổ]|khu|[aấ]p|b[aả]n|[đd][oộ]i|nh[aà]|h[oộ]|[đd][uư][oợ]c|[đd]c|l[aà]m|xong|v[aắ]ng"
    r"|th[eê]m|h[oô]m|t[oố]i|s[aá]ng|chi[eề]u|tr[uư]a|m[oộ]t|hai|ba|b[oố]n|n[aă]m|s[aá]u|b[aả]y|t[aá]m|ch[ií]n|m[uư][oờ]i)\b)",
    re.IGNORECASE,
)


def is_oneself(name: str) -> bool:
    """`ghi hộ em`: no name, but the sender."""
    return fold(name.split(maxsplit=1)[0]) in _PLAIN


def is_me(word: str) -> bool:
    """`mình`, `em`: with its marks."""
    return unicodedata.normalize("NFC", word).lower() in _ONESELF


def is_plea(word: str) -> bool:
    """What asks for help, or the sender: `với`, `em`; not with a capital, as a name would be."""
    return unicodedata.normalize("NFC", word).lower() in _ALL and word != word.title()


def is_called_so(word: str, text: str, *, starts: bool = False) -> bool:
    """Whether a word is a name in this text, and neither the sender nor a plea.

    `starts`: it is the first of the text, where any word has a capital.
    """
    lower = unicodedata.normalize("NFC", word).lower()
    if fold(word) not in _PLAIN:
        return True
    capital = word[:1].isupper() and (word == word.title() or len(word) == 1)
    if lower in _ALL:
        return capital and not starts and lower not in _ONESELF and lower != "bot"
    if fold(word) != lower:
        return True  # Châu, Tô: marked, and otherwise than what it would be
    return capital or (lower in _ALSO_NAMES and fold(text) != text.lower())


def tells_of_work(text: str, at: int) -> bool:
    """Whether work is told from this place on, and no name."""
    return _WORK.match(text, at) is not None
