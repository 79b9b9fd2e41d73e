"""A student's evening, as PRODUCT.md tells it, from joining to the summary in the team's group."""

from datetime import datetime, timedelta

from tests.talk import ZONE, Talk
from tests.timetable.test_jobs import comes


async def test_a_students_evening(talk: Talk) -> None:
    """The whole table, word by word."""
    dung, an, binh = await talk.person("Dũng"), await talk.person("An"), await talk.person("Bình")
    group = await talk.team_chat(dung, an, binh)
    await an.says("xóm 5 được 14").hears("✅ Xóm 5: 14 máy")
    await binh.says("thôn Xuân Tảo được 47").hears("✅ Thôn Xuân Tảo: 47 máy")

    said = an.says("nhà bà Lan xóm 4 được 3, vắng 1")
    heard = await said.hears("✅")
    assert heard.text == "✅ Nhà bà Lan, xóm 4: 3 máy, 1 nhà vắng\nHôm nay em 17 máy, cả tổ 64"
    assert heard.buttons == [["Hoàn tác", "Sửa"]]

    talk.clock.advance(timedelta(minutes=2))
    edited = await an.edits(said, "nhà bà Lan xóm 4 được 4, vắng 1").hears("✏️")
    assert edited.id == heard.id
    assert edited.text == "✏️ Nhà bà Lan, xóm 4: 4 máy (trước là 3), 1 nhà vắng · Hôm nay em 18 máy, cả tổ 65"

    asked = await an.says("hôm nay được 25").hears("✅ Cả ngày 25 máy: bot mới ghi 18, đã ghi thêm 7")
    assert asked.buttons == [["Hoàn tác"], ["Xem từng tin"]]
    asked = await an.says("hôm nay được 20").hears("Em báo cả ngày 20 máy", "đang ghi 25. Sửa còn 20 chứ?")
    assert asked.buttons == [["Sửa còn 20", "Giữ 25"], ["Xem từng tin"]]
    await an.presses("Giữ 25", asked).hears("Giữ nguyên 25")

    asked = await an.says("khoảng 5 máy").hears("Em cho bot xin số chính xác: mấy máy?")
    assert asked.buttons[0][:3] == ["4", "5", "6"]
    await an.presses("5", asked).hears("✅ 5 máy", "em 30 máy")
    moved = await an.says("lúc nãy nhà bà Lan là ở xóm 5 cơ").hears("✏️ Nhà bà Lan: 4 máy, 1 nhà vắng ở xóm 5")
    assert "(trước là xóm 4) · Hôm nay em 30 máy" in moved.text
    await an.presses("Hoàn tác", moved).hears("↩️ Đã bỏ chỗ vừa sửa, vẫn ghi như trước: Nhà bà Lan, xóm 4: 4 máy")

    masked = await an.says("cụ Tám xóm 4 cccd 001303000000, 1 máy").hears("✅ Cụ Tám, xóm 4: 1 máy")
    assert masked.text.endswith("🔒 Em không cần gửi số căn cước của dân; bot không lưu số này.")

    await an.says("hẹn 19h mai nhà bà Tư").hears("✅ Hẹn lại bà Tư, 19:00 ngày 21/05")

    talk.clock.set(datetime(2023, 5, 21, 0, 30, 2, tzinfo=ZONE))
    summary = await comes(talk, group, "tổng kết ngày 20/05")
    assert "Cả tổ: 78 máy, 1 nhà vắng, 1 nhà hẹn lại" in summary
    assert "An: 31 máy" in summary
    assert "Theo thôn: Xóm 4: 5 · Xóm 5: 14 · Thôn Xuân Tảo: 47 · không ghi thôn: 12" in summary
    for name in ("bà Lan", "bà Tư", "cụ Tám"):
        assert name not in summary


async def test_the_same_evening_in_words_alone(talk: Talk) -> None:
    """Where nothing can be edited or pressed, everything is said: corrections, labels, the hamlet, the sum."""
    dung, an = await talk.person("Dũng"), await talk.person("An")
    group = await talk.team_chat(dung, an)
    await an.says("xóm 5 được 14").hears("✅ Xóm 5: 14 máy")
    await an.says("nhà bà Lan xóm 4 được 3, vắng 1").hears("Nhà bà Lan, xóm 4: 3 máy, 1 nhà vắng")
    corrected = await an.says("sửa 4 máy").hears("✏️")
    assert corrected.text == "✏️ Nhà bà Lan, xóm 4: 4 máy (trước là 3), 1 nhà vắng · Hôm nay em 18 máy, cả tổ 18"
    await an.says("hôm nay được 25").hears("✅ Cả ngày 25 máy: bot mới ghi 18, đã ghi thêm 7")
    await an.says("hoàn tác").hears("Đã rút báo cáo lúc 19:30: 7 máy", "em 18 máy")
    await an.says("hôm nay được 15").hears("Sửa còn 15 chứ?")
    await an.says("giữ 18").hears("Giữ nguyên 18")
    await an.says("khoảng 5 máy").hears("mấy máy?")
    await an.says("5").hears("✅ 5 máy", "em 23 máy")
    await an.says("hoàn tác").hears("Đã rút báo cáo lúc 19:30: 5 máy", "em 18 máy")
    await an.says("cụ Tám xóm 4 cccd 001303000000, 1 máy").hears("✅ Cụ Tám, xóm 4: 1 máy", "bot không lưu số này")
    await an.says("hẹn 19h mai nhà bà Tư").hears("✅ Hẹn lại bà Tư, 19:00 ngày 21/05")
    await an.says("/homnay").hears("1. 19:30 Xóm 5: 14 máy", "2. 19:30 Nhà bà Lan, xóm 4: 4 máy, 1 nhà vắng")
    await an.says("Sửa 1").hears("tin lúc 19:30 (Xóm 5: 14 máy)")
    await an.says("xóm 5 được 13").hears("✏️ Xóm 5: 13 máy (trước là 14)")
    await an.says("/thon").hears("chưa chọn thôn")
    await an.says("thôn xuân tảo").hears("được tính cho thôn Xuân Tảo")
    await an.says("được 2").hears("✅ Thôn Xuân Tảo: 2 máy")
    await an.says("hủy").hears("Đã rút báo cáo", "Thôn Xuân Tảo: 2 máy")
    talk.clock.set(datetime(2023, 5, 21, 0, 30, 2, tzinfo=ZONE))
    summary = await comes(talk, group, "tổng kết ngày 20/05")
    assert "Cả tổ: 18 máy, 1 nhà vắng, 1 nhà hẹn lại" in summary
    talk.recount()


async def test_an_officer_asks_for_totals(talk: Talk) -> None:
    """The campaign, one commune, and the same from the command line's own verbs."""
    an, khoa = await talk.person("An"), await talk.person("Khoa")
    await an.says("xóm 4 được 3, vắng 1").hears("3 máy")
    whole = await khoa.says("/tong").hears("📊 VNeID thử", "Đã xong 8.103/30.940 máy (26,2%)")
    assert "Xuân Thu: 33,5% · nay 3" in whole.text
    await khoa.says("/xa xuân thu").hears("Xóm 4: 3 · nay 3", "An: 3 · nay 3")
