"""What is said to a question that the bot knows nothing about."""

import re

from handlers.figures.replies import choosing
from handlers.language import fold
from handlers.messages import Reply
from handlers.turn import Turn
from storage.campaign.people import Role

MAY_ASK = frozenset({Role.OFFICER, Role.LEAD, Role.ADMIN})
OF_CONTACTS = re.compile(
    r"(?<!khong co )(?<!chua co )(?<!ko co )"
    r"\b(?:sdt|so (?:dt|dien thoai|phone|zalo|lien lac)|(?:zalo|facebook|fb|dien thoai|dt) (?:cua|to truong|doi truong)"
    r"|lien lac|lien he)\b(?![ :.]*(?:la |so )?[0-9+(▒])"  # `SĐT 0912…` gives one, masked or not
)


def beyond(turn: Turn, text: str) -> Reply:
    """What is said to a question that the bot knows nothing about; of how to reach people, why it does not."""
    sees = turn.me.role in MAY_ASK
    said = "questions.no_contacts" if OF_CONTACTS.search(fold(text)) else "questions.beyond"
    return turn.say(said, leads=choosing.leads(turn), sees=sees, examples=choosing.examples(turn))
