"""The command line: `bacung …`. Errors end in one line on stderr that says what to do, and exit code 2."""

import io
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Bacung: a chatbot for field campaigns. Settings: config.toml and BACUNG_… in the environment.",
)
Json = Annotated[bool, typer.Option("--json", help="As JSON.")]


def _guarded(work: Callable[[], int]) -> None:
    """Runs a command; what goes wrong becomes a line and exit code 2, never a traceback."""
    # Imported here, since each start of the bot pays for what this file imports.
    from bot.commands.errors import BadArgument  # noqa: PLC0415
    from bot.config import ConfigError  # noqa: PLC0415
    from bot.trouble import ChannelRefused  # noqa: PLC0415
    from storage.campaign.plan import CampaignError  # noqa: PLC0415
    from storage.engine.errors import StorageBusy, StorageError, StorageMisuse  # noqa: PLC0415

    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # names are Vietnamese, whatever the locale
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        code = work()
        sys.stdout.flush()
    except (ConfigError, CampaignError) as error:
        for line in error.lines:
            print(line, file=sys.stderr)  # noqa: T201
        code = 2
    except (StorageMisuse, ChannelRefused, BadArgument) as error:
        print(error, file=sys.stderr)  # noqa: T201
        code = 2
    except StorageBusy:
        locked = "another program holds the database (BACUNG_STORAGE__PATH) locked: close it there, then try again"
        print(locked, file=sys.stderr)  # noqa: T201
        code = 2
    except StorageError as error:
        see = "see BACUNG_STORAGE__PATH and the disk; where it is damaged, 'bacung restore FILE'"
        print(f"the database cannot be used ({error}): {see}", file=sys.stderr)  # noqa: T201
        code = 2
    except BrokenPipeError:  # whoever read our lines has enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except OSError as error:
        print(f"{error.filename or 'file'}: {error.strerror}; check the path and its permissions", file=sys.stderr)  # noqa: T201
        code = 2
    except KeyboardInterrupt:
        code = 130
    raise typer.Exit(code)


@app.command()
def run(
    demo: Annotated[bool, typer.Option("--demo", help="With example people; nothing counts.")] = False,
) -> None:
    """Runs the bot."""

    def work() -> int:
        import asyncio  # noqa: PLC0415
        import logging  # noqa: PLC0415

        from bot import lean  # noqa: PLC0415

        lean.load()

        from bot import config, warming  # noqa: PLC0415
        from bot.app import App  # noqa: PLC0415
        from bot.folder import demonstration  # noqa: PLC0415

        warming.save()
        settings = demonstration.prepared(config.load()) if demo else config.load()
        level = logging.WARNING if demo else logging.INFO
        logging.basicConfig(level=level, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
        ready = demonstration.show_links if demo else None
        asyncio.run(App(settings, trial=demo, ready=ready, settle=warming.settle).run())
        return 0

    _guarded(work)


@app.command()
def load(
    folder: Annotated[Path, typer.Argument(help="A campaign folder, such as examples/soc-son.")],
    sheet: Annotated[str | None, typer.Option(help="Of roster.xlsx, where more than one fits.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only print what would change.")] = False,
) -> None:
    """Loads or updates a campaign, also while the bot runs."""

    def work() -> int:
        from bot import config  # noqa: PLC0415
        from bot.commands import data  # noqa: PLC0415

        return data.load(config.load(), folder, sheet=sheet, dry_run=dry_run)

    _guarded(work)


@app.command()
def codes(
    as_csv: Annotated[bool, typer.Option("--csv", help="As CSV.")] = False,
    pdf: Annotated[Path | None, typer.Option("--pdf", help="Draws a sheet of QR codes to cut and hand out.")] = None,
    unjoined: Annotated[bool, typer.Option("--unjoined", help="Only of those who have not joined yet.")] = False,
) -> None:
    """Prints everybody's join code and link."""

    def work() -> int:
        from bot import config  # noqa: PLC0415
        from bot.commands import codes as codes_of  # noqa: PLC0415

        return codes_of.codes(config.load(), as_csv=as_csv, pdf=pdf, unjoined=unjoined)

    _guarded(work)


@app.command()
def read(explain: Annotated[bool, typer.Option("--explain", help="With the parts of each number.")] = False) -> None:
    """Reads JSON lines {"text", "at"} and prints what they mean; with an "evening" also what they do."""

    def work() -> int:
        from bot.commands import reading  # noqa: PLC0415

        return reading.readings(explain=explain)

    _guarded(work)


@app.command()
def totals(
    by: Annotated[str, typer.Option(help="commune, hamlet, person or day")] = "commune",
    commune: Annotated[str | None, typer.Option(help="Only this commune, by code or name.")] = None,
    day: Annotated[str | None, typer.Option(help="Only this work day, as 2023-05-20.")] = None,
    as_json: Json = False,
) -> None:
    """Prints what was done."""

    def work() -> int:
        from bot import config  # noqa: PLC0415
        from bot.commands import show  # noqa: PLC0415

        return show.totals(config.load(), by=by, commune=commune, day=day, as_json=as_json)

    _guarded(work)


@app.command()
def export(
    file: Annotated[Path, typer.Argument(help="FILE.xlsx, FILE.csv, or FILE.docx for the report on one page.")],
    commune: Annotated[str | None, typer.Option(help="Only this commune, by code or name.")] = None,
) -> None:
    """Writes the numbers as a file: what /xuat and /baocaodot send."""

    def work() -> int:
        from bot import config  # noqa: PLC0415
        from bot.commands import exporting  # noqa: PLC0415

        return exporting.export(config.load(), file, commune=commune)

    _guarded(work)


@app.command()
def check() -> None:
    """Recounts every total from the reports; exit code 1 where any differs."""

    def work() -> int:
        from bot import config  # noqa: PLC0415
        from bot.commands import data  # noqa: PLC0415

        return data.check(config.load())

    _guarded(work)


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(help="Where the copy goes.")],
    force: Annotated[bool, typer.Option("--force", help="Also in the place of a file that is there.")] = False,
) -> None:
    """Writes a consistent, verified copy of the database, also while the bot runs."""

    def work() -> int:
        from bot import config  # noqa: PLC0415
        from bot.commands import data  # noqa: PLC0415

        return data.backup(config.load(), file, force=force)

    _guarded(work)


