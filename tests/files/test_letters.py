"""The report for signing: its numbers are storage's, and a mistake in its template is one clear line."""

from pathlib import Path
from typing import Any

import pytest
from docx import Document

from bot.drawing import files, letters, work
from bot.drawing.letters import SHIPPED, WrongTemplate
from bot.drawing.work import Work
from handlers.figures.gathered import facts
from handlers.texts import number, percent
from storage.campaign import communes
from tests.figures.world import FIRST, HOUSE, World, at, world
from tests.files.test_sheets import LAST, busy
from tools.letter import made


def written(path: Path, w: World, *, codes: tuple[str, ...] = (), template: Path | None = None) -> Any:
    """The report of some communes, or of all, opened."""
    ids = tuple(place.id for place in communes.every(w.tx) if not codes or place.code in codes)
    asked = Work("letter", path / "bacung.db", ids, at(LAST, 21), HOUSE.calendar.day_start, path / "out.docx", template)
    w.tx.run("COMMIT")
    try:
        files.make(asked)
    finally:
        w.tx.run("BEGIN IMMEDIATE")
    return Document(str(path / "out.docx"))


def text_of(document: Any) -> str:
    """All its words, those of tables too."""
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def template(path: Path, text: str) -> Path:
    """A template with this text."""
    document = Document()
    document.add_paragraph(text)
    document.save(str(path / "letter.docx"))
    return path / "letter.docx"


def test_its_numbers_are_those_of_the_communes(tmp_path: Path) -> None:
    """The whole in its first sentence, each commune in the table, the day, and nothing left to be filled in."""
    with world(tmp_path) as w:
        busy(w)
        document = written(tmp_path, w)
        board = facts.board(w.tx, communes.every(w.tx), LAST, finished=False)
    text, whole = text_of(document), board.whole
    assert (
        f"Đã kích hoạt {number(whole.done)}/{number(whole.target)} máy, đạt {percent(whole.done, whole.target)}" in text
    )
    assert "số liệu đến 21:00 ngày 19/5/2023, toàn địa bàn" in text
    assert "Sóc Sơn, ngày 19 tháng 5 năm 2023" in text
    for part in ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Số: ", "Nơi nhận:", "BÁO CÁO"):
        assert part in text
    rows = [[cell.text for cell in row.cells] for row in document.tables[1].rows]
    found = {cells[0]: cells[1:] for row in rows[1:] for cells in (row[:4], row[4:]) if cells[0]}
    assert found == {
        facts.short(row.commune): [
            number(row.standing.done),
            percent(row.standing.done, row.standing.target),
            number(row.standing.phones_today),
        ]
        for row in board.rows
    }
    assert "{" not in text


def test_of_one_commune_it_tells_the_hamlets(tmp_path: Path) -> None:
    """Which add up to what the bot recorded there, those without a hamlet too."""
    with world(tmp_path) as w:
        busy(w)
        document = written(tmp_path, w, codes=("451",))
        own = facts.board(w.tx, [w.commune("451")], LAST, finished=False).whole
    rows = [[cell.text for cell in row.cells] for row in document.tables[1].rows]
    found = {cells[0]: int(cells[1]) for row in rows[1:] for cells in (row[:4], row[4:]) if cells[0]}
    assert found == {"Xóm 4": 7, "Nơi khác": own.bot - 7}
    assert "Xã Xuân Thu" in text_of(document)


def test_the_names_of_a_template(tmp_path: Path) -> None:
    """Every name that the guide for operators lists is there, and none that it does not."""
    listed = (Path(__file__).parents[2] / "docs" / "operators.vi.md").read_text("utf-8")
    with world(tmp_path) as w:
        busy(w)
        from handlers.figures.files import exported, lettered  # noqa: PLC0415

        book = exported.book(w.tx, communes.every(w.tx), HOUSE.calendar, at(LAST, 21))
        named = lettered.named(w.tx, book)
        before = lettered.named(w.tx, exported.book(w.tx, communes.every(w.tx), HOUSE.calendar, at(FIRST, 5)))
    assert {name for name in named if f"`{name}`" not in listed} == set()
    assert named.keys() == before.keys() == lettered.sample().keys()
    for name in ("ket_qua", "don_vi", "bang"):
        assert named[name][0].keys() == lettered.sample()[name][0].keys(), name


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Đã xong {{ da_song }}", "has the name 'da_song', which the bot does not know"),
        ("{% for xa in bang %}{{ xa.khong_co }}{% endfor %}", "has the name 'khong_co', which the bot does not know"),
        ("Đã xong {{ da_xong", "is written wrongly"),
        ("{% if dot %}chưa hết", "is written wrongly"),
        ("{{ da_xong + 1 }}", "is written wrongly: can only concatenate str"),
        ("{{ da_xong() }}", "is written wrongly: 'str' object is not callable"),
        ("{{ 1 / 0 }}", "is written wrongly: division by zero"),
        ("{{ ''.__class__.__mro__ }}", "is written wrongly: access to attribute '__class__'"),
    ],
)
def test_a_mistake_in_a_template_is_one_line(tmp_path: Path, text: str, why: str) -> None:
    """It says what is wrong, and no file is left."""
    with world(tmp_path) as w:
        with pytest.raises(WrongTemplate) as wrong:
            written(tmp_path, w, template=template(tmp_path, text))
        assert why in str(wrong.value)
        assert "\n" not in str(wrong.value)
    assert not (tmp_path / "out.docx").exists()


@pytest.mark.parametrize("content", [b"PK no", b"", SHIPPED.read_bytes()[:9000]])
def test_what_is_no_template(tmp_path: Path, content: bytes) -> None:
    """A file that Word did not save, or that was copied in part."""
    (tmp_path / "letter.docx").write_bytes(content)
    with world(tmp_path) as w, pytest.raises(WrongTemplate, match=r"letter\.docx: is no \.docx"):
        written(tmp_path, w, template=tmp_path / "letter.docx")


def test_what_is_wrong_is_told_to_the_bot_in_vietnamese(tmp_path: Path) -> None:
    """The drawing process answers with a line for people, instead of failing."""
    wrong = template(tmp_path, "{{ da_song }}")
    with world(tmp_path) as w:
        ids = (w.commune("451").id,)
    asked = Work(
        "letter", tmp_path / "bacung.db", ids, at(LAST, 21), HOUSE.calendar.day_start, tmp_path / "x.docx", wrong
    )
    said = work.answered(files.drawn(work.asked(asked)))
    assert isinstance(said, str)
    assert said.startswith("Mẫu letter.docx có tên mà bot không biết: “da_song”")


def test_what_is_put_in_stays_what_it_is(tmp_path: Path) -> None:
    """A name with signs of XML or of templates is only a name."""
    with world(tmp_path) as w:
        w.tx.run("UPDATE communes SET name = 'Xã <A> & {{ da_xong }}' WHERE code = '451'")
        assert "<A> & {{ da_xong }}" in text_of(written(tmp_path, w))


def test_the_shipped_template_is_what_the_tool_makes() -> None:
    """`python -m tools.letter` changes nothing; whoever changes the one changes the other."""
    assert SHIPPED.read_bytes() == made()
    assert letters.SHIPPED.name == "letter.docx"
