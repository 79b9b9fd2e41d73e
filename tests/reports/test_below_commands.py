"""A report below a command counts like any other: whatever the command answers, or refuses, nothing is passed over."""

import pytest

from tests.talk import Talk

REPORT = "xóm 4 được 3"


@pytest.mark.parametrize(
    ("text", "also"),
    [
        (f"/homnay\n{REPORT}", "Hôm nay em chưa có báo cáo"),
        (f"/homnay {REPORT}", "Hôm nay em chưa có báo cáo"),
        (f"/cuatoi\n\n{REPORT}", "đợt"),
        (f"/trogiup\nnhà bà Lan {REPORT}", "/homnay"),
        (f"/tong\n{REPORT}", "không dành cho vai"),
        (f"/homnai\n{REPORT}", "/homnay"),
        (f"/huy\n{REPORT}", ""),
        (f"/thon xóm 5\n{REPORT}", "óm 5"),
        (f"/huongdan otp\n{REPORT}", ""),
    ],
)
async def test_it_counts(talk: Talk, text: str, also: str) -> None:
    """The command is answered, and so is the report."""
    an = await talk.person("An")
    said = an.says(text)
    await said.hears("óm 4: 3 máy")
    await said.hears(also)
    assert talk.done_by("hv1") == {"activated": 3}


@pytest.mark.parametrize(
    "text",
    ["/homnay\nem cảm ơn", "/homnay\n3", "/homnay hôm nay", "/homnay sửa 2", "/homnay tin 3", "/xinnghi mai\nem ốm ạ"],
)
async def test_what_is_no_report_counts_nothing(talk: Talk, text: str) -> None:
    """Words and mere numbers there belong to the command, if to anything."""
    an = await talk.person("An")
    await an.says(text).hears("")
    assert talk.done_by("hv1") == {}


@pytest.mark.on("telegram", "zalo")
async def test_who_joins_may_report_below_the_code(talk: Talk) -> None:
    """The code is the first line alone; of somebody who does not get in nothing counts."""
    an, other, binh = talk.stranger("An"), talk.stranger("Ai"), talk.stranger("Bình")
    await binh.says("/start\nMA-CUA-BINH").hears("Chào em Bình")
    said = an.says(f"/start MA-CUA-AN\n{REPORT}")
    await said.hears("Chào em An")
    await said.hears("óm 4: 3 máy")
    await other.says(f"/start MA-CUA-AI\n{REPORT}").hears("Mã này không đúng")
    assert talk.done_by("hv1") == {"activated": 3}


async def test_several_lines_of_one_report(talk: Talk) -> None:
    """What reads several lines itself is asked once."""
    an = await talk.person("An")
    await an.says("/bc xóm 4 được 3\nxóm 5 được 2").hears("óm 4: 3 máy", "óm 5: 2 máy")
    await an.says("/sua xóm 4 được 1\nxóm 5 được 2").hears("óm 4: 1 máy", "óm 5: 2 máy")
    assert talk.done_by("hv1") == {"activated": 3}


@pytest.mark.on("telegram")
async def test_an_edit_below_a_command_is_of_the_report(talk: Talk) -> None:
    """The list is not shown again; where the report is added by the edit, it counts."""
    an = await talk.person("An")
    said = await an.says(f"/homnay\n{REPORT}")
    await an.edits(said, "/homnay\nxóm 4 được 5").hears("5 máy (trước là 3)")
    assert talk.done_by("hv1") == {"activated": 5}
    other = await an.says("/cuatoi")
    await an.edits(other, "/cuatoi\nxóm 5 được 1").hears("óm 5: 1 máy")
    assert talk.done_by("hv1") == {"activated": 6}


@pytest.mark.on("telegram")
async def test_in_a_group_and_in_practice(talk: Talk) -> None:
    """It is signed there, and what is practised counts nothing."""
    dung, an = await talk.person("Dũng"), await talk.person("An")
    group = await talk.team_chat(dung, an)
    await an.says(f"/lichhen\n{REPORT}", group).sees("👍")
    assert talk.done_by("hv1") == {"activated": 3}
    await an.says(f"/thunghiem\n{REPORT}").hears("không tính", "óm 4: 3 máy")
    assert talk.done_by("hv1") == {"activated": 3}
