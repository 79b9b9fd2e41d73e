"""Where a message names a comrade of the team: by a whole name, its end, a number, or by `bạn ấy`."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice, takewhile

from handlers.language import fold


@dataclass(frozen=True, slots=True)
class Comrade:
    """Somebody of the team who may be named."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Token:
    """A word or sign of the text. `plain`: folded; of a mention `§`.

    Attributes:
        who: those whom a mention may mean; several where several are called so.
        sure: nobody but a comrade is called like this: a number, a whole name, `bạn Sơn`.
        named: by a name, and not by `nó`.
        beside: who is meant together with that one (`tụi nó`).
    """

    start: int
    end: int
    plain: str
    who: tuple[int, ...] = ()
    sure: bool = True
    named: bool = True
    beside: tuple[int, ...] = ()


MENTION = "§"
_Team = Mapping[str, Sequence[Comrade]]  # by the last word of their names
_TOKEN = re.compile(r"[đdĐD]/[cC]\b|\n|[^\s,.;:()!?+=–—|]+|[,.;:()!?+=–—|]")
_GLUED = re.compile(r"(?:hv|hvien|hocvien)([0-9]{1,3})")
_NUMBER = re.compile(r"[0-9]{1,3}")
_PUPIL = frozenset({"hv", "hvien", "hs"})
_NO_NAMES = frozenset({"nam", "lan", "nay"})  # năm, lần, này, where nobody writes capitals
_AMONG_US = frozenset("ban thang con dua dc d/c cau chi bn".split())  # noqa: SIM905 - reads better
_TO_WHOM = frozenset("ho giup gium dum thay".split())  # noqa: SIM905
_OF_WHOM = frozenset({"cua", "phan"})
_POLITE = frozenset("anh chi em a c e".split())  # noqa: SIM905
_RESIDENTS = frozenset(
    "ong ba bac co chu di cu o mu me mo thim duong nha vo chong u boa ngoai noi ma".split()  # noqa: SIM905
)
_REPORTING = frozenset("bao bc cao ghi nhap gui nhan report note".split())  # noqa: SIM905
_BEFORE_NUMBERS = frozenset({"ban", "bn", "d/c"})  # `đc 2` is được
_LONGEST = 5
_FAR = 16  # words between a name and `nhờ em ghi`
_DID = frozenset({"duoc", "dc", "lam", "cai", "thi"})
_RESIDENTS_WRITTEN = frozenset("ông bà bác cô chú dì cụ o mụ mệ mợ thím dượng thầy nhà vợ chồng u bá bố má".split())  # noqa: SIM905
_COUNTED = frozenset("may cai nguoi ng tk ho cu dt nha cay chiec con".split())  # noqa: SIM905
_NUMBER_WORDS = frozenset("mot hai ba bon nam sau bay tam chin muoi tu lam".split())  # noqa: SIM905
_PLACES = frozenset("xom thon to khu ap lang doi tdp ban so ngo".split())  # noqa: SIM905
_THEY = frozenset({"nó", "hắn", "hấn"})
_THEY_PLAIN = frozenset({"no", "han"})
_OF_TIME = {("het", "han"), ("qua", "han"), ("gia", "han"), ("co", "han"), ("thoi", "han"), ("den", "han")}  # `hạn`
_KIND_OF_FRIEND = frozenset("cua cung to phong lop nhom truong doi than hoc chung".split())  # noqa: SIM905
_OF_ME = frozenset("em minh tui toi tau tao to choa mk".split())  # noqa: SIM905
_JOINS = frozenset({"va", "voi", "vs", "+", "cung"})
_THOSE = frozenset("tui bon chung cac".split())  # noqa: SIM905
_SO_MANY = frozenset({"hai", "2", "ba", "3", "may", "cac"})
_OVER_THERE = frozenset({"bển", "bện", "bẻn"})
_THAT = frozenset({"ay", "y", "i", "do", "nay", "ni", "no", "kia", "te"})
# `bạn làm 1 máy`, `nhỏ cài 2`: whoever was named before them.
_SHARES = frozenset("lam lm man cai duoc dc cung thi".split())  # noqa: SIM905


def tokens_of(text: str) -> list[Token]:
    """The words and signs of a text, before anybody is found in it."""
    return [Token(one.start(), one.end(), fold(one[0]) if one[0] != "\n" else "\n") for one in _TOKEN.finditer(text)]


