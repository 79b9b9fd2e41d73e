"""The parts of Zalo's updates that we read: https://bot.zaloplatforms.com/docs/webhook."""

from pydantic import BaseModel, ConfigDict, Field

_LATEST = 253_402_300_799_999  # milliseconds: what a date can hold


class _Payload(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)


class User(_Payload):
    """Who wrote."""

    id: str = Field(min_length=1)
    display_name: str = ""
    is_bot: bool = False


class ChatPayload(_Payload):
    """Where: PRIVATE, where its id is the person's, or GROUP."""

    id: str = Field(min_length=1)
    chat_type: str = "PRIVATE"


class MessagePayload(_Payload):
    """A message. What is no text and has no caption is seen only as being there."""

    message_id: str = Field(min_length=1)
    date: int = Field(ge=0, le=_LATEST)  # milliseconds
    chat: ChatPayload
    sender: User = Field(alias="from")
    text: str | None = None
    caption: str | None = None


class UpdatePayload(_Payload):
    """One update."""

    event_name: str
    message: MessagePayload
