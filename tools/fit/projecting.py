"""From what a message should mean to a tag for each of its words."""

import itertools
from collections import Counter
from collections.abc import Iterator

from handlers.language.fitted import tags
from handlers.language.fitted.composing import compose
from handlers.language.fitted.features import look
from handlers.language.fitted.tokens import Token, tokens_of
from handlers.language.reading import Kind, Outcome
from handlers.language.signs.folding import fold
from handlers.language.where_and_when.days import DAY_START, Sent
from tools.fit.corpus import Row, judged

_CLASSES = {outcome.value: {outcome.value} for outcome in Outcome}
_CLASSES["activated"] = {"activated", "done", "installed"}
_CLASSES["assisted"] = {"assisted", "carry"}
_CLASSES["revisit"] = {"revisit", "return"}
_SAME = {"phone": "id"}
_ROLES = frozenset(tags.ROLES) | {outcome.value for outcome in Outcome} | {"hamlet", "time", "date"}


class Message:
    """A row with its words."""

    def __init__(self, row: Row) -> None:
        self.row = row
        self.tokens: list[Token] = tokens_of(row.text) or []
        self.seen = look(row.text, self.tokens)
        self.shapes = self.seen.shapes
        self.sent = Sent(row.at, DAY_START)
        self.fixed = self._fixed()

    def composes(self, names: list[str]) -> bool:
        """Whether these tags make the reading that is wanted."""
        reading = compose(self.seen, names, Kind(self.row.want[0]), self.sent)
        return reading is not None and judged(reading.as_json()) == self.row.want

    def _fixed(self) -> dict[int, str] | None:
        """The tags of numbers whose roles are given; None where they are not, or cannot be found in the text."""
        if self.row.numbers is None:
            return None
        fixed: dict[int, str] = {}
        at = 0
        for said, role in self.row.numbers:
            start = self.row.text.lower().find(said.lower(), at)
            if start < 0:
                start = self.row.text.lower().find(said.lower())
                if start < 0:
                    return None
            end = start + len(said)
            at = end
            self._fix(fixed, start, end, role)
        for i, token in enumerate(self.tokens):
            if token.digits and i not in fixed:
                fixed[i] = "#other"
        return fixed

    def _fix(self, fixed: dict[int, str], start: int, end: int, role: str) -> None:
        last = -2
        for i, token in enumerate(self.tokens):
            if token.start >= end or token.end <= start or not token.may_be_number or i in fixed:
                continue
            goes_on = last == i - 1 and not token.digits
            fixed[i] = tags.GOES_ON if goes_on else "#" + _SAME.get(role, role)
            last = i


def first_guess(message: Message) -> list[str] | None:
    """Tags by rules of thumb that make the reading wanted; None where none were found."""
    if message.fixed is None and any(token.digits for token in message.tokens):
        return None
    for names in itertools.islice(_candidates(message), 160):
        if message.composes(names):
            return _saturated(message, names)
    return None


def _saturated(message: Message, names: list[str]) -> list[str]:
    """The same with every cue of what is told marked, as long as the reading stays what it should be."""
    wanted = {outcome for _, counts in message.row.want[2] for outcome, n in counts if n}
    for i, shape in enumerate(message.shapes):
        outcome = next((o for o in sorted(wanted) if shape.rstrip("^") in _CLASSES[o]), None)
        if outcome is not None and names[i] == tags.OTHER:
            names[i] = "=" + outcome
            if not message.composes(names):
                names[i] = tags.OTHER
    return names


def _candidates(message: Message) -> Iterator[list[str]]:
    base = [tags.OTHER] * len(message.tokens)
    for i, label in (message.fixed or {}).items():
        base[i] = label
    _part_sums(base)
    if message.row.want[0] not in ("report", "total", "correct"):
        _hamlets(message, base, back=frozenset())
        yield base
        return
    for days, back, rest in itertools.product(_days(message, base), (False, True), (False, True)):
        for visit in _visits(message, days):
            names = list(visit)
            hamlets = _hamlets(message, names, back=frozenset(range(99)) if back else frozenset())
            if rest and not any(name == "#household" for name in names):
                continue
            if back and not hamlets:
                continue
            if rest:
                names = [tags.REST if name == "#household" else name for name in names]
            for skip in (0, 1):
                yield _implied(message, list(names), skip)


def _part_sums(names: list[str]) -> None:
    """A sum whose parts are said beside it counts; its parts do not."""
    if "#part" in names and "#sum" in names and not any(name in tags.OUTCOMES for name in names):
        names[names.index("#sum")] = "#activated"


