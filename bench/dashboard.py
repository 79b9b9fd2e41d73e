"""The dashboard's pages with 1,000,000 stored reports: gathered, with the facts of their pictures, and rendered."""

import time
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from statistics import quantiles

from bench.bots import Ours, workplace
from bench.figures import Effort, Figure
from bench.standing import ZONE, stored
from bot.web.dashboard.files import Files
from handlers.calendar import Calendar
from handlers.figures.pages import dashboard, drawn
from handlers.figures.pages.shown import Address
from storage.campaign import communes, people, phases, teams
from storage.engine.database import session
from storage.engine.transaction import Transaction

AT_MOST = 0.1  # seconds


def measure(ours: Ours, effort: Effort) -> list[Figure]:
    """Each kind of page at the end of the phase, many times."""
    many, times = effort.of(1_000_000, 100_000), effort.of(100, 30)
    with workplace(ours) as folder:
        stored(ours, folder, many)
        found = _times(folder, times)
    return [
        Figure(
            f"dashboard, {name}, {many:,} reports, p95",
            f"{_late(each) * 1e3:.0f} ms",
            target=f"≤ {AT_MOST * 1e3:.0f} ms",
            good=_late(each) <= AT_MOST,
        )
        for name, each in found.items()
    ]


def _late(times: list[float]) -> float:
    return quantiles(times, n=20)[-1]


def _times(folder: Path, number: int) -> dict[str, list[float]]:
    files, found = Files({"icon.svg": "/icon.svg"}), dict[str, list[float]]()
    with session(folder / "bot.db", read_only=True) as tx:
        for name, address in _addresses(tx).items():
            times = found[name] = []
            for _ in range(number):
                begun = time.perf_counter()
                page = _page(tx, files, address)
                times.append(time.perf_counter() - begun)
                assert "</html>" in page
    return found


def _addresses(tx: Transaction) -> Mapping[str, Address]:
    """A page of each kind, over the whole phase."""
    (phase, *_) = phases.every(tx)
    team = max(teams.of_phase(tx, phase.id), key=lambda one: len(people.of_team(tx, one.id)))
    place, student = communes.by_id(tx, team.commune), people.of_team(tx, team.id)[0]
    commune = {"ky": "dot-1", "xa": place.code}
    return {"all communes": {"ky": "dot-1"}, "a commune": commune, "a student": {**commune, "nguoi": student.ref}}


def _page(tx: Transaction, files: Files, address: Address) -> str:
    (phase, *_), (officer, *_) = phases.every(tx), people.campaign_officers(tx)
    days, now = Calendar(ZONE), datetime.combine(phase.last, datetime.min.time(), ZONE) + timedelta(hours=20)
    view = dashboard.view(tx, officer, phase.last, address)
    assert view is not None
    pictures = drawn.pictures(tx, days, view)
    more = {"closes": True, "in_chat": True, "trial": False, "day_start": days.day_start}
    return files.page("dashboard.html", view=view, pictures=pictures, now=now, **more)
