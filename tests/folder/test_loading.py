"""Loading a campaign folder: what is right is stored, what is wrong is named, what was reported stays."""

import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from bot.folder import reader
from bot.folder.changes import described
from storage.campaign import codes as all_codes
from storage.campaign import hamlets, people
from storage.campaign import phases as undertaking
from storage.campaign import teams as all_teams
from storage.campaign.loading import DIGEST, load
from storage.campaign.people import Role
from storage.campaign.plan import CampaignError, Change, Kind
from storage.engine.database import session
from storage.engine.transaction import Transaction
from storage.reports import totals
from storage.running import meta
from tests.folder.small import FILES, NOW, TODAY, Folder

EXAMPLE = Path(__file__).parents[2] / "examples" / "soc-son"


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A right campaign folder, not yet loaded."""
    return Folder(tmp_path)


def told(changes: list[Change]) -> list[tuple[str, str, str, str]]:
    """Changes as plain tuples."""
    return [(change.table, change.kind.value, change.name, change.detail) for change in changes]


def test_the_example_is_the_campaign_of_the_press(tmp_path: Path) -> None:
    """The example folder has the real sums, teams with one lead each, and someone for every role."""
    plan = reader.read(EXAMPLE)
    assert sum(commune.target for commune in plan.communes) == 278_950
    assert sum(commune.baseline for commune in plan.communes) == 84_000
    assert len(plan.communes) == 26
    with session(tmp_path / "bacung.db") as tx:
        load(tx, plan, today=TODAY, at=NOW, digest="d")
        phase = undertaking.phase_on(tx, TODAY)
        assert phase is not None
        assert (phase.first, phase.last) == (TODAY, date(2023, 6, 5))
        teams = all_teams.of_phase(tx, phase.id)
        assert sum(all_teams.students_in(tx, phase.id).values()) == 102
        assert [len(people.leads_of(tx, team.id)) for team in teams] == [1] * 26
        assert [len(people.officers_of(tx, team.commune)) for team in teams] == [1] * 26
        assert len(people.campaign_officers(tx)) == 2
        assert all(len(hamlets.of_commune(tx, team.commune)) >= 5 for team in teams)
        assert totals.differences(tx) == []


def test_what_was_loaded_is_there(folder: Folder) -> None:
    """Names, numbers, codes and scopes stand in the database as the files say."""
    folder.load()
    assert folder.ask(undertaking.current) == undertaking.Campaign("Thử", "Asia/Ho_Chi_Minh", 20)
    assert folder.rows("SELECT code, name, folded, target, baseline FROM communes ORDER BY code") == [
        ("397", "Xã Minh Phú", "minh phu", 12560, 0),
        ("451", "Xã Xuân Thu", "xuan thu", 9260, 100),
    ]
    assert folder.rows("SELECT name, folded, homes, listed FROM hamlets WHERE id > 0 ORDER BY id") == [
        ("Xóm 4", "4", 120, 1),
        ("Thôn Xuân Tảo", "xuan tao", None, 1),
    ]
    assert folder.rows("SELECT ref, role, address FROM people WHERE address IS NOT NULL") == [
        ("cb1", "officer", "đồng chí Dung")
    ]
    assert folder.rows(
        """SELECT p.ref, c.code, f.name FROM members m JOIN people p ON p.id = m.person JOIN teams t ON t.id = m.team
           JOIN communes c ON c.id = t.commune JOIN phases f ON f.id = t.phase ORDER BY p.ref, f.name"""
    ) == [("hv1", "451", "Đợt 1"), ("hv1", "451", "Đợt 2"), ("hv2", "451", "Đợt 1"), ("hv3", "397", "Đợt 2")]
    assert folder.rows("SELECT p.ref, count(*) FROM scopes s JOIN people p ON p.id = s.person GROUP BY p.ref") == [
        ("cb1", 2)
    ]
    assert folder.ask(lambda tx: meta.get(tx, DIGEST)) == reader.digest(folder.path)
    codes = dict(folder.rows("SELECT ref, code FROM people"))
    assert codes.pop("hv2") == "fixed_code-1"
    assert all(len(code) == all_codes.LENGTH and set(code) <= set(all_codes.LETTERS) for code in codes.values())
    assert len(set(codes.values())) == 5


def test_loading_twice_changes_nothing(folder: Folder) -> None:
    """The same folder again leaves every row as it is, codes among them."""
    folder.load()
    before = folder.rows("SELECT * FROM people")
    assert folder.load(today=TODAY + timedelta(days=9)) == []
    assert folder.rows("SELECT * FROM people") == before
    assert described([]) == ["nothing changes"]


def test_a_code_that_was_ended_does_not_come_back(folder: Folder) -> None:
    """The roster still fixes it: the new one stays, and each load says so, until the roster names another."""
    folder.load()
    with session(folder.file) as tx:
        code = all_codes.renew(tx, _row(tx, "hv2"), NOW)
    changes = folder.change("roster.csv", "fixed_code-1", "FIXED_CODE-1").load()
    assert [(change.kind, change.detail) for change in changes] == [
        (Kind.KEPT, "its code in the roster was ended: write another, or none")
    ]
    assert folder.ask(lambda tx: all_codes.owner(tx, "fixed_code-1")) is None
    assert folder.ask(lambda tx: all_codes.owner(tx, code)).ref == "hv2"
    folder.change("roster.csv", "FIXED_CODE-1", "fixed_code-2").load()
    assert folder.ask(lambda tx: all_codes.owner(tx, "FIXED_CODE-2")).ref == "hv2"


def _row(tx: Transaction, ref: str) -> int:
    person = people.by_ref(tx, ref)
    assert person is not None
    return person.id


def test_today_is_fixed_when_first_loaded(folder: Folder) -> None:
    """A phase that starts "today" keeps the day of the first load; a date in its place moves it."""
    folder.change("campaign.toml", "start = 2023-05-16", 'start = "today"').load(today=date(2023, 5, 10))
    assert folder.load(today=date(2023, 5, 12)) == []
    assert folder.ask(undertaking.every)[0].first == date(2023, 5, 10)
    changes = folder.change("campaign.toml", 'start = "today"', "start = 2023-05-11").load()
    assert told(changes) == [("phases", "changed", "Đợt 1", "first day 2023-05-10 → 2023-05-11")]


def test_today_may_not_run_into_the_next_phase(folder: Folder) -> None:
    """What the file alone cannot tell is told when the day is known, and nothing is loaded."""
    folder.change("campaign.toml", "start = 2023-05-16", 'start = "today"')
    with pytest.raises(CampaignError) as caught:
        folder.load(today=date(2023, 5, 17))
    assert caught.value.lines == [
        "campaign.toml: phases 'Đợt 1' and 'Đợt 2' overlap: let 'Đợt 2' start on 2023-06-07 or later, "
        "or shorten 'Đợt 1'"
    ]
    assert folder.rows("SELECT * FROM campaign") == []


def test_a_dry_run_changes_nothing(folder: Folder) -> None:
    """It tells what a load would do, and leaves the database as it was."""
    dry = folder.load(dry_run=True)
    assert folder.rows("SELECT * FROM people") == []
    assert folder.rows("SELECT * FROM meta WHERE name NOT IN ('epoch', 'erasure_key')") == []  # which each has
    assert told(dry) == told(folder.load())
    assert described(dry)[:3] == [
        "campaign: 1 added: Thử",
        "phases: 2 added: Đợt 1; Đợt 2",
        "communes: 2 added: 451 Xã Xuân Thu; 397 Xã Minh Phú",
    ]


def test_people_leave_and_come_back(folder: Folder) -> None:
    """Who is no longer in the roster has left, and is the same person with the same code when listed again."""
    folder.load()
    row = "hv3,Tạ Chi,student,397,đợt 2,,\n"
    before = folder.rows("SELECT id, code, left_at FROM people WHERE ref = 'hv3'")
    changes = folder.change("roster.csv", row, "").load()
    assert told(changes) == [("people", "left", "hv3 Tạ Chi", "")]
    assert folder.load() == []
    assert folder.rows("SELECT left_at FROM people WHERE ref = 'hv3'") == [(int(NOW.timestamp()),)]
    assert folder.ask(lambda tx: people.by_code(tx, before[0][1])) is None
    changes = folder.change("roster.csv", "cb1,", row + "cb1,").load()
    assert told(changes) == [("people", "back", "hv3 Tạ Chi", "")]
    assert folder.rows("SELECT id, code, left_at FROM people WHERE ref = 'hv3'") == before


def test_people_change(folder: Folder) -> None:
    """Another role, commune and code; a team without anybody is removed."""
    folder.load()
    folder.change("roster.csv", "hv3,Tạ Chi,student,397,đợt 2,,", "hv3,Tạ Thị Chi,lead,451,đợt 2,NEW-CODE,")
    assert told(folder.load()) == [
        ("people", "changed", "hv3 Tạ Thị Chi", "name Tạ Chi → Tạ Thị Chi, role student → lead, another code"),
        (
            "members",
            "moved",
            "hv3 Tạ Thị Chi",
            "Xã Minh Phú → Xã Xuân Thu in Đợt 2, what they reported stays in Xã Minh Phú",
        ),
        ("teams", "removed", "397, Đợt 2", ""),
    ]
    folder.change("roster.csv", "451;397", "451")
    assert told(folder.load()) == [("scopes", "removed", "cb1 Mai Dung in 397", "")]
    found = folder.ask(lambda tx: people.by_code(tx, "NEW-CODE"))
    assert found.role is Role.LEAD


def test_codes_stay_once_made(folder: Folder) -> None:
    """A fixed code stays when the roster no longer fixes it; two may be exchanged; nobody gets another's."""
    folder.change("roster.csv", "hv1,Lê An,lead,451,Đợt 1;Đợt 2,,", "hv1,Lê An,lead,451,Đợt 1;Đợt 2,AAAAAAAA,").load()
    folder.change("roster.csv", "AAAAAAAA", "fixed_code-1").change("roster.csv", "Đợt 1,fixed_code-1", "Đợt 1,AAAAAAAA")
    assert [change.detail for change in folder.load()] == ["another code"] * 2
    folder.change("roster.csv", "Đợt 1,AAAAAAAA", "Đợt 1,")
    assert folder.load() == []
    folder.change("roster.csv", "đợt 2,,", "đợt 2,aaaaaaaa,")
    assert folder.refused() == ["roster.csv:4: the code of 'hv3' is that of 'hv2' already: choose another"]
    folder.change("roster.csv", "hv2,Vũ Bình,student,Xuân Thu,Đợt 1,,\n", "").load()  # who left gives it away
    assert folder.ask(lambda tx: people.by_code(tx, "aaaaaaaa")).ref == "hv3"


