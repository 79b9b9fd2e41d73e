"""The clauses of a message, each with whose it is: of whom it tells from there on, or who is said to have done it."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from handlers.clerk.comrades import phrases
from handlers.clerk.comrades.line import Line, joined, plain_of, span
from handlers.clerk.comrades.naming import Token, tokens_of

SENDER = 0
_BREAKS = frozenset({",", ";", ".", "\n", "(", ")", "!", "?"})
_TITLE = "(?:ong|ba|bac|co|chu|anh|chi|cu|di|o|mu|me|em|thay|thim|mo|duong|u|a|c|b|on|cau|co)"
_HOME = re.compile(rf"\bnha (?:(?:{_TITLE} )?truong (?:xom|thon|ban|lang)\b|(?:so |{_TITLE} )?[^ ]+)")
_TITLED_HOME = re.compile(rf"\bnha {_TITLE} [a-z]+")
_OF_WORK = frozenset("phan cao qua so ket tong may sua tin viec thu".split())  # noqa: SIM905
_ME_WRITTEN = frozenset("em e mình minh tui tuj tôi toi choa mk t tau tao tớ".split())  # noqa: SIM905
_SOFT = frozenset("a ah da oi thoi u um nham con thi ma bot nay la do thua vay".split())  # noqa: SIM905
_THERE = re.compile(
    r"\b(?:o|ben|tai|cung|cung o|nha) (?:do|day|nha do|nha ay|nha ni|cho do|kia)\b|\bcung nha\b|\bchung nha\b"
)


@dataclass(frozen=True, slots=True)
class Share:
    """What one of them did, in the words that say so. `who`: SENDER, else the comrade; `said`: the words name whose."""

    who: int
    words: str
    said: bool = True


@dataclass(slots=True)
class Piece:
    """Some words of a clause.

    Attributes:
        claims: they were told of before, and are said to be this one's.
        agent: whoever did it is named after the number (`2 máy em làm`).
        inherited: it says nothing of whose it is.
        head: how many words stand before the one whose it is: a home and a hamlet among them hold on.
    """

    who: int | None
    tokens: list[Token]
    claims: bool = False
    together: bool = False
    agent: bool = False
    inherited: bool = False
    head: int = 0
    more: list[str] = field(default_factory=list)  # the home and the hamlet that go on from before

    @property
    def plain(self) -> str:
        """Its words as one line, without the hamlet."""
        return phrases.PLACE.sub(" ", plain_of(self.tokens))

    @property
    def counts(self) -> bool:
        """Whether it tells of work; the name of a home is no number (`nhà ông Bảy`)."""
        return phrases.COUNTS.search(_TITLED_HOME.sub(" ", self.plain)) is not None

    @property
    def names_a_home(self) -> bool:
        """Whether it says at whose home."""
        return _HOME.search(plain_of(self.tokens)) is not None

    def words(self, line: Line) -> str:
        """The words as they stand in the text, with where it goes on."""
        said = joined(line.text, self.tokens)
        return " ".join([*self.more, said]) if said else ""


def counts(words: str) -> bool:
    """Whether words tell of work."""
    return Piece(None, tokens_of(words)).counts


def clauses(tokens: Sequence[Token]) -> list[list[Token]]:
    """Cut at commas and ends; at a colon where whoever did it follows."""
    found: list[list[Token]] = [[]]
    for k, one in enumerate(tokens):
        if one.plain == "=":
            found.append([one])
        elif not one.who and (
            one.plain in _BREAKS or (one.plain in (":", "+") and _is_told_of(found[-1], tokens[k + 1 :]))
        ):
            found.append([])
        else:
            found[-1].append(one)
    return [clause for clause in found if clause]


def _is_told_of(before: Sequence[Token], after: Sequence[Token]) -> bool:
    """`…: em 2 máy`; and after a number `4 máy: 3 máy của em`."""
    if after[:1] and before and before[-1].plain in _ME_WRITTEN:
        return False  # `em + Lan`
    plain = plain_of(list(takewhile(lambda one: one.plain not in _BREAKS or bool(one.who), after)))
    marks = (phrases.THEIRS, phrases.OWN)
    if phrases.I_AT_FIRST.match(plain) is not None:
        return True
    if any(one.match(plain) is not None for one in marks):
        return True
    return Piece(None, list(before)).counts and any(one.search(plain) is not None for one in marks)


def pieces_of(text: str, clause: list[Token]) -> list[Piece]:
    """A clause, cut where it says of whom it tells from there on."""
    plain = plain_of(clause)
    together = phrases.TOGETHER.search(plain) or phrases.WE.search(plain)
    if together is not None:
        first, last = span(plain, together)
        before, after = clause[:first], clause[last:]
        rest = pieces_of(text, after) if after else []
        if rest and rest[0].who is None:
            rest[0].tokens = [*before, *rest[0].tokens]
            rest[0].together = True
            return rest
        return [Piece(None, before, together=True), *rest]
    claim = phrases.CLAIMS.search(plain)
    if claim is not None:
        first, last = span(plain, claim)
        who = next(one.who[0] for one in clause[first:last] if one.who)
        if not Piece(None, clause[last:]).counts and _claims_work(clause[:first], clause[first]):
            tokens = [*clause[:first], *clause[last:]]
            return [Piece(who, tokens, claims=True, agent=True, head=_till_counted(tokens))]
    marks = [
        (*span(plain, one), _owner(clause[slice(*span(plain, one))]))
        for one in phrases.THEIRS.finditer(plain)
        if _claims_work(clause[: span(plain, one)[0]], clause[span(plain, one)[0]])
    ]
    marks += [(*span(plain, one), SENDER) for one in phrases.OWN.finditer(plain) if _is_me(text, clause, plain, one)]
    marks += _subjects(text, clause, plain, marks)
    marks.sort()
    if not marks:
        return [Piece(None, clause)]
    pieces = []
    before = clause[: marks[0][0]]
    for k, (_, last, who) in enumerate(marks):
        end = marks[k + 1][0] if k + 1 < len(marks) else len(clause)
        pieces.append(Piece(who, clause[last:end]))
    agent = bool(before) and Piece(None, before).counts
    if before and not (agent and pieces[0].counts):
        tokens = [*before, *pieces[0].tokens]
        pieces[0] = Piece(pieces[0].who, tokens, agent=agent, head=_till_counted(tokens) if agent else len(before))
    elif before:
        pieces.insert(0, Piece(None, before))
    return pieces


def _subjects(
    text: str, clause: Sequence[Token], plain: str, marks: Sequence[tuple[int, int, int]]
) -> list[tuple[int, int, int]]:
    """Where whoever writes is the subject, whatever the verb."""
    taken = {k for first, last, _ in marks for k in range(first, last)}
    found = [*phrases.I_AT_FIRST.finditer(plain), *phrases.I_NEAR_A_NUMBER.finditer(plain)]
    return [
        (*span(plain, one), SENDER)
        for one in found
        if taken.isdisjoint(range(*span(plain, one))) and _is_me(text, clause, plain, one)
    ]


def _claims_work(before: Sequence[Token], first: Token) -> bool:
    """`2 máy của Sơn`, `nhà bà Tư là của Sơn`; `mượn sạc của Sơn` tells of no work."""
    if first.plain != "cua" or not before:
        return True
    plain = plain_of(before)
    work = phrases.COUNTS.search(plain) or _HOME.search(plain) or phrases.POINTS.search(plain)
    return work is not None or before[-1].plain in _OF_WORK or all(one.plain in _SOFT for one in before)


def _till_counted(tokens: Sequence[Token]) -> int:
    """How many words stand before the first number of work; all of them where there is none."""
    places = {k for one in phrases.PLACE.finditer(plain_of(tokens)) for k in range(*span(plain_of(tokens), one))}
    counted = (k for k, one in enumerate(tokens) if k not in places and phrases.COUNTS.fullmatch(one.plain))
    return next(counted, len(tokens))


def _is_me(text: str, clause: Sequence[Token], plain: str, found: re.Match[str]) -> bool:
    """`em 3`, and not `nhà chị Minh 3`."""
    first, last = span(plain, found)
    written = [unicodedata.normalize("NFC", text[one.start : one.end]).lower() for one in clause[first:last]]
    if not _ME_WRITTEN.intersection(written):
        return False  # `Thắng tới làm tiếp`
    return first == 0 or not text[clause[last - 1].start].isupper()


def _owner(tokens: Sequence[Token]) -> int:
    return next(one.who[0] for one in tokens if one.who)


def inherit(pieces: list[Piece], default: int | None, *, asked: bool) -> None:
    """A clause that says nothing of whose it is goes on with the one before; after `1 máy Sơn làm` with the sender."""
    who: int | None = None
    mine = any(piece.who == SENDER and piece.counts for piece in pieces)
    worked = claimed = False  # `nhà chú Toàn là Huy kích hoạt, em chỉ cầm đèn, 2 máy`: how many is still to come
    for piece in pieces:
        turns = piece.tokens[0].plain == "con" if piece.tokens else False
        if piece.together or (piece.who is None and turns and not worked):
            who = None  # `Nam dặn em mang sạc, còn nhà ông Lý vắng`
        elif piece.who is not None:
            owed = claimed and piece.who == SENDER and not piece.counts
            who = who if owed else SENDER if piece.agent and mine else piece.who
            claimed = owed or (piece.claims and not piece.counts)
            if default is not None and asked and who == SENDER and not piece.counts:
                who = None  # `em đang đứng cạnh Sơn, xóm 3 được 2 máy, báo hộ`
        elif who is not None:  # `còn 1 máy lỗi`, after both were told of
            piece.who, piece.inherited = SENDER if mine and turns else who, True
        worked = worked or (piece.counts and piece.who is not None)
    if default is not None:
        for piece in pieces:
            if piece.who is None and not piece.together:
                piece.who, piece.inherited = default, True


def carry(line: Line, pieces: Sequence[Piece]) -> None:
    """`nhà bà Tư xóm 5 em 2 máy, Sơn 1 máy`: a home and a hamlet told before whose it is hold for those after."""
    held: list[str] = ["", ""]
    newest: list[str] = ["", ""]
    of_each: dict[int | None, list[str]] = {}
    for piece in pieces:
        found = [_found(line, piece, pattern) for pattern in (_HOME, phrases.PLACE)]
        named = [words for _, words in found]
        if _THERE.search(plain_of(piece.tokens)) and not all(named):
            piece.more = [old for old, new in zip(newest, named, strict=True) if old and not new]
        elif piece.counts and piece.who is not None and not any(named):
            piece.more = [one for one in held if one]
        elif piece.counts and piece.who is not None and not named[1] and held[1]:
            piece.more = [held[1]]
        piece.more = [one for one in piece.more if one not in of_each.get(piece.who, ())]  # it goes on there already
        of_each[piece.who] = [*filter(None, named), *(piece.more or of_each.get(piece.who, []))]
        newest = [new or old for old, new in zip(newest, named, strict=True)]
        if any(named):
            leads = [
                words
                if words and (at < piece.head or (not piece.counts and (piece.who is None or piece.inherited)))
                else ""
                for at, words in found
            ]
            held = leads if leads[1] else [leads[0], held[1]] if named[0] or not named[1] else held


def _found(line: Line, piece: Piece, pattern: re.Pattern[str]) -> tuple[int, str]:
    """Where in a piece a home or a hamlet stands, and its words; '': nowhere."""
    plain = plain_of(piece.tokens)
    one = pattern.search(plain)
    if one is None:
        return 0, ""
    first, last = span(plain, one)
    while last < len(piece.tokens) and line.text[piece.tokens[last].start].isupper():
        last += 1  # `thôn Xuân Tảo`
    return first, joined(line.text, piece.tokens[first:last])


def context_of(line: Line, pieces: Sequence[Piece]) -> list[str]:
    """The home and the hamlet that these pieces name."""
    named = ((_found(line, piece, pattern)[1] for piece in pieces) for pattern in (_HOME, phrases.PLACE))
    return [one for one in (next(filter(None, found), "") for found in named) if one]
