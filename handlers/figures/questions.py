"""Questions in words: `Xuân Thu hôm nay được bao nhiêu?`, `xã nào chậm nhất?`, `em được mấy máy rồi?`."""

import re
from collections.abc import Sequence

from handlers import saying
from handlers.figures import facts, here, progress
from handlers.language import Kind, Reading, fold
from handlers.language.place_names import folded_commune
from handlers.messages import Message, Reply, Saying
from handlers.places import placing
from handlers.places.finding import is_slip
from handlers.texts import hamlet, percent, upper_first
from handlers.turn import STUDENTS, Turn, command_button
from storage.campaign import communes, people, teams
from storage.campaign.communes import Commune
from storage.campaign.people import Role
from storage.reports import reports
from storage.reports import totals as sums

MOST_PLACES = 3  # communes answered for in one message
MOST_RANKED = 5
_SLIP_LETTERS = 6  # of a name amid other words
_HOW_MANY = re.compile(
    r"\b(bao nhieu|may (?:may|nguoi|tk|tai khoan|%|phan tram)|the nao|ra sao|den dau|duoc may|con may)\b"
    r"|\b(?:tien do|sao roi|so lieu)\b"
)
# `em được mấy rồi bot`, `nãy giờ e đang đc nhiêu r?`, `bn r bot`: at the end of what is asked.
_SO_FAR = re.compile(
    r"\b(?:duoc|dc|con|dang|thay|la|quat dc) (?:bao )?(?:nhieu|nhiu|bn|may)(?: may)?"
    r"(?: (?:roi|r|goi|oi|nhi|the|vay|z|zay|dzay|day|bot|ha|ho|he|a))*\W*$"
    r"|^(?:\w+ ){0,2}(?:bn|may|nhieu|nhiu) (?:r|roi)\b"
)
_IS_IT_SO = re.compile(r"\b([0-9]{1,3}) (?:may )?(?:la )?(?:dung|phai|chuan|khop) (?:ko|khong|k|hong|hok|hem|chua)\b")
_HOW_TO = re.compile(
    r"\b(?:kich hoat|cai|dang ky|dang nhap|mat khau|loi|quen|cach|lam|xu ly)\b.*\b(?:the nao|ra sao)\b"
)  # asks for help, not for numbers
_WHICH = re.compile(r"\b(?:xa|don vi|noi|to|doi|thi tran) nao\b")
_LAST = re.compile(r"\b(cham|thap|it|kem|yeu|duoi|be)\b")
_FIRST = re.compile(r"\b(nhanh|cao|nhieu|tot|dan dau|dung dau|dau|kha|gioi)\b")
_TODAY = re.compile(r"\b(hom nay|nay|toi nay|hnay)\b")
_DAYS = re.compile(r"\b(hom qua|hqua|tuan|dot|ngay [0-9]{1,2}(?:[/.-][0-9]{1,2})?)\b")
_WHOLE = re.compile(r"\b(toan|ca|tong|tat ca|chien dich|huyen|chung|minh|cac xa|don vi)\b")


def is_one(text: str) -> bool:
    """Whether a text asks for numbers."""
    said = fold(text)
    if _HOW_TO.search(said) and "bao nhieu" not in said:
        return False
    to_bot = re.search(r"\bbot\b", said) and re.search(r"\b(?:bn|bao nhieu|bao nhiu)\b", said)
    if _SO_FAR.search(said) or _IS_IT_SO.search(said) or to_bot:
        return True
    return bool(_HOW_MANY.search(said) or (_WHICH.search(said) and (_LAST.search(said) or _FIRST.search(said))))


def of_officer(message: Message, turn: Turn) -> list[Saying] | None:
    """What an officer, lead or admin asks about communes; None where it is no such question."""
    place = _only_a_commune(message.text, turn) if turn.me.role not in STUDENTS else None
    if place is not None:
        return [_about(turn, place, "")]
    if not is_one(message.text):
        return None
    said = fold(message.text)
    visible = here.communes(turn)
    if _WHICH.search(said):
        return [_ranking(turn, visible, last=bool(_LAST.search(said)), today=bool(_TODAY.search(said)))]
    named = _named(said, communes.every(turn.tx))
    hidden = [place for place in named if place not in visible]
    if hidden:
        private = turn.chat.private
        return [turn.say("commune.out_of_scope", name=hidden[0].name) if private else turn.say("totals.not_here")]
    days = _DAYS.search(said)
    if named:
        return [_about(turn, place, days[0] if days else "") for place in named[:MOST_PLACES]]
    if turn.me.role in STUDENTS and not _WHOLE.search(said):
        return None
    answer = progress.about(turn, visible, days[0] if days else "") if visible else None
    return [answer] if answer is not None else None


def _only_a_commune(text: str, turn: Turn) -> Commune | None:
    """`Xuân Thu` alone asks for what the officer sees of it."""
    said, visible = folded_commune(text), here.communes(turn)
    return next((place for place in visible if place.folded == said), None)


