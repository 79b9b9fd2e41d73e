"""A second clerk, fitted: weighs all that a message may do to the evening, and doubts what the rules decide."""

from handlers.clerk.second.doubting import doubted

__all__ = ["doubted"]
