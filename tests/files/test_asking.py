"""/xuat and /baocaodot on every platform: who gets what, once, and what is said of it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.files.reading import file_of, sheets
from tests.sending.pictures.showing import HOST
from tests.talk import Talk, talking


@pytest.fixture
async def talk(tmp_path: Path, platform: str) -> AsyncIterator[Talk]:
    """The program where everybody can reach it."""
    async with talking(tmp_path, platform=platform, settings={"BACUNG_WEB__PUBLIC_URL": f"http://{HOST}"}) as running:
        await running.url()
        yield running


async def test_an_officer_gets_the_numbers_of_the_own_communes(talk: Talk) -> None:
    """At once a word that it is being made, then the file: only what one sees, and nothing that names a resident."""
    an, em, ha = await talk.person("An"), await talk.person("Em"), await talk.person("Hà")
    await an.says("nhà bà Lan xóm 4 được 3, vắng 1").hears("3 máy")
    await em.says("nhà ông Tư được 5").hears("5 máy")
    await ha.says("/xuat").hears("Đang làm tệp Excel của Xã Xuân Thu")
    shown, name, content = await file_of(ha, "📊 Số liệu Xã Xuân Thu, đến 19:30 20/05")
    assert "3.103/9.260 máy (33,5%) · 1 báo cáo" in shown.text
    assert name == "Số liệu Xã Xuân Thu 20-05-2023 19h30.xlsx"
    (report,) = sheets(content)["Báo cáo"]
    assert (report["Học viên"], report["Thôn"], report["Máy"], report["Vắng"]) == ("An", "Xóm 4", 3, 1)
    assert "Lan" not in str(sheets(content))
