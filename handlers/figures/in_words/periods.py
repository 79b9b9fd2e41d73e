"""Which days are meant: words of the table as days, and dates, weekdays, spans and phases that are made of numbers."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from handlers.figures.in_words.meaning import Part, Period, PhaseDays, Span
from handlers.figures.in_words.tokens import Token, marks_of, tokens_of
from handlers.language import fold
from handlers.language.where_and_when.days import dated

ONE_DAY = timedelta(days=1)
_WEEK = 7
_DATE = re.compile(r"([0-9]{1,2})[/.\-]([0-9]{1,2})(?:[/.\-]([0-9]{2,4}))?")
_WEEKDAYS = {
    **{"hai": 0, "2": 0, "ba": 1, "3": 1, "tu": 2, "4": 2, "nam": 3, "5": 3, "sau": 4, "6": 4, "bay": 5, "7": 5},
    **{"t2": 0, "t3": 1, "t4": 2, "t5": 3, "t6": 4, "t7": 5, "cn": 6},
}
_NUMBERS = {"mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10}
_AFTER = frozenset({"sau", "nam"})
_UNTIL = (
    *(("tinh", "den", "het"), ("cho", "den", "het"), ("den", "het"), ("toi", "het"), ("tinh", "den"), ("tinh", "toi")),
    *(("cho", "den"), ("den",), ("toi",)),
)
_BACK = (("vua", "roi"), ("vua", "qua"), ("qua",), ("gan", "day"), ("nay",), ("gan", "nhat"), ("truoc",), ("lien",))
_MIDNIGHT = (("12h", "dem"), ("12", "gio"), ("12h",), ("0h",), ("00h",), ("nua", "dem"), ("12", "h"))
_BEFORE_A_DAY, _MOST_BEFORE = frozenset({"ngay", "hom", "mung", "mong", "trong"}), 3  # `hôm mùng 5`
_OF_A_PHASE = frozenset({"ca", "trong", "toan", "cua", "tu"})
_WITHIN_A_PHASE = _OF_A_PHASE | {"dau", "bo", "het", "suot"}
_REACHES = frozenset({"du", "dat", "duoc", "len", "toi", "cham", "moc"})  # before a number that is to be reached
_WEEKEND = (
    *(("cuoi", "tuan"), ("t7", "cn"), ("thu", "7", "chu", "nhat"), ("thu", "bay", "chu", "nhat")),
    ("t7", "va", "cn"),
)
_GONE = (
    ("vua", "roi"),
    ("vua", "qua"),
    ("qua",),
    ("roi",),
    ("truoc",),
    ("tuan", "truoc"),
    ("tuan", "roi"),
    ("tuan", "qua"),
)
_NIGHT = marks_of("tối")
_OF_A_DAY = frozenset({"toi", "dem", "chieu", "trua", "sang", "khuya"})
_ADDED = frozenset({"cong", "va", "voi"})
_TO = frozenset({"den", "toi", "-", "dan"})
# What words of days are where they have marks: `tôi` is no `tới`, and `Thu` amid marks no `thứ`.
_WITH_MARKS = {
    marks_of(word)
    for word in (
        *("hai", "tư", "từ", "năm", "sáu", "sau", "bảy", "bẩy", "một", "bốn", "tám", "chín", "mười", "mùng", "mồng"),
        *("tính", "đến", "hết", "tới", "tối", "cho", "vừa", "rồi", "qua", "gần", "đây", "nay", "này", "nhất", "trước"),
        *("liền", "đêm", "giờ", "nửa", "ngày", "hôm", "bữa", "trong", "cuối", "tuần", "thứ", "chủ", "nhật", "và"),
        *("tháng", "sáng", "chiều", "khuya", "kia", "cả", "toàn", "của", "vòng", "đợt", "dần", "cộng", "gộp", "với"),
    )
}


def from_table(value: str, today: date, phases: Sequence[PhaseDays]) -> Period | None:
    """The days of a row of the table: `0`, `-1:morning`, `week:last`; None: everything up to now, or there are none."""
    kind, _, which = value.partition(":")
    if kind.lstrip("-").isdigit():
        day = today + int(kind) * ONE_DAY
        return Period(Span.DAY, day, day, part=Part(which) if which else None)
    if kind == "week":
        return _week(today, {"": 0, "last": -1, "next": 1}[which])
    if kind == "month":
        return _month(today, last=which == "last")
    if kind == "end":
        day = _week(today, 0).first + (_WEEK - 1) * ONE_DAY
        if which == "month":
            day = (today.replace(day=1) + 31 * ONE_DAY).replace(day=1) - ONE_DAY
        return Period(Span.UNTIL, day, day)
    if kind == "days":
        return _days(today, int(which))
    return _phase_now(today, phases, last=which == "last") if kind == "phase" else None


def _week(today: date, weeks: int) -> Period:
    """Monday to Sunday; of this one up to today."""
    monday = today - today.weekday() * ONE_DAY + weeks * _WEEK * ONE_DAY
    sunday = monday + (_WEEK - 1) * ONE_DAY
    return Period(Span.WEEK, monday, min(sunday, today) if not weeks else sunday)


def _month(today: date, *, last: bool) -> Period:
    first = today.replace(day=1)
    if not last:
        return Period(Span.MONTH, first, today)
    return Period(Span.MONTH, (first - ONE_DAY).replace(day=1), first - ONE_DAY)


def _days(today: date, n: int) -> Period:
    return Period(Span.DAYS if n > 1 else Span.DAY, today - (n - 1) * ONE_DAY, today)


def phase_on(today: date, phases: Sequence[PhaseDays]) -> PhaseDays | None:
    """The phase of a day, or between two the one that ended."""
    begun = [phase for phase in phases if phase.first <= today]
    return begun[-1] if begun else None


def _phase_now(today: date, phases: Sequence[PhaseDays], *, last: bool) -> Period | None:
    begun = [phase for phase in phases if phase.first <= today]
    place = len(begun) - (2 if last else 1)
    return of_phase(begun[place], today) if begun and place >= 0 else None


def of_phase(phase: PhaseDays, today: date) -> Period:
    """A phase's days up to today; all of one that is to come."""
    last = phase.last if phase.first > today else min(phase.last, today)
    return Period(Span.PHASE, phase.first, last, phase.name)


