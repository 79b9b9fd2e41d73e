"""A small campaign folder on disk and its database, for tests to change and load."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.folder import reader
from storage.campaign import hamlets, teams
from storage.campaign.loading import load
from storage.campaign.plan import CampaignError, Change
from storage.engine.database import session
from storage.engine.transaction import Transaction
from storage.reports import reports
from storage.reports.tallies import Line
from storage.talk import chats

TODAY = date(2023, 5, 16)
NOW = datetime(2023, 5, 16, 8, tzinfo=UTC)

FILES = {
    "campaign.toml": """
name = "Thử"
timezone = "Asia/Ho_Chi_Minh"
quota = 20
[[phases]]
name = "Đợt 1"
start = 2023-05-16
days = 21
[[phases]]
name = "Đợt 2"
start = "2023-06-06"
days = 10
""",
    "communes.csv": "code,name,target,baseline\n451,Xã Xuân Thu,9.260,100\n397,Xã Minh Phú,12560,\n",
    "hamlets.csv": "commune,name,homes\n451,Xóm 4,120\nXuân Thu,Thôn Xuân Tảo,\n",
    "roster.csv": """id,name,role,communes,phases,code,address
hv1,Lê An,lead,451,Đợt 1;Đợt 2,,
hv2,Vũ Bình,student,Xuân Thu,Đợt 1,fixed_code-1,
hv3,Tạ Chi,student,397,đợt 2,,
cb1,Mai Dung,officer,451;397,,,đồng chí Dung
cb2,Đỗ Giang,officer,,,,
qt1,Hà Hải,admin,,,,
""",
}


class Folder:
    """A small campaign on disk, some of its files changed, and its database."""

    def __init__(self, path: Path) -> None:
        self.path = path / "campaign"
        self.path.mkdir()
        self.file = path / "bacung.db"
        self.write(**FILES)

    def write(self, **files: str | None) -> "Folder":
        """Sets the contents of files; None takes one away."""
        for name, text in files.items():
            if text is None:
                (self.path / name).unlink()
            else:
                (self.path / name).write_bytes(text.encode())
        return self

    def change(self, name: str, old: str, new: str) -> "Folder":
        """Replaces a part of a file."""
        text = (self.path / name).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        return self.write(**{name: text.replace(old, new)})

    def load(self, *, today: date = TODAY, at: datetime = NOW, dry_run: bool = False) -> list[Change]:
        """Loads it into the database."""
        plan, mark = reader.read(self.path), reader.digest(self.path)
        with session(self.file) as tx:
            return load(tx, plan, today=today, at=at, digest=mark, dry_run=dry_run)

    def refused(self) -> list[str]:
        """The lines that say why it cannot be loaded."""
        with pytest.raises(CampaignError) as caught:
            self.load()
        return caught.value.lines

    def ask(self, question: Callable[[Transaction], Any]) -> Any:
        """What the database answers."""
        with session(self.file) as tx:
            return question(tx)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Rows of the database."""
        found: list[tuple[Any, ...]] = self.ask(lambda tx: [tuple(row) for row in tx.all(sql)])
        return found

    def report(self, ref: str, hamlet: str) -> None:
        """Lets a student report three phones in a hamlet, listed or not."""

        def work(tx: Transaction) -> None:
            row = tx.one("SELECT id FROM people WHERE ref = :ref", ref=ref)
            assert row is not None
            team = teams.team_of(tx, row["id"], TODAY)
            assert team is not None
            lines = [Line(hamlets.add(tx, team.commune, f"Xóm {hamlet}", hamlet), "activated", 3)]
            reports.record(
                tx,
                reports.Told(
                    person=row["id"],
                    day=TODAY,
                    at=NOW,
                    chat=chats.at(tx, "web", ref, private=True).id,
                    message="1",
                    text="",
                ),
                team=team.id,
                lines=lines,
            )

        self.ask(work)
