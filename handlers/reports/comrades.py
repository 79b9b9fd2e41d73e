"""What a message says of comrades of the team is done for each: each share goes through the one door of its owner."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from handlers import saying
from handlers.clerk.comrades import Comrade, Told, phrases
from handlers.clerk.comrades import told as told_of
from handlers.clerk.evening import NOWHERE
from handlers.clerk.lasting import FAILED_ONE, SUCCEEDED
from handlers.language import Entry, Kind, Outcome, Reading, fold, with_numbers, with_single_letters
from handlers.messages import Message, Reply, Saying
from handlers.open.keeping import KeptChoice
from handlers.places import placing
from handlers.reports import (
    acting,
    behalf,
    changing,
    duty,
    for_others,
    for_whom,
    giving,
    handing_over,
    parting,
    withdrawing,
)
from handlers.reports.behalf import Asked
from handlers.reports.changing import SaidBy
from handlers.reports.for_whom import Piece
from handlers.states import NEW_REPORT
from handlers.turn import Turn
from storage.campaign import people
from storage.campaign.people import Person
from storage.campaign.teams import Team
from storage.reports import reports
from storage.reports.reports import Report
from storage.reports.tallies import Line

_TAKES_BACK = re.compile(r"\b(?:bo|huy|xoa|rut|go|thu hoi|khong can)\b")
# `bỏ nhà anh Kiên 1 máy đi, máy đấy HV 72 làm và báo rồi`: nothing is reported for them.
_TOLD_BY_THEMSELVES = re.compile(
    r"\b(?:va|da|tu|cung|no|ban ay) (?:da |tu |cung )*(?:bao|ghi|nhap|gui|khai)(?: cao)? (?:len )?(?:roi|r)\b"
)
_MORE = re.compile(r"\b(?:them|nua|tiep|khac|moi|vua)\b")
_WORKED = re.compile(r"\b(?:lam|cai|man|kich hoat) (?:cho|giup|het|xong)\b")
# Said of what was told before, and not `bố`, somebody's father, nor `bộ`.
_PHONES_TAKEN_BACK = re.compile(
    r"\b(?:bo|huy|xoa|rut|go|gach|tru) (?:(?:giup|gium|ho|em|cai|tin|bot|so) ){0,3}([0-9]{1,3}) may\b(?! nua)"
)


@dataclass(frozen=True, slots=True)
class Heard:
    """What was said to it; None: nothing yet, and the message is to be heard as the sender's.

    `named`: comrades were looked for and found, so that nobody else is meant.
    """

    said: list[Saying] | None
    message: Message
    named: bool = False


def heard(message: Message, turn: Turn, team: Team) -> Heard:
    """What a message does for comrades whom it names, and what of it is the sender's."""
    if message.forwarded or not message.text:
        return Heard(None, message)
    members = people.of_team(turn.tx, team.id)
    others = {one.id: one for one in members if one.id != turn.me.id}
    last = withdrawing.last_for_other(turn)
    text = phrases.without_why(with_single_letters(with_numbers(unicodedata.normalize("NFC", message.text))))
    told = told_of(text, [Comrade(one.id, one.name) for one in others.values()], last.person if last else None)
    if told is None:
        mine_now = handing_over.mine_after_all(message, turn, last)
        return Heard(mine_now or behalf.of_a_friend(message, turn, team), message)
    if told.several or (turn.reading(message).question and not (told.says or told.asked)):
        return Heard(None, message)
    back = handing_over.denied_of_comrade(message, turn, told) if any(told.denied) else None
    if back is not None:
        return Heard(back, message)
    if (moved := handing_over.moved_of_comrade(message, turn, team, told)) is not None:
        return Heard(moved, message)
    if not (told.open or any(one.who for one in told.shares)):
        return Heard(None, message if told.alone == text else replace(message, text=told.alone), named=not told.asked)
    mine = message if told.alone == text else replace(message, text=told.alone)
    hearing = _Hearing(message, turn, team, told, others)
    if not told.asked and _TOLD_BY_THEMSELVES.search(told.unnamed) and _TAKES_BACK.search(told.unnamed):
        return Heard(hearing.told_by_themselves(), mine)
    said = hearing.said()
    return Heard(said, message if said is not None else mine)


