"""The weights of the second reader: what is packed comes out again, and its ways are the likeliest."""

import itertools
from importlib.resources import files
from io import StringIO

from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.language.fitted import features, kinds, storing
from handlers.language.fitted.paths import Column, Paths
from handlers.language.fitted.weights import HUNDREDTHS, MOST_SCORED, Weights

LABELS = ("#a", "#b", "=c", "O")
hundredths = st.integers(-600, 600)
steps = st.lists(st.lists(hundredths, min_size=4, max_size=4), min_size=4, max_size=4)
columns = st.lists(
    st.dictionaries(st.integers(0, 3), hundredths, min_size=1, max_size=4).map(
        lambda chosen: (list(chosen), list(chosen.values()))
    ),
    min_size=1,
    max_size=5,
)


def test_what_is_stored_is_read_and_written_again_as_it_was() -> None:
    """Features are told apart as they were spelled, and weights unpacked as they were packed."""
    model = storing.fitted().model
    for name, weights, sorts in (
        (storing.WORDS, model.words, features.SORTS),
        (storing.KINDS, model.kinds, kinds.SORTS),
    ):
        assert weights.tables.keys() == set().union(*sorts.values())  # none was taken for another
        out = StringIO()
        storing.write_weights(out, weights)
        assert out.getvalue() == files("handlers.language.fitted").joinpath(name).read_text(encoding="utf-8")


@given(st.lists(st.dictionaries(st.integers(0, 3), hundredths), max_size=MOST_SCORED // 600))
def test_scores_are_sums(features: list[dict[int, int]]) -> None:
    """Of many features, for each label by itself, whatever their signs."""
    weights = Weights(LABELS, {}, [[0] * 4] * 4)
    weights.tables["x"] = {str(i): weights.packed(pairs.items()) for i, pairs in enumerate(features)}
    total = weights.total([("x", str(i)) for i in range(len(features) + 1)])  # one of them is not known
    want = [sum(pairs.get(label, 0) for pairs in features) for label in range(4)]
    assert weights.either.scores(total) == want
    assert weights.digits.scores(total) == want[:2] and weights.words.scores(total) == want[2:]


def test_no_score_grows_into_the_next() -> None:
    """Whatever a word's features are: all that may speak for one label, or against it, is within its bits."""
    model = storing.fitted().model
    often = {"S": 3, "T": 2, "H": 2, "o": 2, ".": len(features.WHOLE)}  # features of one sort that one word may have
    for weights, most in ((model.words, often), (model.kinds, dict.fromkeys(model.kinds.tables, 12))):
        bounds = [0] * len(weights.labels)
        for sort, table in weights.tables.items():
            scores = [[abs(score) for score in weights.either.scores(weight)] for weight in table.values()]
            greatest = map(max, zip(*scores, strict=True))
            bounds = [bound + most.get(sort, 1) * one for bound, one in zip(bounds, greatest, strict=True)]
        assert 0 < max(bounds) < MOST_SCORED


@settings(deadline=None)
@given(steps, columns)
def test_the_ways_are_the_likeliest_in_order(table: list[list[int]], told: list[Column]) -> None:
    """As if all ways were tried."""
    weights = Weights(LABELS, {}, table)
    totals = {}
    for path in itertools.product(*[zip(*column, strict=True) for column in told]):
        score = sum(score for _, score in path)
        score += sum(table[a][b] for (a, _), (b, _) in itertools.pairwise(path))
        totals[tuple(LABELS[label] for label, _ in path)] = score
    best = sorted(totals.values(), reverse=True)[:12]
    paths = Paths(weights, told)
    found = list(paths.likeliest(12))
    assert totals[tuple(paths.best())] == best[0]
    assert [totals[tuple(names)] for _, names in found] == best
    assert [round(odds * HUNDREDTHS) for odds, _ in found] == [total - best[0] for total in best]
    assert len({tuple(names) for _, names in found}) == len(found)
