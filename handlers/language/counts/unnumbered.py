"""Outcomes without a number: one for each home or person named, or one of somebody unnamed (rules 3, 22 to 24, 29)."""

from handlers.language.counts.outcomes import CAUSES, TOGETHER, Then, complains, is_of_the_gate, is_weak, young
from handlers.language.counts.retold import agreed_in_vain, follows, speaks_of_one, told_of_them, undone_by_kin
from handlers.language.counts.tally import Count, Doubt, Piece, Tally, Waiting
from handlers.language.counts.trust import after_strange, is_of_a_share, is_remark
from handlers.language.counts.visited import told_of_visited
from handlers.language.people.relatives import TITLES, same_person
from handlers.language.reading import Outcome, Reason, Why
from handlers.language.sentences.clauses import Clause
from handlers.language.sentences.segments import Segment, is_house, is_phone_of_kin
from handlers.language.words.items import Item
from handlers.language.words.sorts import Sort, Unit
from handlers.language.words.titles import FORMS, GIVEN_UNMARKED, SPOKEN_TO


def count_unnumbered(
    tally: Tally, clause: Clause, segment: Segment, item: Item, outcome: Outcome, *, everybody: bool
) -> None:
    """An outcome without a number: one for each home or person named (rule 3)."""
    homes = each_once(_of_head(tally.pending, segment) or tally.pending + segment.homes)
    homes, phones = _with_phones(tally, homes)
    if outcome is Outcome.REVISIT:
        homes = _gone_to(homes)
    word = number_or_word(segment.items, item) if outcome is not Outcome.REVISIT and not homes else None
    if word is not None:
        tally.doubt("number_or_word", Why.NUMBER, word, outcome)
        return
    told = not homes and told_of_visited(tally, clause, item, outcome)
    if (
        told
        or _is_said_again(tally, homes, phones, outcome)
        or _adds_nothing(tally, clause, segment, item, outcome, homes)
    ):
        return
    if _is_doubtful(tally, clause, segment, item, outcome, homes):
        return
    if segment.couple:
        tally.doubt("couple_of_homes", Why.TWO_MEANINGS, item, outcome)
    elif tally.size is not None and not segment.homes:
        _count_household(tally, clause, item, outcome, everybody=everybody)
    elif homes:
        _count_homes(tally, clause, item, outcome, homes, everybody=everybody, phones=phones)
    elif outcome is Outcome.REVISIT:
        _revisit(tally, clause, item)
    elif tally.homes and (outcome is not Outcome.ACTIVATED or told_of_them(tally, everybody=everybody)):
        _count_again(tally, clause, item, outcome)
    elif outcome is Outcome.ACTIVATED:
        if not (tally.homes and any(c.scope == tally.scope and c.outcome is outcome for c in tally.counts)):
            tally.bare.append((item, tally.place, clause))
    else:
        _wait_for_visit(tally, clause, item, outcome)


def _is_doubtful(
    tally: Tally, clause: Clause, segment: Segment, item: Item, outcome: Outcome, homes: list[Item]
) -> bool:
    """Whether how many, or what, was done stays open: noted as a doubt."""
    if (homes or tally.homes) and _breaks_off(clause, item) and not _beside_another(tally, clause):
        tally.doubt("breaks_off", Why.NUMBER, item, outcome)
        return True
    if outcome is Outcome.ACTIVATED and after_strange(segment.items, item):
        tally.doubt("done_of_strange_verb", Why.TWO_MEANINGS, item, outcome, soft=not homes)
        return True
    return False


def _breaks_off(clause: Clause, item: Item) -> bool:
    """`nhà chị Na được`, and nothing after it: the number comes with the next message."""
    last = item.plain in _BEFORE_NUMBERS and clause.items[-1] is item and clause.ender in ("", "\n")
    told = sum(one.sort is Sort.OUTCOME for one in clause.items) > 1 or clause.has(Sort.NOT)
    return last and not told  # `cục gạch không làm chi được` says all


def _beside_another(tally: Tally, clause: Clause) -> bool:
    """`cụ Ngát dùng máy bàn phím, cô con dâu thì kích hoạt được`: told beside somebody for whom it was otherwise."""
    other = any(c.outcome is not Outcome.ACTIVATED and c.clause.line == clause.line for c in tally.counts)
    return other and any(item.plain in ("thi", "van") for item in clause.items)


_OF_ONE_AGE = frozenset({"anh", "chi"})
_BEFORE_NUMBERS = frozenset({"duoc", "dc", "cai duoc", "lam duoc", "kich hoat duoc"})


