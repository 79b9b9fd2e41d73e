"""A small evening as people live it, and what has to be true after it, however often the bot died meanwhile."""

from collections import defaultdict
from datetime import datetime, timedelta

from storage.engine.transaction import Row, Transaction
from storage.reports import totals
from tests.crash.supervisor import Supervisor
from tests.emulators.telegram import Chat, Emulator, Press, User
from tests.talk import CODES, ZONE

EVENING = datetime(2023, 5, 20, 20, 0, tzinfo=ZONE)
AGAIN = "(gửi lại) "
# Jobs of the schedule, and how long after the last stop of the evening each becomes due.
NIGHT = {"nudge": timedelta(minutes=90), "summary": timedelta(hours=3), "digest": timedelta(hours=6)}


def said(chat: Chat, part: str) -> list[str]:
    """What the bot said in a chat that has this part, as it reads now."""
    return [shown.text for shown in chat.from_bot if part in shown.text]


def nothing_twice(chat: Chat) -> None:
    """What the bot said again in a chat, word for word, is marked as such: at its head, or after what it quotes."""
    found: dict[str, list[str]] = defaultdict(list)
    for shown in chat.from_bot:
        found[shown.text.replace(AGAIN, "", 1)].append(shown.text)
    for texts in found.values():
        assert all(AGAIN in text for text in texts[1:]), texts


def nothing_left(bot: Supervisor) -> None:
    """Nothing waits, nothing was given up, nothing failed, and every total is what the reports say."""
    assert bot.look(_ends) == {"sent"}
    assert [tuple(row) for row in bot.look(_failures)] == []
    assert bot.look(totals.differences) == []


def _ends(tx: Transaction) -> set[str]:
    return {row["state"] for row in tx.all("SELECT DISTINCT state FROM outbox")}


def _failures(tx: Transaction) -> list[Row]:
    return tx.all("SELECT place, key, error FROM failures")


class Evening:
    """People join, report in private and in the group, edit, undo, ask; nudge, summary and digest follow."""

    def __init__(self, bot: Supervisor, emulator: Emulator) -> None:
        self.bot = bot
        self.emulator = emulator
        self.an, self.binh, self.dung, self.ha, self.khoa = (
            emulator.user(name) for name in ("An", "Bình", "Dũng", "Hà", "Khoa")
        )
        self.group = emulator.group("Tổ", [self.dung, self.an])
        self.undone: Press | None = None

    @property
    def people(self) -> list[User]:
        """All of them."""
        return [self.an, self.binh, self.dung, self.ha, self.khoa]

    def _sends(self, user: User, text: str, chat: Chat | None = None) -> None:
        user.sends(text, chat, at=self.bot.now())

    async def report(self) -> None:
        """Everything that people do in the evening."""
        for user in self.people:
            user.start(CODES[user.name], at=self.bot.now())
        await self.bot.settled()
        self._sends(self.dung, "/gannhom", self.group)
        await self.bot.until(lambda: said(self.group, "nhóm của tổ"), "binding the group")
        first = self.an.sends("xóm 4 được 3, vắng 1", at=self.bot.now())
        self._sends(self.an, "xóm 5 được 2")
        self._sends(self.binh, "được 4")
        self._sends(self.an, "xóm 4 được 1", self.group)
        self._sends(self.an, "khoảng 5 máy")
        self._sends(self.an, "hẹn 22h nhà bà Tư")
        await self.bot.settled()
        self.an.edits(first, "xóm 4 được 6, vắng 1", at=self.bot.now())
        answer = next(shown for shown in self.binh.chat.from_bot if "✅ 4 máy" in shown.text)
        self.undone = self.binh.presses("Hoàn tác", answer)
        self._sends(self.ha, "/tong")
        await self.bot.settled()
        self._sends(self.khoa, "/tong")
        await self.bot.settled()

    async def pass_night(self, die_at: str, nth: int, lives: int) -> None:
        """From job to job; the bot is down when each becomes due, and dies again in the middle."""
        for job, later in NIGHT.items():
            await self.bot.stop()
            self.bot.move(later)
            await self.bot.start(die_at, nth, lives)
            await self.bot.until(lambda j=job: self.bot.look(lambda tx: _was_done(tx, j)), f"the {job}")
            await self.bot.until(lambda: said(self.an.chat, "⏰ 22:00"), "the reminder, which is due with the nudge")
            await self.bot.settled()
        await self.bot.until(lambda: self.bot.look(lambda tx: _was_done(tx, "housekeeping")), "the housekeeping")

    def check_evening(self) -> None:
        """Every message counts once and was answered."""
        assert self.bot.done_by("hv1") == {"activated": 6 + 2 + 1, "absent": 1, "revisit": 1}
        assert self.bot.done_by("hv2") == {}
        for user in self.people:
            assert said(user.chat, "đã vào")
        assert said(self.an.chat, "✏️ Xóm 4: 6 máy (trước là 3), 1 nhà vắng")
        assert said(self.an.chat, "Xóm 5: 2 máy")
        assert said(self.an.chat, "số chính xác")
        assert said(self.binh.chat, "↩️ Đã rút báo cáo")
        assert said(self.ha.chat, "📊 Xã Xuân Thu")
        assert said(self.khoa.chat, "📊 VNeID thử")
        assert self.undone is not None
        assert self.undone.answered
        reported = next(shown for shown in self.group.messages if shown.text == "xóm 4 được 1")
        assert reported.reactions == ("👍",)
        self._check_all()

    def check_night(self) -> None:
        """Nudge, summary, digest and reminder were said once to each whom they concern, and to nobody else."""
        concerned = {
            "chưa nhận được báo cáo": [self.binh.chat, self.dung.chat],
            "còn 3 bạn chưa có báo cáo": [self.group],
            "tổng kết ngày 20/05": [self.group, self.dung.chat, self.ha.chat],
            "☀️": [self.khoa.chat],
            "⏰ 22:00": [self.an.chat],
        }
        for part, chats in concerned.items():
            for chat in self.emulator.world.chats.values():
                found = [text for text in said(chat, part) if AGAIN not in text]
                heard = said(chat, part)
                assert bool(heard) == (chat in chats), f"{part!r} in {chat}: {heard}"
                assert len(found) <= 1, found
        self._check_all()

    def _check_all(self) -> None:
        for chat in self.emulator.world.chats.values():
            nothing_twice(chat)
        nothing_left(self.bot)


def _was_done(tx: Transaction, job: str) -> bool:
    return tx.one("SELECT 1 FROM job_runs WHERE job = :job AND outcome = 'done'", job=job) is not None
