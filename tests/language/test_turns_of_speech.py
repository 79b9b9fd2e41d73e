"""Turns of speech that tell of a report or of a thing, and not of work; and what looks like them and is work."""

from datetime import datetime

import pytest

from handlers.language import read

AT = datetime.fromisoformat("2023-05-20T20:00")
MESSAGES: list[tuple[str, str, dict[str | None, dict[str, int]]]] = [
    # Whoever is told by name and then by the form of address is one person.
    ("chú Hanh mạng yếu nên máy chú chưa kích hoạt được ạ", "report", {None: {"failed": 1}}),
    ("cô Lý quên mật khẩu, máy cô không vào được", "report", {None: {"failed": 1}}),
    ("bà Sáu mạng chậm nên máy bà lỗi", "report", {None: {"failed": 1}}),
    ("bác Tư sim không chính chủ nên máy bác không nhận được mã", "report", {None: {"failed": 1}}),
    ("cô Lý quên mật khẩu, máy chú không vào được", "report", {None: {"failed": 2}}),
    ("chú Hanh quên mật khẩu, máy chú Bình không vào được", "report", {None: {"failed": 2}}),
    # A cry and `không` take back the number before; what nobody did is told.
    ("nhà thím Hường, xóm 6, kích hoạt 2, ủa không, 3", "report", {"6": {"activated": 3}}),
    ("được 2 máy, ơ không, 3 máy", "report", {None: {"activated": 3}}),
    ("nhà cô Na 4 máy, í không, 5", "report", {None: {"activated": 5}}),
    ("nhà cô Na 4 máy, chết không, 5 máy", "report", {None: {"activated": 5}}),
    ("nhà cô Na 4 máy, ủa không ai ở nhà ông Tư", "report", {None: {"activated": 4, "absent": 1}}),
    # A star spells a word anew.
    ("xong* gõ nhầm :))", "chat", {}),
    ("kích hoạt*", "chat", {}),
    ("*vắng", "chat", {}),
    ("3 máy*", "correct", {None: {"activated": 3}}),
    ("* nhà bà Lan 3 máy", "report", {None: {"activated": 3}}),
    # What was forgotten is among the sum that is told.
    ("tổng tối nay 14 máy, trong đó có 1 máy ở quán nước quên báo", "total", {None: {"activated": 14}}),
    ("tong toi nay 14 may, trong do co 1 may o quan nuoc quen bao", "total", {None: {"activated": 14}}),
    ("tổng tối nay em được mười lăm máy tính cả một máy chưa báo", "total", {None: {"activated": 15}}),
    ("cả ngày 12 máy kể cả 2 máy em quên ghi", "total", {None: {"activated": 12}}),
    ("tối nay 9 máy, dư ra 1 máy em quên chưa báo", "total", {None: {"activated": 9}}),
    ("nhà bà Nhi xóm 3 lúc đầu em làm 1 máy chưa báo", "report", {"3": {"activated": 1}}),
    ("nhà bà Nhi 1 máy chưa xong", "chat", {}),
    ("nhà bà Sương 5 máy, trong đó có 1 máy quên báo", "report", {None: {"activated": 5}}),
    ("tính cả nhà cô Bích là được 9 máy rồi ạ", "unclear", {}),
    # Where all of it is, said after it; a hamlet that is through is none.
    ("10 máy đó nha, xóm 3 hết á", "report", {"3": {"activated": 10}}),
    ("nhà bà Lý 2, nhà anh Độ 3, xóm 1 cả", "report", {"1": {"activated": 5}}),
    ("được 10 máy, hết xóm 3 nha", "report", {"3": {"activated": 10}}),
    # The number tells of all who were named before it.
    ("ông Thò về rồi. Em làm cho ông và con trai ông. 2 máy.", "report", {None: {"activated": 2}}),
    ("ONG THINH VE ROI, TOI VAO LAM CHO ONG, BA VA CON DAU, 3 MAY", "report", {None: {"activated": 3}}),
    ("làm cho cô Na và chị dâu cô, 2 máy", "report", {None: {"activated": 2}}),
    ("anh Tú xong, vợ anh 2 máy", "report", {None: {"activated": 3}}),
    # What is got back is the thing; the phone is told after it.
    ("chị H'Nưng xóm 4 lấy lại được mật khẩu rồi, kích hoạt xong", "report", {"4": {"activated": 1}}),
    ("chú Hải mượn được sim rồi, kích hoạt xong", "report", {None: {"activated": 1}}),
    ("anh Tú mở khóa được sim rồi, làm xong", "report", {None: {"activated": 1}}),
    ("bà Hà không nhận được mã", "report", {None: {"failed": 1}}),
    ("bà Hà cài được tài khoản, 1 máy", "report", {None: {"activated": 1}}),
    # Said anew: what was told is put right; not done for a cause, and not under way.
    ("nói lại nhà ông Kiên chỉ 2 máy thôi", "correct", {None: {"activated": 2}}),
    ("dạ nói lại nhà bà Tư 3 máy", "correct", {None: {"activated": 3}}),
    ("nói lại nhà ông Kiên thằng cháu chưa xong vì nó quên mật khẩu vậy nhà ấy chỉ hai máy thôi", "correct",
     {None: {"activated": 2, "failed": 1}}),
    ("nhà ông Kiên 2 máy, ông nói lại cho em nghe chuyện xưa", "report", {None: {"activated": 2}}),
    ("nhà ông Kiên chưa xong vì trời tối", "chat", {}),
    # Who asks to be called on later promises a visit; who comes is open where nobody is asked.
    ("nhà anh Bốn Râu đang nhậu, kêu mai qua", "report", {None: {"revisit": 1}}),
    ("bà Liên bảo em tối mai đến", "report", {None: {"revisit": 1}}),
    ("cô Thắm xin sáng mai hãy qua", "report", {None: {"revisit": 1}}),
    ("chị Hoa nói mai em qua nhà bà Lan", "chat", {}),
    ("nhà anh Bốn 2 máy, mai em qua", "report", {None: {"activated": 2}}),
    # All that is told of a home is where its people went; who fetches something is in.
    ("nhà dì Ba đi ăn đám cưới hết trơn", "report", {None: {"absent": 1}}),
    ("anh Tú đi cạo mủ", "report", {None: {"absent": 1}}),
    ("nhà dì Ba thì đi đá banh", "report", {None: {"absent": 1}}),
    ("anh Tú đi cạo mủ về rồi, 1 máy", "report", {None: {"activated": 1}}),
    ("anh Tú đi mượn sạc", "chat", {}),
    ("anh Đức đi cùng em", "chat", {}),
    ("nhà anh Đạt 1 máy, máy chị vợ anh Đạt hết pin chưa làm được", "report", {None: {"activated": 1, "failed": 1}}),
    # A failure right after what was tried; whose network was slow.
    ("Vợ anh Phú thì máy cài mãi không vô được", "report", {None: {"failed": 1}}),
    ("nhà chị Mỷ xóm 5 mạng chậm, 1 máy chưa kích hoạt được", "report", {"5": {"failed": 1}}),
    ("nhà chị Mỷ quên mật khẩu, thêm 1 máy chưa kích hoạt được", "report", {None: {"failed": 2}}),
    ("Nhà cô Páo, máy cô ấy không nhận được mã", "report", {None: {"failed": 1}}),
    # Names and places.
    ("x2: co Kim Chi 2, chu Hoang 1, nha anh Bao vang", "report", {"2": {"activated": 3, "absent": 1}}),
    ("nha so 45 x2 ko ai mo cua", "report", {"2": {"absent": 1}}),
    ("Xóm 8 dãy gần đình: anh Rê 1 máy, chị Thẹo 1 máy", "report", {"8": {"activated": 2}}),
    ("Hết ngày em được 12 máy nha", "total", {None: {"activated": 12}}),
    # `vk a Tí` is the wife of anh Tí.
    ("x6 vk a Tuấn 1 máy", "report", {"6": {"activated": 1}}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "entries"), MESSAGES)
def test_it_is_read_as_it_is_meant(text: str, kind: str, entries: dict[str | None, dict[str, int]]) -> None:
    """Kind and counts of each."""
    reading = read(text, AT)
    told = {one.hamlet: {outcome.value: n for outcome, n in one.counts.items()} for one in reading.entries}
    assert (reading.kind.value, told) == (kind, entries)
