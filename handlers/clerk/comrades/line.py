"""What is left of a message while its phrases are found: tokens, and one folded line of them."""

import re
from collections.abc import Sequence

from handlers.clerk.comrades.naming import MENTION, Token


class Line:
    """Tokens of a text; phrases that are found are taken out."""

    def __init__(self, text: str, tokens: Sequence[Token]) -> None:
        self.text, self.tokens = text, list(tokens)

    @property
    def plain(self) -> str:
        """The tokens as one line, a mention as `§`, `nó` as `§_`."""
        return plain_of(self.tokens)

    def has(self, pattern: re.Pattern[str]) -> bool:
        """Whether the pattern is found."""
        return pattern.search(self.plain) is not None

    def take(self, pattern: re.Pattern[str], *, leaving: bool = False) -> list[list[Token]]:
        """Takes out what matches, each time; gives the tokens that were taken. `leaving`: who it names stays."""
        taken: list[list[Token]] = []
        while (found := pattern.search(self.plain)) is not None and found[0].strip():
            first, last = span(self.plain, found)
            taken.append(self.tokens[first:last])
            self.tokens[first:last] = [one for one in taken[-1] if one.who][:1] if leaving else []
        return taken

    def cut_before(self, pattern: re.Pattern[str]) -> list[list[Token]]:
        """Takes out what matches and, where counts follow, all that stands before it: the last word holds."""
        found = pattern.search(self.plain)
        if found is None:
            return []
        first, last = span(self.plain, found)
        taken = self.tokens[first:last]
        rest = self.tokens[last:]
        keeps = not any(one.plain[:1].isdigit() for one in rest)
        self.tokens = [*self.tokens[:first], *rest] if keeps else rest
        return [taken]


def plain_of(tokens: Sequence[Token]) -> str:
    """Tokens as one line, without marks."""
    return " ".join(MENTION + ("" if one.named else "_") if one.who else one.plain for one in tokens)


def span(plain: str, found: re.Match[str]) -> tuple[int, int]:
    """From which token to which a match goes."""
    words = found[0].strip(" ")
    first = plain.count(" ", 0, found.start() + len(found[0]) - len(found[0].lstrip(" ")))
    return first, first + words.count(" ") + 1


def joined(text: str, tokens: Sequence[Token]) -> str:
    """The words of these tokens as they stand in the text."""
    out = ""
    for k, one in enumerate(tokens):
        gap = text[tokens[k - 1].end : one.start] if k else ""
        out += (gap if k and not gap.strip() else " " if k else "") + text[one.start : one.end]
    return re.sub(r"[ \t]+", " ", re.sub(r"(?:[,;]\s*)+(?=[,;.])", "", out)).strip(" ,.;:-–—()+\n")
