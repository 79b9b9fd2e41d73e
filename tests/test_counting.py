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

from bot import campaign as campaign_folder
from bot.intake import answer
from handlers.calendar import Calendar
from handlers.messages import Chat, Message, Press, Sender
from handlers.turn import House
from storage import loading, people, totals
from storage.database import Transaction, session
from tests.talk import write_campaign

START = datetime(2023, 5, 20, 13, 0, tzinfo=UTC)
HOUSE = House(Calendar(ZoneInfo("Asia/Ho_Chi_Minh"), time(4)))
PEOPLE = ("hv1", "hv2")


@dataclass
class World:
    """A database, and beside it the simplest model of what should count: a number for each message."""

    tx: Transaction
    counts: dict[tuple[str, str], int] = field(default_factory=dict)
    said: list[tuple[str, Message]] = field(default_factory=list)
    clock: int = 0

    def now(self) -> datetime:
        self.clock += 1
        return START + timedelta(seconds=self.clock)

    def take(self, message: Message | Press) -> None:
        answer(self.tx, message, HOUSE, START + timedelta(seconds=self.clock))

    def reports(self, who: str, n: int, hamlet: int) -> None:
        """Somebody reports, in so many hamlets."""
        at = self.now()
        message = Message(_chat(who), Sender(who, who), str(self.clock), f"xóm {hamlet} được {n}", at)
        self.take(message)
        self.said.append((who, message))
        self.counts[(who, message.id)] = n

    def edits(self, which: int, n: int) -> None:
        """An earlier message gets another number; one that was withdrawn is only asked about."""
        if not self.said:
            return
        who, before = self.said[which % len(self.said)]
        at = self.now()
        edited = Message(before.chat, before.sender, before.id, f"xóm 4 được {n}", before.at, edited_at=at)
        self.take(edited)
        self.said[which % len(self.said)] = (who, edited)
        if (who, before.id) in self.counts:
            self.counts[(who, before.id)] = n

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
            row = self.tx.one("SELECT id FROM people WHERE ref = :ref", ref=who)
            assert row is not None
            expected = sum(n for (sender, _), n in self.counts.items() if sender == who)
            assert totals.activated(self.tx, "person", row["id"]) == expected


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
                people.join(tx, person.id, channel="telegram", sender=ref, chat=row["id"], at=START)
            yield known


_who = st.sampled_from(PEOPLE)
_number = st.integers(1, 50)
_steps = st.one_of(
    st.tuples(st.just("reports"), _who, _number, st.integers(1, 9)),
    st.tuples(st.just("edits"), st.integers(0, 20), _number),
    st.tuples(st.just("withdraws"), _who),
    st.tuples(st.just("repeats"), st.integers(0, 20)),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(_steps, max_size=25))
def test_totals_are_what_was_said(steps: list[tuple[object, ...]]) -> None:
    """Whatever people do in whatever order, and however often the platform says it."""
    with world() as known:
        for name, *arguments in steps:
            getattr(known, str(name))(*arguments)
            known.check()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
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


_TEXTS = st.sampled_from(
    ["hôm nay được 25", "hôm nay được 3", "khoảng 5 máy", "7", "xong", "hủy", "nhầm, 4 chứ không phải 3", "vắng 2",
     "/sua được 9", "/sua tầm 4 máy", "sửa còn 3", "ghi thêm 7", "bỏ", "120 máy", "đúng, ghi",
     "hoàn tác", "xóm 4 được 3"]
)  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
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
