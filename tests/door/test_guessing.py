"""How far guessing gets: nowhere, whoever tries, from however many accounts and addresses."""

from collections import Counter
from itertools import product
from math import expm1, log1p
from pathlib import Path

import pytest

from handlers.language import has_private
from storage.campaign import codes
from tests.talk import ROSTER, talking

PEOPLE, GUESSES = 25_000, 100_000
MOST = 1e-5


def possible(length: int, most_digits: int = 7) -> int:
    """How many codes of a length may be made: with one D at most, no 9 after it, and not too many digits."""
    plain, digits = 18, 8  # beside D and 9
    ways = Counter({(0, False): 1})  # by number of digits, and whether D is among them
    for _ in range(length):
        longer: Counter[tuple[int, bool]] = Counter()
        for (n, d), count in ways.items():
            longer[n, d] += count * plain
            longer[n + 1, d] += count * (digits if d else digits + 1)
            longer[n, True] += 0 if d else count
        ways = longer
    return sum(count for (n, _), count in ways.items() if n <= most_digits)


def test_a_hundred_thousand_guesses_hit_nobody() -> None:
    """Even if nothing slowed them, and none was tried twice: of 25,000 codes any is hit with p < 0.00001."""
    typed = sum(codes.can_be_typed("".join(letters)) for letters in product(codes.LETTERS, repeat=3))
    assert typed == possible(3)
    assert -expm1(GUESSES * log1p(-PEOPLE / possible(codes.LENGTH))) < MOST


def test_codes_are_drawn_evenly() -> None:
    """Every letter in every place as often as the others, none twice, none like a number that is masked."""
    made: set[str] = set()
    for _ in range(20_000):
        made.add(codes.new(made))
    assert len(made) == 20_000
    assert all(len(code) == codes.LENGTH and codes.can_be_typed(code) and not has_private(code) for code in made)
    assert not set("1IOAEUYW") & set("".join(made))
    for place in range(codes.LENGTH):
        seen = Counter(code[place] for code in made)
        assert all(400 < n < 1100 for letter, n in seen.items() if letter not in "D9"), seen


@pytest.mark.parametrize(("made", "typed"), [("BL0CK0L234", "b1ock0i234"), ("0LD-CODE-1", "0ld-code-1")])
async def test_what_looks_alike_is_one(tmp_path: Path, made: str, typed: str) -> None:
    """No code that is made has 1, I or O: whoever reads one means L or 0. What the roster fixes is as it says."""
    async with talking(tmp_path, files={"roster.csv": ROSTER.replace("MA-CUA-AN", made)}) as talk:
        await talk.stranger("An").says(f"/start {typed}").hears("Chào em An")
