"""From counts to a reading: the day, the kind, and whether anything in it is doubtful."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from handlers.language.counts.counting import count
from handlers.language.counts.outcomes import is_weak
from handlers.language.counts.tally import Doubt, Tally
from handlers.language.counts.unnamed import unnamed_beside
from handlers.language.decision import oddities
from handlers.language.decision.backwards import points_back
from handlers.language.decision.composing import Writer
from handlers.language.decision.explained import explained, only_children, only_talk
from handlers.language.decision.lone import is_only_already, is_only_done
from handlers.language.decision.summing_up import is_total, numbered
from handlers.language.reading import Draft, Kind, Outcome, Reading, Reason, Target, Why
from handlers.language.sentences.clauses import Clause, Mood, sure_plan
from handlers.language.sentences.corrections import Amends, denied_in
from handlers.language.sentences.moods import home_of_all
from handlers.language.sentences.promises import Visit, later, moment
from handlers.language.where_and_when.days import Sent, work_offset
from handlers.language.words.items import Item
from handlers.language.words.sorts import Sort

_STATED = frozenset({Kind.REPORT, Kind.TOTAL})
_INCLUDING = frozenset({"tinh ca", "ke ca"})  # `tính cả nhà cô Bích là được 9`: how many of them were told before?
_LIVELY = frozenset({Sort.OUTCOME, Sort.UNIT, Sort.TOTAL, Sort.ADDED, Sort.HAMLET, Sort.HOME, Sort.FIX, Sort.NOTHING})


@dataclass(slots=True)
class Found:
    """Everything that the stages found in one message."""

    clauses: list[Clause]
    amends: Amends
    tally: Tally
    visits: list[Visit]
    sent: Sent
    writer: Writer
    _told: list[Clause] | None = None  # asked for again and again, as the next
    _total: bool | None = None

    def told(self) -> list[Clause]:
        if self._told is None:
            self._told = [clause for clause in self.clauses if clause.mood is Mood.TOLD]
        return self._told

    def states_sum(self) -> bool:
        """Whether what was counted is the sender's sum for a day."""
        if self._total is None:
            self._total = is_total(self.told(), self.tally)
        return self._total


def decide(found: Found) -> Reading:
    """The one reading of a message, with what it says beside its counts."""
    reading = _decided(found)
    back = reading.kind is Kind.UNCLEAR and any(points_back(clause) for clause in found.clauses)
    behalf = next((i.name for c in found.clauses for i in c.items if i.sort is Sort.BEHALF), None)
    named = [i.rule for c in found.clauses for i in c.items if i.rule]
    doubts = [d.rule for d in found.tally.doubts] if reading.kind is Kind.UNCLEAR else []
    rules = tuple(dict.fromkeys([*named, *found.tally.applied, *doubts]))
    right = found.amends.fixes or any(clause.has(Sort.BUT_THIS) for clause in found.told())
    return replace(
        reading,
        rules=rules,
        points_back=back,
        behalf_of=behalf,
        mentions=found.writer.mentions(
            [i for c in found.clauses for i in c.items], denied_in(found.clauses, found.amends)
        ),
        amends=right and reading.kind is Kind.TOTAL,
        sum_stated=found.tally.sum_stated,
        of_home=home_of_all(found.told()),
        later=later(found.clauses, found.sent) if not reading.appointments else None,
        explained=_is_explained(reading, found),
        unheard=_unheard(found) if reading.kind is Kind.UNCLEAR else frozenset(),
    )


def _unheard(found: Found) -> frozenset[Outcome]:
    """What happened to somebody by the words, and stands in no count: `1 máy, … không có smartphone`."""
    said = {i.outcome for clause in found.told() for i in clause.items if i.sort is Sort.OUTCOME and not is_weak(i)}
    counted = {c.outcome for c in found.tally.counts} | {doubt.outcome for doubt in found.tally.doubts}
    return frozenset(one for one in said - counted if one is not None and one not in _SOFT)


