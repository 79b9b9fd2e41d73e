"""read: what messages mean, and what they do in an evening that is told beside them."""

import json
import sys
from datetime import datetime
from typing import Any

from bot.commands.errors import BadArgument
from bot.commands.evenings import evening_of, what_it_does
from bot.output import say
from handlers.language import read

_FIRST, _LAST = 2000, 2099  # what lies outside nobody can have written
_NO_MESSAGE = 'not a message; write {"text": "xóm 4 được 3", "at": "2023-05-20T20:00"}'


def readings(*, explain: bool) -> int:
    """JSON lines in, readings out, with the very parser of the bot. A line that is none is named; exit code 2."""
    bad = 0
    for number, line in enumerate(sys.stdin, 1):
        if not line.strip():
            continue
        try:
            said = _answer(line, explain=explain)
        except BadArgument as error:
            print(f"line {number}: {error}", file=sys.stderr)  # noqa: T201
            bad += 1
            continue
        say(json.dumps(said, ensure_ascii=False))
        sys.stdout.flush()
    return 2 if bad else 0


def _answer(line: str, *, explain: bool) -> dict[str, Any]:
    """What is printed for one line: the rules' reading; with an evening, what the clerk of the bot does as well."""
    try:
        asked = json.loads(line)
        text, at = asked["text"], datetime.fromisoformat(asked["at"])
        if not isinstance(text, str):
            raise TypeError
        if not _FIRST <= at.year <= _LAST:
            raise ValueError
    except (ValueError, KeyError, TypeError, RecursionError):
        raise BadArgument(_NO_MESSAGE) from None
    told = evening_of(asked["evening"]) if asked.get("evening") is not None else None
    reading = read(text, at) if told is None else read(text, at, told.names)
    answer = reading.explain(text) if explain else reading.as_json()
    return answer if told is None else answer | what_it_does(text, at, reading, told)
