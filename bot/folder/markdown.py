"""A page of Markdown as the plain text that every chat shows, or why it cannot be shown."""

from collections.abc import Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token

_BULLET = "•"
_INDENT = "   "
_REFUSED = {
    "image": "a picture cannot be shown in a message: say it in words",
    "table_open": "a table cannot be shown in a message: make a list of it",
    "html_block": "HTML cannot be shown in a message: remove it",
    "html_inline": "HTML cannot be shown in a message: remove it",
}


class Unfit(Exception):
    """A line of the page cannot be shown: its number, and what to do."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line = line
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Block:
    """A title (level 1), a heading (2 and more), or text (0): a paragraph, a whole list."""

    level: int
    line: int
    text: str


def blocks(source: str) -> list[Block]:
    """The blocks of a page, as plain text.

    Raises:
        Unfit: a part of it cannot be shown in a message.
    """
    tokens = MarkdownIt("commonmark").enable("table").parse(source)
    found = []
    at = 0
    while at < len(tokens):
        end = _end(tokens, at)
        lines = list(_lines(tokens[at : end + 1]))
        if lines:
            level = int(tokens[at].tag[1:]) if tokens[at].type == "heading_open" else 0
            found.append(Block(level, _line(tokens[at]), "\n".join(lines)))
        at = end + 1
    return found


def _end(tokens: Sequence[Token], start: int) -> int:
    """Where the outermost block that starts here ends."""
    depth = 0
    for at in range(start, len(tokens)):
        depth += tokens[at].nesting
        if depth == 0:
            return at
    return len(tokens) - 1


def _line(token: Token) -> int:
    return token.map[0] + 1 if token.map else 1


def _lines(tokens: Sequence[Token]) -> list[str]:
    """The lines of one outermost block; items of lists have their number or a bullet."""
    lines: list[str] = []
    marks: list[str] = []  # of the lists that are open: what stands before the next line, once
    for token in tokens:
        if token.type in _REFUSED and not _is_comment(token):
            raise Unfit(_line(token), _REFUSED[token.type])
        if token.type == "list_item_open":
            marks.append(f"{token.info}{token.markup}" if token.info else _BULLET)
        elif token.type == "list_item_close":
            marks.pop()
        elif token.type in ("inline", "fence", "code_block"):
            for part in (_plain(token) if token.children else token.content).splitlines():
                lines.append(_INDENT * (len(marks) - 1) + _marked(marks, part.strip()))
    return lines


def _marked(marks: list[str], text: str) -> str:
    if not marks:
        return text
    mark, marks[-1] = marks[-1], ""
    return f"{mark} {text}" if mark else f"{_INDENT}{text}"


def _plain(token: Token) -> str:
    """Words without signs; where a link leads stands behind it, unless it says so itself."""
    said: list[str] = []
    leads: list[tuple[str, int]] = []
    for part in token.children or ():
        if part.type in _REFUSED and not _is_comment(part):
            raise Unfit(_line(token), _REFUSED[part.type])
        if part.type == "link_open":
            leads.append((str(part.attrs.get("href", "")), len(said)))
        elif part.type == "link_close":
            to, start = leads.pop()
            shown = to.removeprefix("tel:").removeprefix("mailto:")
            said += [f" ({shown})"] if shown not in "".join(said[start:]) else []
        elif part.type in ("softbreak", "hardbreak"):
            said.append("\n")
        elif part.type in ("text", "code_inline", "text_special"):
            said.append(part.content)
    return "".join(said)


def _is_comment(token: Token) -> bool:
    """A note to whoever edits the page."""
    return token.type.startswith("html") and token.content.lstrip().startswith("<!--")
