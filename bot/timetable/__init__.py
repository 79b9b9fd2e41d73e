"""When what is said unasked is said."""
