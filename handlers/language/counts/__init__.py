"""What the told clauses count, each phone once, and which of their numbers can be trusted.

Never decides what the message is.
"""
