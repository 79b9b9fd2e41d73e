"""/tiendo: which picture of which communes, with its numbers as text, for whom."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from handlers.figures import charts
from handlers.figures.gathered import facts
from handlers.figures.said import pictured
from handlers.messages import Reply
from storage.campaign import communes
from storage.talk import drawings
from storage.talk.drawings import Drawing
from tests.figures.world import World, at, day, labels, lines, world

NOW = at(day(18), 21, 40)


@pytest.fixture
def w(tmp_path: Path) -> Iterator[World]:
    """A small campaign with three days of reports."""
    with world(tmp_path) as made:
        made.report("an", day(16), 10)
        made.report("an", day(17), 12)
        made.report("binh", day(17), 20, sent=at(day(17), 21))
        made.report("dung", day(17), 18)
        made.report("binh", day(18), 8)
        made.report("an", day(18), 3)
        yield made


def asked(w: World, ref: str, text: str = "") -> Reply:
    return w.asks(ref, pictured.show, text, NOW)


def drawn(w: World, reply: Reply) -> Drawing:
    assert reply.drawing is not None
    found = drawings.of(w.tx, reply.drawing)
    assert found is not None
    return found


def test_tiendo_of_the_campaign(w: World) -> None:
    """How far it is, against what the quota asks; from there to communes, days, and both phases."""
    said = asked(w, "whole")
    assert said.text == lines(
        """
        📈 Đã xong 9,5%, chậm hơn định mức 100 máy
        Chiến dịch thử · Đợt 1 · đến ngày 18/05
        Đã xong 171/1.800 máy
        Còn 1.629 máy
        Đến hết 17/05: 60 máy
        Định mức đến đó: 160
        Gần đây 30 máy/ngày
        Dự kiến đến 05/06: 730 máy
        Dự kiến đủ chỉ tiêu 11/07
        """
    )
    assert drawn(w, said).kind == "course"
    assert [button.data for row in said.buttons for button in row] == [
        "c/tiendo theo xã",
        "c/tiendo theo ngày",
        "c/tiendo cả chiến dịch",
    ]


def test_picture_and_text_are_of_one_moment(w: World) -> None:
    """Both as it was when it was asked for, as /tong has it, whatever comes before the picture is drawn."""
    board = facts.board(w.tx, communes.every(w.tx), day(18), finished=False)
    assert board.pace is not None
    said = asked(w, "whole")
    w.report("an", day(18), 500)
    shown = drawn(w, said).facts
    assert (shown["done"], shown["counted"], shown["quota"]) == (board.whole.done, board.pace.bot, board.pace.quota)
    specification = json.dumps(charts.drawn_from("course", shown), ensure_ascii=False)
    assert '"label": "171"' in specification
    assert "Đã xong 171/1.800 máy" in said.text


@pytest.mark.parametrize(
    ("text", "kind", "first"),
    [
        ("theo xã", "reached", "📈 Xuân Thu xong nhiều nhất 15,3%, Minh Phú ít nhất 2,2%"),
        ("theo ngay", "heat", "📈 Nhiều nhất ngày 17/05: 50 máy"),
        ("cả chiến dịch", "course", "📈 Đã xong 9,5%, chậm hơn định mức 100 máy"),
        ("Xuân Thu", "course", "📈 Đã xong 15,3%, chậm hơn định mức 78 máy"),
        ("451 theo giờ", "evening", "📈 11 máy, nhiều nhất lúc 20 giờ (11 máy)"),
        ("xuan thu theo gio hom qua", "evening", "📈 32 máy, nhiều nhất lúc 21 giờ (20 máy)"),
        ("Xuân Thu theo giờ 16/5", "evening", "📈 10 máy, nhiều nhất lúc 20 giờ (10 máy)"),
        ("Minh Phú theo giờ", "evening", "📈 Chưa có máy nào"),
    ],
)
def test_tiendo_of_what_is_named(w: World, text: str, kind: str, first: str) -> None:
    """With marks or without, by code or by name, of another day."""
    said = asked(w, "whole", text)
    assert (said.text.split("\n")[0], drawn(w, said).kind) == (first, kind)


def test_a_picture_leads_to_the_others(w: World) -> None:
    """Every button is a command that answers with another picture of the same communes."""
    for ref, text in (("whole", ""), ("whole", "theo xã"), ("an", ""), ("one", "theo giờ")):
        said = asked(w, ref, text)
        for row in said.buttons:
            for button in row:
                other = asked(w, ref, button.data.removeprefix("c/tiendo"))
                assert other.text.startswith("📈"), button
                assert other.text != said.text, button


def test_a_lead_sees_the_own_commune(w: World) -> None:
    """And an officer those of the roster; no more."""
    assert "Xã Xuân Thu · Đợt 1" in asked(w, "an").text
    assert labels(asked(w, "an")) == ["Theo giờ", "Cả chiến dịch"]
    assert "Minh Phú và Xuân Thu · Đợt 1" in asked(w, "two").text
    for ref in ("an", "one"):
        refused = asked(w, ref, "Minh Phú")
        assert "Xã Minh Phú" in refused.text
        assert refused.drawing is None


def test_what_is_not_understood_is_asked(w: World) -> None:
    """Of which commune the evening is; a day that is not there yet; a name that is none."""
    which = asked(w, "two", "theo giờ")
    assert [button.data for row in which.buttons for button in row] == [
        "c/tiendo 397 theo giờ",
        "c/tiendo 451 theo giờ",
    ]
    assert asked(w, "one", "theo giờ 19/5").text.startswith("Ngày 19/05 chưa đến")
    assert asked(w, "whole", "Xuân Thủy Chung").drawing is None
    assert asked(w, "whole", "Sóc Sơn theo giờ").text == "Thị trấn Sóc Sơn chưa có tổ trong đợt này."


def test_the_same_is_drawn_once(w: World) -> None:
    """Until something is reported; another commune is another picture."""
    first, again = asked(w, "whole"), asked(w, "admin")
    assert first.drawing == again.drawing
    assert asked(w, "whole", "Xuân Thu").drawing != first.drawing
    w.report("an", day(18), 1)
    assert asked(w, "whole").drawing != first.drawing


def test_no_person_is_in_a_picture(w: World) -> None:
    """Days, communes, phones: neither names nor rows of anybody."""
    for text in ("", "theo xã", "theo ngày", "451 theo giờ"):
        drawing = drawn(w, asked(w, "whole", text))
        said = json.dumps([drawing.facts, charts.drawn_from(drawing.kind, drawing.facts)], ensure_ascii=False)
        assert [name for name in ("An", "Bình", "Dung", "binh") if f'"{name}' in said or f" {name} " in said] == []
        assert not _keys(drawing.facts) & {"person", "people", "student", "home", "label_of_home", "text"}


def _keys(node: Any) -> set[str]:
    if isinstance(node, dict):
        return set(node) | {key for value in node.values() for key in _keys(value)}
    return {key for value in node for key in _keys(value)} if isinstance(node, list) else set()
