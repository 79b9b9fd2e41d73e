"""A number that is asked for where the message has another one: whether it is all, or comes to it, nobody guesses."""

import pytest

from tests.talk import Talk


@pytest.mark.parametrize("typed", ["3² máy", "3½ máy"])
async def test_a_number_said_again_is_not_added_to_itself(talk: Talk, typed: str) -> None:
    """Three phones and a slip of the hand, asked about and said clearly: three, never six."""
    an = await talk.person("An")
    await an.says(typed).hears("số chính xác")
    asked = await an.says("3 máy").hears(f"Cả tin “{typed}” em muốn ghi bao nhiêu?")
    assert talk.done_by("hv1") == {}
    await an.presses("Ghi 3 máy", asked).hears("✅ 3 máy")
    assert talk.done_by("hv1") == {"activated": 3}
    await an.says("/homnay").hears("1. 19:30 3 máy", "Hôm nay em 3 máy")


async def test_it_may_come_to_what_is_known(talk: Talk) -> None:
    """Five, and about two more: the sum is a button beside the number itself, and so is nothing at all."""
    an, binh = await talk.person("An"), await talk.person("Bình")
    await an.says("3 máy, khoảng 2 máy nữa").hears("số chính xác")
    asked = await an.says("2").hears("em muốn ghi bao nhiêu?")
    await an.presses("Ghi 5 máy", asked).hears("✅ 5 máy")
    assert talk.done_by("hv1") == {"activated": 5}
    await binh.says("5 máy −1").hears("số chính xác")
    asked = await binh.says("4").hears("em muốn ghi bao nhiêu?")
    await binh.presses("Không tính", asked).hears("")
    assert talk.done_by("hv2") == {}


async def test_of_two_homes_the_open_one_is_meant(talk: Talk) -> None:
    """Where each number has its home, the answer is the other home's."""
    an = await talk.person("An")
    await an.says("nhà bà Lan 3 máy, nhà ông Tư khoảng 5 máy").hears("số chính xác")
    await an.says("5").hears("8 máy")
    assert talk.done_by("hv1") == {"activated": 8}
