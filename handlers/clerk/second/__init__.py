"""A second clerk, fitted: weighs all that a message may do to the evening, and looks at what the rules decide."""

from handlers.clerk.second.doubting import looked_at

__all__ = ["looked_at"]
