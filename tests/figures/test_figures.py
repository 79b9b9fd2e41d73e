"""/tong and /xa, and the figures behind them: who sees what, how far it is, and whether the pace will do."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from handlers.figures.said import commune, progress
from storage.campaign.hamlets import NO_HAMLET
from storage.reports import official, reports
from storage.reports.tallies import Line
from tests.figures.world import World, at, day, labels, lines, three_days, world


@pytest.fixture
def w(tmp_path: Path) -> Iterator[World]:
    """A small campaign."""
    with world(tmp_path) as made:
        yield made


NOW = at(day(18), 21, 40)


def test_tong_tells_a_campaign_officer_the_whole_first(w: World) -> None:
    """Done with the baseline apart, today beside yesterday, pace up to yesterday, forecast; then the slowest first."""
    three_days(w)
    said = w.asks("whole", progress.show, "", NOW)
    assert said.text == lines(
        """
        📊 Chiến dịch thử
        21:40 ngày 18/05 · Đợt 1, ngày 3/21
        Đã xong 171/1.800 máy (9,5%)
        Còn 1.629 máy
        Có sẵn 100 · bot ghi 71

        Hôm nay: 11 máy, 1 nhà vắng
        Đến 21:30: 11, hôm qua 50

        Hết 17/05: 37,5% định mức (60/160)
        Cần 87 máy/ngày để đủ trong đợt
        Gần đây 30 máy/ngày
        Dự kiến xong 11/07

        1 xã chưa báo.
        Chậm trước (% chỉ tiêu):
        Minh Phú: 2,2% · chưa báo
        Xuân Thu: 15,3% · nay 11
        TT Sóc Sơn: 0 máy
        """
    )
    assert [[button.label for button in row] for row in said.buttons] == [
        ["Xếp hạng", "Ai chưa báo"],
        ["Điều nên hỏi"],
        ["Theo ngày", "Theo kết quả"],
        ["Hôm qua", "Tuần", "Đợt"],
        ["Biểu đồ", "Tệp Excel", "Trang số liệu"],
        ["TT Sóc Sơn", "Minh Phú", "Xuân Thu"],
    ]
    assert said.buttons[-1][-1].data == "c/xa 451"


def test_tong_of_a_lead_is_the_own_commune(w: World) -> None:
    """A lead sees the own commune, without a list of one, and ways to its parts."""
    three_days(w)
    said = w.asks("an", progress.show, "", NOW)
    assert said.text.startswith("📊 Xã Xuân Thu\n21:40 ngày 18/05 · Đợt 1, ngày 3/21\nĐã xong 153/1.000 máy (15,3%)\n")
    assert "Minh Phú" not in said.text
    assert [[button.label for button in row] for row in said.buttons] == [
        ["Ai chưa báo", "Điều nên hỏi"],
        ["Theo thôn", "Theo học viên"],
        ["Theo ngày", "Theo kết quả"],
        ["Hôm qua", "Tuần", "Đợt"],
        ["Biểu đồ"],
    ]


def test_an_officer_of_two_communes_sees_these(w: World) -> None:
    """The sum is of the two alone."""
    three_days(w)
    said = w.asks("two", progress.show, "", NOW).text
    assert said.startswith(
        "📊 Minh Phú và Xuân Thu\n21:40 ngày 18/05 · Đợt 1, ngày 3/21\nĐã xong 171/1.800 máy (9,5%)\n"
    )
    assert "TT Sóc Sơn" not in said


def test_after_midnight_the_day_is_named(w: World) -> None:
    """At 00:20 today's work is that of the date before."""
    three_days(w)
    said = w.asks("two", progress.show, "", at(day(19), 0, 20)).text
    assert "00:20 ngày 19/05" in said
    assert "\nNgày 18/05: 11 máy, 1 nhà vắng\nĐến 00:15: 11, hôm trước 50\n" in said
    assert said.endswith("Xuân Thu: 15,3% · 18/05: 11")


