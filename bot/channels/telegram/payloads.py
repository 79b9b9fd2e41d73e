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
    """A message, new or edited. Of what there is besides, only the names count."""

    model_config = ConfigDict(extra="allow")

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

    @property
    def is_service(self) -> bool:
        """Whether it tells of the chat itself, which nobody wrote.

        What a person sends in private is answered, also what is new and has no words; in a group whatever is not known
        as written may be of the many ways to tell of a group.
        """
        names = {name for name, value in (self.model_extra or {}).items() if value is not None}
        if self.text is not None or self.caption is not None or names & _WRITTEN:
            return False
        return self.chat.type != "private" or any(name in _SERVICE or name.startswith(_OF_MANY) for name in names)


_WRITTEN = frozenset(
    (  # noqa: SIM905 - reads better
        "animation audio checklist contact dice document game live_photo location paid_media photo poll sticker story "
        "venue video video_note voice"
    ).split()
)
_SERVICE = frozenset(
    (  # noqa: SIM905 - reads better
        "boost_added channel_chat_created chat_background_set chat_owner_changed chat_owner_left chat_shared "
        "checklist_tasks_added checklist_tasks_done connected_website delete_chat_photo direct_message_price_changed "
        "general_forum_topic_hidden general_forum_topic_unhidden gift gift_upgrade_sent group_chat_created "
        "left_chat_member managed_bot_created message_auto_delete_timer_changed new_chat_members new_chat_photo "
        "new_chat_title paid_message_price_changed passport_data pinned_message poll_option_added poll_option_deleted "
        "proximity_alert_triggered refunded_payment successful_payment supergroup_chat_created unique_gift "
        "user_shared users_shared web_app_data write_access_allowed"
    ).split()
)
_OF_MANY = ("forum_topic_", "giveaway_c", "suggested_post_", "video_chat_", "voice_chat_")


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
