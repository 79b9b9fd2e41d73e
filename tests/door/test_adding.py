"""`/taoma vai xã họ tên`: somebody whom no roster names comes in, works, and stays when the roster is loaded again."""

import pytest

from storage.campaign import people
from storage.campaign.people import Person, Role
from tests.talk import Talk

CODE = "Mã vào: "


def _code(text: str) -> str:
    return text.partition(CODE)[2].split()[0]


def _of(talk: Talk, ref: str) -> Person:
    found: Person | None = talk.look(lambda tx: people.by_ref(tx, ref))
    assert found is not None
    return found


@pytest.mark.on("telegram", "zalo")
async def test_a_student_who_came_late(talk: Talk) -> None:
    """The admin has a code at once; whoever comes in by it is in that team, and what is reported counts there."""
    talk.needs("strangers")
    linh, dung = await talk.person("Linh"), await talk.person("Dũng")
    shown = await linh.says("/taoma học viên Xuân Thu Nguyễn Văn Hùng").hears(
        "Đã thêm học viên Nguyễn Văn Hùng (them1), Xuân Thu, Đợt 1", CODE, "Thêm nhầm: /khoama them1"
    )
    hung = talk.stranger("Hùng")
    await hung.says(f"/start {_code(shown.text)}").hears("Chào em Nguyễn Văn Hùng")
    await hung.says("xóm 4 được 3").hears("3 máy", "em 3 máy, cả tổ 3")
    await dung.says("/to").hears("Hùng: 3 máy")
    await linh.says("/nhatky").hears("đưa thêm Nguyễn Văn Hùng vào danh sách")
    await linh.says("/khoama them1").hears("Đã khóa Nguyễn Văn Hùng")
    await hung.says("xóm 4 được 9").hears("/start kèm mã")


@pytest.mark.on("telegram")
@pytest.mark.parametrize(
    ("said", "heard", "role"),
    [
        ("tổ trưởng minh phu Lê Thị Hoa", ("Đã thêm tổ trưởng Lê Thị Hoa (them1), Minh Phú, Đợt 1",), Role.LEAD),
        ("cán bộ xã Phú Minh, Trần Bình", ("Đã thêm cán bộ Trần Bình (them1), Phú Minh. Mã",), Role.OFFICER),
        ("cb toàn huyện Trần Bình", ("Đã thêm cán bộ Trần Bình (them1), toàn chiến dịch. Mã",), Role.OFFICER),
        ("Quản trị Phạm Tú", ("Đã thêm quản trị Phạm Tú (them1), toàn chiến dịch",), Role.ADMIN),
        ("hv 451", ("Đã thêm học viên them1 (them1), Xuân Thu", "Lần sau ghi thêm họ tên"), Role.STUDENT),
    ],
)
async def test_roles_and_places(talk: Talk, said: str, heard: tuple[str, ...], role: Role) -> None:
    """Each role by its name or its sign, a commune by name or code, and an officer of all only where that is said."""
    linh = await talk.person("Linh")
    await linh.says(f"/taoma {said}").hears(*heard)
    assert _of(talk, "them1").role is role


@pytest.mark.on("telegram")
@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("học viên", "Học viên của xã nào?"),
        ("cán bộ Trần Bình", "toàn huyện"),  # never the whole campaign by leaving a commune out
        ("học viên toàn huyện An", "Học viên của xã nào?"),
        ("học viên Xuân Hoa", "Chưa rõ xã nào trong “Xuân Hoa”. Gần nhất: Xuân Thu"),
        ("học viên Xuân Thu An", "đã có học viên An (hv1)"),
        ("bác sĩ Xuân Thu Lê Hoa", "Danh sách không có ai"),
        ("", "Người chưa có trong danh sách: /taoma học viên"),
    ],
)
async def test_what_is_not_clear_adds_nobody(talk: Talk, said: str, heard: str) -> None:
    """One line says what is missing."""
    linh = await talk.person("Linh")
    await linh.says(f"/taoma {said}").hears(heard)
    assert talk.look(lambda tx: people.by_ref(tx, "them1")) is None


@pytest.mark.on("telegram")
async def test_a_lead_adds_nobody(talk: Talk) -> None:
    """For a lead the same words are a name that the team does not have."""
    dung = await talk.person("Dũng")
    await dung.says("/taoma học viên Xuân Thu Lê Hoa").hears("Tổ không có ai")
