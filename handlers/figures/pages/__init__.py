"""The dashboard's pages as facts: what each shows, of which days, with which charts.

Never makes HTML.
"""
