"""Lines for people on stdout."""

import sys


def say(line: str = "") -> None:
    """One line; a reader that closed the pipe is no error."""
    sys.stdout.write(line + "\n")
