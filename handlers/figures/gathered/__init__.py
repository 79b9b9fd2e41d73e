"""Numbers as plain facts, gathered once from kept sums: how far, how fast, until when, what changed.

Never says one.
"""
