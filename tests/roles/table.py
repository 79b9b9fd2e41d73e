"""The table that the matrix is made of: what each command and each kind of button is for, whose it is, and where.

A new command, or a new kind of button, needs a row here. `asks`: what follows the command, and what of `SECRETS` must
then be heard by those named; everybody else must not hear it, wherever they ask.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from handlers.turn import Scope
from storage.campaign.people import Role

ANYBODY = frozenset(Role)
REPORTERS = frozenset({Role.STUDENT, Role.LEAD})
LEADS = frozenset({Role.LEAD, Role.ADMIN})
LOOKERS = frozenset({Role.LEAD, Role.OFFICER, Role.ADMIN})


@dataclass(frozen=True, slots=True)
class Ask:
    """One way to ask. `shows` is heard by `by` in private, and in a chat of the team whose it is."""

    text: str = ""
    shows: str = ""
    by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Command:
    """A row of the table. `who`: None for strangers too; `private`: it is answered in a private chat; so `groups`."""

    who: frozenset[Role] | None
    scope: Scope
    asks: tuple[Ask, ...] = (Ask(),)
    private: bool = True
    groups: bool = True


COMMANDS: Mapping[str, Command] = {
    "start": Command(None, Scope.NOBODY, (Ask(),)),
    "trogiup": Command(ANYBODY, Scope.NOBODY),
    "bc": Command(REPORTERS, Scope.SAID, (Ask("xóm 4 được 3"), Ask(), Ask("nhà bà Lan khoảng 4 máy"))),
    "homnay": Command(
        REPORTERS,
        Scope.OWN,
        (Ask("", "1.117", ("a1",)), Ask("sửa", "1.117", ("a1",)), Ask("", "3.677", ("a1", "a2")), Ask("trang 2")),
    ),
    "thon": Command(REPORTERS, Scope.OWN, (Ask(), Ask("xóm 4"), Ask("xóm Lạ"))),
    "huy": Command(REPORTERS, Scope.OWN, (Ask("", "1.117", ("a1",)),)),
    "sua": Command(REPORTERS, Scope.OWN, (Ask("", "1.117", ("a1",)), Ask("xóm 4 được 4"))),
    "to": Command(
        LOOKERS,
        Scope.TEAM,
        (
            Ask("", "3.677", ("a0", "of_a")),
            Ask("20/5", "3.677", ("a0", "of_a")),
            Ask("Xuân Thu", "3.677", ("of_a", "of_all", "admin")),
            Ask("Minh Phú", "1.553", ("of_all", "admin")),
            Ask("a1", "1.117", ("a0", "of_a", "of_all", "admin")),
            Ask("Bưởi", "2.229", ("a0", "of_a", "of_all", "admin")),
            Ask("b1 20/05", "1.553", ("b0", "of_all", "admin")),
            Ask("a1 sửa", "1.117", ("a0",)),
            Ask("a1 trả lời", "Hồng Xiêm", ("a0",)),
        ),
    ),
    "gannhom": Command(LEADS, Scope.NOBODY, (Ask(), Ask("Minh Phú"), Ask("397"), Ask("bỏ")), private=False),
    "tong": Command(
        LOOKERS,
        Scope.COMMUNES,
        (
            Ask("", "9.267", ("a0", "of_a")),
            Ask("", "24.801", ("of_all", "admin")),
            Ask("theo xã", "24.801", ("of_all", "admin")),
            Ask("theo học viên"),
            Ask("tuần", "5.649", ("of_all", "admin")),
            Ask("đợt"),
            Ask("ngày 20/5", "1.972", ("b0", "of_all", "admin")),
        ),
    ),
    "xa": Command(
        LOOKERS,
        Scope.COMMUNES,
        (
            Ask("", "9.267", ("a0", "of_a")),
            Ask("Xuân Thu", "9.267", ("a0", "of_a", "of_all", "admin")),
            Ask("397", "8.123", ("b0", "of_all", "admin")),
            Ask("phu"),
        ),
    ),
    "tiendo": Command(
        LOOKERS,
        Scope.COMMUNES,
        (
            Ask("", "9.267", ("a0", "of_a")),
            Ask("", "24.801", ("of_all", "admin")),
            Ask("Xuân Thu", "9.267", ("a0", "of_a", "of_all", "admin")),
            Ask("397 theo giờ", "1.972", ("b0", "of_all", "admin")),
            Ask("theo xã"),
            Ask("theo ngày", "5.649", ("of_all", "admin")),
            Ask("cả chiến dịch", "9.267", ("a0", "of_a")),
            Ask("theo giờ hôm qua"),
        ),
    ),
    "web": Command(frozenset({Role.OFFICER, Role.ADMIN}), Scope.COMMUNES, (Ask(), Ask("đóng")), groups=False),
    "luuy": Command(LOOKERS, Scope.COMMUNES, (Ask(), Ask("hôm qua"), Ask("Xuân Thu"), Ask("tuần")), groups=False),
    "xephang": Command(
        LOOKERS, Scope.COMMUNES, (Ask("", "24.801", ("of_all", "admin")), Ask("hôm nay"), Ask("thấp trang 2"))
    ),
    "chuabao": Command(frozenset({Role.OFFICER, Role.ADMIN}), Scope.COMMUNES, (Ask(), Ask("hôm qua"), Ask("trang 2"))),
    "taoma": Command(
        LEADS, Scope.TEAM, (Ask(), Ask("a1", "Ánh", ("a0", "admin")), Ask("b1", "Dừa", ("b0", "admin"))), groups=False
    ),
    "khoama": Command(
        LEADS, Scope.TEAM, (Ask(), Ask("a1", "Ánh", ("a0", "admin")), Ask("b1", "Dừa", ("b0", "admin"))), groups=False
    ),
    "hoi": Command(
        ANYBODY,
        Scope.SAID,
        (
            Ask(),
            Ask("Xuân Thu hôm nay được bao nhiêu", "3.677", ("a0", "of_a", "of_all", "admin")),
            Ask("mai mấy giờ họp"),
        ),
    ),
    "huongdan": Command(ANYBODY, Scope.NOBODY, (Ask(), Ask("otp"))),
    "kiemtra": Command(ANYBODY, Scope.OWN, groups=False),
    "thunghiem": Command(ANYBODY, Scope.OWN, groups=False),
    "lichhen": Command(
        REPORTERS, Scope.OWN, (Ask(), Ask("trang 2"), Ask("19h mai nhà bà Tư"), Ask("abc")), groups=False
    ),
    "hotro": Command(REPORTERS, Scope.TEAM, (Ask(), Ask("đón cụ xóm 4 8h mai"), Ask("đón hai cụ"))),
    "xinnghi": Command(REPORTERS, Scope.OWN, (Ask(), Ask("mai"))),
    "lichnhac": Command(ANYBODY, Scope.OWN, (Ask(), Ask("tắt 1"), Ask("1 18:00")), groups=False),
    "nhac": Command(frozenset({Role.LEAD}), Scope.TEAM, (Ask(),)),
    "thongbao": Command(
        frozenset({Role.OFFICER, Role.ADMIN}), Scope.CAMPAIGN, (Ask(), Ask("Mai các tổ nghỉ.")), groups=False
    ),
    "cuatoi": Command(REPORTERS, Scope.OWN, (Ask("", "1.117", ("a1",)),)),
    "chitieu": Command(
        frozenset({Role.ADMIN}), Scope.CAMPAIGN, (Ask("", "24.801", ("admin",)), Ask("Xuân Thu 9500")), groups=False
    ),
    "doichieu": Command(
        frozenset({Role.OFFICER, Role.ADMIN}),
        Scope.COMMUNES,
        (Ask(), Ask("Xuân Thu 99"), Ask("Minh Phú 99")),
        groups=False,
    ),
    "xuat": Command(
        frozenset({Role.OFFICER, Role.ADMIN}),
        Scope.COMMUNES,
        (Ask(), Ask("Xuân Thu"), Ask("csv Minh Phú")),
        groups=False,
    ),
    "baocaodot": Command(frozenset({Role.OFFICER, Role.ADMIN}), Scope.COMMUNES, (Ask(), Ask("Minh Phú")), groups=False),
    "lienket": Command(frozenset({Role.OFFICER, Role.ADMIN}), Scope.COMMUNES, (Ask(), Ask("mới")), groups=False),
    "nhatky": Command(frozenset({Role.ADMIN}), Scope.CAMPAIGN, (Ask(), Ask("hôm qua")), groups=False),
    "chot": Command(frozenset({Role.LEAD}), Scope.TEAM, (Ask("", "Ánh", ()),)),
    "lichchay": Command(frozenset({Role.ADMIN}), Scope.CAMPAIGN, (Ask(), Ask("summary")), groups=False),
    "taikhoan": Command(ANYBODY, Scope.OWN, groups=False),
}


@dataclass(frozen=True, slots=True)
class Offer:
    """A kind of button, made as it is offered to `owner` about `subject`: pressed, it takes `choice` of `choices`.

    `subject`: whose report or open message, the hamlet, the commune or the day. Not `real`: it is made up, and only
    those who may not press it are tried. `of_group`: in a group whoever may see its team may press it.
    """

    owner: str
    subject: str
    choice: str
    choices: Mapping[str, str] | None = None
    real: bool = True
    of_group: bool = False


OFFERS: Mapping[str, Offer] = {
    "report": Offer("a1", "report a1", "undo"),
    "member": Offer("a0", "report a1", "delete", {"Xóa": "delete"}),
    "put_back": Offer("a0", "withdrawn a1", "back"),
    "listed": Offer("a1", "person a1", "pick", {"1. 19:30 một tin": "pick"}),
    "behalf": Offer("a1", "report a1", "undo", {"Hoàn tác": "undo"}),
    "withdrawal": Offer("a1", "report a1", "yes", {"Rút": "yes", "Giữ": "no"}),
    "leave_fix": Offer("a1", "report a1", "no", {"Thôi": "no"}),
    "draft": Offer("a1", "draft a1", "5", {"5": "5"}),
    "reopen": Offer("a0", "dropped a1", "back"),
    "total": Offer("a1", "draft a1", "no", {"Ghi thêm 5": "yes", "Giữ 5": "no"}),
    "which": Offer("a1", "draft a1", "drop", {"Thôi": "drop"}),
    "behalf_who": Offer("a1", "draft a1", "drop", {"Thôi": "drop"}),
    "again": Offer("a1", "draft a1", "add"),
    "hamlet_here": Offer("a1", "hamlet", "yes", {"Dùng xóm 4": "yes"}),
    "new_hamlet": Offer("a1", "commune", "Xóm Lạ", {"Dùng “Xóm Lạ”": "Xóm Lạ"}),
    "merge": Offer("a0", "hamlet", "keep", {"Giữ “Xóm Lạ”": "keep"}),
    "nudge": Offer("a1", "day", "zero"),
    "night": Offer("a0", "team", "whole", of_group=True),
    "night_chart": Offer("a0", "team", "chart", of_group=True),
    "timetable": Offer("admin", "nothing", "trial:summary:0", {"Gửi thử cho tôi": "trial:summary:0"}, real=False),
    "report_now": Offer("a1", "day", "now"),
    "nudge_team": Offer("a0", "day", "remind"),
    "own_times": Offer("a1", "person a1", "mute:plan", {"Tắt 1": "mute:plan"}, real=False),
    "broadcast": Offer("of_all", "nothing", "send", {"Gửi 2 nhóm": "send"}, real=False),
    "stop_broadcast": Offer("of_all", "nothing", "stop", real=False),
    "device": Offer("a1", "device", "end"),
    "leave": Offer("a1", "day", "take:19497-19497", {"Xin nghỉ": "take:19497-19497"}, real=False),
    "appointments": Offer("a1", "person a1", "off:0", {"Hủy": "off:0"}, real=False),
    "help": Offer("a1", "nothing", "take", {"Nhận": "take"}, real=False),
    "help_asked": Offer("a1", "nothing", "ask", {"Nhờ cả tổ": "ask"}, real=False),
    "target": Offer("admin", "commune", "no", {"Giữ 9.267": "no"}),
    "official": Offer("of_a", "nothing", "drop", real=False),
    "pulls": Offer("of_a", "nothing", "new", {"Tạo liên kết": "new"}, real=False),
    "in_earnest": Offer("a1", "nothing", "count", real=False),
    "first": Offer("a1", "nothing", "guide", {"Hướng dẫn": "guide"}),
    "second": Offer("a1", "nothing", "send"),
    "check": Offer("a1", "nothing", "A", {"A": "A"}, real=False),
    "claim": Offer("a1", "claim", "lock", {"Không phải em": "lock"}),
    "switch": Offer("a1", "nothing", "stay", {"Thôi": "stay"}, real=False),
    "new_code": Offer("a0", "person a1", "new"),
    "locking": Offer("a0", "person a1", "lock", {"Khóa": "lock"}),
    "account": Offer("a1", "account", "refuse"),
}
WITHOUT_HANDLER = frozenset({"commands"})  # its choices are commands, which have rows of their own
