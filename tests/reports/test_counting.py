"""Any sequence of reports, edits, withdrawals, presses, duplicates and re-deliveries: totals equal the recount."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.folder import reader as campaign_folder
from bot.intake import answer
from handlers.calendar import Calendar
from handlers.messages import Chat, Message, Press, Sender
from handlers.turn import House
from storage.campaign import accounts, loading, people
from storage.engine.database import session
from storage.engine.transaction import Row, Transaction
from storage.reports import totals
from tests.talk import write_campaign

START = datetime(2023, 5, 20, 13, 0, tzinfo=UTC)
HOUSE = House(Calendar(ZoneInfo("Asia/Ho_Chi_Minh"), time(4)))
PEOPLE = ("hv1", "hv2")
GROUP = Chat("telegram", "g", private=False)


@dataclass
class World:
    """A database, and beside it the simplest model of what should count: a number for each message."""

    tx: Transaction
    counts: dict[tuple[str, str], int] = field(default_factory=dict)
    asked: dict[tuple[str, str], int] = field(default_factory=dict)  # withdrawn, edited since: what a yes would count
    places: dict[tuple[str, str], int] = field(default_factory=dict)  # the hamlet of what counts
    former: dict[tuple[str, str], tuple[int, int]] = field(default_factory=dict)  # before it was edited: place, number
    said: list[tuple[str, Message]] = field(default_factory=list)
    clock: int = 0

    def now(self) -> datetime:
        self.clock += 1
        return START + timedelta(seconds=self.clock)

    def take(self, message: Message | Press) -> None:
        answer(self.tx, message, HOUSE, START + timedelta(seconds=self.clock))

    def reports(self, who: str, n: int, hamlet: int, together: bool) -> None:
        """Somebody reports, in private or in the team's chat."""
        at = self.now()
        chat = GROUP if together else _chat(who)
        words = f"xóm {hamlet} được {n}" + " máy" * together  # the same words in two chats are the same report
        message = Message(chat, Sender(who, who), str(self.clock), words, at, addressed=not together)
        self.take(message)
        self.said.append((who, message))
        self.counts[(who, message.id)], self.places[(who, message.id)] = n, hamlet

    def edits(self, which: int, n: int) -> None:
        """An earlier message gets another number; one that was withdrawn is only asked about."""
        if not self.said:
            return
        who, before = self.said[which % len(self.said)]
        at = self.now()
        words = f"xóm 4 được {n}" + " máy" * (before.chat == GROUP)
        edited = Message(before.chat, before.sender, before.id, words, before.at, edited_at=at)
        self.take(edited)
        self.said[which % len(self.said)] = (who, edited)
        key = (who, before.id)
        if key not in self.counts:
            self.asked[key] = n
        elif (self.places[key], self.counts[key]) != (4, n):
            self.former[key] = self.places[key], self.counts[key]
            self.places[key], self.counts[key] = 4, n

    def undoes(self, who: str, which: int, newest: bool) -> None:
        """Somebody presses [Hoàn tác] under the answer to a message, or under what it said before an edit.

        What was edited says again what it said; else it counts no more.
        """
        if not self.said:
            return
        sender, message = self.said[which % len(self.said)]
        offered = self.offers("report", sender, message)
        if not offered:
            return
        offer = offered[-1 if newest else 0]
        current = offer["version"] == offer["now"] and (sender, message.id) in self.counts
        chat = Chat(message.chat.channel, message.chat.address, message.chat.private)
        self.take(Press(chat, Sender(who, who), f"p{self.clock}", f"o{offer['id']}:undo", "1", self.now()))
        if who == sender and current and offer["used_at"] is None:
            key = (sender, message.id)
            if key in self.former:
                self.places[key], self.counts[key] = self.former.pop(key)
            else:
                del self.counts[key]

    def offers(self, kind: str, sender: str, message: Message) -> list[Row]:
        """The buttons that were offered about a message, the oldest first, with the version that stands now."""
        return self.tx.all(
            """SELECT o.id, o.version, o.used_at,
                      (SELECT max(number) FROM versions WHERE report = r.id) AS now
               FROM reports r JOIN chats c ON c.id = r.chat JOIN offers o ON o.kind = :kind AND o.subject = r.id
               WHERE r.message = :message AND c.address = :address AND o.choices IS NULL ORDER BY o.id""",
            kind=kind,
            message=message.id,
            address=message.chat.address,
        )

    def counts_again(self, who: str) -> None:
        """Somebody says yes to the newest question whether a withdrawn report that was edited should count again."""
        row = self.tx.one(
            """SELECT o.id, d.message, c.address, c.kind FROM offers o JOIN drafts d ON d.id = o.subject
               JOIN chats c ON c.id = o.chat JOIN people p ON p.id = o.person
               WHERE o.kind = 'draft' AND o.choices LIKE '%Ghi lại%' AND o.used_at IS NULL AND d.settled_at IS NULL
                 AND p.ref = :who ORDER BY o.id DESC LIMIT 1""",
            who=who,
        )
        if row is None:
            return
        chat = Chat("telegram", row["address"], row["kind"] == "private")
        self.take(Press(chat, Sender(who, who), f"p{self.clock}", f"o{row['id']}:yes", "1", self.now()))
        key = (who, row["message"])
        self.counts[key], self.places[key] = self.asked.pop(key, 0), 4  # 0: withdrawn by a press
        self.former.pop(key, None)

    def says_total(self, who: str, n: int) -> None:
        """Somebody says a sum for the day and takes what is offered: then that is the sum."""
        self.take(Message(_chat(who), Sender(who, who), str(self.clock), f"hôm nay được {n}", self.now()))
        row = self.tx.one("SELECT id, kind, used_at FROM offers WHERE kind <> 'commands' ORDER BY id DESC LIMIT 1")
        if row is not None and row["kind"] in ("total", "draft") and row["used_at"] is None:
            self.take(Press(_chat(who), Sender(who, who), f"p{self.clock}", f"o{row['id']}:yes", "1", self.now()))
        assert self.activated(who) == n

    def withdraws(self, who: str) -> None:
        """Somebody takes back the newest report that still counts."""
        at = self.now()
        self.take(Message(_chat(who), Sender(who, who), str(self.clock), "/huy", at))
        mine = [message.id for sender, message in self.said if sender == who and (who, message.id) in self.counts]
        if mine:
            del self.counts[(who, max(mine, key=int))]

    def repeats(self, which: int) -> None:
        """The platform brings a message again."""
        if self.said:
            self.take(self.said[which % len(self.said)][1])

    def presses(self, who: str, offer: int, choice: str) -> None:
        """Somebody presses a button that may not be there, or not be theirs."""
        self.now()
        self.take(Press(_chat(who), Sender(who, who), f"p{self.clock}", f"o{offer}:{choice}", "1", self.now()))

    def check(self) -> None:
        """Sums, recount and model agree; nothing is below 0; no message was a failure."""
        assert totals.differences(self.tx) == []
        assert self.tx.all("SELECT error FROM failures") == []
        assert self.tx.one("SELECT 1 FROM sums WHERE n < 0") is None
        for who in PEOPLE:
            assert self.activated(who) == sum(n for (sender, _), n in self.counts.items() if sender == who)

    def activated(self, who: str) -> int:
        """The phones that are kept for somebody."""
        row = self.tx.one("SELECT id FROM people WHERE ref = :ref", ref=who)
        assert row is not None
        return totals.activated(self.tx, "person", row["id"])


