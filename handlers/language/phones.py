"""After counting: one phone counts once, homes visited are no phones, a lone `xong` needs its number."""

from handlers.language.clauses import Clause
from handlers.language.items import Item
from handlers.language.reading import Outcome, Why
from handlers.language.sorts import Said, Sort, Unit
from handlers.language.sums import settle_sums
from handlers.language.tally import Count, Tally


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
    for scope in {c.scope for c in _done(tally)}:
        counts = [c for c in _done(tally) if c.scope == scope]
        if len(counts) > 1:
            _once_in(tally, counts)


def _once_in(tally: Tally, counts: list[Count]) -> None:
    installed = [c for c in counts if c.said is Said.INSTALLED]
    activated = [c for c in counts if c.said is Said.ACTIVATED]
    done = [c for c in counts if c.said is Said.DONE]
    if installed and activated:
        for c in installed:
            tally.counts.remove(c)
        installed = []
    said = installed + done + activated
    if len(said) < 2 or any(c.clause.has(Sort.ADDED) for c in said) or len({c.clause.line for c in said}) > 1:
        return
    if all(c.homes for c in said) and len({id(c.homes[0]) for c in said}) == len(said):
        return
    if len({c.n for c in said}) == 1 and len({c.said for c in said}) == len(said):
        for c in said[1:]:
            tally.counts.remove(c)
        return
    tally.doubt("two_words_for_done", Why.TWO_MEANINGS, said[-1].pieces[0].item, Outcome.ACTIVATED)


def _lists_of_bare(tally: Tally) -> None:
    """`3, 4 máy` may be a range as well as two counts, `5 người 2 máy` the same work counted twice."""
    for first, second in zip(_done(tally), _done(tally)[1:], strict=False):
        units = {piece.item.unit for c in (first, second) for piece in c.pieces if piece.item.sort is Sort.NUMBER}
        if first.clause is second.clause and units == {Unit.PERSON, Unit.PHONE} and first.n == second.n:
            tally.counts.remove(first)  # `sáu người sáu máy`
            continue
        alone = second.said is None and not second.clause.has(Sort.ADDED) and not (first.homes or second.homes)
        if _parts_of_day(first.clause) and _parts_of_day(second.clause):
            continue  # `sáng nay 2, chiều nay 3`
        if alone and first.scope == second.scope and units == {Unit.PERSON, Unit.PHONE}:
            tally.doubt("people_and_phones", Why.TWO_MEANINGS, second.pieces[0].item, Outcome.ACTIVATED)
            continue
        bare = first.said is None and second.said is None and not first.homes and not second.homes
        if (
            bare
            and first.scope == second.scope
            and first.pieces[0].item.unit is Unit.NONE
            and first.clause.ender == ","
        ):
            tally.doubt("list_or_range", Why.TWO_MEANINGS, first.pieces[0].item, Outcome.ACTIVATED)


def _parts_of_day(clause: Clause) -> bool:
    return any(i.when is not None and i.when.part is not None and i.when.offset is not None for i in clause.items)


def _bare(tally: Tally) -> None:
    """A lone `xong` is fine beside a number of phones, else a question (rule 3)."""
    for item, place, _ in tally.bare:
        same_place = [c for c in _done(tally) if c.place is place]
        if tally.counts and not same_place:
            tally.doubt("bare_done_elsewhere", Why.BARE_DONE, item, Outcome.ACTIVATED)
            tally.doubts[-1].place = place


def _lone_place(tally: Tally, clauses: list[Clause]) -> None:
    """`3 máy, xóm 4`: a hamlet alone at the end holds for the number before; for several numbers it is open which."""
    places = [place for place in tally.places if place is not None]
    if len(places) != 1 or not tally.counts or any(c.place is not None for c in tally.counts):
        return
    place = places[0]
    owner = next(clause for clause in clauses if place in clause.items)
    if any(c.pieces[0].item.first > place.first for c in tally.counts) or not _holds_only(owner, place):
        return
    if len({id(c.clause) for c in tally.counts}) == 1:
        for c in tally.counts:
            c.place = place
        tally.places.remove(None)
    else:
        tally.doubt("place_of_which", Why.HAMLET, place)


def _holds_only(clause: Clause, place: Item) -> bool:
    return all(item is place or item.sort in (Sort.FILL, Sort.WHEN) for item in clause.items)
