"""What students write in the benchmarks: 100 of them, with reports as they come after a house."""

from datetime import UTC, datetime
from itertools import product

from handlers.calendar import Calendar
from handlers.language import Kind, read

STUDENTS = 100
# A house is reported once, by one of them: that two say the same is the exception, so that homes have many names.
TEXTS = (
    "nhà {home} xóm 4 được 3, vắng 1",
    "xóm 4 được 3",
    "thôn Xuân Tảo 2 máy",
    "2 máy, 1 nhà vắng",
    "nhà {home} xóm 2 đc 4 máy",
    "xóm 7: 5 máy, 1 người chưa có căn cước",
    "xong nhà {home} xóm 1, 2 máy",
    "nhà {home} xóm 3 vắng 1",
)
_NAMES = ("Lan", "Hoa", "Hùng", "Nga", "Oanh", "Phượng", "Quế", "Tuyết", "Vân", "Yến", "Bích", "Cúc", "Đào", "Giang")
_MORE = ("Huệ", "Khánh", "Loan", "Mận", "Ngân", "Phúc", "Rồng", "Sửu", "Thắm", "Uyên")
HOMES = [" ".join(pair) for pair in product(("bà", "ông", "bác", "cô", "chú", "cụ"), _NAMES + _MORE)]


def messages(number: int, first: int = 0) -> list[tuple[int, str]]:
    """So many messages, student by student, as (student, text)."""
    return [(i % STUDENTS, _text(i % STUDENTS, i // STUDENTS)) for i in range(first, first + number)]


def _text(student: int, nth: int) -> str:
    return TEXTS[(student + nth) % len(TEXTS)].format(home=HOMES[(31 * student + 5 * nth) % len(HOMES)])


def prove(calendar: Calendar) -> None:
    """Each text is a report, which the bot answers with one message."""
    now = calendar.local(datetime.now(UTC))
    for text, home in product(TEXTS, HOMES):
        said = text.format(home=home)
        assert read(said, now).kind is Kind.REPORT, said
