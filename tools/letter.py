"""`python -m tools.letter [FILE]`: makes the example's letter.docx anew, always the same bytes.

The lay-out is that of administrative reports (Nghị định 30/2020/NĐ-CP, phụ lục I); officers change it in Word.
"""

import sys
import zipfile
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from bot.drawing.letters import SHIPPED

_FONT = "Times New Roman"
_LEFT, _CENTER, _BOTH = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY
_RULE = "─" * 9
_HEADS = ("{{ theo }}", "Đã xong", "Tỷ lệ", "Hôm nay")
_CELLS = ("ten", "da_xong", "ty_le", "hom_nay")
_WIDTHS = (3.1, 1.9, 1.6, 1.9)  # cm

_REACHED = (
    "Đã kích hoạt {{ da_xong }}/{{ chi_tieu }} máy, đạt {{ ty_le }} chỉ tiêu (có sẵn {{ co_san }}, ghi nhận trong "
    "chiến dịch {{ bot_ghi }}); còn {{ con_lai }} máy. Ngày {{ ngay_cong_tac }}: {{ hom_nay }} máy."
)
_OF_PHASE = (
    "{% if dot %}{{ dot }} ({{ dot_tu }} – {{ dot_den }}), ngày thứ {{ ngay_thu }}/{{ so_ngay }}: {{ hoc_vien }} học "
    "viên.{% endif %}"
)


def made() -> bytes:
    """The template."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(2.5), Cm(1.5)
    section.top_margin, section.bottom_margin = Cm(1.5), Cm(1.2)
    style = document.styles["Normal"]
    style.font.name, style.font.size = _FONT, Pt(12)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), _FONT)
    style.paragraph_format.space_after = style.paragraph_format.space_before = Pt(0)
    _head(document)
    _title(document)
    _results(document)
    _signing(document)
    for name in ("author", "comments", "last_modified_by"):
        setattr(document.core_properties, name, "")
    content = BytesIO()
    document.save(content)
    return _without_times(content.getvalue())


def _line(place: Any, text: str, align: Any = _LEFT, *, size: float = 12, **look: bool) -> Any:
    """A paragraph; of a cell that has nothing yet, its first."""
    first = place.paragraphs[0] if hasattr(place, "paragraphs") and not hasattr(place, "sections") else None
    paragraph = first if first is not None and not first.runs else place.add_paragraph()
    paragraph.alignment = align
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    for name, value in look.items():
        setattr(run, name, value)
    return paragraph


def _grid(document: Any, rows: int, widths: Sequence[float], *, lines: bool = False) -> Any:
    table = document.add_table(rows=rows, cols=len(widths))
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    if lines:
        table.style = "Table Grid"
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Cm(width)
    return table


def _head(document: Any) -> None:
    left, right = _grid(document, 1, (6.8, 10.2)).rows[0].cells
    _line(left, "UBND HUYỆN SÓC SƠN", _CENTER)
    _line(left, "TỔ CÔNG TÁC CHIẾN DỊCH", _CENTER, bold=True)
    _line(left, _RULE, _CENTER, size=8)
    _line(left, "Số: ……/BC-TCT", _CENTER)
    _line(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", _CENTER, bold=True)
    _line(right, "Độc lập - Tự do - Hạnh phúc", _CENTER, size=13, bold=True)
    _line(right, _RULE * 2, _CENTER, size=8)
    _line(right, "Sóc Sơn, ngày {{ ngay }} tháng {{ thang }} năm {{ nam }}", _CENTER, italic=True)


def _title(document: Any) -> None:
    _line(document, "BÁO CÁO", _CENTER, size=14, bold=True).paragraph_format.space_before = Pt(12)
    _line(document, "Kết quả {{ chien_dich }}", _CENTER, size=13, bold=True)
    when = "(số liệu đến {{ gio }} ngày {{ ngay }}/{{ thang }}/{{ nam }}, {{ dia_ban }})"
    _line(document, when, _CENTER, italic=True)


def _results(document: Any) -> None:
    _section(document, "1. Kết quả")
    _text(document, _REACHED)
    _text(document, _OF_PHASE)
    table = _grid(document, 4, _WIDTHS * 2, lines=True)
    for place, head in enumerate(_HEADS * 2):
        _line(table.rows[0].cells[place], head, _CENTER, size=11, bold=True)
    _line(table.rows[1].cells[0], "{%tr for hang in bang %}", size=11)
    for place, name in enumerate(_CELLS * 2):
        side = "trai" if place < len(_CELLS) else "phai"
        align = _LEFT if name == "ten" else WD_ALIGN_PARAGRAPH.RIGHT
        _line(table.rows[2].cells[place], f"{{{{ hang.{side}.{name} }}}}", align, size=11)
    _line(table.rows[3].cells[0], "{%tr endfor %}", size=11)
    _repeated(table.rows[0])
    _section(document, "2. Nhận xét")
    _text(document, "{%p for cau in nhan_xet %}")
    _text(document, "- {{ cau }}")
    _text(document, "{%p endfor %}")


def _section(document: Any, text: str) -> None:
    paragraph = _line(document, text, bold=True)
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(4)


def _text(document: Any, text: str) -> None:
    paragraph = _line(document, text, _BOTH)
    paragraph.paragraph_format.first_line_indent, paragraph.paragraph_format.space_after = Cm(1), Pt(3)


def _repeated(row: Any) -> None:
    """The head comes again where the table goes on to another page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _signing(document: Any) -> None:
    document.add_paragraph()
    left, right = _grid(document, 1, (8.5, 8.5)).rows[0].cells
    _line(left, "Nơi nhận:", bold=True, italic=True)
    for receiver in ("- UBND huyện (để báo cáo);", "- UBND các xã, thị trấn;", "- Lưu: VT."):
        _line(left, receiver, size=11)
    _line(right, "TỔ TRƯỞNG", _CENTER, size=13, bold=True)
    _line(right, "(Ký, ghi rõ họ tên)", _CENTER, italic=True)


def _without_times(content: bytes) -> bytes:
    """The same file whenever it is made: a .docx is a zip, which keeps when each part was written."""
    done = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as source, zipfile.ZipFile(done, "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(source.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            target.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), source.read(name), zipfile.ZIP_DEFLATED)
    return done.getvalue()


if __name__ == "__main__":
    place = Path(sys.argv[1]) if len(sys.argv) > 1 else SHIPPED
    place.write_bytes(made())
