"""Sheets of A4 with a card for each person: name, QR codes, join code; to be cut along dashed lines and handed out.

Whatever is one person's stands in that person's frame, so that no code is ever beside another's name.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import segno
from fpdf import FPDF

_FONTS = Path(__file__).parent / "fonts"
_FONT = "Noto Sans"
_PAGE, _MARGIN, _HEAD = (210, 297), 10, 18  # mm, as all below
_COLUMNS, _ROWS = 2, 4
WIDTH, HEIGHT = (_PAGE[0] - 2 * _MARGIN) / _COLUMNS, 64
_FRAME, _INSIDE = 2.5, 3.5  # from the cut to the frame, and from there to what is in it
_QR = 33  # with its quiet zone
_QUIET = 4  # modules around a QR code, as scanners need
_OVER = 0.04  # of a module: without it some viewers show hairs between rows
_LEAST = 7  # points, however long a name is
_LEAST_HINT = 4.5  # an address that is cut leads nowhere
_GREY, _BLACK, _LINE = 90, 0, 150
CARDS_A_PAGE = _COLUMNS * _ROWS


@dataclass(frozen=True, slots=True)
class Card:
    """What one person gets. `links` are addresses with what is written below their QR codes, two at most."""

    name: str
    about: str
    code: str
    hint: str
    links: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Stack:
    """The cards that go out together, on pages of their own. `page` words which of them this is."""

    title: str
    note: str
    cards: Sequence[Card]
    page: Callable[[int, int], str]


def drawn(title: str, stacks: Iterable[Stack], tick: Callable[[], None] = lambda: None) -> tuple[bytes, int]:
    """The sheets as a PDF, and how many pages they have. `tick` is called after each card."""
    pdf = FPDF(format="A4")
    pdf.set_auto_page_break(False)
    pdf.set_margin(0)
    pdf.c_margin = 0
    pdf.set_title(title)
    pdf.set_lang("vi")
    pdf.add_font(_FONT, "", _FONTS / "NotoSans-Regular.ttf")
    pdf.add_font(_FONT, "B", _FONTS / "NotoSans-Bold.ttf")
    for stack in stacks:
        pages = [stack.cards[at : at + CARDS_A_PAGE] for at in range(0, len(stack.cards), CARDS_A_PAGE)]
        for number, cards in enumerate(pages, 1):
            pdf.add_page()
            _head(pdf, stack, stack.page(number, len(pages)))
            _cuts(pdf, len(cards))
            for place, card in enumerate(cards):
                _card(pdf, card, *corner(place))
                tick()
    return bytes(pdf.output()), pdf.pages_count


def corner(place: int) -> tuple[float, float]:
    """Where the card at a place of the page begins, in mm from the left and from the top."""
    row, column = divmod(place, _COLUMNS)
    return _MARGIN + column * WIDTH, _MARGIN + _HEAD + row * HEIGHT


def _head(pdf: FPDF, stack: Stack, page: str) -> None:
    whole = _PAGE[0] - 2 * _MARGIN
    _write(pdf, stack.title, _MARGIN, _MARGIN, whole - 50, size=14, bold=True)
    _write(pdf, page, _PAGE[0] - _MARGIN - 48, _MARGIN, 48, size=9, grey=_GREY, align="R")
    _write(pdf, stack.note, _MARGIN, _MARGIN + 8, whole, size=8.5, grey=_GREY)


def _cuts(pdf: FPDF, cards: int) -> None:
    """Dashed lines around and between the cards."""
    pdf.set_draw_color(_LINE)
    pdf.set_line_width(0.2)
    pdf.set_dash_pattern(dash=2, gap=1.5)
    rows = -(-cards // _COLUMNS)
    left, top = corner(0)
    right, bottom = left + _COLUMNS * WIDTH, top + rows * HEIGHT
    for row in range(rows + 1):
        pdf.line(left, top + row * HEIGHT, right, top + row * HEIGHT)
    for column in range(_COLUMNS + 1):
        pdf.line(left + column * WIDTH, top, left + column * WIDTH, bottom)
    pdf.set_dash_pattern()


def _card(pdf: FPDF, card: Card, x: float, y: float) -> None:
    pdf.set_draw_color(_LINE)
    pdf.set_line_width(0.35)
    pdf.rect(x + _FRAME, y + _FRAME, WIDTH - 2 * _FRAME, HEIGHT - 2 * _FRAME, round_corners=True, corner_radius=2)
    left, top, width = x + _FRAME + _INSIDE, y + _FRAME + 2, WIDTH - 2 * (_FRAME + _INSIDE)
    _write(pdf, card.name, left, top, width, size=13, bold=True)
    _write(pdf, card.about, left, top + 6, width, size=8.5, grey=_GREY)
    step = width / max(len(card.links), 1)
    for number, (label, address) in enumerate(card.links):
        middle = left + step * (number + 0.5)
        _qr(pdf, address, middle - _QR / 2, top + 10)
        _write(pdf, label, middle - step / 2, top + 10 + _QR - 1.5, step, size=8.5, align="C")
    _write(pdf, card.code, left, top + 47.5, width, size=13, bold=True, align="C")
    _write(pdf, card.hint, left, top + 53.5, width, size=7, grey=_GREY, align="C", least=_LEAST_HINT)


def _write(
    pdf: FPDF,
    text: str,
    x: float,
    y: float,
    width: float,
    *,
    size: float,
    bold: bool = False,
    grey: int = _BLACK,
    align: str = "L",
    least: float = _LEAST,
) -> None:
    """A line of text, smaller where it would be too wide, and cut where that is not enough."""
    pdf.set_text_color(grey)
    pdf.set_font(_FONT, "B" if bold else "", size)
    while size > least and pdf.get_string_width(text) > width:
        size -= 0.5
        pdf.set_font_size(size)
    whole = text
    while text and pdf.get_string_width(text) > width:
        whole = whole[:-1]
        text = whole.rstrip() + "…"
    pdf.set_xy(x, y)
    pdf.cell(width, size * 0.45, text, align=align)


def rows_of(address: str) -> list[list[tuple[int, int]]]:
    """The dark runs of a QR code, row by row: where each begins and how long it is; in modules, without quiet zone."""
    found = []
    for row in segno.make(address, error="m", micro=False).matrix:
        runs: list[tuple[int, int]] = []
        for place, dark in enumerate(row):
            if dark and runs and sum(runs[-1]) == place:
                runs[-1] = runs[-1][0], runs[-1][1] + 1
            elif dark:
                runs.append((place, 1))
        found.append(runs)
    return found


def _qr(pdf: FPDF, address: str, x: float, y: float) -> None:
    rows = rows_of(address)
    module = _QR / (len(rows) + 2 * _QUIET)
    pdf.set_fill_color(_BLACK)
    for number, runs in enumerate(rows):
        for start, length in runs:
            pdf.rect(
                x + (_QUIET + start) * module,
                y + (_QUIET + number) * module,
                length * module,
                module * (1 + _OVER),
                style="F",
            )
