"""What was done, as people said it: reports and their versions. Nothing is overwritten; sums follow at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from storage.engine.times import day_number, day_of, moment, stamp
from storage.engine.transaction import Row, Transaction
from storage.reports import quarters, totals
from storage.reports.tallies import Line, Place


@dataclass(frozen=True, slots=True)
class Report:
    """A report as its newest version has it; without lines where it is withdrawn."""

    id: int
    person: int
    team: int
    day: date
    at: datetime
    chat: int
    message: str
    version: int
    change: str
    changed_at: datetime
    changed_by: int
    lines: tuple[Line, ...]

    @property
    def withdrawn(self) -> bool:
        """Whether it counts nothing any more."""
        return self.change == "withdrawn"


@dataclass(frozen=True, slots=True)
class Told:
    """A message that makes a report: whose it is, when it was sent, and its words, masked."""

    person: int  # whose report it is
    day: date
    at: datetime
    chat: int
    message: str
    text: str
    by: int | None = None  # who said it, where that was somebody else


# A report with its newest version, and a row for each line of it.
_REPORT = """
SELECT r.id, r.person, r.team, r.day, r.at, r.chat, r.message, v.number, v.change, v.at AS changed_at, v.by,
       coalesce(h.merged_into, c.hamlet) AS hamlet, c.outcome, c.n
FROM reports r
JOIN versions v ON v.report = r.id AND v.number = (SELECT max(number) FROM versions WHERE report = r.id)
LEFT JOIN counts c ON c.report = v.report AND c.number = v.number
LEFT JOIN hamlets h ON h.id = c.hamlet
"""


def _reports(rows: Sequence[Row]) -> list[Report]:
    grouped: dict[int, list[Row]] = {}
    for row in rows:
        grouped.setdefault(row["id"], []).append(row)
    return [_report(group) for group in grouped.values()]


def _report(rows: Sequence[Row]) -> Report:
    first = rows[0]
    return Report(
        id=first["id"],
        person=first["person"],
        team=first["team"],
        day=day_of(first["day"]),
        at=moment(first["at"]),
        chat=first["chat"],
        message=first["message"],
        version=first["number"],
        change=first["change"],
        changed_at=moment(first["changed_at"]),
        changed_by=first["by"],
        lines=_lines(rows),
    )


def _lines(rows: Sequence[Row]) -> tuple[Line, ...]:
    """A version's lines; those of hamlets that were found to be the same are one."""
    sums: dict[tuple[int, str], int] = {}
    for row in rows:
        if row["outcome"] is not None:
            key = (row["hamlet"], row["outcome"])
            sums[key] = sums.get(key, 0) + row["n"]
    return tuple(Line(hamlet, outcome, n) for (hamlet, outcome), n in sums.items())


def record(tx: Transaction, told: Told, *, team: int, lines: Sequence[Line], change: str = "said") -> Report:
    """Stores a new report. `change` is `adjusted` where it takes from what was stored."""
    row = tx.one(
        """INSERT INTO reports (person, team, day, at, chat, message)
           VALUES (:person, :team, :day, :at, :chat, :message) RETURNING id""",
        person=told.person,
        team=team,
        day=day_number(told.day),
        at=stamp(told.at),
        chat=told.chat,
        message=told.message,
    )
    assert row is not None
    report = Report(
        row["id"], told.person, team, told.day, told.at, told.chat, told.message, 0, "", told.at, told.person, ()
    )
    by = told.person if told.by is None else told.by
    return _next(tx, report, change, lines, by=by, at=told.at, text=told.text)


def correct(
    tx: Transaction,
    report: Report,
    lines: Sequence[Line],
    *,
    by: int,
    at: datetime,
    text: str | None,
    change: str = "corrected",
) -> Report:
    """The report says something else from now on; a withdrawn one counts again. `change` as for `record`."""
    after = _next(tx, report, change, lines, by=by, at=at, text=text)
    _lift_adjustments(tx, after, by=by, at=at)
    return after


def withdraw(tx: Transaction, report: Report, *, by: int, at: datetime) -> Report:
    """The report counts nothing any more; what it said stays on record."""
    after = _next(tx, report, "withdrawn", (), by=by, at=at, text=None)
    _lift_adjustments(tx, after, by=by, at=at)
    return after


def _lift_adjustments(tx: Transaction, changed: Report, *, by: int, at: datetime) -> None:
    """An adjustment took from what has become less by now: it is withdrawn before any sum of the day is below 0."""
    for adjustment in adjustments(tx, changed.person, changed.day):
        if adjustment.id == changed.id or not _below_zero(of_day(tx, changed.person, changed.day)):
            return
        _next(tx, adjustment, "withdrawn", (), by=by, at=at, text=None)


