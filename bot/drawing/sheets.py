"""The file that officers take home: sheets of totals, days, communes, students and reports, or the reports as CSV."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from bot.csvs import BOM, as_text
from bot.drawing.streamed import Column, Form, Value
from bot.drawing.workbook import ROWS_MOST, Formula, Sheet, Words, Workbook
from handlers import texts
from handlers.figures.files.exported import Book, ReportLine
from handlers.figures.gathered import facts
from handlers.language import Outcome
from storage.reports.tallies import Counts

_OUTCOMES = tuple(map(str, Outcome))
_FEW = 8  # characters of a column of numbers
_PHONES = 0  # the place of phones among the outcomes


def write(
    file: Path,
    book: Book,
    reports: Iterable[ReportLine],
    pictures: Sequence[tuple[str, bytes]] = (),
    *,
    rows_most: int = ROWS_MOST,
) -> None:
    """The numbers of a book as an .xlsx; `reports` are taken one by one. `rows_most`: lines of them on one sheet."""
    names = _heads("export.sheets")
    words = Words(_about(book), texts.plain("export.sums"), texts.plain("export.page"))
    with Workbook(file, words, title=_title(names[0], book), at=book.at) as workbook:
        workbook.summary(names[0], _title(names[0], book), _summary(book, names))
        workbook.rows(_sheet_of_days(names[1], book), _days(book))
        workbook.rows(_sheet_of_communes(names[2], book), _communes(book))
        workbook.rows(_sheet_of_students(names[3], book), _students(book))
        workbook.rows(_sheet_of_reports(names[4], book), map(_report, reports), rows_most=rows_most)
        if pictures:
            workbook.pictures(names[5], _title(names[5], book), pictures)


def write_csv(file: Path, reports: Iterable[ReportLine]) -> None:
    """All reports as CSV, with the columns of their sheet."""
    with file.open("w", encoding="utf-8", newline="") as opened:
        opened.write(BOM)
        writer = csv.writer(opened, lineterminator="\r\n")
        writer.writerow([column.head for column in _columns_of_reports()])
        for report in reports:
            values = _report(report)
            writer.writerow(map(_plain, values))


def _plain(value: Value) -> str:
    if value is None:
        return ""
    return as_text(value) if isinstance(value, str) else f"{value:%H:%M}" if hasattr(value, "hour") else str(value)


def _heads(name: str) -> list[str]:
    return texts.plain(name).split("|")


def _title(sheet: str, book: Book) -> str:
    return texts.plain("export.title", sheet=sheet, name=book.name)


def _about(book: Book) -> str:
    return texts.plain("export.as_of", campaign=book.campaign, at=book.at, trial=book.trial)


def _outcome_columns() -> list[Column]:
    return [Column(head, _FEW + 1, summed=True) for head in _heads("export.outcomes")]


def _numbers(counts: Counts) -> list[Value]:
    return [counts.get(outcome) or None for outcome in _OUTCOMES]


# Totals


def _summary(book: Book, names: Sequence[str]) -> Iterator[list[list[Value | Formula]]]:
    """What is to be done and what is done, the phase, and each result; worked out from the other sheets."""
    whole = book.board.whole
    communes = names[2]
    said = _heads("export.whole")
    yield [
        [said[0], _of(communes, "C", whole.target)],
        [said[1], _of(communes, "D", whole.baseline)],
        [said[2], _of(communes, "E", whole.bot)],
        [said[3], _of(communes, "F", whole.done)],
        [said[4], Formula('=IF(B4=0,"",B7/B4)', whole.done / whole.target if whole.target else "", share=True)],
        [said[5], Formula("=B4-B7", whole.left)],
        [said[6], _of(communes, "I", whole.phones_today)],
    ]
    pace = book.board.pace
    if pace is not None:
        title = texts.plain("export.of_phase", pace=pace)
        share = pace.bot / pace.quota if pace.quota else None
        values = [pace.elapsed, pace.students, pace.quota, pace.bot, share, pace.needed, pace.average, pace.finish]
        known = zip(_heads("export.pace"), values, strict=True)
        said_of_phase: list[list[Value | Formula]] = [[title]]
        said_of_phase += [[name, value] for name, value in known if value is not None]
        yield said_of_phase
    heads = _heads("export.outcomes")
    days = [_of(names[1], chr(ord("B") + place), whole.counts.get(one, 0)) for place, one in enumerate(_OUTCOMES)]
    today = [whole.today.get(one, 0) for one in _OUTCOMES]
    lines: list[list[Value | Formula]] = [[*_heads("export.results")]]
    for line in zip(heads, days, today, strict=True):
        lines.append([*line])
    yield lines


def _of(sheet: str, column: str, value: int) -> Formula:
    """The whole sum of a column of another sheet, whatever is filtered there."""
    return Formula(f"=SUM('{sheet}'!{column}5:{column}{ROWS_MOST})", value)


# Days, communes, students


def _sheet_of_days(name: str, book: Book) -> Sheet:
    columns = [Column(_heads("export.days")[0], 12, Form.DAY), *_outcome_columns()]
    return Sheet(name, "TheoNgay", _title(name, book), columns, {})


def _days(book: Book) -> Iterator[list[Value]]:
    for day, counts in book.days:
        yield [day, *_numbers(counts)]


def _sheet_of_communes(name: str, book: Book) -> Sheet:
    code, commune, target, baseline, done, share, left, today, students = _heads("export.communes")
    outcomes, whole = _outcome_columns(), book.board.whole
    columns = [
        Column(code, 8, Form.TEXT),
        Column(commune, 20, Form.TEXT),
        Column(target, 10, summed=True),
        Column(baseline, 10, summed=True),
        Column(outcomes[_PHONES].head, 10, summed=True),
        Column(done, 10, summed=True, formula="={D}+{E}"),
        Column(share, 8, Form.SHARE, formula='=IF({C}=0,"",{F}/{C})'),
        Column(left, 10, summed=True, formula="={C}-{F}"),
        Column(today, 10, summed=True),
        Column(students, 10, summed=True),
        *outcomes[_PHONES + 1 :],
    ]
    reached = {6: ('=IF({C}=0,"",{F}/{C})', whole.done / whole.target if whole.target else "")}
    return Sheet(name, "TheoXa", _title(name, book), columns, reached)


def _communes(book: Book) -> Iterator[list[Value]]:
    for row in book.board.rows:
        place, standing = row.commune, row.standing
        share = standing.done / standing.target if standing.target else ""
        numbers = [standing.done, share, standing.left, standing.phones_today, row.students]
        others = _numbers(standing.counts)[_PHONES + 1 :]
        yield [place.code, facts.short(place), place.target, place.baseline, standing.bot, *numbers, *others]


def _sheet_of_students(name: str, book: Book) -> Sheet:
    *named, today = _heads("export.students")
    widths = (16, 10, 10, 26, 11)
    columns = [Column(head, width, Form.TEXT) for head, width in zip(named, widths, strict=True)]
    columns += [*_outcome_columns(), Column(today, 10, summed=True)]
    return Sheet(name, "TheoHocVien", _title(name, book), columns, {})


def _students(book: Book) -> Iterator[list[Value]]:
    lead, student, gone = (texts.plain(name) for name in ("export.lead", "export.student", "export.gone"))
    for one in book.students:
        role = (lead if one.leads else student) if one.ref else ""
        today = one.today.get("activated", 0)
        yield [one.commune, one.phase, one.ref, one.name or gone, role, *_numbers(one.counts), today]


# Reports


def _columns_of_reports() -> list[Column]:
    number, day, at, commune, hamlet, phase, ref, student, note = _heads("export.reports")
    return [
        Column(number, 9),
        Column(day, 12, Form.DAY),
        Column(at, 8, Form.CLOCK),
        Column(commune, 16, Form.TEXT),
        Column(hamlet, 18, Form.TEXT),
        Column(phase, 9, Form.TEXT),
        Column(ref, 9, Form.TEXT),
        Column(student, 24, Form.TEXT),
        *_outcome_columns(),
        Column(note, 16, Form.TEXT),
    ]


def _sheet_of_reports(name: str, book: Book) -> Sheet:
    return Sheet(name, "BaoCao", _title(name, book), _columns_of_reports(), {})


def _report(one: ReportLine) -> list[Value]:
    return [
        one.report,
        one.day,
        one.at,
        one.commune,
        one.hamlet,
        one.phase,
        one.ref,
        one.student,
        *_numbers(one.counts),
        _note(one),
    ]


def _note(one: ReportLine) -> str:
    """How the report came to say what it says; '' where it was only said."""
    if not (one.withdrawn or one.adjusted or one.changed):
        return ""
    return texts.plain("export.note", withdrawn=one.withdrawn, adjusted=one.adjusted, changed=one.changed)
