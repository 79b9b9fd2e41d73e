"""The book of a practice: what a person works with, copied from the real one; nothing of it ever goes back."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from storage.campaign import phases, teams
from storage.campaign.people import Role
from storage.campaign.teams import Team
from storage.engine import aside
from storage.engine.aside import Aside
from storage.engine.times import day_number, stamp
from storage.engine.transaction import Transaction
from storage.reports import reports, totals
from storage.reports.tallies import Counts
from storage.talk import offers, practices
from storage.talk.practices import Practice


@dataclass(frozen=True, slots=True)
class Done:
    """What was practised: the reports that stand there, what they say by outcome, and how often one was corrected."""

    reports: int
    corrections: int
    counts: Counts


_MEMBERS = "SELECT person FROM members WHERE team = :team UNION SELECT :person"


def begin(tx: Transaction, practice: Practice, team: Team, day: date) -> None:
    """A fresh book of the commune, the team and its people, without anybody's report; its phase is on.

    Who reports nothing in earnest is a lead in it.
    """
    who = {"team": team.id, "person": practice.person}
    with aside.opened() as book:
        book.take(tx, "campaign")
        book.take(tx, "communes")
        book.take(tx, "hamlets", "commune = :commune", commune=team.commune)
        book.take(tx, "phases", "id = :phase", phase=team.phase)
        book.take(tx, "teams", "id = :team", team=team.id)
        book.take(tx, "members", "team = :team", team=team.id)
        book.take(tx, "people", f"id IN ({_MEMBERS})", **who)
        book.take(tx, "identities", f"person IN ({_MEMBERS})", **who)
        book.take(tx, "chats", f"id IN (SELECT chat FROM identities WHERE person IN ({_MEMBERS}))", **who)
        _keep_out(book.tx, practice)
        _take_part(book.tx, practice.person, team, day)
        offers.begin_after(book.tx, practices.first_offer(practice.id), practice.chat, practice.person)
        practices.keep(tx, practice.id, book.kept())


def _keep_out(tx: Transaction, practice: Practice) -> None:
    """Codes and other people's addresses are of no use there."""
    tx.run("UPDATE people SET code = 'x' || id")
    tx.run("UPDATE identities SET sender = 'x' || chat WHERE chat <> :chat", chat=practice.chat)
    tx.run("UPDATE chats SET address = 'x' || id, title = '' WHERE id <> :chat", chat=practice.chat)


def _take_part(tx: Transaction, person: int, team: Team, day: date) -> None:
    """The person is one of the team, and the phase is on."""
    tx.run(
        "INSERT INTO members (team, person) VALUES (:team, :person) ON CONFLICT DO NOTHING", team=team.id, person=person
    )
    tx.run(
        "UPDATE people SET role = :lead WHERE id = :person AND role NOT IN ('student', 'lead')",
        lead=Role.LEAD.value,
        person=person,
    )
    phase = phases.by_id(tx, team.phase)
    if not phase.first <= day <= phase.last:
        tx.run("UPDATE phases SET first_day = :day WHERE id = :phase", day=day_number(day), phase=phase.id)


@contextmanager
def opened(tx: Transaction, practice: Practice) -> Iterator[Aside]:
    """The book of a practice that is not ended, with what has become of its answers meanwhile.

    Raises:
        AsideFailed: something is wrong in it.
    """
    with aside.opened(practices.book(tx, practice.id)) as book:
        for answer in practices.answers(tx, practice.id):
            book.tx.run(
                """INSERT INTO outbox (id, chat, class, meant_at, due_at, report, sent_id)
                   VALUES (:id, :chat, 0, :at, :at, :report, :sent_id)
                   ON CONFLICT (id) DO UPDATE SET sent_id = excluded.sent_id""",
                id=answer.outbox,
                chat=practice.chat,
                at=stamp(answer.meant_at),
                report=answer.report,
                sent_id=answer.sent_id,
            )
            offers.bind(book.tx, answer.offers, answer.outbox)
        yield book


def done(tx: Transaction, practice: Practice) -> Done:
    """What was practised in a practice that is not ended."""
    with opened(tx, practice) as book:
        (team,) = teams.every(book.tx)
        return Done(*reports.tried(book.tx), counts=totals.of(book.tx, "team", team.id))
