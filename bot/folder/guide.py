"""What a campaign teaches, in its folder `guide/`: a Markdown file for each page, and the questions of the check.

A folder without `guide/` has the pages and questions of the example.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bot.folder.rows import clean
from handlers.language.signs.folding import fold
from storage.campaign.checks import Question
from storage.campaign.guide import Page
from storage.campaign.plan import CampaignError, Teaching

FOLDER, CHECK = "guide", "quiz.toml"
SHIPPED = Path(__file__).parents[2] / "examples" / "soc-son" / FOLDER
MOST_TITLE = 40  # characters of a title, so that it fits a button
MOST_TEXT = 1500  # of a page: with its title and what may be done next it is one message everywhere
MOST_PAGES = 40
LEAST_QUESTIONS, MOST_QUESTIONS = 5, 30
MOST_ASK, MOST_ANSWER, MOST_ANSWERS = 300, 120, 4
_LETTERS = "ABCD"
_WORDS = "tu khoa:"  # before what a page is also found by, in the line under its title
_README = "readme.md"
_KEYS = ("ask", "answers", "right", "why")


def files(folder: Path) -> list[Path]:
    """The files that are read: pages in the order of their names, and the questions."""
    place = _place(folder)
    pages = [file for file in place.glob("*.md") if file.is_file() and file.name.lower() != _README]
    check = place / CHECK
    return sorted(pages) + ([check] if check.is_file() else [])


def _place(folder: Path) -> Path:
    own = folder / FOLDER
    return own if own.is_dir() else SHIPPED


def read(folder: Path, lines: list[str]) -> Teaching:
    """What the folder teaches; `lines` get whatever is wrong in it."""
    pages: list[Page] = []
    questions: list[Question] = []
    found: dict[str, str] = {}  # names and titles, each with its file
    for file in files(folder):
        try:
            if file.name == CHECK:
                questions = _questions(_source(file))
            else:
                page = _page(file)
                _refuse_twice(page, file, found)
                pages.append(page)
        except CampaignError as error:
            lines += error.lines
    if len(pages) > MOST_PAGES:
        lines.append(f"{FOLDER}: has {len(pages)} pages, and {MOST_PAGES} fit a list: put some together")
    return Teaching(tuple(pages), tuple(questions), shipped=_place(folder) == SHIPPED)


def _wrong(file: str, reason: str, line: int | None = None) -> CampaignError:
    return CampaignError([f"{FOLDER}/{file}{f':{line}' if line else ''}: {reason}"])


def _source(file: Path) -> str:
    """The text of a file, composed. Raises CampaignError where it cannot be read."""
    try:
        data = file.read_bytes()
        return unicodedata.normalize("NFC", data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _wrong(file.name, "is not UTF-8: save the file as UTF-8", line) from None
    except OSError:
        raise _wrong(file.name, "cannot be read: check its permissions") from None


# Pages


def _page(file: Path) -> Page:
    from bot.folder import markdown  # noqa: PLC0415 - each start of the bot pays for what this file imports

    try:
        blocks = markdown.blocks(_source(file))
    except markdown.Unfit as unfit:
        raise _wrong(file.name, unfit.reason, unfit.line) from None
    if not blocks or blocks[0].level != 1:
        raise _wrong(file.name, "has no title: let its first line be one, such as '# Mã OTP không về'", 1)
    title, rest = clean(blocks[0].text), blocks[1:]
    if second := next((block for block in rest if block.level == 1), None):
        raise _wrong(file.name, "is a second title: begin it with ##, or make a page of its own", second.line)
    if len(title) > MOST_TITLE:
        raise _wrong(file.name, f"the title has {len(title)} characters: at most {MOST_TITLE} fit a button", 1)
    words: tuple[str, ...] = ()
    if rest and fold(rest[0].text).startswith(_WORDS):
        words = tuple(filter(None, (clean(word) for word in rest[0].text.partition(":")[2].split(";"))))
        rest = rest[1:]
    text = "\n\n".join(block.text for block in rest)
    if not text:
        raise _wrong(file.name, "has nothing under its title: write something there, or remove the file")
    if len(text) > MOST_TEXT:
        raise _wrong(file.name, f"has {len(text)} characters: {MOST_TEXT} fit a message: make two pages of it")
    return Page(_name(file), title, words, text)


def _name(file: Path) -> str:
    """What commands call a page: its file's name without the number that orders it, `04-ma-otp.md` → `ma-otp`."""
    name = "-".join(re.findall(r"[a-z0-9]+", re.sub(r"^[0-9]+[-_. ]*", "", fold(file.stem))))
    if not name:
        raise _wrong(file.name, "its name has no letters: call it something like 04-ma-otp.md")
    return name


def _refuse_twice(page: Page, file: Path, found: dict[str, str]) -> None:
    for what, key in (("name", page.name), ("title", fold(page.title))):
        other = found.setdefault(f"{what} {key}", file.name)
        if other != file.name:
            raise _wrong(file.name, f"has the {what} of {other}: give it another one")


# Questions


def _questions(source: str) -> list[Question]:
    try:
        table = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        at = re.search(r" \(at line (\d+), column \d+\)", str(error))
        reason = f"is not TOML: {str(error).split(' (at')[0]}: correct this line"
        raise _wrong(CHECK, reason, int(at[1]) if at else None) from None
    asked = table.get("questions")
    if not isinstance(asked, list) or set(table) != {"questions"}:
        raise _wrong(CHECK, "holds [[questions]] and nothing else: see the example's")
    if not LEAST_QUESTIONS <= len(asked) <= MOST_QUESTIONS:
        raise _wrong(CHECK, f"has {len(asked)} questions: write {LEAST_QUESTIONS} to {MOST_QUESTIONS}")
    lines = [f"{FOLDER}/{CHECK}: question {n}: {fault}" for n, one in enumerate(asked, 1) for fault in _faults(one)]
    if lines:
        raise CampaignError(lines)
    questions = [_question(one) for one in asked]
    for n, question in enumerate(questions, 1):
        if (first := questions.index(question) + 1) != n:
            raise _wrong(CHECK, f"question {n}: is question {first} already: keep one of them")
    return questions


def _faults(one: Any) -> Iterator[str]:
    """What is wrong in a question."""
    if not isinstance(one, dict) or set(one) != set(_KEYS):
        yield f"needs {', '.join(_KEYS)}, and nothing else"
        return
    for key in ("ask", "why"):
        if not (isinstance(one[key], str) and 0 < len(one[key].strip()) <= MOST_ASK):
            yield f"{key} must be a text of at most {MOST_ASK} characters"
    answers = one["answers"]
    if not (isinstance(answers, list) and 2 <= len(answers) <= MOST_ANSWERS and all(map(_is_answer, answers))):
        yield f"answers must be 2 to {MOST_ANSWERS} texts of at most {MOST_ANSWER} characters"
    elif one["right"] not in list(_LETTERS[: len(answers)]):
        yield f'right must be the letter of the right answer, from "A" to "{_LETTERS[len(answers) - 1]}"'


def _is_answer(answer: Any) -> bool:
    return isinstance(answer, str) and 0 < len(answer.strip()) <= MOST_ANSWER


def _question(one: dict[str, Any]) -> Question:
    return Question(
        clean(one["ask"]), tuple(map(clean, one["answers"])), _LETTERS.index(one["right"]), clean(one["why"])
    )
