"""The Bot API's methods on messages: sending, editing, deleting, reacting, answering a press."""

from collections.abc import Callable
from typing import Any

from tests.emulators.common.parameters import JSON, ApiError, Params, Upload, bad_request

from .entities import formatted, utf16_length
from .world import Chat, Shown, World

Method = Callable[[World, Params], Any]

LONGEST_TEXT = 4096  # UTF-16 units, the stricter way of counting
LONGEST_CAPTION = 1024
LONGEST_CALLBACK_DATA = 64  # bytes
LONGEST_ANSWER = 200
LARGEST_FILE = 50 * 2**20  # bytes
LARGEST_PHOTO = 10 * 2**20
OLDEST_DELETABLE = 48 * 3600  # seconds
_REACTIONS = (
    "👍 👎 ❤ 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤\u200d🔥 🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓",
    "🍾 💋 🖕 😈 😴 😭 🤓 👻 👨\u200d💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾",
    "🤷\u200d♂ 🤷 🤷\u200d♀ 😡",
)
REACTIONS = frozenset(emoji for row in _REACTIONS for emoji in row.split())
_ACTIONS = (
    "typing upload_photo record_video upload_video record_voice upload_voice upload_document choose_sticker",
    "find_location record_video_note upload_video_note",
)
ACTIONS = frozenset(action for row in _ACTIONS for action in row.split())


def find_chat(world: World, params: Params) -> Chat:
    """The chat that is addressed and that the bot may know of."""
    if not params.values.get("chat_id"):
        raise bad_request("chat_id is empty")
    chat = world.chats.get(params.integer("chat_id"))
    if chat is None:
        raise bad_request("chat not found")
    if chat.moved_to is not None:
        raise ApiError(
            400,
            "Bad Request: group chat was upgraded to a supergroup chat",
            {"migrate_to_chat_id": chat.now.id},
        )
    return chat


def open_chat(world: World, params: Params) -> Chat:
    """The chat that is addressed, if the bot may write there now."""
    chat = find_chat(world, params)
    if chat.bot in ("member", "administrator"):
        return chat
    if chat.kind == "private":
        blocked = chat.bot == "kicked"
        why = "bot was blocked by the user" if blocked else "bot can't initiate conversation with a user"
    else:
        why = f"{'bot was kicked from' if chat.bot == 'kicked' else 'bot is not a member of'} the {chat.kind} chat"
    raise ApiError(403, f"Forbidden: {why}")


def send_message(world: World, params: Params) -> JSON:
    chat = open_chat(world, params)
    if not chat.takes_text:
        raise bad_request("not enough rights to send text messages to the chat")
    text, entities = _checked_text(params, "text", LONGEST_TEXT)
    if not text:
        raise bad_request("message text is empty")
    return _send(world, chat, params, text=text, entities=entities).as_json()


def send_photo(world: World, params: Params) -> JSON:
    chat = open_chat(world, params)
    upload = _file(world, params, "photo", LARGEST_PHOTO)
    size: JSON = {"file_id": upload.file_id, "file_unique_id": f"u{upload.file_id}", "width": 800, "height": 600}
    return _send_file(world, chat, params, upload, {"photo": [size | {"file_size": upload.size}]})


def send_document(world: World, params: Params) -> JSON:
    chat = open_chat(world, params)
    upload = _file(world, params, "document")
    return _send_file(world, chat, params, upload, document(upload))


def document(upload: Upload) -> JSON:
    described = {"file_id": upload.file_id, "file_unique_id": f"u{upload.file_id}", "file_name": upload.name}
    return {"document": described | {"file_size": upload.size}}


def _send_file(world: World, chat: Chat, params: Params, upload: Upload, content: JSON) -> JSON:
    caption, entities = _checked_text(params, "caption", LONGEST_CAPTION)
    rest = {"text": caption, "entities": entities, "content": content, "upload": upload}
    return _send(world, chat, params, **rest).as_json()


def _send(world: World, chat: Chat, params: Params, **what: Any) -> Shown:
    markup, reply_to, topic = _markup(params), _replied(chat, params), _topic(chat, params)
    if reply_to is not None and chat.topics and reply_to.topic != topic:
        reply_to = None
    silent = params.flag("disable_notification")
    if topic is not None:
        what["content"] = {"message_thread_id": topic, "is_topic_message": True, **what.get("content", {})}
    return chat.show(world.bot, world.now(), markup=markup, reply_to=reply_to, silent=silent, **what)


def _topic(chat: Chat, params: Params) -> int | None:
    """The topic that is named, if the bot may write there."""
    topic = params.integer("message_thread_id")
    if topic and topic not in chat.topics:
        raise bad_request("message thread not found")
    if topic and not chat.topics[topic]:
        raise bad_request("TOPIC_CLOSED")
    return topic or None


def _checked_text(params: Params, name: str, longest: int) -> tuple[str, Any]:
    text, entities = formatted(params.text(name), params.text("parse_mode"))
    given = params.structure(f"{name}_entities" if name == "caption" else "entities")
    if utf16_length(text) > longest:
        raise bad_request("message is too long" if name == "text" else "message caption is too long")
    return text, given or entities


