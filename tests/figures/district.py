"""A district of 26 communes in a real database, with everybody who asks, and an evening's numbers."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

from handlers import router
from handlers.language.where_and_when.place_names import folded_commune
from handlers.messages import Chat as Where
from handlers.messages import Message, Reply, Saying, Sender
from handlers.turn import Turn
from storage.campaign.loading import load
from storage.campaign.people import Role
from storage.campaign.phases import Campaign
from storage.campaign.plan import Plan, PlannedCommune, PlannedHamlet, PlannedPerson, PlannedPhase
from storage.engine.database import session
from storage.talk import chats
from tests.figures.world import FIRST, HOUSE, World, at, day

TODAY = day(20)
EVENING = at(TODAY, 20, 30)
NAMES = (
    *("Thị trấn Sóc Sơn", "Xã Bắc Phú", "Xã Bắc Sơn", "Xã Đông Xuân", "Xã Đức Hòa", "Xã Hiền Ninh", "Xã Hồng Kỳ"),
    *("Xã Kim Lũ", "Xã Mai Đình", "Xã Minh Phú", "Xã Minh Trí", "Xã Nam Sơn", "Xã Phú Cường", "Xã Phú Minh"),
    *("Xã Phù Linh", "Xã Phù Lỗ", "Xã Quang Tiến", "Xã Tân Dân", "Xã Tân Hưng", "Xã Tân Minh", "Xã Thanh Xuân"),
    *("Xã Tiên Dược", "Xã Trung Giã", "Xã Việt Long", "Xã Xuân Giang", "Xã Xuân Thu"),
)
CODES = {name.partition(" ")[2].removeprefix("trấn "): str(426 + n) for n, name in enumerate(NAMES)}


def _person(ref: str, name: str, role: Role, commune: str = "") -> PlannedPerson:
    of_team = role in (Role.STUDENT, Role.LEAD)
    places = (CODES[commune],) if commune else ()
    return PlannedPerson(ref, name, role, places, ((CODES[commune], "Đợt 1"),) if of_team else ())


PLAN = Plan(
    Campaign("VNeID Sóc Sơn", "Asia/Ho_Chi_Minh", 20),
    (PlannedPhase("Đợt 1", FIRST, 21), PlannedPhase("Đợt 2", date(2023, 6, 10), 10)),
    tuple(
        PlannedCommune(code, name, folded_commune(name), 8000 + 100 * n, 2000 + 50 * n)
        for n, (code, name) in enumerate(zip(CODES.values(), NAMES, strict=True))
    ),
    (
        PlannedHamlet(CODES["Xuân Thu"], "Xóm 4", "4", None),
        PlannedHamlet(CODES["Xuân Thu"], "Xóm 5", "5", None),
        PlannedHamlet(CODES["Minh Phú"], "Xóm 4", "4", None),
        PlannedHamlet(CODES["Minh Phú"], "Thôn Phú Hạ", "phu ha", None),
    ),
    (
        _person("an", "An", Role.LEAD, "Xuân Thu"),
        _person("binh", "Bình", Role.STUDENT, "Xuân Thu"),
        _person("chi", "Chi", Role.STUDENT, "Xuân Thu"),
        _person("giang", "Giang", Role.STUDENT, "Minh Phú"),
        _person("dung", "Dung", Role.LEAD, "Minh Phú"),
        _person("hoa", "Nguyễn Thị Hoa", Role.LEAD, "Bắc Sơn"),
        _person("tuan", "Lê Văn Tuấn", Role.STUDENT, "Bắc Sơn"),
        _person("kien", "Kiên", Role.LEAD, "Phù Lỗ"),
        _person("district", "Khoa", Role.OFFICER),
        _person("commune", "Hà", Role.OFFICER, "Xuân Thu"),
        _person("admin", "Lan", Role.ADMIN),
    ),
)
ASKERS = {"district": "district", "commune": "commune", "lead": "an", "student": "binh", "admin": "admin"}


@contextmanager
def district(folder: Path) -> Iterator[World]:
    """Yesterday An, Bình and Giang reported, today Bình and Tuấn; the others did not."""
    with session(folder / "bacung.db") as tx:
        load(tx, PLAN, today=FIRST, at=at(FIRST, 8), digest="d")
        world = World(tx)
        world.report("an", day(18), 21, hamlet="Xóm 4", absent=1)
        world.report("an", day(19), 11, hamlet="Xóm 4", absent=4)
        world.report("binh", day(19), 5, hamlet="Xóm 5")
        world.report("giang", day(19), 30)
        world.report("binh", TODAY, 17, hamlet="Xóm 5", sent=at(TODAY, 19), absent=3, refused=2)
        world.report("tuan", TODAY, 23, sent=at(TODAY, 19), failed=6)
        yield world


def asks(world: World, who: str, text: str, *, chat: int | None = None, when: datetime = EVENING) -> list[Saying]:
    """What is said to somebody who asks, through the router, in private where no chat is named."""
    world.messages += 1
    ref = ASKERS.get(who, who)
    where = chats.by_id(world.tx, world.chat(ref) if chat is None else chat)
    place = Where(where.channel, where.address, where.private)
    message = Message(place, Sender(ref, ref), f"m{world.messages}", text, when)
    return router.answer(message, Turn(world.tx, HOUSE, where, when, when, world.person(ref)))


def told(said: list[Saying]) -> str:
    """The texts of what was said here."""
    return "\n".join(one.text for one in said if isinstance(one, Reply) and one.to is None)
