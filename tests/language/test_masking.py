"""Identity and phone numbers never get past the door; counts do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.language import MARK, Private, has_private, mask
from handlers.language.masking import blanked

IDENTITY, PHONE = frozenset({Private.IDENTITY}), frozenset({Private.PHONE})

HIDDEN = [
    ("cccd 001303000000, 1 máy", f"cccd {MARK}, 1 máy", IDENTITY),
    ("001 303 000 000 1 máy", f"{MARK} 1 máy", IDENTITY),
    ("0013.0300.0000", MARK, IDENTITY),
    ("001303-000000", MARK, IDENTITY),
    ("cmnd 012345678", f"cmnd {MARK}", IDENTITY),
    ("012 345 678 12 máy", f"{MARK} 12 máy", IDENTITY),
    ("sđt 0912345678", f"sđt {MARK}", PHONE),
    ("0912 345 678 12 máy", f"{MARK} 12 máy", PHONE),
    ("0912.345.678", MARK, PHONE),
    ("091-234-5678 3 máy", f"{MARK} 3 máy", PHONE),
    ("+84912345678", MARK, PHONE),
    ("+84 912 345 678 vắng 1", f"{MARK} vắng 1", PHONE),
    ("84912345678", MARK, PHONE),
    ("gọi 0912345678 3 máy", f"gọi {MARK} 3 máy", PHONE),
    ("001303000000 và 0912345678", f"{MARK} và {MARK}", IDENTITY | PHONE),
]


@pytest.mark.parametrize(("text", "hidden", "kinds"), HIDDEN)
def test_private_numbers_are_hidden(text: str, hidden: str, kinds: frozenset[Private]) -> None:
    """The mark is the same whatever the length, everything else stays."""
    assert mask(text) == hidden
    assert has_private(text) == kinds
    assert mask(hidden) == hidden


KEPT = [
    "xóm 4 được 3, vắng 1",
    "18/5/2023: 12 máy",
    "19h30 21/5",
    "1 2 3 4 5 6",
    "116.167 máy",
    "kh3 v1 tc1 hl2",
    "10 12 15 8 9 7",
]


@pytest.mark.parametrize("text", KEPT)
def test_counts_dates_and_times_are_kept(text: str) -> None:
    """Nothing that is reported looks like a private number."""
    assert mask(text) == text
    assert not has_private(text)


@given(st.text(alphabet="0123456789 .-+()\u00a0\u200bmáy", max_size=40))
def test_what_stands_beside_changes_nothing(text: str) -> None:
    """A number is hidden whatever else the message holds: the quick look that spares most messages misses none."""
    tail = "\nx 12345678x"
    assert mask(text + tail) == mask(text) + tail
    assert has_private(text + tail) == has_private(text)
    assert blanked(text + tail) == blanked(text) + tail
