"""Join codes: how they are made, whom each lets in, and how one ends for good."""

import secrets
from collections.abc import Collection
from datetime import datetime
from zlib import crc32

from storage.campaign import accounts, people
from storage.campaign.people import Person
from storage.engine.times import stamp
from storage.engine.transaction import Transaction

LENGTH = 10
# No vowels, no W: a Vietnamese keyboard would put marks on them. No 1, I or O: those who type one mean L or 0.
LETTERS = "BCDFGHJKLMNPQRSTVXZ023456789"
_POSITIVE = 0x7FFF_FFFF  # what a column of every engine takes
_MOST_DIGITS = 7  # with more it could be taken for a private number, and masked
_MEANT = str.maketrans("1IO", "LL0")


def new(taken: Collection[str]) -> str:
    """A code that nobody has. `taken`: codes in capitals."""
    while (code := "".join(secrets.choice(LETTERS) for _ in range(LENGTH))) in taken or not can_be_typed(code):
        pass
    return code


def can_be_typed(code: str) -> bool:
    """On a Vietnamese keyboard, too, where DD and D9 become Đ, and without looking like anybody's number."""
    digits = sum(letter.isdecimal() for letter in code)
    return digits <= _MOST_DIGITS and not {"D", "9"} & set(code.partition("D")[2])


def owner(tx: Transaction, given: str) -> Person | None:
    """Whom this code lets in, in whatever case; None where it is wrong, ended, or the person locked or gone."""
    code = given.upper()
    return people.by_code(tx, code) or people.by_code(tx, code.translate(_MEANT))


def among(tx: Transaction, words: Collection[str]) -> set[str]:
    """Which of these words let somebody in, as `owner` understands them."""
    forms = {word: {word.upper(), word.upper().translate(_MEANT)} for word in words}
    known = people.codes_among(tx, {form for two in forms.values() for form in two})
    return {word for word, two in forms.items() if two & known}


def renew(tx: Transaction, person: int, at: datetime) -> str:
    """The person's code is another from now on, the one before lets nobody in again; the new one.

    Accounts stay; each gives way to the first that comes in by the new code on its platform.
    """
    row = tx.one("SELECT upper(code) AS code FROM people WHERE id = :person", person=person)
    assert row is not None
    tx.run(
        "INSERT INTO ended_codes (code, person, at) VALUES (:code, :person, :at) ON CONFLICT (code) DO NOTHING",
        code=row["code"],
        person=person,
        at=stamp(at),
    )
    code = unknown(tx)
    tx.run("UPDATE people SET code = :code WHERE id = :person", code=code, person=person)
    accounts.came_by_earlier_code(tx, person)
    return code


def unknown(tx: Transaction) -> str:
    """A code that nobody has, nor ever had."""
    while _is_known(tx, code := new(())):
        pass
    return code


def mark(tx: Transaction, person: int) -> int | None:
    """A number that is another once the person's code is another; None where no code lets them in."""
    row = tx.one(
        "SELECT upper(code) AS code FROM people WHERE id = :person AND locked_at IS NULL AND left_at IS NULL",
        person=person,
    )
    return crc32(row["code"].encode()) & _POSITIVE if row is not None and row["code"] else None


def _is_known(tx: Transaction, code: str) -> bool:
    row = tx.one(
        """SELECT 1 FROM people WHERE upper(code) = :code
           UNION ALL SELECT 1 FROM ended_codes WHERE code = :code LIMIT 1""",
        code=code,
    )
    return row is not None


def ended(tx: Transaction) -> set[str]:
    """The codes that let nobody in any more, in capitals."""
    return {row["code"] for row in tx.all("SELECT code FROM ended_codes")}
