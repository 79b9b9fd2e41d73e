"""The first line of each answer, which says what was understood, and the words for lists."""

from collections.abc import Sequence

from handlers.figures.in_words import Asked, By, Measure, Period
from handlers.figures.replies.subjects import One, Subject
from handlers.messages import Reply
from handlers.turn import Turn
from storage.reports.tallies import Counts

MOST_ROWS = 30


def head(turn: Turn, asked: Asked, subject: Subject) -> str:
    """`📊 Xuân Thu · nhà vắng · hôm nay (20/05)`."""
    return turn.text("in_words.head", name=subject.name, asked=asked)


def view_of(asked: Asked, subject: Subject) -> str:
    """Which picture is meant, as /tiendo calls it."""
    if asked.measure is not Measure.PICTURE or not (asked.heat or asked.grouped is By.COMMUNE):
        return ""
    return "theo ngày" if asked.heat else "theo xã" if len(subject.places) > 1 else ""


def what_of(asked: Asked, subject: Subject) -> str:
    """Which picture, file or page is meant, as the texts call it."""
    return f"{asked.measure.value} {view_of(asked, subject)}".strip()


def in_words(turn: Turn, period: Period) -> str:
    """`hôm nay (20/05)`, `tuần trước (08/05–14/05)`."""
    return turn.text("in_words.days_name", period=period)


def counted(turn: Turn, asked: Asked, counts: Counts) -> str:
    """`7 máy, 1 nhà vắng`; of outcomes that are asked for these alone, were there none."""
    return turn.text("in_words.counted", outcomes=asked.outcomes, counts=counts)


def kind(turn: Turn, by: By | None) -> str:
    """What the rows of a list are called: `xã`."""
    return turn.text("in_words.kind", by=by.value if by is not None else "")


def rows(
    turn: Turn,
    asked: Asked,
    subject: Subject,
    lines: Sequence[tuple[str, str]],
    *,
    by: By | None,
    whole: str = "",
    empty: int = 0,
    among: int | None = None,
    others: int = 0,
    enough: str = "",
) -> Reply:
    """A list with its sum; `among`: of how many these are; `others`: how many have no team; `enough`: the quota."""
    return turn.say(
        "in_words.rows",
        nowhere=by is By.HAMLET and asked.limit is None,
        head=head(turn, asked, subject),
        rows=lines[:MOST_ROWS],
        more=len(lines[MOST_ROWS:]),
        kind=turn.text("in_words.kind", by="lead") if asked.leads else kind(turn, by),
        whole=whole,
        empty=empty,
        counted=len(lines) if among is not None and lines else None,
        all=among,
        others=others,
        enough=enough,
    )


def by_of(ones: Sequence[One]) -> By:
    """By what these are told apart."""
    names = {"commune": By.COMMUNE, "hamlet": By.HAMLET, "person": By.PERSON}
    return names.get(ones[0].sort.value if ones and ones[0].sort is not None else "", By.COMMUNE)
