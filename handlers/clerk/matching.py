"""Which report or open message a message is about: by its quote, its home, its numbers, its hamlet, else the newest."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from handlers.clerk.evening import NOWHERE, Evening, LineTold, OpenTold, ReportTold
from handlers.language import Outcome, Reading, fold
from handlers.language import is_nobody as is_nobody  # noqa: PLC0414 - its callers look for it here

_HOUSE = frozenset({"nha", "ho", "gia", "dinh", "so"})
_HELD = frozenset({"ma", "otp", "sim", "may", "dt"})
_TITLES = frozenset(
    "ong ba bac co chu cu anh chi em di cau thim mo o u me mu duong thay bo ma ban dc e a b c on".split()  # noqa: SIM905 - reads better
)
_SHORT_TITLES = frozenset({"a", "b", "c", "e", "o"})  # `nhà b Lựu`: bà or bác
_POINTING = frozenset("này đây đấy đó ấy kia vừa rồi cái nay day do ay vua roi cai".split())  # noqa: SIM905 - reads better
_SIGNS = re.compile(r"[,.:;!?()]")
_NUMBER_WORD = re.compile(r"\bso (?=[0-9])")  # `nhà số 15` is `nhà 15`
_EARLIER = re.compile(r"\b(?:lúc|hồi|ban|vừa|khi|luc|hoi|vua) (?:nãy|nay|này)\b", re.IGNORECASE)


@lru_cache(maxsize=2048)
def names_in(label: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The titles and the names of a home's label: `nhà chị Thào Thị Say lúc nãy` → (chi), (thao, thi, say)."""
    said = [fold(word) for word in _without_pointing(_EARLIER.sub(" ", _apart(label)[0]).split())]
    said = said[2:] if len(said) > 3 and said[0] in _HELD and said[1] == "cua" else said  # `mã của anh Khoát`
    start = next((k for k, word in enumerate(said) if word not in _HOUSE), len(said))  # `hộ bà Nhã`, `nhà ông Định`
    words = said[start:]  # `bác Độ` is somebody, `bác đó` only points
    titles = tuple(word for k, word in enumerate(words[:-1]) if word in _TITLES and not _is_surname(words, k))
    return titles, tuple(word for word in words if word not in titles)


def _is_surname(words: Sequence[str], k: int) -> bool:
    """`anh Mã Văn Quyền`: a family name, whatever else it may be."""
    return k > 0 and words[k + 1] in ("van", "thi", "duc", "huu", "dinh") and len(words) > k + 2


_YOUNG = frozenset({"thang", "cai", "be", "nho"})
_KIN_TOLD = re.compile(
    r"^((?:nha |ho )?[a-z]+ .*?[a-z]) "
    r"((?:vo|chong|vk|ck|con|em|chau|me|bo|hang xom)(?: (?:trai|gai|dau|re|ruot|ut|ca|cua|nha)){0,2}"
    rf" (?:{'|'.join(sorted(_TITLES | _YOUNG))}) [a-z].*)$"
)


@lru_cache(maxsize=2048)
def _apart(label: str) -> tuple[str, ...]:
    """`chị Mai vợ anh Cường` may be called chị Mai, or anh Cường's wife."""
    found = _KIN_TOLD.match(fold(label))
    if found is None or found[1] in _TITLES | _YOUNG or found[1].split()[-1] in _TITLES:
        return (label,)
    return (found[2],) if is_nobody(found[1]) else (found[1], found[2])  # `máy của mẹ anh Tâm`


def _without_pointing(words: Sequence[str]) -> list[str]:
    """`bác Lan kia` is bác Lan; `b cai`, folded from `b Cải`, keeps what would leave it without a name."""
    left = [word for word in words if word not in _POINTING]
    marked = any(not word.isascii() for word in words)
    named = [word for word in map(fold, left) if word not in _HOUSE and word not in _TITLES]
    return left if marked or named or len(words) - len(left) != 1 else list(words)


@lru_cache(maxsize=256)
def _ways_to_call(title: str) -> frozenset[str]:
    """A title, short or in full: `b` may be `ba` or `bac`, `chi` may be `c`."""
    if title in _SHORT_TITLES:
        return frozenset({title, *(one for one in _TITLES if one.startswith(title) and one not in _SHORT_TITLES)})
    return frozenset({title, title[0]}) if title[0] in _SHORT_TITLES else frozenset({title})


