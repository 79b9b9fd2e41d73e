"""Hamlets by name: with the list of the commune, whatever else its words mean; without it, by rule."""

from datetime import datetime

import pytest

from handlers.language import Kind, fold, may_name_hamlet, names_of, read

AT = datetime.fromisoformat("2023-05-20T20:30")
HARD = ("Hồng Lâm", "Lương Cả", "Lương Lai", "An Đình", "Hương Châu", "Thanh Lai", "Đồng Quan Mới", "Trung 2")
SAID = ("thôn {} 2 máy, vắng 1", "nhà ông Tư thôn {} được 2, vắng 1", "được 2 máy ở thôn {}, vắng 1")


@pytest.mark.parametrize("said", SAID)
@pytest.mark.parametrize("name", [name for name in HARD if name != "Trung 2"])
def test_known_names(name: str, said: str) -> None:
    """However it is typed, a name on the list is that hamlet, and the counts are as said."""
    names = names_of(map(fold, HARD))
    for text in (said.format(name), said.format(name).lower(), fold(said.format(name))):
        reading = read(text, AT, names)
        assert reading.kind is Kind.REPORT, text
        assert [fold(entry.hamlet or "") for entry in reading.entries] == [fold(name)], text
        assert sorted(reading.counts.values()) == [1, 2], text


def test_a_known_name_with_a_number() -> None:
    """`Trung 2` is the hamlet only where another number is the work's."""
    names = names_of(["trung 2", "trung"])
    assert [(e.hamlet, e.counts) for e in read("thôn Trung 2 được 3", AT, names).entries] == [
        ("Trung 2", {"activated": 3})
    ]
    assert [(e.hamlet, e.counts) for e in read("thôn Trung 2 máy", AT, names).entries] == [("Trung", {"activated": 2})]


def test_a_longer_name_than_the_known_one() -> None:
    """Capitals say that it goes on: it is another hamlet."""
    (entry,) = read("thôn Xuân Tảo Đông được 2, vắng 1", AT, names_of(["xuan tao"])).entries
    assert entry.hamlet == "Xuân Tảo Đông"


@pytest.mark.parametrize(
    ("text", "may"), [("thon hong lam 2", True), ("xóm 4 được 3", False), ("TDP Nội", True), ("được 3", False)]
)
def test_when_the_list_is_worth_asking_for(text: str, may: bool) -> None:
    """Only a type word with a word after it."""
    assert may_name_hamlet(text) is may
