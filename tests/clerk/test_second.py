"""The second clerk: all that a message may do to an evening, and where what the rules decided is asked about."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from handlers.clerk.acts import Record, Repeat
from handlers.clerk.deciding import decided, weighed
from handlers.clerk.evening import Evening
from handlers.clerk.second.possible import Deed, possible
from handlers.clerk.second.targets import delta
from handlers.clerk.second.weighing import Weights
from handlers.language import Outcome
from tests.clerk.test_rules import BOOK, STUCK, _heard, _report
from tests.evenings.playing import Desk, campaign, sums, would
from tests.talk import Talk

DONE, REFUSED, FAILED, ABSENT = Outcome.ACTIVATED, Outcome.REFUSED, Outcome.FAILED, Outcome.ABSENT
BINH = Evening((_report(1, "nhà ông Bình xóm 4 từ chối"), _report(2, "nhà bà Tư xóm 5 được 2")))


def _deeds(evening: Evening, text: str) -> list[Deed]:
    heard, reading = _heard(text)
    act, _ = decided(heard, (reading,), evening)
    return possible(heard, (reading,), evening, act)


def _ways(deeds: Sequence[Deed], *by: tuple[Outcome, int]) -> set[str]:
    return next((one.ways for one in deeds if one.by == delta(dict(by))), set())


def test_whoever_refused_may_have_agreed_or_another_phone_may_be_meant() -> None:
    """Each deed once, with the ways in which it came up."""
    deeds = _deeds(BINH, "nhà ông Bình nghĩ lại, 2 máy")
    assert "new" in _ways(deeds, (DONE, 2))
    assert "turned" in _ways(deeds, (DONE, 2), (REFUSED, -1))
    assert "off" in _ways(deeds, (REFUSED, -1))
    assert "nothing" in _ways(deeds)
    assert len({one.by for one in deeds}) == len(deeds)


def test_a_number_said_again_of_a_home_may_be_all_of_it() -> None:
    """`nhà bà Tư 3`, of which two are stored: one more, three more, or the same."""
    deeds = _deeds(BOOK, "nhà bà Tư được 3")
    assert "corrected" in _ways(deeds, (DONE, 1))
    assert "new" in _ways(deeds, (DONE, 3))
    assert "again" in _ways(_deeds(BOOK, "nhà bà Tư được 2"))


def test_of_a_home_in_another_hamlet_nothing_changes() -> None:
    """A home of the same name elsewhere is another one."""
    deeds = _deeds(BINH, "nhà ông Bình xóm 7 được 2 máy")
    assert not any({"same", "stands", "name"} & one.near for one in deeds)
    assert any("same" in one.near for one in _deeds(BINH, "nhà ông Bình xóm 4 được 2 máy"))


def test_nothing_becomes_less_than_none() -> None:
    """What is not stored is not taken back."""
    for one in _deeds(STUCK, "bà Hợi lấy lại được mật khẩu, 1 máy"):
        assert all(n >= -1 for outcome, n in one.by if outcome is FAILED), one


def test_clear_work_is_never_asked_about() -> None:
    """The veto is for what may be about the evening, and not for the next house."""
    for text in ("nhà bà Mận xóm 4 dc 3, vắng 1", "3 máy", "xóm 5 nhà cô Sen khóa cửa", "+2", "nhà chú Đạt được 4"):
        heard, reading = _heard(text)
        act, rule = weighed(heard, (reading,), BINH)
        assert isinstance(act, Record), text
        assert rule == "is_new_work"


def test_the_same_again_counts_once_without_a_question() -> None:
    """What the rules know for sure is not asked about."""
    heard, reading = _heard("nhà bà Tư xóm 5 được 2")
    assert isinstance(weighed(heard, (reading,), BOOK)[0], Repeat)


WEIGHTS = ["=way new\t50", "=way turned\t-30", "doi_y\t-refused 200\tnew -150", "xong\t+activated 25"]


def test_words_speak_for_groups_of_deeds() -> None:
    """What a word weighs is kept in steps of two hundredths, and what no word says weighs nothing."""
    weights = Weights(WEIGHTS)
    assert weights.seen["way new"] == 0.5
    assert weights.spoken(["doi_y", "xong", "unknown"]) == {"-refused": 2.0, "new": -1.5, "+activated": 0.24}
    assert weights.spoken([]) == {"-refused": 0, "new": 0, "+activated": 0}


CHANGES = [
    # what was told before, what is told now, what one of the buttons has to do
    (["Linh béo xóm 8 không chịu làm"], "Linh beo doi y roi, cho t cai luon, xong 1 may hehe", {DONE: 1, REFUSED: -1}),
    (
        ["Nhà bác Đoan xóm 7 3 máy, lỗi 1 máy do quên mật khẩu."],
        "Cái máy quên mật khẩu ở nhà bác Đoan, con bác ấy lấy lại được rồi, em kích hoạt xong luôn ạ.",
        {DONE: 1, FAILED: -1},
    ),
    (
        ["anh Dũng cạnh nhà thầy không chịu làm"],
        "Anh Dũng thấy hàng xóm làm hết nên gọi em vô làm luôn, xong 1 máy rồi ạ",
        {DONE: 1, REFUSED: -1},
    ),
]


@pytest.mark.parametrize(("before", "text", "by"), CHANGES)
def test_a_button_does_what_is_meant(tmp_path: Path, before: list[str], text: str, by: dict[Outcome, int]) -> None:
    """Whether the rules know or ask: what is meant is booked at once, or by one tap."""
    with campaign(tmp_path) as tx:
        desk = Desk(tx, "HV00003")
        for one in before:
            desk.says(one)
        book = sums(tx)
        desk.says(text)
        booked = _difference(sums(tx), book)
        shown = [button for row in desk.shown[-1].buttons for button in row]
        message = desk.newest[-1][0]
        ways = [booked] if booked else [_difference(would(desk, one, message, book), Counter()) for one in shown]
        assert by in ways, [one.label for one in shown]


def _difference(after: Mapping[tuple[str, str], int], before: Mapping[tuple[str, str], int]) -> dict[Outcome, int]:
    return {Outcome(key[1]): n for key in {*after, *before} if (n := after.get(key, 0) - before.get(key, 0))}


async def test_a_button_says_what_it_would_change(talk: Talk) -> None:
    """The home, what becomes more and what less; its undo brings back what was."""
    an = await talk.person("An")
    await an.says("Nhà bác Đoan xóm 4 3 máy, lỗi 1 máy do quên mật khẩu.").hears("✅")
    asked = await an.says(
        "Cái máy quên mật khẩu ở nhà bác Đoan, con bác ấy lấy lại được rồi, em kích hoạt xong luôn ạ."
    ).hears("?")
    (label,) = [one for row in asked.buttons for one in row if "bớt" in one]
    assert label == "Thêm 1 máy, bớt 1 máy chưa cài được ở nhà bác Đoan"
    changed = await an.presses(label, asked).hears("✏️ Nhà bác Đoan, xóm 4: 4 máy (trước là 3), bỏ 1 máy chưa cài được")
    assert talk.done_by("hv1") == {"activated": 4}
    await an.says("nhà bác Đoan đúng là 4 máy nhé").hears("👍")
    await an.presses("Hoàn tác", changed).hears("↩️")
    assert talk.done_by("hv1") == {"activated": 3, "failed": 1}
