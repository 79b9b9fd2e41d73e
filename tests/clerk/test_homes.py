"""A report of several homes: what is put right in one of them is said of it alone, and each home stands where it is."""

from datetime import timedelta

import pytest

from handlers.clerk import clerk
from handlers.clerk.acts import Change, TakeBack
from handlers.clerk.evening import NOWHERE, Evening, Heard, HomeTold, LineTold, ReportTold
from handlers.language import Outcome, read
from tests.talk import EVENING, Talk

_SEVERAL = "xóm 2: nhà anh Lực 2, nhà cô Đào 3, nhà ông Tư vắng"


async def test_of_several_homes_the_one_that_changed_is_said(talk: Talk) -> None:
    """Not the whole report over again; where a home is new in it, the whole report."""
    an = await talk.person("An")
    await an.says(_SEVERAL).hears("✅ Nhà anh Lực, nhà cô Đào và nhà ông Tư, xóm 2: 5 máy, 1 nhà vắng")
    one = await an.says("nhà anh Lực 3 mới đúng").hears("✏️")
    assert one.text.startswith("✏️ Nhà anh Lực, xóm 2: 3 máy (trước là 2) · Hôm nay em 6 máy")
    await an.presses("Hoàn tác", one).hears("vẫn ghi như trước: Nhà anh Lực, nhà cô Đào và nhà ông Tư, xóm 2: 5 máy")


async def test_of_two_homes_with_the_same_number_the_named_one_moves(talk: Talk) -> None:
    """What is said of it afterwards is counted where it is."""
    an = await talk.person("An")
    await an.says("xóm 2: nhà anh Lực 3, nhà cô Đào 3, nhà ông Tư vắng").hears("✅")
    moved = await an.says("nhà cô Đào ở xóm 5 nhé").hears("✏️")
    assert moved.text.startswith("✏️ Nhà cô Đào: 3 máy ở xóm 5 (trước là xóm 2)")
    more = await an.says("nhà cô Đào 4 cơ").hears("✏️")
    assert more.text.startswith("✏️ Nhà cô Đào, xóm 5: 4 máy (trước là 3)")
    both = await an.says("nhà cô Đào ở xóm 4, nhà anh Lực cũng ở xóm 4").hears(
        "✏️", "Nhà anh Lực và nhà cô Đào, xóm 4: 7 máy"
    )
    assert "Hôm nay em 7 máy" in both.text
    assert talk.done_by("hv1") == {"activated": 7, "absent": 1}


async def test_an_answer_names_homes_and_not_who_belongs_to_them(talk: Talk) -> None:
    """`ông` and `máy con bé út` are of the home that is named; who is told without any home is named as was said."""
    an = await talk.person("An")
    await an.says("xóm 7 nhà bà Thoa cài được hai máy còn ông thì từ chối").hears(
        "✅ Nhà bà Thoa, xóm 7: 2 máy, 1 người"
    )
    await an.says("vợ thì vắng").hears("✅ Vợ: 1 nhà vắng")


async def test_who_calls_off_a_visit_is_answered_once(talk: Talk) -> None:
    """What stands beside it is no report of which nothing was understood."""
    an = await talk.person("An")
    await an.says("nhà ông Thợ xóm 3 hẹn chiều mai quay lại").hears("✅")
    called_off = await an.says("ông Thợ xóm 3 mới nhắn là bận, không hẹn nữa")
    await called_off.hears("↩️ Đã hủy hẹn ông Thợ")
    assert [one.text for one in called_off.chat.messages if one.from_bot][-1].startswith("↩️")


async def test_a_home_that_is_named_again_stands_where_it_stood(talk: Talk) -> None:
    """Its hamlet need not be said twice; one that is said counts."""
    an = await talk.person("An")
    await an.says(_SEVERAL).hears("✅")
    await an.says("ông Tư về rồi, 2 máy").hears("✅ Ông Tư, xóm 2: 2 máy")
    await an.says("nhà cô Đào xóm 6 thêm 1 máy nữa").hears("xóm 6: 1 máy")
    await an.says("nhà bà Lan 4 máy").hears("✅ Nhà bà Lan: 4 máy")


async def test_an_absence_of_before_hides_no_work_of_now(talk: Talk) -> None:
    """Another home has as many: `hồi nãy` speaks of the absence, and the two phones are new."""
    an = await talk.person("An")
    await an.says("nhà cô Hạnh xóm 6 được 2").hears("✅")
    await an.says("nhà bà Sáu vắng").hears("✅ Nhà bà Sáu: 1 nhà vắng")
    await an.says("bà Sáu hồi nãy vắng chừ về rồi, làm được 2 máy").hears("✅ Bà Sáu: 2 máy")
    await an.says("nhà cô Hạnh hồi nãy 2 máy nhé").hears("👍 Khớp, bot không ghi thêm", "2 máy")
    assert talk.done_by("hv1") == {"activated": 4, "absent": 1}


