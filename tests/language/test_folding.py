"""Folding: the same words are equal, and every folded character knows where it came from."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.language import Folded, fold

XUAN_TAO = [
    "Xuân Tảo",
    "XUÂN TẢO",
    "xuan tao",
    "  Xuân \t Tảo ",
    unicodedata.normalize("NFD", "Xuân Tảo"),
    "Xu\u200bân Tảo\u202c",
]


@pytest.mark.parametrize("name", XUAN_TAO)
def test_names_compare_without_case_and_marks(name: str) -> None:
    """However a name is typed, it folds to the same."""
    assert fold(name) == "xuan tao"


def test_d_with_a_stroke_is_a_d() -> None:
    """`đ` has no decomposition of its own."""
    assert fold("Đường Đê") == "duong de"


def test_keycaps_and_full_width_digits_are_digits() -> None:
    """Phones offer them."""
    assert fold("3️⃣ ４") == "3 4"


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    """A folded name stays as it is."""
    assert fold(fold(text)) == fold(text)


@given(st.text(min_size=1))
def test_positions_lead_back(text: str) -> None:
    """The span of any folded character holds the character that it was made of."""
    folded = Folded(text)
    assert len(folded.plain) == len(folded.origin)
    for i in range(len(folded.plain)):
        start, end = folded.span(i, i + 1)
        assert 0 <= start < end <= len(text)


def test_a_span_keeps_the_marks_of_its_last_letter() -> None:
    """Decomposed letters are not cut in half."""
    text = unicodedata.normalize("NFD", "Tảo ạ")
    start, end = Folded(text).span(0, 3)
    assert unicodedata.normalize("NFC", text[start:end]) == "Tảo"
