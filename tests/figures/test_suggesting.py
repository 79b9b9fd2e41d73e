"""What is left of a question of which a word is not known is offered, never answered; a question opens no report."""

from collections.abc import Iterator

import pytest

from handlers.figures.in_words import Asked, NotUnderstood, chance, nearest, read
from handlers.figures.in_words.parsing import Parser
from handlers.figures.in_words.patterns import Sequential, classes, sequences
from handlers.figures.in_words.tokens import tokens_of
from handlers.messages import Reply
from tests.figures.district import TODAY, asks, district, told
from tests.figures.known import KNOWN
from tests.figures.world import World, labels
from tests.talk import Talk
from tools.fit.asking import texts


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """One district for all questions."""
    with district(tmp_path_factory.mktemp("district")) as made:
        yield made


def _offered(world: World, who: str, text: str) -> list[str]:
    said = [one for one in asks(world, who, text) if isinstance(one, Reply)]
    assert said[0].text.startswith("🤔 Bot chưa hiểu")
    return labels(said[0])


@pytest.mark.parametrize(
    ("who", "text", "label"),
    [
        ("district", "hôm qua cả huyện được mấy tỉ máy", "VNeID Sóc Sơn, hôm qua (19/05)"),
        ("district", "loi otp nhieu nhat o xa nao vay", "VNeID Sóc Sơn, máy chưa cài được, theo xã, đến nay"),
        ("district", "file excel lung linh nhé", "VNeID Sóc Sơn, tệp Excel"),
        ("lead", "Thôn Thu Thủy mấy nhà không chịu làm vậy", "Xuân Thu, người chưa đồng ý, đến nay"),
        ("student", "em xin số người từ chối mà em gặp từ thứ 2 tới giừo ạ", "Em, người chưa đồng ý, 6 ngày"),
    ],
)
def test_what_is_left_of_a_question_is_offered(world: World, who: str, text: str, label: str) -> None:
    """A button says what would be answered without the words that nobody knows; no number is told before."""
    offered = _offered(world, who, text)
    assert offered[-1].startswith(label)


def test_names_that_may_be_meant_stand_before_it(world: World) -> None:
    """Where a word alone is not known that is part of names, only these are."""
    assert _offered(world, "district", "Xuân hôm nay thế nào?")[-1] == "Xã Xuân Thu"
    assert _offered(world, "district", "file excel lung linh nhé") == ["Xã Phù Linh", "VNeID Sóc Sơn, tệp Excel"]


def test_nothing_beyond_ones_scope_is_offered(world: World) -> None:
    """Nor a question of which hardly anything is left, nor one that nobody can answer."""
    assert "ngoài phạm vi" in told(asks(world, "student", "Minh Phú hôm nay loằng ngoằng được bao nhiêu máy?"))
    assert _offered(world, "commune", "toàn huyện hôm nay loằng ngoằng được bao nhiêu máy?") == []
    for text in ("bao nhiêu quả chuối tiêu hồng chín cây", "mấy giờ họp loằng ngoằng ở Xuân Thu"):
        found = read(text, KNOWN, TODAY)
        assert isinstance(found, NotUnderstood)
        assert nearest(text, found, KNOWN, TODAY) is None


async def test_the_button_asks_what_it_says(talk: Talk) -> None:
    """Pressed, or typed as text; the command alone says what may follow it."""
    khoa = await talk.person("Khoa")
    heard = await khoa.says("Xuân Thu hôm nay được bao nhiêu hoành tráng?").hears("chưa hiểu “hoành tráng”")
    await khoa.presses("Xuân Thu, hôm nay (20/05)", heard).hears("📊 Xuân Thu · hôm nay (20/05)")
    await khoa.says("/hoi Minh Phú hôm qua được bao nhiêu").hears("📊 Minh Phú · hôm qua (19/05)")
    await khoa.says("/hoi").hears("/hoi ")
    await khoa.says("/hoi mai mấy giờ họp").hears("không trả lời được")