_SOFT = frozenset({Outcome.ACTIVATED, Outcome.REVISIT, Outcome.FAILED})  # said of much that is no count


def _is_explained(reading: Reading, found: Found) -> bool:
    if reading.kind is Kind.CHAT:
        return only_children(found.clauses, found.tally) or only_talk(found.clauses, found.tally)
    return reading.kind in _STATED and explained(found.clauses, found.tally)


def _decided(found: Found) -> Reading:
    day = _day(found)
    doubts = _doubts(found)
    counted = bool(found.tally.counts or found.tally.nothing)
    question = any(clause.mood is Mood.ASKED for clause in found.clauses)
    if found.amends.undoes and not counted:
        return Reading(Kind.UNDO, target=_target(found), question=question)
    if doubts:
        return _unclear(found, doubts, day or 0, question=question)
    if not counted:
        return _without_counts(found, question=question)
    kind = _kind(found, counted=bool(found.tally.counts))
    entries = found.writer.entries(found.tally)
    return Reading(
        kind,
        day or 0,
        entries,
        found.writer.appointments(found.visits, found.sent),
        found.writer.homes(found.tally),
        was=_was(found, entries[0].counts if entries else {}) if found.amends.denied else {},
        gone=_gone(found) if kind is Kind.CORRECT else frozenset(),
        target=_target(found) if kind is Kind.CORRECT else None,
        question=question,
    )


def _unclear(found: Found, doubts: list[Doubt], day: int, *, question: bool) -> Reading:
    visits = found.writer.appointments(found.visits, found.sent)
    named = [item for clause in found.told() for item in clause.items if item.sort is Sort.HOME]
    draft = found.writer.draft(_kind(found, counted=True), day, found.tally, doubts[0], visits, named)
    return Reading(Kind.UNCLEAR, question=question, why=doubts[0].why, draft=draft)


def _day(found: Found) -> int | None:
    """The work day; None where it is not known (a doubt is noted)."""
    offsets: set[int] = set()
    for clause in found.told():
        for item in clause.items:
            if item.when is None or not item.when.has_day:
                continue
            offset = work_offset(item.when, found.sent)
            if offset is None:
                found.tally.doubt("day_unknown", Why.DAY, item)
                return None
            offsets.add(offset)
    if len(offsets) > 1:
        found.tally.doubt(
            "two_days", Why.DAY, next(i for c in found.told() for i in c.items if i.when is not None and i.when.has_day)
        )
        return None
    return next(iter(offsets), 0)


def _kind(found: Found, *, counted: bool) -> Kind:
    """Report, total or correction (rules 9 to 11). `counted`: a number is told, or is what a draft still lacks."""
    total = counted and found.states_sum()
    if found.amends.fixes or found.amends.undoes:
        return Kind.TOTAL if total else Kind.CORRECT
    return Kind.TOTAL if total else Kind.REPORT


def _doubts(found: Found) -> list[Doubt]:
    """What makes the message unclear. Soft doubts (a number of we know not what) matter only beside work."""
    tally, clauses = found.tally, found.clauses
    work = bool(tally.counts or tally.nothing)
    counting = {id(c.clause) for c in tally.counts}
    for clause in clauses:
        _doubt_clause(found, clause, counted=id(clause) in counting)
    _doubt_neighbours(found)
    _doubt_whole(found, work=work)
    lively = work or any(clause.has(*_LIVELY) for clause in found.told()) or _lists_numbers(tally)
    doubts = [doubt for doubt in tally.doubts if not doubt.soft or lively]
    return [d for d in doubts if d.why is not Why.DAY or work or len(doubts) > 1]


