"""Hamlets that the commune's list calls by a bare number are said with their word wherever they are named."""

from pathlib import Path

from tests.talk import talking
from tests.timetable.test_jobs import SUMMARY

HAMLETS = """\
commune,name,homes
451,4,120
451,5,90
451,Hồng Lâm,200
"""


async def test_a_bare_number_is_never_taken_for_phones(tmp_path: Path, platform: str) -> None:
    """In answers, lists, buttons, totals and the summary it is `xóm 4`; a name stays as it is."""
    async with talking(tmp_path, platform=platform, files={"hamlets.csv": HAMLETS}) as talk:
        an, dung = await talk.person("An"), await talk.person("Dũng")
        await an.says("nhà bà Lan xóm 4 được 3").hears("✅ Nhà bà Lan, xóm 4: 3 máy")
        await an.says("hong lam dc 2").hears("✅ Hồng Lâm: 2 máy")
        shown = await an.says("/thon").hears("chưa chọn thôn")
        await an.presses("Xóm 5", shown).hears("tính cho xóm 5")
        await an.says("/thon").hears("đang được tính cho xóm 5")
        await an.says("được 1").hears("✅ Xóm 5: 1 máy")
        await an.says("hôm nay xóm 4 được 3").hears("👍 Khớp", "3 máy ở xóm 4")
        await dung.says("/xa").hears("Xóm 4: 3", "Xóm 5: 1", "Hồng Lâm: 2")
        talk.clock.set(SUMMARY)
        await dung.waits("Theo thôn: Xóm 4: 3 · Xóm 5: 1 · Hồng Lâm: 2")
