"""export: what /xuat and /baocaodot send, as a file for its owner alone."""

from pathlib import Path

from bot.clock import Clock
from bot.commands.errors import BadArgument
from bot.commands.record import note
from bot.commands.show import commune_named
from bot.config import Config
from bot.csvs import BOM
from bot.drawing.work import ENDINGS, Work
from bot.output import say
from storage.campaign import communes, phases
from storage.engine.backup import belongs_to
from storage.engine.database import session
from storage.engine.errors import StorageMisuse

KINDS = {ending: kind for kind, ending in ENDINGS.items()}
_ZIP = b"PK\x03\x04"
_BEGINS = {"sheet": _ZIP, "letter": _ZIP, "csv": BOM.encode()}


def export(config: Config, file: Path, *, commune: str | None) -> int:
    """Writes the numbers of the campaign, or of one commune; the file's ending says in which form."""
    kind = KINDS.get(file.suffix.lower())
    if kind is None:
        raise BadArgument(f"{file}: end its name with .xlsx or .csv, or with .docx for the report on one page")
    _refuse_place(file, kind, config.storage.path)
    with session(config.storage.path, read_only=True) as tx:
        if phases.current(tx) is None:
            raise StorageMisuse("no campaign is loaded: run 'bacung load FOLDER' first")
        place = commune_named(tx, commune)
        chosen = [place] if place is not None else communes.every(tx)
    note(config, "data exported", subject=place.id if place is not None else 0, detail=file.suffix.lower()[1:])

    from bot.drawing import files  # noqa: PLC0415 - slow to import, and only where something is drawn
    from bot.drawing.letters import WrongTemplate  # noqa: PLC0415

    into, template = file.absolute(), config.campaign.letter()
    ids, day_start = tuple(one.id for one in chosen), config.schedule.day_start
    try:
        made = files.make(Work(kind, config.storage.path, ids, Clock().now(), day_start, into, template))
    except WrongTemplate as error:
        raise BadArgument(str(error)) from None
    say(f"{file}: {made.place}, done {made.done} of {made.target}, {made.reports} reports, {made.size:,} bytes")
    return 0


def _refuse_place(file: Path, kind: str, database: Path) -> None:
    """A file takes the place of an older one of its kind, and of nothing else.

    Raises:
        BadArgument: it would.
    """
    if belongs_to(file, database) or file.is_dir():
        raise BadArgument(f"{file} is the database, a part of it or a folder: give another file, such as totals.xlsx")
    if file.exists():
        begins = _BEGINS[kind]
        with file.open("rb") as there:
            if there.read(len(begins)) != begins:
                raise BadArgument(f"{file} is there already and is no {file.suffix}: give another name")