def _chat(who: str) -> Chat:
    return Chat("telegram", who, private=True)


@contextmanager
def world() -> Iterator[World]:
    """A small campaign in which two students have joined."""
    with TemporaryDirectory() as name:
        folder = write_campaign(Path(name) / "campaign")
        with session(Path(name) / "bacung.db") as tx:
            plan = campaign_folder.read(folder)
            loading.load(tx, plan, today=START.date(), at=START, digest="")
            known = World(tx)
            for ref in PEOPLE:
                known.take(Message(_chat(ref), Sender(ref, ref), "start", "/start", known.now()))
                person = people.by_code(tx, "MA-CUA-AN" if ref == "hv1" else "MA-CUA-BINH")
                assert person is not None
                row = tx.one("SELECT id FROM chats WHERE address = :ref", ref=ref)
                assert row is not None
                accounts.join(tx, person.id, channel="telegram", sender=ref, chat=row["id"], at=START)
            yield known


_who = st.sampled_from(PEOPLE)
_number = st.integers(1, 50)
_steps = st.one_of(
    st.tuples(st.just("reports"), _who, _number, st.integers(1, 9), st.booleans()),
    st.tuples(st.just("edits"), st.integers(0, 20), _number),
    st.tuples(st.just("withdraws"), _who),
    st.tuples(st.just("repeats"), st.integers(0, 20)),
    st.tuples(st.just("undoes"), _who, st.integers(0, 20), st.booleans()),
    st.tuples(st.just("counts_again"), _who),
)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(_steps, max_size=25))
def test_totals_are_what_was_said(steps: list[tuple[object, ...]]) -> None:
    """Whatever people do in whatever order, and however often the platform says it."""
    with world() as known:
        for name, *arguments in steps:
            getattr(known, str(name))(*arguments)
            known.check()


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.one_of(
            _steps,
            st.tuples(
                st.just("presses"),
                _who,
                st.integers(0, 30),
                st.sampled_from(["undo", "fix", "yes", "no", "4", "drop", ""]),
            ),
        ),
        max_size=25,
    )
)
def test_presses_keep_totals_and_recount_together(steps: list[tuple[object, ...]]) -> None:
    """With buttons pressed at random the sums still are what the reports say, and none is below 0."""
    with world() as known:
        for name, *arguments in steps:
            getattr(known, str(name))(*arguments)
        assert totals.differences(known.tx) == []
        assert known.tx.all("SELECT error FROM failures") == []
        assert known.tx.one("SELECT 1 FROM sums WHERE n < 0") is None


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.one_of(_steps, st.tuples(st.just("says_total"), _who, st.integers(1, 90))), max_size=20))
def test_a_total_that_was_accepted_is_what_stands(steps: list[tuple[object, ...]]) -> None:
    """Whatever was reported, changed and adjusted before; and nothing falls below 0 afterwards."""
    with world() as known:
        for name, *arguments in steps:
            getattr(known, str(name))(*arguments)
            assert totals.differences(known.tx) == []
            assert known.tx.one("SELECT 1 FROM sums WHERE n < 0") is None
        assert known.tx.all("SELECT error FROM failures") == []


