"""What a message says of comrades of the team: who is named, and whose the work is."""

from handlers.clerk.comrades.naming import Comrade
from handlers.clerk.comrades.pieces import Share
from handlers.clerk.comrades.whose import Told, told

__all__ = ["Comrade", "Share", "Told", "told"]
