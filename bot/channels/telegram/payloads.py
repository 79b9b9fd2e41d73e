"""The parts of Telegram's updates that we read: https://core.telegram.org/bots/api#update."""

from pydantic import BaseModel, ConfigDict, Field

_EARLIEST, _LATEST = 946_684_800, 4_102_444_800  # 2000 and 2100: what lies outside nobody can have sent
_SECONDS = Field(ge=_EARLIEST, le=_LATEST)


class _Payload(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)


class User(_Payload):
    """Who wrote."""

    id: int
    first_name: str = ""
    last_name: str = ""
    is_bot: bool = False
    username: str = ""


class ChatPayload(_Payload):
    """Where: private, group, supergroup or channel."""

    id: int
    type: str
    title: str = ""


class Replied(_Payload):
    """The message that was replied to."""

    message_id: int
    sender: User | None = Field(None, alias="from")


class MessagePayload(_Payload):
    """A message, new or edited."""

    message_id: int
    date: int = _SECONDS
    edit_date: int | None = Field(None, ge=_EARLIEST, le=_LATEST)
    chat: ChatPayload
    message_thread_id: int | None = None
    is_topic_message: bool = False
    sender: User | None = Field(None, alias="from")
    sender_chat: ChatPayload | None = None
    is_automatic_forward: bool = False
    media_group_id: str | None = None
    text: str | None = None
    caption: str | None = None
    forward_origin: dict[str, object] | None = None
    forward_date: int | None = None
    reply_to_message: Replied | None = None
    migrate_to_chat_id: int | None = None
    migrate_from_chat_id: int | None = None
    animation: object | None = None
    audio: object | None = None
    checklist: object | None = None
    contact: object | None = None
    dice: object | None = None
    document: object | None = None
    game: object | None = None
    location: object | None = None
    paid_media: object | None = None
    photo: object | None = None
    poll: object | None = None
    sticker: object | None = None
    story: object | None = None
    venue: object | None = None
    video: object | None = None
    video_note: object | None = None
    voice: object | None = None

    @property
    def is_service(self) -> bool:
        """Whether it tells of the chat itself, in one of many ways, of which there are ever more; nobody wrote it."""
        return all(getattr(self, name) is None for name in _WRITTEN)


_WRITTEN = (
    *("text", "caption", "animation", "audio", "checklist", "contact", "dice", "document", "game", "location"),
    *("paid_media", "photo", "poll", "sticker", "story", "venue", "video", "video_note", "voice"),
)


class Meant(_Payload):
    """Who wrote, and where, of a message of which the rest cannot be read."""

    chat: ChatPayload
    sender: User = Field(alias="from")


class CallbackMessage(_Payload):
    """The message of the bot under which a button was pressed."""

    message_id: int
    chat: ChatPayload
    message_thread_id: int | None = None
    is_topic_message: bool = False


class CallbackPayload(_Payload):
    """A press."""

    id: str
    sender: User = Field(alias="from")
    message: CallbackMessage | None = None
    data: str | None = None


class MemberStatus(_Payload):
    """What the bot is in a chat."""

    status: str


class MemberPayload(_Payload):
    """The bot's standing in a chat changed."""

    chat: ChatPayload
    sender: User = Field(alias="from")
    date: int = _SECONDS
    old_chat_member: MemberStatus | None = None
    new_chat_member: MemberStatus


class UpdatePayload(_Payload):
    """One update; at most one of its parts is there."""

    update_id: int
    message: MessagePayload | None = None
    edited_message: MessagePayload | None = None
    callback_query: CallbackPayload | None = None
    my_chat_member: MemberPayload | None = None


KINDS = ("message", "edited_message", "callback_query", "my_chat_member")  # asked for in getUpdates
