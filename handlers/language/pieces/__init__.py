"""The pieces of a sentence: at each word the first recogniser that knows it, then looks at what stands together.

Never knows clauses.
"""