# `nhà cạnh ông Bình`, `anh Dũng đối diện nhà ông Bình`: whoever only says where it is.
_BESIDE = re.compile(
    r"\b(?:ben canh|ngay canh|ke ben|ke can|doi dien|sat vach|canh|gan|ke|sat|giap) (?:cua |voi )?(?:nha |ho )?"
    rf"(?:{'|'.join(sorted(_TITLES, key=len, reverse=True))}) \w+"
)


def _is_beside(label: str) -> bool:
    return _BESIDE.search(fold(label)) is not None


def same_home(one: str, other: str) -> bool:
    """Whether two labels may be one home: the given name is the same, and no title speaks against it."""
    if fold(one) == fold(other):
        return True
    if len(parts := _apart(one)) + len(other_parts := _apart(other)) > 2:
        return same_home(parts[0], other_parts[0]) or fold(parts[-1]) == fold(other_parts[-1])
    if _is_beside(one) != _is_beside(other):
        return False  # `nhà cạnh ông Bình` is not his
    (titles, names), (others, other_names) = names_in(one), names_in(other)
    if not names or not other_names or names[-1] != other_names[-1]:
        return False
    shorter, longer = sorted((names, other_names), key=len)
    if not set(shorter) <= set(longer):
        return False
    return not titles or not others or titles[-1] in _ways_to_call(others[-1]) or len(shorter) > 1


_POINTED_AT = re.compile(r"(?:nha|ho) (?:ay|day|do|nay|ni|no|vua roi|vua xong|hoi nay|luc nay|ban nay|truoc|tren)")


def labels_of(reading: Reading) -> list[str]:
    """The homes that a reading names, those of its draft too; `nhà ấy` is whichever was told of last, and no name."""
    named = reading.draft.homes if reading.draft else reading.homes
    labels = [home.label for home in named]
    if reading.target is not None and reading.target.home is not None:
        labels.append(reading.target.home)
    return [label for label in labels if _POINTED_AT.fullmatch(fold(label)) is None]


def meant(reading: Reading, reports: Iterable[ReportTold], plain: str) -> list[str]:
    """The homes that a message is about: those it names, counted there or not, before `con dâu` of one of them."""
    named = labels_of(reading)
    return [label for label in named if not is_nobody(fold(label))] or named_in(reports, plain) or named


def with_home(reports: Iterable[ReportTold], labels: Sequence[str]) -> list[tuple[ReportTold, str | None]]:
    """The reports that name one of these homes, and under which label; None: only in their words.

    Beside a home with a name `con dâu` is somebody there, and no home of its own.
    """
    labels = [label for label in labels if not is_nobody(fold(label))] or labels
    found: list[tuple[ReportTold, str | None]] = []
    for report in reports:
        fitting = [home.label for home in report.homes if any(same_home(home.label, one) for one in labels)]
        label = max(fitting, key=lambda label: _in_common(label, labels)) if fitting else None
        if label is not None:
            found.append((report, label))
        elif any(stands_in(one, report.text) for one in labels):
            found.append((report, None))
    return found


def _in_common(label: str, labels: Sequence[str]) -> int:
    """How many words are told of both: of anh Tâm's home and his mother's phone `mẹ anh Tâm` is the latter."""
    return max(len({*names_in(label)[1]} & {*names_in(one)[1]}) for one in labels)


def named_in(reports: Iterable[ReportTold], plain: str) -> list[str]:
    """The homes of these reports that the words name, although they count nothing there; `vợ` is anybody's."""
    named = [home.label for report in reports for home in report.homes if stands_in(home.label, plain)]
    return [label for label in named if not is_nobody(label)]


_AT_FIRST = re.compile(r"^ (?:(?:a|o|u|ui|y|da|nham|thoi|ma) )+")