async def test_what_is_asked_by_the_command_is_never_a_report(talk: Talk) -> None:
    """Whatever numbers stand in it."""
    an = await talk.person("An")
    await an.says("/hoi nhà bà Lan được 3 máy").hears("hỏi được, ví dụ")
    assert talk.done_by("hv1") == {}


@pytest.mark.parametrize(
    ("who", "text"),
    [
        ("lead", "có kịp mùng 5 tháng 6 ko hay phải cho anh em làm thêm cả buổi sáng"),
        ("lead", "Thôn Thu Thủy mấy nhà không chịu làm vậy"),
        ("student", "em xin số người từ chối mà em gặp từ thứ 2 tới giừo ạ"),
        ("student", "toi nay e co may may bi loi vs may ng ko co dt thong minh"),
        ("lead", "hôm nay tổ mình được bao nhiêu máy lỗi otp với 2 bạn mới vậy"),
    ],
)
def test_what_is_most_likely_a_question_opens_no_report(world: World, who: str, text: str) -> None:
    """It is answered, or what of it is not known is said."""
    before = world.tx.all("SELECT count(*) AS n FROM drafts")
    assert told(asks(world, who, text)).startswith(("📊", "🤔"))
    assert world.tx.all("SELECT count(*) AS n FROM drafts") == before


def test_questions_are_told_from_reports() -> None:
    """Nearly all questions of all rounds are likely ones, and next to no labelled report is."""
    rows = texts()
    asked = [chance(text) for text, asks in rows if asks]
    reported = [chance(text) for text, asks in rows if not asks]
    assert sum(one > 0.5 for one in asked) > 0.98 * len(asked)
    assert sum(one > 0.5 for one in reported) < 0.003 * len(reported)


@pytest.mark.parametrize("row", sequences(), ids=[one.name for one in sequences()])
def test_a_sequence_speaks_where_it_should(row: Sequential) -> None:
    """It has a say in its example, and none in its counterexample; its classes are known."""
    assert {step.rstrip("?*") for step in row.steps} <= classes().keys()
    for text, speaks in ((row.example, True), (row.counterexample, False)):
        rules = {one.sense.rule for one in Parser(KNOWN, TODAY).items(tokens_of(text)) if one.sense is not None}
        assert (row.name in rules) is speaks, text


@pytest.mark.parametrize(
    ("text", "outcomes"),
    [
        ("Xuân Thu hôm nay được mấy máy, vắng mấy nhà", ("activated", "absent")),
        ("hôm nay: được, vắng, từ chối mỗi loại mấy", ("activated", "absent", "refused")),
        ("hôm nay được mấy máy lỗi", ("failed",)),
        ("hôm nay mấy máy lỗi vs mấy nhà vắng", ("failed", "absent")),
    ],
)
def test_phones_beside_other_outcomes(text: str, outcomes: tuple[str, ...]) -> None:
    """They are told where they are asked for, and where other phones are counted they are not."""
    found = read(text, KNOWN, TODAY)
    assert isinstance(found, Asked), found
    assert found.outcomes == outcomes


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("cuối tuần vừa rồi Xuân Thu được bao nhiêu", (13, 5), (14, 5)),
        ("2 ngày cuối tuần Xuân Thu được bao nhiêu", (13, 5), (14, 5)),
        ("mùng 5 tháng 5 Xuân Thu được bao nhiêu", (5, 5), (5, 5)),
        ("dạo này Xuân Thu thế nào, hôm qua được bao nhiêu", (19, 5), (19, 5)),
    ],
)
def test_days_that_are_named_otherwise(text: str, first: tuple[int, int], last: tuple[int, int]) -> None:
    """A weekend that is over, the first days of a month, and a vague word beside a day."""
    found = read(text, KNOWN, TODAY)
    assert isinstance(found, Asked), found
    assert found.period is not None
    assert found.compared is None
    days = found.period.first, found.period.last
    assert tuple((day.day, day.month) for day in days) == (first, last)
