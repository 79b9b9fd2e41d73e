"""Kinds of messages that were once misread: signs that are no numbers, keys that are no letters, rules 20 to 31."""

from datetime import datetime

import pytest

from handlers.language import Outcome, read

AT = datetime.fromisoformat("2023-05-20T20:00")
KINDS: list[tuple[str, str, dict[str | None, dict[str, int]]]] = [
    ("sửa 3→4 máy", "correct", {None: {"activated": 4}}),
    ("≤3 máy", "unclear", {}),
    ("≥3 máy", "unclear", {}),
    ("±3 máy", "unclear", {}),
    ("Lan 20:15\n3 máy", "report", {None: {"activated": 3}}),
    ("❶ nhà bà Lan 3 máy\n❷ nhà ông Tư 2 máy", "report", {None: {"activated": 5}}),
    ("3…4 máy", "unclear", {}),
    ("3...4 máy", "unclear", {}),
    ("🏠3📱5", "report", {None: {"activated": 5}}),
    ("mệt quá :3", "chat", {}),
    ("nhà bà Lan được 2 máy :3", "report", {None: {"activated": 2}}),
    ("cảm ơn mọi người <3", "chat", {}),
    ("3½ máy", "unclear", {}),
    ("nhờ @duc10 qua xóm 4", "chat", {}),
    ("5 máy −1", "unclear", {}),
    ("5 máy -1", "unclear", {}),
    ("1. 3 máy\n2. 2 máy", "report", {None: {"activated": 5}}),
    ("(1) bà Lan 3 máy\n(2) ông Tư 2 máy", "report", {None: {"activated": 5}}),
    ("3² máy", "unclear", {}),
    ("nhµ bµ Lan v¾ng", "report", {None: {"absent": 1}}),
    ("3 v¾ng", "report", {None: {"absent": 3}}),
    ("3 masy", "report", {None: {"activated": 3}}),
    ("vawsng 2", "report", {None: {"absent": 2}}),
    ("3 maùy", "report", {None: {"activated": 3}}),
    ("3 m¸y", "report", {None: {"activated": 3}}),
    ("nha2 chi5 Mai 2", "report", {None: {"activated": 2}}),
    ("ngày 20/5/2022 được 3 máy", "unclear", {}),
    ("/-strong xong nhà bà Lan 3 máy", "report", {None: {"activated": 3}}),
    ("[20:15, 20/5/2023] Lan: 3 máy", "report", {None: {"activated": 3}}),
    ("xem https://a.vn/b12?x=3 nhé", "chat", {}),
    ("1️⃣ bà Lan: 3 máy\n2️⃣ ông Tư: 2 máy", "report", {None: {"activated": 5}}),
    ("3 máy 😊👍", "report", {None: {"activated": 3}}),
    ("đúng là 7 máy", "unclear", {}),
    ("thêm 2 nữa là 17", "report", {None: {"activated": 2}}),
    ("vị chi 12", "total", {None: {"activated": 12}}),
    ("báo hộ Sơn 3 máy", "report", {None: {"activated": 3}}),
    ("Sơn nhờ báo 3 máy", "report", {None: {"activated": 3}}),
    ("2 máy ban nãy là ở xóm 8", "unclear", {}),
    ("em báo 4 máy mà", "unclear", {}),
    ("kiểm tra lại rồi, vẫn 4", "unclear", {}),
    ("3 máy à nhầm 4 máy", "report", {None: {"activated": 4}}),
    ("được 6 mà có 2 cái lỗi", "unclear", {}),
    ("3 máy, 1 lỗi", "report", {None: {"activated": 3, "failed": 1}}),
    ("kh đc 4", "unclear", {}),
    ("xóm mười một hai máy", "unclear", {}),
    ("nãy giờ được 5", "unclear", {}),
    ("xóm IV 3 máy", "report", {"4": {"activated": 3}}),
    ("mạng yếu quá", "chat", {}),
    ("app lỗi suốt", "chat", {}),
    ("vắng", "report", {None: {"absent": 1}}),
    ("từ chối", "report", {None: {"refused": 1}}),
    ("xóm 8 không gặp ai", "unclear", {}),
    ("mỗi tổ 12 nhà", "chat", {}),
    ("Phân công thứ ba: xóm 2 làm 9 nhà", "chat", {}),
    ("được 6, 2 cái lỗi", "report", {None: {"activated": 6, "failed": 2}}),
    ("8 máy, trong đó 3 nhà cô Mận", "report", {None: {"activated": 8}}),
    ("hẹn bà ra xã", "chat", {}),
    ("chó dữ không vào được", "chat", {}),
    ("cccd hết hạn nên chưa kích hoạt được", "report", {None: {"no_card": 1}}),
    ("còn 2 người chưa có cccd", "report", {None: {"no_card": 2}}),
    ("nửa chục máy", "report", {None: {"activated": 5}}),
    ("nửa tá", "report", {None: {"activated": 6}}),
    ("bác Lộc với chị Hà mỗi người 1 máy", "report", {None: {"activated": 2}}),
    ("3 nhà, mỗi nhà 2 máy", "report", {None: {"activated": 6}}),
    ("sáng nay 4, chiều nay 3", "total", {None: {"activated": 7}}),
    ("✅3 ❌1", "unclear", {}),
    ("hôm qua 3, hôm nay 4", "unclear", {}),
    ("ai quên báo thì báo nốt, kèm số nhà khóa cửa", "chat", {}),
]


@pytest.mark.parametrize(("text", "kind", "counts"), KINDS, ids=[row[0] for row in KINDS])
def test_it_is_read_so(text: str, kind: str, counts: dict[str | None, dict[str, int]]) -> None:
    """The kind, and the counts by hamlet."""
    reading = read(text, AT)
    assert reading.kind.value == kind, reading.rules
    found = {entry.hamlet: {outcome.value: n for outcome, n in entry.counts.items()} for entry in reading.entries}
    assert found == counts


def test_what_the_conversation_needs_beside_the_counts() -> None:
    """For whom it is, what sum was said, and that it points back."""
    assert read("báo hộ nhỏ Trinh 2 máy nha", AT).behalf_of == "nhỏ Trinh"
    assert read("Sơn nhờ báo 3 máy", AT).behalf_of == "Sơn"
    assert read("thêm 2 nữa là 17", AT).sum_stated == 17
    assert read("thêm 3 máy, tổng 8 máy", AT).sum_stated == 8
    assert read("đúng là 7 máy", AT).points_back
    assert not read("được 7 máy", AT).points_back


def test_positions_hold_where_words_were_respelled() -> None:
    """What `--explain` quotes is what was written, also in raw Telex, VNI and dialect."""
    for text, quoted in (
        ("xoms 5 ddax xong 2 mays", "2"),
        ("o6ng Kha3i xong 3 ma1y", "3"),
        ("tối ni tui mần được 7 máy", "7"),
    ):
        reading = read(text, AT)
        (part,) = [part for entry in reading.entries for parts in entry.parts.values() for part in parts]
        assert text[part.start : part.end] == quoted


def test_what_is_asked_for_is_not_counted_before_the_answer() -> None:
    """`vắng vài nhà` leaves a hole, and nothing in it."""
    draft = read("xóm 4 được 3, vắng vài nhà", AT).draft
    assert draft is not None
    assert [dict(entry.counts) for entry in draft.entries] == [{Outcome.ACTIVATED: 3}]
