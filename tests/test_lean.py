"""The running bot takes no memory for what it never looks at, and does all that it did."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
_CODE = """
import gc, json, sys
from types import FunctionType
from bot import lean
lean.load()
from bot import running, warming
import bot.app
lean.let_go_of_notes()
from handlers import texts
warming.settle()
gc.unfreeze()
import babel.localedata, telegram
from rapidfuzz.distance import OSA
functions = [one for one in gc.get_objects() if type(one) is FunctionType]
classes = [one for one in gc.get_objects() if type(one) is type]
first = [one.__code__.co_consts[0] for one in functions if one.__code__.co_consts]
tables = [name for known in babel.localedata._cache.values() for name in known]
heavy = ("typer", "rapidfuzz.process_cpp", "rapidfuzz.fuzz_cpp", "httpx", "cryptography")
print(json.dumps({
    "docstrings": sum(len(one.__doc__) for one in (*functions, *classes) if isinstance(one.__doc__, str)),
    "in the code": sum(len(one) for one in first if isinstance(one, str)),
    "types": sum(one.__annotations__ != {} for one in functions),
    "languages": babel.core._global_data is not None,
    "names of languages": [name for name in tables if name in ("languages", "territories", "currency_names")],
    "a share": texts.percent(116167, 278950),
    "loaded": [name for name in heavy if name in sys.modules],
    "distance": OSA.distance("xom", "xmo"),
    "sends": telegram.Bot.send_message.__name__,
}))
"""


def _done(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_nothing_that_is_for_programmers_stays_in_memory() -> None:
    """Docstrings and types are gone, and names of countries and currencies; what is loaded works as before."""
    left = json.loads(_done(_CODE))
    assert left.pop("types") < 200, "20,000 before; those of functions that come later stay"
    assert (left.pop("names of languages"), left.pop("a share")) == ([], "41,6%")
    assert left.pop("docstrings") < 100_000, "4,000,000 before; those of types written in C stay"
    assert left.pop("in the code") < 50_000
    assert left == {"languages": False, "loaded": [], "distance": 1, "sends": "send_message"}


def test_a_string_that_is_more_than_a_docstring_stays() -> None:
    """A function may return the very words that describe it."""
    code = """
from bot import lean
def said():
    "these words"
    return "these words"
def told():
    "other words"
    return len(told.__name__)
async def awaited():
    "words"
lean.let_go_of_notes()
print(said(), told(), said.__doc__, told.__code__.co_consts[0], awaited.__doc__)
"""
    assert _done(code).split() == ["these", "words", "4", "None", "None", "None"]


def test_a_module_that_is_there_already_is_not_kept_away() -> None:
    """Only what nobody has loaded is stood in for, and only meanwhile."""
    code = """
import json, sys
from bot.lean import kept_away
with kept_away("json", "fractions", absent=("decimal", "sys")):
    assert json is sys.modules["json"] and sys.modules["sys"] is sys
    import fractions
    assert fractions.Fraction is object
    try:
        import decimal
    except ImportError:
        print("absent")
import decimal, fractions
print(fractions.Fraction(1, 2), decimal.Decimal(1))
"""
    assert _done(code).split() == ["absent", "1/2", "1"]


def test_the_running_bot_loads_so() -> None:
    """It is what people start that is lean."""
    steps = (ROOT / "bot" / "running.py").read_text(encoding="utf-8")
    assert 0 < steps.index("lean.load()") < steps.index("lean.let_go_of_notes()") < steps.index("asyncio.run(")


def test_nobody_holds_all_objects_while_the_bot_runs() -> None:
    """A thread that does makes another's half-made tuple fail: what is let go of is let go of before there are any."""
    code = """
import gc
from bot import warming
def held(*_):
    raise AssertionError("all objects are held")
gc.get_objects = held
warming.settle()
print("settled")
"""
    assert _done(code).split() == ["settled"]
