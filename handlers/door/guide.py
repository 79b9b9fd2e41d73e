"""/huongdan: pages of the guide, looked up at the gate; a question in words finds its page, too."""

import re

from handlers.door import page_finding
from handlers.door.page_finding import Looked
from handlers.language import Kind, Reading, fold
from handlers.language.reading import Reason
from handlers.messages import Button, Message, Reply, Rows
from handlers.turn import STUDENTS, Answer, Behind, Scope, Turn, answers, command_button
from storage.campaign import guide
from storage.campaign.guide import Page
from storage.campaign.people import Role

COMMAND = "/huongdan"
MOST_NEAR = 4  # pages that are offered where several may be meant
_MOST_ASKED = 200  # characters of a question
# How help is asked for, beside the question marks that the reader hears.
_HOW = re.compile(
    r"\b(?:lam sao|lam the nao|the nao|lam gi|phai sao|xu ly|xu li|khac phuc|sua sao|cach|huong dan|hd em|chi em"
    r"|chi cho|tai sao|vi sao|thi sao|sao day|sao gio|sao vay|sao a|sao ha|sao bot|bay gio sao|o dau|bi gi|quy trinh"
    r"|cac buoc|nhu nao|ntn|tnao|lam s|lsao|ls)\b|\bsao(?: \w+)?\W*$"
)
# How a question ends that is one: not everything with `nào` or `gì` in it is.
_ENDS = re.compile(
    r"\?|\b(?:khong|ko|k|kg|hong|hok|hem|ha|nhi|vay|zay|gi|dau|nao|chua)(?: (?:a|bot|anh|chi|em|ban|mn|mng|moi nguoi))*"
    r"\W*$"
)
_NUMBERS = re.compile(r"\b(?:bao nhieu|bn|may (?:may|nguoi|nha|tk)|duoc may|tien do|so lieu|xa nao|xep hang)\b")
_MAY_COUNT = re.compile(r"\d|\bnha (?:ba|ong|co|chu|bac|anh|chi|em)\b")


@answers("huongdan", scope=Scope.NOBODY, help="huongdan", button=True, earnest=True, behind=Behind.WORDS)
def show(message: Message, turn: Turn) -> Answer:
    """The list of pages; `/huongdan otp` the page that is meant, or those that may be."""
    pages = guide.every(turn.tx)
    wanted = message.text.strip()
    if not (pages and wanted):
        return contents(turn)
    found = page_finding.looked_up(pages, wanted)
    if found.sure:
        return _page(turn, found)
    if found.pages:
        return turn.say("guide.several", buttons=_several(found))
    return turn.say("guide.unknown", wanted=wanted[:60], buttons=_as_buttons(pages))


def contents(turn: Turn) -> Reply:
    """The list of pages."""
    pages = guide.every(turn.tx)
    if not pages:
        return turn.say("guide.none", runs=turn.me.role is Role.ADMIN)
    return turn.say("guide.pages", buttons=_as_buttons(pages))


def asked(message: Message, turn: Turn, reading: Reading) -> Reply | None:
    """The page, or the pages, for a question in words; None where no such question is clearly asked."""
    found = _meant(message, turn, reading)
    if not found.pages:
        return None
    reports = turn.me.role in STUDENTS and bool(_MAY_COUNT.search(fold(message.text)))
    if found.sure:
        return _page(turn, found, uncounted=reports)
    return turn.say("guide.several", buttons=_several(found))


def beside_report(message: Message, turn: Turn, reading: Reading) -> str:
    """The line about a question that stands beside a report, where the guide has a page for it; else ''."""
    if not reading.question or reading.kind in (Kind.CHAT, Kind.UNCLEAR) or not _asks(message.text):
        return ""
    found = page_finding.asked(guide.every(turn.tx), message.text)
    return turn.text("guide.beside", title=found.pages[0].title, name=found.pages[0].name) if found.sure else ""


def _meant(message: Message, turn: Turn, reading: Reading) -> Looked:
    """The pages that a message asks for: where it says no number and names no home, so that it is no report."""
    text = message.text
    if not message.addressed or message.forwarded or message.edited_at is not None or len(text) > _MOST_ASKED:
        return Looked()
    talk = reading.kind is Kind.CHAT
    how = _asks(text)
    if not (how or (talk and reading.question and _is_question(text))) or not (talk or _counts_nothing(reading)):
        title = page_finding.named(guide.every(turn.tx), text) if talk else None
        return Looked((title,), sure=True) if title is not None else Looked()
    found = page_finding.asked(guide.every(turn.tx), text)
    may_count = found.pages and not how and any(one.kind is not Kind.CHAT for one in turn.meanings(message))
    return Looked() if may_count else found


def _asks(text: str) -> bool:
    """Whether it asks how something is done, and for no numbers."""
    said = fold(text)
    return bool(_HOW.search(said)) and not _NUMBERS.search(said)


def _is_question(text: str) -> bool:
    """Whether it asks anything but numbers."""
    said = fold(text)
    return bool(_ENDS.search(said)) and not _NUMBERS.search(said)


def _counts_nothing(reading: Reading) -> bool:
    """`máy không nhận được mã thì làm thế nào`: read as a phone that failed, though no number and no home is said."""
    parts = [part for entry in reading.entries for several in entry.parts.values() for part in several]
    named = reading.homes or reading.mentions or reading.appointments
    return (
        reading.kind is Kind.REPORT
        and reading.question
        and not named
        and all(part.reason is Reason.HOME for part in parts)
    )


def _page(turn: Turn, found: Looked, *, uncounted: bool = False) -> Reply:
    """A page, with what else may have been meant below it."""
    page, others = found.pages[0], found.pages[1:MOST_NEAR]
    return turn.say(
        "guide.page",
        title=page.title,
        text=page.text,
        uncounted=uncounted,
        buttons=(*_as_buttons(others), (command_button("Các trang khác", COMMAND),)),
    )


def _several(found: Looked) -> Rows:
    return (*_as_buttons(found.pages[:MOST_NEAR]), (command_button("Các trang khác", COMMAND),))


def _as_buttons(pages: "list[Page] | tuple[Page, ...]") -> tuple[tuple[Button, ...], ...]:
    return tuple((command_button(page.title, f"{COMMAND} {page.name}"),) for page in pages)