def test_today_is_compared_with_yesterday_at_the_same_time(w: World) -> None:
    """Up to the last quarter of an hour, and as it stood then: what was corrected since is no part of it."""
    w.report("an", day(17), 10, sent=at(day(17), 18))
    late = w.report("an", day(17), 7, sent=at(day(17), 20, 50))
    w.report("an", day(18), 4, sent=at(day(18), 18, 30))
    w.report("an", day(18), 2, sent=at(day(18), 19, 35))
    said = w.asks("an", progress.show, "", at(day(18), 19, 40)).text
    assert "\nHôm nay: 6 máy\nĐến 19:30: 4, hôm qua 10\n" in said
    reports.correct(w.tx, late, [Line(NO_HAMLET, "activated", 3)], by=late.person, at=at(day(18), 19), text=None)
    said = w.asks("an", progress.show, "", at(day(18), 21, 10)).text
    assert "\nĐến 21:00: 6, hôm qua 17\nSửa số ngày trước: 17/05 −4\n" in said
    assert "\nHôm nay sửa lại: −4" in w.asks("an", progress.show, "hôm qua", at(day(18), 21, 10)).text
    assert "Sửa" not in w.asks("an", progress.show, "", at(day(19), 9)).text


def test_many_communes_are_a_page_and_the_rest_behind_words(w: World) -> None:
    """Eight of 30 under the whole, the slowest; all of them in pages of ten; no line longer than a phone is wide."""
    for number in range(27):
        w.tx.run(
            """INSERT INTO communes (code, name, folded, target, baseline)
               VALUES (:code, :name, :folded, 1000, :baseline)""",
            code=f"x{number:02}",
            name=f"Xã Đông Xuân {number:02}",
            folded=f"dong xuan {number}",
            baseline=500 - number,
        )
    three_days(w)
    said = w.asks("whole", progress.show, "", NOW)
    rows = said.text.partition("Chậm nhất (% chỉ tiêu):\n")[2].splitlines()
    assert [row.partition(":")[0] for row in rows[:3]] == ["Minh Phú", "Xuân Thu", "Đông Xuân 26"]
    assert (len(rows), rows[-1]) == (9, "… và 22 xã nữa")
    assert labels(said)[:3] == ["Xem đủ 30 xã", "Xếp hạng", "Ai chưa báo"]
    seen = []
    for page in range(1, 4):
        shown = w.asks("whole", progress.show, f"theo xã trang {page}", NOW)
        seen += [row for row in shown.text.splitlines() if row[:1].isdigit()]
        assert max(map(len, seen)) <= 30
    assert [int(row.partition(".")[0]) for row in seen] == list(range(1, 31))
    assert seen[-1] == "30. TT Sóc Sơn: 0 máy"


@pytest.mark.parametrize(
    ("asked", "title", "counts"),
    [
        ("hôm qua", "Ngày 17/05", "32 máy, 2 nhà vắng\n53,3% định mức (32/60)\nHôm trước: 10 (+22)"),
        ("TUẦN", "7 ngày 12/05–18/05\nTính cả hôm nay, đến 21:40", "53 máy, 3 nhà vắng\n29,4% định mức (53/180)"),
        ("đợt", "Đợt 1 (16/05–05/06)\nTính cả hôm nay, đến 21:40", "53 máy, 3 nhà vắng\n29,4% định mức (53/180)"),
        ("đợt 1", "Đợt 1 (16/05–05/06)\nTính cả hôm nay, đến 21:40", "53 máy, 3 nhà vắng\n29,4% định mức (53/180)"),
        ("ngày 16/5", "Ngày 16/05", "10 máy\n16,7% định mức (10/60)"),
    ],
)
def test_tong_of_some_days(w: World, asked: str, title: str, counts: str) -> None:
    """The days that were asked for, beside what was due and the days before, which a day that runs is not like."""
    three_days(w)
    assert w.asks("an", progress.show, asked, NOW).text == f"📊 Xã Xuân Thu\n{title}\n\n{counts}"


