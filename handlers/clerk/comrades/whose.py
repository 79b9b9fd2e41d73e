"""Whose the work is that a message tells of: the sender's, a comrade's, or a part of each."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.clerk.comrades import owning, phrases
from handlers.clerk.comrades.line import Line, joined, plain_of
from handlers.clerk.comrades.naming import Comrade, Token, mentions
from handlers.clerk.comrades.pieces import SENDER, Share


@dataclass(frozen=True, slots=True)
class Told:
    """What a message says of comrades.

    Attributes:
        shares: whose what is; empty: they are only mentioned.
        alone: the words without those who are only mentioned, to be heard as the sender's.
        names: who is mentioned, in order.
        asked: they asked for it to be reported, or cannot themselves.
        says: they said something: what follows may put right what was reported.
        wrong: something told before was wrong.
        denied: of whom it says that it is not theirs.
        claimed: it says of something known whose it is (`nhà cô Liên là HV 78 làm`).
        parted: one sum is parted between them (`trong đó`).
        doubted: a neighbour may be meant by the name as well.
        summed: sums are stated.
        agrees: the shares make up the total that is told beside them.
        total: that total, where one is told.
        themselves: each of them reports what is theirs.
        open: words that are told for several of them (`between`), and nobody says whose of them or how much of each.
        several: who is meant by a name that several have.
        unnamed: the folded words without those who are named.
    """

    shares: tuple[Share, ...]
    alone: str
    names: tuple[int, ...]
    asked: bool = False
    says: bool = False
    wrong: bool = False
    denied: tuple[int, ...] = ()
    claimed: bool = False
    parted: bool = False
    doubted: bool = False
    summed: bool = False
    several: tuple[int, ...] = ()
    unnamed: str = ""
    agrees: bool = True
    total: int | None = None
    themselves: bool = False
    open: str = ""
    between: tuple[int, ...] = ()

    def of(self, who: int) -> str:
        """The words of one share."""
        return ", ".join(one.words for one in self.shares if one.who == who)


def told(text: str, team: Sequence[Comrade], last: int | None = None) -> Told | None:
    """What a message says of comrades; None: it names none. `last`: whom `nó` means where nobody is named."""
    tokens = mentions(text, team, last)
    if not any(one.who for one in tokens):
        return None
    numbered = len(tokens) > 1 and tokens[0].plain.isdigit() and tokens[1].plain in (")", ".")
    tokens = tokens[2:] if numbered else tokens  # `16) Báo hộ Học viên 72: …`
    line = Line(text, _without_brackets(tokens))
    wrong, parted = any(map(line.has, (phrases.WRONG, phrases.COUNTED_ANEW))), line.has(phrases.PARTED)
    so_many = _of_so_many(line)
    own_way = line.take(phrases.EACH_THEIR_OWN)
    pleas = line.take(phrases.PLEA) if wrong else []
    denied = _denied(line)
    reasons, office = line.take(phrases.REASON), line.take(phrases.OFFICE)
    line.take(phrases.TAKES_OFF)
    setting = line.cut_before(phrases.SET_TO)
    asking = _asking(line)
    only = line.has(phrases.ONLY)
    if not asking and (mentioned := _only_mentioned(line, tokens, because=bool(reasons))) is not None:
        return mentioned
    said = line.take(phrases.SAYS)
    line.take(phrases.STILL_THE_SUM)
    own_way += line.take(phrases.TOOK_OVER)
    asked = bool(asking or office or reasons)
    people = _people(tokens)
    named = _people([one for taken in (*asking, *office, *setting, *said, *reasons, *pleas) for one in taken])
    among = _among(asking, () if named else people)
    first = named if asked or said or setting else ()
    default = None if among else next(iter((*first, *(people if asking else ()))), None)
    owned = owning.shares(
        line,
        people,
        default,
        both=among or (named if len(named) > 1 else ()),
        among=among,
        parted=parted,
        so_many=so_many,
        asked=asked or bool(setting),
    )
    sure = asked or bool(said or setting or denied)
    return Told(
        owned.shares,
        joined(text, _without_company(text, _without(tokens, reasons))),
        people,
        asked=asked,
        says=bool(said or setting),
        wrong=wrong or bool(setting) or (only and bool(said or asking)),
        denied=denied,
        claimed=owned.claimed,
        parted=parted,
        doubted=not sure and not owned.together and _doubted(tokens, owned, line),
        summed=line.has(phrases.SUMMED) and owned.total is None,
        several=next((one.who for one in tokens if len(one.who) > 1), ()),
        unnamed=plain_of([one for one in tokens if not one.who]),
        agrees=owned.agrees,
        total=owned.total,
        open=owned.open,
        between=among,
        themselves=any(phrases.EACH_REPORTS.search(plain_of(taken)) for taken in own_way),
    )


def _asking(line: Line) -> list[list[Token]]:
    """The phrases that ask to report for somebody; where they are about several, each stays where it begins."""
    line.take(phrases.IN_PLACE_OF, leaving=True)
    line.take(phrases.FOR_A_THIRD)
    before = list(line.tokens)
    found = [one for what in _ASKING for one in line.take(what)]
    if len({who for one in found if len(who := _people(one)) == 1}) > 1:
        line.tokens = before
        found = [one for what in _ASKING for one in line.take(what, leaving=True)]
    return found


def _among(asking: Sequence[Sequence[Token]], people: Sequence[int]) -> tuple[int, ...]:
    """Several of whom a phrase reports in one breath, whoever writes among them (`báo hộ Thắng và em`).

    `people`: of whom it does where no phrase says so.
    """
    for taken in asking:
        me = phrases.AND_ME.search(plain_of(taken)) is not None
        who = (*_people(taken), SENDER) if me else _people(taken)
        if len(who) > 1:
            return who
    return tuple(people) if asking and len(people) > 1 else ()


def _of_so_many(line: Line) -> int | None:
    """`trong 3 máy đó`: how many."""
    return next(
        (int(one.plain) for taken in line.take(phrases.OF_SO_MANY) for one in taken if one.plain.isdigit()), None
    )


def _denied(line: Line) -> tuple[int, ...]:
    """Of whom it says that it is not theirs; that it is to be moved to somebody says the same once more."""
    denied = tuple(_who(one) for one in line.take(phrases.DENIED))
    if denied:
        line.take(phrases.MOVE_IT)
    return denied


def _only_mentioned(line: Line, tokens: Sequence[Token], *, because: bool) -> Told | None:
    """Who did nothing of it: whose work somebody else does, who lends a hand, was not there, or is talked of."""
    people = _people(tokens)
    if line.take(phrases.THEY_TOLD) and not any(one.who for one in line.tokens):
        return Told((), joined(line.text, line.tokens), people)
    if line.take(phrases.INSTEAD):
        line.take(phrases.AWAY)
        return Told((), joined(line.text, [one for one in line.tokens if not one.who]), people)
    if line.take(phrases.HELPS) and not any(one.who for one in line.tokens):
        return Told((), joined(line.text, line.tokens), people)
    if because:
        return None
    if line.has(phrases.HEARSAY):
        return Told((), "", people)
    if line.take(phrases.NOT_THERE) and not any(one.who for one in line.tokens):
        return Told((), joined(line.text, line.tokens), people)
    return None


_ASKING = (phrases.REPORTS_FOR, phrases.ASKS_TO, phrases.SENDS, phrases.REPORTS)


def _without(tokens: Sequence[Token], taken: Sequence[Sequence[Token]]) -> list[Token]:
    """The words without why somebody else writes: `Học viên 72 máy hư rồi` is no phone of a resident."""
    gone = {id(one) for phrase in taken for one in phrase}
    return [one for one in tokens if id(one) not in gone]


_JOINS = frozenset({"+", "va", "voi", "vs"})


def _without_brackets(tokens: Sequence[Token]) -> list[Token]:
    """`hai đứa (em + Lan) làm xong …`: who they are, and no clause of its own."""
    found, opened = list(tokens), None
    for k, one in enumerate(tokens):
        if one.plain == "(":
            opened = k
        elif one.plain == ")" and opened is not None:
            inside = tokens[opened + 1 : k]
            if any(each.who for each in inside) and any(each.plain in _JOINS for each in inside):
                found = [each for each in found if each is not one and each is not tokens[opened]]
            opened = None
    return found


def _people(tokens: Sequence[Token]) -> tuple[int, ...]:
    found: list[int] = []
    for one in tokens:
        found += [who for who in (*one.who[:1], *one.beside) if who not in found]
    return tuple(found)


def _who(taken: Sequence[Token]) -> int:
    return next((one.who[0] for one in taken if one.who), SENDER)


def _doubted(tokens: Sequence[Token], owned: owning.Owned, line: Line) -> bool:
    """`Bình cài được 2 máy`: a neighbour may be called so; at somebody's home it is a comrade."""
    named = [one for one in tokens if one.who and one.named]
    if not named or any(one.sure for one in tokens if one.who):
        return False
    others = any(share.who == SENDER for share in owned.shares) or len(_people(tokens)) > 1
    return not (
        others
        or line.has(phrases.AT_A_HOME)
        or owned.claimed
        or line.has(phrases.ON_A_DAY)
        or line.has(phrases.THEIR_PART)
    )


def _without_company(text: str, tokens: Sequence[Token]) -> list[Token]:
    """The words without `cùng Học viên 72`, and without any name whose number could be a count."""
    line = Line(text, tokens)
    line.take(phrases.WITH)
    return [
        one for one in line.tokens if not (one.who and one.sure and any(c.isdigit() for c in text[one.start : one.end]))
    ]
