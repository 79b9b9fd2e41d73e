"""Questions as people type them, each with its first line and what it has to tell, through the router."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from handlers.figures.replies import questions
from handlers.messages import Chat, Message, Reply, Saying, Sender
from handlers.turn import Declaration
from storage.campaign.people import Role
from tests.figures.district import EVENING, asks, district, told
from tests.figures.world import World, labels

WHERE = Chat("web", "district", True)
ROWS = [
    json.loads(line) for line in Path(__file__).with_name("questions.jsonl").read_text(encoding="utf-8").splitlines()
]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """One district for all questions, since they change nothing but when a hint was given."""
    with district(tmp_path_factory.mktemp("district")) as made:
        yield made


@pytest.mark.parametrize("row", ROWS, ids=[f"{row['as']}: {row['text']}" for row in ROWS])
def test_a_question_has_its_answer(world: World, row: dict[str, str | list[str]]) -> None:
    """The first line says what was understood, or what was not; the numbers are those asked for."""
    world.tx.run("DELETE FROM meta WHERE name LIKE 'asked:%'")
    for before in row.get("after", ()):
        asks(world, str(row["as"]), before)
    text = told(asks(world, str(row["as"]), str(row["text"])))
    first, _, rest = text.partition("\n")
    assert first == row["first"]
    for part in row.get("has", ()):
        assert part in rest.splitlines()


def test_there_are_many_questions() -> None:
    """By all who ask, with and without marks and question marks."""
    assert len(ROWS) >= 200
    assert {row["as"] for row in ROWS} >= {"district", "commune", "lead", "student", "admin"}
    assert sum(row["text"].isascii() for row in ROWS) >= 15
    assert sum("?" in row["text"] for row in ROWS) >= 20


@pytest.mark.parametrize(
    ("who", "text", "secrets"),
    [
        ("commune", "Minh Phú được bao nhiêu?", ("2.480", "30")),
        ("commune", "Giang được mấy máy?", ("30",)),
        ("commune", "toàn huyện được bao nhiêu?", ("68.357",)),
        ("commune", "Xuân Thu đứng thứ mấy huyện?", ("thứ 1",)),
        ("lead", "Minh Phú hôm qua được mấy máy?", ("30",)),
        ("lead", "tổ em đứng thứ mấy huyện?", ("thứ 1",)),
        ("student", "An hôm qua được mấy máy?", ("11",)),
        ("student", "ai nhiều nhất tổ?", ("32",)),
        ("student", "ai chưa báo?", ("Chi",)),
        ("student", "từng bạn được bao nhiêu?", ("32",)),
        ("student", "toàn huyện được bao nhiêu?", ("68.357",)),
    ],
)
def test_nothing_is_told_beyond_ones_scope(world: World, who: str, text: str, secrets: tuple[str, ...]) -> None:
    """Others' numbers are refused, and something is said."""
    said = told(asks(world, who, text))
    assert said
    assert not any(secret in said for secret in secrets)


def test_what_is_not_understood_has_examples_that_are(world: World) -> None:
    """Three questions that are answered to this very person."""
    for who in ("district", "commune", "lead", "student", "admin"):
        said = told(asks(world, who, "hôm nay bao nhiêu quả chuối?"))
        examples = [line.removeprefix("• ") for line in said.splitlines() if line.startswith("• ")]
        assert "chuối" in said
        assert len(examples) == 3
        for example in examples:
            assert told(asks(world, who, example)).startswith("📊")


def test_a_name_that_is_not_clear_has_buttons(world: World) -> None:
    """The communes that may be meant, which lead to their numbers."""
    said = [one for one in asks(world, "district", "Xuân hôm nay thế nào?") if isinstance(one, Reply)]
    assert labels(said[0]) == ["Xã Đông Xuân", "Xã Thanh Xuân", "Xã Xuân Giang", "Xã Xuân Thu"]


def test_in_a_teams_group_only_the_team_is_told_of(world: World) -> None:
    """An officer who sees all asks there: the team's commune is answered, others and the whole are not."""
    group = world.group(world.team("451"))
    assert "17 máy" in told(asks(world, "district", "hôm nay được bao nhiêu?", chat=group))
    for text in ("Minh Phú hôm qua được bao nhiêu?", "toàn huyện được bao nhiêu?", "xã nào chậm nhất?"):
        said = told(asks(world, "district", text, chat=group))
        assert said
        assert "30" not in said
        assert "68.357" not in said
        assert "Bắc Phú" not in said