def _below_zero(reports: Sequence[Report]) -> bool:
    sums: dict[tuple[Place, str], int] = {}
    for report in reports:
        for line in report.lines:
            key = (line.hamlet, line.outcome)
            sums[key] = sums.get(key, 0) + line.n
    return any(n < 0 for n in sums.values())


def _next(
    tx: Transaction,
    report: Report,
    change: str,
    lines: Sequence[Line],
    *,
    by: int,
    at: datetime,
    text: str | None,
) -> Report:
    number = report.version + 1
    tx.run(
        """INSERT INTO versions (report, number, change, at, by, text)
           VALUES (:report, :number, :change, :at, :by, :text)""",
        report=report.id,
        number=number,
        change=change,
        at=stamp(at),
        by=by,
        text=text,
    )
    tx.run_many(
        """INSERT INTO counts (report, number, hamlet, outcome, n)
           VALUES (:report, :number, :hamlet, :outcome, :n)""",
        [
            {"report": report.id, "number": number, "hamlet": line.hamlet, "outcome": line.outcome, "n": line.n}
            for line in lines
        ],
    )
    totals.add(tx, person=report.person, team=report.team, day=report.day, lines=report.lines, sign=-1)
    totals.add(tx, person=report.person, team=report.team, day=report.day, lines=lines, sign=1)
    quarters.add(tx, team=report.team, day=report.day, at=at, n=_phones(lines) - _phones(report.lines))
    return Report(
        id=report.id,
        person=report.person,
        team=report.team,
        day=report.day,
        at=report.at,
        chat=report.chat,
        message=report.message,
        version=number,
        change=change,
        changed_at=at,
        changed_by=by,
        lines=tuple(lines),
    )


def _phones(lines: Sequence[Line]) -> int:
    return sum(line.n for line in lines if line.outcome == "activated")


def by_id(tx: Transaction, report: int) -> Report | None:
    """The report of this row."""
    rows = tx.all(_REPORT + "WHERE r.id = :report", report=report)
    return _report(rows) if rows else None


def of_message(tx: Transaction, chat: int, message: str) -> Report | None:
    """The report that this message made."""
    rows = tx.all(_REPORT + "WHERE r.chat = :chat AND r.message = :message ORDER BY r.id", chat=chat, message=message)
    found = _reports(rows)
    return found[-1] if found else None


def beside(tx: Transaction, report: Report) -> list[Report]:
    """What else the report's message reported that counts: the share of somebody else."""
    rows = tx.all(
        _REPORT + "WHERE r.chat = :chat AND r.message = :message AND r.id <> :id ORDER BY r.id",
        chat=report.chat,
        message=report.message,
        id=report.id,
    )
    return [one for one in _reports(rows) if not one.withdrawn]


def adjustments(tx: Transaction, person: int, day: date) -> list[Report]:
    """What was taken from the person's work day by a smaller total, the newest first."""
    return [report for report in reversed(of_day(tx, person, day)) if report.change == "adjusted"]


def last_of(tx: Transaction, person: int, *, since: date) -> Report | None:
    """The person's newest report that still counts, of work days since `since`; by when it was sent."""
    found = [report for report in since_day(tx, person, since) if not report.withdrawn]
    return max(found, key=lambda report: (report.at, report.id), default=None)


def last_for_others(tx: Transaction, by: int, *, since: date) -> Report | None:
    """The newest report that counts which this person made for somebody else, of work days since `since`."""
    rows = tx.all(
        _REPORT
        + """WHERE r.day >= :first AND r.person <> :by
             AND EXISTS (SELECT 1 FROM versions s WHERE s.report = r.id AND s.number = 1 AND s.by = :by)
             ORDER BY r.at, r.id""",
        by=by,
        first=day_number(since),
    )
    found = [report for report in _reports(rows) if not report.withdrawn]
    return found[-1] if found else None


def told_for_others(tx: Transaction, chat: int, by: int, *, since: date) -> list[Report]:
    """What this person reported for others in this chat, of work days since `since`, as far as it counts."""
    rows = tx.all(
        _REPORT
        + """WHERE r.chat = :chat AND r.day >= :first AND r.person <> :by
             AND EXISTS (SELECT 1 FROM versions s WHERE s.report = r.id AND s.number = 1 AND s.by = :by)
             ORDER BY r.at, r.id""",
        chat=chat,
        by=by,
        first=day_number(since),
    )
    return [report for report in _reports(rows) if not report.withdrawn]


