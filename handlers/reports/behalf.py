"""`báo hộ Sơn 3 máy`: a report for somebody else of the team, who is told; it is theirs, and both may take it back."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache

from handlers import texts
from handlers.clerk.evening import Place
from handlers.language import Entry, Kind, Outcome, Reading, fold, read, with_numbers, with_single_letters
from handlers.messages import Message, Reply, Saying
from handlers.open import keeping
from handlers.open.keeping import KeptChoice
from handlers.places import in_use, placing
from handlers.reports import duty, for_whom, oneself, recording, telling, withdrawing
from handlers.reports.for_whom import Piece
from handlers.states import BEHALF_OF_WHOM, NEW_REPORT
from handlers.turn import Turn
from storage.campaign import people
from storage.campaign.hamlets import NO_HAMLET
from storage.campaign.people import Person
from storage.campaign.teams import Team, team_of

MOST_CHOICES = 8
MOST_MEANINGS = 3
_FEW = (1, 2, 3)
_NAME_WORDS = 5
_CALLED = r"(?:(?P<called>anh|a|ch[iị]|c|b[aạ]n|em|[đd]/c|[đd][oồ]ng ch[ií])\s+)?"
# An office's words for it: `Thừa ủy quyền của đồng chí Sơn, báo cáo …`.
_OFFICE = r"(?:th[uừ]a|theo|[đd][uư][oợ]c(?:\s+s[uự])?)\s+(?:[uủ]y|u[yỷ])\s+quy[eề]n\s+(?:c[uủ]a|cho)\s+"
_TELL = r"b[aá]o(?:\s+c[aá]o)?(?!\s+(?:gi[oờ]|nhi[eê]u|l[aâ]u)\b)"  # no `bao giờ`
_PHRASE = re.compile(
    rf"\b(?:{_OFFICE}|(?:{_TELL}|bc|ghi|nh[aậ]p|report|note)\s+(?:h[oộ]|gi[uú]p|gi[uù]m|d[uù]m|thay)\s+(?:cho\s+)?){_CALLED}",
    re.IGNORECASE,
)
# `Sơn nhờ em báo 3 máy`: the name stands before.
_ASKED_TO = re.compile(
    r"(?:\s+(?:[đd]ang\s+|b[iị]\s+)?(?:h[eế]t pin|b[aậ]n|m[eệ]t|[oố]m|qu[eê]n m[aá]y|h[eế]t m[aạ]ng)"
    r"(?:\s+(?:[đd]i[eệ]n tho[aạ]i|[đd]t|r[oồ]i|m[aấ]t|n[eê]n))*)*"
    r"\s+(?:nh[oờ]|b[aả]o|k[eê]u|bi[eể]u|d[aặ]n|nh[aắ]n)"
    r"\s+(?:(?:em|e|m[iì]nh|tui|t[oô]i|t[oớ]|t|ch[aá]u|con|tau|choa)\s+)?"
    rf"(?:{_TELL}|bc|ghi|nh[aậ]p|g[uử]i)"
    r"(?:\s+th[eê]m)?(?:\s+(?:h[oộ]|gi[uú]p|gi[uù]m|d[uùú]m|thay))?(?:\s+n[oó])?\b[:,]?",
    re.IGNORECASE,
)
_TITLED = re.compile(r"(?:^|\s)(?:anh|ch[iị]|b[aạ]n|em|[đd]/c|[đd][oồ]ng ch[ií]|th[aằ]ng|con)$", re.IGNORECASE)
_WORD = re.compile(r"[^\s,.;:()\-+]+")


@dataclass(frozen=True, slots=True)
class Asked:
    """For whom a message reports: those who fit the name, the name as it was said, and the message without it.

    `named`: else it is only a form of address: `báo hộ bạn 2 máy`.
    """

    fitting: tuple[Person, ...]
    name: str
    rest: str
    named: bool = True


# Why somebody else writes for them, and they themselves as the subject: no work.
_TROUBLE = (
    r"(?:h[eế]t (?:pin|m[aạ]ng|ti[eề]n)|m[aấ]t m[aạ]ng|s[aậ]p ngu[oồ]n"
    r"|h[oỏ]ng|h[uư]|b[aậ]n|m[eệ]t|[oố]m|qu[eê]n m[aá]y)"
)
_THEY = r"(?:(?:b[aạ]n|anh|ch[iị]|em|[đd]/c|[đd][oồ]ng ch[ií]|c[aậ]u)\s+(?:[aấ]y|[yýí]|[đd][oó])|n[oó])"
_REASON = re.compile(
    rf"\(?(?:(?:[đd]i[eệ]n tho[aạ]i|[đd]t|m[aá]y)\s+(?:c[uủ]a\s+)?)?(?:{_THEY}\s+)?"
    rf"(?:b[iị]\s+|v[iì]\s+|[đd]ang\s+)*\b{_TROUBLE}\b"
    rf"(?:\s+(?:r[oồ]i|m[aấ]t|nh[eé]|nha|[aạ]|c[aả]))*\)?\s*[,.;:]?",
    re.IGNORECASE,
)
_SUBJECT = re.compile(rf"\b{_THEY}\b", re.IGNORECASE)


def _work_of(rest: str) -> str:
    """The message without why it is told by somebody else, and without `bạn ấy`: what is left was done."""
    return " ".join(_SUBJECT.sub(" ", _REASON.sub(" ", rest)).split()).strip(" ,.;:")


_SAYS_WHEN = re.compile(
    r"\d|\b(?:hom|qua|kia|sang|trua|chieu|toi|dem|ngay|thu|nay|tong|chot|them|bu|sua|nham|dinh chinh)\b"
)
_ANY_TIME = datetime(2023, 5, 20, 20, tzinfo=UTC)  # words that say no day mean the same at any time


def _beside_why(before: str) -> str:
    """What stands before `báo hộ`, nothing where it only says why (`Bạn em hết pin rồi nên em báo hộ Giang …`)."""
    why = _REASON.sub(" ", before)
    if not why.strip() or _SAYS_WHEN.search(fold(why)):
        return before
    told = read(why, _ANY_TIME)
    idle = told.kind is Kind.CHAT and not told.question and not told.mentions and told.of_home is None
    return "" if idle and not told.homes else before


@lru_cache(maxsize=8)  # asked more than once of each message
def may_ask(text: str) -> bool:
    """Whether it is worth looking for a name: most messages have none of the words."""
    text = with_single_letters(unicodedata.normalize("NFC", text))
    return any(one.search(text) is not None for one in (_PHRASE, _ASKED_TO))


def asked(text: str, team: Sequence[Person]) -> Asked | None:
    """Whether a message reports for somebody else; the longest name that fits a member of the team is meant."""
    text = with_single_letters(with_numbers(unicodedata.normalize("NFC", text)))
    phrase = _PHRASE.search(text)
    if phrase is None or _ASKED_TO.search(text) is not None:
        return _asked_to(text, team)
    titled = _titled(text, phrase, team)
    if titled is not None:
        return titled
    words = list(_WORD.finditer(text, phrase.end()))[:_NAME_WORDS]
    if not words or words[0].start() > phrase.end():
        return None
    if any(c.isdigit() for c in words[0][0]) and not (
        _COUNTS.match(text, words[0].end()) is None and _fitting(words[0][0], team)
    ):
        return None
    somebodys = phrase["called"] is not None and oneself.is_me(words[0][0])  # `báo hộ bạn em 3 máy`
    if oneself.is_plea(words[0][0]) and not somebodys:
        return None
    if pronoun := _PRONOUN.match(text, phrase.start("called") if phrase["called"] else words[0].start()):
        return _named_before(text, phrase, pronoun.end(), team)
    for count in range(len(words), 0, -1):
        name = text[words[0].start() : words[count - 1].end()]
        fitting = _fitting(name, team)
        if fitting:
            rest = f"{_beside_why(text[: phrase.start()])} {text[words[count - 1].end() :]}"
            return Asked(tuple(fitting), name, _work_of(rest))
    named = oneself.is_called_so(words[0][0], text) or (phrase["called"] is not None and not oneself.is_me(words[0][0]))
    if not named and not somebodys:
        return None
    rest = f"{text[: phrase.start()]} {text[words[0].end() :]}".strip(" ,.;:")
    return Asked((), words[0][0] if named else phrase["called"], rest, named=named)


def _titled(text: str, phrase: re.Match[str], team: Sequence[Person]) -> Asked | None:
    """`báo hộ Anh 2 máy`, `báo hộ bạn 2 máy`: whoever is called so, else somebody whose name is not said."""
    called = phrase["called"]
    if called is None or not oneself.tells_of_work(text, phrase.end("called")):
        return None
    number = _WORD.match(text, phrase.end())
    if number is not None and _COUNTS.match(text, number.end()) is None and _fitting(number[0], team):
        return None  # `báo hộ bạn 75: nhà ông Lãng 3 máy`, where somebody is known by that number
    rest = _work_of(f"{_beside_why(text[: phrase.start()])} {text[phrase.end() :]}")
    fitting = _fitting(called, team) if called != "em" else []
    if fitting or oneself.is_called_so(called, text):
        return Asked(tuple(fitting), called, rest)
    if oneself.is_me(called):
        return None  # `báo hộ em 3 máy`
    before = _named_before(text, phrase, phrase.end(), team)
    return before if before.fitting else Asked((), called, rest, named=False)


# After a number these say what it counts; after `báo hộ 72` whoever is called so on the roster is meant.
_HOUSEHOLDS = r"nh[aà] (?!(?:[oô]ng|b[aà]|b[aá]c|c[oô]|ch[uú]|anh|ch[iị]|c[uụ]|em)\b)"
_COUNTS = re.compile(
    rf"\s*(?:$|[,.;-]?\s*(?:v|vắng|lỗi)\b|(?:m[aá]y|c[aá]i|ng[uư][oờ]i|ng|tk|h[oộ]|c[uụ]|[đd]t)\b|{_HOUSEHOLDS})",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"(?:n[oó]|h[aắ]n|(?:b[aạ]n|anh|ch[iị]|em|th[aằ]ng) (?:[aấ]y|[yý]|[đd][oó]))\b", re.IGNORECASE)


def _named_before(text: str, phrase: re.Match[str], end: int, team: Sequence[Person]) -> Asked:
    """`Giang hết pin nó được 3 máy, báo hộ nó luôn`: who was named before; nobody: who was reported for last."""
    words = list(_WORD.finditer(text, 0, phrase.start()))
    rest = text[end:]
    for first in range(len(words)):
        for last in range(min(len(words), first + _NAME_WORDS), first, -1):
            name = text[words[first].start() : words[last - 1].end()]
            fitting = _fitting(name, team) if name[0].isupper() or last - first > 1 else []
            if fitting:
                before = f"{_TITLED.sub('', text[: words[first].start()].rstrip())} "
                return Asked(
                    tuple(fitting), name, _work_of(f"{before}{text[words[last - 1].end() : phrase.start()]}{rest}")
                )
    return Asked((), PRONOUN, _work_of(f"{text[: phrase.start()]} {rest}"))


PRONOUN = "bạn ấy"


def _asked_to(text: str, team: Sequence[Person]) -> Asked | None:
    """`Học viên 78 hết pin nhờ mình báo 4 máy xóm 4`: the longest name before the phrase that fits a member."""
    phrase = _ASKED_TO.search(text)
    words = list(_WORD.finditer(text, 0, phrase.start()))[-_NAME_WORDS:] if phrase is not None else []
    if phrase is None or not words:
        return None
    for start in range(len(words)):
        for end in range(len(words), start, -1):
            name = text[words[start].start() : words[end - 1].end()]
            counted = (
                name.isdigit() and _COUNTS.match(text, words[end - 1].end()) is not None
            )  # `2 máy, Sơn nhờ em ghi`
            fitting = [] if counted else _fitting(name, team)
            if fitting:
                before = _TITLED.sub("", text[: words[start].start()].rstrip())
                between = _beside_why(text[words[end - 1].end() : phrase.start()])  # `Giang đi xóm 5, nhờ em báo hộ …`
                return Asked(tuple(fitting), name, _work_of(f"{before} {between} {text[phrase.end() :]}"))
    said = words[-1][0]
    if fold(said) == "nen" or _BY_PRONOUN.search(text, 0, phrase.start()):
        return _told_of_before(text, phrase, team)
    if not oneself.is_called_so(said, text, starts=words[-1].start() == 0):
        return None
    before = _TITLED.sub("", text[: words[-1].start()].rstrip())
    return Asked((), said, f"{before} {text[phrase.end() :]}".strip(" ,.;:"))


_BY_PRONOUN = re.compile(rf"{_PRONOUN.pattern}\s*$", re.IGNORECASE)


def _told_of_before(text: str, phrase: re.Match[str], team: Sequence[Person]) -> Asked:
    """`Gặp Giang ở quán nước, bạn ấy nhờ em báo hộ: thôn 7, 5 máy`; `Giang để quên điện thoại nên nhờ em báo hộ …`."""
    before = _named_before(text, phrase, phrase.end(), team)
    told = _BY_PRONOUN.sub("", text[: phrase.start()])
    why = _beside_why(told.replace(before.name, " ", 1) if before.fitting else told)
    return replace(before, rest=_work_of(f"{why} {text[phrase.end() :]}"))


def _fitting(name: str, team: Sequence[Person]) -> list[Person]:
    """Whose whole name, given name or end of the name it is. No slip of the hand: Hùng is not Dũng."""
    said = fold(name)
    return [one for one in team if said in _names(one)]


def _names(person: Person) -> list[str]:
    words = fold(person.name).split()
    return [" ".join(words[start:]) for start in range(len(words))]


def report(message: Message, turn: Turn, team: Team, found: Asked, *, place: Place = NO_HAMLET) -> list[Saying]:
    """Store it for the one who is meant; nothing is stored where that, or the number, is not sure.

    `place`: where it stands, where the message does not say so.
    """
    if not found.fitting and found.name == PRONOUN and (last := withdrawing.last_for_other(turn)) is not None:
        person = people.by_id(turn.tx, last.person)
        found = replace(found, fitting=(person,), name=person.name) if person is not None else found
    reading = clear(found.rest, message, turn)
    newest = withdrawing.last_for_other(turn) if reading.kind is Kind.UNDO else None
    if newest is not None and newest.person in [one.id for one in found.fitting]:
        return withdrawing.ask_for_other(turn, newest)  # `hủy tin báo hộ Cúc`
    day = turn.day_of(message, reading.day)
    if reading.kind is not Kind.CHAT and not duty.may_report(turn, day):
        return [duty.refusal(turn, message, day)]
    unclear = reading.kind in (Kind.UNCLEAR, Kind.TOTAL, Kind.CORRECT)
    likely = _likely(found.rest, message, turn) if unclear and len(found.fitting) == 1 else []
    likely = [one for one in likely if not recording.too_many(placing.lines_of(turn, team, one.entries))]
    if place:
        likely = [in_use.standing_in(one, placing.name_of(turn, place)) for one in likely]
    if likely and not message.forwarded:
        return [ask_what(message, turn, team, found.fitting[0], likely)]
    lines = placing.lines_of(turn, team, reading.entries) if reading.kind is Kind.REPORT else []
    lines = [replace(line, hamlet=place) if line.hamlet == NO_HAMLET else line for line in lines]
    if not lines or recording.too_many(lines) or message.forwarded:
        return [turn.say("behalf.only_clear", name=found.fitting[0].name if found.fitting else _said(found))]
    if day < turn.oldest_day:
        return [turn.say("behalf.only_clear", name=_said(found))]
    if len(found.fitting) != 1:
        return [_ask_who(message, turn, team, found, reading)]
    whose = found.fitting[0].id
    told = recording.told_by(message, turn, reading, person=whose)
    there = team_of(turn.tx, whose, day) or team
    return telling.reported_for(turn, recording.store(turn, there, told, lines, reading))


def _said(found: Asked) -> str:
    """The name that was said; '' where there was none."""
    return found.name if found.named else ""


def clear(rest: str, message: Message, turn: Turn) -> Reading:
    """What was done: of a message that first says why somebody else tells it, what stands after the colon."""
    readings = [turn.meanings(replace(message, text=text))[0] for text in (rest, rest.partition(":")[2]) if text]
    return next((one for one in readings if one.kind is Kind.REPORT), readings[0]) if readings else Reading(Kind.CHAT)


def _likely(rest: str, message: Message, turn: Turn) -> list[Reading]:
    """The likeliest reports that an unclear message may be, none twice; else what it counts, or may count."""
    known = turn.meanings(replace(message, text=rest))
    found: list[Reading] = []
    for one in known:
        if one.kind is Kind.REPORT and not any(one.means(other) for other in found):
            found.append(one)
    if found:
        return found[:MOST_MEANINGS]
    first = known[0]
    entries = first.draft.entries if first.draft is not None else first.entries
    if any(one.counts for one in entries):
        return [Reading(Kind.REPORT, first.day, tuple(entries))]
    hole = first.draft.hole if first.draft is not None else None
    if hole is None and first.kind is not Kind.UNCLEAR:
        return []
    outcome, named, said = (hole.outcome, hole.hamlet, hole.said) if hole is not None else (None, None, None)
    numbers = (hole.suggestions if hole is not None else ()) or _FEW  # `vài máy`
    some = [Entry(named, said, {outcome or Outcome.ACTIVATED: n}) for n in numbers]
    return [Reading(Kind.REPORT, first.day, (one,)) for one in some][:MOST_MEANINGS]


def ask_what(
    message: Message, turn: Turn, team: Team, person: Person, likely: Sequence[Reading], *, whole: bool = False
) -> Reply:
    """The likeliest meanings as buttons, each with what would be stored; nothing counts until then.

    `whole`: it is said to be all of a day, which should be their own word.
    """
    options = [[Piece(person, KeptChoice(NEW_REPORT, one.day, tuple(one.entries)))] for one in likely]
    said = turn.text("behalf.what", name=person.name, whole=whole)
    return for_whom.ask(message, turn, team, likely[0], options, said)


def ask_whose(message: Message, turn: Turn, team: Team, person: Person, reading: Reading) -> Reply:
    """A neighbour may be called like a comrade: both are buttons, each with what would be stored for whom."""
    kept = KeptChoice(NEW_REPORT, reading.day, tuple(reading.entries))
    options = [[Piece(one, kept)] for one in (person, turn.me)]
    return for_whom.ask(message, turn, team, reading, options, turn.text("behalf.whose", name=person.name))


def unknown(turn: Turn, name: str) -> Reply:
    """Somebody else's work, and nobody can tell whose."""
    return turn.say("behalf.only_clear", name=name)


