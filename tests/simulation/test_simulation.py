"""A simulated campaign: through the real handlers, the same for the same seed, and its truth against what is stored."""

import re
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from bot import config
from bot.commands import simulate as simulating
from bot.folder import demonstration, reader
from bot.folder.demonstration import EXAMPLE
from bot.simulation import judging
from bot.simulation.campaign import Campaign
from bot.simulation.evening import Student
from bot.simulation.playing import Played
from bot.simulation.truth import Deed, Does, Done, Fault, Sums
from bot.simulation.words import Manner
from bot.simulation.writing import Wish, write
from storage.engine.database import session
from storage.reports import totals
from tests.commands.test_command_line import Shell
from tests.talk import ZONE, write_campaign

NOON = datetime(2023, 6, 1, 12, tzinfo=ZONE)


def unwatched(_words: str, _whole: int | None) -> Callable[[], None]:
    """Nobody looks at how far it is."""
    return lambda: None


def simulated(folder: Path, name: str, *, now: datetime = NOON, seed: int = 1, days: int = 2) -> Played:
    """A small campaign of three communes; its phase is moved to when the simulation begins."""
    return write(folder / name, Wish(days, seed, now, time(4)), write_campaign(folder / "campaign"), unwatched)


def by_outcome(truth: Sums) -> Counter[str]:
    """What was done in all."""
    counts: Counter[str] = Counter()
    for (*_, outcome), n in truth.items():
        counts[outcome] += n
    return counts


def test_what_is_stored_is_what_was_done(tmp_path: Path) -> None:
    """Every sum, of people by day and of hamlets, as far as no message is read otherwise than it was meant."""
    played = simulated(tmp_path, "a.db", days=4)
    assert played.sent > 150
    assert by_outcome(played.truth)["activated"] > 400
    assert [fault.deed.words for fault in played.faults] == []
    assert played.differences == []
    with session(tmp_path / "a.db", read_only=True) as tx:
        assert totals.differences(tx) == []
        assert demonstration.is_marked(tx)
        row = tx.one("SELECT sum(n) AS n FROM sums WHERE scope = 'team' AND day = 0 AND outcome = 'activated'")
        assert row is not None
        assert row["n"] == by_outcome(played.truth)["activated"]
        assert tx.all("SELECT id FROM outbox WHERE state <> 'sent'") == []
        assert tx.all("SELECT id FROM failures") == []
        assert tx.all("SELECT id FROM devices WHERE ended_at IS NULL") == []


def test_a_fault_is_seen(tmp_path: Path) -> None:
    """Sums that are not the truth are told: a report that nobody made is one of the person, and one of the place."""
    played = simulated(tmp_path, "a.db", days=1)
    (who, day, hamlet, outcome), n = next(iter(played.truth.items()))
    played.truth[who, day, hamlet, outcome] = n + 1
    campaign = Campaign(reader.read(tmp_path / "campaign"), day, ZONE, seed=1, odd=False)
    with session(tmp_path / "a.db", read_only=True) as tx:
        told = judging.differences(tx, played.truth, campaign.students, {})
    assert len(told) == 1, told  # without desks nobody's days are looked at
    assert f"{outcome} " in told[0]


def test_the_same_seed_makes_the_same_campaign(tmp_path: Path) -> None:
    """Whatever the dates are; another seed makes another."""
    first, again = simulated(tmp_path, "a.db"), simulated(tmp_path, "b.db")
    later = simulated(tmp_path, "c.db", now=NOON + timedelta(days=40))
    assert first.truth == again.truth
    shifted = {
        (who, day + timedelta(days=40), hamlet, outcome): n for (who, day, hamlet, outcome), n in first.truth.items()
    }
    assert later.truth == shifted
    assert simulated(tmp_path, "d.db", seed=8).truth != first.truth


def test_it_ends_yesterday_or_now(tmp_path: Path) -> None:
    """Whole days until yesterday; with today's evening as far as it has gone."""
    campaign = write_campaign(tmp_path / "campaign")
    now = datetime(2023, 6, 1, 20, 30, tzinfo=ZONE)
    write(tmp_path / "a.db", Wish(2, 1, now, time(4), today=True), campaign, unwatched)
    with session(tmp_path / "a.db", read_only=True) as tx:
        row = tx.one("SELECT min(day) AS first, max(day) AS last, max(at) AS at FROM reports")
        phase = tx.one("SELECT first_day FROM phases")
    assert row is not None
    assert phase is not None
    assert row["last"] - row["first"] == 2
    assert row["first"] == phase["first_day"]
    assert now.timestamp() - 3600 < row["at"] < now.timestamp()


def test_an_interrupt_leaves_nothing(tmp_path: Path) -> None:
    """Neither half a database nor what stands beside one."""
    campaign = write_campaign(tmp_path / "campaign")
    place = tmp_path / "out"
    place.mkdir()
    steps = 0

    def watch(_words: str, _whole: int | None) -> Callable[[], None]:
        def step() -> None:
            nonlocal steps
            steps += 1
            assert [file.name for file in place.iterdir()] != []
            if steps == 120:
                raise KeyboardInterrupt

        return step

    with pytest.raises(KeyboardInterrupt):
        write(place / "a.db", Wish(16, 1, NOON, time(4)), campaign, watch)
    assert steps == 120
    assert list(place.iterdir()) == []


