"""All that the bot says, in Vietnamese: one template file a capability, one block a text.

`render("reporting.recorded", …)` is the block `recorded` of `reporting.j2`. Texts are plain, without markup, so that
names and hamlets read the same on every platform whatever people put into them.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import babel.core
import babel.localedata
from babel.numbers import format_percent, get_group_symbol
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from handlers.calendar import Calendar
from handlers.language.people.ordering import in_list, short
from handlers.language.where_and_when.place_names import folded_hamlet
from handlers.language.where_and_when.place_names import plain as plain_name
from storage.campaign.people import Person, Role

LOCALE = "vi"
PAGES = Path(__file__).parent / "pages"  # what browsers show, as HTML templates

# How an outcome is said back after its number, in the order in which answers list them.
OUTCOMES: dict[str, str] = {
    "activated": "máy",
    "already": "người đã có tài khoản",
    "absent": "nhà vắng",
    "refused": "người chưa đồng ý",
    "revisit": "nhà hẹn lại",
    "no_phone": "người không có điện thoại thông minh",
    "no_card": "người chưa có căn cước",
    "failed": "máy chưa cài được",
    "assisted": "cụ được hỗ trợ",
}


_HAMLET = "xóm"
_THOUSANDS = get_group_symbol(LOCALE)
_OF_NUMBERS = ("number", "numbering", "default_numbering", "decimal", "percent", "plural", "ordinal", "locale")
babel.core._global_data = None  # 2 MB on all languages, of which one is known by now; it would load them again
for _tables in babel.localedata._cache.values():
    for _name in [name for name in _tables if not name.startswith(_OF_NUMBERS)]:
        del _tables[_name]  # 1 MB of its names for countries, languages, currencies, units, which nothing here says


def number(n: int) -> str:
    """116167 → `116.167`; as Babel's format_decimal has it, at a twentieth of the cost."""
    return f"{n:,}".replace(",", _THOUSANDS)


def percent(part: int, whole: int) -> str:
    """116167 of 278950 → `41,6%`; `–` of nothing."""
    return format_percent(part / whole, format="0.0%", locale=LOCALE) if whole else "–"


def outcomes(counts: Mapping[str, int]) -> str:
    """Counts by outcome → `3 máy, 1 nhà vắng`; `0 máy` where there are none."""
    said = [f"{number(counts[outcome])} {word}" for outcome, word in OUTCOMES.items() if counts.get(outcome)]
    return ", ".join(said) or f"0 {OUTCOMES['activated']}"


def mainly(counts: Mapping[str, int], most: int = 3) -> str:
    """As `outcomes`, but of many others beside phones only the most frequent: `13 máy, 2 nhà vắng …`.

    For what somebody looks over; all of them stand by outcome.
    """
    others = sorted((-n, outcome) for outcome, n in counts.items() if n and outcome != "activated")
    if len(others) <= most:
        return outcomes(counts)
    if not most:
        return f"{number(counts.get('activated', 0))} {OUTCOMES['activated']} …"
    said = [f"{number(counts.get('activated', 0))} {OUTCOMES['activated']}"]
    return ", ".join(said + [f"{number(-n)} {OUTCOMES[outcome]}" for n, outcome in others[:most]]) + " …"


def changed(counts: Mapping[str, int], before: Mapping[str, int]) -> str:
    """`4 máy (trước là 3), 1 nhà vắng, bỏ 1 máy chưa cài được`: what stands now, what stood there before, what is gone.

    What is gone comes last: before others it would seem that these are gone as well.
    """
    parts, gone = [], []
    for outcome, words in OUTCOMES.items():
        now, old = counts.get(outcome, 0), before.get(outcome, 0)
        if now:
            said = f"{number(now)} {words}"
            parts.append(said if old in (0, now) else f"{said} (trước là {number(old)})")
        elif old:
            gone.append(f"bỏ {number(old)} {words}")
    return ", ".join(parts + gone) or f"0 {OUTCOMES['activated']}"


def short_outcomes(counts: Mapping[str, int]) -> str:
    """As `outcomes`, but only the number where phones alone are spoken of: `18`."""
    return number(sum(counts.values())) if set(counts) <= {"activated"} else outcomes(counts)


def hamlet(name: str) -> str:
    """A hamlet inside a sentence: `Xóm 4` → `xóm 4`; a mere name keeps its capital: `Hồng Lâm`.

    One that the list calls by a bare number is said with its word, lest it be taken for a number of phones.
    """
    if name.isdecimal():
        return f"{_HAMLET} {name}"
    short = name.partition(" ")[0].isupper()  # `TDP 4`
    return name if short or folded_hamlet(name) == plain_name(name) else name[:1].lower() + name[1:]


