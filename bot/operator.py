"""Who is at the command line: the machine's user, for the record."""

import getpass


def name() -> str:
    """The user's name; `?` where the machine knows none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "?"