def mentions(text: str, team: Sequence[Comrade], last: int | None = None) -> list[Token]:
    """The tokens, with each mention of a comrade as one of them. `last`: whom `nó` means where nobody is named."""
    words = tokens_of(text)
    by_name: dict[str, list[Comrade]] = {}
    for one in team:
        by_name.setdefault(fold(one.name).split()[-1], []).append(one)
    found: list[Token] = []
    i = 0
    while i < len(words):
        end, token = _named_at(text, words, i, by_name)
        found.append(token)
        i = end
    return _with_pronouns(text, _with_names_again(text, _with_numbers_again(text, _joined(text, found, by_name))), last)


def _joined(text: str, words: Sequence[Token], team: _Team) -> list[Token]:
    """`báo hộ 72 và 75`: a number that is joined to somebody's is somebody's, unless it counts something."""
    found: list[Token] = []
    for k, one in enumerate(words):
        who = tuple(each.id for each in team.get(one.plain, ())) if one.plain.isdigit() else ()
        after = words[k + 1].plain if k + 1 < len(words) else ""
        joins = k > 1 and words[k - 1].plain in _JOINS and bool(found[k - 2].who)
        numbered = joins and text[found[k - 2].start : found[k - 2].end][-1:].isdigit()
        found.append(Token(one.start, one.end, MENTION, who) if who and numbered and after not in _COUNTED else one)
    return found


def _with_names_again(text: str, words: Sequence[Token]) -> list[Token]:
    """`giang bao xom 5 …, ghi cho giang`: whoever writes names without capitals does so each time."""
    known = {fold(text[one.start : one.end]): one for one in words if one.who and text[one.start : one.end].islower()}
    return [
        replace(known[one.plain], start=one.start, end=one.end)
        if one.plain in known and not (k and _is_residents(text, words[k - 1])) and not one.who
        else one
        for k, one in enumerate(words)
    ]


def _with_numbers_again(text: str, words: Sequence[Token]) -> list[Token]:
    """`em với hv 72 …, 72 được 1`: a number that was somebody's is so again, before what it did."""
    numbers = {
        text[one.start : one.end].rstrip()[-len(digits) :]: one.who
        for one in words
        if one.who and (digits := re.search(r"[0-9]*$", text[one.start : one.end])[0])  # type: ignore[index]
    }
    return [
        Token(one.start, one.end, MENTION, numbers[one.plain])
        if one.plain in numbers and k + 1 < len(words) and (words[k + 1].plain in _DID or _begins(words, k))
        else one
        for k, one in enumerate(words)
    ]


def _begins(words: Sequence[Token], k: int) -> bool:
    """`72 xóm 1 hai máy, 78 xóm 2 ba máy`: at the start of a clause, before where it was."""
    starts = k == 0 or words[k - 1].plain in (",", ";", ":", ".", "\n", "va", "con")
    return starts and (words[k + 1].plain in _PLACES or words[k + 1].plain == ":")


def _named_at(text: str, words: Sequence[Token], i: int, team: _Team) -> tuple[int, Token]:
    numbered = _numbered_at(text, words, i, team)
    if numbered is not None:
        return numbered
    before = words[i - 1].plain if i else ""
    of_house = i > 0 and _is_residents(text, words[i - 1])
    for title in filter(None, (_title_end(words, i), i + 1)):
        titled = title != i + 1 or words[i].plain in _AMONG_US | _POLITE
        for at in (title, i) if titled else (i,):
            found = _name_at(text, words, at, team, before=_before(words, at))
            polite = at > i and words[i].plain in _POLITE
            if found is None or of_house or (at == i and before in _POLITE and i > 0):
                continue
            end, who = found
            if not polite or _meant_politely(words, i, end):
                return end, Token(words[i].start, words[end - 1].end, MENTION, who, at > i or end - at > 1)
    return i + 1, words[i]


def _before(words: Sequence[Token], at: int) -> str:
    """The word before a name; `ghi cho giang` wants a name as `ghi hộ giang` does."""
    before = [one.plain for one in words[max(at - 2, 0) : at]]
    for_whom = before[-1:] == ["cho"] and before[0] in _REPORTING and words[at].plain not in _NO_NAMES
    return "ho" if for_whom else before[-1] if before else ""


def _is_residents(text: str, word: Token) -> bool:
    """`nhà`, `ông`, `cô`, with their marks or without any; `có`, `thay` are other words."""
    written = unicodedata.normalize("NFC", text[word.start : word.end]).lower()
    return written in _RESIDENTS_WRITTEN or (text.isascii() and word.plain in _RESIDENTS)