def hamlet_head(name: str) -> str:
    """A hamlet at the head of a line or on a button: `4` → `Xóm 4`."""
    return upper_first(hamlet(name))


def short_day(day: date) -> str:
    """2023-05-20 → `20/05`."""
    return f"{day:%d/%m}"


def listed(names: Iterable[str]) -> str:
    """`An, Bình và Cúc`."""
    several = list(names)
    return " và ".join([", ".join(several[:-1]), several[-1]] if len(several) > 1 else several)


def address(person: Person | None) -> str:
    """How the bot calls somebody: a student `em`, anyone else `đồng chí`, unless the roster says otherwise."""
    if person is None:
        return "đồng chí"
    return person.address or ("em" if person.role == Role.STUDENT else "đồng chí")


def upper_first(text: str) -> str:
    """`đồng chí` → `Đồng chí`."""
    return text[:1].upper() + text[1:]


FILTERS: Mapping[str, Callable[..., str]] = {
    "number": number,
    "outcomes": outcomes,
    "mainly": mainly,
    "short": short_outcomes,
    "day": short_day,
    "listed": listed,
    "hamlet": hamlet,
    "hamlet_head": hamlet_head,
    "upper_first": upper_first,
}


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,
        auto_reload=False,
    )
    environment.filters |= FILTERS
    environment.globals |= {"percent": percent, "words": OUTCOMES}
    return environment


@lru_cache(maxsize=64)
def _template(file: str) -> tuple[Template, Mapping[str, Any]]:
    """A file of texts, and the names that all of them know: looked up once, since Jinja2 would do so for each text."""
    template = _environment().get_template(f"{file}.j2")
    return template, dict(template.globals)


def warm() -> None:
    """Compiles all texts: else whoever is the first to hear one waits for it."""
    for file in sorted(Path(__file__).parent.glob("*.j2")):
        _template(file.stem)


def render(
    name: str,
    /,
    *,
    calendar: Calendar,
    now: datetime,
    person: Person | None,
    read: datetime | None = None,
    **values: Any,
) -> str:
    """The text of this name, addressed to `person` (None: a stranger), of what happened `now`.

    `read`: when it is said, where that may be later; by then today is another day.

    Raises:
        KeyError: there is no such text.
        jinja2.UndefinedError: the text needs a value that was not given.
    """
    return _block(name, {**_common(calendar, now, person, read or now), **values})


@lru_cache(maxsize=64)
def _common(calendar: Calendar, now: datetime, person: Person | None, read: datetime) -> Mapping[str, Any]:
    """What all texts may use; kept a while, since an answer is made of several."""
    you, local, later = address(person), calendar.local(now), calendar.local(read)
    return {
        "you": you,
        "You": upper_first(you),
        "now": local,
        "today": calendar.work_day(later),
        "practised": False,
        "clock": lambda moment: f"{calendar.local(moment):%H:%M}",
        "on": lambda day: when(day, calendar, later),
    }


def _block(name: str, values: Mapping[str, Any]) -> str:
    file, _, block = name.partition(".")
    template, known = _template(file)
    environment = template.environment
    # Not template.new_context: it copies the names of all blocks and globals for inheritance, which texts do not use.
    context = environment.context_class(environment, {**known, **values}, template.name, {})
    return "".join(template.blocks[block](context)).strip()


def when(day: date, calendar: Calendar, now: datetime) -> str:
    """`hôm nay` where the calendar agrees with the work day, else the date: after midnight, `ngày 20/05`."""
    return "hôm nay" if day == calendar.local(now).date() else f"ngày {short_day(day)}"


@lru_cache(maxsize=8)
def mark(name: str) -> str:
    """A mark that delivery puts before a text, such as `(gửi lại)`."""
    return plain(f"delivery.{name}")


def plain(name: str, /, **values: Any) -> str:
    """A text that is the same for everybody."""
    return _block(name, values)


def in_order(people: Iterable[Person]) -> list[Person]:
    """People as Vietnamese lists have them: by given name, which stands last, then by the whole name."""
    return sorted(people, key=lambda one: (in_list(one.name), one.id))


def short_names(people: Iterable[Person]) -> dict[int, str]:
    """What each person of a list is called there: the given name, and as much before it as tells it from the others."""
    several = list(people)
    return dict(zip((one.id for one in several), short([one.name for one in several]), strict=True))
