"""After counting: one phone counts once, homes visited are no phones, a lone `xong` needs its number."""

from handlers.language.counts.sums import settle_sums
from handlers.language.counts.tally import Count, Tally
from handlers.language.counts.unnumbered import somebody
from handlers.language.reading import Outcome, Why
from handlers.language.sentences.clauses import Clause
from handlers.language.words.items import Item
from handlers.language.words.sorts import Said, Sort, Unit
from handlers.language.words.titles import FORMS, HOUSE


def settle(tally: Tally, clauses: list[Clause]) -> None:
    """Applies what can only be seen once all clauses are counted."""
    _visited(tally)
    _once(tally)
    settle_sums(tally)
    _lists_of_bare(tally)
    _bare(tally)
    _lone_place(tally, clauses)


def _done(tally: Tally) -> list[Count]:
    return [c for c in tally.counts if c.outcome is Outcome.ACTIVATED]


def _visited(tally: Tally) -> None:
    """`đi 10 nhà, được 6`, `3 nhà được 7 máy`: homes beside phones never count (rule 6)."""
    phones = [c for c in _done(tally) if not _is_of_homes(c)]
    others = any(c.outcome is not Outcome.ACTIVATED for c in tally.counts)
    for item, place in tally.visited:
        counted = next((c for c in _done(tally) if any(piece.item is item for piece in c.pieces)), None)
        if counted is not None and phones:
            tally.counts.remove(counted)
        elif counted is None and not phones and not others:
            tally.doubt("visited_only", Why.HOUSEHOLD, item, Outcome.ACTIVATED)
            tally.doubts[-1].place = place


def _is_of_homes(c: Count) -> bool:
    return all(piece.item.unit is Unit.HOME and piece.item.sort is Sort.NUMBER for piece in c.pieces)


def _once(tally: Tally) -> None:
    """`cài 4, kích hoạt 3` are three phones (rule 18); other words for done that differ are doubtful."""
    scopes: dict[int, list[Count]] = {}
    for c in _done(tally):
        scopes.setdefault(c.scope, []).append(c)
    for scope in set(scopes):
        if len(scopes[scope]) > 1:
            _once_in(tally, scopes[scope])


def _once_in(tally: Tally, counts: list[Count]) -> None:
    counts = [c for c in counts if not _of_a_later_home(c, counts[0])]
    installed = [c for c in counts if c.said is Said.INSTALLED]
    activated = [c for c in counts if c.said is Said.ACTIVATED]
    done = [c for c in counts if c.said is Said.DONE]
    if installed and activated and not _somebody_between(installed + activated):
        for c in installed:
            tally.counts.remove(c)
        installed = []
    said = installed + done + activated
    if len(said) < 2 or any(c.clause.has(Sort.ADDED) for c in said) or len({c.clause.line for c in said}) > 1:
        return
    if all(c.homes for c in said) and len({id(c.homes[0]) for c in said}) == len(said):
        return
    alike = len({c.n for c in said}) == 1 and len({c.said for c in said}) == len(said)
    if alike and not _somebody_between(said):
        for c in said[1:]:
            tally.counts.remove(c)
        return
    tally.doubt("two_words_for_done", Why.TWO_MEANINGS, said[-1].pieces[0].item, Outcome.ACTIVATED)


def _somebody_between(said: list[Count]) -> bool:
    """A home or a person between two words for done, whose name was not understood: perhaps other phones."""
    first, last = (extreme(c.pieces[0].item.first for c in said) for extreme in (min, max))
    items = [item for c in said for item in c.clause.items if first < item.first < last]
    return any(item.sort is Sort.UNIT and (item.plain in FORMS or item.plain in HOUSE) for item in items)


def _of_a_later_home(c: Count, first: Count) -> bool:
    """`nhà bà Lan cài xong 2 máy, kích hoạt 3 máy nhà cô Luận`: of another home, which is named after its phones."""
    return bool(c.homes) and c.homes != first.homes and c.homes[0].first > first.pieces[0].item.first