def _name_at(
    text: str, words: Sequence[Token], at: int, team: _Team, before: str
) -> tuple[int, tuple[int, ...]] | None:
    """The longest name from here on, and whose it is."""
    for length in range(min(_LONGEST, len(words) - at), 0, -1):
        who = _called(text, words[at : at + length], team, before=before)
        if who:
            return at + length, who
    return None


def _meant_politely(words: Sequence[Token], i: int, end: int) -> bool:
    """`báo giúp anh Sơn`, `chị Lan nhờ em báo`, `chị Lan 3 máy nhờ em ghi`: else `anh Sơn` is a resident."""
    after = words[end].plain if end < len(words) else ""
    if after == "nho" or (i > 1 and words[i - 1].plain in _TO_WHOM and words[i - 2].plain in _REPORTING):
        return True
    rest = list(islice(takewhile(lambda one: one.plain not in ("\n", ".", ";"), words[end:]), _FAR))
    plain = [one.plain for one in rest]
    return any(
        one == "nho"
        and (plain[k - 1] not in _RESIDENTS | _POLITE if k else True)
        and _REPORTING & {*plain[k + 1 : k + 3]}
        for k, one in enumerate(plain)
    )


def _title_end(words: Sequence[Token], i: int) -> int:
    """Where the name after a title of a comrade begins; 0: there is no title."""
    after = words[i + 1].plain if i + 1 < len(words) else ""
    if (words[i].plain, after) == ("dong", "chi"):
        return i + 2 if i + 2 < len(words) else 0
    if words[i].plain == "con" and i and words[i - 1].plain in ("va", "voi", "cua"):
        return 0
    return i + 1 if after and words[i].plain in _AMONG_US | _POLITE else 0


def _numbered_at(text: str, words: Sequence[Token], i: int, team: _Team) -> tuple[int, Token] | None:
    """`HV 72`, `hv72`, `bạn 72`, `của 72`: whose name ends in that number."""
    plain = [one.plain for one in words[i : i + 4]] + [""] * 3
    titled = plain[0] in _BEFORE_NUMBERS and (
        plain[0] != "ban"
        or "ạ" in unicodedata.normalize("NFC", text[words[i].start : words[i].end].lower())
        or text.isascii()
    )
    skip = 1 if titled else 0
    if plain[skip : skip + 2] == ["hoc", "vien"]:
        at = i + skip + 2
    elif plain[skip] in _PUPIL:
        at = i + skip + 1
    elif (glued := _GLUED.fullmatch(plain[skip])) is not None:
        return _numbered(words, i, i + skip, glued[1], team)
    else:
        before = words[i - 1].plain if i else ""
        after = plain[skip + 1] or "."
        whose = titled or before in _OF_WHOM or (before in _TO_WHOM and i > 1 and words[i - 2].plain in _REPORTING)
        if not whose or after in _COUNTED or (before in _TO_WHOM and not titled and after in (".", ",", "v")):
            return None
        at = i + skip
    if at >= len(words) or _NUMBER.fullmatch(words[at].plain) is None:
        return None
    return _numbered(words, i, at, words[at].plain, team)


def _numbered(words: Sequence[Token], first: int, last: int, number: str, team: _Team) -> tuple[int, Token] | None:
    who = tuple(one.id for one in team.get(number, ()))
    return (last + 1, Token(words[first].start, words[last].end, MENTION, who)) if who else None


def _called(text: str, words: Sequence[Token], team: _Team, *, before: str) -> tuple[int, ...]:
    """Who is called so; a given name alone has its capital, or a word before it that wants a name."""
    near = team.get(words[-1].plain, ())
    if not near or any(one.plain.isdigit() or not one.plain[:1].isalpha() for one in words):
        return ()
    written = [unicodedata.normalize("NFC", text[one.start : one.end]) for one in words]
    if len(words) == 1:
        titled = before in _AMONG_US | _TO_WHOM
        if not written[0][:1].isupper() and (not titled or words[0].plain in _NUMBER_WORDS):
            return ()
        if before in _PLACES - _AMONG_US:
            return ()
    plain = [one.plain for one in words]
    found = []
    for one in near:
        name = unicodedata.normalize("NFC", one.name).split()[-len(words) :]
        if len(name) == len(words) and [fold(part) for part in name] == plain and _marks_agree(written, name):
            found.append(one.id)
    return tuple(found)


