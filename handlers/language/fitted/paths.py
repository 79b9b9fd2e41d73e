"""The ways to tag the words of a message, likeliest first: the best one at once, others as they are asked for.

A total is a whole number, with room in its last bits for a place among the labels of a word: the greatest total tells
where it came from.
"""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from operator import add, itemgetter

from handlers.language.fitted.weights import HUNDREDTHS, PLACES, Weights

Column = tuple[list[int], list[int]]  # the likely labels of a word, at most PLACES, and their scores
Way = tuple[int, int, int]  # to a label: its total, the place of the label before, which of the ways to that one

_LAST = PLACES - 1
_TURNED = range(_LAST, -1, -1)  # places as they stand in totals: of equal ones the first place is the greatest


@dataclass(slots=True)
class _Label:
    """A label of a word with the ways to it: those that were found, best first, and a heap of what may be next."""

    found: list[Way]
    steps: list[int]  # what each label before adds on the way to this one
    waiting: list[Way]  # with total and place negated: of equal totals the later place is next


class Paths:
    """The ways through the labels of the words, one label a word."""

    def __init__(self, weights: Weights, columns: list[Column]) -> None:
        self._weights, self._columns = weights, columns
        self._looked_at: dict[tuple[int, int], _Label] = {}
        arrivals, (last, scores) = weights.arrivals, columns[0]
        totals = [score * PLACES + _LAST - place for place, score in enumerate(scores)]
        self._totals = [totals]  # of the best way to each label, with the label's own place
        self._came: list[list[int]] = [[]]  # the same before its own score, with the place of the label before
        for labels, scores in columns[1:]:
            if len(last) == 1:
                only, total = last[0], totals[0]
                came = [total + arrivals[label][only] for label in labels]
            else:
                from_last = itemgetter(*last)
                came = [max(map(add, totals, from_last(arrivals[label]))) for label in labels]
            totals = [
                (way & -PLACES) + score * PLACES + place
                for way, score, place in zip(came, scores, _TURNED, strict=False)
            ]
            self._came.append(came)
            self._totals.append(totals)
            last = labels

    def best(self) -> list[str]:
        """The likeliest tags (Viterbi)."""
        places = [_place(max(self._totals[-1]))]
        for came in reversed(self._came[1:]):
            places.append(_place(came[places[-1]]))
        return self._names(places)

    def likeliest(self, most: int) -> Iterator[tuple[float, list[str]]]:
        """The likeliest tags, with the logarithms of their odds against the best."""
        end, top = len(self._columns), 0
        for rank in range(most):
            way = self._way(end, 0, rank)
            if way is None:
                return
            top = top if rank else way[0]
            yield (way[0] - top) / (PLACES * HUNDREDTHS), self._names(self._places(way))

    def _names(self, places: list[int]) -> list[str]:
        """The tags at these places, told from the last word to the first."""
        labels = self._weights.labels
        return [labels[column[place]] for (column, _), place in zip(self._columns, reversed(places), strict=True)]

    def _places(self, way: Way) -> list[int]:
        places = []
        for word in range(len(self._columns) - 1, -1, -1):
            _, place, rank = way
            places.append(place)
            way = self._label(word, place).found[rank]
        return places

    def _label(self, word: int, place: int) -> _Label:
        """A label of a word; after the last word there is one where all ways meet."""
        label = self._looked_at.get((word, place))
        if label is None:
            label = self._looked_at[word, place] = self._look_at(word, place)
        return label

    def _look_at(self, word: int, place: int) -> _Label:
        if word == 0:
            return _Label([(self._totals[0][place] & -PLACES, 0, 0)], [], [])
        last, totals = self._columns[word - 1][0], self._totals[word - 1]
        if word == len(self._columns):
            best, steps = max(totals), [0] * len(last)
            first = best & -PLACES, _place(best), 0
        else:
            labels, scores = self._columns[word]
            arrivals, score = self._weights.arrivals[labels[place]], scores[place] * PLACES
            steps = [arrivals[label] + score for label in last]
            first = self._totals[word][place] & -PLACES, _place(self._came[word][place]), 0
        others = zip(totals, steps, strict=True)
        waiting = [(-(total & -PLACES) - step, -k, 0) for k, (total, step) in enumerate(others) if k != first[1]]
        heapq.heapify(waiting)
        return _Label([first], steps, waiting)

    def _way(self, word: int, place: int, rank: int) -> Way | None:
        """A way to a label by its rank; None where there are not so many.

        The next best way comes by another label before, or goes on from the next best way to the one that the last
        found came by.
        """
        label = self._label(word, place)
        found = label.found
        while len(found) <= rank and word:
            _, before, used = found[-1]
            if (further := self._way(word - 1, before, used + 1)) is not None:
                heapq.heappush(label.waiting, (-further[0] - label.steps[before], -before, used + 1))
            if not label.waiting:
                return None
            total, before, used = heapq.heappop(label.waiting)
            found.append((-total, -before, used))
        return found[rank] if rank < len(found) else None


def _place(total: int) -> int:
    return _LAST - total % PLACES
