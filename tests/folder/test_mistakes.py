"""Mistakes in a campaign folder: each is named by file, line and reason with what to do, and nothing is loaded."""

import random
from contextlib import suppress
from pathlib import Path

import pytest

from bot.folder import reader
from bot.folder.cells import AS_TEXT
from storage.campaign.plan import CampaignError
from tests.folder.small import Folder

TOML, COMMUNES, HAMLETS, ROSTER = "campaign.toml", "communes.csv", "hamlets.csv", "roster.csv"
HV2 = "hv2,Vũ Bình,student,Xuân Thu,Đợt 1,fixed_code-1,"


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A right campaign folder, not yet loaded."""
    return Folder(tmp_path)


WHOLE = "is not a whole number of 0 or more: write it as 9260 or 9.260"
DATE = 'use a date such as 2023-05-16, or "today"'
UNKNOWN = "is not in communes.csv: use a code or name from that file"
TWICE = "is in line 2 already: keep one of them"
CELLS = "has more cells than there are columns: put a cell with , or ; in quotes"
# File, what is replaced there by what, and what stands after the file's name in the one line of the answer.
ONE_MISTAKE = [
    (TOML, 'name = "Thử"', "name = 5", ': name must be a text in quotes: name = "…"'),
    (TOML, 'name = "Thử"', 'name = " "', ': name must be a text in quotes: name = "…"'),
    (TOML, 'name = "Thử"', "", ": name is missing: fill it in"),
    (TOML, 'name = "Thử"', "name = ", ":2: is not TOML: Invalid value: correct this line"),
    (TOML, "quota", "quoter = 1\nquota", ": unknown setting 'quoter': remove it, or correct its name"),
    (TOML, "= 20", "= -1", ": quota is -1: use a whole number from 0 to 1000000000"),
    (TOML, "= 20", '= "20"', ": quota is '20': use a whole number from 0 to 1000000000"),
    (TOML, "= 20", "= true", ": quota is True: use a whole number from 0 to 1000000000"),
    (
        TOML,
        "Asia",
        "Ásia",
        ": timezone 'Ásia/Ho_Chi_Minh' is unknown: use a name such as Asia/Ho_Chi_Minh",
    ),
    (TOML, "/Ho_Chi_Minh", "", ": timezone 'Asia' is unknown: use a name such as Asia/Ho_Chi_Minh"),
    (TOML, "days = 21", "days = 0", ": phase 1: days is 0: use a whole number from 1 to 3660"),
    (TOML, "days = 21", "days = 21.5", ": phase 1: days is 21.5: use a whole number from 1 to 3660"),
    (TOML, "days = 21", "", ": phase 1: days is missing: fill it in"),
    (
        TOML,
        "06-06",
        "02-31",
        ": phase 2: start is '2023-02-31': " + DATE,
    ),
    (TOML, '"2023-06-06"', "7", ": phase 2: start is '7': " + DATE),
    (
        TOML,
        '"2023-06-06"',
        "2023-06-06T08:00:00",
        ": phase 2: start is '2023-06-06 08:00:00': " + DATE,
    ),
    (
        TOML,
        "days = 21",
        "days = 22",
        ": phases 'Đợt 1' and 'Đợt 2' overlap: let 'Đợt 2' start on 2023-06-07 or later, or shorten 'Đợt 1'",
    ),
    (COMMUNES, "12560,", "1,\n451,Xã Bắc Phú,2,", ":4: column code: '451' " + TWICE),
    (COMMUNES, "Xã Minh Phú", "xuan thu", ":3: column name: 'xuan thu' " + TWICE),
    (COMMUNES, "Xã Minh Phú", " ", ":3: column name: is missing: fill it in"),
    (
        COMMUNES,
        "12560",
        "12.56",
        ":3: column target: '12.56' " + WHOLE,
    ),
    (
        COMMUNES,
        "12560",
        "-1",
        ":3: column target: '-1' " + WHOLE,
    ),
    (
        COMMUNES,
        ",100",
        ",x",
        ":2: column baseline: 'x' " + WHOLE,
    ),
    (COMMUNES, "12560", "9" * 12, ":3: column target: '999999999999' is too large: at most 1000000000"),
    (
        COMMUNES,
        "baseline",
        "done",
        ":1: unknown column 'done': the columns are code, name, target, baseline",
    ),
    (COMMUNES, "baseline", "name", ":1: column 'name' is there twice: keep one"),
    (
        COMMUNES,
        ",100",
        ",1,00",
        ":2: " + CELLS,
    ),
    (
        COMMUNES,
        "Xã Minh",
        '"Xã Minh',
        ":3: has a quote that does not end its cell: put the whole cell in quotes",
    ),
    (HAMLETS, "451,", "999,", ":2: column commune: '999' " + UNKNOWN),
    (
        HAMLETS,
        "Thôn Xuân Tảo",
        "thôn 04",
        ":3: column name: 'thôn 04' of commune '451' " + TWICE,
    ),
    (HAMLETS, "120", "12o", ":2: column homes: '12o' " + WHOLE),
    (ROSTER, "Vũ Bình", "12", ":3: column name: '12' has no letters: write a name"),
    (ROSTER, "Vũ Bình", "TRUE", ":3: column name: is the truth value TRUE: write a text"),
    (ROSTER, "Vũ Bình", "false", ":3: column name: is the truth value FALSE: write a text"),
    (ROSTER, "Vũ Bình", "16/05/2023", ":3: column name: is the date 16/05/2023: " + AS_TEXT),
    (ROSTER, "Vũ Bình", "2023-05-16 08:00:00", ":3: column name: is the date 2023-05-16 08:00:00: " + AS_TEXT),
    (ROSTER, "Vũ Bình", "#N/A", ":3: column name: is the error #N/A: write the value itself"),
    (ROSTER, "hv2", "2023-02-01", ":3: column id: is the date 2023-02-01: " + AS_TEXT),
    (ROSTER, "đồng chí Dung", "0", ":5: column address: '0' has no letters: write a name"),
    (COMMUNES, "Xã Minh Phú", "397", ":3: column name: '397' has no letters: write a name"),
    (COMMUNES, "12560,", "1,\n#REF!,Xã Bắc Phú,2,", ":4: column code: is the error #REF!: write the value itself"),
    (HAMLETS, "Thôn Xuân Tảo", "TRUE", ":3: column name: is the truth value TRUE: write a text"),
    (ROSTER, "hv2", "hv1", ":3: column id: 'hv1' " + TWICE),
    (ROSTER, "Vũ Bình", "", ":3: column name: is missing: fill it in"),
    (
        ROSTER,
        "Bình,student",
        "Bình,leader",
        ":3: column role: 'leader' is unknown: use student, lead, officer, admin",
    ),
    (
        ROSTER,
        ",Xuân Thu",
        ",999",
        ":3: column communes: '999' " + UNKNOWN,
    ),
    (
        ROSTER,
        "397,đợt",
        "thu xuân,đợt",
        ":4: column communes: 'thu xuân' " + UNKNOWN,
    ),
    (
        ROSTER,
        "451;397",
        "451;7;8",
        ":5: column communes: '7', '8' " + UNKNOWN,
    ),
    (ROSTER, ",Xuân Thu", ",", ":3: column communes: a student works in exactly one commune, here are 0: name one"),
    (
        ROSTER,
        "lead,451",
        "lead,451;397",
        ":2: column communes: a lead works in exactly one commune, here are 2: name one",
    ),
    (ROSTER, "đợt 2", "đợt 3", ":4: column phases: 'đợt 3' is not in campaign.toml: use 'Đợt 1', 'Đợt 2'"),
    (ROSTER, "đợt 2", "", ":4: column phases: is empty: a student needs one or more of 'Đợt 1', 'Đợt 2'"),
    (ROSTER, "fixed_code-1", "short-1", ":3: column code: has 7 characters: use 8 to 64, or leave it empty"),
    (ROSTER, "fixed_code-1", "x" * 65, ":3: column code: has 65 characters: use 8 to 64, or leave it empty"),
    (
        ROSTER,
        "fixed_code-1",
        "mã_của_bình",
        ":3: column code: has characters that a link cannot carry: use only A-Z, a-z, 0-9, _ and -",
    ),
    (ROSTER, "đợt 2,", "đợt 2,FIXED_code-1", ":4: column code: the same is in line 3 already: keep one of them"),
    (
        ROSTER,
        "Đợt 1;Đợt 2,,",
        "Đợt 1;Đợt 2,,em,x",
        ":2: " + CELLS,
    ),
]


@pytest.mark.parametrize(("name", "old", "new", "line"), ONE_MISTAKE)
def test_a_mistake_is_named(folder: Folder, name: str, old: str, new: str, line: str) -> None:
    """One mistake, one line, and nothing of the folder is loaded."""
    text = (folder.path / name).read_text(encoding="utf-8")
    assert folder.write(**{name: text.replace(old, new, 1)}).refused() == [name + line]
    assert folder.rows("SELECT * FROM campaign") == []


def test_all_mistakes_are_named_at_once(folder: Folder) -> None:
    """Nobody has to load again and again; one mistake does not bring lines about others."""
    folder.change("campaign.toml", "days = 21", "days = 0").change("communes.csv", "9.260", "viele")
    folder.change("roster.csv", HV2, ",Vũ Bình,boss,999,Đợt 9,abc,").change("hamlets.csv", "451,Xóm", "1,Xóm")
    assert folder.refused() == [
        "campaign.toml: phase 1: days is 0: use a whole number from 1 to 3660",
        "communes.csv:2: column target: 'viele' is not a whole number of 0 or more: write it as 9260 or 9.260",
        "hamlets.csv:2: column commune: '1' is not in communes.csv: use a code or name from that file",
        "roster.csv:3: column id: is missing: fill it in",
        "roster.csv:3: column role: 'boss' is unknown: use student, lead, officer, admin",
        "roster.csv:3: column communes: '999' is not in communes.csv: use a code or name from that file",
        "roster.csv:3: column phases: 'Đợt 9' is not in campaign.toml: use 'Đợt 1', 'Đợt 2'",
        "roster.csv:3: column code: has 3 characters: use 8 to 64, or leave it empty",
    ]


def test_missing_files_are_named(folder: Folder) -> None:
    """Without communes or settings, nobody is told that a commune or phase is unknown."""
    folder.write(**{"campaign.toml": None, "communes.csv": None, "hamlets.csv": None})
    assert folder.refused() == [
        f"campaign.toml: is missing: put it into {folder.path}",
        f"communes.csv: is missing: put it into {folder.path} with the columns code, name, target",
    ]
    folder.write(**{"roster.csv": None})
    wanted = "id, name, role, communes, phases"
    assert folder.refused()[2] == f"roster.csv: is missing: put it into {folder.path} with the columns {wanted}"
    folder.path = folder.path / "nowhere"
    assert folder.refused() == [f"{folder.path}: no such folder: name the folder that holds campaign.toml"]


def test_phases_are_missing_or_the_same(folder: Folder) -> None:
    """A campaign has phases, each with a name and days of its own."""
    text = (folder.path / TOML).read_text(encoding="utf-8")
    folder.write(**{TOML: text.partition("[[")[0]})
    assert folder.refused() == ["campaign.toml: phases are missing: add [[phases]] with name, start and days"]
    folder.write(**{TOML: text.replace("Đợt 2", "đợt 1")})
    assert folder.refused()[0] == "campaign.toml: phase 'đợt 1' is there twice: give each a name of its own"
    folder.write(**{TOML: text.replace("2023-05-16", '"today"').replace("2023-06-06", "today")})
    assert folder.refused() == ["campaign.toml: phases 'Đợt 1' and 'Đợt 2' both start \"today\": give one a date"]


def test_columns_are_missing(folder: Folder) -> None:
    """The header is checked before the rows."""
    folder.write(**{"roster.csv": "id;name;role;vai\nhv1;Lê An;lead;451\n", "hamlets.csv": "\n\n"})
    known = "id, name, role, communes, phases, code, address"
    assert folder.refused() == [
        "hamlets.csv: is empty: start it with the columns commune, name, homes",
        f"roster.csv:1: unknown column 'vai': the columns are {known}",
        f"roster.csv:1: column 'communes' is missing: the columns are {known}",
        f"roster.csv:1: column 'phases' is missing: the columns are {known}",
    ]


@pytest.mark.parametrize(("name", "what"), [(ROSTER, "person"), (COMMUNES, "commune")])
def test_only_the_columns_are_there(folder: Folder, name: str, what: str) -> None:
    """An empty list does not mean that everybody has left."""
    folder.load()
    text = (folder.path / name).read_text(encoding="utf-8")
    line = f"{name}:1: has only its columns: add a row below them for each {what}"
    assert folder.write(**{name: text.partition("\n")[0] + "\n\n,,\n"}).refused() == [line]
    assert folder.rows("SELECT count(*) FROM people WHERE left_at IS NULL") == [(6,)]


def test_communes_whose_codes_lost_their_zeros(folder: Folder) -> None:
    """Named as what they are, in whatever file."""
    folder.change(COMMUNES, "451", "0451").change(ROSTER, "lead,451", "lead,0451").change(ROSTER, "451;397", "397")
    folder.change(HAMLETS, "Xuân Thu", "0451")
    assert folder.refused() == [
        "hamlets.csv:2: column commune: '451' is not in communes.csv: write 0451 with its zeros, "
        "in a spreadsheet as text"
    ]


def test_a_file_in_another_encoding(folder: Folder) -> None:
    """The first line that is not UTF-8 is named."""
    (folder.path / "roster.csv").write_bytes(b"id,name,role,communes,phases\nhv1,L\xea An,lead,451,1\n")
    assert folder.refused() == ["roster.csv:2: is not UTF-8: save the file as 'CSV UTF-8'"]


def test_a_broken_spreadsheet(folder: Folder) -> None:
    """What is no spreadsheet is told like any other mistake."""
    folder.write(**{"roster.csv": None, "roster.xlsx": "id,name"})
    assert folder.refused() == [
        "roster.xlsx: cannot be read as a spreadsheet: save it again as .xlsx, or as roster.csv"
    ]


def test_what_excel_in_vietnam_writes(folder: Folder) -> None:
    """Semicolons between cells, lists in quotes, a byte order mark, CRLF, empty lines and cells at the end."""
    folder.load()
    plain = folder.rows("SELECT * FROM people")
    text = (folder.path / ROSTER).read_text(encoding="utf-8")
    rows = [[f'"{cell}"' if ";" in cell else cell for cell in line.split(",")] for line in text.splitlines()]
    lines = [";".join([*row, "", ""]) for row in rows]
    folder.write(**{ROSTER: "\ufeff" + "\r\n".join([lines[0], "", *lines[1:], ";;;;", ""])})
    assert folder.load() == []
    assert folder.rows("SELECT * FROM people") == plain
    folder.change(ROSTER, "hv3;", "hv2;")
    with pytest.raises(CampaignError, match=r"^roster.csv:5: column id: 'hv2' is in line 4 already: keep one of them$"):
        folder.load()


def test_invisible_signs_are_no_part_of_names(folder: Folder) -> None:
    """Decomposed letters, zero-width and direction signs, doubled and no-break spaces."""
    folder.load()
    folder.change(ROSTER, "Vũ Bình", "  Vu\u0303\u00a0\u200b Bi\u0300nh\u202e ").change(
        HAMLETS, "Xóm 4", "Xo\u0301m\u2060 4"
    )
    assert folder.load() == []


def test_one_phase_needs_no_naming(folder: Folder) -> None:
    """Where there is but one phase, students without phases are in it; a baseline may be above the target."""
    text = (folder.path / TOML).read_text(encoding="utf-8")
    folder.write(**{TOML: text.rpartition("[[")[0], ROSTER: "id,name,role,communes,phases\nhv1,Lê An,Student,451,\n"})
    folder.change(COMMUNES, ",100", ",10000").load()
    assert folder.rows(
        "SELECT f.name FROM members m JOIN teams t ON t.id = m.team JOIN phases f ON f.id = t.phase"
    ) == [("Đợt 1",)]


@pytest.mark.parametrize("name", [TOML, COMMUNES, HAMLETS, ROSTER])
def test_whatever_stands_in_a_file_is_told(folder: Folder, name: str) -> None:
    """A damaged file brings lines, never a traceback."""
    whole = (folder.path / name).read_bytes()
    chance = random.Random(1)
    for _ in range(60):
        damaged = bytearray(whole)
        for _ in range(chance.randint(1, 6)):
            at = chance.randrange(len(damaged))
            damaged[at : at + chance.randint(0, 4)] = chance.choice(
                [b"", b'"', b";", b"\n", b"\x00", b"[", b"= 1", b"\xff"]
            )
        (folder.path / name).write_bytes(damaged)
        with suppress(CampaignError):
            reader.read(folder.path)


@pytest.mark.parametrize("phases", ["5", "[]", "[1]", "[{name = 1}]", '[{name = ["a"], start = [], days = {}}]'])
def test_phases_of_another_shape(folder: Folder, phases: str) -> None:
    """What is no list of tables is a mistake like others."""
    text = (folder.path / TOML).read_text(encoding="utf-8")
    folder.write(**{TOML: text.partition("[[")[0] + f"phases = {phases}\n"})
    assert folder.refused()[0].startswith("campaign.toml: ")