_TEXTS = st.sampled_from(
    ["hôm nay được 25", "hôm nay được 3", "khoảng 5 máy", "7", "xong", "hủy", "nhầm, 4 chứ không phải 3", "vắng 2",
     "/sua được 9", "/sua tầm 4 máy", "sửa còn 3", "ghi thêm 7", "bỏ", "120 máy", "đúng, ghi",
     "hoàn tác", "xóm 4 được 3", "xóm 4 được 3, xóm 5 được 3", "nhầm, xóm 5 được 2", "vâng", "không", "sửa", "/huy",
     "vắng vài nhà", "2 nhà", "/homnay", "sửa 1", "xóa 1", "trả lời 1", "bỏ 1", "chào", "hôm qua được 4",
     "hôm qua quên báo 2 máy", "chưa được máy nào", "sửa hôm nay thành 6"]
)  # fmt: skip


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(_who, _TEXTS, st.booleans()), max_size=25))
def test_any_conversation_keeps_totals_and_recount_together(said: list[tuple[str, str, bool]]) -> None:
    """Totals, corrections, answers and typed labels in any order; sometimes as an edit of the message before."""
    with world() as known:
        for who, text, edit in said:
            earlier = [message for sender, message in known.said if sender == who]
            at = known.now()
            if edit and earlier:
                before = earlier[-1]
                message = Message(before.chat, before.sender, before.id, text, before.at, edited_at=at)
            else:
                message = Message(_chat(who), Sender(who, who), str(known.clock), text, at)
                known.said.append((who, message))
            known.take(message)
            assert totals.differences(known.tx) == []
            assert known.tx.one("SELECT 1 FROM sums WHERE n < 0") is None, (who, text, edit)
        assert [row["error"] for row in known.tx.all("SELECT error FROM failures")] == []