def _lists_of_bare(tally: Tally) -> None:
    """`3, 4 máy` may be a range as well as two counts, `5 người 2 máy` the same work counted twice."""
    for first, second in zip(_done(tally), _done(tally)[1:], strict=False):
        units = {piece.item.unit for c in (first, second) for piece in c.pieces if piece.item.sort is Sort.NUMBER}
        if (
            first.clause is second.clause
            and first.homes == second.homes
            and units == {Unit.PERSON, Unit.PHONE}
            and first.n == second.n
        ):
            tally.counts.remove(first)  # `sáu người sáu máy`
            continue
        alone = second.said is None and not second.clause.has(Sort.ADDED) and not (first.homes or second.homes)
        if first.clause.has(Sort.WHEN) and _parts_of_day(first.clause) and _parts_of_day(second.clause):
            continue  # `sáng nay 2, chiều nay 3`
        if alone and first.scope == second.scope and units == {Unit.PERSON, Unit.PHONE}:
            tally.doubt("people_and_phones", Why.TWO_MEANINGS, second.pieces[0].item, Outcome.ACTIVATED)
            continue
        only = all(item.sort in (Sort.NUMBER, Sort.FILL) for item in second.clause.items)
        bare = (first.said is None or only) and second.said is None and not first.homes and not second.homes
        if (
            bare
            and first.scope == second.scope
            and first.pieces[0].item.unit is Unit.NONE
            and first.clause.ender in (",", "&", "va")
        ):
            tally.doubt("list_or_range", Why.TWO_MEANINGS, first.pieces[0].item, Outcome.ACTIVATED)


def _parts_of_day(clause: Clause) -> bool:
    return any(i.when is not None and i.when.part is not None and i.when.offset is not None for i in clause.items)


_OVER = frozenset({"xong", "xong xuoi", "xong roi", "xong het", "xong luon", "xong xuoi roi"})


def _bare(tally: Tally) -> None:
    """A lone `xong` is fine beside a number of phones, else a question (rule 3)."""
    for item, place, clause in tally.bare:
        if any(c.clause is clause and c.outcome is Outcome.ASSISTED for c in tally.counts) and item.plain in _OVER:
            continue  # `chở nội Chín lên xã làm căn cước xong xuôi rồi`: that is over
        if tally.counts and not clause.has(Sort.HOME) and somebody(clause.items, item) is not None:
            tally.doubt("done_of_whom", Why.TWO_MEANINGS, item, Outcome.ACTIVATED)
        same_place = [c for c in _done(tally) if c.place is place]
        if tally.counts and not same_place:
            tally.doubt("bare_done_elsewhere", Why.BARE_DONE, item, Outcome.ACTIVATED)
            tally.doubts[-1].place = place


def _lone_place(tally: Tally, clauses: list[Clause]) -> None:
    """`3 máy, xóm 4`: a hamlet alone at the end holds for the number before; for several numbers it is open which."""
    places = [place for place in tally.places if place is not None]
    if not tally.counts or any(c.place is not None for c in tally.counts) or len({p.name for p in places}) != 1:
        return
    place = places[0]
    if any(not _holds_only(tally, clause, p) for p in places[1:] for clause in clauses if p in clause.items):
        return  # `2 máy, xóm 3 thì phải, ừ đúng xóm 3` names it once more
    owner = next(clause for clause in clauses if place in clause.items)
    if any(c.pieces[0].item.first > place.first for c in tally.counts) or not _holds_only(tally, owner, place):
        return
    if len({id(c.clause) for c in tally.counts}) == 1 or _of_one_home(tally) or _in_brackets(clauses, owner):
        home = next((item for item in owner.items if item.sort is Sort.HOME), None)
        for c in tally.counts:
            c.place = place
            c.homes = c.homes if home is None else [home]
        tally.places.remove(None)
    else:
        tally.doubt("place_of_which", Why.HAMLET, place)


# Beside a hamlet: whether it is that one.
_SURE_OR_NOT = frozenset({"thi phai", "u", "uh", "um", "nhi", "a", "hinh nhu"})


def _of_one_home(tally: Tally) -> bool:
    """`nhà bà Nhàn vắng, 7h tối mai quay lại; xóm 3`: all of it happened there."""
    return bool(tally.counts[0].homes) and all(c.homes == tally.counts[0].homes for c in tally.counts)


def _in_brackets(clauses: list[Clause], owner: Clause) -> bool:
    """`kh: 6 | v: 3 | hl: 1 (xóm 8)`."""
    before = clauses[clauses.index(owner) - 1] if clauses[0] is not owner else None
    return before is not None and before.ender == "("


def _holds_only(tally: Tally, clause: Clause, place: Item) -> bool:
    """A hamlet alone, or with the one home where all was that was counted (`3 máy nữa nhé, nhà chị Hoài xóm 1`)."""
    rest = [item for item in clause.items if item is not place and item.sort not in (Sort.FILL, Sort.WHEN)]
    rest = [item for item in rest if item.plain not in _SURE_OR_NOT]
    if not rest:
        return True
    nobody = len(tally.counts) == 1 and not tally.counts[0].homes and not tally.named
    return nobody and len(rest) == 1 and rest[0].sort is Sort.HOME and not rest[0].kin
