"""codes: what lets everybody in, as lines, as CSV, or as a sheet of QR codes to cut and hand out."""

import csv
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bot.clock import Clock
from bot.commands.errors import BadArgument
from bot.commands.record import note
from bot.config import Config
from bot.csvs import BOM, as_text
from bot.folder import demonstration
from bot.output import Progress, for_the_owner_alone, kept_secret, say
from handlers import calendar, texts
from handlers.calendar import Calendar
from handlers.language.people.ordering import in_list
from storage.campaign import accounts, phases
from storage.campaign.accounts import Coded
from storage.campaign.people import Role
from storage.engine.backup import belongs_to
from storage.engine.database import session
from storage.engine.transaction import Transaction
from storage.running import channels

_HERE = ("localhost", "127.0.0.1", "::1", "0.0.0.0")
_PDF = b"%PDF-"


@dataclass(frozen=True, slots=True)
class _Doors:
    """Where people come in: the web chat's address, and the bot's name on Telegram; None until it is known."""

    web: str
    telegram: str | None

    def to_web(self, code: str) -> str:
        return demonstration.link(self.web, code)

    def to_telegram(self, code: str) -> str:
        return f"https://t.me/{self.telegram}?start={code}" if self.telegram else ""

    @property
    def local(self) -> bool:
        """Whether the web chat's address is for this machine alone."""
        return urlsplit(self.web).hostname in _HERE


def codes(config: Config, *, as_csv: bool, pdf: Path | None, unjoined: bool) -> int:
    """Prints everybody's join code and link, or draws them; with `unjoined` of those alone who have not joined yet."""
    if as_csv and pdf is not None:
        raise BadArgument("--csv and --pdf: choose one of them")
    if pdf is not None:
        _refuse_place(pdf, config.storage.path)
    now = Clock().now()
    with session(config.storage.path, read_only=True) as tx:
        doors, known = _doors(tx, config), phases.current(tx)
        days = calendar.current(tx, config.schedule.day_start)
        everybody = _in_order(accounts.with_codes(tx, days.work_day(now)))
    wanted = [one for one in everybody if not (unjoined and one.joined)]
    note(config, "codes exported", detail=str(len(wanted)))
    if doors.telegram is None and config.telegram.token:
        print("links to Telegram are known once 'bacung run' has reached it", file=sys.stderr)  # noqa: T201
    if pdf is not None:
        _draw(pdf, wanted, doors, _Words(days, now, known.name if known else ""))
    elif as_csv:
        _write_csv(wanted, doors)
    else:
        _print(wanted, doors)
    if unjoined and not as_csv:
        say(f"{len(wanted)} of {len(everybody)} have not joined yet.")
    return 0


def _doors(tx: Transaction, config: Config) -> _Doors:
    known = {state.name: state.username for state in channels.all_of(tx) if state.username}
    url = config.web.public_url.rstrip("/") or known.get("web") or f"http://{config.web.host}:{config.web.port}"
    return _Doors(url, known.get("telegram"))


def _in_order(everybody: Iterable[Coded]) -> list[Coded]:
    """Each team by given names, after those who are in none."""
    kept = {Role.ADMIN: 0, Role.OFFICER: 1}
    return sorted(
        everybody, key=lambda one: (kept.get(one.role, 2), one.communes, one.phase, in_list(one.name), one.ref)
    )


def _write_csv(wanted: Iterable[Coded], doors: _Doors) -> None:
    for_the_owner_alone()
    sys.stdout.write(BOM)
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(["id", "name", "role", "commune", "code", "link", "web"])
    for one in wanted:
        links = doors.to_telegram(one.code), doors.to_web(one.code)
        writer.writerow(map(as_text, [one.ref, one.name, one.role, one.communes, one.code, *links]))


def _print(wanted: Iterable[Coded], doors: _Doors) -> None:
    for_the_owner_alone()
    for one in wanted:
        links = f"{doors.to_web(one.code)}  {doors.to_telegram(one.code)}".rstrip()
        say(f"{one.code}  {one.ref:8} {one.role:8} {one.name} ({one.communes or '-'})  {links}")


class _Words:
    """What stands on the sheets, in the campaign's own language."""

    def __init__(self, days: Calendar, now: datetime, campaign: str) -> None:
        self._days, self._now = days, now
        self.title = self.say("cards.title", campaign=campaign)

    def say(self, name: str, /, **values: Any) -> str:
        return texts.render(name, calendar=self._days, now=self._now, person=None, **values)


def _draw(file: Path, wanted: list[Coded], doors: _Doors, words: _Words) -> None:
    from bot.drawing import cards  # noqa: PLC0415 - what draws is slow to import, and few commands need it

    if not wanted:
        say(f"Nobody is left to hand a code to: {file} was not written.")
        return
    if doors.local:
        instead = "only QR codes to Telegram are drawn" if doors.telegram else "no phone can follow these QR codes"
        print(f"{doors.web} is known to this machine alone, so {instead}: set BACUNG_WEB__PUBLIC_URL", file=sys.stderr)  # noqa: T201

    def card(one: Coded, *, in_team: bool) -> cards.Card:
        links = [(words.say("cards.telegram"), doors.to_telegram(one.code))] if doors.telegram else []
        if not (doors.local and links):
            links.append((words.say("cards.web"), doors.to_web(one.code)))
        place = "" if in_team else one.communes
        about = words.say("cards.about", role=one.role.value, ref=one.ref, place=place)
        hint = words.say("cards.hint", bot=doors.telegram, page=f"{doors.web}/vao")
        return cards.Card(one.name, about, one.code, hint, tuple(links))

    def stacks() -> Iterator[cards.Stack]:
        for (commune, phase), group in groupby(wanted, lambda one: (one.communes if one.phase else "", one.phase)):
            people = list(group)
            title = words.say("cards.team", commune=commune, phase=phase) if phase else words.say("cards.office")

            def page(number: int, pages: int, many: int = len(people)) -> str:
                return words.say("cards.page", people=many, page=number, pages=pages)

            team = [card(one, in_team=bool(phase)) for one in people]
            yield cards.Stack(title, words.say("cards.note"), team, page)

    with Progress() as progress:
        step = progress.steps("drawing cards", len(wanted))
        drawn, pages = cards.drawn(words.title, stacks(), step)
    kept_secret(file, drawn)
    say(f"{file}: {len(wanted)} people on {pages} sheets, for its owner's eyes alone.")


def _refuse_place(file: Path, database: Path) -> None:
    """A sheet takes the place of an older sheet, and of nothing else.

    Raises:
        BadArgument: it would.
    """
    if belongs_to(file, database) or file.is_dir():
        raise BadArgument(f"{file} is the database, a part of it or a folder: give another file, such as codes.pdf")
    if file.exists():
        with file.open("rb") as there:
            if there.read(len(_PDF)) != _PDF:
                raise BadArgument(f"{file} is there already and is no PDF: give another name")
