"""What goes wrong: how it is named without people's words, and how long the program waits before it tries again."""

import traceback

_PAUSES = (0.5, 1, 2, 5, 10, 30)  # seconds


class ChannelRefused(Exception):
    """The platform will not work with these settings: one line that says what to do."""


def where_raised(error: Exception) -> str:
    """The kind of an error and its place; never its words, which may be people's."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} at {frame.name} ({frame.filename.rpartition('/')[2]}:{frame.lineno})"


def pause_after(failed: int) -> float:
    """Seconds until another try of what had failed so many times in a row before this failure."""
    return _PAUSES[min(failed, len(_PAUSES) - 1)]
