"""Names of places, as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.language.where_and_when.place_names import folded_commune, folded_hamlet
from handlers.places.finding import MOST_NEAR, find_commune, find_hamlet
from storage.campaign.communes import Commune
from storage.campaign.hamlets import Hamlet

NAMES = {
    "376": "Thị trấn Sóc Sơn",
    "382": "Xã Minh Trí",
    "397": "Xã Minh Phú",
    "400": "Xã Phù Linh",
    "403": "Xã Bắc Phú",
    "406": "Xã Tân Minh",
    "424": "Xã Xuân Giang",
    "430": "Xã Đức Hoà",
    "442": "Xã Phú Cường",
    "445": "Xã Phú Minh",
    "448": "Xã Phù Lỗ",
    "451": "Xã Xuân Thu",
}
COMMUNES = [
    Commune(number, code, name, folded_commune(name), 0, 0) for number, (code, name) in enumerate(NAMES.items(), 1)
]
HAMLETS = [
    Hamlet(number, 1, name, True)
    for number, name in enumerate(
        ("Xóm 4", "Xóm 10", "Tổ dân phố số 12B", "Thôn Xuân Tảo", "Phố Nỉ", "Ban Tiện", "Thôn Nội", "Thôn Xuân Tảo 2"),
        1,
    )
]


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Xã Xuân Thu", "xuan thu"),
        ("  xa   XUAN  thu", "xuan thu"),
        ("Thị trấn Sóc Sơn", "soc son"),
        ("TT. Sóc Sơn", "soc son"),
        ("Phường 04", "4"),
        ("huyện Sóc Sơn", "soc son"),
        ("Xà Phìn", "phin"),
        ("Xã", "xa"),
        ("", ""),
    ],
)
def test_folded_communes(name: str, folded: str) -> None:
    """A commune's name stands without marks, case and type word."""
    assert folded_commune(name) == folded


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Thôn Xuân Tảo", "xuan tao"),
        ("Xóm 4", "4"),
        ("4", "4"),
        ("xóm 004", "4"),
        ("Xóm số 4", "4"),
        ("tdp 4", "4"),
        ("Tổ dân phố số 04", "4"),
        ("Tổ 12B", "12b"),
        ("KDC 7", "7"),
        ("Khu dân cư số 7", "7"),
        ("Tiểu khu 3", "3"),
        ("khu pho 3", "3"),
        ("Khu 3", "3"),
        ("đội 5", "5"),
        ("doi 5", "5"),
        ("Phố Nỉ", "ni"),
        ("Làng Đông", "dong"),
        ("bản Mường", "muong"),
        ("Ban Tiện", "ban tien"),
        ("ấp Bắc", "bac"),
        ("Buôn Đôn", "don"),
        ("Xóm Bến", "ben"),
        ("Số Năm", "so nam"),
        ("Xóm", "xom"),
        ("Thôn 10/5", "10/5"),
        ("Xóm 0", "0"),
    ],
)
def test_folded_hamlets(name: str, folded: str) -> None:
    """A hamlet's name stands without its type word, and numbers without leading zeros."""
    assert folded_hamlet(name) == folded


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Xuân Thu", "451"),
        ("xã xuân thu", "451"),
        ("XUAN THU", "451"),
        ("Xua\u0302n Thu", "451"),
        ("xuan thi", "451"),
        ("xaun thu", "451"),
        ("xuanthu", "451"),
        ("xuân thuu", "451"),
        ("451", "451"),
        ("xã 451", "451"),
        ("Minh Phú", "397"),
        ("Phú Minh", "445"),
        ("đức hòa", "430"),
        ("tt sóc sơn", "376"),
    ],
)
def test_a_commune_is_found(text: str, code: str) -> None:
    """By its name, with one slip of the hand, or by its code."""
    match = find_commune(text, COMMUNES)
    assert match.found is not None
    assert match.found.code == code


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("minh", ["Xã Minh Phú", "Xã Minh Trí"]),
        ("phu", ["Xã Phú Cường", "Xã Phù Linh", "Xã Phù Lỗ", "Xã Phú Minh"]),
        ("Xuân Thung", ["Xã Xuân Thu"]),
        ("thu xuân", []),
        ("Hà Nội", []),
        ("999", []),
        ("xã", []),
        ("", []),
        ("…", []),
    ],
)
def test_other_names_bring_candidates(text: str, near: list[str]) -> None:
    """What is no commune's name is never taken for one; near names are for buttons."""
    match = find_commune(text, COMMUNES)
    assert match.found is None
    assert [commune.name for commune in match.candidates] == near


