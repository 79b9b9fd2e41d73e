"""Storage behind its verbs: what only SQLite understands stays in storage/engine."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NOUNS = [file for file in sorted((ROOT / "storage").rglob("*.py")) if "engine" not in file.parts]

# Each beside what says the same in every SQL.
FOREIGN = {
    r"\bpragma\b": "a verb of storage/engine",
    r"\binsert\s+or\b|\breplace\s+into\b": "ON CONFLICT",
    r"\bgroup_concat\b|\bstring_agg\b": "rows, joined in Python",
    r"\bifnull\b": "coalesce",
    r"\bstrftime\b|\bunixepoch\b|\bjulianday\b|\bdatetime\(": "stamps and day numbers of storage/engine/times.py",
    r"\bjson_\w+|->>": "json, in Python",
    r"\b_?rowid\b|\blast_insert_\w+": "an id column, RETURNING",
    r"\b(?:max|min)\s*\([^()]*,": "CASE WHEN",
    r"\biif\s*\(": "CASE WHEN",
    r"\bis\s+(?:not\s+)?:\w+": "=, and IS NULL where it may be null",
    r"\bdo\s+update\s+set\b.*?(?<![\w.])(\w+)\s*=\s*\1\b(?!\.)": "table.column on the right",
    r"\bcross\s+join\s+\w+(?:\s+(?!join|where|on)\w+)?\s+on\b": "CROSS JOIN … WHERE",
    r"\bglob\s+[:']|\bindexed\s+by\b|\bcollate\s+nocase\b|\blimit\s+-1\b": "what PostgreSQL has, too",
    r"\bsqlite_\w+|\btypeof\s*\(|\bprintf\s*\(|\btotal\s*\(": "what PostgreSQL has, too",
}


def _strings(source: str) -> Iterator[tuple[int, str]]:
    """Each text in the code that is no docstring, with its line; the parts of an f-string as one."""
    tree = ast.parse(source)
    inside = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            parts = (str(part.value) if isinstance(part, ast.Constant) else " x " for part in node.values)
            yield node.lineno, "".join(parts)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and not {id(node)} & (inside | said):
            yield node.lineno, node.value


def _foreign(text: str) -> list[str]:
    return [instead for found, instead in FOREIGN.items() if re.search(found, text, re.IGNORECASE | re.DOTALL)]


def test_no_noun_speaks_what_only_sqlite_understands() -> None:
    """So that another engine can stand behind the same verbs."""
    assert len(NOUNS) > 25
    found = [
        f"{file.relative_to(ROOT)}:{line}: write {instead}"
        for file in NOUNS
        for line, text in _strings(file.read_text(encoding="utf-8"))
        for instead in _foreign(text)
    ]
    assert found == []


@pytest.mark.parametrize(
    "sql",
    [
        "PRAGMA user_version",
        "INSERT OR IGNORE INTO meta VALUES (1)",
        "SELECT group_concat(name) FROM communes",
        "SELECT ifnull(a, 0) FROM b",
        "SELECT strftime('%s', at) FROM b",
        "SELECT json_extract(body, '$.text') FROM bodies",
        "SELECT rowid FROM b",
        "UPDATE b SET n = max(n, :n)",
        "SELECT 1 FROM b WHERE person IS NOT :person",
        "INSERT INTO s (n) VALUES (1) ON CONFLICT (id) DO UPDATE SET n = n + excluded.n",
        "SELECT 1 FROM a CROSS JOIN b c ON c.id = a.id",
    ],
)
def test_what_only_sqlite_understands_is_seen(sql: str) -> None:
    """Each of the ways in which it came in."""
    assert _foreign(sql)


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO s (n) VALUES (1) ON CONFLICT (id) DO UPDATE SET n = s.n + excluded.n, m = excluded.m",
        "SELECT max(number), min(day) FROM versions",
        "SELECT 1 FROM a CROSS JOIN b JOIN c ON c.id = b.id WHERE b.id = a.id AND a.x IS NOT NULL",
    ],
)
def test_what_every_engine_understands_may_be_written(sql: str) -> None:
    """No false alarm for what looks like it."""
    assert _foreign(sql) == []


def test_nobody_outside_names_what_the_engine_keeps_to_itself() -> None:
    """Nor the driver: names with an underscore and sqlite3 stay inside."""
    private = []
    for room in ("bot", "handlers", "storage"):
        for file in sorted((ROOT / room).rglob("*.py")):
            if "engine" in file.parts:
                continue
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("storage.engine"):
                    private += [f"{file.name}: {name.name}" for name in node.names if name.name.startswith("_")]
                elif isinstance(node, ast.ImportFrom | ast.Import):
                    names = [getattr(node, "module", None), *(name.name for name in node.names)]
                    private += [f"{file.name}: {name}" for name in names if name in ("sqlite3", "aiosqlite")]
    assert private == []
