"""The lead of a phase that has ended: what there is to read stays, the rest is answered with that."""

from datetime import datetime
from pathlib import Path

import pytest

from tests.door.test_roster import TWO_PHASES
from tests.talk import ZONE, Talk, talking

OVER = datetime(2023, 6, 10, 19, 30, tzinfo=ZONE)


@pytest.mark.on("telegram")
async def test_commands_of_a_lead_whose_phase_is_over(talk: Talk) -> None:
    """/to shows the last day of the phase and leads back; /thon and /gannhom say that it is over; a group is let go."""
    dung, an = await talk.person("Dũng"), await talk.person("An")
    await an.says("xóm 4 được 3").hears("3 máy")
    group = await talk.team_chat(dung, an)
    talk.clock.set(OVER)
    shown = await dung.says("/to").hears("Xuân Thu, ngày 05/06", "Đợt 1 đã kết thúc ngày 05/06.", "Cả đợt 3 máy")
    assert "chưa có báo cáo" not in shown.text
    await dung.says("/to 20/5").hears("An: 3 máy")
    for command in ("/thon", "/thon xóm 4", "/xom 5"):
        await dung.says(command).hears("Đợt 1 của đồng chí đã kết thúc ngày 05/06.", "không cần chọn thôn")
    await an.says("/thon xóm 4").hears("Đợt 1 của em đã kết thúc ngày 05/06.")
    other = talk.emulator.group("Tổ khác", [dung.user])
    await dung.says("/gannhom", other).hears("Đợt 1 của đồng chí đã kết thúc ngày 05/06.", "Không gắn thêm nhóm")
    await dung.says("/gannhom bỏ", group).hears("không còn là nhóm của tổ Xuân Thu")
    bound = talk.look(lambda tx: tx.all("SELECT 1 FROM audits WHERE what = 'group bound'"))
    assert len(bound) == 1
    assert talk.look(lambda tx: tx.all("SELECT 1 FROM hamlets_used WHERE hamlet IS NOT NULL")) == []


async def test_between_two_phases_a_group_is_made_ready_for_the_next(tmp_path: Path) -> None:
    """A lead of both makes it the next team's; the hamlet waits until then."""
    between = TWO_PHASES["campaign.toml"].replace("2023-06-06", "2023-06-20")
    roster = TWO_PHASES["roster.csv"].replace("tt1,Dũng,lead,451,Đợt 1,", "tt1,Dũng,lead,451,Đợt 1;Đợt 2,")
    async with talking(tmp_path, files={"campaign.toml": between, "roster.csv": roster}) as talk:
        dung = await talk.person("Dũng")
        talk.clock.set(OVER)
        group = talk.emulator.group("Tổ", [dung.user])
        await dung.says("/gannhom", group).hears("nhóm của tổ Xuân Thu")
        bound = "SELECT p.name FROM team_chats c JOIN teams t ON t.id = c.team JOIN phases p ON p.id = t.phase"
        assert [row["name"] for row in talk.look(lambda tx: tx.all(bound))] == ["Đợt 2"]
        await dung.says("/thon xóm 4").hears("Đợt 1 đã kết thúc ngày 05/06, Đợt 2 bắt đầu ngày 20/06.")
