"""Every number that is shown: gathered once, then said."""