def test_many_outcomes_are_cut_to_what_matters(w: World) -> None:
    """The phones, and what was most beside them; all of them stand by outcome."""
    w.report("an", day(18), 9, absent=4, refused=1, failed=2, no_card=3, already=1)
    said = w.asks("whole", progress.show, "", NOW).text
    assert "\nHôm nay: 9 máy, 4 nhà vắng, 3 người chưa có căn cước, 2 máy chưa cài được …\n" in said
    whole = w.asks("whole", progress.show, "theo kết quả", NOW).text
    assert "1 người chưa đồng ý" in whole


def test_tong_of_a_day_by_commune(w: World) -> None:
    """Who did least of what was due comes first; who has nothing is behind a word, never a line of 0."""
    three_days(w)
    said = w.asks("two", progress.show, "hôm qua", NOW)
    assert said.text == lines(
        """
        📊 Minh Phú và Xuân Thu
        Ngày 17/05

        50 máy, 2 nhà vắng
        62,5% định mức (50/80)
        Hôm trước: 10 (+40)

        Ít trước (máy · % định mức):
        Xuân Thu: 32 · 53,3%
        Minh Phú: 18 · 90,0%
        """
    )
    said = w.asks("two", progress.show, "hôm kia", NOW)
    assert said.text.endswith("Xuân Thu: 10 · 16,7%\n1 xã chưa có báo cáo.")
    command = next(button.data[1:] for row in said.buttons for button in row if button.label == "Xã chưa báo")
    silent = w.asks("two", progress.show, command.removeprefix("/tong "), NOW).text
    assert silent == "📊 Minh Phú và Xuân Thu\nNgày 16/05, 1 xã chưa có báo cáo:\nMinh Phú"


def test_a_zero_is_a_report(w: World) -> None:
    """Whoever reported a zero, or only somebody absent, is not among those who have not."""
    w.report("dung", day(17), 0)
    said = w.asks("two", progress.show, "hôm qua", NOW).text
    assert said.endswith("Minh Phú: 0 · 0,0%\n1 xã chưa có báo cáo.")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("ngày 15/5", "📊 Xã Xuân Thu, ngày 15/05: chưa có báo cáo."),
        ("ngày 30", "📊 Xã Xuân Thu, ngày 30/04: chưa có báo cáo."),
        ("31/12", "📊 Xã Xuân Thu, ngày 31/12/2022: chưa có báo cáo."),
        ("đợt 2", "Ngày 06/06 chưa đến. Đồng chí dùng: /tong hôm qua, /tong tuần, /tong đợt"),
        ("ngày 19/5", "Ngày 19/05 chưa đến. Đồng chí dùng: /tong hôm qua, /tong tuần, /tong đợt"),
        ("ngày 30/2", "Đồng chí dùng: /tong, /tong hôm qua, /tong tuần, /tong tuần trước, /tong đợt, /tong thứ bảy, "),
        ("ba đêm", "Đồng chí dùng: /tong, /tong hôm qua, /tong tuần, /tong tuần trước, /tong đợt, /tong thứ bảy, "),
    ],
)
def test_tong_of_days_without_numbers(w: World, asked: str, said: str) -> None:
    """Days before the campaign, days to come, and what is no day are told in one line."""
    three_days(w)
    text = w.asks("an", progress.show, asked, NOW).text
    assert text.startswith(said)
    assert "\n" not in text


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (
            "theo ngày",
            "theo ngày\nĐợt 1 (16/05–05/06): 53 máy\n\n18/05 T5: 11 · 18,3%\n17/05 T4: 32 · 53,3%\n16/05 T3: ",
        ),
        ("theo thôn", "theo thôn\nBot ghi đến nay: 53 máy\n\nXóm 4: 22\nXóm 5: 28 · nay 8\nKhông ghi thôn: 3"),
        ("hôm nay theo thôn", "theo thôn\nNgày 18/05: 11 máy\n\nXóm 5: 8\nKhông ghi thôn: 3\n\nChưa có: Xóm 4"),
        (
            "theo học viên",
            "theo học viên\nĐợt 1 (16/05–05/06): 53 máy\n\nAn: 25 · nay 3\nBình: 28 · nay 8\n\nChưa có: Chi",
        ),
        (
            "hôm qua theo học viên",
            "theo học viên\nNgày 17/05: 32 máy\n\nAn: 12 · 60,0%\nBình: 20 · 100,0%\n\nChưa có: Chi",
        ),
        ("theo kết quả", "theo kết quả\nBot ghi đến nay\n\n53 máy\n3 nhà vắng"),
        ("ngày 17 theo kết quả", "theo kết quả\nNgày 17/05\n\n32 máy\n2 nhà vắng"),
        ("ngày 15/5 theo thôn", "theo thôn\nNgày 15/05: 0 máy\n\nChưa có báo cáo.\n\nChưa có: Xóm 4, Xóm 5"),
    ],
)
def test_tong_by_day_hamlet_student_and_outcome(w: World, asked: str, said: str) -> None:
    """The same whole in other parts, each of one page."""
    three_days(w)
    assert w.asks("an", progress.show, asked, NOW).text.startswith(f"📊 Xã Xuân Thu, {said}")