def _doubt_neighbours(found: Found) -> None:
    """What two clauses side by side leave open."""
    tally, clauses = found.tally, found.clauses
    counted = {id(piece.item) for c in tally.counts for piece in c.pieces}
    for one, after in zip(clauses, (*clauses[1:], None), strict=False):
        tail = oddities.tail_or_count(one, after)
        if tail is not None and id(tail) in counted:
            tally.doubt("tail_or_count", Why.HAMLET, tail)
    for one, other in pairwise(clauses):
        if not oddities.together(one, other):
            continue
        if any(c.clause is other and c.outcome is not Outcome.ASSISTED for c in tally.counts):
            tally.doubt("work_of_two", Why.TEAM, other.items[0])  # one who is fetched was helped by both
    for one, other in pairwise(clauses):
        half = oddities.half_done(one, other)
        if half is not None and any(c.clause is one for c in tally.counts):
            tally.doubt("half_done", Why.TWO_MEANINGS, half)
    for one, other in pairwise(found.told()) if len(tally.places) > 1 else ():
        place = oddities.idle_place(one, other)
        if place is not None and any(c.clause is other for c in tally.counts):
            tally.doubt("idle_place", Why.HAMLET, place)


def _doubt_whole(found: Found, *, work: bool) -> None:
    """What the message as a whole leaves open."""
    tally, clauses = found.tally, found.clauses
    if found.amends.why is not None and clauses:
        tally.doubt(
            "amended_unclear",
            found.amends.why,
            clauses[0].items[0] if clauses[0].items else Item(Sort.FILL, 0, 0, 0, 1, ""),
        )
    if len(tally.counts) > 1 and (again := _said_again(found)) is not None:
        tally.doubt("said_again", Why.TWO_MEANINGS, again)
    if tally.counts and found.states_sum() and not any(numbered(c) for c in tally.counts):
        tally.doubt("sum_without_number", Why.TWO_MEANINGS, tally.counts[0].pieces[0].item)
    if work and (person := unnamed_beside(tally, clauses)) is not None:
        tally.doubt("unnamed_beside", Why.TWO_MEANINGS, person)
    if found.amends.fixes and work and not _denies_outcome(found) and _only_times(found):
        tally.doubt("only_times", Why.TWO_MEANINGS, tally.counts[0].pieces[0].item)
    for c in tally.counts:
        if c.outcome is Outcome.ABSENT and c.n > 1 and len(c.homes) == 1 and not _excepts(tally):
            tally.doubt(
                "one_home_absent_twice", Why.TWO_MEANINGS, c.pieces[0].item
            )  # `bác Thành 3 vắng 1 hẹn`: one home is absent once
    for visit in found.visits:
        if visit.unclear or (visit.when is not None and moment(visit, found.sent) is None):
            tally.doubt("visit_when", Why.DAY, visit.promise)


def _said_again(found: Found) -> Item | None:
    """`4 máy, à không, 5 máy`: the same outcome before and after the word that corrects."""
    fix = next((i for c in found.told() for i in c.items if i.sort is Sort.FIX or _forgot(i, c)), None)
    if fix is None:
        return None
    before = {c.outcome for c in found.tally.counts if c.pieces[0].item.first < fix.first}
    after = (c for c in found.tally.counts if c.pieces[0].item.first > fix.first)
    return next((c.pieces[0].item for c in after if c.outcome in before), None)


def _forgot(item: Item, clause: Clause) -> bool:
    """`à quên 4 máy`, but not `à quên, thêm 1 máy`."""
    return item.plain == "a quen" and clause.has(Sort.NUMBER) and sum(i.sort is Sort.ADDED for i in clause.items) == 1


def _lists_numbers(tally: Tally) -> bool:
    """`Nam 8, Linh 6, Hà 7`: several numbers of we know not what are no mere talk."""
    return sum(doubt.soft and doubt.item.sort is Sort.NUMBER for doubt in tally.doubts) > 1


