"""Lists of people: in the order of given names, each as short as it is clear."""

from pathlib import Path

import pytest

from tests.talk import ROSTER, talking

pytestmark = pytest.mark.on("telegram")
LONG = (
    ROSTER.replace("hv1,An,", "hv1,Đỗ Ngọc Hà,")
    .replace("hv2,Bình,", "hv2,Nguyễn Thị Thu Hà,")
    .replace("hv3,Cúc,", "hv3,Lê Văn Đạt,")
    .replace("tt1,Dũng,", "tt1,Bùi Tiến Dũng,")
)


async def test_lists_have_given_names(tmp_path: Path) -> None:
    """A phone's screen is narrow: two of one given name have as much before it as tells them apart."""
    async with talking(tmp_path, files={"roster.csv": LONG}) as talk:
        dat, dung, khoa = talk.stranger("Đạt"), talk.stranger("Dũng"), await talk.person("Khoa")
        await dat.says("/start MA-CUA-CUC").hears("Chào em Lê Văn Đạt")
        await dung.says("/start MA-CUA-DUNG").hears("Bùi Tiến Dũng")
        await dat.says("xóm 4 được 3").hears("3 máy")
        shown = await dung.says("/to").hears("Cả đợt")
        lines = shown.text.splitlines()
        assert [line.partition(":")[0] for line in lines[3:7]] == ["Dũng", "Ngọc Hà", "Thu Hà", "Đạt"]
        assert [list(row) for row in shown.buttons] == [["Dũng", "Đạt"], ["Ngọc Hà", "Thu Hà"], ["Ngày 19/05"]]
        await dung.presses("Thu Hà", shown).hears("Nguyễn Thị Thu Hà, hôm nay: chưa có báo cáo")
        await khoa.says("/xa Xuân Thu").hears("Đạt: 3 · nay 3\nChưa có: Dũng, Ngọc Hà, Thu Hà")
