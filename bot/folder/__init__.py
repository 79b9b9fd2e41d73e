"""A campaign folder: its files, what may stand in them, and the demonstration's own."""