def same_before(period: Period, today: date, phases: Sequence[PhaseDays]) -> Period | None:
    """The period of the same kind just before one."""
    if period.span is Span.WEEK:
        first = period.first - _WEEK * ONE_DAY
        return Period(Span.WEEK, first, first + (_WEEK - 1) * ONE_DAY)
    if period.span is Span.MONTH:
        return _month(period.first, last=True)
    if period.span is Span.PHASE:
        earlier = [phase for phase in phases if phase.first < period.first]
        return of_phase(earlier[-1], today) if earlier else None
    length = (period.last - period.first) + ONE_DAY
    return replace(period, first=period.first - length, last=period.last - length, part=None)


def same_now(period: Period, today: date, phases: Sequence[PhaseDays]) -> Period | None:
    """The period of the same kind in which today is."""
    if period.span is Span.WEEK:
        return _week(today, 0)
    if period.span is Span.MONTH:
        return _month(today, last=False)
    if period.span is Span.PHASE:
        return _phase_now(today, phases, last=False)
    if period.span is Span.DAYS:
        return _days(today, (period.last - period.first).days + 1)
    return _days(today, 1)


# What is made of numbers


def as_said(tokens: Sequence[Token]) -> list[Token]:
    """The words, those that have marks of no word of days as they were typed, so that they are none."""
    known = (one.bare or one.marked in _WITH_MARKS or not one.plain.isalpha() for one in tokens)
    return [one if is_known else replace(one, plain=one.marked) for one, is_known in zip(tokens, known, strict=True)]


def _with_year(match: re.Match[str], length: int) -> tuple[Period, int] | None:
    try:
        day = date(int(match[3]) % 100 + 2000, int(match[2]), int(match[1]))
    except ValueError:
        return None
    return Period(Span.DAY, day, day), length


def _is_night(token: Token) -> bool:
    """`tối 19/5` is that evening, `tới 19/5` all until then."""
    return token.marked == _NIGHT


