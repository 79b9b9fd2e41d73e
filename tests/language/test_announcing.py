"""Where somebody says to work from now on, and what only looks like it."""

import pytest

from handlers.language import read
from handlers.language.where_and_when.announcing import announced
from tests.talk import EVENING

SAID = (
    ("tối nay em ở xóm 5", "5"),
    ("tối nay e vs Học viên 72 đi chung x3 nhé", "3"),
    ("giồi tui sang xóm 3 đây", "3"),
    ("cả tối bọn mik ở xóm 8 nhaa", "8"),
    ("từ giờ đến hết tối tôi ở xóm 5 nhé khỏi phải nhắc lại", "5"),
    ("Tui sang xóm 6 chút đây, có bác gọi điện nhờ", "6"),
    ("tối nay e cày x1 nhé", "1"),
    ("hello bot iu 🥰 tối nay tui ở xóm 4 nhaaa", "4"),
    ("em sang xóm 6 rồi", "6"),
    ("giờ em qua xóm 3 nha", "3"),
    ("gio em qua xom 3 nha", "3"),
    ("em vẫn ở xóm 5, nhà thầy Dũng 2 máy", "5"),
    ("bây giờ sang xóm tám nhà cô Yến ba người cài xong cả ba", "8"),
    ("toi ni em o xom 5, di mot minh, hv75 qua xom 6", "5"),
    ("tối nay em với Học viên 72 đi xóm 2, mỗi người một đầu xóm", "2"),
    ("Dạ tối nay tui đi xóm 1 nha bot, có một mình à", "1"),
    ("Báo cáo bot, tôi đã có mặt tại xóm 3.", "3"),
    ("rồi quay lại xóm 1 rồi, nhà cô Thơm 2 máy nha", "1"),
    ("xong x4 r, e sang x1", "1"),
    ("đang ở xóm 5 làm luôn nhà chú Sắt, 1 máy", "5"),
    ("chừ em chuyển qua xóm 6", "6"),
    ("chu moi qua xom 6 that ne", "6"),
    ("tụi em đang đứng ở đầu xóm 4", "4"),
    ("em lên thôn Xuân Tảo rồi", "Xuân Tảo"),
    ("alo, hôm nay em được phân xóm 4", "4"),
    ("hế lô bot 🌾 tối nay em quẩy xóm 6 nha 🛵", "6"),
    ("Tổ công tác gồm 03 đồng chí bắt đầu triển khai lúc 18 giờ 30 phút tại địa bàn thôn 5.", "5"),
    ("mới tới xóm 7, mỏi chân ghê", "7"),
    ("tối nay em đi xóm 2 trước, xong thì sang xóm 3", "2"),
    ("Kính chào bot, tối nay em báo cáo từ xóm 5.", "5"),
    ("chu qua xom 7", "7"),
    ("hí bot, nay t đi mình ên ở xóm 6 nè 🥲", "6"),
    ("Em xuống đến xóm 2 giồi ạ, giời oi quá, áo ướt sũng", "2"),
    ("mới lội qua con mương vô xóm 1 nè, sình tới đầu gối luôn", "1"),
    ("Em nghỉ uống nước tí rồi sang xóm 7 ạ", "7"),
    ("em nghỉ chút rồi qua xóm 3 nha", "3"),
    ("Dạ em Quỳnh đây, tối ni em đi xóm 5 trước rồi mới qua xóm 6.", "5"),
    ("ăn xong bát phở thì em sang xóm 8 luôn", "8"),
    ("đạp xe theo bờ đê tới xóm 4 rồi bot", "4"),
    ("em đi bộ qua cầu sang xóm 2 rồi", "2"),
    ("nãy giờ em ở xóm 3", "3"),
    ("mình vòng qua chợ tới xóm 5 rồi nhé", "5"),
    ("em xuong xom 4 r nha", "4"),
    ("em qua tới xóm 6 òi", "6"),
    ("dạ con vô tới ấp 3 rồi", "3"),
    ("bây giờ tôi di chuyển sang xóm 5", "5"),
    ("xong xóm 4 rồi em qua xóm 5", "5"),
    ("tụi em chuyển địa bàn qua xóm 2", "2"),
    ("em quay lại xóm 1", "1"),
    ("em trở về xóm 1 nốt mấy nhà", "1"),
    ("Em bắt đầu đi đây ạ 🥰 hôm nay em ở xóm 8 nha", "8"),
    ("nay e lam x5 truoc r sang x6", "5"),
    ("alo bot ơi t bắt đầu đi đây, nay xóm 2 nhé", "2"),
)
NOT = (
    "đi xóm 2 với xóm 3",
    "tối ni em đi xóm 3 rồi qua xóm 4",
    "em ở xóm 5 hay xóm 6",
    "mai em đi xóm 8",
    "em về đây, mai đi xóm 8",
    "lát em sang xóm 6",
    "em định sang xóm 6",
    "nếu mưa em sang xóm 6",
    "hôm qua em ở xóm 3",
    "em sang xóm 6 được không ạ",
    "em sang xóm 6 nhé bot?",
    "em không sang xóm 6 nữa",
    "em chưa đi xóm 7",
    "hv75 qua xóm 6",
    "bạn em sang xóm 6 rồi",
    "ông ấy sang xóm 6 chơi",
    "em trai bà Lan ở xóm 6",
    "tổ trưởng bảo em sang xóm 4",
    "em qua xóm 6 lấy cái ô",
    "em sang xóm 6 ăn cơm",
    "nhà ông Tư ở xóm 5 nhé",
    "ở xóm 5 nhé",
    "2 máy ban nãy là ở xóm 5",
    "anh Sang xóm 5 được 2 máy",
    "anh sang xom 5 duoc 2 may",
    "nhà anh Sáng xóm 1: 1 máy",
    "chú Tiếp xóm 6 2 máy",
    "nhà bà Lan xóm 4 được 3",
    "được 3 máy ở xóm 4",
    "Đường sang xóm 6 tối om",
    "em chào bot hi, tối ni em đi xóm 3 rồi qua xóm 4",
    "nãy em đi xóm 3 rồi qua xóm 4",
    "nãy em ở xóm 3",
    "hồi nãy em qua xóm 5 mà",
    "mai em đi xóm 4 trước rồi qua xóm 5",
    "chú Tư qua xóm 7",
    "chu Tu qua xom 7",
    "em ghé ăn bún ở xóm 6",
    "em lội qua mương lấy dép ở xóm 1",
    "bạn em nghỉ tí rồi sang xóm 7",
    "em nghỉ ở xóm 3 tí",
    "lát em nghỉ rồi sang xóm 7",
    "Chân em rã rời rồi mà còn cả xóm 8",
    "ai ở xóm 5 rồi",
    "em tạt qua xóm 3 mua bánh",
    "tối nay em làm xóm 2 với xóm 3",
    "e xuog xom 4 r nha",
)


@pytest.mark.parametrize(("text", "where"), SAID)
def test_where_somebody_says_to_work(text: str, where: str) -> None:
    """Whatever the words of coming, with whom, when, and what else the message says."""
    reading = read(text, EVENING)
    found = announced(text, reading.mentions, question=reading.question)
    assert found is not None
    assert found.name == where


@pytest.mark.parametrize("text", NOT)
def test_what_only_looks_like_it(text: str) -> None:
    """Two at once, another day, a question, a denial, somebody else, another errand, a home."""
    reading = read(text, EVENING)
    assert announced(text, reading.mentions, question=reading.question) is None
