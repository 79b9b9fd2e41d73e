"""The check before setting out: its questions, who took it, and how that went."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from storage.engine.times import moment, stamp
from storage.engine.transaction import Row, Transaction


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its answers; `correct` is the place of the right one, from 0, and `why` explains it."""

    ask: str
    answers: tuple[str, ...]
    correct: int
    why: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a run, and the place of the answer that was chosen; None: not answered yet."""

    question: Question
    chosen: int | None

    @property
    def right(self) -> bool:
        """Whether the right answer was chosen."""
        return self.chosen == self.question.correct


@dataclass(frozen=True, slots=True)
class Run:
    """One time that a person took the check."""

    id: int
    person: int
    ended: bool
    asked: tuple[Asked, ...]

    @property
    def next(self) -> int | None:
        """The place of the question that is to be answered; None where all are."""
        return next((place for place, one in enumerate(self.asked) if one.chosen is None), None)


@dataclass(frozen=True, slots=True)
class Result:
    """How somebody's newest whole run went; `missed` are the questions that they answered wrongly."""

    person: int
    at: datetime
    asked: int
    right: int
    missed: tuple[str, ...]


_QUESTION = "q.id, q.ask, q.answers, q.correct, q.why"


def _question(row: Row) -> Question:
    return Question(row["ask"], tuple(json.loads(row["answers"])), row["correct"], row["why"])


def questions(tx: Transaction) -> dict[int, Question]:
    """The questions that are asked now, by row, in their order."""
    rows = tx.all(f"SELECT {_QUESTION} FROM check_questions q WHERE q.place IS NOT NULL ORDER BY q.place")
    return {row["id"]: _question(row) for row in rows}


def add(tx: Transaction, question: Question) -> int:
    """A question that is new; it is asked once it has a place."""
    row = tx.one(
        """INSERT INTO check_questions (ask, answers, correct, why) VALUES (:ask, :answers, :correct, :why)
           RETURNING id""",
        ask=question.ask,
        answers=json.dumps(question.answers, ensure_ascii=False),
        correct=question.correct,
        why=question.why,
    )
    assert row is not None
    id: int = row["id"]
    return id


def place(tx: Transaction, question: int, at: int | None) -> None:
    """Where a question stands in the list; None: it is asked no more, and kept for those who answered it."""
    tx.run("UPDATE check_questions SET place = :at WHERE id = :question", at=at, question=question)


def forget_unasked(tx: Transaction) -> None:
    """Questions that are asked no more, and never were, are gone."""
    tx.run(
        """DELETE FROM check_questions WHERE place IS NULL
           AND NOT EXISTS (SELECT 1 FROM check_answers a WHERE a.question = check_questions.id)"""
    )


def times(tx: Transaction, person: int) -> int:
    """How often the person began the check."""
    row = tx.one("SELECT count(*) AS n FROM check_runs WHERE person = :person", person=person)
    return int(row["n"]) if row else 0


def begin(tx: Transaction, person: int, asked: Sequence[int], at: datetime) -> Run:
    """A new run with these questions."""
    row = tx.one(
        "INSERT INTO check_runs (person, begun_at) VALUES (:person, :at) RETURNING id", person=person, at=stamp(at)
    )
    assert row is not None
    tx.run_many(
        "INSERT INTO check_answers (run, place, question) VALUES (:run, :place, :question)",
        [{"run": row["id"], "place": place, "question": question} for place, question in enumerate(asked)],
    )
    run = by_id(tx, row["id"])
    assert run is not None
    return run


def by_id(tx: Transaction, run: int) -> Run | None:
    """The run of this row."""
    row = tx.one("SELECT id, person, ended_at FROM check_runs WHERE id = :run", run=run)
    if row is None:
        return None
    asked = tx.all(
        f"""SELECT {_QUESTION}, a.chosen FROM check_answers a JOIN check_questions q ON q.id = a.question
            WHERE a.run = :run ORDER BY a.place""",
        run=run,
    )
    return Run(
        row["id"],
        row["person"],
        row["ended_at"] is not None,
        tuple(Asked(_question(one), one["chosen"]) for one in asked),
    )


def open_of(tx: Transaction, person: int, since: datetime) -> Run | None:
    """The newest run of this person, where it was begun since then and has not ended."""
    row = tx.one(
        "SELECT id, begun_at, ended_at FROM check_runs WHERE person = :person ORDER BY id DESC LIMIT 1", person=person
    )
    open = row is not None and row["ended_at"] is None and row["begun_at"] >= stamp(since)
    return by_id(tx, row["id"]) if row is not None and open else None


def choose(tx: Transaction, run: int, place: int, chosen: int, at: datetime) -> None:
    """The answer to a question of a run; with the last one the run ends."""
    tx.run(
        "UPDATE check_answers SET chosen = :chosen WHERE run = :run AND place = :place",
        chosen=chosen,
        run=run,
        place=place,
    )
    tx.run(
        """UPDATE check_runs SET ended_at = :at WHERE id = :run AND ended_at IS NULL
           AND NOT EXISTS (SELECT 1 FROM check_answers a WHERE a.run = check_runs.id AND a.chosen IS NULL)""",
        at=stamp(at),
        run=run,
    )


# Of everybody in the team: each answer of the newest run that they ended.
_RESULTS = """
    SELECT r.person, r.ended_at, q.ask, a.chosen = q.correct AS correct
    FROM members m JOIN check_runs r ON r.person = m.person
    JOIN check_answers a ON a.run = r.id JOIN check_questions q ON q.id = a.question
    WHERE m.team = :team AND r.ended_at IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM check_runs later WHERE later.person = r.person AND later.ended_at IS NOT NULL AND later.id > r.id
    )
    ORDER BY r.person, a.place"""


def results(tx: Transaction, team: int) -> dict[int, Result]:
    """How it went for those of the team who took it, by person."""
    found: dict[int, Result] = {}
    for row in tx.all(_RESULTS, team=team):
        before = found.get(row["person"], Result(row["person"], moment(row["ended_at"]), 0, 0, ()))
        found[row["person"]] = Result(
            before.person,
            before.at,
            before.asked + 1,
            before.right + bool(row["correct"]),
            before.missed if row["correct"] else (*before.missed, row["ask"]),
        )
    return found
