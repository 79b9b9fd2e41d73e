"""What Zalo sends, in the words of the house; how its answers are judged; what is said without buttons."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.arrivals import Unreadable
from bot.channels.http import Unanswered, Unreached
from bot.channels.labels import to_send_back
from bot.channels.outcomes import Denied, Gone, Later, Outcome, Refused, Sent, Unknown
from bot.channels.zalo.client import ELSEWHERE, Answer, answer_in
from bot.channels.zalo.judging import judge
from bot.channels.zalo.reading import read
from bot.channels.zalo.writing import TEXT_MOST, split, write
from handlers.messages import Answered, Button, Chat, Message, Reply, Sender

SENT = datetime(2025, 6, 19, 6, 55, 31, 602_000, tzinfo=UTC)
TED = "6ede9afa66b88fe6d6a9"
GROUP = "8a1c5d7f00e2b6c4a001"
ID = "2d758cb5e222177a4e35"
SENDER = Sender(TED, "Ted")


def update(event: str = "text", kind: str = "PRIVATE", /, **content: Any) -> dict[str, Any]:
    """An update as it was captured."""
    return {
        "event_name": f"message.{event}.received",
        "message": {
            "date": 1750316131602,
            "chat": {"chat_type": kind, "id": TED if kind == "PRIVATE" else GROUP},
            "message_id": ID,
            "from": {"id": TED, "is_bot": False, "display_name": "Ted"},
            **content,
        },
    }


def said(text: str, *, private: bool = True) -> Message:
    """What is read from it."""
    return Message(Chat("zalo", TED if private else GROUP, private), SENDER, ID, text, SENT)


TABLE: list[tuple[str, object, object]] = [
    ("flat, as captured", update(text="được 3"), said("được 3")),
    ("wrapped, as documented", {"ok": True, "result": update(text="được 3")}, said("được 3")),
    ("a photo", update("image", photo="https://x/y.jpg"), replace(said(""), picture=True)),
    (
        "a photo with a caption",
        update("image", photo="https://x/y.jpg", caption="được 3"),
        replace(said("được 3"), picture=True),
    ),
    (
        "a photo as captured",
        update("image", photo_url="https://x/y.jpg", caption="được 3"),
        replace(said("được 3"), picture=True),
    ),
    ("a sticker", update("sticker", sticker="bfe458bf64fa8da4d4eb", url="https://x"), said("")),
    ("a voice", update("voice", voice_url="https://x/y.aac"), said("")),
    ("something unsupported", update("unsupported"), said("")),
    ("in seconds", update(text="được 3", date=1750316131.602), said("được 3")),
    ("a date in a string", update(text="được 3", date="1750316131602"), said("được 3")),
    (
        "nulls",
        update(text="được 3", caption=None, **{"from": {"id": TED, "display_name": None, "is_bot": None}}),
        replace(said("được 3"), sender=Sender(TED, "")),
    ),
    ("an id that is a number", update(text="được 3", message_id=5), replace(said("được 3"), id="5")),
    ("spaces around", update(text="\n /homnay "), said("/homnay")),
    ("in a group", update("text", "GROUP", text="@Ba Cùng được 3"), said("được 3", private=False)),
    ("a command in a group", update("text", "GROUP", text="@ba cùng /homnay"), said("/homnay", private=False)),
    ("a mention at the end", update("text", "GROUP", text="được 3 @Ba Cùng"), said("được 3", private=False)),
    (
        "lines in a group",
        update("text", "GROUP", text="@Ba Cùng\nđược 3\nvắng 1"),
        said("được 3\nvắng 1", private=False),
    ),
    ("a longer name", update("text", "GROUP", text="@Ba Cùngg được 3"), said("@Ba Cùngg được 3", private=False)),
    ("a mention in private is text", update(text="@Ba Cùng được 3"), said("@Ba Cùng được 3")),
    (
        "another bot's",
        update(text="x") | {"message": update(text="x")["message"] | {"from": {"id": "1", "is_bot": True}}},
        None,
    ),
]


@pytest.mark.parametrize(("payload", "expected"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_updates(payload: object, expected: object) -> None:
    """Each update is one message, or nothing for us."""
    assert read(payload, names=["Ba Cùng"]) == expected


def test_each_bot_has_its_own_chats() -> None:
    """The same chat and message of two bots are not the same."""
    one, two = read(update(text="3")), read(update(text="3"), channel="zalo:2")
    assert isinstance(one, Message) and isinstance(two, Message)
    assert (one.chat.channel, two.chat.channel) == ("zalo", "zalo:2")


@pytest.mark.parametrize(
    "garbage",
    [
        {},
        {"ok": True},
        {"ok": True, "result": None},
        {"event_name": "message.text.received"},
        {"event_name": "group.joined", "message": update()["message"]},
        {"event_name": 7, "message": update()["message"]},
        update(date="today"),
        update(date=10**20),
        update(date=0),
        update(date=-(10**12)),
        update(date=253_402_300_799_999),
        update(date="9" * 5000),
        update(date=float("nan")),
        update(message_id=""),
        update(message_id=[5]),
        update(chat={"id": True}),
        update(text=3),
        [update(text="3")],
        None,
        7,
        "text",
    ],
)
def test_what_cannot_be_read_is_set_aside(garbage: object) -> None:
    """Never raising, and with what came."""
    assert isinstance(read(garbage), Unreadable)


@pytest.mark.parametrize(
    "payload",
    [
        update(text="3", date=None),
        update(text="3", chat=None),
        update(text="3", **{"from": None}),
        update(text="3") | {"event_name": "user.text"},
        update(text="3") | {"event_name": None},
        update(text=3),
    ],
)
def test_whoever_wrote_it_is_known(payload: object) -> None:
    """In private the chat tells the sender and the sender the chat: they are asked to write again."""
    unread = read(payload)
    assert isinstance(unread, Unreadable)
    assert (unread.chat, unread.sender and unread.sender.id) == (Chat("zalo", TED, private=True), TED)


@pytest.mark.parametrize(
    "payload",
    [
        update("text", "GROUP", text="3", date=None),
        update(text="3", date=None, **{"from": {"id": "1", "is_bot": True}}),
        update() | {"event_name": "group.joined"},
    ],
)
def test_nobody_waits_for_an_answer(payload: object) -> None:
    """In groups, to bots, and to what has no words."""
    unread = read(payload)
    assert isinstance(unread, Unreadable)
    assert unread.chat is None


_KEYS = ["ok", "result", "event_name", "message", "message_id", "chat", "from", "id", "chat_type", "date", "text"]
_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.just("message.text.received"),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(_KEYS), inner, max_size=6),
    max_leaves=25,
)


@given(_json)
def test_reading_never_raises(anything: object) -> None:
    """Whatever JSON it is given."""
    read(anything, names=["Ba Cùng", ""])


@pytest.mark.parametrize(
    ("status", "body", "expected"),
    [
        (200, {"ok": True, "result": {"message_id": "a"}}, Answer(200, {"message_id": "a"})),
        (200, {"ok": False, "error_code": 429, "description": "Quota"}, Answer(429, description="Quota")),
        (429, {"ok": False, "error_code": 429, "description": "Quota"}, Answer(429, description="Quota")),
        (426, {"ok": False, "errorCode": 426}, Answer(426)),
        (200, {"ok": False}, Answer(0)),
        (200, {"ok": False, "error_code": "x"}, Answer(0)),
        (200, {"event_name": "x"}, Answer(200, {"event_name": "x"})),
        (502, "<html>", Answer(502)),
        (502, ["x"], Answer(502)),
        (200, {"ok": False, "error_code": "429"}, Answer(429)),
        (500, {"ok": False}, Answer(500)),
        (401, "", Answer(401)),
        (429, "<html>", Answer(429)),
        (403, "<html>Just a moment", Answer(ELSEWHERE)),  # a check of browsers in front of Zalo
        (403, {"message": "blocked"}, Answer(ELSEWHERE)),
        (404, "", Answer(ELSEWHERE)),
        (302, "", Answer(ELSEWHERE)),
    ],
)
def test_answers(status: int, body: object, expected: Answer) -> None:
    """Errors are the same inside HTTP 200 and outside."""
    assert answer_in(status, (body if isinstance(body, str) else json.dumps(body)).encode()) == expected


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"7", b"[" * 100_000, b"\xff"])
def test_an_answer_that_is_none(body: bytes) -> None:
    """Nobody knows what came of the call."""
    with pytest.raises(Unanswered):
        answer_in(200, body)


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (Answer(200, {"message_id": "82599fa32f56d00e8941", "date": 1}), Sent("82599fa32f56d00e8941")),
        (Answer(200, None), Sent(None)),
        (Answer(400, description="text is empty"), Refused("400 text is empty")),
        (Answer(401), Denied("the token is refused")),
        (Answer(403), Gone("forbidden")),
        (Answer(404, description="Not found"), Refused("404 Not found")),
        (Answer(408), Unknown("timed out")),
        (Answer(429), Later("429", 5.0)),
        (Answer(0), Unknown("refused without a code")),  # once more: perhaps it was not the message
        (Answer(500), Unknown("server error 500")),
        (Answer(ELSEWHERE), Later("not from Zalo")),
        (Unreached("ClientConnectorError"), Later("ClientConnectorError")),
        (Unanswered("ServerDisconnectedError"), Unknown("ServerDisconnectedError")),
        (ValueError(), Unknown("ValueError")),
    ],
)
def test_judging(answer: Answer | Exception, outcome: Outcome) -> None:
    """Token, allowance, transient and bad requests told apart; what may have arrived is unknown."""
    assert judge(answer) == outcome


def test_after_too_many_it_waits_longer_and_longer() -> None:
    """Zalo does not say how long."""
    waits = [judge(Answer(429), n) for n in range(6)]
    assert waits == [Later("429", seconds) for seconds in (5, 30, 120, 600, 600, 600)]


def test_buttons_become_words_to_send_back() -> None:
    """Labels as they are; a command only where it says no more than the label. In groups only replies arrive."""
    press, command = Button("Hoàn tác", "o1:undo"), Button("Xem từng tin", "c/homnay")
    assert write(Reply("✅ 3 máy", ((press, Button("Sửa", "o1:fix")),))) == ["✅ 3 máy\n👉 Nhắn lại: Hoàn tác · Sửa"]
    assert write(Reply("Chưa rõ.", ((press,), (command,)))) == ["Chưa rõ.\n👉 Nhắn lại: Hoàn tác · Xem từng tin"]
    assert to_send_back(((Button("Xóm 4", "c/thon Xóm 4"),),)) == "👉 Nhắn lại: /thon Xóm 4"
    grouped = Reply("✅ 3 máy", ((press,),), quotes="7", in_group=True)
    assert write(grouped) == ["✅ 3 máy\n👉 Trả lời tin này: Hoàn tác"]
    answered = replace(grouped, answers=Answered("7", datetime(2023, 5, 20, 19, 30, tzinfo=UTC), "xóm 4 được 3"))
    assert write(answered) == ["“xóm 4 được 3”\n✅ 3 máy\n👉 Trả lời tin này: Hoàn tác"]
    assert write(replace(answered, quotes=None, in_group=False)) == ["✅ 3 máy\n👉 Nhắn lại: Hoàn tác"]
    assert write(Reply("Thôi nhé?", ((press,),))) == ["Thôi nhé?\n👉 Nhắn lại: Hoàn tác"]
    assert write(Reply("Chào")) == ["Chào"]
    assert write(Reply("")) == []


def test_long_lists_of_words_are_folded() -> None:
    """By their ends, where the numbers go on without a gap; few words stand as they are."""
    rows = tuple((Button(f"Sửa {n}", f"o{n}:fix"), Button(f"Xóa {n}", f"o{n}:undo")) for n in range(4, 11))
    more = (*rows, (Button("Xóa 12", "o12:undo"),), (Button("Cũ hơn", "c/homnay 2"),))
    assert to_send_back(more) == "👉 Nhắn lại: Sửa 4 … Sửa 10 · Xóa 4 … Xóa 10 · Xóa 12 · Cũ hơn"
    assert to_send_back(rows[:2]) == "👉 Nhắn lại: Sửa 4 · Xóa 4 · Sửa 5 · Xóa 5"
    assert to_send_back((tuple(Button(str(n), f"o1:{n}") for n in (4, 5, 6, 7)),)) == "👉 Nhắn lại: 4 · 5 · 6 · 7"


def test_long_texts_are_split_at_ends_of_lines() -> None:
    """Nothing is lost, and no part is longer than Zalo takes."""
    lines = [f"Xóm {n}: {n} máy, {n % 7} nhà vắng" for n in range(200)]
    parts = list(split("\n".join(lines)))
    assert len(parts) == 3
    assert "\n".join(parts) == "\n".join(lines)
    words = "một hai ba bốn " * 300
    assert " ".join(split(words)) == words.strip()
    assert [len(part) for part in split("a" * 4500)] == [2000, 2000, 500]
    assert [len(part) for part in split("👍" * 1500)] == [1000, 500]


@given(st.text(alphabet=st.sampled_from("ab \n👍ệ"), max_size=200), st.integers(2, 20))
def test_every_part_fits(text: str, most: int) -> None:
    """Whatever is split: all letters, in order, in parts that fit."""
    parts = list(split(text, most))
    assert all(0 < len(part.encode("utf-16-le")) // 2 <= most for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())
    assert TEXT_MOST == 2000
