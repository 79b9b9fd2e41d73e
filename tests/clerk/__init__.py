"""What a message does, decided by the clerk: its rules one by one, and what is undone."""
