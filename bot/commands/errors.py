"""What the command line was asked for and cannot do."""


class BadArgument(Exception):
    """An argument that cannot be understood: one line that says what is possible."""
