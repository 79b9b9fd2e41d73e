"""What the dashboard shows: the same numbers as /tong and the command line, by commune, hamlet, student and day."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from handlers.figures.gathered.series import Evening
from handlers.figures.pages import dashboard, drawn
from handlers.figures.pages.shown import Lines, View
from handlers.figures.said import progress
from handlers.texts import number
from storage.campaign import hamlets
from storage.reports import breakdown, reports, totals
from tests.figures.world import HOUSE, World, at, day, world

TODAY = day(20)


@pytest.fixture
def here(tmp_path: Path) -> Iterator[World]:
    """Three evenings of two teams, the last of which is not over."""
    with world(tmp_path) as known:
        known.report("binh", day(18), 7, hamlet="Xóm 4", absent=1)
        known.report("binh", day(19), 5, hamlet="Xóm 5")
        known.report("chi", day(19), 4)
        known.report("dung", day(19), 9)
        known.report("an", TODAY, 3, hamlet="Xóm 4", revisit=2)
        known.report("binh", TODAY, 2, hamlet="Xóm 4")
        yield known


def _view(here: World, ref: str, today: date = TODAY, /, **wanted: str) -> View:
    found = dashboard.view(here.tx, here.person(ref), today, wanted)
    assert found is not None, wanted
    return found


def _list(view: View, kind: str) -> Lines:
    (found,) = [one for one in view.lists if one.kind == kind]
    return found


def _phones(lines: Lines) -> dict[str, tuple[int, int]]:
    return {line.name: (line.phones, line.done) for line in lines.lines}


def test_the_evening_of_several_days_is_the_newest_with_work(here: World) -> None:
    """In the morning the page of a phase shows yesterday's; the page of today today's, which is still empty."""
    for wanted, evening in ({"ky": "dot-1"}, TODAY), ({"ky": "tuan"}, TODAY), ({}, day(21)):
        view = _view(here, "whole", day(21), xa="451", **wanted)
        (shown,) = [one.facts for one in drawn.pictures(here.tx, HOUSE.calendar, view) if one.id == "evening"]
        assert isinstance(shown, Evening)
        assert (shown.day, shown.over, shown.total > 0) == (evening, evening < day(21), evening == TODAY), wanted


def test_the_campaign_by_commune(here: World) -> None:
    """The farthest first; the whole is the sum, and what /tong says."""
    view = _view(here, "whole")
    lines = _list(view, "xa")
    assert _phones(lines) == {"Xuân Thu": (5, 121), "Minh Phú": (0, 9), "TT Sóc Sơn": (0, 0)}
    assert [line.name for line in lines.lines] == ["Xuân Thu", "Minh Phú", "TT Sóc Sơn"]
    assert (lines.phones, lines.done) == (5, 130)
    assert view.counts == {"activated": 5, "revisit": 2}
    assert view.before == 18
    assert view.reported == (2, 4)
    assert view.silent == ("Minh Phú",)
    assert view.board is not None
    assert view.board.whole.done == lines.done
    said = here.asks("whole", progress.show, "", at(TODAY, 21)).text
    assert f"{number(lines.done)}/" in said
    assert view.days == ((TODAY, 5), (day(19), 18), (day(18), 7))


@pytest.mark.parametrize(
    ("period", "phones", "last"),
    [
        ("hom-nay", 5, TODAY),
        ("hom-qua", 18, day(19)),
        ("tuan", 30, TODAY),
        ("dot-1", 30, TODAY),
        ("tat-ca", 30, TODAY),
        ("2023-05-18", 7, day(18)),
        ("2023-05-21", 5, TODAY),  # to come: today instead
        ("dot-2", 5, TODAY),  # has not begun
        ("abc", 5, TODAY),
        ("0001-01-01", 5, TODAY),
    ],
)
def test_periods(here: World, period: str, phones: int, last: date) -> None:
    """Every list, the outcomes and the head of a page are of the same days."""
    for wanted in ({}, {"xa": "451"}, {"xa": "397"}):
        view = _view(here, "whole", ky=period, **wanted)
        assert view.last_day == last
        for lines in view.lists:
            assert lines.phones == view.counts.get("activated", 0), (wanted, lines.kind)
    assert _view(here, "whole", ky=period).counts.get("activated", 0) == phones
    whole = breakdown.of_communes(here.tx, [place.id for place in view.places])
    assert _view(here, "whole", ky="tat-ca").counts == whole


def test_a_commune_by_hamlet_and_student(here: World) -> None:
    """What names no hamlet is shown apart, and so is who has left; all of it adds up."""
    view = _view(here, "whole", xa="451")
    hamlets, students = _list(view, "thon"), _list(view, "nguoi")
    assert _phones(hamlets) == {"Xóm 4": (5, 12), "Xóm 5": (0, 5)}
    assert hamlets.rest == (("no_hamlet", 0, 4),)
    assert _phones(students) == {"An": (3, 3), "Bình": (2, 14), "Chi": (0, 4)}
    assert [line.reported for line in students.lines] == [True, True, False]
    assert (hamlets.done, students.done) == (21, 21)
    here.leaves("chi")
    after = _list(_view(here, "whole", xa="451", ky="hom-qua"), "nguoi")
    assert _phones(after) == {"Bình": (5, 14), "An": (0, 3)}
    assert after.rest == (("gone", 4, 4),)


def test_from_commune_to_hamlet_to_student(here: World) -> None:
    """Each line leads on, with the same days; each page leads back."""
    whole = _view(here, "whole", ky="dot-1")
    commune = _view(here, "whole", **_list(whole, "xa").lines[0].here)
    assert commune.title == "Xã Xuân Thu"
    hamlet = _view(here, "whole", **next(line for line in _list(commune, "thon").lines if line.name == "Xóm 4").here)
    assert (hamlet.title, hamlet.counts, hamlet.done) == ("Xóm 4", {"activated": 12, "absent": 1, "revisit": 2}, 12)
    assert _phones(_list(hamlet, "nguoi-o-thon")) == {"Bình": (9, 9), "An": (3, 3)}
    student = _view(here, "whole", **_list(hamlet, "nguoi-o-thon").lines[0].here)
    assert (student.title, student.counts, student.done) == ("Bình", {"activated": 14, "absent": 1}, 14)
    assert {line.name: line.phones for line in _list(student, "thon-cua-nguoi").lines} == {"Xóm 4": 9, "Xóm 5": 5}
    assert student.days == ((TODAY, 2), (day(19), 5), (day(18), 7))
    assert [name for name, _ in student.path] == ["Chiến dịch thử", "Xã Xuân Thu"]
    assert {address.get("ky") for _, address in student.path} == {"dot-1"}
    assert student.counts == totals.of(here.tx, "person", here.person("binh").id)


def test_every_page_is_within_the_scope(here: World) -> None:
    """What somebody may not see is as if it did not exist; a student and a hamlet are found in their own commune."""
    hamlet = str(here.hamlet("Xóm 4"))
    assert _view(here, "one").title == "Xã Xuân Thu"
    assert _view(here, "one").path == ()
    assert _view(here, "two").title == "2 xã"
    for ref, wanted in [
        ("one", {"xa": "397"}),
        ("one", {"xa": "397", "nguoi": "dung"}),
        ("one", {"xa": "451", "nguoi": "dung"}),
        ("two", {"xa": "376"}),
        ("whole", {"xa": "397", "thon": hamlet}),
        ("whole", {"xa": "397", "nguoi": "binh"}),
        ("whole", {"xa": "451", "nguoi": "whole"}),
        ("whole", {"xa": "451", "thon": "0"}),
        ("whole", {"xa": "999"}),
        ("whole", {"xa": "451", "nguoi": "nobody"}),
    ]:
        assert dashboard.view(here.tx, here.person(ref), TODAY, wanted) is None, (ref, wanted)


@pytest.mark.parametrize(
    ("sort", "names"),
    [
        ("ten", ["Minh Phú", "TT Sóc Sơn", "Xuân Thu"]),
        ("-ky", ["Xuân Thu", "TT Sóc Sơn", "Minh Phú"]),
        ("phan-tram", ["TT Sóc Sơn", "Minh Phú", "Xuân Thu"]),
        ("xong", ["TT Sóc Sơn", "Minh Phú", "Xuân Thu"]),
        ("drop table", ["Xuân Thu", "Minh Phú", "TT Sóc Sơn"]),
    ],
)
def test_lists_are_sorted_as_the_address_says(here: World, sort: str, names: list[str]) -> None:
    """By any column, either way; what is no column changes nothing."""
    lines = _list(_view(here, "whole", xep=sort), "xa")
    assert [line.name for line in lines.lines] == names


def test_names_are_sorted_as_lists_have_them(here: World) -> None:
    """People by given name; places by the whole name and the numbers in it."""
    for name in ("Xóm 10", "Ấp Đồng", "Xóm 4B"):
        hamlets.add(here.tx, here.commune("451").id, name, name.lower())
    here.report("binh", TODAY, 1, hamlet="Xóm 10")
    here.report("binh", TODAY, 1, hamlet="Ấp Đồng")
    view = _view(here, "whole", xa="451", xep="ten")
    assert [line.name for line in _list(view, "thon").lines] == ["Ấp Đồng", "Xóm 4", "Xóm 5", "Xóm 10"]
    assert [line.name for line in _list(view, "nguoi").lines] == ["An", "Bình", "Chi"]


def test_corrections_show_at_once(here: World) -> None:
    """What was put right yesterday is other today, in every list and for its day."""
    here.report("chi", day(19), -2, change="adjusted")
    view = _view(here, "whole", ky="hom-qua")
    assert view.counts == {"activated": 16}
    assert dict(view.days)[day(19)] == 16
    assert _phones(_list(_view(here, "whole", xa="451", ky="hom-qua"), "nguoi"))["Chi"] == (2, 2)


def test_before_the_campaign_and_without_anything(tmp_path: Path) -> None:
    """Zeros, and no division by them."""
    with world(tmp_path) as known:
        for today in (day(10), day(16), date(2023, 7, 1)):
            for wanted in ({}, {"xa": "376"}, {"xa": "451"}, {"xa": "451", "nguoi": "an"}):
                view = _view(known, "whole", today, **wanted)
                assert view.counts == {}
                assert view.days == ()


def test_a_later_phase_has_lists_of_its_own(here: World) -> None:
    """In the second phase the first one's students and sums are a period away, and count in no list of it."""
    today = date(2023, 6, 7)
    here.report("an", today, 6)
    students = _list(_view(here, "whole", today, xa="451"), "nguoi")
    assert _phones(students) == {"An": (6, 6)}
    before = _list(_view(here, "whole", today, xa="451", ky="dot-1"), "nguoi")
    assert _phones(before) == {"Bình": (14, 14), "Chi": (4, 4), "An": (3, 3)}
    assert _view(here, "whole", today, ky="dot-1").period.span == (date(2023, 5, 16), date(2023, 6, 5))


