"""Parts the words of a message among those who did the work: each clause has its owner, or that of the one before."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from handlers.clerk.comrades import phrases, splitting
from handlers.clerk.comrades.line import Line
from handlers.clerk.comrades.naming import tokens_of
from handlers.clerk.comrades.pieces import SENDER, Piece, Share, carry, clauses, context_of, counts, inherit, pieces_of

_BARE = 4  # words of a share that says no more than a number


@dataclass(frozen=True, slots=True)
class Owned:
    """Whose what is.

    Attributes:
        together: what both did is told.
        claimed: something known is said to be somebody's.
        total: how many they are together, where that is told beside the shares; it is checked, and not counted.
        agrees: the shares make up the total.
        open: what is told for several, and whose of them it is not said.
    """

    shares: tuple[Share, ...]
    together: bool
    claimed: bool
    total: int | None = None
    agrees: bool = True
    open: str = ""


def shares(
    line: Line,
    people: Sequence[int],
    default: int | None,
    *,
    both: Sequence[int] = (),
    among: Sequence[int] = (),
    parted: bool = False,
    so_many: int | None = None,
    asked: bool = True,
) -> Owned:
    """Whose what is.

    Args:
        line: what is left of the message.
        people: who is mentioned.
        default: whose the words are that say nothing of it.
        both: several for whom it reports.
        among: those of whom it reports in one breath: what does not say whose it is may be of any of them, or of all.
        asked: somebody asked for it to be reported, and did not only say it.
        parted: one sum is parted among them, of `so_many`, where that was taken out of the line.
    """
    each = phrases.EACH.search(line.plain)
    together = line.has(phrases.TOGETHER) or line.has(phrases.WE)
    mine = line.has(phrases.OWN) and bool(people)
    if each is not None and (together or mine or len(both) > 1):
        return Owned(_of_each(line, people, both, each), together=True, claimed=False)
    found = [piece for clause in clauses(line.tokens) for piece in pieces_of(line.text, clause)]
    inherit(found, default, asked=asked)
    of_somebody = any(piece.who for piece in found if piece.who is not None) or default is not None or bool(among)
    if not (of_somebody or together):
        return Owned((), together, claimed=False)
    carry(line, found)
    claimed = any(piece.claims for piece in found)
    split = splitting.split(line, found, default, people=people, among=among, parted=parted, so_many=so_many)
    if split is not None:
        said = tuple(_with_context(split.shares, split.context, line, parts=True))
        return Owned(said, together=True, claimed=claimed, total=split.total, agrees=split.agrees)
    if not of_somebody:
        return Owned((), together, claimed)
    said = tuple(_of_one(line, found, _OPEN if among else default))
    left = next((one.words for one in said if one.who == _OPEN), "")
    return Owned(tuple(one for one in said if one.who != _OPEN), together, claimed, open=left)


_OPEN = -1  # one of several, and nobody says which


def _of_one(line: Line, pieces: Sequence[Piece], default: int | None) -> list[Share]:
    """One of them did all that is counted; what nobody is named for goes with it."""
    joint = [piece for piece in pieces if piece.together or piece.who is None]
    found: list[Share] = []
    for who in dict.fromkeys(piece.who for piece in pieces if piece.who is not None):
        words = ", ".join(filter(None, (piece.words(line) for piece in pieces if piece.who == who)))
        found += [Share(who, words)] if words else []
    rest = [piece for piece in joint if piece.who is None and piece.counts]
    if rest:
        words = ", ".join(piece.words(line) for piece in rest)
        mine = SENDER if default is None else default
        if len(found) == 1 and found[0].who != SENDER and default is None and not counts(found[0].words):
            found = [Share(found[0].who, f"{words}, {found[0].words}")]
        else:
            found = [Share(mine, words, said=default is not None), *found]
    context = context_of(line, [piece for piece in joint if not piece.counts])
    return _with_context(found, context, line, parts=False)


def _of_each(line: Line, people: Sequence[int], both: Sequence[int], each: re.Match[str]) -> tuple[Share, ...]:
    """`Giang và Huy mỗi người 2 máy`, `em với HV 81 … mỗi đứa 3`."""
    place = context_of(line, [Piece(None, line.tokens)])
    among = [*(both or people)]
    me = re.search(rf"\b(?:{phrases.US}|em|e|minh|tui|toi|tau|tao|t|choa|mk)\b", line.plain)
    if not both and me is not None:
        among = [SENDER, *among]
    return tuple(Share(who, f"{' '.join(place)} {each[1]} máy".strip()) for who in among)


def _with_context(found: Sequence[Share], context: Sequence[str], line: Line, *, parts: bool) -> list[Share]:
    """Each share with the home and the hamlet that are told of all; a bare number takes those of the others."""
    said = []
    for share in found:
        tokens = tokens_of(share.words)
        own = context_of(Line(share.words, tokens), [Piece(None, tokens)])
        homes = [one for one in context if one.lower().startswith("nh")]
        places = [one for one in context if one not in homes]
        if parts and not own and len(tokens) <= _BARE and not context:
            others = [one for one in found if one is not share]
            for other in others:
                words = tokens_of(other.words)
                taken = context_of(Line(other.words, words), [Piece(None, words)])
                homes, places = taken, []
        more = [*(homes if not any(one.lower().startswith("nh") for one in own) else ())]
        more += [*(places if not any(not one.lower().startswith("nh") for one in own) else ())]
        said.append(replace(share, words=" ".join([*more, share.words])) if more else share)
    return said
