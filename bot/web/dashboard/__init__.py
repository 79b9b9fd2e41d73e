"""The officers' dashboard: who gets in, its pages, its live numbers and its pictures."""
