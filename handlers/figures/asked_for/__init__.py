"""What is asked for beside a command: which days, by what, which page, what number; and what may be told here.

Never looks up a sum.
"""