class Dates:
    """Finds days among the words of a question that was asked on a work day."""

    def __init__(self, today: date, phases: Sequence[PhaseDays]) -> None:
        self.today = today
        self.phases = phases
        self._phase_names = [(tuple(token.plain for token in tokens_of(one.name)), one) for one in phases]

    def starting(self, tokens: Sequence[Token], at: int) -> Iterator[tuple[str, Period, int]]:
        """The rule, the days, and how many words say so, for what begins at a word."""
        yield from self._phase(tokens, at)
        for rule, found in (
            ("a_date", self._day(tokens, at)),
            ("a_weekday", self._weekday(tokens, at)),
            ("days_back", self._days_back(tokens, at)),
            ("a_span", self._span(tokens, at)),
            ("days_summed", self._summed(tokens, at)),
            ("until_a_day", self._until(tokens, at)),
            ("before_a_day", self._before(tokens, at)),
            ("a_night", self._night(tokens, at)),
            ("a_weekend", self._weekend(tokens, at)),
        ):
            if found is not None:
                yield (rule, *found)

    def _phase(self, tokens: Sequence[Token], at: int) -> Iterator[tuple[str, Period, int]]:
        for skipped in range(3):  # `cả đợt 1`, `trong đợt 1`
            before = [one.plain for one in tokens[at : at + skipped]]
            if skipped and not (before[0] in _OF_A_PHASE and _WITHIN_A_PHASE.issuperset(before[1:])):
                return
            for words, phase in self._phase_names:
                said = tuple(token.plain for token in tokens[at + skipped : at + skipped + len(words)])
                if said == words:
                    yield "a_phase", of_phase(phase, self.today), skipped + len(words)

    def _day(self, tokens: Sequence[Token], at: int) -> tuple[Period, int] | None:
        """`20/5`, `ngày 20/5`, `ngày 20`, `20 tháng 5`, `hôm 20/5`."""
        plain = [token.plain for token in tokens[at : at + 6]]
        skipped = 0
        while skipped < _MOST_BEFORE and plain[skipped : skipped + 1] and plain[skipped] in _BEFORE_A_DAY:
            skipped += 1
        if plain[:1] == ["trong"] and skipped == 1:
            return None
        if len(plain) <= skipped:
            return None
        match = _DATE.fullmatch(plain[skipped])
        if match is not None and match[3]:
            return _with_year(match, skipped + 1)
        if match is not None:
            return self._one(int(match[1]), int(match[2]), skipped + 1)
        if not plain[skipped].isdigit():
            return None
        day = int(plain[skipped])
        if plain[skipped + 1 : skipped + 2] == ["thang"] and len(plain) > skipped + 2 and plain[skipped + 2].isdigit():
            return self._one(day, int(plain[skipped + 2]), skipped + 3)
        return self._one(day, None, skipped + 1) if skipped else None

    def _is_day(self, tokens: Sequence[Token], at: int) -> bool:
        return at < len(tokens) and self._day(tokens, at) is not None

    def _one(self, day: int, month: int | None, length: int) -> tuple[Period, int] | None:
        today = self.today
        if month is None:
            month = (today if day <= today.day else today.replace(day=1) - ONE_DAY).month
        near = [found for past in (True, False) if (found := dated((day, month), today, past=past))]
        found = min(near, key=lambda one: abs((one - today).days), default=None)
        return (Period(Span.DAY, found, found), length) if found is not None else None

    def _weekday(self, tokens: Sequence[Token], at: int) -> tuple[Period, int] | None:
        """`thứ bảy`, `t7`, `chủ nhật`, with `tuần trước` or `vừa rồi` behind: the last such day."""
        plain = [token.plain for token in tokens[at : at + 6]]
        said = 1 if plain[0] in ("toi", "sang", "chieu", "ngay", "hom", "dem") and len(plain) > 1 else 0
        if plain[said : said + 2] == ["chu", "nhat"]:
            number, length = 6, said + 2
        elif plain[said] == "thu" and len(plain) > said + 1 and plain[said + 1] in _WEEKDAYS:
            number, length = _WEEKDAYS[plain[said + 1]], said + 2
        elif plain[said] in _WEEKDAYS and plain[said][0] in "tc" and len(plain[said]) == 2 and plain[said] != "tu":
            number, length = _WEEKDAYS[plain[said]], said + 1
        else:
            return None
        behind = plain[length : length + 2]
        back = (self.today.weekday() - number) % _WEEK
        day = self.today - back * ONE_DAY
        if behind in (["tuan", "truoc"], ["tuan", "roi"], ["tuan", "qua"]):
            monday = self.today - self.today.weekday() * ONE_DAY
            day, length = monday - (_WEEK - number) * ONE_DAY, length + 2
        elif behind == ["tuan", "nay"]:
            monday = self.today - self.today.weekday() * ONE_DAY
            day, length = monday + number * ONE_DAY, length + 2
        elif behind in (["vua", "roi"], ["vua", "qua"]) or behind[:1] == ["truoc"]:
            day, length = day - (0 if back else _WEEK) * ONE_DAY, length + (2 if behind[0] == "vua" else 1)
        return Period(Span.DAY, day, day), length

    def _days_back(self, tokens: Sequence[Token], at: int) -> tuple[Period, int] | None:
        """`3 ngày qua`, `trong 3 ngày gần đây`, `hai hôm nay`, `5 ngày`: so many days up to today."""
        plain = [token.plain for token in tokens[at : at + 7]]
        start = 0
        while plain[start : start + 1] and plain[start] in ("trong", "cua", "vong"):
            start += 1
        if len(plain) < start + 2 or plain[start + 1] not in ("ngay", "hom", "bua", "tuan"):
            return None
        said = plain[start]
        n = int(said) if said.isdigit() else _NUMBERS.get(said, 0)
        if at and fold(tokens[at - 1].typed) in _REACHES and plain[start + 1 : start + 3] == ["hom", "nay"]:
            return None  # `đủ 25 hôm nay`
        if said in _AFTER and tokens[at + start].bare:
            return None  # `sau hôm nay` is not six days
        if not 1 <= n <= 99:
            return None
        if n == 1 and plain[start + 1 : start + 3] == ["hom", "qua"]:
            return None  # `từng đứa 1 hôm qua`
        n *= _WEEK if plain[start + 1] == "tuan" else 1
        for back in _BACK:
            words = list(back)
            if plain[start + 2 : start + 2 + len(words)] == words:
                if words == ["truoc"]:
                    day = self.today - n * ONE_DAY
                    return Period(Span.DAY, day, day), start + 3
                return _days(self.today, n), start + 2 + len(words)
        return (_days(self.today, n), start + 2) if start else None

    def _single(self, tokens: Sequence[Token], at: int) -> tuple[date, int] | None:
        """One day in words or figures."""
        if at >= len(tokens):
            return None
        found = self._day(tokens, at) or self._weekday(tokens, at)
        if found is not None:
            return found[0].first, found[1]
        plain = tuple(token.plain for token in tokens[at : at + 2])
        if tokens[at].plain.isdigit() and 1 <= int(tokens[at].plain) <= 31:
            bare = self._one(int(tokens[at].plain), None, 1)
            return (bare[0].first, 1) if bare is not None else None
        back = {("hom", "nay"): 0, ("hom", "qua"): 1, ("hom", "kia"): 2, ("toi", "qua"): 1, ("toi", "nay"): 0}
        if plain in back:
            return self.today - back[plain] * ONE_DAY, 2
        if tokens[at].plain in ("nay", "gio", "hqua", "hnay"):
            return self.today - (tokens[at].plain == "hqua") * ONE_DAY, 1
        return None

    def _span(self, tokens: Sequence[Token], at: int) -> tuple[Period, int] | None:
        """`từ 18/5 đến 20/5`, `18/5 - 20/5`, `từ thứ hai đến nay`, `từ hôm qua`."""
        start = 1 if tokens[at].plain == "tu" else 0
        first = self._single(tokens, at + start)
        if first is None:
            return None
        after = at + start + first[1]
        last = self._single(tokens, after + 1) if after < len(tokens) and tokens[after].plain in _TO else None
        if last is not None and first[0] <= last[0]:
            return Period(Span.DAYS, first[0], last[0]), after + 1 + last[1] - at
        return (Period(Span.DAYS, first[0], self.today), after - at) if start and first[0] <= self.today else None

    def _summed(self, tokens: Sequence[Token], at: int) -> tuple[Period, int] | None:
        """`3 ngày 18, 19, 20`, `19/5 + 20/5`: some days one behind the other, whose numbers are one sum."""
        start = at + (tokens[at].plain in ("cong", "gop"))
        said = [one.plain for one in tokens[start : start + 2]]
        numbered = said[1:] == ["ngay"] and said[0].isdigit()
        end, days, added = start + (2 if numbered else 0), set[date](), numbered or start > at
        while (found := self._single(tokens, end)) is not None:
            days.add(found[0])
            end += found[1]
            joined = end < len(tokens) and not tokens[end - 1].ends and tokens[end].plain in _ADDED
            if not joined and not (end < len(tokens) and tokens[end - 1].ends):
                break
            added = added or (joined and tokens[end].plain == "cong")
            end += 1 if joined else 0
        several = len(days) > 1 and (not numbered or len(days) == int(said[0]))
        if not added or not several or (max(days) - min(days)).days != len(days) - 1 or end > len(tokens):
            return None
        return Period(Span.DAYS, min(days), max(days)), end - at

    def _weekend(self, tokens: Sequence[Token], at: int) -> tuple[Period, int] | None:
        """`2 ngày cuối tuần vừa rồi`, `cuối tuần qua`, `t7 cn`: the last Saturday and Sunday that are over."""
        plain = [token.plain for token in tokens[at : at + 9]]
        start = 2 if plain[:2] in (["2", "ngay"], ["hai", "ngay"], ["2", "hom"], ["hai", "hom"]) else 0
        words = next((one for one in _WEEKEND if tuple(plain[start : start + len(one)]) == one), None)
        if words is None:
            return None
        end = start + len(words)
        gone = next((one for one in _GONE if tuple(plain[end : end + len(one)]) == one), ())
        if words == _WEEKEND[0] and not (gone or start):
            return None  # that of this week, which is to come
        sunday = self.today - (self.today.weekday() + 1) % _WEEK * ONE_DAY
        first = sunday - ONE_DAY
        return Period(Span.DAYS, first, sunday), end + len(gone)

    def _night(self, tokens: Sequence[Token], at: int) -> tuple[Period, int] | None:
        """`đêm qua sau 12h`: after midnight it is still the work day before."""
        plain = [token.plain for token in tokens[at : at + 6]]
        if plain[:2] not in (["dem", "qua"], ["toi", "qua"], ["khuya", "qua"]) or plain[2:3] not in (["sau"], ["qua"]):
            return None
        midnight = next((words for words in _MIDNIGHT if plain[3 : 3 + len(words)] == list(words)), None)
        day = self.today - ONE_DAY
        return (Period(Span.DAY, day, day, part=Part.NIGHT), 3 + len(midnight)) if midnight else None

    def _before(self, tokens: Sequence[Token], at: int) -> tuple[Period, int] | None:
        """`trước 31/5`: everything up to the day before; of a day to come up to its end, as people mean it."""
        found = self._day(tokens, at + 1) if tokens[at].plain == "truoc" and at + 1 < len(tokens) else None
        if found is None:
            return None
        day = found[0].first if found[0].first > self.today else found[0].first - ONE_DAY
        return Period(Span.UNTIL, day, day), found[1] + 1

    def _until(self, tokens: Sequence[Token], at: int) -> tuple[Period, int] | None:
        """`đến hết hôm qua`, `tính đến 19/5`: everything up to the end of that day."""
        for words in _UNTIL:
            if tuple(token.plain for token in tokens[at : at + len(words)]) == words and not _is_night(tokens[at]):
                end = at + len(words)
                late = end < len(tokens) and tokens[end].plain in _OF_A_DAY and self._is_day(tokens, end + 1)
                end += 1 if late else 0  # `tính đến tối 20/5`
                found = self._single(tokens, end)
                if found is None or tokens[end].plain in ("nay", "gio"):
                    return None
                return Period(Span.UNTIL, found[0], found[0]), end - at + found[1]
        return None
