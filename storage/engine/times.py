"""How moments and work days stand in the database: whole seconds and whole days since 1970-01-01."""

from datetime import UTC, date, datetime, timedelta

_EPOCH = date(1970, 1, 1)


def stamp(moment: datetime) -> int:
    """Seconds since 1970-01-01 UTC of an aware moment, rounded down."""
    return int(moment.timestamp())


def moment(seconds: int) -> datetime:
    """The aware UTC moment of a stored stamp."""
    return datetime.fromtimestamp(seconds, UTC)


def day_number(day: date) -> int:
    """Days since 1970-01-01."""
    return (day - _EPOCH).days


def day_of(number: int) -> date:
    """The date of a stored day number."""
    return _EPOCH + timedelta(days=number)
