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
    sender: User | None = Field(None, alias="from")
    text: str | None = None
    caption: str | None = None
    forward_origin: dict[str, object] | None = None
    forward_date: int | None = None
    reply_to_message: Replied | None = None
    migrate_to_chat_id: int | None = None
    migrate_from_chat_id: int | None = None
    via_bot: User | None = None
    new_chat_members: list[object] | None = None
    left_chat_member: object | None = None
    new_chat_title: str | None = None
    new_chat_photo: object | None = None
    delete_chat_photo: object | None = None
    group_chat_created: object | None = None
    supergroup_chat_created: object | None = None
    pinned_message: object | None = None

    @property
    def is_service(self) -> bool:
        """Whether it tells of the chat itself; nobody wrote it."""
        return any(
            part is not None
            for part in (
                self.new_chat_members,
                self.left_chat_member,
                self.new_chat_title,
                self.new_chat_photo,
                self.delete_chat_photo,
                self.group_chat_created,
                self.supergroup_chat_created,
                self.pinned_message,
            )
        )


class CallbackMessage(_Payload):
    """The message of the bot under which a button was pressed."""

    message_id: int
    chat: ChatPayload


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
    new_chat_member: MemberStatus


class UpdatePayload(_Payload):
    """One update; at most one of its parts is there."""

    update_id: int
    message: MessagePayload | None = None
    edited_message: MessagePayload | None = None
    callback_query: CallbackPayload | None = None
    my_chat_member: MemberPayload | None = None


KINDS = ("message", "edited_message", "callback_query", "my_chat_member")  # asked for in getUpdates