def test_hamlets_of_students_become_listed_and_back(folder: Folder) -> None:
    """What a student named is listed once the file has it; what reports refer to is never deleted."""
    folder.load()
    folder.report("hv1", "9")
    folder.change("hamlets.csv", "451,Xóm 4,120\n", "451,Tổ 9,30\n")
    assert told(folder.load()) == [
        ("hamlets", "removed", "Xóm 4 (Xã Xuân Thu)", ""),
        ("hamlets", "changed", "Tổ 9 (Xã Xuân Thu)", "name Xóm 9 → Tổ 9, homes – → 30, now listed"),
    ]
    kept = "no longer in the folder, but reports or chats refer to it"
    folder.write(**{"hamlets.csv": None})
    assert told(folder.load())[1] == ("hamlets", "kept", "Tổ 9 (Xã Xuân Thu)", kept)
    assert folder.load() == []
    assert folder.rows("SELECT name, listed FROM hamlets WHERE id > 0") == [("Tổ 9", 0)]
    assert folder.ask(totals.differences) == []


def test_a_merged_hamlet_that_the_list_has_after_all(folder: Folder) -> None:
    """It is one of its own again, with what was counted under its name."""
    folder.load()
    folder.report("hv1", "9")
    folder.report("hv1", "4")
    ids = dict(folder.rows("SELECT folded, id FROM hamlets WHERE commune IS NOT NULL"))
    folder.ask(lambda tx: hamlets.merge(tx, ids["9"], ids["4"]))
    sums = "SELECT id, n FROM sums WHERE scope = 'hamlet' AND day = 0 AND n <> 0 ORDER BY id"
    assert folder.rows(sums) == [(ids["4"], 6)]
    folder.change("hamlets.csv", "451,Xóm 4,120\n", "451,Xóm 4,120\n451,Xóm 9,30\n").load()
    assert folder.rows(sums) == sorted([(ids["4"], 3), (ids["9"], 3)])
    assert folder.ask(totals.differences) == []
    assert folder.load() == []


