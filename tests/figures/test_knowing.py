"""Questions beside numbers: parts of a whole, numbers to be reached, phases, leads, last reports, what is kept."""

from collections.abc import Iterator
from datetime import date

import pytest

from handlers.figures.gathered import facts
from handlers.figures.in_words import Limit, Measure, NotUnderstood, Span, read
from handlers.messages import Reply
from tests.figures.district import TODAY, asks, district, told
from tests.figures.known import KNOWN, XUAN_THU, read_whole
from tests.figures.world import World, at, day, labels
from tests.talk import Talk


@pytest.fixture
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A district of its own, since some of these tests report."""
    with district(tmp_path_factory.mktemp("district")) as made:
        yield made


@pytest.mark.parametrize(
    ("text", "goal"),
    [
        ("Xuân Thu còn bao nhiêu nữa thì đủ 40%", Limit(above=True, n=40, percent=True, least=True)),
        ("đủ 37,5 phần trăm thì Xuân Thu cần bao nhiêu máy nữa", Limit(above=True, n=37.5, percent=True, least=True)),
        ("còn thiếu mấy máy nữa mới được một nửa chỉ tiêu", Limit(above=True, n=50, percent=True, least=True)),
        ("còn mấy máy nữa là đủ 25 hôm nay", Limit(above=True, n=25, percent=False, least=True)),
        ("xã còn bao nhiêu máy nữa thì được 4.000 máy", Limit(above=True, n=4000, percent=False, least=True)),
    ],
)
def test_a_number_to_be_reached(text: str, goal: Limit) -> None:
    """Phones or hundredths of the target, until which it is asked what is left."""
    asked = read_whole(text)
    assert (asked.measure, asked.goal, asked.limit) == (Measure.LEFT, goal, None)


def test_who_has_so_many() -> None:
    """Behind who is asked for, those at the number are among them."""
    asked = read_whole("hôm nay ai đạt 20 máy trở lên")
    assert (asked.limit, asked.goal) == (Limit(above=True, n=20, percent=False, least=True), None)
    assert read_whole("có xã nào đạt 35% chưa").limit == Limit(above=True, n=35, percent=True, least=True)
    strict = read_whole("xã nào trên 30%").limit
    assert strict is not None and not strict.least


@pytest.mark.parametrize(
    "text",
    [
        "còn bao nhiêu nữa thì đủ 3 nghìn máy",
        "Xuân Thu được bao nhiêu đủ 20",
        "bao nhiêu nhà vắng thì đủ 20",
        "tỉ lệ thành công từng ngày",
        "thôn nào chưa có sinh viên",
        "hôm nay xã nào không có sinh viên",
        "Xuân Thu chiếm mấy phần trăm từng ngày",
        "số máy của Bình",
        "Xuân Thu hôm nay được bao nhiêu lúc 9 rưỡi",
        "Xuân Thu được bao nhiêu trên tổng số ca",
        "hôm qua có hẹn nhà nào không",
    ],
)
def test_what_does_not_go_together_is_not_answered(text: str) -> None:
    """A number, a division or a time that the measure has not: never dropped."""
    assert isinstance(read(text, KNOWN, TODAY), NotUnderstood)


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("Xuân Thu chiếm bao nhiêu phần trăm", Measure.PART),
        ("Xuân Thu được bao nhiêu % của cả huyện", Measure.PART),
        ("hôm nay tỉ lệ thành công mấy phần trăm", Measure.SUCCESS),
        ("bao nhiêu phần trăm nhà vắng", Measure.SUCCESS),
        ("An báo lần cuối khi nào", Measure.LAST_REPORT),
        ("đợt này đến hôm nào thì kết thúc", Measure.PHASES),
        ("bao giờ thì xong", Measure.FINISH),
        ("xã nào chưa được bố trí sinh viên", Measure.UNSTAFFED),
        ("tổ trưởng Xuân Thu là ai", Measure.LEADS),
        ("ngày mai có nhà nào hẹn lại không", Measure.VISITS),
        ("hôm nay mấy nhà hẹn lại", Measure.REACHED),
    ],
)
def test_measures_of_their_own(text: str, measure: Measure) -> None:
    """Each by its words, and not where others are said."""
    assert read_whole(text).measure is measure


def test_two_phases_are_all_of_them() -> None:
    """One that is named stands alone."""
    one = read_whole("đợt 1 kết thúc hôm nào").period
    assert one is not None and (one.span, one.first) == (Span.PHASE, date(2023, 5, 16))
    assert read_whole("bao giờ hết đợt 1 với lại đợt 0 từ hôm nào đến hôm nào").period is None
    assert read_whole("xã Xuân Thu được bao nhiêu (tính cả số cũ)").communes == (XUAN_THU,)


def test_a_goal_and_the_target_have_one_forecast(world: World) -> None:
    """All of the target is finished when the forecast says, whoever asks how."""
    whole = told(asks(world, "commune", "còn bao nhiêu máy nữa thì xã đủ 100%"))
    board = facts.board(world.tx, [world.commune("451")], TODAY, finished=False)
    assert board.pace is not None and board.pace.finish is not None
    assert f"{board.pace.finish:%d/%m/%Y}" in whole
    assert f"{board.pace.needed} máy/ngày" in whole


def test_where_so_many_phones_stand(world: World) -> None:
    """Of the asker's own reports of today and yesterday; a home or a hamlet that is told makes it a report."""
    assert told(asks(world, "student", "17 máy nãy là tính vào xóm nào")) == "📍 17 máy lúc 19:00 hôm nay: Xóm 5"
    assert "không ghi tin nào 4 máy" in told(asks(world, "student", "4 máy nãy bot ghi vào xóm nào vậy"))
    before = world.tx.all("SELECT count(*) AS n FROM reports")
    asks(world, "student", "nhà bà Lan xóm 5 được 3")
    assert world.tx.all("SELECT count(*) AS n FROM reports") != before
    assert not told(asks(world, "student", "3 máy ở xóm gì ấy quên rồi")).startswith("📍")