async def test_what_is_said_again_of_a_home_needs_no_hamlet(talk: Talk) -> None:
    """Whatever hamlet is in use by now, it agrees with the home where it stands, or changes it there."""
    an = await talk.person("An")
    await an.says("nhà cô Đào xóm 8 2 máy").hears("✅")
    await an.says("/thon xóm 4").hears("xóm 4")
    await an.says("nhà cô Đào lúc nãy 2 máy là đúng rồi, em mới coi lại").hears("👍", "Nhà cô Đào, xóm 8: 2 máy")
    changed = await an.says("nhầm, nhà cô Đào là 3 máy chứ, quên mất cái máy của đứa con").hears("✏️")
    assert changed.text.startswith("✏️ Nhà cô Đào, xóm 8: 3 máy (trước là 2)")
    assert talk.done_by("hv1") == {"activated": 3}


async def test_a_name_that_sounds_like_that_is_another_home(talk: Talk) -> None:
    """`bác Độ` is somebody, and no `bác đó` who was away before."""
    an = await talk.person("An")
    await an.says("nhà bác Bính khóa cửa").hears("✅")
    await an.says("xóm 4: nhà anh Hưng 1, nhà bác Độ vắng").hears("nhà bác Độ, xóm 4: 1 máy, 1 nhà vắng")
    assert talk.done_by("hv1") == {"activated": 1, "absent": 2}


async def test_who_is_named_beside_a_home_is_not_told_of(talk: Talk) -> None:
    """A title alone is nobody of another home; a son who comes home answers no other home's number."""
    an = await talk.person("An")
    await an.says("nhà bà Xíu được 2, ông máy lỗi").hears("2 máy, 1 máy chưa cài được")
    await an.says("nhà ông Rạng được 1 máy rồi").hears("Nhà ông Rạng: 1 máy")
    assert talk.done_by("hv1") == {"activated": 3, "failed": 1}


async def test_people_of_a_home_are_put_right_with_it(talk: Talk) -> None:
    """What its `cụ bà` was told as is part of what the home is said to have."""
    an = await talk.person("An")
    await an.says("hộ bà Nhã: kích hoạt được 3, cụ bà không có điện thoại thông minh").hears("3 máy")
    await an.says("Xin sửa hộ bà Nhã: kích hoạt 2, đã có từ trước 1, không có điện thoại thông minh 1").hears("2 máy")
    assert talk.done_by("hv1") == {"activated": 2, "already": 1, "no_phone": 1}


async def test_a_phone_taken_off_again_was_refused(talk: Talk) -> None:
    """`bắt gỡ 1 máy ra` leaves one less."""
    an = await talk.person("An")
    await an.says("nhà cô Hạnh xóm 4 được 5").hears("5 máy")
    await an.says("cô Hạnh xóm 4 bắt gỡ 1 máy ra rồi").hears("4 máy (trước là 5)")
    assert talk.done_by("hv1") == {"activated": 4, "refused": 1}


@pytest.mark.parametrize(
    "text",
    [
        "gõ cửa mãi nhà bà Lan vắng",
        "nhà anh Huy vắng",
        "nhà bà Xoa đi vắng",
        "bọ Thìn đi vắng",
        "nha anh Huy vang",
        "go cua mai nha ba Lan vang",
        "nhà chị Hoa bố mẹ đi vắng",
    ],
)
def test_a_word_that_looks_like_taking_back_takes_nothing_back(text: str) -> None:
    """`gõ`, `bố` and Huy are no `gỡ`, `bỏ` and `hủy`; who is told of is another home."""
    reading = read(text, EVENING)
    home = HomeTold("nhà ông Tư", NOWHERE, {Outcome.ABSENT: 1})
    line = LineTold(NOWHERE, Outcome.ABSENT, 1)
    before = ReportTold(1, 1, EVENING - timedelta(minutes=9), 0, (line,), (home,), "nha ong tu vang", here=True)
    act = clerk(Heard(text, EVENING, (line,)), (reading,), Evening((before,)))
    assert not isinstance(act, TakeBack | Change)


async def test_a_home_beside_another_is_not_that_one(talk: Talk) -> None:
    """`nhà cạnh ông Bình` is not his, nor is `anh Dũng cạnh nhà ông Bình`; each is found again by its name."""
    an = await talk.person("An")
    await an.says("xóm 4 nhà ông Bình 2 máy xong").hears("✅ Nhà ông Bình")
    await an.says("nhà cạnh ông Bình tối om, không có ai").hears("✅ Nhà cạnh ông Bình")
    await an.says("anh Dũng cạnh nhà ông Bình không chịu làm").hears("✅ Anh Dũng")
    await an.says("quay lại nhà cạnh ông Bình thì có người rồi, được 3 máy").hears("✅ Nhà cạnh ông Bình")
    await an.says("anh Dũng đổi ý rồi, xong 1 máy").hears("✏️ Anh Dũng")
    assert talk.done_by("hv1") == {"activated": 6, "absent": 1}
