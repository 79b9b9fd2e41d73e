"""Messages made from what was done: a truth is drawn, a writer tells it in his manner, and what it means is known.

`write(seed, number)` makes one message; `python -m tests.language.generating --seed 7 --count 20000` reads many and
says which kinds are read wrongly. Only what the rules of docs/rules.md settle is ever written.
"""
