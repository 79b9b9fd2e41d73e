"""Two readers: what both read is stored; where they part it is asked, with the likeliest of both as choices."""

from datetime import UTC, datetime

import pytest

from handlers.language import Kind, Outcome, Reading, Why, read
from handlers.language.fitted import Guess
from handlers.language.reading import Entry
from handlers.language.together import MAY_BE_WORK, SURE, UNLIKELY, meanings, weighed

AT = datetime(2023, 5, 20, 20, 0, tzinfo=UTC)


def _of(n: int, kind: Kind = Kind.REPORT) -> Reading:
    return Reading(kind, 0, (Entry(None, None, {Outcome.ACTIVATED: n}),))


@pytest.mark.parametrize("text", ["xóm 4 được 3, vắng 1", "nhà bà Lan 2 máy", "chào bot", "hủy", "khoảng 5 máy"])
def test_what_both_read_alike_is_one_meaning(text: str) -> None:
    """Nothing is asked, and nothing is looked at twice."""
    own = read(text, AT)
    found = meanings(text, AT)
    assert found[0].means(own) or found[0].kind is Kind.UNCLEAR


def test_what_the_second_finds_unlikely_is_asked_about() -> None:
    """The rules' own reading and the other's are the choices."""
    found = weighed(_of(13), (Guess(_of(3), 0.95), Guess(_of(13), UNLIKELY / 2)))
    assert found[0].kind is Kind.UNCLEAR
    assert [one.counts for one in found[1:]] == [{Outcome.ACTIVATED: 13}, {Outcome.ACTIVATED: 3}]


def test_what_it_does_not_find_unlikely_is_stored() -> None:
    """The rules decide."""
    found = weighed(_of(13), (Guess(_of(3), 0.6), Guess(_of(13), UNLIKELY)))
    assert found[0] == _of(13)


def test_where_the_rules_are_at_a_loss() -> None:
    """A very sure reading is taken; a doubtful one is offered."""
    lost = Reading(Kind.UNCLEAR, why=Why.TWO_MEANINGS)
    assert weighed(lost, (Guess(_of(3), SURE),))[0] == _of(3)
    assert weighed(lost, (Guess(_of(3), SURE - 0.1),)) == (lost, _of(3))


@pytest.mark.parametrize("why", [Why.TEAM, Why.DAY])
def test_law_is_law(why: Why) -> None:
    """The sum of a team, and a day that cannot be known, are asked about however sure anybody is."""
    lost = Reading(Kind.UNCLEAR, why=why)
    assert weighed(lost, (Guess(_of(3), 0.99),))[0] == lost


def test_what_points_back_is_never_taken_for_new_work() -> None:
    """Whatever the second reader makes of it."""
    back = Reading(Kind.UNCLEAR, why=Why.TWO_MEANINGS, points_back=True)
    assert weighed(back, (Guess(_of(7), 0.99),))[0] == back


def test_what_may_be_work_is_not_passed_over() -> None:
    """Talk by the rules, work by the other: asked about."""
    talk = Reading(Kind.CHAT)
    found = weighed(talk, (Guess(_of(1), MAY_BE_WORK),))
    assert found[0].kind is Kind.UNCLEAR
    assert found[1].counts == {Outcome.ACTIVATED: 1}
    assert weighed(talk, (Guess(_of(1), MAY_BE_WORK - 0.1),)) == (talk,)
