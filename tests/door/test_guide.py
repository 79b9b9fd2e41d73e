"""/huongdan: pages that are looked up, questions in words that find theirs, and pages of a campaign's own."""

from pathlib import Path

import pytest

from tests.talk import Talk, talking


async def test_a_page_is_found(talk: Talk) -> None:
    """In the list, by a word, without marks, with a slip; what is not there is said, with the list."""
    an = await talk.person("An")
    listed = await an.says("/huongdan").hears("📖", "/huongdan otp")
    await an.presses("Mã OTP (tin nhắn)", listed).hears("📖 Mã OTP (tin nhắn)", "Gửi lại mã")
    await an.says("hướng dẫn").hears("📖", "/huongdan otp")
    await an.says("/huongdan quen mat khau").hears("📖 Mật khẩu, passcode")
    await an.says("/huongdan passcod").hears("📖 Mật khẩu, passcode")
    unknown = await an.says("/huongdan hộ chiếu").hears("chưa có trang nào về “hộ chiếu”")
    await an.presses("Cài ứng dụng VNeID", unknown).hears("CH Play")


@pytest.mark.on("telegram")
async def test_a_question_in_words_finds_its_page(talk: Talk) -> None:
    """With marks and without; a title that is typed is its page, whatever number is in it."""
    an, khoa = await talk.person("An"), await talk.person("Khoa")
    for text, title in (
        ("lỗi không nhận otp thì làm sao", "Mã OTP (tin nhắn)"),
        ("loi khong nhan otp thi lam sao", "Mã OTP (tin nhắn)"),
        ("dân quên mật khẩu thì sao?", "Mật khẩu, passcode"),
        ("cách cài vneid", "Cài ứng dụng VNeID"),
        ("đổi số điện thoại rồi thì kích hoạt sao", "Đổi số điện thoại, mất sim"),
        ("Kích hoạt mức 2 từng bước", "Kích hoạt mức 2 từng bước"),
    ):
        await an.says(text).hears(f"📖 {title}")
        await khoa.says(text).hears(f"📖 {title}")
    assert talk.done_by("hv1") == {}


@pytest.mark.on("telegram")
async def test_a_report_stays_a_report(talk: Talk) -> None:
    """A phone that failed is counted, asked beside it the page is named; a mere question counts nothing."""
    an = await talk.person("An")
    await an.says("1 máy lỗi otp").hears("✅", "1 máy chưa cài được")
    await an.says("máy không nhận được mã otp").hears("1 máy chưa cài được")
    await an.says("nhà bà Lan được 3. Quên passcode thì làm sao ạ?").hears("3 máy", "/huongdan mat-khau-passcode")
    assert talk.done_by("hv1") == {"activated": 3, "failed": 2}
    await an.says("có 2 máy không nhận otp thì làm thế nào").hears("📖 Mã OTP", "chưa tính")
    await an.says("máy không nhận được mã otp phải làm thế nào").hears("📖 Mã OTP")
    await an.says("hôm nay được bao nhiêu máy lỗi otp?").hears("nên không trả lời")
    assert talk.done_by("hv1") == {"activated": 3, "failed": 2}


async def test_a_campaign_has_pages_of_its_own(tmp_path: Path) -> None:
    """What its folder says is shown, plain; pages that may be meant are offered."""
    files = {
        "guide/01-bien-lai.md": "# Biên lai\n\nTừ khóa: thu phí; đóng tiền\n\n- **Không** thu\n- Hỏi [xã](tel:113)\n",
        "guide/02-tien-ve.md": "# Tiền xe về\n\nTừ khóa: vé xe; đóng tiền\n\nTổ trưởng giữ vé.\n",
    }
    async with talking(tmp_path, files=files) as talk:
        an = await talk.person("An")
        heard = await an.says("thu phí thì làm thế nào").hears("📖 Biên lai", "• Không thu\n• Hỏi xã (113)")
        assert "**" not in heard.text
        offered = await an.says("đóng tiền ở đâu ạ?").hears("cần trang nào")
        await an.presses("Tiền xe về", offered).hears("Tổ trưởng giữ vé")
        await an.says("không nhận otp thì làm sao").hears("không trả lời được")
