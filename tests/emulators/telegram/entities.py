"""What Telegram reads out of a text: HTML tags, commands, mentions, links. Offsets are UTF-16 units."""

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass

from tests.emulators.common.parameters import JSON, ApiError, bad_request

_PLAIN_TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "code": "code",
    "pre": "pre",
}
_TAGS = {*_PLAIN_TAGS, "a", "span", "blockquote", "tg-emoji"}
_TOKEN = re.compile(
    r"""(?P<tag><(?:[^<>"']|"[^"]*"|'[^']*')*>)|(?P<sign>&(?:lt|gt|amp|quot|\#\d+|\#x[0-9a-f]+);)|<""", re.I
)
_ATTRIBUTE = re.compile(r"""([\w-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")
_FOUND = re.compile(
    r"(?P<url>\bhttps?://[^\s<>\"]+[^\s<>\".,!?)])"
    r"|(?<![\w/@])(?P<bot_command>/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?)(?![\w/])"
    r"|(?<![\w/@])(?P<mention>@[A-Za-z][A-Za-z0-9_]{3,31})\b"
    r"|(?<![\w/@#])(?P<hashtag>#\w*[^\W\d]\w*)"
)


def utf16_length(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def cut_out(text: str, entity: JSON) -> str:
    """The part of the text that an entity covers."""
    units = text.encode("utf-16-le", "surrogatepass")
    start = entity["offset"] * 2
    return units[start : start + entity["length"] * 2].decode("utf-16-le", "replace")


def found_in(text: str) -> list[JSON]:
    """Commands, mentions, links and hashtags, as Telegram marks them unasked."""
    if "/" not in text and "@" not in text and "#" not in text:
        return []
    return [
        {"type": found.lastgroup, "offset": utf16_length(text[: found.start()]), "length": utf16_length(found.group())}
        for found in _FOUND.finditer(text)
    ]


def formatted(source: str, parse_mode: str) -> tuple[str, Sequence[JSON]]:
    """A bot's text as its reader sees it, trimmed, and its entities."""
    if not parse_mode:
        text = source.strip()
        return text, found_in(text)
    if parse_mode.lower() != "html":
        raise bad_request("unsupported parse_mode")  # the real one knows Markdown too; nobody here needs it
    text, marked = _trimmed(*_parse_html(source))
    return text, marked + [e for e in found_in(text) if not any(_overlap(e, m) for m in marked)]


@dataclass(slots=True)
class _OpenTag:
    name: str
    entity: JSON | None
    at_byte: int


def _parse_html(source: str) -> tuple[str, list[JSON]]:
    parts: list[str] = []
    entities: list[JSON] = []
    open_tags: list[_OpenTag] = []
    length = position = 0
    for token in _TOKEN.finditer(source):
        parts.append(source[position : token.start()])
        length += utf16_length(parts[-1])
        position = token.end()
        if token["sign"]:
            parts.append(html.unescape(token.group()))
            length += utf16_length(parts[-1])
        elif not token["tag"]:
            raise _unparsable("Unclosed start tag", source, token.start())
        elif token.group().startswith("</"):
            _close(token, open_tags, length)
        else:
            opened = _open(token, open_tags, length)
            open_tags.append(opened)
            if opened.entity is not None:
                entities.append(opened.entity)
    parts.append(source[position:])
    if open_tags:
        raise bad_request(
            f"can't parse entities: Can't find end tag corresponding to start tag \"{open_tags[-1].name}\""
        )
    return "".join(parts), entities


def _open(token: re.Match[str], open_tags: list[_OpenTag], offset: int) -> _OpenTag:
    name, *rest = token.group()[1:-1].split(None, 1)[:2] or [""]
    name = name.lower()
    if name not in _TAGS:
        raise _unparsable(f'Unsupported start tag "{name}"', token.string, token.start())
    attributes = {key.lower(): html.unescape(a or b or c) for key, a, b, c in _ATTRIBUTE.findall(" ".join(rest))}
    entity: JSON | None = {"type": _PLAIN_TAGS.get(name, name), "offset": offset, "length": 0}
    assert entity is not None
    if name == "a":
        entity |= {"type": "text_link", "url": attributes.get("href", "")}
    elif name == "span":
        if attributes.get("class") != "tg-spoiler":
            raise _unparsable('Tag "span" must have class "tg-spoiler"', token.string, token.start())
        entity["type"] = "spoiler"
    elif name == "blockquote" and "expandable" in attributes:
        entity["type"] = "expandable_blockquote"
    elif name == "tg-emoji":
        entity |= {"type": "custom_emoji", "custom_emoji_id": attributes.get("emoji-id", "")}
    elif name == "code" and open_tags and open_tags[-1].name == "pre" and "class" in attributes:
        outer = open_tags[-1].entity
        assert outer is not None
        outer["language"] = attributes["class"].removeprefix("language-")
        entity = None
    return _OpenTag(name, entity, len(token.string[: token.start()].encode()))


def _close(token: re.Match[str], open_tags: list[_OpenTag], offset: int) -> None:
    name = token.group()[2:-1].strip().lower()
    if not open_tags:
        raise _unparsable("Unexpected end tag", token.string, token.start())
    opened = open_tags.pop()
    if name and name != opened.name:
        found = f', expected "</{opened.name}>", found "</{name}>"'
        raise _unparsable("Unmatched end tag", token.string, token.start(), found)
    if opened.entity is not None:
        opened.entity["length"] = offset - opened.entity["offset"]


def _unparsable(what: str, source: str, at: int, more: str = "") -> ApiError:
    return bad_request(f"can't parse entities: {what} at byte offset {len(source[:at].encode())}{more}")


def _trimmed(text: str, entities: list[JSON]) -> tuple[str, list[JSON]]:
    """The text without white space around it; entities moved along, empty ones dropped."""
    trimmed = text.strip()
    lead = utf16_length(text[: len(text) - len(text.lstrip())])
    end = utf16_length(trimmed)
    kept = []
    for entity in entities:
        start = max(entity["offset"] - lead, 0)
        stop = min(entity["offset"] + entity["length"] - lead, end)
        if stop > start:
            kept.append(entity | {"offset": start, "length": stop - start})
    return trimmed, sorted(kept, key=lambda e: (e["offset"], -e["length"]))


def _overlap(one: JSON, other: JSON) -> bool:
    ends = one["offset"] + one["length"], other["offset"] + other["length"]
    return bool(one["offset"] < ends[1] and other["offset"] < ends[0])
