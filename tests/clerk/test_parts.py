"""One message that turns what is stored of a home and tells of another; hamlets in use beside homes and sums."""

import pytest

from tests.talk import Talk


async def test_a_phone_that_works_beside_new_work(talk: Talk) -> None:
    """Each piece does its own: the failed phone is done, and the other home's are recorded."""
    an = await talk.person("An")
    await an.says("nhà ông Tư 2 máy, lỗi 1").hears("2 máy, 1 máy chưa cài được")
    await an.says("nhà bà Xuyến được 2; cái máy lỗi nhà ông Tư giờ vào được rồi").hears("3 máy (trước là 2)")
    await an.waits("Nhà bà Xuyến: 2 máy", "em 5 máy")
    assert talk.done_by("hv1") == {"activated": 5}


async def test_what_stands_after_a_turn_belongs_to_it(talk: Talk) -> None:
    """`Hết lỗi.` tells of nobody else."""
    an = await talk.person("An")
    await an.says("nhà ông Tư 2 máy, lỗi 1").hears("1 máy chưa cài được")
    await an.says("Máy lỗi nhà ông Tư giờ vào được rồi. Hết lỗi.").hears("3 máy (trước là 2)")
    assert talk.done_by("hv1") == {"activated": 3}


async def test_a_home_that_is_named_again_stays_in_its_hamlet(talk: Talk) -> None:
    """Whatever hamlet is in use when its people come home."""
    an = await talk.person("An")
    await an.says("em sang xóm 4 rồi").hears("xóm 4")
    await an.says("nhà ông Quyết vắng").hears("Nhà ông Quyết, xóm 4: 1 nhà vắng")
    await an.says("giờ em sang xóm 5").hears("xóm 5")
    await an.says("ông Quyết vừa về, em quay lại làm được 2 máy").hears("Ông Quyết, xóm 4: 2 máy")
    await an.says("nhà bà Tính 1 máy").hears("Nhà bà Tính, xóm 5: 1 máy")


async def test_a_sum_is_one_of_all_hamlets(talk: Talk) -> None:
    """With a hamlet in use, what sums up adds nothing."""
    an = await talk.person("An")
    await an.says("em sang xóm 5 rồi").hears("xóm 5")
    for home in ("ông Tư 9 máy", "bà Hai 10 máy"):
        await an.says(f"nhà {home}").hears("xóm 5")
    await an.says("thế là mười chín máy nhé, em nghỉ đây").hears("Khớp", "19 máy")
    assert talk.done_by("hv1") == {"activated": 19}


async def test_a_move_said_with_a_report(talk: Talk) -> None:
    """`sang thôn 2, nhà bà Ngoan 1 máy`: what comes next is in thôn 2 as well."""
    an = await talk.person("An")
    await an.says("sang xóm 2, nhà bà Ngoan được 1 máy").hears("Nhà bà Ngoan, xóm 2: 1 máy")
    await an.says("nhà ông Rạng 2 máy").hears("Nhà ông Rạng, xóm 2: 2 máy")


async def test_the_newest_is_not_dropped_where_an_earlier_home_is_named(talk: Talk) -> None:
    """`bỏ cái vừa rồi nhé, nhà bà Lan ấy`, with another report since: bà Lan's is meant."""
    an = await talk.person("An")
    await an.says("nhà bà Lan 3 máy").hears("em 3 máy")
    await an.says("nhà ông Tư 2 máy").hears("em 5 máy")
    await an.says("bỏ cái vừa rồi nhé, nhà bà Lan ấy").hears("Nhà bà Lan: 3 máy", "em 2 máy")
    assert talk.done_by("hv1") == {"activated": 2}


async def test_an_edit_in_keys_is_read_in_letters(talk: Talk) -> None:
    """Typed in Telex without a method of input, first and again: the same home, another number."""
    if "edits" in talk.platform.lacks:
        pytest.skip(talk.platform.lacks["edits"])
    an = await talk.person("An")
    message = an.says("nhaf baf Hoaf ddc 3 mays")
    await message.hears("Nhà bà Hoà: 3 máy")
    await an.edits(message, "nhaf baf Hoaf ddc 4 mays").hears("Nhà bà Hoà: 4 máy (trước là 3)")
    assert talk.done_by("hv1") == {"activated": 4}


async def test_a_refusal_is_taken_off_by_whose_it_was(talk: Talk) -> None:
    """`bỏ cái từ chối của ông`, of several told together: the only one who refused; with none it is no new one."""
    an = await talk.person("An")
    await an.says("bỏ cái từ chối của ông Lữ đi nhé").hears("muốn")
    assert talk.done_by("hv1") == {}
    await an.says("nhà ông Đoan từ chối, bà Hợi 2 máy").hears("2 máy, 1 người chưa đồng ý")
    await an.says("bỏ cái từ chối của ông đi nhé").hears("bỏ 1 người chưa đồng ý")
    assert talk.done_by("hv1") == {"activated": 2}


async def test_what_stays_as_it_was_is_no_new_work(talk: Talk) -> None:
    """`…; người kia vẫn lỗi` tells nothing that the book does not hold."""
    an = await talk.person("An")
    await an.says("hộ ông Điềm: 2 máy, lỗi 2").hears("2 máy, 2 máy chưa cài được")
    await an.says("máy lỗi nhà ông Điềm nay đã kích hoạt được 1; người kia vẫn lỗi").hears("3 máy (trước là 2)")
    assert talk.done_by("hv1") == {"activated": 3, "failed": 1}
