"""The commands that say numbers: each a handler over facts that were gathered.

Never counts in a second way.
"""
