"""Random campaigns through the real handlers: all numbers that are told agree with each other and the command line."""

import json
import random
import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.commands import data, show
from bot.config import Config, load
from bot.folder import reader as campaign_folder
from bot.intake import answer
from handlers import router
from handlers.calendar import Calendar
from handlers.messages import Chat, Message, Reply, Sender
from handlers.turn import House, Turn
from storage.campaign import accounts, loading, people
from storage.engine.database import session
from storage.engine.transaction import Transaction
from storage.talk import chats
from tests.talk import CODES, write_campaign

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
HOUSE = House(Calendar(ZONE))
FIRST = date(2023, 5, 16)
DAYS = 4
REPORTERS = ("An", "Bình", "Cúc", "Dũng", "Em", "Giang")
_NUMBER = r"(−?-?[0-9.]+)"


@dataclass
class Played:
    """A campaign that was played; `now`: at the end of its last evening."""

    tx: Transaction
    chance: random.Random
    now: datetime
    sent: list[tuple[str, Message]] = field(default_factory=list)

    def says(self, who: str, text: str, at: datetime) -> None:
        """Somebody's message, or sometimes an edit of one before."""
        before = [message for name, message in self.sent if name == who]
        chat, sender = Chat("telegram", who, private=True), Sender(who, who)
        if before and self.chance.random() < 0.15:
            old = self.chance.choice(before)
            message = Message(chat, sender, old.id, text, old.at, edited_at=at)
        else:
            message = Message(chat, sender, str(len(self.sent)), text, at)
            self.sent.append((who, message))
        answer(self.tx, message, HOUSE, at)

    def asks(self, who: str, text: str) -> str:
        """What a command answers."""
        person = people.by_code(self.tx, CODES[who])
        chat = chats.at(self.tx, "telegram", who, private=True)
        turn = Turn(self.tx, HOUSE, chat, self.now, self.now, person)
        message = Message(Chat("telegram", who, private=True), Sender(who, who), "ask", text, self.now)
        (said,) = [one for one in router.answer(message, turn) if isinstance(one, Reply)]
        return said.text

    def pages(self, who: str, text: str) -> list[str]:
        """All pages of what a command answers."""
        first = self.asks(who, text)
        found = re.search(r"Trang 1/([0-9]+)", first)
        return [
            first,
            *(self.asks(who, f"{text} trang {page}") for page in range(2, int(found[1] if found else 1) + 1)),
        ]


def _plays(tx: Transaction, seed: int) -> Played:
    """A few evenings of six people: reports, corrections, withdrawals, sums, edits, and words on the day before."""
    chance = random.Random(seed)
    for who in CODES:
        person = people.by_code(tx, CODES[who])
        assert person is not None
        chat = chats.at(tx, "telegram", who, private=True).id
        accounts.join(
            tx, person.id, channel="telegram", sender=who, chat=chat, at=datetime(2023, 5, 16, 8, tzinfo=ZONE)
        )
    played = Played(tx, chance, datetime.combine(FIRST + timedelta(days=DAYS - 1), datetime.min.time(), ZONE))
    for day in range(DAYS):
        at = datetime.combine(FIRST + timedelta(days=day), datetime.min.time(), ZONE) + timedelta(hours=17)
        for _ in range(chance.randint(12, 30)):
            at += timedelta(minutes=chance.randint(1, 16))
            n, hamlet = chance.randint(0, 12), chance.choice(["xóm 4 ", "xóm 5 ", "xóm Lạ ", ""])
            text = chance.choices(
                [
                    f"{hamlet}được {n}, vắng 1",
                    f"sửa còn {n}",
                    "/huy",
                    f"hôm qua {hamlet}được {n}",
                    f"hôm nay được {n + 20}",
                ],
                [12, 1, 1, 1, 1],
            )[0]
            played.says(chance.choice(REPORTERS), text, at)
    played.now = at + timedelta(minutes=chance.randint(1, 40))
    return played


def _n(words: str) -> int:
    return int(words.replace(".", "").replace("−", "-"))


def _after(text: str, before: str) -> int:
    found = re.search(before + _NUMBER, text)
    assert found is not None, (before, text)
    return _n(found[1])


def _rows(texts: list[str]) -> dict[str, int]:
    """The first number of each line `name: number …` in the lists of some answers."""
    lines = [line for text in texts for line in text.partition("\n\n")[2].splitlines()]
    found = (re.match(rf"(?:[0-9]+\. )?(.+?): {_NUMBER}(?: ·.*)?$", line) for line in lines)
    return {match[1]: _n(match[2]) for match in found if match is not None}


