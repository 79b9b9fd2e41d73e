"""A question that goes on from the one before: `còn hôm qua?`, `thế Minh Phú thì sao?`; the rest is as before.

Pure functions; the one place in which a question is encoded to be kept until the next.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import astuple, replace
from datetime import date

from handlers.figures.in_words.meaning import Asked, By, Limit, Measure, Part, Period, Span, Whose
from handlers.language import fold

# A word that joins a question to the one before.
_JOINS = re.compile(
    r"(?:(?:u|uh|um|ok|oke|vang|da|roi|a|va|nhung|ma|r|bot oi|em oi|anh oi)[ ,.!?]+){0,4}"
    r"(?:(?P<rest>(?:the|vay|thi)(?! nao)(?: (?:thi|con))*)|(?P<still>con)|(?P<against>so voi))\b"
)
_SHORT = 5  # words of a comparison that names one side alone
_GOES_ON = re.compile(r"\bthi (?:sao|the nao|ntn|bao nhieu|bn|duoc bao nhieu|duoc may|may|ra sao)\b")
_EXPLICIT = frozenset({"reached", "reports_noun"})  # rules that ask for phones in so many words
_OF_PHONES = re.compile(r"\b(?:may|tk|tai khoan)\b")
# On some days these say something else, or they are of no days at all.
_OF_NO_DAYS = frozenset(
    {
        *(Measure.TARGET, Measure.LEFT, Measure.FINISH, Measure.BASELINE, Measure.STUDENTS, Measure.AVERAGE),
        *(
            Measure.POSITION,
            Measure.PICTURE,
            Measure.EXCEL,
            Measure.LETTER,
            Measure.DASHBOARD,
            Measure.TIMES,
            Measure.QUOTA,
            *(Measure.LEADS, Measure.UNSTAFFED, Measure.PHASES, Measure.LAST_REPORT, Measure.STORED),
            *(Measure.VISITS, Measure.AUDIT, Measure.CODES),
        ),
    }
)


# What goes on from them asks for numbers of its own.
_OF_NOBODY = frozenset(
    {
        *(Measure.LEADS, Measure.UNSTAFFED, Measure.PHASES, Measure.STORED),
        *(Measure.VISITS, Measure.AUDIT, Measure.CODES),
    }
)


def joins(text: str, asked: Asked) -> bool:
    """Whether a question goes on from the one before, by a word that says so, or since it is nothing but a day."""
    folded = " ".join(re.findall(r"[^\W_]+|[?.,!]", fold(text)))
    bare = asked.measure is Measure.REACHED and asked.grouped is None and asked.limit is None
    begins = _JOINS.match(folded)
    if begins is not None and begins["still"]:
        return bare and _EXPLICIT.isdisjoint(asked.rules)  # `còn tin nào chưa rõ` asks for itself
    if begins is not None and begins["against"]:
        return len(folded.split()) <= _SHORT
    if begins is not None or _GOES_ON.search(folded) is not None:
        return True
    others = asked.outcomes or asked.compared or _asks_itself(asked)
    return asked.period is not None and bare and not (_is_named(asked) or others)


def carried(asked: Asked, before: Asked) -> Asked:
    """A question with what it leaves out, taken from the one before; the same where there is nothing to take."""
    if before.measure in _OF_NOBODY:
        return asked
    found = _with_names(asked, before)
    found = _with_measure(found, asked, before)
    found = _with_days(found, asked, before)
    return found if found == asked else replace(found, firm=True, follows=True)


def _with_names(asked: Asked, before: Asked) -> Asked:
    if _is_named(asked) or asked.grouped is By.COMMUNE:
        return asked
    people = () if asked.grouped is By.PERSON else before.people
    hamlets = () if asked.grouped is By.HAMLET else before.hamlets
    named = replace(asked, communes=before.communes, hamlets=hamlets, people=people)
    return replace(named, whose=before.whose, mine=before.mine)


def _with_measure(found: Asked, asked: Asked, before: Asked) -> Asked:
    """What is asked for, where that is left out."""
    if asked.measure is not Measure.REACHED or asked.outcomes or asked.grouped or asked.limit or asked.done:
        return found
    if not _EXPLICIT.isdisjoint(asked.rules) or (asked.beside and before.measure is not Measure.REACHED):
        return found
    if _is_named(asked) and (before.measure in (Measure.RANKING, Measure.POSITION) or before.limit or before.done):
        return found  # of one that is named, how far it is
    if asked.compared is not None:
        return replace(found, outcomes=before.outcomes)
    of_these = {By.HAMLET: asked.hamlets, By.PERSON: asked.people, By.COMMUNE: _is_named(asked)}
    divided = before.grouped is not None and bool(of_these.get(before.grouped))
    return replace(
        found,
        measure=before.measure,
        outcomes=before.outcomes,
        grouped=None if divided else before.grouped,
        last=before.last,
        ranked_by=before.ranked_by,
        most=before.most,
        limit=before.limit,
        share=before.share or asked.share,
        done=before.done,
    )


def _with_days(found: Asked, asked: Asked, before: Asked) -> Asked:
    """The days, where none are said; `đến nay` says some."""
    if asked.period is not None or "so_far" in asked.rules:
        return found
    if asked.measure in _OF_NO_DAYS or found.measure is not before.measure:
        return found if found.measure in _OF_NO_DAYS else replace(found, period=_of_days(before))
    return replace(found, period=before.period, compared=before.compared if not asked.outcomes else None)


def _of_days(before: Asked) -> Period | None:
    """The days of the question before, but for those until which something was to be done."""
    return before.period if before.measure not in _OF_NO_DAYS else None


def _is_named(asked: Asked) -> bool:
    return bool(asked.communes or asked.hamlets or asked.people or asked.whose)


def _asks_itself(asked: Asked) -> bool:
    return not {"how_many", "how_is_it", "phones", "whether", "so_many_or_not", *_EXPLICIT}.isdisjoint(asked.rules)


# What is kept of a question until the next: rows and days, no words


def kept(asked: Asked) -> str:
    """A question as it is kept: what another may take from it."""
    said = {name: getattr(asked, name) for name in _PLAIN} | {
        "period": _days_kept(asked.period),
        "compared": _days_kept(asked.compared),
        "limit": astuple(asked.limit) if asked.limit is not None else None,
    }
    return json.dumps({name: value for name, value in said.items() if value is not None and value != ()})


def known(encoded: str) -> Asked:
    """The question that was kept."""
    said = json.loads(encoded)
    for name, kind in (("measure", Measure), ("grouped", By), ("whose", Whose), ("ranked_by", Measure)):
        if name in said:
            said[name] = kind(said[name])
    for name in _ROWS:
        said[name] = tuple(said.get(name, ()))
    for name in ("period", "compared"):
        if name in said:
            said[name] = _days_known(said[name])
    if "limit" in said:
        said["limit"] = Limit(*said["limit"])
    return Asked(**said)


_ROWS = ("communes", "hamlets", "people", "outcomes")
_PLAIN = (*_ROWS, "measure", "beside", "grouped", "whose", "last", "ranked_by", "most", "share", "mine", "done")


def _days_kept(period: Period | None) -> tuple[str, str, str, str, str | None] | None:
    if period is None:
        return None
    return period.span, period.first.isoformat(), period.last.isoformat(), period.name, period.part


def _days_known(kept: Sequence[str | None]) -> Period:
    span, first, last, name, part = kept
    assert span is not None and first is not None and last is not None
    days = (date.fromisoformat(first), date.fromisoformat(last))
    return Period(Span(span), *days, name or "", Part(part) if part is not None else None)
