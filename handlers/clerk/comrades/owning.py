"""Parts the words of a message among those who did the work: each clause has its owner, or that of the one before."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from handlers.clerk.comrades import phrases
from handlers.clerk.comrades.line import Line, joined, plain_of, span
from handlers.clerk.comrades.naming import Token, tokens_of

SENDER = 0
_BREAKS = frozenset({",", ";", ".", "\n", "(", ")", "!", "?"})
_BARE = 4  # words of a share that says no more than a number


@dataclass(frozen=True, slots=True)
class Share:
    """What one of them did, in the words that say so. `who`: SENDER, else the comrade."""

    who: int
    words: str


@dataclass(frozen=True, slots=True)
class Owned:
    """Whose what is. `together`: what both did is told; `claimed`: something known is said to be somebody's."""

    shares: tuple[Share, ...]
    together: bool
    claimed: bool


@dataclass(slots=True)
class _Piece:
    who: int | None
    tokens: list[Token]
    claims: bool = False
    together: bool = False

    @property
    def counts(self) -> bool:
        return phrases.COUNTS.search(phrases.PLACE.sub(" ", plain_of(self.tokens))) is not None


def shares(line: Line, people: Sequence[int], default: int | None, *, both: Sequence[int] = ()) -> Owned:
    """Whose what is. `default`: whose the words are that say nothing of it; `both`: several for whom it reports."""
    each = phrases.EACH.search(line.plain)
    together = line.has(phrases.TOGETHER) or line.has(phrases.WE)
    if each is not None and (together or len(both) > 1):
        return Owned(_of_each(line, people, both, each), together=True, claimed=False)
    pieces = [piece for clause in _clauses(line.tokens) for piece in _parted(line.text, clause)]
    _inherit(pieces, default)
    owners = {piece.who for piece in pieces if piece.counts and piece.who is not None and not piece.together}
    if not any(piece.who for piece in pieces if piece.who is not None) and default is None:
        return Owned((), together, claimed=False)
    joint = [piece for piece in pieces if piece.together or piece.who is None]
    parts = len(owners) > 1
    found: list[Share] = []
    context = _context(line, [piece for piece in joint if parts or not piece.counts])
    for who in dict.fromkeys(piece.who for piece in pieces if piece.who is not None):
        own = [piece for piece in pieces if piece.who == who and not (piece.together and parts)]
        words = ", ".join(filter(None, (joined(line.text, piece.tokens) for piece in own)))
        if words:
            found.append(Share(who, words))
    rest = [piece for piece in joint if piece.who is None and piece.counts and not parts]
    if rest:
        words = ", ".join(joined(line.text, piece.tokens) for piece in rest)
        mine = SENDER if default is None else default
        if len(found) == 1 and found[0].who != SENDER and default is None and not _counts(found[0].words, line):
            found = [Share(found[0].who, f"{words}, {found[0].words}")]
        else:
            found = [Share(mine, words), *found]
    claimed = any(piece.claims for piece in pieces)
    return Owned(tuple(_with_context(found, context, line, parts=parts)), together or parts, claimed)


def _counts(words: str, line: Line) -> bool:
    return _Piece(None, tokens_of(words)).counts


def _of_each(line: Line, people: Sequence[int], both: Sequence[int], each: re.Match[str]) -> tuple[Share, ...]:
    """`Giang và Huy mỗi người 2 máy`, `em với HV 81 … mỗi đứa 3`."""
    place = _context(line, [_Piece(None, line.tokens)])
    among = [*(both or people)]
    if not both and (line.has(phrases.TOGETHER) or re.search(rf"\b{phrases.US}\b", line.plain)):
        among = [SENDER, *among]
    return tuple(Share(who, f"{' '.join(place)} {each[1]} máy".strip()) for who in among)


def _clauses(tokens: Sequence[Token]) -> list[list[Token]]:
    found: list[list[Token]] = [[]]
    for one in tokens:
        if one.plain in _BREAKS and not one.who:
            found.append([])
        else:
            found[-1].append(one)
    return [clause for clause in found if clause]


