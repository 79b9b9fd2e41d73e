"""Guessing join codes: after some wrong ones in an hour even a right one has to wait, in chats and on the web."""

from datetime import datetime, timedelta
from math import ceil

from storage.campaign import accounts
from storage.engine.transaction import Transaction

MOST_WRONG = 5
WITHIN = timedelta(hours=1)


def minutes_to_wait(tx: Transaction, *, channel: str, sender: str, now: datetime, most: int = MOST_WRONG) -> int:
    """How long a sender of `most` wrong codes has to wait; 0 where the next may be tried."""
    wrong = accounts.wrong_codes(tx, channel=channel, sender=sender, since=now - WITHIN)
    if len(wrong) < most:
        return 0
    return max(1, ceil((wrong[-most] + WITHIN.total_seconds() - now.timestamp()) / 60))
