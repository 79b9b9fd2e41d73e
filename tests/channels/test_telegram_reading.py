"""What Telegram sends, in the words of the house; and how its answers are judged."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import telegram.error as errors
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.arrivals import Unreadable
from bot.channels.outcomes import Gone, Later, MovedTo, Outcome, Refused, Unknown
from bot.channels.telegram.judging import judge
from bot.channels.telegram.reading import read
from bot.channels.telegram.transport import Unanswered, Unreached
from bot.channels.telegram.writing import TEXT_MOST, cut, keyboard
from handlers.messages import Button, Chat, Message, Moved, Presence, Press, Sender

NOW = datetime(2023, 5, 20, 12, 0, 30, tzinfo=UTC)
SENT = datetime(2023, 5, 20, 12, 0, tzinfo=UTC)
AN = {"id": 77, "is_bot": False, "first_name": "An", "last_name": "Nguyễn", "language_code": "vi"}
BOT = {"id": 1, "is_bot": True, "first_name": "Ba cùng", "username": "bacung_bot"}
PRIVATE = {"id": 77, "type": "private", "first_name": "An"}
GROUP = {"id": -100123, "type": "supergroup", "title": "Tổ Xuân Thu"}
PRIVATE_CHAT = Chat("telegram", "77", private=True)
GROUP_CHAT = Chat("telegram", "-100123", private=False, title="Tổ Xuân Thu")
SENDER = Sender("77", "An Nguyễn")


def message(text: str | None = "xóm 4 được 3", chat: dict[str, Any] = PRIVATE, /, **more: Any) -> dict[str, Any]:
    """An update as Telegram sends it."""
    body = {"message_id": 5, "date": int(SENT.timestamp()), "chat": chat, "from": AN} | more
    return {"update_id": 900, "message": body | ({"text": text} if text is not None else {})}


def said(text: str = "xóm 4 được 3", chat: Chat = PRIVATE_CHAT, **more: Any) -> Message:
    """What is read from it."""
    return Message(chat, SENDER, "5", text, SENT, **more)


TABLE: list[tuple[str, dict[str, Any], object]] = [
    ("a message", message(), said()),
    ("a caption", message(None, caption="vắng 1", photo=[{"file_id": "x"}]), said("vắng 1")),
    ("a sticker", message(None, sticker={"emoji": "👍"}), said("")),
    ("in a group", message("xóm 4 được 3", GROUP), said(chat=GROUP_CHAT, addressed=False)),
    ("a command", message("/bc 3", GROUP), said("/bc 3", GROUP_CHAT)),
    ("a command to us", message("/bc@Bacung_Bot 3", GROUP), said("/bc@Bacung_Bot 3", GROUP_CHAT)),
    ("a command to another bot", message("/bc@other_bot 3", GROUP), None),
    ("a command to another bot, in private", message("/bc@other_bot 3"), said("/bc@other_bot 3")),
    (
        "nulls",
        message(caption=None, edit_date=None, is_topic_message=None, **{"from": AN | {"username": None}}),
        said(),
    ),
    (
        "a group without a title",
        message("3", GROUP | {"title": None}),
        said("3", replace(GROUP_CHAT, title=""), addressed=False),
    ),
    ("a mention", message("@bacung_bot xóm 4 được 3", GROUP), said("xóm 4 được 3", GROUP_CHAT)),
    (
        "a reply to the bot",
        message("4", GROUP, reply_to_message={"message_id": 3, "from": BOT}),
        said("4", GROUP_CHAT, reply_to="3"),
    ),
    (
        "a reply to a person",
        message("4", GROUP, reply_to_message={"message_id": 3, "from": AN}),
        said("4", GROUP_CHAT, reply_to="3", addressed=False),
    ),
    ("forwarded", message(forward_origin={"type": "hidden_user"}), said(forwarded=True)),
    ("another bot's", message("x", PRIVATE, **{"from": BOT}), None),
    ("a channel's", message("x", {"id": -5, "type": "channel", "title": "x"}), None),
    ("somebody came", message(None, GROUP, new_chat_members=[AN]), None),
    (
        "edited",
        {"update_id": 901, "edited_message": message()["message"] | {"edit_date": int(NOW.timestamp())}},
        said(edited_at=NOW),
    ),
    (
        "a group that moved",
        message(None, {"id": -9, "type": "group", "title": "Tổ"}, migrate_to_chat_id=-100123),
        Moved(Chat("telegram", "-9", private=False, title="Tổ"), "5", "-100123", SENT),
    ),
    (
        "a press",
        {
            "update_id": 902,
            "callback_query": {
                "id": "q1",
                "from": AN,
                "data": "o7:undo",
                "message": {"message_id": 6, "chat": PRIVATE},
            },
        },
        Press(PRIVATE_CHAT, SENDER, "q1", "o7:undo", "6", NOW),
    ),
    ("a press on a game", {"update_id": 902, "callback_query": {"id": "q1", "from": AN, "game_short_name": "x"}}, None),
    (
        "blocked",
        {
            "update_id": 903,
            "my_chat_member": {
                "chat": PRIVATE,
                "from": AN,
                "date": int(SENT.timestamp()),
                "new_chat_member": {"status": "kicked", "user": BOT, "until_date": 0},
            },
        },
        Presence(PRIVATE_CHAT, SENDER, "903", present=False, at=SENT),
    ),
]


@pytest.mark.parametrize(("update", "expected"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_updates(update: dict[str, Any], expected: object) -> None:
    """Each update is one event, or nothing for us."""
    assert read(update, username="bacung_bot", now=NOW) == expected


@pytest.mark.parametrize(
    "garbage",
    [
        {},
        {"update_id": 1},
        {"update_id": 1, "poll": {"id": "x"}},
        {"update_id": 1, "message": {"text": "3"}},
        {"update_id": 1, "message": "3"},
        {"update_id": "1", "message": None},
        message(date="yesterday"),
        message(date=10**15),
        {"update_id": 1, "edited_message": message(edit_date=10**17)["message"]},
        message("x", PRIVATE, **{"from": {"id": "77"}}),
        [],
        None,
        7,
        "text",
    ],
)
def test_what_cannot_be_read_is_set_aside(garbage: object) -> None:
    """Never raising, and with what came."""
    assert isinstance(read(garbage, username="bacung_bot", now=NOW), Unreadable)


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["update_id", "message", "message_id", "chat", "from", "id", "type", "date", "text", "data"]
            ),
            inner,
            max_size=6,
        )
    ),
    max_leaves=25,
)


@given(_json)
def test_reading_never_raises(anything: object) -> None:
    """Whatever JSON it is given."""
    read(anything, username="bacung_bot", now=NOW)


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (errors.RetryAfter(timedelta(seconds=7)), Later("429", 7.0)),
        (errors.ChatMigrated(-100123), MovedTo("-100123")),
        (errors.Forbidden("Forbidden: bot was blocked by the user"), Gone("forbidden")),
        (errors.BadRequest("Chat not found"), Gone("chat not found")),
        (errors.BadRequest("Message is too long"), Refused("Message is too long")),
        (errors.NetworkError("403, but not from Telegram"), Later("not from Telegram")),
        (errors.TimedOut(), Unknown("Timed out")),
        (Unreached("ClientConnectorError"), Later("ClientConnectorError")),
        (Unanswered("ServerDisconnectedError"), Unknown("ServerDisconnectedError")),
        (errors.TelegramError("Invalid server response"), Unknown("an answer that is none")),
        (ValueError("x"), Unknown("ValueError")),
    ],
)
def test_judging(error: Exception, outcome: Outcome) -> None:
    """What may have arrived is unknown; what surely did not may be tried again."""
    assert judge(error) == outcome


def test_long_texts_are_cut_where_telegram_counts() -> None:
    """In UTF-16 units: an emoji is two."""
    assert cut("a" * TEXT_MOST) == "a" * TEXT_MOST
    assert cut("👍" * TEXT_MOST) == "👍" * (TEXT_MOST // 2 - 1) + "…"
    assert len(cut("a" * 5000)) == TEXT_MOST


def test_data_that_is_too_long_never_leaves() -> None:
    """Telegram would refuse the whole message: the short name stands for it, and without one the button is left out."""
    fits, long = Button("a", "c/" + "ộ" * 20 + "xx"), Button("b", "c/" + "ộ" * 21)
    assert [len(button.data.encode()) for button in (fits, long)] == [64, 65]
    rows = ((fits, long), (long,), (Button("c", long.data, "o7:2"), Button("d", long.data, long.data)))
    assert keyboard(rows) == {
        "inline_keyboard": [[{"text": "a", "callback_data": fits.data}], [{"text": "c", "callback_data": "o7:2"}]]
    }
