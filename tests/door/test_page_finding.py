"""Which page is meant: by words that stand in the question whole, with their marks where marks are typed."""

import pytest

from handlers.door import page_finding
from storage.campaign.guide import Page

PAGES = (
    Page("cai", "Cài đặt", ("cài app",), "Mở kho ứng dụng, tìm VNeID."),
    Page("treo", "Máy treo, văng", ("tự thoát",), "Đóng ứng dụng rồi mở lại."),
    Page("passcode", "Mật khẩu, passcode", ("quên mật khẩu", "mở lại"), "Đặt sáu số. Hòa mạng."),
)


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("app văng thì làm sao", ["treo"]),
        ("app vang thi lam sao", ["treo"]),
        ("nhà nào vắng thì làm sao", []),
        ("cài app kiểu gì", ["cai"]),
        ("cái áp này làm thế nào", []),
        ("QUÊN MẬT KHẨU rồi", ["passcode"]),
        ("quen pascode lam sao", ["passcode"]),
        ("máy treo, quên mật khẩu", ["passcode"]),  # three words against two
        ("tự thoát rồi mở lại", ["treo"]),  # as many words of each: the others decide
        ("mạng yếu", []),  # a word of the text alone
    ],
)
def test_a_question_finds_pages_by_their_own_words(said: str, names: list[str]) -> None:
    """Those with most words of it."""
    assert [page.name for page in page_finding.asked(PAGES, said).pages] == names


@pytest.mark.parametrize(
    ("said", "names", "sure"),
    [
        ("cai", ["cai"], True),  # its name
        ("may treo", ["treo"], True),
        ("hoà mạng", ["passcode"], True),  # of the text, with the mark elsewhere
        ("ứng dụng", ["cai", "treo"], False),
        ("mạng xyz", [], False),
        ("", [], False),
    ],
)
def test_a_command_finds_them_by_any_word(said: str, names: list[str], sure: bool) -> None:
    """Where most of its words stand in them; of one page surely, else they are offered."""
    found = page_finding.looked_up(PAGES, said)
    assert ([page.name for page in found.pages], found.sure) == (names, sure)
