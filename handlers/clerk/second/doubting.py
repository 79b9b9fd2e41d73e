"""What the rules decided, looked at once more: where another deed is likelier by far, the message is asked about.

A veto and no more: the second clerk never books what the rules did not. It says that they may be wrong, and what else
the message may do, likeliest first. Where the rules ask themselves, it puts what they left out among the answers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from handlers.clerk.acts import Act, Ask, Change, Choice, Confirm, Record, Repeat, TakeBack, Talk
from handlers.clerk.evening import Evening, Heard
from handlers.clerk.matching import is_nobody, labels_of
from handlers.clerk.second.possible import Deed, done_by, possible
from handlers.clerk.second.weighing import likely
from handlers.language import Kind, Reading, Why, fold

# Below it what was decided is asked about, where another deed is likelier. A rule that changes what is stored looked
# closely at it, and is believed longer.
_DOUBTFUL: Mapping[type[Act], float] = {
    Record: 0.93,
    Repeat: 0.03,
    Confirm: 0.3,
    Talk: 0.7,
    Change: 0.1,
    TakeBack: 0.05,
}
# The rules whose word is not the last: others know what was asked, or compare sums, which is not weighed here.
_OPEN_TO_DOUBT = frozenset(
    {
        None,
        "is_new_work",
        "is_of_a_known_home",
        "is_not_clear",
        "said_twice",
        "counts_once",
        "corrects",
        "drops",
        "becomes_the_number",
        "ends_otherwise",
    }
)
# Of messages each word of which is explained by a rule.
_DOUBTFUL_IF_EXPLAINED = {**_DOUBTFUL, Record: 0.4, Repeat: 0.02, Confirm: 0.1, Change: 0.02, TakeBack: 0.02}
_DOUBTFUL_IF_NAMED = {**_DOUBTFUL_IF_EXPLAINED, Record: 0.8}  # and which names a home of this evening
_DOUBTFUL_IF_NEW = 0.25  # of new work beside which nothing that stands in the book is likely to be meant
_WORTH_OFFERING = 0.03
_BETTER = 0.1  # from it on a deed that the rules' question left out stands among its answers
MOST = 3  # choices, beside that nothing is counted
_OF_THE_BOOK = frozenset({"turned", "off", "corrected", "retold", "instead", "back"})
_OF_NOBODY = frozenset({"recent", "last"})  # how a report is found in which nobody is who is named
_TOLD = _OF_THE_BOOK | {"again"}


def doubted(
    heard: Heard, meanings: Sequence[Reading], evening: Evening, act: Act, rule: str | None
) -> tuple[Act, bool]:
    """The act, or the question that stands in its place, and whether it does."""
    if heard.forwarded or meanings[0].day or rule not in _OPEN_TO_DOUBT:
        return act, False
    if isinstance(act, Ask):
        return _with_better(heard, meanings, evening, act)
    doubtful = _DOUBTFUL.get(type(act))
    if doubtful is None or (isinstance(act, Change | TakeBack) and act.report.day):
        return act, False
    if isinstance(act, Repeat) and not act.report.here:
        return act, False  # the same words in another chat are the same message
    if isinstance(act, TakeBack) and rule == "ends_otherwise":
        return act, False  # `hủy hẹn chú Đạt`, of whom nothing else is told
    deeds = possible(heard, meanings, evening, act)
    chances = likely(deeds, heard, meanings, evening)
    own = next(k for k, one in enumerate(deeds) if one.decided)
    if meanings[0].explained:
        doubtful = _DOUBTFUL_IF_NAMED[type(act)] if _names_one(deeds) else _DOUBTFUL_IF_EXPLAINED[type(act)]
    named = any(not is_nobody(fold(label)) for label in labels_of(meanings[0]))
    if isinstance(act, Record) and not _bears_on_the_book(deeds, chances, named=named):
        doubtful = min(doubtful, _DOUBTFUL_IF_NEW)
    if chances[own] >= doubtful:
        return act, False
    return Ask(_unclear(meanings[0]), _choices(deeds, chances, own)), True


def _bears_on_the_book(deeds: Sequence[Deed], chances: Sequence[float], *, named: bool) -> bool:
    """Whether something that is told may be meant, other than by more of it; where a home is named, of that one."""
    return (
        sum(
            chance
            for one, chance in zip(deeds, chances, strict=True)
            if one.ways & _TOLD and not one.decided and (not named or one.near - _OF_NOBODY)
        )
        >= _WORTH_OFFERING
    )


def _names_one(deeds: Sequence[Deed]) -> bool:
    return any({"same", "stands"} & one.near for one in deeds)


def _unclear(reading: Reading) -> Reading:
    """The message as one that may mean two things: its counts stay, so that what is open of it can be recognised."""
    return replace(reading, kind=Kind.UNCLEAR, why=Why.TWO_MEANINGS, draft=None)


def _choices(deeds: Sequence[Deed], chances: Sequence[float], own: int) -> tuple[Choice, ...]:
    """The likeliest deeds that book something, with what the rules decided among them; and that nothing is counted."""
    order = sorted(range(len(deeds)), key=lambda k: -chances[k])
    offered = [k for k in order if deeds[k].act is not None and (chances[k] >= _WORTH_OFFERING or k == own)]
    kept = offered[:MOST]
    if own in offered and own not in kept:
        kept[-1] = own
    return (*(Choice(deeds[k].act) for k in kept), Choice(None))


def _with_better(heard: Heard, meanings: Sequence[Reading], evening: Evening, ask: Ask) -> tuple[Act, bool]:
    """The question of the rules, with the likeliest deeds among its answers where they left these out."""
    if ask.reading.why is Why.TEAM or ask.reading.kind is not Kind.UNCLEAR:
        return ask, False
    deeds = possible(heard, meanings, evening, ask)
    chances = likely(deeds, heard, meanings, evening)
    order = sorted(range(len(deeds)), key=lambda k: -chances[k])
    offered = {done_by(one.act, evening) for one in ask.choices if one.act is not None}
    better = [
        deeds[k]
        for k in order[:MOST]
        if deeds[k].act is not None and chances[k] >= _BETTER and deeds[k].by not in offered
    ]
    if not ask.choices:  # a number is all that is missing, as the rules see it
        better = [one for one in better if one.ways & _OF_THE_BOOK and "new" not in one.ways]
    if not better:
        return ask, False
    if not ask.choices:
        return replace(ask, reading=_unclear(ask.reading), choices=_choices(deeds, chances, -1)), True
    kept = [one for one in ask.choices if one.act is not None][: MOST + 1 - len(better)]
    return replace(ask, choices=(*(Choice(one.act) for one in better), *kept, Choice(None))), True
