"""Writes what was found as the types of a reading, with positions in the message as it was sent."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from handlers.language.counts.counting import count
from handlers.language.counts.tally import Count, Doubt, Piece, Tally
from handlers.language.reading import (
    Appointment,
    Draft,
    Entry,
    Hole,
    Home,
    Kind,
    Mention,
    Outcome,
    Part,
    Reason,
    Target,
    Why,
)
from handlers.language.sentences.clauses import Clause
from handlers.language.sentences.corrections import Amends
from handlers.language.sentences.promises import Visit, moment
from handlers.language.signs.folding import Folded, fold
from handlers.language.where_and_when.days import Sent
from handlers.language.words.items import Item
from handlers.language.words.sorts import Sort
from handlers.language.words.words import Words

_ORDER = {outcome: i for i, outcome in enumerate(Outcome)}


class Writer:
    """Knows the message: turns items into positions and words."""

    __slots__ = ("folded",)

    def __init__(self, words: Words) -> None:
        self.folded: Folded = words.folded

    def entries(self, tally: Tally) -> tuple[Entry, ...]:
        """One entry for each hamlet with counts, in order of mention."""
        found: dict[str | None, list[Count]] = {}
        first: dict[str | None, Item | None] = {}
        for place in [*tally.places, *(c.place for c in tally.counts), *(p for _, p in tally.nothing)]:
            first.setdefault(_key(place), place)
        for key in first:
            found[key] = [c for c in tally.counts if _key(c.place) == key]
        nothing = {_key(place): item for item, place in tally.nothing}
        return tuple(
            self._entry(first[key], counts, nothing.get(key))
            for key, counts in found.items()
            if counts or key in nothing
        )

    def _entry(self, place: Item | None, counts: list[Count], nothing: Item | None) -> Entry:
        parts: dict[Outcome, tuple[Part, ...]] = {}
        for c in sorted(counts, key=lambda c: _ORDER[c.outcome]):
            parts[c.outcome] = (*parts.get(c.outcome, ()), *map(self._part, c.pieces))
        if not parts and nothing is not None:
            parts = {Outcome.ACTIVATED: (Part(0, *self.span(nothing), Reason.NONE),)}
        sums = {outcome: sum(part.n for part in some) for outcome, some in parts.items()}
        return Entry(place.name if place else None, self._said(place), sums, parts)

    def _said(self, place: Item | None) -> str | None:
        return None if place is None else " ".join(self._text(place).split())

    def _text(self, item: Item) -> str:
        start, end = self.span(item)
        return self.folded.text[start:end]

    def span(self, item: Item) -> tuple[int, int]:
        return self.folded.span(item.start, item.end)

    def _part(self, piece: Piece) -> Part:
        return Part(piece.n, *self.span(piece.item), piece.reason)

    def homes(self, tally: Tally) -> tuple[Home, ...]:
        """The homes beside work, with what was counted at each."""
        homes: dict[int, tuple[Item, Item | None, dict[Outcome, int]]] = {}
        with_homes: dict[int, list[Count]] = {}
        for c in tally.counts:
            if c.homes:
                with_homes.setdefault(c.scope, []).append(c)
        for c in tally.counts:
            of = with_homes.get(c.scope, []) if not c.homes else []
            theirs = of[-1].homes if of and len({id(home) for one in of for home in one.homes}) == 1 else []
            for home in c.homes or theirs:
                _, _, counts = homes.setdefault(id(home), (home, c.place, {}))
                n = c.n if len(c.homes) == 1 else 1
                counts[c.outcome] = counts.get(c.outcome, 0) + n
        found = sorted(homes.values(), key=lambda each: each[0].start)
        return tuple(
            Home(home.name, *self.span(home), place.name if place else None, counts) for home, place, counts in found
        )

    def appointments(self, visits: list[Visit], sent: Sent) -> tuple[Appointment, ...]:
        """The visits whose time is known."""
        found: list[Appointment] = []
        for visit in visits:
            if (when := moment(visit, sent)) is not None:
                start, end = self.span(visit.times[0])
                found.append(Appointment(when, visit.home.name if visit.home else None, start, end))
        return tuple(found)

    def mentions(self, told: Iterable[Item], denied: Iterable[Item]) -> tuple[Mention, ...]:
        """The hamlets that are named, and those that are said not to be meant."""
        out = {id(item) for item in denied}
        named = {id(item): item for item in (*told, *denied) if item.sort is Sort.HAMLET}
        found = sorted(named.values(), key=lambda item: item.start)
        return tuple(Mention(item.name, self._said(item) or "", id(item) in out) for item in found)

    def target(self, amends: Amends, tally: Tally) -> Target | None:
        """What a correction or withdrawal names of the report it means."""
        items = [item for clause in amends.targets for item in clause.items]
        counts: Mapping[Outcome, int] = {}
        if amends.targets:
            counts = _sums(count(amends.targets))
        place = next(
            (i for i in items if i.sort is Sort.HAMLET), next((p for p in tally.places if p is not None), None)
        )
        home = next((i for i in items if i.sort is Sort.HOME), next(iter(tally.named), None))
        if place is None and home is None and not counts:
            return Target(strange=True) if any(map(_named_strangely, amends.targets)) else None
        return Target(place.name if place else None, home.name if home else None, counts)

    def draft(
        self,
        kind: Kind,
        day: int,
        tally: Tally,
        doubt: Doubt,
        visits: tuple[Appointment, ...],
        named: Iterable[Item] = (),
    ) -> Draft:
        """What was understood, and the hole that an answer can fill. `named`: homes, with or without a count."""
        homes = self.homes(tally)
        counted = {home.start for home in homes}
        others = [item for item in named if self.span(item)[0] not in counted]
        homes += tuple(Home(item.name, *self.span(item), None, {}) for item in others)
        vague = doubt.outcome if doubt.why is Why.NUMBER else None
        known = [
            c for c in tally.counts if c.outcome is not vague or any(p.reason is not Reason.HOME for p in c.pieces)
        ]
        if len(known) < len(tally.counts):  # `nhà chú Lực đông lắm, làm được khoảng 4 máy`: not one besides
            tally = replace(tally, counts=known)
        entries = tuple(e for e in self.entries(tally) if any(e.counts.values()))
        numeric = doubt.why in (Why.NUMBER, Why.BARE_DONE, Why.HOUSEHOLD)
        start, end = self.span(doubt.item)
        hole = Hole(
            doubt.outcome if numeric else None,
            doubt.place.name if doubt.place else None,
            self._said(doubt.place),
            _suggestions(doubt),
            start,
            end,
        )
        return Draft(kind, day, entries, visits, homes, hole)


_NUMBER = re.compile(r"\d{1,3}")
_MONTHS = 12


# Why it is taken back, or which it is (`báo cáo mới nhất`): these name nothing strange.
_OF_A_REPORT = frozenset("trung sai lo tay nhat nhan nhac no thua hoai lung tung tum lum oi vs giup voi".split())  # noqa: SIM905
_NAMELESS = frozenset({"bao cao", "bc", "tin"})


def _named_strangely(clause: Clause) -> bool:
    """`hủy báo cáo con mèo`; of `hủy báo cáo tào lao vừa rồi` it is said which."""
    pointed = any(item.sort is Sort.REPORT and item.plain not in _NAMELESS for item in clause.items)
    return not pointed and any(item.sort is Sort.UNKNOWN and item.plain not in _OF_A_REPORT for item in clause.items)


def _key(place: Item | None) -> str | None:
    return None if place is None else fold(place.name)


def _sums(tally: Tally) -> dict[Outcome, int]:
    sums: dict[Outcome, int] = {}
    for c in tally.counts:
        sums[c.outcome] = sums.get(c.outcome, 0) + c.n
    return sums


def _suggestions(doubt: Doubt) -> tuple[int, ...]:
    """Likely numbers for a button each: around the vague number, or up to the size of the household."""
    n = doubt.item.n
    if n <= 0 or n > 999:
        return ()
    if doubt.why is Why.HOUSEHOLD:
        return tuple(range(max(1, n - 2), n + 1))
    said = [int(found) for found in _NUMBER.findall(doubt.item.plain)]
    if len(said) == 2 and "/" in doubt.item.plain and said[1] <= _MONTHS:  # `báo 45/11`: perhaps a day that is none
        return ()
    if len(said) == 2 and (said[0] < said[1] or "/" in doubt.item.plain):  # `3-4 máy`, `25/20`: one of the two
        return tuple(sorted(said))
    return tuple(k for k in (n - 1, n, n + 1) if k > 0)