def _marks_agree(written: Sequence[str], name: Sequence[str]) -> bool:
    """A word with marks has those of the name; one without may lack them: Hùng is not Hưng, and Năm not Nam."""
    return all(
        said.lower() == part.lower() or fold(said) == said.lower() for said, part in zip(written, name, strict=True)
    )


def _with_pronouns(text: str, words: Sequence[Token], last: int | None) -> list[Token]:
    """`nó`, `bạn ấy` as the comrade named before in the message, else after, else in the message before."""
    named = [one for one in words if one.who]
    ascii_only = text.isascii()
    found: list[Token] = []
    who: tuple[int, ...] = ()
    i = 0
    while i < len(words):
        one = words[i]
        who = one.who or who
        length = 0 if one.who else _pronoun(text, words, i, ascii_only=ascii_only) or (who and _bare(text, words, i))
        if not (length or one.who) and named:
            length = _friend(text, words, i)
        meant = who or (named[0].who if named else () if last is None else (last,))
        if length and meant:
            end = words[i + length - 1].end
            first = _several(found, titled=length > 1)
            start = found[first].start if first < len(found) else one.start
            among = {each.who[0] for each in named if len(each.who) == 1} if first < len(found) else set()
            found[first:] = [Token(start, end, MENTION, meant, True, False, tuple(sorted(among - {*meant})))]
            i += length
        else:
            found.append(replace(one))
            i += 1
    return found


def _friend(text: str, words: Sequence[Token], i: int) -> int:
    """`bạn em`, `bạn cùng tổ của em`, where a comrade is named: that one; no `bận em làm`, nor `hai bạn em`."""
    written = unicodedata.normalize("NFC", text[words[i].start : words[i].end]).lower()
    before = words[i - 1] if i else None
    if written != "bạn" and not (written == "ban" and text.isascii() and not (before and before.who)):
        return 0
    if before is not None and before.plain in _SO_MANY | _THOSE | {"va", "voi", "vs", "moi"}:
        return 0
    end = i + 1
    while end < len(words) and words[end].plain in _KIND_OF_FRIEND:
        end += 1
    mine = end < len(words) and words[end].plain in _OF_ME
    return end + 1 - i if mine else 0


def _several(before: Sequence[Token], *, titled: bool) -> int:
    """Where `tụi` of `tụi nó` begins, `hai đứa`, or `hai` of `hai bạn ấy`; the end: it is one alone."""
    plain = [one.plain for one in before]
    if any(one in _PLACES - {"so"} for one in plain[-3:-1]) and plain[-1].isdigit():
        return len(before)  # `xóm 3 bạn ấy được 5 máy`
    if plain[-2:-1] and plain[-2] in _SO_MANY and plain[-1] in _AMONG_US | {"nguoi"}:
        return len(before) - 2
    those = _THOSE | _SO_MANY if titled else _THOSE
    return len(before) - 1 if plain[-1:] and plain[-1] in those else len(before)


def _bare(text: str, words: Sequence[Token], i: int) -> int:
    """`em làm 2 máy, bạn làm 1 máy`, where a comrade was named before: no `bận làm`, and no `bạn ơi`."""
    written = unicodedata.normalize("NFC", text[words[i].start : words[i].end]).lower()
    if written not in ("bạn", "nhỏ", "bn") and not (written == "ban" and text.isascii()):
        return 0
    after = words[i + 1].plain if i + 1 < len(words) else ""
    count = _NUMBER.fullmatch(after) is not None
    starts = i == 0 or words[i - 1].plain in (",", ";", ".", ":", "\n", "con", "va", "may")
    return 1 if after in _SHARES or (count and starts) else 0


def _pronoun(text: str, words: Sequence[Token], i: int, *, ascii_only: bool) -> int:
    written = unicodedata.normalize("NFC", text[words[i].start : words[i].end]).lower()
    of_time = i > 0 and (words[i - 1].plain, written) in _OF_TIME
    if written in _THEY or (ascii_only and written in _THEY_PLAIN and not of_time):
        return 1
    after = words[i + 1].plain if i + 1 < len(words) else ""
    if written in _OVER_THERE and after in _DID:
        return 1  # `tui làm chung với Học viên 75, bển làm 2 máy`
    if (words[i].plain, after) == ("dong", "chi"):
        return 3 if i + 2 < len(words) and words[i + 2].plain in _THAT else 0
    if (words[i].plain, after) == ("ban", "nay") and "này" not in unicodedata.normalize("NFC", text).lower():
        return 0  # `ban nãy`, a while ago
    return 2 if words[i].plain in ("ban", "cau", "dua", "thang", "d/c") and after in _THAT else 0
