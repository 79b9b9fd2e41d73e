"""Every rule that has a name: it has a say in its example, none in its counterexample, and is used nowhere unnamed."""

import re
from datetime import datetime
from pathlib import Path

import pytest

import handlers.language
from handlers.language import read

AT = datetime.fromisoformat("2023-05-20T20:00")
TABLE = Path(__file__).with_name("rules.tsv")
ROWS = [line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
_NAMED = re.compile(r'(?:\.doubt|\bDoubt|\.apply)\(\s*"(\w+)"|\brule="(\w+)"|\.rule = [\w.]+, "(\w+)"')


@pytest.mark.parametrize(("name", "says", "example", "counterexample"), ROWS, ids=[row[0] for row in ROWS])
def test_a_rule_speaks_where_it_should(name: str, says: str, example: str, counterexample: str) -> None:
    """`--explain` names it for its example, and not for the counterexample."""
    assert says
    assert name in read(example, AT).rules, read(example, AT).rules
    assert name not in read(counterexample, AT).rules


def test_no_rule_without_a_row() -> None:
    """The table holds the names that the code gives, each once."""
    folder = Path(handlers.language.__file__).parent
    given = {
        next(filter(None, found.groups()))
        for file in folder.rglob("*.py")
        for found in _NAMED.finditer(file.read_text(encoding="utf-8"))
    }
    names = [row[0] for row in ROWS]
    assert len(names) == len(set(names))
    assert given == set(names)