def _doubt_clause(found: Found, clause: Clause, *, counted: bool) -> None:
    """What one clause leaves open."""
    tally = found.tally
    first = clause.items[0] if clause.items else None
    if first is None:
        return
    if clause.doubtful and (counted or clause.mood is Mood.TOLD):
        tally.doubt("told_or_asked", Why.TWO_MEANINGS, first)
    if clause.doubtful and clause.mood is Mood.PLANNED and tally.counts and clause.outcome(Outcome.REVISIT):
        tally.doubt("meeting_or_visit", Why.TWO_MEANINGS, first)  # `hẹn lại dượnng Chắt`
    if clause.mood is Mood.PLANNED:
        _doubt_plan(found, clause, first)
    if clause.mood is Mood.TOLD:
        _doubt_told(found, clause, first, counted=counted)
        _doubt_place(found, clause, first, counted=counted)


def _doubt_plan(found: Found, clause: Clause, first: Item) -> None:
    tally = found.tally
    if oddities.says_done(clause) and not sure_plan(clause, found.sent.work_day):
        tally.doubt("plan_that_tells", Why.TWO_MEANINGS, first)
    if oddities.reports_by_name(clause):
        tally.doubt("name_or_tomorrow", Why.TWO_MEANINGS, first)
    if oddities.tells_of_weekday(clause):
        tally.doubt("weekday_past", Why.DAY, first)
        if clause.has(Sort.NUMBER):
            tally.doubt("weekday_past", Why.TWO_MEANINGS, first)
    if tally.counts and oddities.half_understood(clause, found.sent.work_day):
        tally.doubt("plan_half_understood", Why.TWO_MEANINGS, first)
    if tally.counts and oddities.resident_says_when(clause):
        tally.doubt("resident_says_when", Why.TWO_MEANINGS, first, Outcome.REVISIT)


def _doubt_told(found: Found, clause: Clause, first: Item, *, counted: bool) -> None:
    tally = found.tally
    if counted and (clause.has(Sort.TEAM) or (clause.has(Sort.OURS) and oddities.sums_up(clause))):
        tally.doubt("whole_team", Why.TEAM, next(item for item in clause.items if item.sort in (Sort.TEAM, Sort.OURS)))
    if not counted and (place := oddities.place_or_count(clause)) is not None:
        tally.doubt("place_or_count", Why.TWO_MEANINGS, place)
    if (
        counted
        and clause.has(Sort.BUT_THIS)
        and not found.amends.fixes
        and (grown := oddities.grown_to(clause)) is not None
    ):
        tally.doubt("grown_to", Why.TWO_MEANINGS, grown)
    last = clause is found.clauses[-1]
    if counted and not found.amends.fixes and (number := oddities.insists(clause, last=last)) is not None:
        tally.doubt("insists", Why.TWO_MEANINGS, number)
    if counted and clause.has(Sort.ALL) and (each := oddities.each(clause)) is not None:
        tally.doubt("each_or_both", Why.TWO_MEANINGS, each)
    within = "within" in tally.applied
    if counted and not within and any(i.sort is Sort.PARTLY and i.plain in _INCLUDING for i in clause.items):
        tally.doubt("including", Why.TWO_MEANINGS, first)
    if counted and clause.has(Sort.OTHERS) and not oddities.helped_by(clause) and not _is_a_state(tally, clause):
        tally.doubt("others_work", Why.TWO_MEANINGS, next(item for item in clause.items if item.sort is Sort.OTHERS))


def _doubt_place(found: Found, clause: Clause, first: Item, *, counted: bool) -> None:
    tally = found.tally
    if counted and oddities.long_time(clause):
        tally.doubt("long_time", Why.DAY, first)
    if counted and not found.amends.fixes and points_back(clause):
        tally.doubt("points_back", Why.TWO_MEANINGS, first)
    if tally.counts and oddities.lost_hamlet(clause):
        tally.doubt("lost_hamlet", Why.HAMLET, first)
    if counted and (strange := oddities.stranger(clause)) is not None:
        tally.doubt("stranger", strange, first)
    if counted and clause.has(Sort.GOAL) and not clause.has(Sort.CARRY) and _counts_phones(tally, clause):
        tally.doubt("card_or_phone", Why.TWO_MEANINGS, next(item for item in clause.items if item.sort is Sort.GOAL))
    if not tally.counts and clause.has(Sort.HAMLET) and clause.has(Sort.NUMBER, Sort.UNIT) and clause.has(Sort.UNKNOWN):
        tally.doubts.append(Doubt("hamlet_not_understood", Why.HAMLET, first, soft=True))


