"""What the command line was asked for and cannot do."""

from datetime import date

_FIRST, _LAST = date(2000, 1, 1), date(2099, 12, 31)  # days before or after them leave what a calendar can count


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
        day = date.fromisoformat(wanted)
    except ValueError:
        raise BadArgument(f"'{wanted}' is no day: write it as 2023-05-20") from None
    if not _FIRST <= day <= _LAST:
        raise BadArgument(f"{day} is a day of no campaign: write one between {_FIRST} and {_LAST}")
    return day
