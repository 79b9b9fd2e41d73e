"""What a message does, decided as a careful clerk would: a pure function of it, its meanings, the evening."""

from handlers.clerk.deciding import clerk, decided, supported, weighed

__all__ = ["clerk", "decided", "supported", "weighed"]