_STATES = (Outcome.NO_CARD, Outcome.NO_PHONE)


def _is_a_state(tally: Tally, clause: Clause) -> bool:
    """`chị Hoa mất căn cước tuần trước`: so it is by now, whenever it began."""
    return all(c.outcome in _STATES for c in tally.counts if c.clause is clause)


def _counts_phones(tally: Tally, clause: Clause) -> bool:
    return any(c.clause is clause and c.outcome is Outcome.ACTIVATED for c in tally.counts)


def _denies_outcome(found: Found) -> bool:
    """`không phải từ chối mà là hẹn 19h mai`: more is put right than a time."""
    return any(item.sort is Sort.OUTCOME and item.outcome is not Outcome.REVISIT for item in found.amends.denied)


def _only_times(found: Found) -> bool:
    """A correction of nothing but the time of a visit."""
    return all(
        c.outcome is Outcome.REVISIT and not any(p.item.sort is Sort.NUMBER for p in c.pieces)
        for c in found.tally.counts
    ) and bool(found.visits and any(visit.when is not None for visit in found.visits) and not found.tally.nothing)


def _without_counts(found: Found, *, question: bool) -> Reading:
    """Nothing was counted: a withdrawal, a question of ours, or talk."""
    if found.amends.fixes:
        strange = any(c.has(Sort.UNKNOWN) for c in found.told() if c.has(Sort.FIX))
        place = any(c.has(Sort.HAMLET) for c in found.told())
        if found.amends.mistaken and not strange and not place and not found.amends.denied:
            return Reading(Kind.UNDO, target=_target(found), question=question)
        draft = Draft(Kind.CORRECT, 0, (), (), (), None)
        return Reading(Kind.UNCLEAR, why=Why.HAMLET if place else Why.NUMBER, question=question, draft=draft)
    for item, where, clause in found.tally.bare:
        if is_only_done(item, clause, found.clauses):
            doubt = Doubt("bare_done", Why.BARE_DONE, item, Outcome.ACTIVATED, where)
            found.tally.doubts.append(doubt)
            return _unclear(found, [doubt], 0, question=question)
    if is_only_already(found.clauses):
        return Reading(Kind.UNCLEAR, why=Why.BARE_DONE)
    return Reading(Kind.CHAT, question=question)


def _excepts(tally: Tally) -> bool:
    """`nhà 6 người xong hết trừ 2 đứa đi làm ca`: who is missing is told one by one."""
    return any(p.reason is Reason.DIFFERENCE for c in tally.counts for p in c.pieces)


def _was(found: Found, counts: Mapping[Outcome, int]) -> dict[Outcome, int]:
    """The denied counts; a bare number takes the outcome that was corrected, if there is only one."""
    denied = count([Clause(list(found.amends.denied), "", 0)])
    single = next(iter(counts)) if len(counts) == 1 else Outcome.ACTIVATED
    was: dict[Outcome, int] = {}
    for c in denied.counts:
        outcome = c.outcome if c.said is not None or c.outcome is not Outcome.ACTIVATED else single
        was[outcome] = was.get(outcome, 0) + c.n
    return was


def _gone(found: Found) -> frozenset[Outcome]:
    """`sửa nhà anh Đạt thành 2 máy, không còn lỗi nữa`, `nhầm, nhà bà Slao chưa được máy nào, chưa có căn cước`."""
    items = [item for clause in found.told() for item in clause.items]
    gone = {item.denied for item in items if item.sort is Sort.NO_SUCH and item.denied is not None}
    if any(item.sort is Sort.NOTHING for item in items):
        gone.add(Outcome.ACTIVATED)
    return frozenset(gone - {c.outcome for c in found.tally.counts})


def _target(found: Found) -> Target | None:
    return found.writer.target(found.amends, found.tally)