def test_a_phase_begins_at_nothing(w: World) -> None:
    """What was done before is in the whole and in no line of the phase that is on."""
    w.report("an", day(20), 50, hamlet="Xóm 4")
    w.report("binh", day(20), 30)
    w.report("an", date(2023, 6, 6), 7, hamlet="Xóm 4")
    w.report("an", date(2023, 6, 7), 5)
    now = at(date(2023, 6, 7), 21, 40)
    assert "Đợt 2, ngày 2/10\nĐã xong 192/1.000" in w.asks("one", progress.show, "", now).text
    assert "\nHết 06/06: 35,0% định mức (7/20)\n" in w.asks("one", progress.show, "", now).text
    assert "\n\n12 máy\n30,0% định mức (12/40)" in w.asks("one", progress.show, "đợt", now).text
    assert "Đợt 2 (06/06–15/06): 12 máy\n\n07/06 T4: 5 · 25,0%\n06/06 T3: 7 · 35,0%" in (
        w.asks("one", progress.show, "theo ngày", now).text
    )
    place = w.asks("one", commune.show, "", now).text
    assert "Học viên, cả đợt:\nAn: 12 · nay 5\n\nTheo thôn:\nXóm 4: 57\n" in place
    assert "80 máy" in w.asks("one", progress.show, "đợt 1", now).text


def test_xa_tells_students_and_hamlets(w: World) -> None:
    """One commune, with work where no hamlet was named and the phones of a student who left."""
    three_days(w)
    w.report("chi", day(17), 6, hamlet="Xóm 4")
    w.leaves("chi")
    said = w.asks("one", commune.show, "", NOW)
    assert said.text == lines(
        """
        📊 Xã Xuân Thu
        21:40 ngày 18/05 · Đợt 1, ngày 3/21
        Đã xong 159/1.000 máy (15,9%)
        Còn 841 máy
        Có sẵn 100 · bot ghi 59

        Hôm nay: 11 máy, 1 nhà vắng
        Đến 21:30: 11, hôm qua 38

        Hết 17/05: 60,0% định mức (48/80)
        Cần 45 máy/ngày để đủ trong đợt
        Gần đây 24 máy/ngày
        Dự kiến xong 22/06

        Học viên, cả đợt:
        An: 25 · nay 3
        Bình: 28 · nay 8
        Người đã rời tổ: 6

        Theo thôn:
        Xóm 4: 28
        Xóm 5: 28 · nay 8
        Không ghi thôn: 3
        """
    )
    assert [[button.label for button in row] for row in said.buttons] == [
        ["Theo thôn", "Theo học viên"],
        ["Theo ngày", "Theo kết quả", "Điều nên hỏi"],
        ["Hôm qua", "Tuần", "Đợt"],
        ["Biểu đồ", "Tệp Excel", "Trang số liệu"],
    ]
    commands = {button.label: button.data for row in said.buttons for button in row}
    assert commands["Theo thôn"] == "c/xa 451 theo thon"
    assert commands["Hôm qua"] == "c/xa 451 hôm qua"


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("Xuân Thu hôm qua", "📊 Xã Xuân Thu\nNgày 17/05\n\n32 máy"),
        ("hôm qua", "📊 Xã Xuân Thu\nNgày 17/05\n\n32 máy"),
        ("451 tuần theo ngày", "📊 Xã Xuân Thu, theo ngày\n7 ngày 12/05–18/05: 53 máy"),
        ("xuan thu tu 16/5 den 17/5", "📊 Xã Xuân Thu\n16/05–17/05\n\n42 máy"),
        ("Xuân Thu hôm nay", "📊 Xã Xuân Thu\n21:40 ngày 18/05"),
        ("Xuân Thu ngày 30/5", "Ngày 30/05 chưa đến."),
    ],
)
def test_xa_of_some_days(w: World, asked: str, said: str) -> None:
    """A place, then days, in whatever order they are understood."""
    three_days(w)
    assert w.asks("one", commune.show, asked, NOW).text.startswith(said)


