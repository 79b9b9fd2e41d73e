"""The folder `guide/`: pages and questions as an admin writes them; a mistake is one line, and nothing changes."""

from pathlib import Path

import pytest

from bot.folder import guide, reader
from bot.folder.changes import described
from storage.campaign import checks
from storage.campaign import guide as pages
from tests.folder.small import Folder

PAGE = "# Mã OTP\n\nTừ khóa: otp; mã xác thực\n\n1. Xem sóng.\n   - tắt máy bay\n2. Đợi.\n\n## Chú ý\n\nMột, hai.\n"
CHECK = "".join(
    f'[[questions]]\nask = "Câu {n}?"\nanswers = ["một", "hai", "ba"]\nright = "B"\nwhy = "Vì {n}."\n'
    for n in range(1, 6)
)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A campaign with a page and five questions of its own."""
    small = Folder(tmp_path)
    (small.path / "guide").mkdir()
    return small.write(**{"guide/04-ma-otp.md": PAGE, "guide/quiz.toml": CHECK, "guide/README.md": "nothing"})


def _told(folder: Folder, **files: str) -> list[str]:
    return described(folder.write(**files).load(dry_run=True))


def test_pages_and_questions_are_loaded(folder: Folder) -> None:
    """As plain text, found by their words; what changes is told, and answers keep their question."""
    assert described(folder.load())[-2:] == [
        "guide: 1 added: Mã OTP",
        "check: 5 added: Câu 1?; Câu 2?; Câu 3?; Câu 4?; Câu 5?",
    ]
    text = "1. Xem sóng.\n   • tắt máy bay\n2. Đợi.\n\nChú ý\n\nMột, hai."
    assert folder.ask(pages.every) == [pages.Page("ma-otp", "Mã OTP", ("otp", "mã xác thực"), text)]
    before = reader.digest(folder.path)
    assert _told(folder, **{"guide/04-ma-otp.md": PAGE.replace("Đợi", "Chờ")}) == [
        "guide: 1 changed",
        "  ~ Mã OTP",
    ]
    assert reader.digest(folder.path) != before
    assert _told(folder, **{"guide/quiz.toml": CHECK.replace("Câu 2?", "Câu hai?")}) == [
        "guide: 1 changed",
        "  ~ Mã OTP",
        "check: 1 added, 1 removed",
        "  + Câu hai?",
        "  - Câu 2?",
    ]


def test_a_folder_without_pages_has_the_example_s(tmp_path: Path) -> None:
    """Which is no news of the folder; they fit every chat, and nobody is called anything in them."""
    small = Folder(tmp_path)
    assert not any(line.startswith(("guide", "check")) for line in described(small.load()))
    assert len(small.ask(pages.every)) > 10
    assert len(small.ask(checks.questions)) == 5


PAGE_FILE, CHECK_FILE = "guide/04-ma-otp.md", "guide/quiz.toml"
MISTAKES = [
    (PAGE_FILE, "# Mã OTP", "Mã OTP", ":1: has no title: let its first line be one, such as '# Mã OTP không về'"),
    (PAGE_FILE, "## Chú ý", "# Chú ý", ":9: is a second title: begin it with ##, or make a page of its own"),
    (PAGE_FILE, "# Mã OTP", "# " + "Mã " * 20, ":1: the title has 59 characters: at most 40 fit a button"),
    (PAGE_FILE, "Một", "![Ảnh](a.png)", ":11: a picture cannot be shown in a message: say it in words"),
    (PAGE_FILE, "Một, hai.", "|a|b|\n|-|-|\n|1|2|", ":11: a table cannot be shown in a message: make a list of it"),
    (PAGE_FILE, "Một", "<b>Một</b>", ":11: HTML cannot be shown in a message: remove it"),
    (PAGE_FILE, "Một", "Một " * 400, ": has 1652 characters: 1500 fit a message: make two pages of it"),
    (PAGE_FILE, PAGE, "# Mã OTP\n", ": has nothing under its title: write something there, or remove the file"),
    (CHECK_FILE, "[[questions]]", "[[questions]", ":1: is not TOML: Expected ']]' at the end of an array declaration"),
    (
        CHECK_FILE,
        'right = "B"',
        'right = "D"',
        ': question 1: right must be the letter of the right answer, from "A" to "C"',
    ),
    (CHECK_FILE, 'why = "Vì 1."', "", ": question 1: needs ask, answers, right, why, and nothing else"),
    (CHECK_FILE, '"hai", "ba"]', "]", ": question 1: answers must be 2 to 4 texts of at most 120 characters"),
    (CHECK_FILE, 'ask = "Câu 1?"', "ask = 1", ": question 1: ask must be a text of at most 300 characters"),
    (CHECK_FILE, CHECK, CHECK.partition("[[")[0], ": holds [[questions]] and nothing else: see the example's"),
    (CHECK_FILE, CHECK, CHECK[: len(CHECK) // 5], ": has 1 questions: write 5 to 30"),
]


@pytest.mark.parametrize(("file", "old", "new", "line"), MISTAKES)
def test_a_mistake_is_one_line(folder: Folder, file: str, old: str, new: str, line: str) -> None:
    """By file and, where it has one, line, with what to do; nothing is loaded."""
    source = PAGE if file == PAGE_FILE else CHECK
    assert old in source
    (said,) = folder.write(**{file: source.replace(old, new, 1)}).refused()
    assert said.startswith(file + line)
    assert folder.rows("SELECT * FROM campaign") == []


def test_pages_have_names_of_their_own(folder: Folder) -> None:
    """Each is found by its own name and title; what is no text is told."""
    folder.write(**{"guide/05-ma-otp.md": PAGE.replace("# Mã OTP", "# Khác"), "guide/06-x.md": PAGE})
    (folder.path / "guide" / "07-y.md").write_bytes("# Tiêu đề\n\nĐợi".encode("utf-16"))
    assert folder.refused() == [
        "guide/05-ma-otp.md: has the name of 04-ma-otp.md: give it another one",
        "guide/06-x.md: has the title of 04-ma-otp.md: give it another one",
        "guide/07-y.md:1: is not UTF-8: save the file as UTF-8",
    ]


def test_the_example_s_pages_fit_one_message() -> None:
    """With their title, on the platform that takes least."""
    lines: list[str] = []
    taught = guide.read(guide.SHIPPED.parent, lines)
    assert lines == []
    assert max(len(page.text) for page in taught.pages) <= guide.MOST_TEXT