def test_a_hamlet_that_is_another_takes_its_students_along(here: World) -> None:
    """Merged and parted again, and after corrections, every sum is what the reports say; one that is not is named."""
    four, five = here.hamlet("Xóm 4"), here.hamlet("Xóm 5")
    hamlets.merge(here.tx, five, four)
    assert _phones(_list(_view(here, "whole", xa="451", thon=str(four), ky="tat-ca"), "nguoi-o-thon")) == {
        "Bình": (14, 14),
        "An": (3, 3),
    }
    assert totals.differences(here.tx) == []
    report = here.report("binh", TODAY, 8, hamlet="Xóm 4")
    reports.withdraw(here.tx, report, by=report.person, at=at(TODAY, 21))
    assert totals.differences(here.tx) == []
    hamlets.part(here.tx, five)
    assert totals.differences(here.tx) == []
    student = _view(here, "whole", xa="451", nguoi="binh", ky="tat-ca")
    assert {line.name: line.phones for line in _list(student, "thon-cua-nguoi").lines} == {"Xóm 4": 9, "Xóm 5": 5}
    here.tx.run("UPDATE spots SET n = n + 1 WHERE hamlet = :five", five=five)
    assert [(one.scope, one.kept - one.counted) for one in totals.differences(here.tx)] == [("spot", 1)]


def test_who_came_from_another_commune_brings_none_of_its_numbers(here: World) -> None:
    """A page of a commune tells what was done there: neither days nor hamlets of the team before are on it."""
    chi, team = here.person("chi"), here.team("397")
    here.tx.run("UPDATE members SET team = :team WHERE person = :person", team=team.id, person=chi.id)
    here.report("chi", TODAY, 6)
    view = _view(here, "whole", xa="397", nguoi="chi", ky="dot-1")
    assert view.counts == {"activated": 6}
    assert view.days == ((TODAY, 6),)
    assert [(kind, phones) for one in view.lists for kind, phones, _ in one.rest] == [("no_hamlet", 6)]
    assert view.done == 6
