"""What an administrative report says: the words and numbers that its template may name, as they are written in it.

The names are Vietnamese without marks, since officers read them in their template: `{{ da_xong }}`.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import zip_longest
from typing import Any

from handlers import texts
from handlers.figures.files.exported import Book
from handlers.figures.gathered import facts
from handlers.figures.gathered.facts import Board, Pace, Row, Standing
from handlers.texts import number, percent
from storage.campaign import hamlets
from storage.engine.transaction import Transaction
from storage.reports import totals

MOST_HAMLETS = 30  # of one commune, so that the report stays on its page
_NAMED = 3  # communes called by name
_NOTHING: Mapping[str, str] = {"ten": "", "chi_tieu": "", "da_xong": "", "ty_le": "", "hom_nay": "", "con_lai": ""}


def named(tx: Transaction, book: Book) -> dict[str, Any]:
    """Everything that a template may name."""
    whole, day = book.board.whole, book.at.date()
    parts = _communes(book.board) if len(book.board.rows) > 1 else _hamlets(tx, book)
    half = -(-len(parts) // 2)
    sides = zip_longest(parts[:half], parts[half:], fillvalue=_NOTHING)
    return {
        "chien_dich": f"{texts.mark('trial')} {book.campaign}" if book.trial else book.campaign,
        "dia_ban": texts.plain("lettered.everywhere") if book.name == book.campaign else book.name,
        "gio": f"{book.at:%H:%M}",
        "ngay": f"{day.day:02d}",
        "thang": f"{day.month:02d}" if day.month < 3 else f"{day.month}",
        "nam": f"{day.year}",
        "ngay_cong_tac": _date(book.day),
        **_reached(whole),
        "co_san": number(whole.baseline),
        "bot_ghi": number(whole.bot),
        "ket_qua": [
            {"ten": words, "so": number(whole.counts.get(one, 0)), "hom_nay": number(whole.today.get(one, 0))}
            for one, words in texts.OUTCOMES.items()
        ],
        "theo": texts.plain("lettered.by_commune" if len(book.board.rows) > 1 else "lettered.by_hamlet"),
        "don_vi": parts,
        "bang": [{"trai": left, "phai": right} for left, right in sides],
        "nhan_xet": _remarks(book),
        **_phase(book.board.pace),
    }


def sample() -> dict[str, Any]:
    """The same names without a campaign, by which a template is tried when it is loaded."""
    plain = (
        "chien_dich dia_ban gio ngay thang nam ngay_cong_tac chi_tieu da_xong ty_le con_lai hom_nay co_san bot_ghi theo"
    )
    part = dict.fromkeys(_NOTHING, "0")
    return {
        **dict.fromkeys([*plain.split(), *_phase(None)], "0"),
        "ket_qua": [{"ten": "", "so": "0", "hom_nay": "0"}],
        "don_vi": [part],
        "bang": [{"trai": part, "phai": part}],
        "nhan_xet": [""],
    }


def _reached(standing: Standing) -> dict[str, str]:
    return {
        "chi_tieu": number(standing.target),
        "da_xong": number(standing.done),
        "ty_le": percent(standing.done, standing.target),
        "con_lai": number(max(standing.left, 0)),
        "hom_nay": number(standing.phones_today),
    }


def _communes(board: Board) -> list[Mapping[str, str]]:
    return [{"ten": facts.short(row.commune), **_reached(row.standing)} for row in board.rows]


def _hamlets(tx: Transaction, book: Book) -> list[Mapping[str, str]]:
    """Of one commune: what the bot recorded in each hamlet, most first; the rest of it is last, in one."""
    (row,) = book.board.rows
    ever = totals.of_hamlets(tx, row.commune.id)
    today = totals.of_hamlets(tx, row.commune.id, (book.day, book.day))
    known = [
        (one.name, _phones(ever, one.id), _phones(today, one.id)) for one in hamlets.of_commune(tx, row.commune.id)
    ]
    shown = sorted((one for one in known if one[1] or one[2]), key=lambda one: -one[1])[:MOST_HAMLETS]
    rest = (row.standing.bot - sum(n for _, n, _ in shown), row.standing.phones_today - sum(n for *_, n in shown))
    lines = [(texts.hamlet_head(name), n, of_day) for name, n, of_day in shown]
    if any(rest):
        lines.append((texts.plain("lettered.elsewhere"), *rest))
    return [{**_NOTHING, "ten": name, "da_xong": number(n), "hom_nay": number(of_day)} for name, n, of_day in lines]


def _phones(sums: Mapping[int, Mapping[str, int]], id: int) -> int:
    return sums.get(id, {}).get("activated", 0)


def _phase(pace: Pace | None) -> dict[str, Any]:
    if pace is None:
        return dict.fromkeys(("dot", "dot_tu", "dot_den", "ngay_thu", "so_ngay", "hoc_vien", "dinh_muc"), "") | {
            "dat_dinh_muc": "",
            "can_moi_ngay": "",
            "binh_quan": "",
            "du_kien": "",
        }
    return {
        "dot": pace.phase.name,
        "dot_tu": _date(pace.phase.first),
        "dot_den": _date(pace.phase.last),
        "ngay_thu": number(min(max(pace.day, 0), pace.phase.days)),
        "so_ngay": number(pace.phase.days),
        "hoc_vien": number(pace.students),
        "dinh_muc": number(pace.quota),
        "dat_dinh_muc": percent(pace.bot, pace.quota),
        "can_moi_ngay": number(pace.needed) if pace.needed is not None else "",
        "binh_quan": number(pace.average) if pace.average is not None else "",
        "du_kien": _date(pace.finish) if pace.finish is not None else "",
    }


def _date(day: date) -> str:
    return f"{day:%d/%m/%Y}"


# Remarks


def _remarks(book: Book) -> list[str]:
    """What the numbers say, a sentence each; blame is nobody's."""
    board, pace = book.board, book.board.pace
    said = list[str]()
    if pace is not None and pace.quota:
        said.append(texts.plain("lettered.quota", pace=pace))
    ranked = _ranked(board)
    if len(ranked) > _NAMED:
        said.append(texts.plain("lettered.first", rows=_named(ranked[:_NAMED])))
        said.append(texts.plain("lettered.last", rows=_named(ranked[: -_NAMED - 1 : -1])))
    if pace is not None and (pace.needed or pace.finish) and not pace.before:
        said.append(texts.plain("lettered.ahead", pace=pace))
    return said


def _ranked(board: Board) -> list[Row]:
    """The communes with a target by how much of it is done, the furthest first."""
    with_target = [row for row in board.rows if row.standing.target]
    return sorted(with_target, key=lambda row: -row.standing.done / row.standing.target)


def _named(rows: Sequence[Row]) -> str:
    return texts.listed(
        f"{facts.short(row.commune)} ({percent(row.standing.done, row.standing.target)})" for row in rows
    )
