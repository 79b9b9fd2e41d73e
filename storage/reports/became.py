"""What became of messages: whether something is stored of one, and what, or whether it waits for an answer."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from storage.engine.times import moment
from storage.engine.transaction import Row, Transaction
from storage.reports.drafts import ANSWER
from storage.reports.tallies import Counts, merged


class Kind(StrEnum):
    """What a message is by now, where it is not merely received."""

    COUNTED = "counted"  # its report counts
    ADJUSTED = "adjusted"  # it takes from what others stored
    WITHDRAWN = "withdrawn"  # its report counts nothing any more
    OPEN = "open"  # it waits for an answer
    INTO = "into"  # it answered or corrected what another message says
    PRACTISED = "practised"  # it reported in practice, and counts nothing


@dataclass(frozen=True, slots=True)
class Became:
    """What became of one message. `person`: whose report it is; `counts`: what it says, by outcome.

    `beside`: what else the same message reported, for others.
    `at`: when the message was sent into whose report it went; what that says stands there, and is not said twice.
    """

    kind: Kind
    person: int
    counts: Counts
    at: datetime | None = None
    beside: tuple["Became", ...] = ()


def of_messages(tx: Transaction, chat: int, messages: Sequence[str]) -> dict[str, Became]:
    """What became of messages of a chat, by message; those that are not there were received and nothing else."""
    if not messages:
        return {}
    marks = ", ".join(f":m{place}" for place in range(len(messages)))
    known = {f"m{place}": message for place, message in enumerate(messages)}
    reported = _reported(tx, chat, marks, known)
    counting = {message: one for message, one in reported.items() if one.kind in _COUNT}
    # What counts goes first; a question about what was withdrawn is newer than the withdrawal.
    return {**_into(tx, chat, marks, known), **reported, **_open(tx, chat, marks, known), **counting}


_COUNT = frozenset({Kind.COUNTED, Kind.ADJUSTED})
_CHANGES = {"withdrawn": Kind.WITHDRAWN, "adjusted": Kind.ADJUSTED}


def _reported(tx: Transaction, chat: int, marks: str, known: dict[str, str]) -> dict[str, Became]:
    """The newest report of each message, as its newest version has it, and those that count beside it."""
    rows = tx.all(
        f"""SELECT r.id, r.message, r.person, v.change, c.outcome, c.n
            FROM reports r
            JOIN versions v ON v.report = r.id AND v.number = (SELECT max(number) FROM versions WHERE report = r.id)
            LEFT JOIN counts c ON c.report = v.report AND c.number = v.number
            WHERE r.chat = :chat AND r.message IN ({marks}) ORDER BY r.id""",
        chat=chat,
        **known,
    )
    by_report: dict[int, list[Row]] = {}
    for row in rows:
        by_report.setdefault(row["id"], []).append(row)
    found: dict[str, Became] = {}
    for own in by_report.values():
        counts = merged({row["outcome"]: row["n"]} for row in own if row["outcome"] is not None)
        one = Became(_CHANGES.get(own[0]["change"], Kind.COUNTED), own[0]["person"], counts)
        before = found.get(own[0]["message"])
        others = () if before is None else (*before.beside, replace(before, beside=()))
        found[own[0]["message"]] = replace(one, beside=tuple(other for other in others if other.kind in _COUNT))
    return found


def _into(tx: Transaction, chat: int, marks: str, known: dict[str, str]) -> dict[str, Became]:
    """The messages that said what another one's report says from then on."""
    rows = tx.all(
        f"""SELECT d.message, r.person, r.at FROM drafts d JOIN reports r ON r.id = d.report
            WHERE d.chat = :chat AND d.message IN ({marks}) AND d.why = :answer
            AND (r.chat <> d.chat OR r.message <> d.message) ORDER BY d.id""",
        chat=chat,
        answer=ANSWER,
        **known,
    )
    return {row["message"]: Became(Kind.INTO, row["person"], {}, moment(row["at"])) for row in rows}


def _open(tx: Transaction, chat: int, marks: str, known: dict[str, str]) -> dict[str, Became]:
    rows = tx.all(
        f"""SELECT message, person FROM drafts
            WHERE chat = :chat AND settled_at IS NULL AND message IN ({marks})""",
        chat=chat,
        **known,
    )
    return {row["message"]: Became(Kind.OPEN, row["person"], {}) for row in rows}
