"""The command line: `bacung …`, all but the bot itself, which starts without the library that reads this."""

from pathlib import Path
from typing import Annotated

import typer

from bot.commands.guarded import guarded

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Bacung: a chatbot for field campaigns. Settings: config.toml and BACUNG_… in the environment.",
)
Json = Annotated[bool, typer.Option("--json", help="As JSON.")]


@app.command()
def run(
    demo: Annotated[bool, typer.Option("--demo", help="With example people; nothing counts.")] = False,
) -> None:
    """Runs the bot."""

    from bot.running import run_bot  # noqa: PLC0415

    run_bot(demo=demo)


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

    guarded(work)


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

    guarded(work)


@app.command()
def read(explain: Annotated[bool, typer.Option("--explain", help="With the parts of each number.")] = False) -> None:
    """Reads JSON lines {"text", "at"} and prints what they mean; with an "evening" also what they do."""

    def work() -> int:
        from bot.commands import reading  # noqa: PLC0415

        return reading.readings(explain=explain)

    guarded(work)


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

    guarded(work)


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

    guarded(work)


@app.command()
def check() -> None:
    """Recounts every total from the reports; exit code 1 where any differs."""

    def work() -> int:
        from bot import config  # noqa: PLC0415
        from bot.commands import data  # noqa: PLC0415

        return data.check(config.load())

    guarded(work)


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

    guarded(work)


@app.command()
def restore(file: Annotated[Path, typer.Argument(help="What 'bacung backup' has written.")]) -> None:
    """Puts a backup in the place of the database; refused while the bot runs."""

    def work() -> int:
        from bot import config  # noqa: PLC0415
        from bot.commands import data  # noqa: PLC0415

        return data.restore(config.load(), file)

    guarded(work)


@app.command()
def status(as_json: Json = False) -> None:
    """Prints how the bot is doing."""

    def work() -> int:
        from bot import config  # noqa: PLC0415
        from bot.commands import show  # noqa: PLC0415

        return show.status(config.load(), as_json=as_json)

    guarded(work)


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

    guarded(work)


@app.command()
def forget(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only print how much would go.")] = False,
) -> None:
    """Lets messages, homes and names of residents go whose time is over; sums stay. The bot does so every night."""

    def work() -> int:
        from bot import config  # noqa: PLC0415
        from bot.commands import people  # noqa: PLC0415

        return people.forget(config.load(), dry_run=dry_run)

    guarded(work)


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

    guarded(work)


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

    guarded(work)


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

    guarded(work)