@app.command()
def restore(file: Annotated[Path, typer.Argument(help="What 'bacung backup' has written.")]) -> None:
    """Puts a backup in the place of the database; refused while the bot runs."""

    def work() -> int:
        from bot import config  # noqa: PLC0415
        from bot.commands import data  # noqa: PLC0415

        return data.restore(config.load(), file)

    _guarded(work)


@app.command()
def status(as_json: Json = False) -> None:
    """Prints how the bot is doing."""

    def work() -> int:
        from bot import config  # noqa: PLC0415
        from bot.commands import show  # noqa: PLC0415

        return show.status(config.load(), as_json=as_json)

    _guarded(work)


@app.command()
def audit(
    person: Annotated[str | None, typer.Option(help="Only what this person did, by id.")] = None,
    day: Annotated[str | None, typer.Option(help="Only of this work day, as 2023-05-20.")] = None,
    as_csv: Annotated[bool, typer.Option("--csv", help="As CSV.")] = False,
) -> None:
    """Prints the record of who changed what, and who took data out."""

    def work() -> int:
        from bot import config  # noqa: PLC0415
        from bot.commands import record  # noqa: PLC0415

        return record.show(config.load(), person=person, day=day, as_csv=as_csv)

    _guarded(work)


@app.command()
def forget(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only print how much would go.")] = False,
) -> None:
    """Lets messages, homes and names of residents go whose time is over; sums stay. The bot does so every night."""

    def work() -> int:
        from bot import config  # noqa: PLC0415
        from bot.commands import people  # noqa: PLC0415

        return people.forget(config.load(), dry_run=dry_run)

    _guarded(work)


@app.command()
def simulate(
    file: Annotated[Path, typer.Argument(help="The new database.")],
    days: Annotated[int, typer.Option(help="Whole days, of which the last was yesterday.")] = 16,
    seed: Annotated[int, typer.Option(help="The same number, the same campaign.")] = 1,
    today: Annotated[bool, typer.Option("--today", help="Also today's reports, until now.")] = False,
    odd: Annotated[bool, typer.Option("--odd", help="With evenings at which an officer should look.")] = False,
) -> None:
    """Writes a new database: a campaign of made-up students, through the real handlers."""

    def work() -> int:
        from bot import config  # noqa: PLC0415
        from bot.commands import simulate as simulating  # noqa: PLC0415

        settings = config.load()
        return simulating.simulate(settings, file, days=days, seed=seed, today=today, odd=odd)

    _guarded(work)


person_commands = typer.Typer(no_args_is_help=True, help="What is kept about a person, and how it goes.")
app.add_typer(person_commands, name="person")
Ref = Annotated[str, typer.Argument(help="The person's id in the roster.")]


@person_commands.command("show")
def person_show(ref: Ref, as_json: Json = False) -> None:
    """Prints all that is kept about a person."""

    def work() -> int:
        from bot import config  # noqa: PLC0415
        from bot.commands import people  # noqa: PLC0415

        return people.show(config.load(), ref, as_json=as_json)

    _guarded(work)


@person_commands.command("erase")
def person_erase(
    ref: Ref,
    yes: Annotated[bool, typer.Option("--yes", help="Without typing the name.")] = False,
) -> None:
    """Erases a person's name, accounts and messages; what was counted stays, under no name."""

    def work() -> int:
        from bot import config  # noqa: PLC0415
        from bot.commands import people  # noqa: PLC0415

        return people.erase(config.load(), ref, yes=yes)

    _guarded(work)


def main() -> None:
    """Entry of the `bacung` command."""
    app()


if __name__ == "__main__":
    main()
