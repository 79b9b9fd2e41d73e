"""Practices as they are kept, and the books beside the database."""

from datetime import timedelta
from pathlib import Path

import pytest

from storage.campaign import people, teams
from storage.engine import aside
from storage.engine.aside import AsideFailed
from storage.engine.errors import StorageError
from storage.reports import reports
from storage.reports.reports import Told
from storage.reports.tallies import Line
from storage.talk import books, chats, practices
from tests.evenings.playing import BEGIN, DAY, campaign

_HALF_AN_HOUR = timedelta(minutes=30)


def test_what_ended_is_forgotten_whole(tmp_path: Path) -> None:
    """Its book at its end, the rest when it is pruned; one that is on stays."""
    with campaign(tmp_path) as tx:
        an = people.by_ref(tx, "HV00003")
        assert an is not None
        chat = chats.at(tx, "telegram", "an", private=True).id
        over, on = (
            practices.begin(tx, person=an.id, chat=chat, at=at, until=at + _HALF_AN_HOUR)
            for at in (BEGIN, BEGIN + timedelta(days=9))
        )
        for one in (over, on):
            practices.keep(tx, one.id, b"book")
            practices.note(tx, one.id, message="5", about="5", at=one.begun_at, text="xóm 4 được 3")
            practices.answered(tx, one.id, one.id, report=1, offers=())
        practices.end(tx, over.id, over.until)
        assert practices.book(tx, over.id) is None
        assert practices.prune(tx, BEGIN + timedelta(days=8)) == 1
        assert [one.id for one in practices.near(tx, chat, BEGIN)] == [on.id]
        for table in ("practised", "practice_answers"):
            assert [row["practice"] for row in tx.all(f"SELECT practice FROM {table}")] == [on.id]


def test_a_book_holds_a_team_and_none_of_its_reports(tmp_path: Path) -> None:
    """Nor codes and addresses of others; what is written in it stays there."""
    with campaign(tmp_path) as tx:
        an = people.by_ref(tx, "HV00003")
        assert an is not None
        team = teams.team_of(tx, an.id, DAY)
        assert team is not None
        chat = chats.at(tx, "telegram", "an", private=True).id
        told = Told(an.id, DAY, BEGIN, chat, "5", "xóm 4 được 3")
        reports.record(tx, told, team=team.id, lines=[Line(0, "activated", 3)])
        practice = practices.begin(tx, person=an.id, chat=chat, at=BEGIN, until=BEGIN + _HALF_AN_HOUR)
        books.begin(tx, practice, team, DAY)
        codes = {row["code"] for row in tx.all("SELECT code FROM people")}
        with books.opened(tx, practice) as book:
            assert len(people.of_team(book.tx, team.id)) == len(people.of_team(tx, team.id))
            assert not codes & {row["code"] for row in book.tx.all("SELECT code FROM people")}
            reports.record(book.tx, told, team=team.id, lines=[Line(0, "activated", 5)])
            practices.keep(tx, practice.id, book.kept())
        assert books.done(tx, practice) == books.Done(1, 0, {"activated": 5})
        assert [row["n"] for row in tx.all("SELECT n FROM counts")] == [3]


def test_a_fault_in_a_book_is_no_trouble_of_the_database() -> None:
    """The message fails alone; a batch that met a StorageError would be tried again for ever."""
    with pytest.raises(AsideFailed), aside.opened() as book:
        book.tx.run("INSERT INTO nowhere VALUES (1)")
    assert not issubclass(AsideFailed, StorageError)


def test_offers_of_a_practice_are_known_by_their_number() -> None:
    """And none in earnest is taken for one."""
    assert [practices.of_offer(practices.first_offer(7) + one) for one in (1, 99_999)] == [7, 7]
    assert practices.of_offer(10**11) is None