def test_a_report_is_no_question_and_a_question_no_report(world: World) -> None:
    """`hôm nay mấy máy` opens nothing; a number with a question mark is still asked about as a report."""
    assert told(asks(world, "student", "hôm nay mấy máy")).startswith("📊 Em · hôm nay")
    assert world.tx.all("SELECT id FROM drafts WHERE settled_at IS NULL") == []
    assert not told(asks(world, "student", "nhà bà Lan xóm 5 được 3 máy?")).startswith("📊")
    assert EVENING.hour == 20


@pytest.mark.parametrize(
    ("text", "command", "first"),
    [
        ("gửi báo cáo excel cho tôi", "/xuat", "📊 VNeID Sóc Sơn · tệp Excel"),
        ("vẽ biểu đồ Xuân Thu", "/tiendo 451", "📊 Xuân Thu · biểu đồ tiến độ"),
        (
            "file excel hôm qua",
            "/xuat",
            "📊 VNeID Sóc Sơn · tệp Excel (bot lập cho cả đợt đến nay, không riêng hôm qua",
        ),
        ("soạn báo cáo đợt", "/baocaodot", "📊 VNeID Sóc Sơn · báo cáo văn bản"),
    ],
)
def test_files_are_what_their_commands_answer(world: World, text: str, command: str, first: str) -> None:
    """The command is run where one is declared for whoever asks; a student hears that it is for officers."""
    known = [Declaration((name,), who=frozenset({Role.OFFICER})) for name in ("xuat", "tiendo", "baocaodot")]
    ran: list[str] = []

    def run(what: str, message: Message) -> list[Saying]:
        ran.append(what)
        return [Reply(message.text)]

    for who, runs in (("district", [command]), ("binh", [])):
        turn = world.turn(who, EVENING)
        turn.known, turn.run = known, run
        ran.clear()
        found = questions.understood(text, turn)
        said = questions.of_officer(Message(WHERE, Sender(who, who), "m", text, EVENING), turn, found)
        assert ran == runs
        assert told(said or []).startswith(first if runs else "") and said
        assert bool(runs) or "chỉ gửi cho cán bộ" in told(said) or "ngoài phạm vi" in told(said)


@pytest.mark.parametrize(
    "text",
    [
        "có biểu đồ tiến độ của tổ ko cho xin 1 cái để gửi nhóm",
        "từ đầu đợt đến h có bn máy lỗi k cài đc",
        "tuần này e bị mấy máy k cài đc ý",
        "bn ng k chịu làm hôm qua thế",
        "mỗi bạn 1 ngày phải được mấy máy",
        "tính tới giờ có bao nhiêu máy bị lỗi chưa cài đc",
        "xuất file excel cho t nộp thầy chủ nhiệm cái",
    ],
)
def test_a_question_is_never_stored(world: World, text: str) -> None:
    """Nothing is counted or opened for what a lead or student asks, whatever number words stand in it."""
    for who in ("lead", "student"):
        before = world.tx.all("SELECT count(*) AS n FROM reports"), world.tx.all("SELECT count(*) AS n FROM drafts")
        assert told(asks(world, who, text))
        after = world.tx.all("SELECT count(*) AS n FROM reports"), world.tx.all("SELECT count(*) AS n FROM drafts")
        assert before == after


@pytest.mark.parametrize("who", ["district", "commune", "lead", "student", "admin", "giang", "hoa"])
def test_whoever_asks_whatever_hears_something(world: World, who: str) -> None:
    """Each ninth question by everybody: it never fails, and a question mark is never passed over in silence."""
    for row in ROWS[::9]:
        said = told(asks(world, who, f"{str(row['text']).rstrip('?')}?"))
        assert said, row["text"]


@pytest.mark.parametrize("who", ["student", "lead"])
def test_what_only_looks_like_a_request_is_a_report(tmp_path: Path, who: str) -> None:
    """What the reader finds unclear is a question only where it asks in words."""
    with district(tmp_path) as own:
        assert "cho bot xin số" in told(asks(own, who, "cai nguoi quen mk nho ra r, xong luon r nghen"))
        assert told(asks(own, who, "mk nho xem so hom nay duoc bao nhieu")).startswith("📊")