def _of_head(pending: list[Item], segment: Segment) -> list[Item]:
    """`nhà bà Lan, con trai xong`: one of that home, which is told under its name."""
    kin = bool(segment.homes) and not segment.after and all(home.kin for home in segment.homes)
    head = kin and len(pending) == 1 and pending[0].plain.startswith(("nha ", "ho ", "gia dinh "))
    return pending if head and len(segment.homes) == 1 and not pending[0].kin else []


def _with_phones(tally: Tally, homes: list[Item]) -> tuple[list[Item], list[Item]]:
    """The home under which phones are told that it has (`nhà anh Lưu máy anh với máy vợ xong, máy ông bố lỗi`)."""
    house = homes[:1] if homes and (is_house(homes[0]) or _is_theirs(homes[1:], homes[0])) else []
    phones = homes[len(house) :]
    if not phones or not all(is_phone_of_kin(phone) for phone in phones):
        return homes, []
    only = tally.homes[0] if len(tally.homes) == 1 else None
    house = house or ([only] if only is not None and (is_house(only) or _is_theirs(phones, only)) else [])
    return (house, phones) if house else (homes, [])


def _is_theirs(phones: list[Item], somebody: Item) -> bool:
    """`chú Hanh mạng yếu nên máy chú chưa kích hoạt được`: the phone of who was just named, by the form of address."""
    return len(phones) == 1 and phones[0].plain.split()[1:] == somebody.plain.split()[:1]


def _gone_to(homes: list[Item]) -> list[Item]:
    """`quay lại nhà bác Vịnh làm máy bác gái`: the home to which somebody goes, whoever there it is for."""
    return homes[:1] + [home for home in homes[1:] if not (home.kin or _is_of_the_home(home))]


def _is_of_the_home(home: Item) -> bool:
    return home.plain.startswith("may ") or home.plain.split()[-1] in ("gai", "trai", "noi", "ngoai")  # `bác gái`


def _is_said_again(tally: Tally, homes: list[Item], phones: list[Item], outcome: Outcome) -> bool:
    """`nhà chị Thơ không nhận được mã, nên máy của chị chưa kích hoạt được`: her phone, told of once."""
    told = any(c.outcome is outcome and c.homes == homes for c in tally.counts)
    return told and len(phones) == 1 and phones[0].plain.split()[-1] in homes[0].plain.split()


def _adds_nothing(
    tally: Tally, clause: Clause, segment: Segment, item: Item, outcome: Outcome, homes: list[Item]
) -> bool:
    """Another way of saying what was counted, the effect of it, a share of the target, a child without a card."""
    told = [c for c in tally.counts if c.scope == tally.scope]
    if any(c.outcome is outcome and (not homes or (c.clause is clause and c.homes == homes)) for c in told):
        person = None if homes else somebody(segment.items, item)
        if person is not None and not same_person(tally.homes, person.plain):
            tally.doubt("same_of_whom", Why.TWO_MEANINGS, person, outcome)
        return True
    if outcome is Outcome.FAILED and told and told[-1].outcome in CAUSES and (not homes or told[-1].homes == homes):
        tally.apply("effect_of_cause")
        return True  # `02 người cccd hết hạn nên chưa kích hoạt được`: the effect of what was counted
    if outcome in (Outcome.REFUSED, Outcome.ABSENT) and _is_why(tally, clause, outcome):
        tally.apply("told_why")
        return True  # `cô con dâu từ chối, bảo chồng không cho`: why
    if outcome is Outcome.NO_CARD and young(clause):
        tally.apply("child_without_card")
        return True  # a child without a card counts nothing (rule 30)
    return is_of_a_share(segment.items, item)


def _is_why(tally: Tally, clause: Clause, outcome: Outcome) -> bool:
    """Whether a clause says why somebody just told refused, or where they are: it begins with such a word."""
    told = bool(tally.counts) and tally.counts[-1].outcome is outcome
    items = [item for item in clause.items if item.sort is not Sort.BREAK]
    items = items[items[0].plain == "ho" :] if items else items  # `họ bảo sợ lộ thông tin`
    first = items[0].plain if items else ""
    others = any((item.sort is Sort.HOME and not item.kin) or item.plain == "cung" for item in items)
    others = others or clause.has(Sort.NUMBER)
    return told and (first in _WHY or first.startswith(_HEARD)) and not others


_HEARD = ("hang xom", "nghe noi", "nghe bao", "hoi thi", "nguoi ta bao", "nghe ke", "thay bao")
_WHY = frozenset({"bao", "noi", "keu", "than", "vi", "do", "tai", "boi", "ly do", "vi so", "so"})


