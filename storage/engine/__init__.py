"""How anything is remembered: transactions, the database file, its migrations and copies."""