def _said_by_command(
    config: Config,
    capsys: pytest.CaptureFixture[str],
    by: str = "commune",
    commune: str | None = None,
    day: str | None = None,
) -> dict[str, object]:
    capsys.readouterr()
    assert show.totals(config, by=by, commune=commune, day=day, as_json=True) == 0
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


@pytest.mark.parametrize("seed", range(6))
def test_all_numbers_of_a_campaign_agree(seed: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The whole is the sum of its parts, by whatever they are told, and what `bacung totals` and `bacung check` say."""
    folder, path = write_campaign(tmp_path / "campaign"), tmp_path / "bacung.db"
    config = load({"BACUNG_STORAGE__PATH": str(path), "BACUNG_CAMPAIGN__FOLDER": str(folder)})
    last = FIRST + timedelta(days=DAYS - 1)
    with session(path) as tx:
        loading.load(tx, campaign_folder.read(folder), today=FIRST, at=datetime(2023, 5, 16, 8, tzinfo=ZONE), digest="")
        played = _plays(tx, seed)
        assert tx.all("SELECT error FROM failures") == []
        asks, pages = played.asks, played.pages
        whole = asks("Khoa", "/tong")
        done, today, bot = _after(whole, "Đã xong "), _after(whole, "\nHôm nay: "), _after(whole, "bot ghi ")
        by_day, phase = _rows(pages("Khoa", "/tong theo ngày")), asks("Khoa", "/tong đợt")
        yesterday = asks("Khoa", "/tong hôm qua")
        places = {name: asks("Khoa", f"/xa {name}") for name in ("Minh Phú", "Phú Minh", "Xuân Thu")}
        tables = {way: pages("Khoa", f"/tong {way}") for way in ("theo học viên", "theo thôn", "hôm qua theo học viên")}
        ranked, of_today = asks("Khoa", "/xephang"), asks("Khoa", "/xephang hôm nay")
        team, own = asks("Dũng", "/to"), {who: asks(who, "/cuatoi") for who in REPORTERS}
        of_hamlets, of_students = (_rows(pages("Khoa", f"/xa Xuân Thu theo {way}")) for way in ("thôn", "học viên"))
        per_day = {name: _rows(pages("Khoa", f"/xa {name} theo ngày")) for name in places}
    assert bot > 0
    assert (done - bot, _after(whole, r"\nCòn ")) == (8100, 30940 - done)
    assert sum(by_day.values()) == bot == _after(phase, "\n\n")
    dated = {int(name[:2]): n for name, n in by_day.items()}
    assert dated.get(last.day, 0) == today
    assert dated.get(last.day - 1, 0) == _after(yesterday, "\n\n")
    assert _after(whole, r"% định mức \(") == bot - today
    assert sum(_after(text, "Đã xong ") for text in places.values()) == done
    assert sum(_after(text, "\nHôm nay: ") for text in places.values()) == today
    assert sum(int(n.replace(".", "")) for n in re.findall(r"% · ([0-9.]+)$", ranked, re.MULTILINE)) == done
    assert sum(_rows([of_today]).values()) == today
    for texts in tables.values():
        assert sum(_rows(texts).values()) == _after(texts[0].partition("\n\n")[0], r"\n.*?: ")
    for name, text in places.items():
        listed = [part.partition("\n\n")[0] for part in re.split(r"\n\n(?=Học viên|Theo thôn|Thôn ít)", text)[1:]]
        assert all(sum(_rows([f"\n\n{part}"]).values()) == _after(text, "bot ghi ") for part in listed), text
        assert sum(per_day[name].values()) == _after(text, "bot ghi ")
    assert _after(team, "Cả đợt ") == _after(places["Xuân Thu"], "bot ghi ")
    assert (
        sum(_after(text, "Cả đợt: ") if "máy" in text.partition("Cả đợt: ")[2] else 0 for text in own.values()) == bot
    )
    # The command line says the same of the same database.
    of_all = _said_by_command(config, capsys)
    assert (of_all["done"], of_all["target"]) == (done, 30940)
    for day, n in ((last, today), (last - timedelta(days=1), _after(yesterday, "\n\n"))):
        assert _said_by_command(config, capsys, day=f"{day}")["today"] == n
    for by in ("commune", "person", "hamlet", "day"):
        rows = _said_by_command(config, capsys, by=by)["rows"]
        assert isinstance(rows, list)
        assert sum(row["outcomes"].get("activated", 0) for row in rows) == bot, by
    for by, told in (("hamlet", of_hamlets), ("person", of_students)):
        rows = _said_by_command(config, capsys, by=by, commune="451")["rows"]
        assert isinstance(rows, list)
        named = {row["name"] or "Không ghi thôn": row["outcomes"].get("activated", 0) for row in rows}
        assert {name: n for name, n in named.items() if n} == {name: n for name, n in told.items() if n}
    assert data.check(config) == 0
