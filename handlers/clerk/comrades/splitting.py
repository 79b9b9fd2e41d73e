"""Work that several did together, told with how many each: their total is checked, and not counted."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from handlers.clerk.comrades.line import Line, plain_of
from handlers.clerk.comrades.pieces import SENDER, Piece, Share, context_of

_SUM = re.compile(
    r"^(?:(?:vay|the|nhu vay|nhu the|thi|la|=|tinh ra) )*"
    r"(?:tong|tat ca|ca thay|het thay|thay|cong lai|vi chi|gop lai|ca hai|hai dua|2 dua|ca nha|chung)\b"
    r"|^= |\b(?:tat ca|ca thay|het thay|het tron|cong lai|tong cong)$"
)
_OUTCOME = r"(?:loi|hu|hong|vang|tu choi|tc|hen|khong|ko|chua|da co|co roi)"
_OTHERS = rf"(?:nha (?!bot)\S+|ho|cu|ong|ba|may|cai|nguoi|ng|dua|ban|thang|hoc|hv|chi|anh|em|vo|{_OUTCOME})"
_PHONES = re.compile(
    rf"(?<![0-9.:/])([0-9]{{1,3}})(?: (?:may|cai|chiec|dt|tk|cay))\b(?! {_OUTCOME})"
    r"|(?<!vang )(?<!loi )(?<!choi )(?<!tc )(?<!hen )(?<!\S)"
    rf"([0-9]{{1,3}})(?=\s|$)(?! {_OTHERS}\b)"
)
_WORDS = {"mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10}
_IN_WORDS = re.compile(rf"\b({'|'.join(_WORDS)})(?= (?:may|cai|chiec|dt)\b)")
_HALF = re.compile(r"\b(?:(?:mot |1 |phan )?nua|chia doi|chia deu)\b")
_REST = re.compile(r"\bcon lai\b")


@dataclass(frozen=True, slots=True)
class Split:
    """Whose what is. `context`: the home and hamlet of all; `agrees`: the shares make up the total, if one is told."""

    shares: tuple[Share, ...]
    context: list[str]
    total: int | None
    agrees: bool


def split(
    line: Line,
    pieces: Sequence[Piece],
    default: int | None,
    *,
    people: Sequence[int],
    among: Sequence[int] = (),
    parted: bool,
    so_many: int | None,
) -> Split | None:
    """`4 máy hết thảy, tui 2 máy, bạn đó 2 máy`; None: one of them did all that is counted."""
    sums = [piece for piece in pieces if _is_sum(line, piece)]
    owned = [piece for piece in pieces if piece.who is not None and not piece.together and piece not in sums]
    of_all = [piece for piece in pieces if piece not in owned]
    total = _total(sums) if so_many is None else so_many
    telling = [piece for piece in owned if _tells(piece)]
    owners = list(dict.fromkeys(piece.who for piece in telling if piece.who is not None))
    told = {who: _phones([piece for piece in telling if piece.who == who]) for who in owners}
    counted = {who: n or 0 for who, n in told.items()} | _of_total(told, telling, total)
    if total is not None and not counted and (halves := _halves(line, pieces, people, among, total)):
        owners, counted = [*halves], halves
    left = None if total is None else _left(line, pieces, counted, total, default, among=among, parted=parted)
    if left is not None:
        owners.append(left)
        counted[left] = (total or 0) - sum(counted.values())
    if len(owners) < 2:
        return None
    context = context_of(line, of_all)
    shares = []
    for who in dict.fromkeys([*(piece.who for piece in owned if piece.who is not None), *owners]):
        own = [piece for piece in owned if piece.who == who]
        if who == left or (told.get(who) is None and counted.get(who)):
            named = context_of(line, own) or next((piece.more for piece in own if piece.more), context)
            words = " ".join([*named, f"{counted[who]} máy"])
        else:
            words = ", ".join(filter(None, (piece.words(line) for piece in own)))
        shares += [Share(who, words)] if words else []
    sure = left is None or parted
    return Split(tuple(shares), context, total, total is None or (sure and sum(counted.values()) == total))


def _is_sum(line: Line, piece: Piece) -> bool:
    """Whether it counts what all of them did."""
    plain = " ".join(plain_of(piece.tokens).split())
    if not piece.counts:
        return False
    if piece.who is None or piece.together:
        return True
    return piece.inherited and _SUM.search(plain) is not None


def _total(sums: Sequence[Piece]) -> int | None:
    """How many they are together; None: that is not told, or in more than one way."""
    found = {n for piece in sums if (n := _phones([piece])) is not None}
    return found.pop() if len(found) == 1 else None


def _phones(pieces: Sequence[Piece]) -> int | None:
    """How many phones they count; None: they name no number."""
    plain = (_IN_WORDS.sub(lambda one: str(_WORDS[one[1]]), " ".join(piece.plain.split())) for piece in pieces)
    found = [int(one[1] or one[2]) for words in plain for one in _PHONES.finditer(words)]
    return sum(found) if found else None


def _tells(piece: Piece) -> bool:
    return piece.counts or _HALF.search(piece.plain) is not None or _REST.search(piece.plain) is not None


def _of_total(told: dict[int, int | None], telling: Sequence[Piece], total: int | None) -> dict[int, int]:
    """The numbers that stand for a part of the total: `một nửa`, `còn lại`."""
    found: dict[int, int] = {}
    for piece in telling:
        if piece.who is None or total is None or told[piece.who] is not None:
            continue
        if _HALF.search(piece.plain) and total % 2 == 0:
            found[piece.who] = total // 2
        elif _REST.search(piece.plain):
            found[piece.who] = max(total - sum(n or 0 for n in told.values()), 0)
    return found


def _halves(
    line: Line, pieces: Sequence[Piece], people: Sequence[int], among: Sequence[int], total: int
) -> dict[int, int]:
    """`tui với bạn 81 làm hết 6 máy, chia đều`: as many for each."""
    whose = [*among] or [SENDER, *people]
    even = _HALF.search(line.plain) is not None and total % len(whose) == 0
    together = bool(among) or any(one.together for one in pieces)
    return {who: total // len(whose) for who in whose} if even and together else {}


def _left(
    line: Line,
    pieces: Sequence[Piece],
    counted: dict[int, int],
    total: int,
    default: int | None,
    *,
    among: Sequence[int] = (),
    parted: bool,
) -> int | None:
    """Whose the rest of the total is: of `3 máy, trong đó Sơn 1` the sender's."""
    if len(counted) != 1 or not 0 < sum(counted.values()) < total:
        return None
    (who,) = counted
    if among:  # `báo hộ Giang và Huy: 4 máy, trong đó Giang 1`
        rest = [one for one in among if one not in counted]
        return rest[0] if len(rest) == 1 and who in among else None
    homes = [piece for piece in pieces if piece.who == who and not piece.together and piece.names_a_home]
    if homes and not parted:
        return None  # `em với Sơn làm nhà bà Tư 4 máy, em ghé nhà ông Tá 3 máy`
    together = any(piece.together for piece in pieces)
    if who != SENDER:
        return SENDER if parted or together else None
    others = {one.who[0] for one in line.tokens if one.who}
    return others.pop() if together and len(others) == 1 and default is None else None