def _named(said: str, known: Sequence[Commune]) -> list[Commune]:
    """The communes whose names stand in a folded text, the longest name first where one is part of another."""
    found: list[Commune] = []
    for place in sorted(known, key=lambda one: -len(one.folded)):
        match = re.search(rf"\b{re.escape(place.folded)}\b", said)
        if match:
            found.append(place)
            said = said[: match.start()] + " " * (match.end() - match.start()) + said[match.end() :]
    return found or _slipped(said.split(), known)


def names_a_commune(text: str, turn: Turn) -> bool:
    """Whether a commune is named in it."""
    return bool(_named(fold(text), communes.every(turn.tx)))


def _slipped(words: Sequence[str], known: Sequence[Commune]) -> list[Commune]:
    """The one commune that is a slip of the hand away from some words: `xuan thi`; its words in the same order."""
    near = {
        place.id: place
        for place in known
        for start in range(len(words))
        if is_slip(" ".join(words[start : start + len(place.folded.split())]), place.folded, letters=_SLIP_LETTERS)
    }
    return list(near.values()) if len(near) == 1 else []


def _about(turn: Turn, place: Commune, days: str) -> Saying:
    answer = progress.about(turn, [place], days)
    return answer if answer is not None else turn.say("totals.ways")


def _ranking(turn: Turn, visible: Sequence[Commune], *, last: bool, today: bool) -> Reply:
    """The communes that are furthest behind, or ahead: by what is done of the target, or by today's phones."""
    if len(visible) < 2:
        return turn.say("questions.one_commune")
    board = facts.board(turn.tx, visible, turn.work_day, finished=False)
    rows = sorted(
        board.rows,
        key=lambda row: (
            row.standing.phones_today if today else row.standing.done / max(row.standing.target, 1),
            row.commune.code,
        ),
        reverse=not last,
    )
    ranked = [
        (facts.short(row.commune), percent(row.standing.done, row.standing.target), row.standing.phones_today)
        for row in rows[:MOST_RANKED]
    ]
    return turn.say("questions.ranking", last=last, by_today=today, rows=ranked)


def of_student(message: Message, turn: Turn) -> Reply | None:
    """Where the sender and the team stand, today or on the days named; None where that is not asked."""
    if not is_one(message.text):
        return None
    team = teams.team_of(turn.tx, turn.me.id, turn.work_day)
    if team is None:
        return None
    if not turn.is_among(team.id):
        return turn.say("totals.not_here")
    words = _DAYS.search(fold(message.text))
    asked = progress.days_asked(turn, words[0]) if words else None
    if asked is not None and asked.span[0] <= turn.work_day:
        mine = sums.between(turn.tx, "person", turn.me.id, *asked.span)
        whole = sums.between(turn.tx, "team", team.id, *asked.span)
        return turn.say("questions.in_days", span=asked.text, mine=mine, team=whole.get("activated", 0))
    standing = saying.standing(turn, turn.me.id, team.id, turn.work_day)
    if (place := _hamlet_asked(message, turn, team)) is not None:
        return turn.say("questions.in_hamlet", hamlet=place[0], mine=place[1], standing=standing)
    said = _IS_IT_SO.search(fold(message.text))
    today = sums.between(turn.tx, "person", turn.me.id, turn.work_day, turn.work_day) if said else {}
    right = None if said is None else int(said[1]) == today.get("activated", 0)
    return turn.say(
        "questions.standing", right=right, standing=standing, buttons=((command_button("Xem từng tin", "/homnay"),),)
    )


def _hamlet_asked(message: Message, turn: Turn, team: teams.Team) -> tuple[str, dict[str, int]] | None:
    """The one known hamlet that the question names, and what its sender has there today."""
    named = {one.name: one for one in turn.reading(message).mentions}
    if len(named) != 1:
        return None
    (one,) = named.values()
    place = placing.hamlet_of(turn, team, one.name, one.said)
    if not isinstance(place, int) or not place:
        return None
    mine: dict[str, int] = {}
    for report in reports.of_day(turn.tx, turn.me.id, turn.work_day):
        for line in report.lines:
            if line.hamlet == place and line.n:
                mine[line.outcome] = mine.get(line.outcome, 0) + line.n
    return upper_first(hamlet(placing.name_of(turn, place))), mine


def beside_report(message: Message, turn: Turn, reading: Reading) -> str:
    """The line about a question that stands beside a report, which the answer to the report does not answer; or ''.

    Where the sender and the team stand is in every answer already.
    """
    if not reading.question or reading.kind in (Kind.CHAT, Kind.UNCLEAR) or is_one(message.text):
        return ""
    return turn.text("questions.not_mine", leads=_leads(turn))


def beyond(turn: Turn) -> Reply:
    """What is said to a question that the bot knows nothing about."""
    return turn.say("questions.beyond", leads=_leads(turn), sees=turn.me.role in MAY_ASK)


def _leads(turn: Turn) -> list[str]:
    team = teams.team_of(turn.tx, turn.me.id, turn.work_day)
    return [lead.name for lead in people.leads_of(turn.tx, team.id) if lead.id != turn.me.id] if team else []


MAY_ASK = frozenset({Role.OFFICER, Role.LEAD, Role.ADMIN})