def _hamlets(message: Message, names: list[str], back: frozenset[int]) -> int:
    """Marks each hamlet; those of `back` hold for what stands before them."""
    tokens, shapes, found, i = message.tokens, message.shapes, 0, 0
    _hamlet_rows(message, names)
    wanted = sorted((name for name, _ in message.row.want[2] if name), key=len, reverse=True)
    while i < len(tokens):
        if shapes[i].rstrip("^") != "type":
            i += 1
            continue
        start = i
        i += 1
        while i < len(tokens) and (shapes[i].startswith("I-type") or tokens[i].plain in ("so", ":", "]")):
            i += 1
        end = _name_end(message, names, i, wanted)
        if end == i:
            continue
        for k in range(start, i):
            names[k] = tags.HAMLET_BACK if found in back else tags.HAMLET_TYPE
        numbered = tokens[i].may_be_number and not (tokens[i].capital and not tokens[i].digits)
        for k in range(i, end):
            names[k] = tags.HAMLET_WORD
        if numbered:
            names[i] = tags.HAMLET_NUMBER
        for k in range(i, end):
            if tokens[k].digits:
                names[k] = tags.HAMLET_NUMBER if k == i else tags.GOES_ON
            elif k > i and numbered and tokens[k].may_be_number:
                names[k] = tags.GOES_ON
        found += 1
        i = end
    return found


def _hamlet_rows(message: Message, names: list[str]) -> None:
    """Marks the hamlets that stand in a column of their own."""
    tokens, heads = message.tokens, message.seen.heads
    for i, head in enumerate(heads):
        if head == "type" and not tokens[i].digits and (not i or heads[i - 1] != "type" or tokens[i - 1].plain == "\n"):
            end = _name_end(message, names, i, sorted(name for name, _ in message.row.want[2] if name))
            if end > i and names[i] == tags.OTHER:
                names[i] = tags.HAMLET_ROW
                names[i + 1 : end] = [tags.HAMLET_WORD] * (end - i - 1)


def _name_end(message: Message, names: list[str], i: int, wanted: list[str]) -> int:
    tokens = message.tokens
    for name in wanted:
        for end in range(min(len(tokens), i + 5), i, -1):
            said = fold(message.row.text[tokens[i].start : tokens[end - 1].end])
            if said == name:
                return end
    if i < len(tokens) and names[i] == "#hamlet":
        end = i + 1
        while end < len(tokens) and names[end] == tags.GOES_ON:
            end += 1
        return end
    end = i
    while end < len(tokens) and end - i < 3 and tokens[end].capital and tokens[end].plain.isalpha():
        end += 1
    return end


def _days(message: Message, base: list[str]) -> Iterator[list[str]]:
    """Tags with the words of the work day marked."""
    past = [i for i, s in enumerate(message.shapes) if s.rstrip("^") in ("past", "I-past")]
    today = [i for i, s in enumerate(message.shapes) if s.rstrip("^") in ("today", "I-today")]
    dates = [i for i, name in enumerate(base) if name == "#date"]
    plain = [("#day" if name == "#date" else name) for name in base]
    choices = [past, dates, today, []] if message.row.want[1] else [past, dates, []]
    for chosen in choices:
        names = list(plain)
        for i in chosen:
            names[i] = tags.WORK_DATE if base[i] == "#date" else tags.WORK_DAY
        if chosen or chosen is choices[-1]:
            yield names


def _visits(message: Message, base: list[str]) -> Iterator[list[str]]:
    """Tags with the words of a promised visit's time marked."""
    if message.row.want[3] is None:
        yield base
        return
    free = (tags.OTHER, "#time", "#day", tags.GOES_ON)
    kinds = {"future", "I-future", "part", "I-part", "clock", "I-clock", "today", "I-today"}
    all_words = [i for i, s in enumerate(message.shapes) if s.rstrip("^") in kinds and base[i] in free]
    numbers = [i for i, name in enumerate(base) if name in ("#time", "#day")]
    numbers += [i for i, name in enumerate(base) if name == "#+" and i and base[i - 1] in ("#time", "#day")]
    cues = [i for i, s in enumerate(message.shapes) if s.rstrip("^") in ("revisit", "return")]
    near = [i for i in all_words + numbers if any(abs(i - c) <= 6 for c in cues)]
    after = [i for i in all_words + numbers if any(i > c for c in cues)]
    before = [i for i in all_words + numbers if any(i < c for c in cues)]
    future = [i for i in all_words if message.shapes[i].rstrip("^") in ("future", "I-future")]
    for chosen in (all_words + numbers, near, after, before, numbers, numbers + future, future, all_words, after[:3]):
        names = list(base)
        for i in chosen:
            names[i] = {"#time": tags.VISIT_CLOCK, "#day": tags.VISIT_DATE, "#+": "#+"}.get(base[i], tags.VISIT_TIME)
            if names[i] == tags.VISIT_TIME and message.tokens[i].digits:
                names[i] = tags.VISIT_CLOCK
        yield names


