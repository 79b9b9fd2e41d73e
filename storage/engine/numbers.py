"""The numbers that rows are given, in tables where none is given twice (AUTOINCREMENT)."""

from storage.engine.transaction import Transaction


def begin_after(tx: Transaction, table: str, number: int) -> None:
    """The rows that this table is given from now on have higher numbers than this one."""
    known = tx.run("UPDATE sqlite_sequence SET seq = max(seq, :number) WHERE name = :table", table=table, number=number)
    if not known:  # it never had a row
        tx.run("INSERT INTO sqlite_sequence (name, seq) VALUES (:table, :number)", table=table, number=number)
