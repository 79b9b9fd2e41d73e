"""The labelled messages: exact, and where not, never a wrong number."""

import pytest

from tests.language.cases import EXAMPLES, MORE, Case, cases, got, stores_wrong
from tests.language.mutations import variants


@pytest.mark.parametrize("file", [EXAMPLES, MORE], ids=lambda file: str(file.stem))
def test_labelled_messages_are_read_exactly(file: object) -> None:
    """At least 99 % are exact, and none of the others stores a wrong number."""
    found = [(case, got(case.text, case.at)) for case in cases(EXAMPLES if file == EXAMPLES else MORE)]
    missed = [(case.text, reading) for case, reading in found if reading != case.want]
    wrong = [(case.text, reading) for case, reading in found if stores_wrong(reading, case.want)]
    assert not wrong
    assert len(missed) <= 0.01 * len(found), missed


def test_other_ways_of_writing_the_same() -> None:
    """Without diacritics, dictated, abbreviated, with slips: 90 % exact, 0.3 % wrong numbers at most."""
    total, exact, wrong, unclear = 0, 0, list[tuple[str, object]](), 0
    for case, text in _written_otherwise():
        reading = got(text, case.at)
        total += 1
        if reading == case.want:
            exact += 1
        elif stores_wrong(reading, case.want):
            wrong.append((text, reading))
        else:
            unclear += reading[0] == "unclear"
    assert exact >= 0.9 * total
    assert len(wrong) <= 0.003 * total, wrong
    assert unclear >= 0.5 * (total - exact)


def _written_otherwise() -> list[tuple[Case, str]]:
    """Every variant once. A hamlet called `Hai` is told from 2 only by its capital, so that it has none."""
    found: list[tuple[Case, str]] = []
    for seed, case in enumerate(cases(EXAMPLES, MORE)):
        if "hai" in case.hamlets.split():
            continue
        texts = {text for _, text in variants(case.text, seed, case.hamlets)} - {case.text}
        found += [(case, text) for text in sorted(texts)]
    return found