def test_xa_shows_an_adjustment_without_a_hamlet(w: World) -> None:
    """A smaller total of the day took from no hamlet in particular."""
    w.report("an", day(18), 5, hamlet="Xóm 4")
    w.report("an", day(18), -2, change="adjusted")
    said = w.asks("an", commune.show, "", NOW).text
    assert "Xóm 4: 5 · nay 5\nChưa có: Xóm 5\nĐiều chỉnh không ghi thôn: -2" in said
    assert "Hôm nay: 3 máy\n" in said


def test_official_numbers_stand_apart(w: World) -> None:
    """The newest one, beside what the bot had at the end of its day; of a day that runs, without a comparison."""
    three_days(w)
    place = w.commune("451").id
    by = w.person("whole").id
    official.state(w.tx, place, day(17), 150, by=by, at=at(day(18), 8))
    assert "\nChính thức hết 17/05: 150\n(nhiều hơn số bot lúc đó 8)\n" in w.asks("one", progress.show, "", NOW).text
    assert "Chính thức" not in w.asks("whole", progress.show, "", NOW).text
    official.state(w.tx, place, day(18), 153, by=by, at=at(day(18), 20))
    assert "\nChính thức lúc 20:00 18/05: 153\n\n" in w.asks("one", progress.show, "", NOW).text
    official.state(w.tx, place, day(18), 153, by=by, at=at(day(19), 8))
    assert "\n(khớp số bot lúc đó)\n" in w.asks("one", progress.show, "", at(day(19), 9)).text


def test_xa_understands_names_and_guards_the_scope(w: World) -> None:
    """Several names are offered as buttons; what is out of scope is said to be, and not offered."""
    assert w.asks("whole", commune.show, "xuan thu", NOW).text.startswith("📊 Xã Xuân Thu\n")
    assert w.asks("whole", commune.show, "451", NOW).text.startswith("📊 Xã Xuân Thu\n")
    which = w.asks("two", commune.show, "", NOW)
    assert which.text == "Xã nào? Đồng chí gửi: /xa tên xã"
    assert [(button.label, button.data) for row in which.buttons for button in row] == [
        ("Xã Minh Phú", "c/xa 397"),
        ("Xã Xuân Thu", "c/xa 451"),
    ]
    near = w.asks("whole", commune.show, "xuan", NOW)
    assert (near.text, labels(near)) == ("Có phải một trong các xã này?", ["Xã Xuân Thu"])
    assert w.asks("whole", commune.show, "Hà Nội", NOW).text == "Không có xã nào tên như vậy. Đồng chí gửi: /xa tên xã"
    outside = w.asks("an", commune.show, "Minh Phú", NOW).text
    assert outside == "Xã Minh Phú ngoài phạm vi của đồng chí. Các xã của đồng chí: /tong"
    assert labels(w.asks("an", commune.show, "minh", NOW)) == []