def _file(world: World, params: Params, name: str, largest: int = LARGEST_FILE) -> Upload:
    """An upload, the file behind a known file_id, or one that Telegram would fetch from an address."""
    value = params.text(name)
    upload = params.files.get(value.removeprefix("attach://")) or params.files.get(name) or world.files.get(value)
    if upload is None and value.startswith(("http://", "https://")):
        upload = Upload(f"web{len(world.files)}", value.rpartition("/")[2], 0)
    if upload is None:
        raise bad_request("wrong file identifier/HTTP URL specified" if value else f"there is no {name} in the request")
    if upload.size == 0 and name in params.files:
        raise bad_request("file must be non-empty")
    if upload.size > largest:
        raise (
            ApiError(413, "Request Entity Too Large") if largest == LARGEST_FILE else bad_request("PHOTO_INVALID_SIZE")
        )
    world.files[upload.file_id] = upload
    return upload


def _replied(chat: Chat, params: Params) -> Shown | None:
    reply = params.structure("reply_parameters")
    if isinstance(reply, dict):
        wanted, lenient = Params(reply).integer("message_id"), Params(reply).flag("allow_sending_without_reply")
    else:
        wanted, lenient = params.integer("reply_to_message_id"), params.flag("allow_sending_without_reply")
    if not wanted:
        return None
    return chat.by_id.get(wanted) if lenient else chat.find(wanted, "be replied")


def _markup(params: Params) -> JSON | None:
    markup = params.structure("reply_markup")
    if markup is None:
        return None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    for row in markup.get("inline_keyboard", ()):
        for button in row:
            _check_button(button)
    return markup


def _check_button(button: JSON) -> None:
    if not button.get("text"):
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    data = button.get("callback_data")
    if data is None and len(button) < 2:
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if data is not None and not 0 < len(str(data).encode()) <= LONGEST_CALLBACK_DATA:
        raise bad_request("BUTTON_DATA_INVALID")


def _own(world: World, params: Params) -> Shown:
    """The bot's own message that is to be edited."""
    shown = open_chat(world, params).find(params.integer("message_id"), "edit")
    if not shown.from_bot:
        raise bad_request("message can't be edited")
    return shown


def edit_message_text(world: World, params: Params) -> JSON:
    shown = _own(world, params)
    text, entities = _checked_text(params, "text", LONGEST_TEXT)
    if shown.captioned:
        raise bad_request("there is no text in the message to edit")
    if not text:
        raise bad_request("message text is empty")
    return _edit(world, shown, text, entities, _markup(params))


def edit_message_caption(world: World, params: Params) -> JSON:
    shown = _own(world, params)
    caption, entities = _checked_text(params, "caption", LONGEST_CAPTION)
    if not shown.captioned:
        raise bad_request("there is no caption in the message to edit")
    return _edit(world, shown, caption, entities, _markup(params))


def edit_message_reply_markup(world: World, params: Params) -> JSON:
    shown = _own(world, params)
    return _edit(world, shown, shown.text, shown.entities, _markup(params))


def _edit(world: World, shown: Shown, text: str, entities: Any, markup: JSON | None) -> JSON:
    """Change what the message shows; a keyboard that is not given again disappears."""
    if markup is not None and not markup.get("inline_keyboard"):
        markup = None
    same_markup = markup == (shown.markup if shown.buttons else None)
    if text == shown.text and list(entities) == list(shown.entities) and same_markup:
        raise bad_request(
            "message is not modified: specified new message content and reply markup are exactly the same "
            "as a current content and reply markup of the message"
        )
    shown.text, shown.entities, shown.markup, shown.edit_date = text, entities, markup, world.now()
    world.bell.ring()
    return shown.as_json()


def delete_message(world: World, params: Params) -> bool:
    chat = open_chat(world, params)
    shown = chat.find(params.integer("message_id"), "delete")
    allowed = shown.from_bot or chat.kind == "private" or chat.bot == "administrator"
    if not allowed or world.now() - shown.date > OLDEST_DELETABLE:
        raise bad_request("message can't be deleted")
    del chat.by_id[shown.id]
    world.bell.ring()
    return True


def set_message_reaction(world: World, params: Params) -> bool:
    shown = open_chat(world, params).find(params.integer("message_id"), "react")
    reactions = params.structure("reaction") or []
    if len(reactions) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    emoji = tuple(str(reaction.get("emoji", "")) for reaction in reactions)
    if not REACTIONS.issuperset(emoji):
        raise bad_request("REACTION_INVALID")
    shown.reactions = emoji
    world.bell.ring()
    return True


def answer_callback_query(world: World, params: Params) -> bool:
    press = world.presses.get(params.text("callback_query_id"))
    if press is None or press.answered:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    text = params.text("text")
    if utf16_length(text) > LONGEST_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    press.answered, press.answer, press.alert = True, text, params.flag("show_alert")
    world.bell.ring()
    return True


def send_chat_action(world: World, params: Params) -> bool:
    open_chat(world, params)
    if params.text("action") not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    return True
