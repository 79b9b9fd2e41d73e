"""The command line as its users run it: real processes, real files."""

import csv
import io
import json
import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from bot.command_line import app
from bot.csvs import BOM
from storage.engine.database import session
from storage.engine.sqlite import engine
from storage.engine.times import moment
from storage.reports import reports
from storage.reports.tallies import Line
from tests.talk import write_campaign

ROOT = Path(__file__).parents[2]


class Shell:
    """Runs `bacung …` on a database of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.database = folder / "bacung.db"
        self.campaign = write_campaign(folder / "campaign")

    def run(self, *arguments: str, stdin: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
        """Runs a command to its end."""
        inherited = {key: value for key, value in os.environ.items() if not key.startswith("BACUNG_")}
        return subprocess.run(
            [sys.executable, "-m", "bot", *arguments],
            cwd=ROOT,
            env=inherited | {"BACUNG_STORAGE__PATH": str(self.database)} | environment,
            input=stdin,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def out(self, *arguments: str, stdin: str = "") -> str:
        """What a command that works prints."""
        done = self.run(*arguments, stdin=stdin)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def refused(self, *arguments: str, stdin: str = "", **environment: str) -> str:
        """The line of a command that is refused: exit code 2, nothing else on stderr, no traceback."""
        done = self.run(*arguments, stdin=stdin, **environment)
        assert done.returncode == 2, done.stdout + done.stderr
        lines = done.stderr.strip().splitlines()
        assert len(lines) == 1, done.stderr
        return lines[0]

    def report(self, ref: str, *lines: Line) -> None:
        """Stores a report of somebody."""
        with session(self.database) as tx:
            row = tx.one(
                "SELECT p.id, m.team FROM people p JOIN members m ON m.person = p.id WHERE p.ref = :ref", ref=ref
            )
            assert row is not None
            tx.run(
                """INSERT INTO chats (id, channel, address, kind) VALUES (1, 'telegram', '1', 'private')
                   ON CONFLICT (id) DO NOTHING"""
            )
            at = moment(1_684_585_800)
            reports.record(
                tx,
                reports.Told(person=row["id"], day=at.date(), at=at, chat=1, message="1", text=""),
                team=row["team"],
                lines=lines,
            )


def test_totals_as_json(shell: Shell) -> None:
    """target, done, today, outcomes and rows, by commune, hamlet, person and day."""
    shell.out("load", str(shell.campaign))
    shell.report("hv1", Line(1, "activated", 3), Line(1, "absent", 1), Line(0, "activated", 2))
    whole = json.loads(shell.out("totals", "--json"))
    assert whole["target"] == 12560 + 9120 + 9260
    assert whole["done"] == 3000 + 2000 + 3100 + 5
    assert whole["today"] == 0
    assert whole["outcomes"] == {"activated": 5, "absent": 1}
    assert [(row["id"], row["outcomes"]) for row in whole["rows"]] == [
        ("397", {}),
        ("445", {}),
        ("451", {"activated": 5, "absent": 1}),
    ]
    one = json.loads(shell.out("totals", "--json", "--commune", "xuân thu", "--by", "hamlet"))
    assert (one["target"], one["done"]) == (9260, 3105)
    assert [(row["name"], row["outcomes"]) for row in one["rows"]] == [
        ("Xóm 4", {"activated": 3, "absent": 1}),
        ("", {"activated": 2}),
    ]
    people = json.loads(shell.out("totals", "--json", "--by", "person"))["rows"]
    assert {row["id"]: row["outcomes"] for row in people}["hv1"] == {"activated": 5, "absent": 1}
    assert len(people) == 6
    days = json.loads(shell.out("totals", "--json", "--by", "day", "--day", "2023-05-20"))
    assert days["today"] == 5
    assert days["rows"] == [{"id": "2023-05-20", "name": "2023-05-20", "outcomes": {"activated": 5, "absent": 1}}]


def test_check_names_a_total_that_differs(shell: Shell) -> None:
    """0 where all agree; 1 and the place where one does not."""
    shell.out("load", str(shell.campaign))
    shell.report("hv1", Line(1, "activated", 3))
    assert "agree" in shell.out("check")
    with session(shell.database) as tx:
        tx.run("UPDATE sums SET n = n + 1 WHERE scope = 'person' AND day <> 0")
    done = shell.run("check")
    assert done.returncode == 1
    assert "person hv1, 2023-05-20, activated: kept 4, counted 3" in done.stdout


def test_a_backup_comes_back(shell: Shell) -> None:
    """A copy is verified, and restoring it brings its totals back; what was there is kept beside it."""
    shell.out("load", str(shell.campaign))
    shell.report("hv1", Line(1, "activated", 3))
    copy = shell.folder / "copy.db"
    shell.out("backup", str(copy))
    shell.report("hv1", Line(1, "activated", 40))
    shell.out("restore", str(copy))
    assert json.loads(shell.out("totals", "--json"))["outcomes"] == {"activated": 3}
    kept = shell.folder / "bacung.db.before-restore"
    assert json.loads(shell.run("totals", "--json", BACUNG_STORAGE__PATH=str(kept)).stdout)["outcomes"] == {
        "activated": 43
    }


def test_restore_refuses_what_is_no_backup(shell: Shell) -> None:
    """A file that is none changes nothing."""
    shell.out("load", str(shell.campaign))
    other = shell.folder / "other.db"
    other.write_text("no database at all", encoding="utf-8")
    assert "is not a database" in shell.refused("restore", str(other))
    assert "no such file" in shell.refused("restore", str(shell.folder / "none.db"))
    assert json.loads(shell.out("totals", "--json"))["target"] == 12560 + 9120 + 9260


def test_what_is_no_file_is_left_alone(shell: Shell) -> None:
    """A copy takes the place of no pipe, and none is waited for."""
    shell.out("load", str(shell.campaign))
    pipe = shell.folder / "pipe"
    os.mkfifo(pipe)
    assert "no file but a device or a pipe" in shell.refused("backup", str(pipe), "--force")
    assert "no such file" in shell.refused("restore", str(pipe))
    assert pipe.is_fifo()


def test_codes_of_everybody(shell: Shell) -> None:
    """Each person with role, commune and code, as lines or CSV, which Excel knows for UTF-8 by its first sign."""
    shell.out("load", str(shell.campaign))
    listed = shell.out("codes", "--csv")
    assert listed.startswith(BOM)
    assert next(csv.DictReader(io.StringIO(listed.encode().decode("utf-8-sig"))))["id"] == "qt1"
    rows = listed.removeprefix(BOM).splitlines()
    assert rows[0] == "id,name,role,commune,code,link,web"
    assert "hv1,An,student,Xã Xuân Thu,MA-CUA-AN,,http://127.0.0.1:8080/vao/MA-CUA-AN" in rows
    assert "MA-CUA-KHOA" in shell.out("codes")


def test_readings_stream(shell: Shell) -> None:
    """JSON lines in, readings out; a bad line is named and the others still read."""
    lines = [{"text": "xóm 4 được 3, vắng 1", "at": "2023-05-20T20:00"}, {"text": "chào", "at": "2023-05-20T20:00"}]
    asked = "\n".join(json.dumps(line) for line in lines)
    read = [json.loads(line) for line in shell.out("read", stdin=asked).splitlines()]
    assert read[0] == {
        "kind": "report",
        "day": 0,
        "entries": [{"hamlet": "4", "counts": {"activated": 3, "absent": 1}}],
        "appointment": None,
    }
    assert read[1]["kind"] == "chat"
    explained = json.loads(shell.out("read", "--explain", stdin=asked).splitlines()[0])
    assert {part["text"] for part in explained["parts"]} >= {"3", "1"}
    done = shell.run("read", stdin="nonsense\n" + asked)
    assert done.returncode == 2
    assert done.stderr.startswith("line 1: not a message")
    assert len(done.stdout.splitlines()) == 2


def test_status_before_and_after_a_campaign(shell: Shell) -> None:
    """What is known is said, as lines and as JSON."""
    shell.out("load", str(shell.campaign))
    assert "VNeID thử" in shell.out("status")
    status = json.loads(shell.out("status", "--json"))
    assert status["queue"] == 0
    assert set(status["next"]) >= {"nudge", "summary", "digest", "farewell"}
    assert status["missed"] == []
    assert status["demonstration"] is False
    assert json.loads(shell.out("totals", "--json"))["demonstration"] is False
    assert "demonstration" not in shell.out("status") + shell.out("totals")


def test_status_names_the_version_of_sqlite(shell: Shell) -> None:
    """And warns where it is one with a known fault."""
    shell.out("load", str(shell.campaign))
    said = json.loads(shell.out("status", "--json"))["engine"]
    assert (said["name"], said["version"]) == ("SQLite", sqlite3.sqlite_version)
    assert (said["warning"] is None) == (sqlite3.sqlite_version_info >= (3, 51, 3))
    assert f"SQLite {sqlite3.sqlite_version}" in shell.out("status")


@pytest.mark.parametrize(
    ("version", "warned"), [("3.40.1", True), ("3.51.2", True), ("3.51.3", False), ("3.60.0", False)]
)
def test_which_versions_are_warned_of(monkeypatch: pytest.MonkeyPatch, version: str, warned: bool) -> None:
    """Those before the fault was mended."""
    monkeypatch.setattr(sqlite3, "sqlite_version", version)
    monkeypatch.setattr(sqlite3, "sqlite_version_info", tuple(map(int, version.split("."))))
    said = engine()
    assert said.version == version
    assert ("older than 3.51.3" in (said.warning or "")) == warned


@pytest.mark.parametrize(
    ("arguments", "environment", "line"),
    [
        (["run"], {}, "no campaign is loaded"),
        (["run", "--demo"], {"BACUNG_TELEGRAM__TOKEN": "1:x"}, "--demo answers nobody for real"),
        (["run", "--demo"], {"BACUNG_ZALO__TOKEN": "1:x"}, "--demo answers nobody for real"),
        (["run"], {"BACUNG_SCHEDULE__NUDGE": "late"}, "BACUNG_SCHEDULE__NUDGE: write a time of day"),
        (["totals"], {}, "{database}: no such database; run 'bacung load FOLDER' first"),
        (["check"], {"BACUNG_STORAGE__PATH": "README.md"}, "README.md is no database"),
        (["load", "nowhere"], {}, "nowhere: no such folder"),
    ],
)
def test_errors_are_one_line(shell: Shell, arguments: list[str], environment: dict[str, str], line: str) -> None:
    """What is wrong and what to do, on stderr, exit code 2, no traceback."""
    said = shell.refused(*arguments, **environment)
    assert said.startswith(line.format(database=shell.database))


def test_a_dry_run_leaves_nothing_behind(shell: Shell) -> None:
    """It prints what would change; there is not even a file."""
    said = shell.out("load", str(shell.campaign), "--dry-run")
    assert "people: 9 added" in said
    assert "Nothing was stored" in said
    assert not shell.database.exists()


def test_the_readme_names_every_command() -> None:
    """Whoever reads it finds all of the command line."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for command in app.registered_commands:
        assert command.callback is not None
        assert re.search(rf"bacung {command.callback.__name__}\b", text), command.callback.__name__


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
@pytest.mark.parametrize("command", ["totals", "audit"])
def test_a_day_of_no_campaign(shell: Shell, command: str, day: str) -> None:
    """One line says which days there are."""
    shell.out("load", str(shell.campaign))
    assert "is a day of no campaign" in shell.refused(command, "--day", day)


def test_names_are_printed_whatever_the_locale(shell: Shell) -> None:
    """A server without a Vietnamese locale prints them as UTF-8."""
    shell.out("load", str(shell.campaign))
    bare = {"LC_ALL": "C", "LANG": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
    done = shell.run("totals", **bare)
    assert done.returncode == 0, done.stderr
    assert "Minh Ph" in done.stdout