_FRIEND = r"b[aạ]n(?: (?:c[uủ]a|c[uù]ng|chung|t[oổ]|nh[oó]m|l[oớ]p|ph[oò]ng))* (?:em|m[iì]nh|tui|t[oô]i|t[oớ]|tau|mk)"
_FRIENDS_WORK = re.compile(
    rf"(?:^|[.,;:\n]\s*){_FRIEND}(?: (?:n[aà]y|n[oó]|v[uừ]a|m[oớ]i|c[uũ]ng|th[iì]|c[oó]))*"
    r"(?=,? (?:l[aà]m|c[aà]i|[dđ][uư][oợ]c|[dđ]c|k[ií]ch ho[aạ]t|xong|\d|x[oó]m|th[oô]n|nh[aà])\b)"
    rf"|\b(?:m[aá]y|l[aà]|ph[aầ]n)(?: c[uủ]a)? {_FRIEND}\b",
    re.IGNORECASE,
)
_DROPS = re.compile(
    r"(?:^|[,.;:\n]\s*|\bbot )(?:xóa|xoá|xoa|bỏ|hủy|huỷ|huy|rút|gỡ) (?:cái|cai|nhà|nha|tin|giúp|giup|hộ|báo|đi)"
)
_OWN_WORK = re.compile(
    r"\b(?:em|e|m[iì]nh|tui|t[oô]i|t) (?:l[aà]m|c[aà]i|[dđ][uư][oợ]c|[dđ]c|th[iì]|\d)", re.IGNORECASE
)