def test_what_cannot_be_is_one_line(tmp_path: Path) -> None:
    """And a file that is there is left as it is."""
    shell = Shell(tmp_path)
    file = shell.folder / "there.db"
    file.write_bytes(b"somebody's")
    assert "is there already" in shell.refused("simulate", str(file))
    assert file.read_bytes() == b"somebody's"
    assert "no such folder" in shell.refused("simulate", str(shell.folder / "nowhere" / "a.db"))
    assert "--days 0" in shell.refused("simulate", str(shell.folder / "b.db"), "--days", "0")
    assert "Đợt 1 has 21" in shell.refused("simulate", str(shell.folder / "b.db"), "--days", "22")
    assert {path.name for path in shell.folder.iterdir()} == {"campaign", "there.db"}


def test_it_says_what_it_wrote(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """How much was said and done, and that all of it is stored as it was meant."""
    campaign, file = write_campaign(tmp_path / "campaign"), tmp_path / "made up.db"
    settings = config.load({})
    assert simulating.simulate(settings, file, days=4, seed=1, today=False, odd=False, folder=campaign) == 0
    told = capsys.readouterr().out.splitlines()
    assert re.fullmatch(r".*made up\.db: [0-9]+ messages, edits and presses; done: [0-9]+ activated, .*", told[0])
    assert told[1:] == ["All sums are what was done."]


def test_it_says_what_was_not_stored_as_it_was_meant(capsys: pytest.CaptureFixture[str]) -> None:
    """The sums first, then the messages with what was meant, what is stored and what the bot said; some of many."""
    deed = Deed(NOON, "hv1", Does.SAYS, "nhà bà Lan 3", NOON.date(), (Done("activated", 3),))
    fault = Fault(deed, "3 activated", "nothing", "")
    simulating.tell(Played(faults=[fault] * 23, differences=["hv1 2023-06-01: activated 3, stored 0"]), Path("a.db"))
    told = capsys.readouterr().out.splitlines()
    assert told[1:4] == [
        "1 sums are not what was done (of people by day, of hamlets):",
        "  hv1 2023-06-01: activated 3, stored 0",
        "23 messages after which they were not (read otherwise, or still asked about):",
    ]
    assert told[4] == "  'nhà bà Lan 3': meant 3 activated; stored nothing; the bot said: nothing"
    assert told[-1] == "  … and 3 more"


# What is drawn


def drawn(seed: int = 1, days: int = 16) -> Campaign:
    """The example campaign."""
    return Campaign(reader.read(EXAMPLE), date(2023, 5, 16), ZONE, seed=seed, odd=False)


def test_sixteen_days_are_like_the_real_ones() -> None:
    """84,000 of a baseline and what 102 students do are about 116,167 of 278,950; evenings have their rhythm."""
    plan = reader.read(EXAMPLE)
    campaign = drawn()
    assert len(campaign.students) == 102
    assert sum(commune.target for commune in plan.communes) == 278_950
    days = list(campaign.days(16))
    phones = sum(one.n for day in days for deed in day.deeds for one in deed.done if one.outcome == "activated")
    assert sum(commune.baseline for commune in plan.communes) + phones == pytest.approx(116_167, rel=0.002)
    hours = Counter(deed.at.hour for day in days for deed in day.deeds if deed.done)
    assert hours[19] > hours[18] > hours[17]
    assert hours[20] > hours[22] > hours[23] > hours[0] > 0
    does = Counter(deed.does for day in days for deed in day.deeds)
    assert min(does[Does.EDITS], does[Does.PRESSES]) > 50
    words = Counter(deed.words.split()[0] for day in days for deed in day.deeds if deed.words.startswith("/"))
    assert {"/homnay", "/xinnghi", "/tong", "/to", "/huy", "/hotro"} <= words.keys()


def test_nobody_writes_alike() -> None:
    """Messages of reports are of many wordings, with and without marks; and nobody's home comes twice an evening."""
    told = [deed.words for day in drawn().days(2) for deed in day.deeds if deed.done and deed.does is Does.SAYS]
    assert len(set(told)) > 0.9 * len(told)
    bare = sum(text.isascii() for text in told)
    assert 0.25 < bare / len(told) < 0.6


def test_a_student_is_somebody() -> None:
    """Drawn by the name and the seed: a manner of writing that stays."""
    one = {student.ref: student.manner for student in drawn(1).students}
    assert one == {student.ref: student.manner for student in drawn(1).students}
    assert one != {student.ref: student.manner for student in drawn(2).students}
    assert all(isinstance(manner, Manner) for manner in one.values())
    assert isinstance(drawn().students[0], Student)
