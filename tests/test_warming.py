"""What only a first use costs is paid before anybody waits for it."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
_CODE = """
import gc
from pathlib import Path
from bot import warming
from handlers import texts
from handlers.clerk.second.weighing import fitted
warming.settle()
files = len(list(Path(texts.__file__).parent.glob("*.j2")))
assert texts._template.cache_info().currsize == files, texts._template.cache_info()
assert fitted.cache_info().currsize == 1, fitted.cache_info()
assert gc.get_freeze_count() > 10_000, gc.get_freeze_count()
"""


def test_after_it_everything_was_used_once() -> None:
    """Every text is compiled, and what lives by then is looked through no more."""
    done = subprocess.run([sys.executable, "-c", _CODE], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_running_bot_settles() -> None:
    """It is given to the program that people start."""
    assert "settle=warming.settle" in (ROOT / "bot" / "running.py").read_text(encoding="utf-8")