def somebody(items: list[Item], item: Item) -> Item | None:
    """A form of address before what is told, whose name was not understood (`ong tai chua co cccd`)."""
    said = [i for i in items if i.sort not in (Sort.NEVER, Sort.LINK, Sort.LEFT)]
    first = next((k for k, i in enumerate(said) if i.sort is not Sort.FILL), len(said))
    if first < len(said) and said[first].sort is Sort.UNKNOWN and said[first].plain in _ALONE:
        return said[first]
    if first + 1 >= len(said) or said[first].sort is not Sort.UNIT or said[first].unit is not Unit.PERSON:
        return None
    title, name = said[first], said[first + 1]
    given = name.plain in GIVEN_UNMARKED
    strange = given or (name.sort is Sort.UNKNOWN and title.plain not in SPOKEN_TO)
    return title if strange and name.first == title.last and (given or name.last <= item.first) else None


def _is_somebody(item: Item) -> bool:
    return (item.sort is Sort.UNIT and item.plain in FORMS) or (item.sort is Sort.UNKNOWN and item.plain in _ALONE)


_ALONE = frozenset({"vo", "chong", "me", "bo"})  # unmarked
_MAY_COUNT = frozenset({"ba", "nam", "sau", "bay", "tam"})


def number_or_word(items: list[Item], item: Item) -> Item | None:
    """`da co nam`: unmarked, and nothing after it that is counted."""
    after = [i for i in items if i.first >= item.last]
    if not after or after[0].plain not in _MAY_COUNT or after[0].first != item.last or after[0].sort is Sort.NUMBER:
        return None
    goes_on = (Sort.FILL,) if after[0].plain == "ba" else (Sort.FILL, Sort.OUTCOME, Sort.NUMBER)
    return after[0] if all(i.sort in goes_on for i in after[1:]) else None


def _wait_for_visit(tally: Tally, clause: Clause, item: Item, outcome: Outcome) -> None:
    """One of somebody unnamed (rule 24), unless it only complains; a visit in the next clause says whose it is."""
    if any(doubt.outcome is outcome and any(doubt.item is i for i in clause.items) for doubt in tally.doubts):
        return  # `vắng vài nhà`: asked for already
    if any(c.outcome is outcome and c.clause.line == clause.line and follows(c, item) for c in tally.counts):
        return  # said of the one just spoken of
    if is_weak(item) and any(i.sort is Sort.UNIT and i.plain in FORMS and i.first < item.first for i in clause.items):
        tally.doubt("away_of_whom", Why.TWO_MEANINGS, item, outcome)
        return
    if is_remark(item) or is_weak(item) or (tally.behalf and outcome is Outcome.FAILED):
        return
    if outcome is Outcome.FAILED and complains(item, clause):
        return
    tally.apply("lone_outcome")
    tally.put(clause, outcome, [Piece(1, item, Reason.HOME)], [])
    doubt = Doubt("network_of_whom", Why.NUMBER, item, outcome, tally.place) if item.plain.startswith("mang ") else None
    if doubt is not None:
        tally.doubts.append(doubt)
    if not any(_is_somebody(i) and i.first < item.first for i in clause.items):
        tally.waiting = Waiting(item, tally.counts[-1], doubt)  # else it is somebody's whose name was not understood


def _settle_waiting(tally: Tally, homes: list[Item]) -> None:
    """A visit to one home tells whose the outcome right before it is."""
    if tally.waiting is not None and len(homes) == 1:
        tally.waiting.count.homes = list(homes)
        tally.doubts = [doubt for doubt in tally.doubts if doubt is not tally.waiting.doubt]
        tally.waiting = None


def _count_household(tally: Tally, clause: Clause, item: Item, outcome: Outcome, *, everybody: bool) -> None:
    size = tally.size
    if size is None:
        return
    if outcome in (Outcome.ABSENT, Outcome.REVISIT):
        tally.put(clause, outcome, [Piece(1, item, Reason.HOME)], tally.homes)
    elif everybody and outcome is Outcome.ACTIVATED:
        tally.put(clause, outcome, [Piece(size.n, size, Reason.HOUSEHOLD)], tally.homes, said=item.said, whole=True)
    else:
        tally.doubt("household_partly", Why.HOUSEHOLD, size, outcome)
    tally.size = None


