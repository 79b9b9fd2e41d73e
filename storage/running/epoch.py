"""The life of a database: another one begins when it is made, and whenever a backup takes its place.

Ids are given anew in it. Whoever remembers something of another epoch remembers what may never have been, or is
something else by now. Browsers are told; buttons under messages on a platform cannot be, so what they name is never
given anew: its numbers go on above whatever the life before can have come to.
"""

import secrets
from datetime import datetime

from storage.engine import numbers
from storage.engine.times import stamp
from storage.engine.transaction import Transaction
from storage.running import meta

_NAME = "epoch"
# What buttons name begins with the clock, which is ahead of any life that needed fewer of them a second than these.
_A_SECOND = {"offers": 100, "practices": 1}


def begin(tx: Transaction, at: datetime) -> str:
    """Another life begins now; its name."""
    name = secrets.token_hex(8)
    meta.put(tx, _NAME, name)
    for table, most in _A_SECOND.items():
        numbers.begin_after(tx, table, stamp(at) * most)
    return name


def current(tx: Transaction) -> str:
    """The name of this life."""
    known = meta.get(tx, _NAME)
    assert known is not None, "a migration begins the first"
    return known
