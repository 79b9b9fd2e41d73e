"""Answers name the houses that they are about, whatever was said of them."""

from tests.talk import Talk


async def test_a_house_without_a_number_beside_it(talk: Talk) -> None:
    """The number stands elsewhere in the message, or is asked for: the house is named all the same."""
    an = await talk.person("An")
    await an.says("nhà cô Phượng 4 người, em kích hoạt được 3").hears("✅ Nhà cô Phượng: 3 máy")
    asked = await an.says("nhà ông Đoài xóm 5 khoảng 4 máy").hears("mấy máy?")
    await an.presses("4", asked).hears("✅ Nhà ông Đoài, xóm 5: 4 máy")
    await an.says("chắc tầm 5 máy ở nhà bà Thoa").hears("mấy máy?")
    await an.says("6").hears("✅ Nhà bà Thoa: 6 máy")


async def test_several_houses_in_one_message(talk: Talk) -> None:
    """Each is named in its hamlet and in order; of more than three the first two."""
    an = await talk.person("An")
    await an.says("xóm 4: nhà bà Lý 2, nhà ông Cường 3").hears("✅ Nhà bà Lý và nhà ông Cường, xóm 4: 5 máy")
    heard = await an.says("nhà bà Hoa xóm 4 được 1, nhà ông Hải xóm 5 được 2").hears("✅")
    assert "Nhà bà Hoa, xóm 4: 1 máy\nNhà ông Hải, xóm 5: 2 máy" in heard.text
    await an.says("nhà a Tý 1, nhà a Sửu 2, nhà a Dần 1, nhà a Mão 1, nhà a Thìn 1").hears(
        "✅ Nhà a Tý, nhà a Sửu và 3 nhà khác: 6 máy"
    )
    await an.says("Nhà cô Mận 1 máy\nNhà cô Đào vắng").hears("✅ Nhà cô Mận và nhà cô Đào: 1 máy, 1 nhà vắng")


async def test_what_is_changed_names_its_houses(talk: Talk) -> None:
    """The one that changes, not all of the report; one that goes to another hamlet is said to."""
    an = await talk.person("An")
    await an.says("xóm 4: nhà cô Lệ 1, nhà bác Đông 2").hears("3 máy")
    await an.says("nhầm, nhà bác Đông 3 máy chứ không phải 2").hears("✏️ Nhà bác Đông, xóm 4: 3 máy (trước là 2) · ")
    await an.says("nhà cô Lệ là ở xóm 5 cơ").hears("✏️ Nhà cô Lệ: 1 máy ở xóm 5 (trước là xóm 4)")
    await an.says("/homnay").hears("Nhà bác Đông, xóm 4: 3 máy · Nhà cô Lệ, xóm 5: 1 máy")


async def test_what_is_taken_back_and_what_is_asked_names_its_house(talk: Talk) -> None:
    """A withdrawal, [Sửa], a doubt and a report for a friend say which house they are about."""
    an, binh = await talk.person("An"), await talk.person("Bình")
    heard = await an.says("nhà bà Chung xóm 4 1 máy").hears("✅ Nhà bà Chung, xóm 4: 1 máy")
    fix = await an.presses("Sửa", heard).hears("gửi lại nội dung đúng", "Nhà bà Chung, xóm 4: 1 máy")
    await an.presses("Thôi", fix).hears("Vẫn ghi: Nhà bà Chung, xóm 4: 1 máy")
    await an.says("hủy").hears("↩️ Đã rút", "Nhà bà Chung, xóm 4: 1 máy")
    await an.says("báo hộ Bình nhà cô Nhung xóm 5 được 2").hears("✅ Ghi hộ Bình: Nhà cô Nhung, xóm 5: 2 máy")
    await binh.waits("An vừa báo hộ em: Nhà cô Nhung, xóm 5: 2 máy")
