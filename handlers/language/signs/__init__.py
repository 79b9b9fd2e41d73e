"""A text before it is words: folded, private numbers hidden, signs that say nothing blanked. Positions stay.

Never looks at the tables of words.
"""
