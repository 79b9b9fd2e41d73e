"""What the rules decided, looked at once more: where another deed is likelier by far, the message is asked about.

A veto: where the rules would store, the second clerk never stores something else in their place. It says that they may
be wrong, and what else the message may do, likeliest first. Where the rules ask, it puts what they left out among the
answers; where one of all is as good as sure, that is done, and said with its undo like anything else.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from handlers.clerk.acts import Act, Ask, Change, Choice, Confirm, Record, Repeat, TakeBack, Talk, Withdraw
from handlers.clerk.evening import NOWHERE, Evening, Heard
from handlers.clerk.matching import is_nobody, labels_of, same_home
from handlers.clerk.second.possible import Deed, done_by, possible
from handlers.clerk.second.weighing import likely
from handlers.language import Kind, Reading, Why, fold

# Below it what was decided is asked about. A rule that changes what is stored looked closely at it, and is believed
# longer than one that takes a message for new work, or for none.
_NEW, _AGREED, _OF_THE_BOOK = 0.93, 0.5, 0.03
_DOUBTFUL: Mapping[type[Act], float] = {
    Record: _NEW,
    Talk: _NEW,
    Confirm: _AGREED,
    Change: _OF_THE_BOOK,
    TakeBack: _OF_THE_BOOK,
    Withdraw: _OF_THE_BOOK,
    Repeat: _OF_THE_BOOK,
}
_EXPLAINED = 0.4  # of new work each word of which is explained by a rule, and which names no home of this evening
_BEARS_ON_NOTHING = 0.25  # of new work beside which nothing that stands in the book is likely to be meant
# The rules whose word is the last: each word is accounted for, or they know what was asked, or compare sums, which is
# not weighed here.
_LAST = frozenset(
    {
        "only_comes",
        "tells_on",
        "answers_twice",
        "answers_with_a_number",
        "answers_of_a_home",
        "puts_right",
        "states_a_sum",
        "says_the_rest",
        "explains_the_rest",
        "corrects_a_sum",
        "may_be_the_sum",
        "asks_about_the_sum",
        "moves_the_visit",
    }
)
_SURE = 0.95  # from it on a deed is done where the rules ask
_LAW = frozenset({Why.TEAM, Why.DAY, Why.NUMBER})  # what is unclear by law is asked about, however sure anybody is
_WORDS_OF_A_STORY = 9  # who takes back a report says so in fewer
_WORTH_OFFERING = 0.03
_BETTER = 0.1  # from it on a deed that the rules' question left out stands among its answers
MOST = 3  # choices, beside that nothing is counted
_OF_A_REPORT = frozenset({"turned", "off", "corrected", "retold", "instead", "back"})
_TOLD = _OF_A_REPORT | {"again"}
_OF_NOBODY = frozenset({"recent", "last"})  # how a report is found in which nobody is who is named
DOUBTED, SETTLED = "doubted", "settled"


def looked_at(
    heard: Heard, meanings: Sequence[Reading], evening: Evening, act: Act, rule: str | None
) -> tuple[Act, str | None]:
    """The act or what stands in its place, and what the second clerk did to it: doubted, settled; None: nothing."""
    if heard.forwarded or meanings[0].day or rule in _LAST:
        return act, None
    if isinstance(act, Ask):
        return _answered(heard, meanings, evening, act)
    doubtful = _DOUBTFUL.get(type(act))
    if doubtful is None or (isinstance(act, Change | TakeBack) and act.report.day):
        return act, None
    if isinstance(act, Record) and _takes_the_place(meanings[0], evening):
        return act, None
    if isinstance(act, Repeat) and not act.report.here:
        return act, None  # the same words in another chat are the same message
    if isinstance(act, Withdraw) and len(heard.plain.split()) < _WORDS_OF_A_STORY:
        return act, None  # `hủy`, `xóa báo cáo vừa rồi`
    if isinstance(act, TakeBack) and rule != "drops":
        return act, None  # `hủy hẹn chú Đạt`, of whom nothing else is told; `thôi cứ để 9`, after a sum of 10
    deeds = possible(heard, meanings, evening, act)
    chances = likely(deeds, heard, meanings, evening)
    own = next(k for k, one in enumerate(deeds) if one.decided)
    if isinstance(act, Record):
        doubtful = _of_new_work(meanings[0], deeds, chances)
    if chances[own] >= doubtful:
        return act, None
    return Ask(_unclear(meanings[0]), _choices(deeds, chances, own)), DOUBTED


def _takes_the_place(reading: Reading, evening: Evening) -> bool:
    """Whether a home is told whose report was taken back just now: what is said of it next takes its place."""
    return any(same_home(label, back) for label in labels_of(reading) for back in evening.taken_back)


def _says_where(act: Act | None, heard: Heard) -> bool:
    """Whether an act that the rules did not think of is in the hamlet that the words name, if they do."""
    nowhere = heard.place == NOWHERE or heard.assumed
    return isinstance(act, Change) or (isinstance(act, Record) and (nowhere or bool(act.reading.entries[0].hamlet)))


def _of_new_work(reading: Reading, deeds: Sequence[Deed], chances: Sequence[float]) -> float:
    """`3 máy` and `nhà bà Mận xóm 4 dc 3` are the next house; what bears on a report may not be."""
    named = any(not is_nobody(fold(label)) for label in labels_of(reading))
    if not _bears_on_the_book(deeds, chances, named=named):
        return _BEARS_ON_NOTHING
    return _EXPLAINED if reading.explained and not _names_one(deeds) else _NEW


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


def _answered(heard: Heard, meanings: Sequence[Reading], evening: Evening, ask: Ask) -> tuple[Act, str | None]:
    """What is as good as sure; else the question, with the likeliest deeds among its answers where they are not."""
    if ask.reading.why is Why.TEAM or ask.reading.kind is not Kind.UNCLEAR:
        return ask, None
    deeds = possible(heard, meanings, evening, ask)
    chances = likely(deeds, heard, meanings, evening)
    order = sorted(range(len(deeds)), key=lambda k: -chances[k])
    offered = {done_by(one.act, evening): one.act for one in ask.choices if one.act is not None}
    best = deeds[order[0]]
    asks = ask.reading.question or meanings[0].question
    if chances[order[0]] >= _SURE and ask.reading.why not in _LAW and not asks:
        sure = offered.get(best.by) or (best.act if _says_where(best.act, heard) else None)
        if isinstance(sure, Record | Change):  # a sum is compared with the book where it is said as one
            return sure, SETTLED
    better = [
        deeds[k]
        for k in order[:MOST]
        if deeds[k].act is not None and chances[k] >= _BETTER and deeds[k].by not in offered
    ]
    if not ask.choices:  # a number is all that is missing, as the rules see it
        better = [one for one in better if one.ways & _OF_A_REPORT and "new" not in one.ways]
    if not better:
        return ask, None
    if not ask.choices:
        return replace(ask, reading=_unclear(ask.reading), choices=_choices(deeds, chances, -1)), DOUBTED
    kept = [one for one in ask.choices if one.act is not None][: MOST + 1 - len(better)]
    likeliest = {deed.by: chance for deed, chance in zip(deeds, chances, strict=True)}
    choices = sorted(
        [*(Choice(one.act) for one in better), *kept],
        key=lambda one: -likeliest.get(done_by(one.act, evening) or (), 0.0) if one.act is not None else 0.0,
    )
    return replace(ask, choices=(*choices, Choice(None))), DOUBTED
