"""The tables of words: well-formed, nothing twice, and each row says something that the reader knows."""

from collections import Counter
from pathlib import Path

import pytest

import handlers.language.words
from handlers.language.reading import Outcome
from handlers.language.signs.folding import fold
from handlers.language.words.sorts import Said, Sort, Unit

TABLES = Path(handlers.language.words.__file__).with_name("phrases")
ONE_OF = ("elsewhere", "outcomes", "done", "sorts", "units", "fill")
DOES = {
    "outcomes": {outcome.value for outcome in Outcome},
    "done": {name.lower() for name in Said.members},
    "sorts": {name.lower() for name in Sort.members},
    "units": {name.lower() for name in Unit.members},
    "fill": {"fill"},
    "elsewhere": {"fill"},
    "never": {"before", "after", "both"},
    "kin": {"kin", "alone", "pronoun", "home"},
}


def rows(table: str) -> list[list[str]]:
    """The rows of a table, cell by cell."""
    lines = (TABLES / f"{table}.tsv").read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


@pytest.mark.parametrize("table", sorted(file.stem for file in TABLES.glob("*.tsv")))
def test_each_row_is_a_phrase_and_what_it_does(table: str) -> None:
    """Three cells: a phrase in lower case, what it does, a note; no phrase twice in a table."""
    found = rows(table)
    assert all(len(row) == 3 and row[0] == " ".join(row[0].lower().split()) and row[1] for row in found)
    assert not [phrase for phrase, n in Counter(row[0] for row in found).items() if n > 1]
    if table in DOES:
        assert {row[1] for row in found} <= DOES[table]


def test_no_phrase_in_two_tables() -> None:
    """A phrase means one thing: of the tables that the scanner knows it stands in one."""
    counted = Counter(row[0] for table in ONE_OF for row in rows(table))
    assert not [phrase for phrase, n in counted.items() if n > 1]


def test_respelled_words_are_no_more_than_were_written() -> None:
    """Each word read stands where one was written, so that positions hold."""
    assert not [
        row for row in rows("respelled") if len(row[1].split()) > len(row[0].split()) and fold(row[0]) != row[0]
    ]
