"""The door of `bacung …`: the bot starts at once; anything else is read by the command line.

The library for command lines would stay in the bot's memory for as long as it runs.
"""

import sys

_THE_BOT = (["run"], ["run", "--demo"])


def main() -> None:
    """Entry of the `bacung` command."""
    said = sys.argv[1:]
    if said in _THE_BOT:
        from bot.running import run_bot  # noqa: PLC0415

        run_bot(demo="--demo" in said)
    else:
        from bot.command_line import app  # noqa: PLC0415

        app()


if __name__ == "__main__":
    main()