def of_a_friend(message: Message, turn: Turn, team: Team) -> list[Saying] | None:
    """`bạn em làm được 2 máy xóm 3`, where nobody is named: never the sender's own unsaid; None: it tells of none."""
    text = with_single_letters(with_numbers(unicodedata.normalize("NFC", message.text)))
    found = _FRIENDS_WORK.search(text)
    if found is None or message.edited_at is not None or (fold(found[0]) == found[0].lower() and not text.isascii()):
        return None
    if turn.reading(message).kind in (Kind.UNDO, Kind.CORRECT) or _DROPS.search(text.lower()):
        return None  # `xóa cái nhà bác Kha đi, đấy là bạn em làm`: what was told as one's own
    rest = f"{text[: found.start()]} {text[found.end() :]}".strip(" ,.;:")
    reading = clear(rest, message, turn)
    lines = placing.lines_of(turn, team, reading.entries) if reading.kind is Kind.REPORT else []
    if reading.kind is Kind.CHAT:
        return None
    if not lines or recording.too_many(lines) or _OWN_WORK.search(rest) or not turn.is_among(team.id):
        return [unknown(turn, "")]
    return [_ask_who(message, turn, team, Asked((), "", rest, named=False), reading, mine=True)]


def _ask_who(message: Message, turn: Turn, team: Team, found: Asked, reading: Reading, *, mine: bool = False) -> Reply:
    """Several fit, each with a number to choose by, or none: then all are offered. Nothing counts until a choice.

    `mine`: it may be the sender's own as well.
    """
    if not turn.is_among(team.id):
        return turn.say("behalf.not_here", name=_said(found))  # who is in the team is nobody's there
    members = texts.in_order(found.fitting or people.of_team(turn.tx, team.id))
    draft = keeping.keep(message, turn, reading, "behalf", lines=placing.lines_of(turn, team, reading.entries))
    others = [one for one in members if one.id != turn.me.id][:MOST_CHOICES]
    several = len(found.fitting) > 1
    labels = [f"{number}. {one.name}" if several else f"Hộ {one.name}" for number, one in enumerate(others, 1)]
    choices = {label: str(one.id) for label, one in zip(labels, others, strict=True)} | {"Thôi": "drop"}
    if mine:
        choices = {f"Của {turn.text('behalf.mine')}": str(turn.me.id), **choices}
    buttons = turn.offer(BEHALF_OF_WHOM, draft.id, choices)
    return turn.say("behalf.who", name=_said(found), several=several, buttons=tuple((one,) for one in buttons))