def test_communes_go_unless_something_refers_to_them(folder: Folder) -> None:
    """A commune with its students goes with them; one with reports stays, and stays under its code."""
    folder.load()
    folder.change("communes.csv", "397,Xã Minh Phú,12560,\n", "").change("roster.csv", "451;397", "451")
    folder.change("roster.csv", "hv3,Tạ Chi,student,397,đợt 2,,\n", "")
    assert ("communes", "removed", "397 Xã Minh Phú", "") in told(folder.load())
    folder.report("hv1", "4")
    folder.write(**{"hamlets.csv": None}).change("communes.csv", "451,", "452,").change(
        "roster.csv", "lead,451", "lead,452"
    )
    folder.change("roster.csv", "officer,451", "officer,452")
    assert folder.refused() == [
        "communes.csv:2: 'Xã Xuân Thu' is loaded already with code '451', and something refers to it: use that code"
    ]
    folder.change("communes.csv", "Xuân Thu", "Phù Lỗ").change("roster.csv", "student,Xuân Thu", "student,Phù Lỗ")
    assert [change.name for change in folder.load() if change.kind is Kind.KEPT and change.table == "communes"] == [
        "451 Xã Xuân Thu"
    ]


def test_communes_may_exchange_their_names(folder: Folder) -> None:
    """Codes tell them apart."""
    folder.load()
    folder.write(**{"communes.csv": "code,name,target\n397,Xã Xuân Thu,1\n451,Xã Minh Phú,2\n"})
    folder.change("roster.csv", "student,Xuân Thu", "student,451").change("hamlets.csv", "Xuân Thu", "451").load()
    assert folder.rows("SELECT code, folded FROM communes ORDER BY code") == [("397", "xuan thu"), ("451", "minh phu")]


