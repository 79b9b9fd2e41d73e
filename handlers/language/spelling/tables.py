"""Tables: a column's head gives its cells their outcome or hamlet; an empty box counts nothing (rule 31)."""

from dataclasses import replace

from handlers.language.signs.folding import fold
from handlers.language.spelling.listing import house_before, is_bare_name
from handlers.language.words.words import Word

_HEADS = {
    "kh": "kích hoạt", "kich hoat": "kích hoạt", "so may kich hoat": "kích hoạt", "duoc": "kích hoạt",
    "so may": "kích hoạt",
    "may": "kích hoạt", "xong": "kích hoạt", "cai": "kích hoạt", "v": "vắng", "vang": "vắng", "so ho vang": "vắng",
    "tc": "từ chối", "tu choi": "từ chối", "hl": "hẹn lại", "hen": "hẹn lại", "hen lai": "hẹn lại", "loi": "lỗi",
    "da co": "đã có", "khong co dien thoai": "không có điện thoại", "chua co cccd": "chưa có cccd",
    "chua co can cuoc": "chưa có căn cước",
}  # fmt: skip
_PLACES = {"xom": "xóm", "thon": "thôn", "to": "tổ", "tdp": "tdp", "khu": "khu", "ap": "ấp", "ban": "bản", "doi": "đội"}
_HOMES = frozenset({"nha", "ho", "ho dan", "ho gia dinh", "chu ho", "ten", "ten chu ho", "ho ten", "ho va ten"})
_RESULTS = frozenset({"ket qua", "tinh trang", "ghi chu"})
_SUMS = frozenset({"cong", "tong", "tong cong"})
_SIGNS = ("|", ";", "/")


def without_table(words: list[Word]) -> list[Word]:
    """The words with a table written out, each number after its column's head; as they are where there is none."""
    said = [word.plain for word in words]
    if "\n" not in said or not any(sign in said for sign in _SIGNS):
        return words
    lines = _lines(words)
    for sign in _SIGNS:
        for k, line in enumerate(lines[:-1]):
            heads = [_said(cell) for cell in _cells(line, sign)]
            if len(heads) > 1 and any(head in _HEADS or head in _RESULTS for head in heads) and _are_heads(heads):
                rows = [_cells(row, sign) for row in lines[k + 1 :]]
                if rows and len(rows[0]) > 1:
                    return _written(lines[:k], _cells(line, sign), heads, rows)
    return _with_colons(words, lines)


def _are_heads(heads: list[str]) -> bool:
    """Most of them are known as heads; `nhà số 17 | vắng` is a line like the others."""
    known = sum(
        head in _HEADS or head in _RESULTS or head in _PLACES or head in _HOMES or head in _SUMS for head in heads
    )
    return 2 * known > len(heads)


_LISTED = 2  # lines of a list


def _with_colons(words: list[Word], lines: list[list[Word]]) -> list[Word]:
    """`o Đạt | 2` line by line: a list without heads, whose bars say what colons say."""
    listed = [line for line in lines if sum(word.plain == "|" for word in line) == 1]
    if len(listed) < _LISTED:
        return words
    bars = {id(word) for line in listed for word in line if word.plain == "|"}
    return [replace(word, plain=":", marked=":") if id(word) in bars else word for word in words]


def _lines(words: list[Word]) -> list[list[Word]]:
    lines: list[list[Word]] = [[]]
    for word in words:
        lines[-1].append(word)
        if word.plain == "\n":
            lines.append([])
    return [line for line in lines if line]


def _cells(line: list[Word], sign: str) -> list[list[Word]]:
    cells: list[list[Word]] = [[]]
    for word in line:
        if word.plain == sign:
            cells.append([])
        elif word.plain != "\n":
            cells[-1].append(word)
    if not cells[0]:
        cells = cells[1:]  # `| a | b |`
    return cells


def _said(cell: list[Word]) -> str:
    return " ".join(word.plain for word in cell)


def _written(
    before: list[list[Word]], cells: list[list[Word]], heads: list[str], rows: list[list[list[Word]]]
) -> list[Word]:
    out = [word for line in before for word in line]
    for row in rows:
        if any(_said(cell) in _SUMS for cell in row[:1]) or all(set(_said(cell)) <= {"-", " "} for cell in row):
            continue
        told: list[Word] = []
        named = any(
            head in _HOMES and cell and not any(word.digits for word in cell)
            for head, cell in zip(heads, row, strict=False)
        )
        for head, at, cell in zip(heads, cells, row, strict=False):
            told += _cell(head, at, cell, [] if named else row[0])
        if told:
            out += [*told, replace(told[-1], plain="\n", marked="\n", capital=False, glued=False, short=True)]
    return out


def _cell(head: str, at: list[Word], cell: list[Word], whose: list[Word]) -> list[Word]:
    if not cell or not at:
        return []
    if head in _PLACES and cell[0].plain in _PLACES:
        return [*cell, _word(cell[-1], ":")]
    if head in _PLACES:
        return [_word(at[0], _PLACES[head]), *cell, _word(cell[-1], ":")]
    if head in _HOMES and not any(word.digits for word in cell):
        return [*_house(cell), *cell, _word(cell[-1], ":")]
    if head in _RESULTS:
        return [*whose, *cell, _word(cell[-1], ",")]
    if head in _HEADS and len(cell) == 1 and cell[0].digits and int(cell[0].plain[:4]) > 0:
        return [
            *(_word(at[0], part) for part in _HEADS[head].split()),
            replace(cell[0], glued=False),
            _word(cell[0], ","),
        ]
    if head in _HEADS and any(word.plain.isalnum() and word.plain != "0" for word in cell):
        return [
            *(_word(at[0], part) for part in _HEADS[head].split()),
            *cell,
            _word(cell[-1], ","),
        ]  # `2-3`: asked about
    return []


def _house(cell: list[Word]) -> list[Word]:
    """`Hợi` under `hộ`."""
    return [house_before(cell[0])] if is_bare_name(cell[0]) else []


def _word(like: Word, marked: str) -> Word:
    return replace(like, plain=fold(marked), marked=marked, capital=False, glued=False, short=True)
