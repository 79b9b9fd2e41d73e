"""What `bacung read` says of a message in an evening that is told beside it."""

import io
import json
import re
from pathlib import Path
from typing import Any

import pytest

from bot.commands.reading import readings
from handlers.clerk.deciding import RULES
from tests.commands.test_command_line import ROOT, Shell

AT = "2023-05-20T20:00"
THU = {"text": "nhà cô Thu tổ 3 được 4"}
BINH = {"text": "nhà ông Bình tổ 5 được 2"}
DIEU = {"text": "nhà chị Diệu 2 máy"}
DOAI = {"text": "nhà ôn Đoài 3 máy"}
ABOUT_DOAI = {"text": "tầm 5 máy ở nhà ôn Đoài"}
# The evening of docs/conversation.md, before each of its messages.
BEFORE: tuple[dict[str, Any], ...] = (
    {},
    {"reports": [THU]},
    {"reports": [{**THU, "counts": {"activated": 3}}]},
    {"reports": [THU, BINH]},
    {"reports": [THU, BINH], "open": [ABOUT_DOAI], "asked": {"open": 1}},
    {"reports": [THU, BINH, DIEU], "open": [ABOUT_DOAI], "asked": {"open": 1, "answered_by_next": False}},
    {"reports": [THU, BINH, DIEU, DOAI]},
    {"reports": [THU, BINH, DIEU, DOAI]},
    {"reports": [THU, BINH, DIEU, DOAI]},
)


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00", "9999-12-31T23:59:59", "1999-12-31"])
def test_a_year_in_which_nobody_wrote(shell: Shell, at: str) -> None:
    """It is named as any line that is no message; the next line is read."""
    asked = [{"text": "3 máy", "at": when} for when in (at, AT)]
    done = shell.run("read", stdin="\n".join(map(json.dumps, asked)))
    assert done.returncode == 2
    assert done.stderr.startswith("line 1: not a message")
    assert len(done.stdout.splitlines()) == 1
    assert "Traceback" not in done.stderr


def read(shell: Shell, *lines: tuple[str, object]) -> list[dict[str, Any]]:
    """The answers to messages with their evenings."""
    asked = "\n".join(json.dumps({"text": text, "at": AT, "evening": evening}) for text, evening in lines)
    return [json.loads(line) for line in shell.out("read", stdin=asked).splitlines()]


def test_the_evening_of_the_docs_goes_as_they_say(shell: Shell) -> None:
    """Message by message: the rule that the page names decides."""
    page = (Path(ROOT) / "docs" / "conversation.md").read_text(encoding="utf-8")
    rows = re.findall(
        r"^\| `([^`]+)` \| `(\w+)`", page.partition("## One evening")[2].partition("## ")[0], re.MULTILINE
    )
    answers = read(shell, *((text, evening) for (text, _), evening in zip(rows, BEFORE, strict=True)))
    assert [answer["rule"] for answer in answers] == [rule for _, rule in rows]
    acts = [answer["act"] for answer in answers]
    assert acts[1] == {
        "does": "change",
        "report": 1,
        "lines": [{"hamlet": "3", "counts": {"activated": 3}}],
        "about": None,
    }
    assert [choice["does"] for choice in acts[3]["choices"]] == ["record", "record", "record", "nothing"]
    assert acts[5] == {"does": "settle", "open": 1, "number": 3}
    assert acts[6]["lines"] == [{"hamlet": "5", "counts": {"activated": 2}}]
    assert acts[7] == {"does": "confirm", "report": 4}