def said_by(tx: Transaction, report: int) -> int:
    """Who made the report: its person, or somebody for them."""
    row = tx.one("SELECT by FROM versions WHERE report = :report AND number = 1", report=report)
    assert row is not None
    by: int = row["by"]
    return by


def since_day(tx: Transaction, person: int, first: date) -> list[Report]:
    """The person's reports of this work day and later ones, withdrawn ones too, in the order of sending."""
    rows = tx.all(
        _REPORT + "WHERE r.person = :person AND r.day >= :first ORDER BY r.at, r.id",
        person=person,
        first=day_number(first),
    )
    return _reports(rows)


def of_day(tx: Transaction, person: int, day: date) -> list[Report]:
    """The person's reports of a work day that still count, in the order of sending."""
    rows = tx.all(
        _REPORT + "WHERE r.person = :person AND r.day = :day ORDER BY r.at, r.id", person=person, day=day_number(day)
    )
    return [report for report in _reports(rows) if not report.withdrawn]


def last_sent(tx: Transaction, person: int, day: date) -> datetime | None:
    """When the newest report of the person's work day that counts was sent; None where there is none."""
    row = tx.one(
        """SELECT r.at FROM reports r CROSS JOIN versions v
           WHERE r.person = :person AND r.day = :day AND v.report = r.id AND v.change <> 'withdrawn'
             AND v.number = (SELECT max(number) FROM versions WHERE report = r.id)
           ORDER BY r.at DESC LIMIT 1""",
        person=person,
        day=day_number(day),
    )
    return moment(row["at"]) if row else None


def has_any(tx: Transaction, person: int, day: date) -> bool:
    """Whether a report of this person and work day counts, were it only a zero."""
    return bool(of_day(tx, person, day))


def tried(tx: Transaction) -> tuple[int, int]:
    """Of a whole book: how many reports count, and how many versions are corrections."""
    row = tx.one(
        """SELECT (SELECT count(*) FROM versions v WHERE v.change IN ('said', 'corrected')
                   AND v.number = (SELECT max(number) FROM versions WHERE report = v.report)) AS reports,
                  (SELECT count(*) FROM versions WHERE change = 'corrected') AS corrections"""
    )
    assert row is not None
    return row["reports"], row["corrections"]


def changes_since(tx: Transaction, team: int, *, before: date, since: datetime) -> list[Report]:
    """The team's reports of work days before `before` that were made or changed since a moment."""
    rows = tx.all(
        _REPORT
        + """WHERE r.person IN (SELECT person FROM members WHERE team = :team) AND r.team = :team
             AND r.day BETWEEN :first AND :last AND v.at >= :since ORDER BY r.day, r.person, r.at""",
        team=team,
        first=day_number(before) - 7,
        last=day_number(before) - 1,
        since=stamp(since),
    )
    return _reports(rows)


def newest_at(tx: Transaction) -> datetime | None:
    """When the newest report of all was sent."""
    row = tx.one("SELECT at FROM reports ORDER BY id DESC LIMIT 1")
    return moment(row["at"]) if row else None


def text_of(tx: Transaction, report: Report) -> str | None:
    """The masked message of the report's newest version that has one; None where it was blanked."""
    row = tx.one(
        "SELECT text FROM versions WHERE report = :report AND text IS NOT NULL ORDER BY number DESC LIMIT 1",
        report=report.id,
    )
    return row["text"] if row else None


def first_text_of(tx: Transaction, report: Report) -> str | None:
    """The masked message that made the report; None where it was blanked."""
    row = tx.one("SELECT text FROM versions WHERE report = :report AND number = 1", report=report.id)
    return row["text"] if row else None


def texts_of_person(tx: Transaction, person: int, since: date) -> dict[int, str]:
    """The masked words of a person's reports of this work day and later ones, where they were not blanked."""
    rows = tx.all(
        """SELECT v.report, v.text FROM versions v JOIN reports r ON r.id = v.report
           WHERE r.person = :person AND r.day >= :first AND v.text IS NOT NULL ORDER BY v.report, v.number""",
        person=person,
        first=day_number(since),
    )
    return {row["report"]: row["text"] for row in rows}


def lines_before(tx: Transaction, report: Report) -> tuple[Line, ...]:
    """What the version before said; nothing where there was none, or it was withdrawn."""
    rows = tx.all(
        """SELECT coalesce(h.merged_into, c.hamlet) AS hamlet, c.outcome, c.n
           FROM counts c LEFT JOIN hamlets h ON h.id = c.hamlet WHERE c.report = :report AND c.number = :number""",
        report=report.id,
        number=report.version - 1,
    )
    return _lines(rows)
