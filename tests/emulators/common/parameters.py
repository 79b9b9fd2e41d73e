"""What a bot put into one call of the Bot API, and the error that answers a bad one."""

import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web
from aiohttp.multipart import BodyPartReader

JSON = dict[str, Any]


class ApiError(Exception):
    """An answer `{"ok": false, …}`: HTTP status and `error_code`, description, and perhaps parameters."""

    def __init__(self, code: int, description: str, parameters: JSON | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


def bad_request(what: str) -> ApiError:
    return ApiError(400, f"Bad Request: {what}")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that a bot or a person sent; `data` is empty where the emulator was told to keep sizes only."""

    file_id: str
    name: str
    size: int
    data: bytes = b""


@dataclass(slots=True)
class Params:
    """One call's parameters, whichever way they came; values are strings, or typed where the body was JSON."""

    values: JSON
    files: dict[str, Upload] = field(default_factory=dict)

    def text(self, name: str) -> str:
        value = self.values.get(name, "")
        return value if isinstance(value, str) else json.dumps(value)

    def integer(self, name: str, default: int = 0) -> int:
        try:
            return int(self.values[name])
        except (KeyError, TypeError, ValueError):
            return default

    def flag(self, name: str) -> bool:
        value = self.values.get(name)
        return value is True or value == 1 or (isinstance(value, str) and value.lower() in ("true", "1", "yes"))

    def structure(self, name: str) -> Any:
        """The value of a JSON-serialized parameter, None where absent or empty."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise bad_request(f"can't parse {name.replace('_', ' ')} JSON object") from None


async def read(request: web.BaseRequest, query: str, file_id: str, keep_data: bool) -> Params:
    """The parameters from query string and body; uploads get ids that begin with `file_id`."""
    values: JSON = dict(parse_qsl(query, keep_blank_values=True)) if query else {}
    if not request.body_exists:
        return Params(values)
    kind = request.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if kind == "multipart/form-data":
        return await _read_multipart(request, Params(values), file_id, keep_data)
    body = await request.read()
    if kind == "application/json":
        values.update(_json_object(body))
    elif kind == "application/x-www-form-urlencoded":
        values.update(parse_qsl(body.decode(errors="replace"), keep_blank_values=True))
    return Params(values)


def _json_object(body: bytes) -> JSON:
    try:
        value = json.loads(body or b"{}")
    except ValueError:
        raise bad_request("can't parse request JSON object") from None
    if not isinstance(value, dict):
        raise bad_request("request JSON must be an object")
    return value


async def _read_multipart(request: web.BaseRequest, params: Params, file_id: str, keep_data: bool) -> Params:
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader) or not part.name:
            continue
        data = bytes(await part.read(decode=True))
        if part.filename is None:
            params.values[part.name] = data.decode(errors="replace")
            continue
        upload = Upload(f"{file_id}{len(params.files)}", part.filename, len(data), data if keep_data else b"")
        params.files[part.name] = upload
        params.values.setdefault(part.name, {"file_name": upload.name, "size": upload.size})
    return params