def _parted(text: str, clause: list[Token]) -> list[_Piece]:
    """A clause, cut where it says of whom it tells from there on."""
    plain = plain_of(clause)
    together = phrases.TOGETHER.search(plain) or phrases.WE.search(plain)
    if together is not None:
        first, last = span(plain, together)
        before, after = clause[:first], clause[last:]
        rest = _parted(text, after) if after else []
        if rest and rest[0].who is None:
            rest[0].tokens = [*before, *rest[0].tokens]
            rest[0].together = True
            return rest
        return [_Piece(None, before, together=True), *rest]
    claim = phrases.CLAIMS.search(plain)
    if claim is not None:
        first, last = span(plain, claim)
        who = next(one.who[0] for one in clause[first:last] if one.who)
        if not _Piece(None, clause[last:]).counts:
            return [_Piece(who, [*clause[:first], *clause[last:]], claims=True)]
    marks = [(*span(plain, one), _owner(clause[slice(*span(plain, one))])) for one in phrases.THEIRS.finditer(plain)]
    marks += [(*span(plain, one), SENDER) for one in phrases.OWN.finditer(plain) if _is_me(text, clause, plain, one)]
    marks.sort()
    if not marks:
        return [_Piece(None, clause)]
    pieces = []
    before = clause[: marks[0][0]]
    for k, (_, last, who) in enumerate(marks):
        end = marks[k + 1][0] if k + 1 < len(marks) else len(clause)
        pieces.append(_Piece(who, clause[last:end]))
    if before and not pieces[0].counts:
        pieces[0].tokens = [*before, *pieces[0].tokens]
    elif before:
        pieces.insert(0, _Piece(None, before))
    return pieces


def _is_me(text: str, clause: Sequence[Token], plain: str, found: re.Match[str]) -> bool:
    """`em 3`, and not `nhà chị Minh 3`."""
    first, last = span(plain, found)
    return first == 0 or not text[clause[last - 1].start].isupper()


def _owner(tokens: Sequence[Token]) -> int:
    return next(one.who[0] for one in tokens if one.who)


def _inherit(pieces: list[_Piece], default: int | None) -> None:
    """A clause that says nothing of whose it is goes on with the one before."""
    who: int | None = None
    for piece in pieces:
        if piece.together:
            who = None
        elif piece.who is not None:
            who = piece.who
        elif who is not None:
            piece.who = who
    if default is not None:
        for piece in pieces:
            if piece.who is None and not piece.together:
                piece.who = default


_TITLE = "(?:ong|ba|bac|co|chu|anh|chi|cu|di|o|mu|me|em|thay|thim|mo|duong|u|a|c|b)"
_HOME = re.compile(rf"\bnha (?:(?:{_TITLE} )?truong (?:xom|thon|ban|lang)\b|(?:so |{_TITLE} )?[^ ]+)")


def _context(line: Line, pieces: Sequence[_Piece]) -> list[str]:
    """The home and the hamlet that these pieces name."""
    found = []
    for pattern in (_HOME, phrases.PLACE):
        for piece in pieces:
            plain = plain_of(piece.tokens)
            one = pattern.search(plain)
            if one is not None:
                first, last = span(plain, one)
                while last < len(piece.tokens) and line.text[piece.tokens[last].start].isupper():
                    last += 1  # `thôn Xuân Tảo`
                found.append(joined(line.text, piece.tokens[first:last]))
                break
    return found


def _with_context(found: Sequence[Share], context: Sequence[str], line: Line, *, parts: bool) -> list[Share]:
    """Each share with the home and the hamlet that are told of all; a bare number takes those of the others."""
    said = []
    for share in found:
        tokens = tokens_of(share.words)
        own = _context(Line(share.words, tokens), [_Piece(None, tokens)])
        homes = [one for one in context if one.lower().startswith("nh")]
        places = [one for one in context if one not in homes]
        if parts and not own and len(tokens) <= _BARE and not context:
            others = [one for one in found if one is not share]
            for other in others:
                words = tokens_of(other.words)
                taken = _context(Line(other.words, words), [_Piece(None, words)])
                homes, places = taken, []
        more = [*(homes if not any(one.lower().startswith("nh") for one in own) else ())]
        more += [*(places if not any(not one.lower().startswith("nh") for one in own) else ())]
        said.append(Share(share.who, " ".join([*more, share.words]) if more else share.words))
    return said