def test_phases_go_unless_reports_refer_to_them(folder: Folder) -> None:
    """A renamed phase would lie over the one with reports: that is refused."""
    folder.load()
    folder.report("hv1", "4")
    toml = FILES["campaign.toml"].replace("Đợt 1", "Đợt một")
    folder.write(**{"campaign.toml": toml, "roster.csv": FILES["roster.csv"].replace("Đợt 1", "Đợt một")})
    assert folder.refused()[-1] == "campaign.toml: phase 'Đợt 1' is loaded, and reports refer to it: keep it there"
    folder.write(**{"campaign.toml": FILES["campaign.toml"].replace("Đợt 2", "Đợt hai")})
    folder.write(**{"roster.csv": FILES["roster.csv"].replace("Đợt 2", "Đợt hai").replace("đợt 2", "ĐỢT HAI")})
    assert ("phases", "removed", "Đợt 2", "") in told(folder.load())


def test_the_digest_tells_folders_apart(folder: Folder) -> None:
    """Any byte of any file of the campaign counts; other files do not."""
    first = reader.digest(folder.path)
    folder.write(**{"notes.txt": "nothing"})
    assert reader.digest(folder.path) == first
    folder.write(**{"hamlets.csv": FILES["hamlets.csv"] + "\n"})
    assert reader.digest(folder.path) != first


def roster_book(folder: Folder, rows: list[list[Any]]) -> None:
    """Writes roster.xlsx."""
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(folder.path / "roster.xlsx")


def test_a_spreadsheet_is_read_like_a_csv(folder: Folder) -> None:
    """Numbers in cells are codes as they look; empty rows are nothing."""
    plan = reader.read(folder.path)
    table = [line.split(",") for line in FILES["roster.csv"].splitlines()]
    cells = [[{"451": 451, "397": 397.0}.get(cell, cell or None) for cell in row] for row in table]
    roster_book(folder, [*cells[:2], [], *cells[2:]])
    assert folder.refused() == ["roster.csv: there is roster.xlsx too: keep one of them"]
    folder.write(**{"roster.csv": None})
    assert reader.read(folder.path) == plan


def test_an_id_with_another_name_is_pointed_out(folder: Folder) -> None:
    """Typed over by somebody else's: reports and account stay with the id. Marks or a fuller name are no other name."""
    folder.load()
    folder.change("roster.csv", "hv2,Vũ Bình,student", "hv2,Ngô Thị Gấm,student")
    folder.change("roster.csv", "hv3,Tạ Chi,student", "hv3,Tạ Thị Chí,lead")
    for dry_run in (True, False):
        *_, last = described(folder.load(dry_run=dry_run))
        assert last.startswith("warning: the same id with another name: hv2 was Vũ Bình, is Ngô Thị Gấm. Reports")
    assert described(folder.load()) == ["nothing changes"]


def test_the_bot_does_not_wait_for_spreadsheets() -> None:
    """What only some commands need is not imported with the reader, which the bot itself imports."""
    code = "import sys, bot.folder.reader; print(*{'openpyxl', 'rich', 'typer'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], cwd=EXAMPLE.parent.parent, capture_output=True, check=True)
    assert done.stdout.strip() == b""


def test_a_dry_run_is_read_at_a_glance(folder: Folder) -> None:
    """How much of what, then who: those who come, change, move to another commune, and leave."""
    folder.load()
    folder.change("roster.csv", "hv2,Vũ Bình,student,Xuân Thu", "hv2,Vũ Văn Bình,student,Minh Phú")
    folder.change("roster.csv", "hv3,Tạ Chi,student,397,đợt 2,,", "hv4,Đỗ Giang,student,451,Đợt 1,,")
    assert described(folder.load(dry_run=True)) == [
        "people: 1 added, 1 changed, 1 left",
        "  + hv4 Đỗ Giang",
        "  ~ hv2 Vũ Văn Bình: name Vũ Bình → Vũ Văn Bình",
        "  - hv3 Tạ Chi (left)",
        "teams: 1 added: 397, Đợt 1",
        "members: 1 added, 1 moved",
        "  + hv4 Đỗ Giang in 451, Đợt 1",
        "  ~ hv2 Vũ Văn Bình: Xã Xuân Thu → Xã Minh Phú in Đợt 1, what they reported stays in Xã Xuân Thu",
    ]