@pytest.mark.parametrize(
    "text",
    [
        "em có máy nào bị lỗi k cài được k ạ",
        "toi mai e hen nha nao the",
        "17 máy nãy là tính vào xóm nào",
        "hôm nay ai được 15 máy trở lên rồi",
        "em còn thiếu mấy máy nữa là đủ 20 cho hôm nay",
        "Tổ từ đầu đợt được bao nhiêu máy ạ, trong đó phần của em là mấy %",
        "tuan nay cua em",
    ],
)
def test_what_only_asks_opens_nothing(world: World, text: str) -> None:
    """Neither a report nor a draft, and no offer to record."""
    for who in ("student", "lead"):
        counts = [world.tx.all(f"SELECT count(*) AS n FROM {table}") for table in ("reports", "drafts")]
        said = asks(world, who, text)
        assert told(said)
        assert not any(
            label.startswith(("Ghi ", "Thêm ")) for one in said if isinstance(one, Reply) for label in labels(one)
        )
        assert counts == [world.tx.all(f"SELECT count(*) AS n FROM {table}") for table in ("reports", "drafts")]


@pytest.mark.parametrize(
    ("text", "secrets"),
    [
        ("từng bạn chiếm bao nhiêu phần trăm", ("32", "59,3")),
        ("An chiếm mấy phần trăm của tổ", ("32", "59,3")),
        ("bạn An báo lần cuối khi nào", ("19/05",)),
        ("lần cuối tổ em báo khi nào", ("An:", "Chi")),
        ("ai đủ định mức hôm nay", ("Bình",)),
        ("tỉ lệ thành công của từng bạn", ("32/37",)),
    ],
)
def test_comrades_stay_unsaid_to_students(world: World, text: str, secrets: tuple[str, ...]) -> None:
    """A part, a time or a quota of somebody else is the lead's to see."""
    said = told(asks(world, "student", text))
    assert said
    assert not any(secret in said for secret in secrets)


def test_the_last_report_is_one_that_counts(world: World) -> None:
    """The newest one that stands, or that of the days that are named."""
    assert "Bình: 19:00 hôm nay" in told(asks(world, "lead", "Bình báo lần cuối khi nào"))
    assert "Bình: 20:00 ngày 19/05" in told(asks(world, "lead", "hôm qua Bình báo lần cuối lúc mấy giờ"))
    world.report("chi", day(17), 2, sent=at(day(17), 21, 5))
    assert "Chi: 21:05 ngày 17/05" in told(asks(world, "lead", "Chi báo lần cuối khi nào"))


def test_who_changed_what_and_codes_are_handed_over(world: World) -> None:
    """What the commands of an admin answer; others are told that it is not for them."""
    assert told(asks(world, "admin", "nay có ai sửa xóa gì trong hệ thống không, xem chỗ nào")).startswith("📒")
    assert "/taoma" in told(asks(world, "admin", "thêm 1 sv vào tổ Phù Lỗ thì tạo mã kiểu gì"))
    assert "chỉ gửi cho quản trị" in told(asks(world, "district", "xem nhật ký hệ thống"))
    assert "chỉ gửi cho học viên và tổ trưởng" in told(asks(world, "district", "mai có nhà nào hẹn lại không"))


def test_a_reminder_is_not_for_who_has_reported(world: World) -> None:
    """That stands before the list of what the bot writes."""
    assert told(asks(world, "student", "lát 9 rưỡi bot còn nhắc em báo nữa hông")).startswith(
        "Hôm nay em đã có báo cáo"
    )
    assert told(asks(world, "lead", "bot còn nhắc mình không")).startswith("Hôm nay đồng chí chưa có báo cáo")


async def test_promised_visits_are_those_that_are_known(talk: Talk) -> None:
    """Asked in words, they are what the list says."""
    an = await talk.person("An")
    await an.says("hẹn 19h mai nhà bà Tư").hears("Hẹn lại bà Tư")
    await an.says("mai em có hẹn nhà nào không").hears("bà Tư", "19:00")


async def test_what_is_kept_of_me(talk: Talk) -> None:
    """The sums by day and today's messages, one by one."""
    an = await talk.person("An")
    await an.says("xóm 4 được 7").hears("7 máy")
    await an.says("bot đang ghi cho em những gì").hears("📒 Số của em", "Hôm nay em đã báo 1 tin", "Xóm 4: 7 máy")
