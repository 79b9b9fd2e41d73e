"""Clauses, and what each is: told, planned, asked or taken back, with the visits that are promised.

Never counts.
"""
