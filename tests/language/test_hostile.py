"""No message holds the bot up, and none that is too long to be looked at twice is stored unasked."""

import time
from datetime import datetime

import pytest

from handlers.language import Kind, read
from handlers.language.fitted import Opinion
from handlers.language.together import meanings
from tests.language.hostile import texts

AT = datetime.fromisoformat("2023-05-20T20:00")
LONG = 0.25  # seconds of the processor; several times what the slowest takes, since tests share their machine
TRIES = 3  # a machine that stalls once is no slow reader


def test_no_message_takes_long() -> None:
    """Whatever it is full of, at any length."""
    meanings("xóm 4 được 3 (mệt quá)", AT)  # what only a first use costs; both readers are asked
    slow = [(len(text), text[:24]) for text in texts() if all(_seconds(text) > LONG for _ in range(TRIES))]
    assert slow == []


def _seconds(text: str) -> float:
    begun = time.process_time()
    meanings(text, AT)
    return time.process_time() - begun


@pytest.mark.parametrize(("houses", "lost"), [(40, False), (60, True)])
def test_what_is_too_long_to_be_weighed_is_asked_about(houses: int, lost: bool) -> None:
    """A list of houses that the second reader doubts, or is lost in: what the rules count is offered."""
    text = "xóm 4: " + ", ".join(f"nhà số {n} được 1 máy" for n in range(1, houses + 1)) + " (mệt quá)"  # not explained
    own, opinion, found = read(text, AT), Opinion(text, AT), meanings(text, AT)
    assert own.kind is Kind.REPORT and not own.means(opinion.likeliest())
    assert (opinion.lost, opinion.vague) == (lost, not lost)
    assert found[0].kind is Kind.UNCLEAR and found[1] == own


def test_of_a_long_message_no_second_opinion_is_stored() -> None:
    """What the rules are at a loss with is asked about, whatever the second reader may make of it."""
    text = "xóm 4: " + ", ".join(f"nhà số {n} được 1 máy" for n in range(1, 38)) + ", nhà bà Lan được 3 hoặc 4 máy"
    own, opinion = read(text, AT), Opinion(text, AT)
    assert own.kind is Kind.UNCLEAR and opinion.vague and opinion.likeliest().kind is Kind.TOTAL
    assert meanings(text, AT) == (own, opinion.likeliest())
