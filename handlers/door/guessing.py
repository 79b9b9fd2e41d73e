"""Guessing join codes: wrong ones slow whoever tries, in chats and on the web; a right one always lets in.

What keeps guessers out is how many codes there are (`storage/campaign/codes.py`); this keeps them from being a burden.
"""

from datetime import datetime, timedelta
from math import ceil

from storage.campaign import accounts
from storage.engine.transaction import Transaction

MOST_WRONG = 5  # of one account or browser within the hour, until it is slowed
WRONG_OF_ADDRESS = 30  # of all behind one address: that may be a whole school
WITHIN = timedelta(hours=1)
SLOWEST = 4.0  # seconds


def minutes_to_wait(tx: Transaction, *, channel: str, sender: str, now: datetime) -> int:
    """How long whoever gave so many wrong codes is told nothing more about wrong ones; 0: is told."""
    wrong = accounts.wrong_codes(tx, channel=channel, sender=sender, since=now - WITHIN)
    if len(wrong) < MOST_WRONG:
        return 0
    return max(1, ceil((wrong[-MOST_WRONG] + WITHIN.total_seconds() - now.timestamp()) / 60))


def pause(tx: Transaction, *, channel: str, sender: str, now: datetime, most: int = MOST_WRONG) -> float:
    """Seconds until a code of this sender is looked at: none until `most` were wrong, then ever more."""
    wrong = accounts.wrong_codes(tx, channel=channel, sender=sender, since=now - WITHIN)
    return min(SLOWEST, 0.5 * (len(wrong) // most))
