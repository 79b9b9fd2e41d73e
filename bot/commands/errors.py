"""What the command line was asked for and cannot do."""

from datetime import date


class BadArgument(Exception):
    """An argument that cannot be understood: one line that says what is possible."""


def day_in(wanted: str | None) -> date | None:
    """The day of an argument such as 2023-05-20; None where none was given.

    Raises:
        BadArgument: it is no day.
    """
    if wanted is None:
        return None
    try:
        return date.fromisoformat(wanted)
    except ValueError:
        raise BadArgument(f"'{wanted}' is no day: write it as 2023-05-20") from None
