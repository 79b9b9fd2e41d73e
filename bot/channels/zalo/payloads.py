"""The parts of Zalo's updates that we read: https://bot.zaloplatforms.com/docs/webhook."""

from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

_EARLIEST, _LATEST = 946_684_800_000, 4_102_444_800_000  # 2000 and 2100: what lies outside nobody can have sent
_SECONDS_MOST = 100_000_000_000  # as milliseconds this would be 1973


def _milliseconds(value: object) -> object:
    """A date as it is documented, or in seconds, or in a string."""
    if isinstance(value, str) and value.isascii() and value.isdigit():
        value = int(value[:20])
    if isinstance(value, int | float) and abs(value) < _LATEST:
        return round(value * 1000 if value < _SECONDS_MOST else value)
    return value


class _Payload(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)

    @model_validator(mode="before")
    @classmethod
    def _without_nulls(cls, fields: object) -> object:
        """What is null is not there."""
        if not isinstance(fields, dict):
            return fields
        return {key: value for key, value in fields.items() if value is not None}


def _digits(value: object) -> object:
    """An id as it is documented, or as a number."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


Id = Annotated[str, BeforeValidator(_digits), Field(min_length=1)]


class User(_Payload):
    """Who wrote."""

    id: Id
    display_name: str = ""
    is_bot: bool = False


class ChatPayload(_Payload):
    """Where: PRIVATE, where its id is the person's, or GROUP."""

    id: Id
    chat_type: str = "PRIVATE"


class Meant(_Payload):
    """Who wrote, or where, of a message of which the rest cannot be read: in private each tells the other."""

    chat: ChatPayload | None = None
    sender: User | None = Field(None, alias="from")


class MessagePayload(_Payload):
    """A message. What is no text and has no caption is seen only as being there."""

    message_id: Id
    date: Annotated[int, BeforeValidator(_milliseconds), Field(ge=_EARLIEST, le=_LATEST)]
    chat: ChatPayload
    sender: User = Field(alias="from")
    text: str | None = None
    caption: str | None = None


class UpdatePayload(_Payload):
    """One update."""

    event_name: str
    message: MessagePayload