def test_two_slips_as_near_are_no_match() -> None:
    """One slip must lead to one place."""
    known = [Commune(1, "1", "Xã Tân Lan", "tan lan", 0, 0), Commune(2, "2", "Xã Tân Lam", "tan lam", 0, 0)]
    match = find_commune("tân lai", known)
    assert (match.found, [commune.code for commune in match.candidates]) == (None, ["2", "1"])


def test_candidates_are_few() -> None:
    """No more buttons than fit."""
    many = [Commune(n, str(n), f"Xã Tân {n}", f"tan {n}", 0, 0) for n in range(20)]
    assert len(find_commune("tân", many).candidates) == MOST_NEAR


def test_a_name_counts_before_a_code() -> None:
    """Where wards have numbers, phường 4 is the ward, not the unit with code 4."""
    known = [Commune(1, "4", "Phường 7", "7", 0, 0), Commune(2, "9", "Phường 4", "4", 0, 0)]
    match = find_commune("phường 4", known)
    assert match.found == known[1]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("xóm 4", "Xóm 4"),
        ("4", "Xóm 4"),
        ("thôn 04", "Xóm 4"),
        ("tổ 12b", "Tổ dân phố số 12B"),
        ("xuan tao", "Thôn Xuân Tảo"),
        ("thôn xuân tả", "Thôn Xuân Tảo"),
        ("xuan tao 2", "Thôn Xuân Tảo 2"),
        ("phố nỉ", "Phố Nỉ"),
        ("thôn Phố Nỉ", "Phố Nỉ"),
        ("ban tien", "Ban Tiện"),
        ("thôn Ban Tiện", "Ban Tiện"),
    ],
)
def test_a_hamlet_is_found(text: str, name: str) -> None:
    """Whatever type word is said, or none."""
    match = find_hamlet(text, HAMLETS)
    assert match.found is not None
    assert match.found.name == name


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("xóm 5", []),
        ("xóm 1", []),
        ("xóm 100", []),
        ("tổ 12", ["Tổ dân phố số 12B"]),
        ("thôn hội", ["Thôn Nội"]),
        ("xuân tảo 3", []),
    ],
)
def test_numbers_and_short_names_never_slip(text: str, near: list[str]) -> None:
    """Xóm 5 is no misspelt xóm 4; Hội is no misspelt Nội without asking."""
    match = find_hamlet(text, HAMLETS)
    assert match.found is None
    assert [hamlet.name for hamlet in match.candidates] == near


@given(st.text())
def test_any_text_can_be_looked_up(text: str) -> None:
    """Whatever is typed, nothing is raised, and what is found is on the list."""
    for match in (find_commune(text, COMMUNES), find_hamlet(text, HAMLETS)):
        assert len(match.candidates) <= MOST_NEAR
        assert match.found is None or not match.candidates


@given(st.sampled_from(COMMUNES), st.sampled_from(["xã ", "Xã  ", "xa ", "tt ", ""]), st.booleans())
def test_every_commune_is_found_by_its_own_name(commune: Commune, kind: str, folded: bool) -> None:
    """With or without type word and marks."""
    name = commune.folded if folded else commune.name.removeprefix("Xã ").removeprefix("Thị trấn ")
    assert find_commune(kind + name, COMMUNES).found == commune
