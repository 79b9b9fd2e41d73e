"""What marks a database file as ours, and the scripts that say which version it has."""

from pathlib import Path

APPLICATION_ID = 0x6261636E  # "bacn", in the file's header: tells our files from others
MIGRATIONS = Path(__file__).parent / "migrations"