class _Hearing:
    """One message about comrades, while it is being done."""

    def __init__(self, message: Message, turn: Turn, team: Team, told: Told, others: dict[int, Person]) -> None:
        self.message, self.turn, self.team, self.told, self.others = message, turn, team, told, others
        self.asking = parting.Asking(message, turn, team, told, others)
        every = reports.since_day(turn.tx, turn.me.id, turn.work_day)
        self.own = [one for one in every if not one.withdrawn]
        self.for_others = reports.told_for_others(turn.tx, turn.chat.id, turn.me.id, since=turn.oldest_day)

    def told_by_themselves(self) -> list[Saying] | None:
        """`bỏ phần của hv72 đi, nó tự báo rồi`: what was reported for them; None: it is about the sender's own.

        `nhà cô Thi bạn Lan cũng báo rồi, bỏ của em đi` names that own home, and says nothing else.
        """
        newest = next((one for one in reversed(self.for_others) if one.person in self.told.names), None)
        own = giving.named_in(self.turn, self.own, fold(self.message.text))
        if newest is not None and not own:
            return withdrawing_for(self.turn, newest)
        if len(own) != 1 or self.turn.reading(self.message).kind is not Kind.CHAT:
            return None
        (report, lines) = own[0]
        if left := giving.without(report.lines, lines):
            return changing.change(self.turn, report, left, None, SaidBy(self.message.text, self.message))
        return withdrawing.ask(self.turn, report, "reporting.fix_withdraw")

    def said(self) -> list[Saying] | None:
        """What is done for each, comrades first; None: nothing."""
        parted = self._parted_anew()
        if parted is not None:
            return parted
        asked = parting.splits(self.asking)
        if asked is not None:
            return asked
        whose = dict.fromkeys(one.who for one in self.told.shares if one.who)
        said: list[Saying] = []
        for who in whose:
            said += self._of_comrade(self.others[who], self.told.of(who)) or []  # of some it tells no work
        if whose and not (said or self.told.open):
            return None
        said += parting.between(self.asking) if self.told.open else []
        mine = self._summed(self.told.of(0))
        if mine and self._counts(mine) and not self._about_theirs(mine):
            said += acting.act(replace(self.message, text=mine), self.turn, self.team) or []
        return said or None

    def _about_theirs(self, words: str) -> bool:
        """`bà Na báo lại 1 máy bị thoát ra, trừ cho Lan 1 máy`: why, at a home that was told for them."""
        if not self.told.wrong or any(one.said for one in self.told.shares if one.who == 0):
            return False
        theirs = [one for one in self.for_others if one.person in self.told.names]
        plain = fold(words)
        return bool(giving.named_in(self.turn, theirs, plain)) and not giving.named_in(self.turn, self.own, plain)

    def _counts(self, words: str) -> bool:
        return phrases.COUNTS.search(phrases.PLACE.sub(" ", fold(words))) is not None

    def _summed(self, words: str) -> str:
        """A share of `tổng của em 11, của HV 75 là 5`: each is a sum."""
        is_sum = self.told.summed and words and phrases.SUMMED.search(fold(words)) is None and self._counts(words)
        return f"tổng {words}" if is_sum else words

    def _reading(self, words: str) -> Reading:
        return self.turn.meanings(replace(self.message, text=words))[0]

    def _of_comrade(self, person: Person, words: str) -> list[Saying] | None:
        mine = [one for one in self.for_others if one.person == person.id]
        if mine and _TAKES_BACK.search(self.told.unnamed) and not self._counts(words):
            return withdrawing_for(self.turn, mine[-1])
        if (taken := self._taken_back(mine)) is not None:
            return withdrawing_for(self.turn, taken)
        given = self._given(person, words)
        if given is not None:
            return given
        reading = self._reading(words) if words else Reading(Kind.CHAT)
        if self._names_my_last(words):
            return [giving.ask_which(self.message, self.turn, person, self.own[-1:])]
        if not _ended(words) and (told_already := self._told_already(words, mine)):
            lines = saying.report_in_words(self.turn, told_already)
            return [self._agreed(person, lines, reading)]
        put_right = self._put_right(words, reading, mine) if mine else None
        if put_right is not None:
            return put_right
        if self.told.summed or reading.kind is Kind.TOTAL:
            return self._sum(person, self._summed(words))
        return self._new(person, words, reading, mine) if self._is_work(words, reading) else None

    def _names_my_last(self, words: str) -> bool:
        """`tin vừa rồi em gửi hộ Lan mà quên ghi tên`: what was told last as one's own may be theirs."""
        points = self.told.asked and phrases.POINTS.search(self.told.unnamed) is not None
        tells = self._counts(words) or bool(self._reading(words).counts)  # `nhờ em báo thêm ba máy` tells of theirs
        tells = tells or _ended(words)  # so does `cái máy không nhận được OTP ban nãy đã có mã`
        return points and not tells and bool(self.own) and withdrawing.last_for_other(self.turn) is None

    def _is_work(self, words: str, reading: Reading) -> bool:
        """Whether it tells of work, and not only of whom somebody is with: `mình với hv72 chia đôi xóm 3`."""
        if not (self._counts(words) or _WORKED.search(fold(words))):
            return self.told.asked and reading.kind is not Kind.CHAT
        return self.told.asked or (
            reading.kind is not Kind.CHAT and (reading.kind is not Kind.UNCLEAR or _numbered(reading))
        )

    def _new(self, person: Person, words: str, reading: Reading, mine: Sequence[Report]) -> list[Saying]:
        if self.told.doubted and not mine:  # of whom was told before is known
            return [behalf.ask_whose(self.message, self.turn, self.team, person, parting.likely(self.asking, words))]
        if self.told.themselves and not self.told.asked and reading.kind is Kind.REPORT:
            return [behalf.ask_what(self.message, self.turn, self.team, person, [reading])]
        place = for_others.place_of(words, self.message, self.turn, self.team, mine) if mine else NOWHERE
        return behalf.report(self.message, self.turn, self.team, Asked((person,), person.name, words), place=place)

    def _taken_back(self, mine: Sequence[Report]) -> Report | None:
        """`bỏ 3 máy em báo giùm bạn 72 đi ạ`: the newest that has just so many."""
        found = _PHONES_TAKEN_BACK.search(fold(self.message.text))
        counted = int(found[1]) if found is not None else 0
        return next((one for one in reversed(mine) if sum(line.n for line in one.lines) == counted > 0), None)

    def _told_already(self, words: str, mine: Sequence[Report]) -> Report | None:
        """`3 máy đó của Học viên 75 ạ`, as it was reported: nothing is added; nor where a home is told once more."""
        today = [one for one in mine if one.day == self.turn.work_day]
        again = (one for one in today if reports.text_of(self.turn.tx, one) == self.message.text)
        if (same := next(again, None)) is not None:
            return same
        at_home = giving.named_in(self.turn, today, fold(words))
        if len(at_home) == 1 and not _MORE.search(self.told.unnamed) and self._same_lines(words, at_home[0][1]):
            return at_home[0][0]
        if not self.told.claimed or self.told.asked or not mine:
            return None
        if not self._counts(words):
            return mine[-1]
        return next((one for one in reversed(mine) if self._same(words, one)), None)

    def _put_right(self, words: str, reading: Reading, mine: Sequence[Report]) -> list[Saying] | None:
        told = self.told
        if told.wrong and reading.kind is Kind.UNCLEAR and (asked := self._which_number(words, mine)):
            return asked
        tries = [words] if reading.kind is Kind.CORRECT or told.wrong or not told.asked or _ended(words) else []
        again = [_again(words)] if told.wrong or reading.points_back else []
        tries = [*again, *tries] if told.wrong and reading.kind is Kind.REPORT else [*tries, *again]
        for one in tries:
            done = for_others.put_right_as(one, self.message, self.turn, self.team, mine)
            if done is not None:
                return done
        if (told.wrong or told.says) and (moved := for_others.moved(reading, self.message, self.turn, self.team, mine)):
            return moved
        return self._which_number(words, mine) if told.wrong and words else None

    def _which_number(self, words: str, mine: Sequence[Report]) -> list[Saying] | None:
        """`bảo lại vắng có 1 nhà thôi`: what stands changes, or it is new."""
        readings = [one for one in self.turn.meanings(replace(self.message, text=words)) if one.counts]
        person = self.others[mine[-1].person]
        changes = for_others.likely_changes(readings, self.turn, mine, fold(words), person)
        if not changes:
            return None
        new = [[Piece(person, KeptChoice(NEW_REPORT, one.day, tuple(one.entries)))] for one in readings]
        said = self.turn.text("behalf.what", name=person.name, whole=False)
        return [for_whom.ask(self.message, self.turn, self.team, readings[0], [*changes[:2], *new[:1]], said)]

    # What was reported as one's own, and is another's

    def _given(self, person: Person, words: str) -> list[Saying] | None:
        told = self.told
        if not (told.claimed or told.denied or told.wrong):
            return None
        from_others = [one for one in self.for_others if one.person in told.denied]
        plain, turn = fold(words), self.turn
        for known in (from_others, self.own) if from_others else (self.own,):
            found = giving.named_in(turn, known, plain)
            if len(found) == 1 and (told.claimed or told.denied):
                report, lines = found[0]
                return giving.give(self.message, turn, report, person, self._as_many(words, lines))
        theirs = told.denied and 0 in told.denied
        if from_others and not self._counts(words):
            return giving.give(self.message, turn, from_others[-1], person, from_others[-1].lines)
        if theirs and self.own and not told.asked:
            fitting = [one for one in reversed(self.own) if self._same(words, one)] or list(reversed(self.own))
            if len(fitting) == 1 and self._counts(words):
                return giving.give(self.message, turn, fitting[0], person, fitting[0].lines)
            return [giving.ask_which(self.message, turn, person, fitting)]
        return None

    def _agreed(self, person: Person, lines: str, reading: Reading) -> Reply:
        """It stands already; what was asked for once more may be other work, and one tap adds it."""
        said = self.turn.text("behalf.agreed", name=person.name, lines=lines)
        if not self.told.asked or reading.kind is not Kind.REPORT:
            return Reply(said)
        more = [Piece(person, KeptChoice(NEW_REPORT, reading.day, tuple(reading.entries)))]
        return for_whom.ask(self.message, self.turn, self.team, reading, [more], said)

    def _same_lines(self, words: str, lines: Sequence[Line]) -> bool:
        reading = self._reading(words)
        return reading.kind is Kind.REPORT and reading.counts == {Outcome(line.outcome): line.n for line in lines}

    def _same(self, words: str, report: Report) -> bool:
        counts = self._reading(words).counts
        return bool(counts) and counts == {line.outcome: line.n for line in report.lines}

    def _as_many(self, words: str, lines: list[Line]) -> list[Line]:
        """`1 máy nhà cô Tươi là Huy làm`, of 2 that were counted there: that one alone."""
        reading = self._reading(words)
        counts = reading.counts if reading.kind is not Kind.UNCLEAR and self._counts(words) else {}
        fewer = [replace(line, n=min(line.n, counts[one])) for line in lines for one in counts if one == line.outcome]
        return [one for one in fewer if one.n] or lines

    # One sum that is parted among several, or parted anew

    def _parted_anew(self) -> list[Saying] | None:
        told = self.told
        shares = {one.who: told.of(one.who) for one in told.shares}
        meant = told.parted or not (told.claimed or told.asked)
        if told.parted and told.total is None and len(shares) == 1 and 0 not in shares:
            return self._part_of_mine(*shares.popitem())
        if not (told.wrong or told.parted) or 0 not in shares or len(shares) != 2 or not meant:
            return None
        who = next(one for one in shares if one)
        own = self._meant(self.own, shares[0])
        theirs = self._meant([one for one in self.for_others if one.person == who], shares[who])
        if own is None:
            return None
        if theirs is not None and not told.parted:
            both = [
                for_others.put_right_as(_again(shares[one]), self.message, self.turn, self.team, [report])
                for one, report in ((who, theirs), (0, own))
            ]
            return [said for one in both for said in one or []] or None
        lines = placing.lines_of(self.turn, self.team, self._reading(shares[who]).entries)
        mine = self._reading(shares[0]).counts
        total = Counter({line.outcome: line.n for line in own.lines})
        if not lines or Counter(mine) + Counter({line.outcome: line.n for line in lines}) != total:
            return None
        return giving.give(
            self.message, self.turn, own, self.others[who], [replace(one, hamlet=own.lines[0].hamlet) for one in lines]
        )

    def _part_of_mine(self, who: int, words: str) -> list[Saying] | None:
        """`trong đó có 1 máy của bạn Nam`: of the report that was told last, which has more."""
        own, counts = self._meant(self.own, words), self._reading(words).counts
        if own is None or not counts:
            return None
        lines = [
            replace(one, n=counts[o]) for one in own.lines for o in counts if o == one.outcome and one.n > counts[o]
        ]
        return giving.give(self.message, self.turn, own, self.others[who], lines) if len(lines) == len(counts) else None

    def _meant(self, known: Sequence[Report], words: str) -> Report | None:
        """The report whose home the words name, else the newest of today."""
        plain = fold(f"{words} {self.message.text}")
        found = giving.named_in(self.turn, known, plain)
        return found[0][0] if found else known[-1] if known else None

    # Sums

    def _sum(self, person: Person, words: str) -> list[Saying]:
        """Compared with what is stored of them; what differs is asked about, and no number of theirs is told."""
        turn, reading = self.turn, self._reading(words)
        day = turn.day_of(self.message, reading.day)
        if not duty.may_report(turn, day):
            return [duty.refusal(turn, self.message, day)]
        stated = Counter({str(outcome): n for entry in reading.entries for outcome, n in entry.counts.items()})
        stored = Counter[str]()
        for report in reports.of_day(turn.tx, person.id, day):
            stored.update({line.outcome: line.n for line in report.lines})
        if stated and all(stored[one] == n for one, n in stated.items()):
            lines = saying.said(turn, placing.lines_of(turn, self.team, reading.entries))
            return [turn.say("behalf.agreed", name=person.name, lines=lines)]
        more = Counter({one: n - stored[one] for one, n in stated.items() if n > stored[one]})
        by_me = {one.id for one in self.for_others}
        own = all(one.id in by_me for one in reports.of_day(turn.tx, person.id, day))  # what the sender told, and knows
        if not stated or reading.kind is Kind.UNCLEAR:
            return behalf.report(self.message, turn, self.team, Asked((person,), person.name, words))
        as_report = replace(reading, kind=Kind.REPORT)
        if stored.total() and own and more:
            rest = Entry(None, None, {Outcome(one): n for one, n in more.items()})
            return [behalf.ask_what(self.message, turn, self.team, person, [replace(as_report, entries=(rest,))])]
        return [behalf.ask_what(self.message, turn, self.team, person, [as_report], whole=True)]


def _ended(words: str) -> bool:
    """`máy lỗi của bạn ấy giờ được rồi`: what failed is no more."""
    return SUCCEEDED.search(fold(words)) is not None and FAILED_ONE.search(fold(words)) is not None


def _again(words: str) -> str:
    """Words as they put right what was told; those without marks get none, or the others would seem to lack theirs."""
    return f"{'sua lai' if words.isascii() else 'sửa lại'} {words}"


def _numbered(reading: Reading) -> bool:
    """Whether something that it counts, or a number, was understood of what is not clear."""
    draft = reading.draft
    return bool(reading.counts) or (
        draft is not None and bool(draft.entries or (draft.hole and draft.hole.suggestions))
    )


def withdrawing_for(turn: Turn, report: Report) -> list[Saying]:
    """`bỏ cái báo hộ Sơn đi`: asked first."""
    return withdrawing.ask_for_other(turn, report)
