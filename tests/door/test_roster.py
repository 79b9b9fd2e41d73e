"""Conversations that depend on the roster: how people are addressed, in which phases they work, hostile names."""

from datetime import datetime
from pathlib import Path

from tests.talk import CAMPAIGN, ROSTER, ZONE, talking

TWO_PHASES = {
    "campaign.toml": CAMPAIGN + '\n[[phases]]\nname = "Đợt 2"\nstart = 2023-06-06\ndays = 10\n',
    "roster.csv": ROSTER.replace("hv1,An,student,451,Đợt 1,", "hv1,An,student,451,Đợt 1;Đợt 2,").replace(
        "hv2,Bình,student,451,Đợt 1,", "hv2,Bình,student,451,Đợt 2,"
    ),
}


def addressed(**addresses: str) -> dict[str, str]:
    """The roster with an address for some names."""
    lines = ["id,name,role,communes,phases,code,address"]
    for line in ROSTER.splitlines()[1:]:
        lines.append(f"{line},{addresses.get(line.split(',')[1], '')}")
    return {"roster.csv": "\n".join(lines) + "\n"}


async def test_people_are_called_as_the_roster_says(tmp_path: Path) -> None:
    """Also at the start of a sentence, and without saying a name twice."""
    async with talking(tmp_path, files=addressed(An="chị", Hà="đồng chí Hà")) as talk:
        an, ha = await talk.person("An"), await talk.person("Hà")
        await an.says("xóm 4 được 3").hears("Hôm nay chị 3 máy")
        await an.says("khoảng 5 máy").hears("Chị cho bot xin số chính xác")
        await an.says("/start").hears("Chào chị An, chị đã ở trong")
        await ha.says("/start").hears("Chào đồng chí Hà, đồng chí Hà đã ở trong")
        await ha.says("xóm 4 được 3").hears("Đồng chí Hà không báo số máy ở đây")


async def test_a_student_of_two_phases(tmp_path: Path) -> None:
    """Each report counts for the team of its own day; the team is another one in the next phase."""
    async with talking(tmp_path, files=TWO_PHASES) as talk:
        an, cuc = await talk.person("An"), await talk.person("Cúc")
        await cuc.says("được 2").hears("cả tổ 2")
        said = an.says("xóm 4 được 3")
        await said.hears("em 3 máy, cả tổ 5")
        talk.clock.set(datetime(2023, 6, 6, 19, 30, tzinfo=ZONE))
        await an.says("xóm 4 được 4").hears("em 4 máy, cả tổ 4")
        await an.edits(said, "xóm 4 được 9").hears("Số của ngày 20/05 đã khóa", "nhờ tổ trưởng Dũng giúp")
        assert talk.done_by("hv1") == {"activated": 7}


async def test_a_report_before_the_phase_begins(tmp_path: Path) -> None:
    """It is not counted, and says when the phase begins; nothing breaks."""
    async with talking(tmp_path, start=datetime(2023, 5, 10, 19, 30, tzinfo=ZONE)) as talk:
        an, khoa = await talk.person("An"), await talk.person("Khoa")
        await an.says("xóm 4 được 3").hears("Đợt 1 bắt đầu ngày 16/05 nên bot chưa ghi báo cáo")
        await an.says("khoảng 5 máy").hears("Đợt 1 bắt đầu ngày 16/05")
        await an.says("hôm nay được 9").hears("Đợt 1 bắt đầu ngày 16/05")
        await an.says("/homnay").hears("Đợt 1 bắt đầu ngày 16/05")
        assert talk.done_by("hv1") == {}
        await an.says("/thunghiem").hears("Bắt đầu thử")
        await an.says("xóm 4 được 3").hears("không tính", "Xóm 4: 3 máy")
        await khoa.says("/tong").hears("Đợt 1 bắt đầu ngày 16/05")


async def test_after_the_last_phase(tmp_path: Path) -> None:
    """Nothing is reported any more."""
    async with talking(tmp_path) as talk:
        an = await talk.person("An")
        talk.clock.set(datetime(2023, 7, 1, 19, 30, tzinfo=ZONE))
        await an.says("xóm 4 được 3").hears("Đợt 1 của em đã kết thúc ngày 05/06 nên bot không ghi thêm")


async def test_names_are_shown_as_they_are(tmp_path: Path) -> None:
    """Markup in a name is neither markup on Telegram nor an error."""
    roster = ROSTER.replace("hv1,An,", 'hv1,"<b>An</b> & *_`[x](y)",')
    async with talking(tmp_path, files={"roster.csv": roster}) as talk:
        stranger = talk.stranger("An <i>")
        await stranger.says("/start MA-CUA-AN").hears("Chào em <b>An</b> & *_`[x](y), tổ Xuân Thu!")
        await stranger.says("thôn <u>Đoài</u> được 2").hears("2 máy")
        dung = await talk.person("Dũng")
        await dung.says("/to").hears("<b>An</b> & *_`[x](y): ")
