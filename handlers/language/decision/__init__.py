"""From counts to a reading: the day, the kind, and every doubt, written as the types of `reading.py`.

Never counts by itself.
"""
