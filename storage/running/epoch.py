"""The life of a database: another one begins when it is made, and whenever a backup takes its place.

Ids are given anew in it. Whoever remembers something of another epoch remembers what may never have been, or is
something else by now.
"""

import secrets

from storage.engine.transaction import Transaction
from storage.running import meta

_NAME = "epoch"


def begin(tx: Transaction) -> str:
    """Another life begins now; its name."""
    name = secrets.token_hex(8)
    meta.put(tx, _NAME, name)
    return name


def current(tx: Transaction) -> str:
    """The name of this life."""
    known = meta.get(tx, _NAME)
    assert known is not None, "a migration begins the first"
    return known
