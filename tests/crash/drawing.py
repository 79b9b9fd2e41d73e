"""A drawing process for the crash tests: whatever it is asked, it answers with a small picture at once.

What the real one does has its own tests; here each life would wait two seconds for libraries that decide nothing.
"""

import sys

from bot.drawing.worker import DONE, answer, read
from tests.images import png

COMMAND = ("-P", "-m", "tests.crash.drawing")

if __name__ == "__main__":
    picture = png(64, 36)
    while read(sys.stdin.buffer) is not None:
        answer(sys.stdout.buffer, DONE, picture)
