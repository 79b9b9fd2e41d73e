"""/chitieu: targets seen and changed in a chat, kept when the folder is loaded again, and on record."""

import pytest

from tests.talk import COMMUNES, ROSTER, Talk, write_campaign

pytestmark = pytest.mark.on("telegram", "zalo")


async def test_a_target_is_changed_after_a_yes(talk: Talk) -> None:
    """Before and after are shown, for the commune and the campaign; who did it is on record; nobody else may."""
    linh, ha = await talk.person("Linh"), await talk.person("Hà")
    await linh.says("/chitieu").hears("toàn chiến dịch: 30.940", "Xuân Thu: 9.260")
    asked = await linh.says("/chitieu Xuân Thu 9.500").hears(
        "9.260 → 9.500 máy (tăng 240)", "33,5% → 32,6%", "30.940 → 31.180", "Đổi chứ?"
    )
    await ha.says("/tong").hears("3.100/9.260")
    await linh.presses("Sửa thành 9.500", asked).hears("Chỉ tiêu Xã Xuân Thu từ giờ là 9.500 máy (trước là 9.260)")
    await ha.says("/tong").hears("3.100/9.500")
    await ha.says("/chitieu Xuân Thu 1").hears("không dành cho vai")
    rows = talk.look(lambda tx: tx.all("SELECT p.ref, a.before, a.after FROM audits a JOIN people p ON p.id = a.by"))
    assert [tuple(row) for row in rows] == [("qt1", "9260", "9500")]


async def test_it_stays_when_it_is_said_so(talk: Talk) -> None:
    """[Giữ 9.260] changes nothing; a target below what is done is pointed out; a slip in the name leads to buttons."""
    linh = await talk.person("Linh")
    asked = await linh.says("/chitieu 451 3000").hears("giảm 6.260", "thấp hơn số đã xong")
    await linh.presses("Giữ 9.260", asked).hears("vẫn là 9.260")
    await linh.says("/chitieu Xuân Thu 9.260").hears("vẫn là 9.260")
    await linh.says("/chitieu 451").hears("Chỉ tiêu Xã Xuân Thu: 9.260 máy")
    await linh.says("/chitieu Xuân 5").hears("Không rõ xã nào")
    assert talk.look(lambda tx: tx.all("SELECT 1 FROM audits WHERE what = 'target changed'")) == []


async def test_a_number_that_is_none_is_named(talk: Talk) -> None:
    """`95oo`, one that no commune has, and one below nothing: what was typed is said back, and nothing is changed."""
    linh, ha = await talk.person("Linh"), await talk.person("Hà")
    for typed, said in (("95oo", "95oo"), ("9k5", "9k5"), ("-500", "-500"), ("99999999999", "99999999999")):
        heard = await linh.says(f"/chitieu Xuân Thu {typed}").hears(f"“{said}” không phải là số máy", "Xã Xuân Thu")
        assert "Không rõ xã" not in heard.text
    await ha.says("/doichieu Xuân Thu 41l0").hears("“41l0” không phải là số máy", "chưa ghi gì cho Xã Xuân Thu")
    await linh.says("/chitieu Xuân Thuu 95oo").hears("“95oo” không phải là số máy", "Xã Xuân Thu")
    await linh.says("/chitieu Xuân").hears("Không rõ xã nào")
    await linh.says("/chitieu Xuân Thu").hears("Chỉ tiêu Xã Xuân Thu: 9.260 máy")
    assert talk.look(lambda tx: tx.all("SELECT 1 FROM official")) == []


@pytest.mark.on("telegram")
async def test_loading_the_folder_again_keeps_it(talk: Talk) -> None:
    """A student more changes no target; only where the folder says another one than it said, that is it."""
    linh = await talk.person("Linh")
    await linh.says("/chitieu Xuân Thu 9.500").hears("Đổi chứ?")
    await linh.says("vâng").hears("từ giờ là 9.500")
    for files, expected in [
        ({"roster.csv": ROSTER + "hv9,Oanh,student,451,Đợt 1,MA-CUA-OANH\n"}, "9.500"),
        ({"communes.csv": COMMUNES.replace("9260", "9400")}, "9.400"),
    ]:
        await talk.stop()
        write_campaign(talk.folder / "campaign", files)
        await talk.start()
        await linh.says("/chitieu Xuân Thu").hears(f"Chỉ tiêu Xã Xuân Thu: {expected} máy")
