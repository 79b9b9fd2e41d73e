"""Why a channel cannot work at all."""


class ChannelRefused(Exception):
    """The platform will not work with these settings: one line that says what to do."""