def _count_homes(
    tally: Tally,
    clause: Clause,
    item: Item,
    outcome: Outcome,
    homes: list[Item],
    *,
    everybody: bool,
    phones: list[Item],
) -> None:
    """`cả nhà bác Lợi xong` leaves open how many; absent and promised count homes, so that all is one."""
    if everybody and outcome not in (Outcome.ABSENT, Outcome.REVISIT) and len(homes) == 1:
        tally.doubt("household_how_many", Why.HOUSEHOLD, item, outcome)
        return
    if outcome in (Outcome.ABSENT, Outcome.REVISIT):
        homes = [home for home in homes if not home.kin] or homes  # `quay lại nhà ông Định làm nốt cho bà cụ`: one home
    if any(home.kin and home.plain in ("nha", "ho") for home in homes) and outcome is Outcome.ACTIVATED:
        tally.doubt("household_how_many", Why.HOUSEHOLD, item, outcome)
        return
    tally.named += [home for home in homes if home not in tally.named]
    if outcome is Outcome.REFUSED and (whose := undone_by_kin(tally, item, homes)):
        homes = whose
    elif outcome is Outcome.REVISIT:
        _settle_waiting(tally, homes)
    elif tally.waiting is not None and tally.waiting.count.outcome is outcome and len(homes) == 1:
        tally.waiting.count.homes, tally.waiting = list(homes), None
        return  # `sim không chính chủ, chú Sỹ không nhận được mã`: his
    elif any(c.homes == homes and c.clause is clause for c in tally.counts):
        tally.homes = homes
        _count_again(tally, clause, item, outcome)
        return
    told = phones if phones and outcome not in (Outcome.ABSENT, Outcome.REVISIT) else homes
    tally.put(clause, outcome, [Piece(1, one, Reason.HOME) for one in told], homes, said=item.said)


def _revisit(tally: Tally, clause: Clause, item: Item) -> None:
    if any(c.outcome is Outcome.REVISIT and c.clause is clause for c in tally.counts):
        return  # `hẹn 2 nhà, bảo quay lại`: said twice
    tally.put(clause, Outcome.REVISIT, [Piece(1, item, Reason.VISIT)], tally.homes)


def _count_again(tally: Tally, clause: Clause, item: Item, outcome: Outcome) -> None:
    """Another outcome of the person just spoken of: the last word holds, effects add nothing to causes (22, 23, 29)."""
    theirs = [c for c in tally.counts if c.homes == tally.homes]
    if any(c.outcome is outcome for c in theirs):
        return
    if is_of_the_gate(item) and any(c.outcome is Outcome.ACTIVATED for c in theirs):
        tally.apply("gate_was_passed")
        return  # `nhà chú Bảo 2 máy, chó dữ quá`: they were in
    implicit = all(piece.reason in (Reason.HOME, Reason.VISIT) for c in theirs for piece in c.pieces)
    if not implicit and speaks_of_one(clause, item):
        tally.put(clause, outcome, [Piece(1, item, Reason.HOME)], [])
        return
    if not implicit or (len(tally.homes) > 1 and theirs):
        tally.doubt("again_of_several", Why.TWO_MEANINGS, item, outcome)
        return
    if len(theirs) == 1 and _of_another_member(theirs[0], clause):
        tally.put(clause, outcome, [Piece(1, item, Reason.HOME)], tally.homes)
        return
    for c in theirs:
        becomes = Then.LAST if agreed_in_vain(c, outcome) else TOGETHER.get((c.outcome, outcome))
        if becomes is None:
            tally.doubt("outcomes_apart", Why.TWO_MEANINGS, item, outcome)
            return
        if becomes is Then.EFFECT:
            tally.apply("effect_of_cause")
            return
        if becomes is Then.LAST:
            tally.apply("last_word_of_person")
            tally.counts.remove(c)
    pieces = [Piece(1, item, Reason.HOME)] if len(tally.homes) == 1 else [Piece(1, h, Reason.HOME) for h in tally.homes]
    tally.put(clause, outcome, pieces, tally.homes, said=item.said)


def _of_another_member(c: Count, clause: Clause) -> bool:
    """`nhà chị Hương làm xong cho chồng chị rồi, chị thì sim không chính chủ`: another one of that home."""
    first, *rest = clause.items
    if c.clause is clause or first.plain not in TITLES | _OF_ONE_AGE or first.sort not in (Sort.FILL, Sort.UNIT):
        return False
    differs = not same_person(c.homes, first.plain)
    if rest[:1] and rest[0].plain == "thi":  # `cô đồng ý làm, chú thì để hỏi con`
        return differs or any(item.sort is Sort.HOME and item.kin for item in c.clause.items)
    return differs and all(home.kin for home in c.homes)  # `bà xong, ông dùng cục gạch`


def each_once(homes: list[Item]) -> list[Item]:
    """`hộ ông Minh, số nhà 14` and `nhà bà Thoa, bà Thoa thì …` are one home each: an address, a name said again."""
    kept: list[Item] = []
    for home in homes:
        address = home.plain.startswith("so nha") and bool(kept)
        again = any(_is_same(_bare(home), _bare(known)) for known in kept)
        if not address and not again:
            kept.append(home)
    return kept


def _is_same(one: str, other: str) -> bool:
    """`nhà Hảo` and then `anh Hảo` are one home."""
    shorter, longer = sorted((one, other), key=len)
    return one == other or (" " not in shorter and longer.endswith(f" {shorter}") and longer.count(" ") == 1)


def _bare(home: Item) -> str:
    return home.plain.removeprefix("nha ").removeprefix("ho ")