def test_what_is_told_goes_before_what_is_read(shell: Shell) -> None:
    """Counts, hamlets and homes of the book; numbers, times and what was quoted decide as they do in the bot."""
    lan = {"counts": {"activated": 3}, "hamlet": "Xóm 4", "homes": {"bà Lan": {"activated": 3}}}
    vague = {
        "text": "nhà bà Mận được mấy máy",
        "hamlet": "5",
        "outcome": "absent",
        "homes": ["bà Mận"],
        "likely": [1, 2],
    }
    passed = {"open": 1, "at": "2023-05-20T19:58:30", "answered_by_next": False}
    quoted, home, named, answer, late, new, other, talk = read(
        shell,
        ("sửa 5", {"reports": [lan, DIEU], "quoted": 1}),
        ("nhà bà Lan là ở xóm 7", {"reports": [lan], "hamlets": ["Xóm 7"]}),
        ("xóm 7", {"reports": [DIEU], "hamlets": ["Xóm 7"], "asked": {"fix": 1}}),
        ("2", {"open": [vague], "asked": {"open": 1}}),
        ("2", {"open": [vague], "reports": [DIEU], "asked": passed}),
        ("2", {"open": [vague], "reports": [{**DIEU, "at": "2023-05-20T19:59"}], "asked": passed}),
        ("ghi hộ bạn Sơn xóm 4 được 3", {}),
        ("chúc cả nhà ngủ ngon", {"reports": [lan]}),
    )
    assert quoted["act"]["report"] == 1
    assert quoted["act"]["lines"] == [{"hamlet": "Xóm 4", "counts": {"activated": 5}}]
    assert home["act"]["lines"] == [{"hamlet": "Xóm 7", "counts": {"activated": 3}}]
    assert (named["kind"], named["rule"]) == ("chat", "puts_right")
    assert answer["act"] == late["act"] == {"does": "settle", "open": 1, "number": 2}
    assert new["act"]["does"] == "record"
    assert other["act"] == {"does": "report_for", "whose": "Sơn"}
    assert (talk["act"], talk["rule"]) == ({"does": "talk"}, None)


def test_without_an_evening_nothing_is_said_of_it(shell: Shell) -> None:
    """And what the parser says beside one is what it says without."""
    said = {"text": "nhà bà Lan xóm 4 được 3", "at": AT}
    asked = "\n".join(json.dumps(line) for line in (said, {**said, "evening": None}, {**said, "evening": {}}))
    plain, null, told = (json.loads(line) for line in shell.out("read", "--explain", stdin=asked).splitlines())
    assert plain == null == {name: value for name, value in told.items() if name not in ("act", "rule")}
    assert told["rule"] in {rule.__name__ for rule in RULES}


@pytest.mark.parametrize(
    ("evening", "line"),
    [
        (3, "evening: Input should be a valid dictionary"),
        ({"report": []}, "evening.report: Extra inputs are not permitted"),
        ({"reports": [THU, {}]}, 'evening.reports[2]: give its "text" or its "counts"'),
        ({"reports": [{"text": "chào cả nhà"}]}, 'evening.reports[1]: its text says no number: give its "counts"'),
        ({"others": [{"text": "chào cả nhà"}]}, 'evening.others[1]: its text says no number: give its "counts"'),
        (
            {"reports": [{"counts": {"activatd": 1}}]},
            "evening.reports[1].counts.activatd: Input should be 'activated', ",
        ),
        ({"reports": [{"counts": {"activated": -1}}]}, "evening.reports[1].counts.activated: Input should be greater"),
        (
            {"reports": [{"counts": {"activated": True}}]},
            "evening.reports[1].counts.activated: Input should be a valid",
        ),
        ({"open": [{}]}, "evening.open[1].text: Field required"),
        ({"asked": {}}, 'evening.asked: give one of "open" and "fix"'),
        ({"asked": {"open": 1}}, "evening: asked.open is 1, but there are 0"),
        ({"reports": [THU], "quoted": 2}, "evening: quoted is 2, but there are 1"),
        ({"reports": [THU], "quoted": 0}, "evening.quoted: Input should be greater than or equal to 1"),
        ({"reports": [{**THU, "at": "8h"}]}, "evening.reports[1].at: '8h' is no moment: write it as 2023-05-20T19:30"),
        ({"reports": [{**THU, "at": 1684600000}]}, "evening.reports[1].at: 1684600000 is no moment"),
    ],
)
def test_what_is_wrong_with_an_evening_is_one_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, evening: object, line: str
) -> None:
    """It says where and why; the other lines are read; exit code 2."""
    good = {"text": "chào", "at": AT, "evening": {}}
    asked = "\n".join(json.dumps(one) for one in ({**good, "evening": evening}, good))
    monkeypatch.setattr("sys.stdin", io.StringIO(asked))
    assert readings(explain=False) == 2
    said = capsys.readouterr()
    assert said.err.startswith(f"line 1: {line}")
    assert len(said.err.splitlines()) == len(said.out.splitlines()) == 1
