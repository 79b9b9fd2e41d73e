"""What a browser may send, as docs/webchat.md says."""

import json
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter

DAY = 24 * 3600 * 1000  # milliseconds
_BIG = 1 << 53


def _whole_characters(value: object) -> object:
    """Half a character, which JSON can say and no database takes, becomes the sign for what cannot be read."""
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\0", "")
    return value


def _age(value: object) -> object:
    """A clock that went wrong is no reason to lose a message: anything odd is taken as just now, or as a day ago."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not value > 0:
        return 0
    return int(min(value, DAY))


Text = Annotated[str, BeforeValidator(_whole_characters)]
Age = Annotated[int, BeforeValidator(_age)]
Uuid = Annotated[str, Field(pattern=r"^[0-9A-Za-z-]{8,64}$")]
Id = Annotated[int, Field(ge=0, lt=_BIG, strict=True)]


class _Frame(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Hello(_Frame):
    """The first frame. `since`: the newest change that the browser has, `epoch`: of which life of the database."""

    t: Literal["hello"]
    since: Id | None = None
    epoch: Annotated[Text, Field(max_length=64)] | None = None


class Say(_Frame):
    """A message typed `age` milliseconds ago."""

    t: Literal["say"]
    id: Uuid
    room: Id
    text: Text
    age: Age = 0
    reply: Id | None = None


class Edit(_Frame):
    """An own message now reads so. `of`: its UUID, which says better than its number which one is meant."""

    t: Literal["edit"]
    id: Uuid
    message: Id
    of: Uuid | None = None
    text: Text
    age: Age = 0


class Press(_Frame):
    """A button was pressed."""

    t: Literal["press"]
    id: Uuid
    message: Id
    data: Annotated[Text, Field(max_length=200)]
    age: Age = 0


class Read(_Frame):
    """Seen so far."""

    t: Literal["read"]
    room: Id
    upto: Id


class Sight(_Frame):
    """Somebody looks at the page, or no more."""

    t: Literal["sight"]
    on: bool


class History(_Frame):
    """What stands before a message is wanted."""

    t: Literal["history"]
    room: Id
    before: Id


class Devices(_Frame):
    """The person's devices are wanted."""

    t: Literal["devices"]


class End(_Frame):
    """A device is ended."""

    t: Literal["end"]
    device: Id


class Leave(_Frame):
    """This device is ended."""

    t: Literal["leave"]


Done = Say | Edit | Press
Frame = Hello | Done | Read | Sight | History | Devices | End | Leave
_frames: TypeAdapter[Any] = TypeAdapter(Annotated[Frame, Field(discriminator="t")])


def read(text: str) -> Frame:
    """The frame of a JSON text.

    Raises:
        ValueError, RecursionError: it is none.
    """
    # Not validate_json, which refuses a text with half a character.
    frame: Frame = _frames.validate_python(json.loads(text))
    return frame