def _implied(message: Message, names: list[str], skip: int) -> list[str]:
    """Marks the cues that count by themselves, so that each outcome has what is wanted of it."""
    wanted = Counter[str]()
    for _, counts in message.row.want[2]:
        wanted.update(dict(counts))
    said = Counter[str]()
    sent_reading = compose(message.seen, [*names], Kind.REPORT, message.sent)
    if sent_reading is not None:
        said.update({outcome.value: n for outcome, n in sent_reading.counts.items()})
    for outcome in sorted(wanted, key=lambda o: (o == "activated", o)):
        if wanted[outcome] == 0:
            _none(message, names)
        elif 0 < wanted[outcome] - said[outcome] <= 8 and not (tags.REST in names and outcome == "activated"):
            _mark(message, names, outcome, wanted[outcome], skip)
    return names


def _none(message: Message, names: list[str]) -> None:
    for i in range(len(message.shapes)):
        if message.tokens[i].plain in ("khong", "chua", "chang", "hong", "no") and names[i] == tags.OTHER:
            names[i] = tags.NONE
            return
    for i in _unknown(message, names)[:1]:
        names[i] = tags.NONE


def _mark(message: Message, names: list[str], outcome: str, wanted: int, skip: int) -> None:
    """Marks cue after cue, as long as they do not count more than is wanted; then persons beside them."""
    tag = "=" + outcome
    cues = [i for i, s in enumerate(message.shapes) if s.rstrip("^") in _CLASSES[outcome] and names[i] == tags.OTHER]
    apart = [i for i in cues if not _has_number(message, names, i, outcome)]
    cues = (apart or cues)[skip:] or cues
    for i in cues:
        _try(message, names, i, tag, wanted, outcome)
    if _said(message, names, outcome) < wanted and tag not in names:
        for i in _unknown(message, names):
            if _try(message, names, i, tag, wanted, outcome):
                break
    anchors = [i for i, name in enumerate(names) if name in (tag, "#" + outcome)]
    if not anchors:
        return
    persons = [p.first for p in message.seen.persons]
    others = ("couple", "person", "title", "family", "each")
    persons += [i for i, s in enumerate(message.shapes) if s.rstrip("^") in others]
    persons.sort(key=lambda i: min(abs(i - anchor) for anchor in anchors))
    for i in persons:
        if names[i] == tags.OTHER and _said(message, names, outcome) < wanted:
            nearest = min(anchors, key=lambda anchor: abs(i - anchor))
            _try(message, names, i, tags.MORE_NEXT if i < nearest else tags.MORE_LAST, wanted, outcome)


def _try(message: Message, names: list[str], i: int, tag: str, wanted: int, outcome: str) -> bool:
    """Sets a tag, unless more would be counted by it than is wanted."""
    before, old = _said(message, names, outcome), names[i]
    names[i] = tag
    if before < _said(message, names, outcome) <= wanted:
        return True
    names[i] = old
    return False


def _said(message: Message, names: list[str], outcome: str) -> int:
    reading = compose(message.seen, names, Kind.REPORT, message.sent)
    return reading.counts.get(Outcome(outcome), 0) if reading is not None else 0


def _unknown(message: Message, names: list[str]) -> list[int]:
    """Words that may be a cue which is in no table, likeliest first."""
    free = [i for i, s in enumerate(message.shapes) if names[i] == tags.OTHER and message.tokens[i].plain.isalpha()]
    quiet = ("P", "P+", "P2", "title", "type")
    return sorted(free, key=lambda i: (message.shapes[i] in quiet, message.shapes[i] not in ("w", "neg", "left")))


def _has_number(message: Message, names: list[str], i: int, outcome: str) -> bool:
    """Whether a number of that outcome stands in the cue's clause."""
    start, end = i, i
    while start > 0 and message.tokens[start - 1].plain not in ",;.\n":
        start -= 1
    while end < len(names) and message.tokens[end].plain not in ",;.\n":
        end += 1
    return f"#{outcome}" in names[start:end]
