"""`20 máy là đúng ko bot`, `bot ghi 3 máy cho em chưa`: whether what somebody says is what stands."""

import re
from datetime import timedelta

from handlers import saying
from handlers.language import fold
from handlers.messages import Message, Reply
from handlers.turn import Turn, command_button
from storage.campaign import hamlets, teams
from storage.reports import reports
from storage.reports import totals as sums
from storage.reports.reports import Report

_IS_IT_SO = re.compile(r"\b([0-9]{1,3}) (?:may )?(?:la )?(?:dung|phai|chuan|khop) (?:ko|khong|k|hong|hok|hem|chua)\b")
# `cần 60 máy đúng không` is of what has to be, and no `20 máy là đúng không`.
_HAS_TO_BE = re.compile(r"\b(?:can|phai|chi tieu|dinh muc|muc tieu|ke hoach|khoan|giao)\b(?! (?:khong|ko|k)\b)")
ONE_DAY = timedelta(days=1)
# `lúc nãy em báo xóm 4 3 máy bot ghi chưa`: whether what was told stands.
_WAS_IT_TAKEN = re.compile(
    r"\b(?:bao|nhan|gui|nop|ghi)\b[^?]*?\b([0-9]{1,3}) ?(?:may|tk|tai khoan|cai)\b.*?"
    r"\b(?:ghi|nhan|luu|tinh|vao|cong|thay|co)(?: (?:duoc|so|vao|lai|cho|em|e|vo))* (?:chua|ch|chx|ko|khong|k)\b"
    r"(?=(?: (?:a|bot|nhi|vay|the|z|v|ad|ha|ta|em|nua))*[ ?!.]*$)"
)

# `lúc nãy bot có ghi 17 máy cho em không`.
_HAS_IT_TAKEN = re.compile(
    r"\b(?:bot|ad|he thong) (?:(?:co|da|dang|moi) )*(?:ghi|nhan|luu|tinh|cong)(?: \w+){0,3}? ([0-9]{1,3}) ?(?:may|tk)\b"
    r"(?: (?:cho|cua|em|e|minh|nay|do|roi|vao))* (?:chua|ch|chx|ko|khong|k)\b"
    r"(?=(?: (?:a|bot|nhi|vay|the|z|v|ad|ha|ta|em|nua))*[ ?!.]*$)"
)


# `17 máy nãy là tính vào xóm nào`: where what was told stands.
_WHERE_IS_IT = re.compile(
    r"([0-9]{1,3}) ?(?:may|tk|tai khoan|cai)(?: \w+){0,6}?"
    r" (?:ghi|tinh|bao|luu|cong|vao|thuoc|nam)(?: \w+){0,5}? (?:(?:xom|thon|khu|lang|ap) nao|vao dau|o dau)"
    r"(?: (?:a|vay|the|nhi|ha|bot|em|e|z|v|day|do|ta|quen|mat|roi|khong|nho|ad|oi|minh|toi|t))*"
)


def where_is_it(message: Message, turn: Turn) -> Reply | None:
    """Under which hamlets the reports of so many phones stand; None where nobody asks."""
    said = _WHERE_IS_IT.fullmatch(_bare(message.text))
    team = teams.team_of(turn.tx, turn.me.id, turn.work_day)
    if said is None or team is None or not turn.is_among(team.id):
        return None
    n = int(said[1])
    since = turn.work_day - ONE_DAY
    kept = [one for one in reports.since_day(turn.tx, turn.me.id, since) if not one.withdrawn and _phones(one) == n]
    buttons = ((command_button("Xem từng tin", "/homnay"),),)
    rows = [(one, [hamlets.hamlet_name(turn.tx, id) for id in _where(one)]) for one in reversed(kept)]
    return turn.say("questions.where", phones=n, rows=rows, day=turn.work_day, buttons=buttons)


def asks_where(text: str) -> bool:
    """Whether somebody asks where so many phones stand."""
    return _WHERE_IS_IT.fullmatch(_bare(text)) is not None


def _bare(text: str) -> str:
    return " ".join(fold(text).split()).strip(" ?.!")


def _where(report: Report) -> list[int]:
    """The hamlets in which its phones are."""
    phones = (line.hamlet for line in report.lines if line.outcome == "activated" and line.n)
    return list(dict.fromkeys(hamlet for hamlet in phones if isinstance(hamlet, int)))


def was_it_taken(text: str) -> bool:
    """Whether somebody asks if what they told stands."""
    return any(one.search(fold(text)) is not None for one in (_WAS_IT_TAKEN, _HAS_IT_TAKEN))


def is_it_so(message: Message, turn: Turn) -> Reply | None:
    """`20 máy là đúng ko bot`: whether that is what is recorded of today; of what was told also one report of it."""
    folded = fold(message.text)
    said = _is_so(folded) or _WAS_IT_TAKEN.search(folded) or _HAS_IT_TAKEN.search(folded)
    team = teams.team_of(turn.tx, turn.me.id, turn.work_day)
    if said is None or team is None or not turn.is_among(team.id):
        return None
    today = sums.between(turn.tx, "person", turn.me.id, turn.work_day, turn.work_day)
    taken = said.re is not _IS_IT_SO
    told = {today.get("activated", 0)}
    if taken:
        told |= {_phones(one) for one in reports.of_day(turn.tx, turn.me.id, turn.work_day) if not one.withdrawn}
    standing = saying.standing(turn, turn.me.id, team.id, turn.work_day)
    buttons = ((command_button("Xem từng tin", "/homnay"),),)
    n = int(said[1])
    return turn.say("questions.standing", right=n in told, taken=taken, phones=n, standing=standing, buttons=buttons)


def _is_so(folded: str) -> re.Match[str] | None:
    said = _IS_IT_SO.search(folded)
    return said if said is not None and not _HAS_TO_BE.search(folded[: said.start()]) else None


def _phones(report: Report) -> int:
    return sum(line.n for line in report.lines if line.outcome == "activated")
