"""What students write in the benchmarks: 100 of them, with reports as they come after a house."""

from datetime import UTC, datetime

from handlers.calendar import Calendar
from handlers.language import Kind, read

STUDENTS = 100
TEXTS = (
    "nhà bà Lan xóm 4 được 3, vắng 1",
    "xóm 4 được 3",
    "thôn Xuân Tảo 2 máy",
    "2 máy, 1 nhà vắng",
    "nhà ông Tư xóm 2 đc 4 máy",
    "xóm 7: 5 máy, 1 người chưa có căn cước",
    "xong nhà cô Hoa xóm 1, 2 máy",
    "nhà bác Hùng xóm 3 vắng 1",
)


def messages(number: int, first: int = 0) -> list[tuple[int, str]]:
    """So many messages, student by student, as (student, text)."""
    return [(i % STUDENTS, TEXTS[(i // STUDENTS + i) % len(TEXTS)]) for i in range(first, first + number)]


def prove(calendar: Calendar) -> None:
    """Each text is a report, which the bot answers with one message."""
    for text in TEXTS:
        assert read(text, calendar.local(datetime.now(UTC))).kind is Kind.REPORT, text
