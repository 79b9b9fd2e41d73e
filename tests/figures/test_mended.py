"""Words that are none are read as what was meant; what can be a word is never another."""

from pathlib import Path

import pytest

from handlers.figures.in_words import Asked, NotUnderstood, read
from handlers.figures.in_words.mended import mended
from handlers.figures.in_words.tokens import tokens_of
from handlers.messages import Reply
from tests.figures.district import TODAY, asks, district, told
from tests.figures.known import KNOWN
from tests.figures.world import labels


def _meant(text: str) -> str:
    tokens = tokens_of(text)
    return " ".join(one.plain for one in mended(tokens, [(one.start, one.end) for one in tokens], KNOWN))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("hôm nya Xuân Thu bao nhiêu", "hôm nay Xuân Thu bao nhiêu"),
        ("Xuân Thu đưọc mấy máy", "Xuân Thu được mấy máy"),
        ("Xuân Thu được mấy máyy", "Xuân Thu được mấy máy"),
        ("xuan thu hoom nay bao nhieu mays", "xuan thu hôm nay bao nhieu máy"),
        ("Xuân Thu hôm nay được maays máy", "Xuân Thu hôm nay được mấy máy"),
        ("mỗi ngyà Xuân Thu cần bao nhiêu máy", "mỗi ngày Xuân Thu cần bao nhiêu máy"),
        ("so sáh Xuân Thu với Minh Phú", "so sánh Xuân Thu với Minh Phú"),
        ("bìhn hôm nay được mấy máy", "bình hôm nay được mấy máy"),
        ("Bifnh hôm nay được mấy máy", "Bình hôm nay được mấy máy"),
    ],
)
def test_a_slip_asks_what_was_meant(typed: str, meant: str) -> None:
    """Letters that changed places, keys that made no letters, a hook or a letter that is missing."""
    found = read(typed, KNOWN, TODAY)
    assert isinstance(found, Asked)
    assert found == read(meant, KNOWN, TODAY)


@pytest.mark.parametrize(
    "word",
    [
        "chuối",
        "tráng",
        "giừo",
        "Krông",
        "link",
        "otp",
        "hưu",
        "Thất",
        "mía",
        "tía",
        "hoa",
        "toa",
        "sách",
        "ngoài",
        "sah",
    ],
)
def test_what_may_be_a_word_stays(word: str) -> None:
    """A syllable, a foreign name, or what two words may be."""
    assert _meant(f"Xuân Thu được {word}") == " ".join(one.plain for one in tokens_of(f"Xuân Thu được {word}"))
    assert not isinstance(read(f"Xuân Thu {word} hôm nay được bao nhiêu", KNOWN, TODAY), Asked)


@pytest.mark.parametrize("text", ["Xuân Thu tên gì", "Xuân Thu hay đang chậm", "Xuân Thu đâu được bao nhiêu"])
def test_what_goes_with_something_else_says_nothing_alone(text: str) -> None:
    """Names are told of lists, `hay đang chậm` beside whether it is in time, `đâu` beside a file."""
    assert isinstance(read(text, KNOWN, TODAY), NotUnderstood)


def test_who_asks_how_many_reports_nothing(tmp_path: Path) -> None:
    """A name that nobody has and shorthand for `bao nhiêu`: it is asked back, and no number is offered."""
    with district(tmp_path) as world:
        for who in ("lead", "student"):
            said = [one for one in asks(world, who, "Hoàng Hair hqua đc bnhieu máy") if isinstance(one, Reply)]
            assert said[0].text.startswith("🤔 Bot chưa hiểu “Hoàng Hair”")
            assert not any(label.startswith("Thêm") for label in labels(said[0]))


def test_whoever_asks_of_others_leave_takes_none(tmp_path: Path) -> None:
    """`có ai xin nghỉ hôm nay không` asks; nothing is offered to be stored."""
    with district(tmp_path) as world:
        for text in ("có ai xin nghỉ hôm nay không", "hôm nay bạn nào xin nghỉ vậy", "Chi có xin nghỉ không"):
            assert "Đồng chí nghỉ" not in told(asks(world, "lead", text))
        for text in ("mai cho tôi xin nghỉ", "mai tôi có xin nghỉ được không"):
            assert "Đồng chí nghỉ" in told(asks(world, "lead", text))


@pytest.mark.parametrize(
    ("who", "text", "label"),
    [
        ("district", "bảng điều khiển màu hường", "Trang số liệu trên web"),
        ("lead", "lịch nhắc màu hường", "Lịch nhắc"),
        ("district", "bản đồ nhiệt màu hường", "VNeID Sóc Sơn, biểu đồ nhiệt theo ngày"),
    ],
)
def test_a_button_says_what_is_handed_over(tmp_path: Path, who: str, text: str, label: str) -> None:
    """And not that numbers are told."""
    with district(tmp_path) as world:
        said = [one for one in asks(world, who, text) if isinstance(one, Reply)]
        assert label in labels(said[0])
