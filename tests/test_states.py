"""What is kept of a conversation between two messages: encoded and decoded in one place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers import router
from handlers.language import has_private
from handlers.states import (
    DAY_TOTAL,
    LONGEST_DATA,
    NEW_REPORT,
    OFFERED,
    Correction,
    Use,
    Waiting,
    data_of,
    label_of,
    offer_in,
    use_as_text,
    use_from,
)
from handlers.turn import declaration


@pytest.mark.parametrize(
    "use", [NEW_REPORT, DAY_TOTAL, Correction(12, 2, amends=False), Correction(12, 2, amends=True)]
)
def test_a_use_comes_back_as_it_was_kept(use: Use) -> None:
    """Whatever a message would do."""
    assert use_from(use_as_text(use)) == use


@pytest.mark.parametrize(
    ("kept", "use"),
    [
        ("record", NEW_REPORT),
        ("total", DAY_TOTAL),
        ("correct:12:2", Correction(12, 2, amends=False)),
        ("amend:7:1", Correction(7, 1, amends=True)),
    ],
)
def test_rows_written_before_are_read(kept: str, use: Use) -> None:
    """As databases hold them."""
    assert use_from(kept) == use


@pytest.mark.parametrize("kept", ["", "nonsense", "correct:x:1"])
def test_what_is_no_use_is_no_report(kept: str) -> None:
    """An unknown one is an error, never a new report."""
    with pytest.raises(ValueError):
        use_from(kept)


@given(
    st.dictionaries(st.text(min_size=1, max_size=60), st.text(min_size=1, max_size=60), min_size=1, max_size=8),
    st.integers(1, 10**15),
)
def test_buttons_are_short_and_find_their_label(choices: dict[str, str], offer: int) -> None:
    """No button carries more than a platform takes or has a number to be masked, and each leads back to its offer."""
    for choice in choices.values():
        data = data_of(offer, choice, choices)
        assert len(data.encode()) <= LONGEST_DATA
        assert not has_private(data.partition(":")[0])
        found = offer_in(data)
        assert found is not None
        assert found[0] == offer
        label = label_of(found[1], choices)
        if not choice.startswith("#"):
            assert label is not None
            assert choices[label] == choice


@pytest.mark.parametrize(
    "data", ["", "o", "o:", "x12:undo", "o١٢:undo", "o" + "9" * 16 + ":undo", "p:undo", "pA:undo", "c/homnay"]
)
def test_what_is_no_button_of_an_offer(data: str) -> None:
    """Forged or foreign data finds nothing."""
    assert offer_in(data) is None


_KNOWN_TO_THE_CLERK = {Waiting.NUMBER, Waiting.AGAIN, Waiting.FIX}  # of each message it decides whether it answers


def test_every_kind_has_one_who_answers() -> None:
    """Each kind of offer but the commands' own, and each thing that is waited for."""
    offers = [said.offer for said in map(declaration, router.HANDLERS) if said.offer]
    assert sorted(one.kind for one in offers) == sorted(set(OFFERED) - {"commands"})
    by_handlers = {said.question for said in map(declaration, router.HANDLERS)} - {None}
    assert by_handlers | _KNOWN_TO_THE_CLERK == set(Waiting)
    assert not by_handlers & _KNOWN_TO_THE_CLERK