def stands_in(label: str, text: str) -> bool:
    """Whether a home, by its title and given name, stands in folded words."""
    if len(parts := _apart(label)) > 1:
        return stands_in(parts[0], text) or f" {fold(parts[1])} " in _spaced(text)
    young = fold(label).split()
    if len(young) == 2 and young[0] in _YOUNG:
        return f" {young[0]} {young[1]} " in _spaced(text) or _is_owner(young[1], _spaced(text))
    titles, names = names_in(label)
    if not names or (not titles and len(names) == 1 and names[0] in _TITLES):
        return False  # `ông`, of a home told before, is not he of `nhà ông Rạng`
    plain = _spaced(text)
    beside = [found[0] for found in _BESIDE.finditer(plain)]
    if beside:
        if _is_beside(label):
            return any(f"{titles[-1:][0] if titles else ''} {names[-1]}" in found for found in beside)
        plain = _BESIDE.sub(" ", plain)
    elif _is_beside(label):
        return False
    if not titles:  # `nhà Thuật`; `con trai chú`; `Linh béo đổi ý rồi`
        alone = f" {' '.join(names)} "
        first = _AT_FIRST.sub(" ", plain).startswith(alone) and len(names[0]) > 2 and not is_nobody(label)
        return (
            (len(names) > 1 and alone in plain) or first or any(f" {house}{alone}" in plain for house in ("nha", "ho"))
        )
    called = [f" {title} " for title in _ways_to_call(titles[-1]) if f" {title} " in plain]
    return any(f"{title}{' '.join(names[start:])} " in plain for title in called for start in range(len(names)))


def _is_owner(name: str, plain: str) -> bool:
    """`mã của Đức về rồi`, of thằng Đức: who is young is called by the name alone."""
    return any(f" {thing} {name} " in plain for thing in ("cua", "may", "ma", "sim", "dt", "cho", "otp"))


def relative_stands_in(label: str, text: str) -> bool:
    """Whether somebody of a home, called by its given name, stands in folded words: `mẹ Trang`, `vợ anh Quý`."""
    titles, names = names_in(label)
    if not names or is_nobody(label):
        return False
    plain = _spaced(text)
    whose = {names[-1], *(f"{title} {names[-1]}" for title in titles)}
    return any(
        f" {kin} {between}{who} " in plain
        for kin in _KIN
        for between in ("", "cua ")
        for who in whose
        if not (kin in _SPEAKS and who in _WORK)  # `em làm được 2 máy` is nobody of anh Lâm
    )


def belongs_to(label: str, home: str) -> bool:
    """Whether somebody or something is called by whose it is: `máy của mẹ anh Tâm`, of anh Tâm's home."""
    first, of = fold(label).removeprefix("nha ").partition(" ")[0], names_in(home)[1]
    called_so = first in _KIN | {"may", "dt", "sim"} and first not in {"em", "ong", "cu", "ba"}
    return called_so and bool(of) and names_in(_apart(label)[-1])[1][-1:] == of[-1:]


def kin_of(label: str) -> str:
    """Whose relative somebody is told to be: `vo` of `vợ anh Quý`; '' of a home, and of who is called by a title."""
    first = fold(label).removeprefix("nha ").partition(" ")[0]
    first = {"vk": "vo", "ck": "chong"}.get(first, first)
    return first if first in _KIN - {"em", "ong", "cu", "ba"} else ""


_SPEAKS, _WORK = frozenset({"em", "con", "chau"}), frozenset({"lam", "cai", "hen", "ve", "di", "xong"})
_KIN = frozenset("vo chong vk ck me bo ba con em chau ong cu".split())  # noqa: SIM905 - reads better


@lru_cache(maxsize=64)
def _spaced(text: str) -> str:
    """Folded words without signs, a space around each."""
    return f" {' '.join(_SIGNS.sub(' ', _NUMBER_WORD.sub('', text)).split())} "


def with_numbers(reports: Iterable[ReportTold], counts: Mapping[Outcome, int]) -> list[ReportTold]:
    """The reports that say all these numbers: of a line, or over all hamlets."""
    return [
        report
        for report in reports
        if all(
            n in {line.n for line in report.lines if line.outcome is outcome} | {report.count(outcome)}
            for outcome, n in counts.items()
        )
    ]


def open_with_home(evening: Evening, labels: Sequence[str]) -> OpenTold | None:
    """The open message that names one of these homes, the newest first."""
    return next(
        (
            one
            for one in reversed(evening.open)
            if any(same_home(home, label) for home in one.homes for label in labels)
        ),
        None,
    )


def recognised(evening: Evening, lines: Sequence[LineTold], labels: Sequence[str]) -> OpenTold | None:
    """The open message that a clear one says again: the same home, or the same hamlet, outcome and number."""
    named = open_with_home(evening, labels)
    if named is not None:
        return named
    if labels:
        return None
    for one in reversed(evening.open):
        if one.homes or one.outcome is None or one.place == NOWHERE:
            continue
        if any(line.place == one.place and line.outcome is one.outcome and line.n in one.likely for line in lines):
            return one
    return None
