"""`Minh hôm nay mấy máy`: a question about somebody else's numbers, and no report whose number is open.

A lead is shown a student of the team, as /to does; to anyone else only their own numbers are told.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace

from handlers.figures.replies import choosing, questions
from handlers.figures.replies.beyond import beyond
from handlers.figures.said import team
from handlers.language import fold
from handlers.messages import Message, Reply, Saying
from handlers.reports import oneself
from handlers.turn import Turn
from storage.campaign import people
from storage.campaign.people import Person, Role

_CALLED = r"(?:(?:bạn|anh|chị|em|đ/c|đồng chí|thằng|con|ban|chi|d/c|dong chi) )?"
_DAY = r"(?:hôm nay|hnay|tối nay|nay|hôm qua|hqua|từ sáng|hom nay|toi nay|hom qua|tu sang)"
_DONE = r"(?:(?:đã |da )?(?:làm |báo |lam |bao )?(?:được|đc|dc|duoc|có|co|làm|lam|báo|bao|thêm) )?"
_MANY = r"(?:mấy|may|bao nhiêu|bao nhieu|nhiêu|nhieu|bn)(?: (?:máy|may|cái|cai|tk|tài khoản|tai khoan|nhà|nha))?"
_END = r"(?: (?:rồi|roi|r|vậy|vay|thế|the|nhỉ|nhi|bot|ạ|a|ơi|oi|nào|nao))*[ ?!.]*"
_WORDS = r"[^\W\d_]+(?: [^\W\d_]+){0,3}?"
_ASKED = re.compile(
    rf"(?:(?P<first>{_DAY}) {_CALLED}(?P<later>{_WORDS}) {_DONE}{_MANY}"
    rf"|{_CALLED}(?P<name>{_WORDS}) (?:(?P<day>{_DAY}) )?{_DONE}{_MANY}){_END}",
    re.IGNORECASE,
)
_YESTERDAY = frozenset({"hom qua", "hqua"})
# These ask of the own numbers, of the team's, or of a place.
_NO_NAMES = re.compile(
    r"\b(?:to|doi|nhom|xa|xom|thon|khu|ap|ban|nha|ho|ca|toan|tong|minh|em|toi|chung|hom|nay|qua|tuan|dot|ngay|ai|bot"
    r"|duoc|dc|con|them|moi|may|nguoi|cu|bao|vang|hen|loi|da|dang|chac|tam|khoang|tat|chua|the|so|va|voi|o|tai)\b"
)


def asked(message: Message, turn: Turn) -> list[Saying] | None:
    """What is said to such a question; None where the message is none."""
    found = _ASKED.fullmatch(" ".join(unicodedata.normalize("NFC", message.text).split()))
    if found is None or message.forwarded:
        return None
    said = found["name"] or found["later"]
    own = turn.team_on(turn.day_of(message))
    members = people.of_team(turn.tx, own.id) if own is not None else []
    who = [one for one in members if fold(said) in _names(one)] if oneself.is_called_so(said, message.text) else []
    if turn.me.id in [one.id for one in who]:
        return questions.of_member(message, turn, turn.reading(message))
    if not who and not _is_name(said, message, turn):
        return None
    if not message.addressed or message.edited_at is not None:
        return []  # talk among the team
    if turn.me.role == Role.LEAD and len(who) == 1:
        day = " hôm qua" if fold(found["day"] or found["first"] or "") in _YESTERDAY else ""
        shown = team.show(replace(message, text=f"{who[0].ref}{day}"), turn)
        return [shown] if isinstance(shown, Reply) else list(shown) if isinstance(shown, Iterable) else []
    return [choosing.only_own(turn) if turn.me.role == Role.STUDENT else beyond(turn, message.text)]


def _names(person: Person) -> list[str]:
    words = fold(person.name).split()
    return [" ".join(words[start:]) for start in range(len(words))]


def _is_name(said: str, message: Message, turn: Turn) -> bool:
    """Whether it is written as a name, and is no word that asks of oneself, the team or a place."""
    if not all(word[:1].isupper() for word in said.split()) or turn.reading(message).mentions:
        return False
    starts = unicodedata.normalize("NFC", message.text).lstrip().startswith(said)
    if len(said.split()) == 1 and oneself.is_oneself(said):
        return oneself.is_called_so(said, message.text, starts=starts)
    return not _NO_NAMES.search(fold(said)) and not questions.names_a_commune(said, turn)
