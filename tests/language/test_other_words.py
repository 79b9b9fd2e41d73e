"""Names that are other words without their marks, and words that look like work and are none."""

from datetime import datetime

import pytest

from handlers.language import Kind, Outcome, names_of, read
from handlers.language.together import meanings

AT = datetime.fromisoformat("2023-05-20T20:00")
HOMES = [
    ("nha cu minh thu 2 may, nha chi diep 1 may", {"nha cu minh thu": 2, "nha chi diep": 1}),
    ("hom qua nha ba thi nhai 3 may", {"nha ba thi nhai": 3}),
    ("em báo nhà bà minh thư 4 máy, vắng 1", {"nhà bà minh thư": 4}),
    ("nha ba minh 4 may", {"nha ba minh": 4}),
    ("nhà thị nhài 2 máy", {"nhà thị nhài": 2}),
    ("nhà bà thị nhài được 2", {"nhà bà thị nhài": 2}),
    ("nha ba lan thi 2 may", {"nha ba lan": 2}),
]
OUTCOMES = [
    ("nha co thi nhai di vang", Outcome.ABSENT, 1),
    ("nha co toan to dan pho 1 di vang", Outcome.ABSENT, 1),
    ("nha thim minh thu tu choi", Outcome.REFUSED, 1),
    ("nha chu toan thon 5, cai duoc 1 may, vang 1", Outcome.ABSENT, 1),
    ("khoa cua: nha so 3, so 5, so 9", Outcome.ABSENT, 3),
    ("dìu 2 cụ ra trụ sở làm cccd; 1 cụ khác không có điện thoại thông minh", Outcome.ASSISTED, 2),
    ("dìu 2 cụ ra trụ sở làm cccd; 1 cụ khác không có điện thoại thông minh", Outcome.NO_PHONE, 1),
    (
        "nhà ông Phả đông lắm, 6 người mà em làm được 3 máy, còn ông với bà thì dùng máy cục gạch cả",
        Outcome.NO_PHONE,
        2,
    ),
    (
        "nhà ông Phả đông lắm, 6 người mà em làm được 3 máy, còn ông với bà thì dùng máy cục gạch cả",
        Outcome.ACTIVATED,
        3,
    ),
]
TALK = (
    "vneid lỗi mãi",
    "vneid lỗi suốt từ chiều",
    "tối nay quyết tâm làm 10 máy nhé",
    "tối nay phấn đấu 12 máy",
    "vừa dắt xe vào đầu thôn 5",
    "hôm nay em với Học viên 75 đi xóm 6",
    "xin lỗi bot e nhắn nhầm nhóm",
)
WORK = (
    ("nhà bà Lan vneid lỗi mãi", Outcome.FAILED, 1),
    ("cố gắng lắm tối nay được 10 máy", Outcome.ACTIVATED, 10),
    ("cuối thôn 5 máy", Outcome.ACTIVATED, 5),
    ("hôm nay em với Học viên 75 đi xóm 6 được 3 máy", Outcome.ACTIVATED, 3),
)


@pytest.mark.parametrize(("text", "homes"), HOMES)
def test_whose_home_it_is(text: str, homes: dict[str, int]) -> None:
    """Each home is known by its whole name, and each has its own number."""
    reading = read(text, AT)
    assert reading.kind is Kind.REPORT
    assert {home.label: home.counts[Outcome.ACTIVATED] for home in reading.homes} == homes


@pytest.mark.parametrize(("text", "outcome", "n"), OUTCOMES)
def test_what_happened(text: str, outcome: Outcome, n: int) -> None:
    """Beside names, numbers of houses and those who live there."""
    best = read(text, AT)
    assert best.kind is Kind.REPORT
    assert best.counts[outcome] == n


@pytest.mark.parametrize("text", TALK)
def test_it_is_talk(text: str) -> None:
    """Nothing is asked about a resolution, a complaint of the app, the way, or the wrong group."""
    assert meanings(text, AT)[0].kind is Kind.CHAT


@pytest.mark.parametrize(("text", "outcome", "n"), WORK)
def test_what_looks_like_it_and_is_work(text: str, outcome: Outcome, n: int) -> None:
    """It is stored or asked about with this number, and not passed over."""
    assert any(one.counts.get(outcome) == n for one in meanings(text, AT))


def test_a_hamlet_that_ends_in_a_verb() -> None:
    """`lam cho` is nothing done where Hồng Lâm is a hamlet."""
    (entry,) = read("thon hong lam cho 1 cu ra xa lam can cuoc", AT, names_of(["hong lam"])).entries
    assert (entry.hamlet, entry.counts) == ("hong lam", {Outcome.ASSISTED: 1})
