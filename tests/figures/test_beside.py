"""A report is one, whatever is asked in the same message, and whoever's number to call is given with it."""

import pytest

from tests.talk import Talk

TOLD = [
    ("xóm 1 dc 2, sđt 0912345678", {"activated": 2}),
    ("nhà bà Lan xóm 2 dc 3, vắng 1, (sđt 0912345678)", {"activated": 3, "absent": 1}),
    ("3 sđt 0912345678", {"activated": 3}),
    ("xóm 1 dc 2, sai số điện thoại", {"activated": 2}),
    ("xóm 1 dc 5, hôm nay cả tổ bao nhiêu rồi?", {"activated": 5}),
    ("xóm 1 dc 4, em được mấy máy rồi?", {"activated": 4}),
    ("xóm 3 dc 8\nem được mấy máy rồi?", {"activated": 8}),
    ("xóm 1 dc 5, xóm 2 dc 3, xóm 3 dc 2, hôm nay cả tổ bao nhiêu rồi?", {"activated": 10}),
    ("xóm 1 dc 5 hôm nay cả tổ bao nhiêu rồi?", {"activated": 5}),
    ("xóm 3 dc 2 tổ em được mấy máy rồi", {"activated": 2}),
    ("xom 2 dc 5 roi, to minh duoc bao nhieu", {"activated": 5}),
    ("nhà cô Tứ xóm 3 được 2, vắng 1 ông, em được bao nhiêu rồi ạ", {"activated": 2, "absent": 1}),
]
ASKED = [
    ("xóm 1 dc 2 sai số điện thoại", "Thêm 2 máy ở xóm 1"),
    ("xóm 1 2 máy, ai làm xóm 2 vậy?", "Thêm 2 máy ở xóm 1"),
]
BOTH = [
    ("xóm 1 dc 2, hôm qua em được mấy máy?", "📊 Em · hôm qua"),
    ("xóm 1 dc 2 hôm nay tổ em ai chưa báo", "chưa báo"),
]
ASKS = [
    "xóm 1 được mấy máy rồi",
    "ngày 18 cả tổ được bao nhiêu",
    "cho em xin sđt của tổ trưởng",
    "hôm nay em được mấy máy",
    "được 60 máy chưa",
]


@pytest.mark.parametrize(("text", "counts"), TOLD)
async def test_what_was_done_is_counted(talk: Talk, text: str, counts: dict[str, int]) -> None:
    """At once, and said."""
    an = await talk.person("An")
    await an.says(text).hears("✅")
    assert talk.done_by("hv1") == counts


@pytest.mark.parametrize(("text", "told"), BOTH)
async def test_what_is_asked_is_answered_too(talk: Talk, text: str, told: str) -> None:
    """Where the answer to the report does not say it."""
    an = await talk.person("An")
    await an.says(text).hears("✅")
    await talk.settled()
    assert told in an.private.from_bot[-1].text
    assert talk.done_by("hv1") == {"activated": 2}


@pytest.mark.parametrize(("text", "label"), ASKED)
async def test_or_it_is_one_press_away(talk: Talk, text: str, label: str) -> None:
    """Where the words of the question may belong to the report."""
    an = await talk.person("An")
    asked = await an.says(text).hears("?")
    await an.presses(label, asked).hears("✅")


@pytest.mark.parametrize("text", ASKS)
async def test_a_question_alone_is_none(talk: Talk, text: str) -> None:
    """Nothing is counted, nothing stays open."""
    an = await talk.person("An")
    await an.says(text).hears("")
    assert talk.done_by("hv1") == {}
