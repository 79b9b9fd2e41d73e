"""Old and disabled people who were helped to the office: helping is not activating (rule 19)."""

from handlers.language.counts.tally import Piece, Tally
from handlers.language.people.relatives import TITLES
from handlers.language.reading import Outcome, Reason, Why
from handlers.language.sentences.clauses import Clause
from handlers.language.sentences.segments import lives_at
from handlers.language.words.items import Item
from handlers.language.words.sorts import Sort, Unit


def carried(tally: Tally, clause: Clause, items: list[Item]) -> list[Item]:
    """Takes the helping out of a group (rule 19): the verb, whom it carries, where, and the words between."""
    start = next(i for i, item in enumerate(items) if item.sort is Sort.CARRY)
    goals = [i for i, item in enumerate(items) if item.sort is Sort.GOAL and i > start]
    verb = items[start]
    if any(item.sort is Sort.HOME for item in items[start:]):
        tally.pending = []  # `em với bạn Khoa dìu cụ Hường`: who helps
    carries = verb.plain in ("cong", "diu", "ho tong", "khieng", "cang", "day", "day xe", "day xe lan", "cho xe lan")
    alone = not any(i.sort in (Sort.NUMBER, Sort.HOME, Sort.FILL) for i in items[start + 1 :])
    if not goals and (not carries or alone):
        after = next((i for i in items[start + 1 :] if i.sort is not Sort.FILL), None)
        led = after is not None and after.sort in (Sort.NUMBER, Sort.HOME) and after.unit is not Unit.PHONE
        if not led and carries and any(i.sort is Sort.OUTCOME for i in items[start + 1 :]):
            tally.doubt("carried_or_named", Why.TWO_MEANINGS, verb)  # unmarked `co Diu tu choi`
        return _strange_carry(tally, items, start) if led else items[:start] + items[start + 1 :]
    end = goals[-1] + 1 if goals else len(items)
    while end < len(items) and (
        items[end].sort in (Sort.FILL, Sort.ALL) or items[end].plain in ("xong", "lam xong", "ok", "lam", "lam luon")
    ):
        end += 1
    who = items[start + 1 : goals[-1] if goals else end]
    number = next((item for item in who if item.sort is Sort.NUMBER), None)
    if number is not None and number.unit is Unit.PHONE:
        return _strange_carry(tally, items, start)  # unmarked `cong` is also cộng
    named = [item for item in who if item.sort is Sort.HOME and not item.number]
    homes = [one for one in named if not any(lives_at(one, other) for other in named)]
    if number is not None:
        tally.put(
            clause,
            Outcome.ASSISTED,
            [Piece(number.n, number, Reason.COUPLE if number.unit is Unit.COUPLE else Reason.NUMBER)],
            homes,
        )
    elif homes:
        tally.put(clause, Outcome.ASSISTED, [Piece(1, home, Reason.HOME) for home in homes], homes)
    elif (before := _carried_before(tally, items[:start])) is not None:
        kept, pieces, theirs = before
        tally.put(clause, Outcome.ASSISTED, pieces, theirs)
        return kept + items[end:]
    elif (somebody := _of_whom_was_told(tally, clause, who)) is not None:
        tally.put(clause, Outcome.ASSISTED, [Piece(1, somebody, Reason.HOME)], [])
    else:
        tally.doubt("carried_nobody", Why.NUMBER, verb, Outcome.ASSISTED, soft=True)
    return items[:start] + items[end:]


def _of_whom_was_told(tally: Tally, clause: Clause, who: list[Item]) -> Item | None:
    """`chưa có căn cước, em đẩy cụ ra trụ sở`: one without a name, of whom something was told right before."""
    one = next((i for i in who if i.plain in TITLES), None)
    last = tally.counts[-1] if tally.counts else None
    told = last is not None and last.n == 1 and not last.homes and last.clause.line == clause.line
    return one if told else None


def _carried_before(tally: Tally, before: list[Item]) -> tuple[list[Item], list[Piece], list[Item]] | None:
    """Whoever was named before is carried: `cụ Lâm 88 tuổi, chúng tôi cõng cụ ra trụ sở`, `hai cụ được đưa lên xã`."""
    last = next((item for item in reversed(before) if item.sort in (Sort.NUMBER, Sort.HOME, Sort.OUTCOME)), None)
    if last is not None and last.sort is Sort.NUMBER and last.unit in (Unit.PERSON, Unit.COUPLE):
        return [i for i in before if i is not last], [Piece(last.n, last, Reason.NUMBER)], []
    if last is not None and last.sort is Sort.HOME:
        tally.pending, tally.homes = [], [last]
        return [i for i in before if i is not last], [Piece(1, last, Reason.HOME)], [last]
    homes = tally.pending or tally.homes
    if not homes:
        return None
    tally.pending = []
    tally.apply("carried_before")
    return before, [Piece(1, home, Reason.HOME) for home in homes], homes


def _strange_carry(tally: Tally, items: list[Item], start: int) -> list[Item]:
    """`đón 2 cụ` without a place may be help or only a lift."""
    if items[start].plain in ("cho", "lai", "dan", "kem", "dua") and items[start].plain == items[start].plain.strip():
        pass
    tally.doubt("lift_or_help", Why.TWO_MEANINGS, items[start], Outcome.ASSISTED, soft=True)
    return items[:start]
