"""Numbers for spreadsheets and letters: who may have them, and what they hold.

Never makes a file.
"""
