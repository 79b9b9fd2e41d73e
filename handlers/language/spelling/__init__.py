"""Words as they were meant to be typed: keys, slips, doubled and glued letters, tables told row by row.

Never says what a word means.
"""
