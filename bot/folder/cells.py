"""What stands in a cell: its text as a spreadsheet shows it, or why it cannot be used: `#N/A`, TRUE, a date."""

import re
from dataclasses import dataclass

AS_TEXT = "format the column as text and write it again"
NO_VALUE = "is a formula without a stored value: open the file in a spreadsheet program and save it, or write the value"
_MOST_DIGITS = 15  # that a spreadsheet keeps of a number
_DAY = r"(?:[0-9]{4}([-/.])[0-9]{1,2}\1[0-9]{1,2}|[0-9]{1,2}([-/.])[0-9]{1,2}\2[0-9]{4})"
_DATE = re.compile(_DAY + r"(?:[T ][0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?)?")
_ERROR = re.compile(r"#(?:N/A|REF!|NAME\?|VALUE!|DIV/0!|NUM!|NULL!|SPILL!|CALC!)")
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_.|\*.|\[[^\]]*\]|(?P<run>[0#?,]+(?:\.[0#?]*)?)|(?P<sign>.)'
)  # of a number format: texts, padding, colours, places of digits, other signs


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell. `fault`: why what stands there cannot be used, with what to do; '' where it can.

    `bare`: a number that is shown without zeros before it, so that any that were typed are lost.
    """

    text: str = ""
    fault: str = ""
    bare: bool = False

    @property
    def filled(self) -> bool:
        """Whether anything stands there."""
        return bool(self.text or self.fault)


BLANK = Cell()


def fault_of_text(text: str) -> str:
    """Why a text is none: an error, a truth value or a date that a spreadsheet left there; '' where it is one."""
    if _ERROR.fullmatch(text.upper()):
        return error_fault(text.upper())
    if text.upper() in ("TRUE", "FALSE"):
        return truth_fault(text.upper())
    return date_fault(text) if _DATE.fullmatch(text) else ""


def error_fault(text: str) -> str:
    """Of the error value of a formula."""
    return f"is the error {text}: write the value itself"


def truth_fault(text: str) -> str:
    """Of TRUE or FALSE."""
    return f"is the truth value {text}: write a text"


def date_fault(text: str) -> str:
    """Of a date or a time; a spreadsheet makes one of `1-2`, too."""
    return f"is the date {text}: {AS_TEXT}"


def of_number(number: float, form: str) -> Cell:
    """A number as its format shows it: `1` in `000` is 001, in `"HV"00` HV01."""
    number = float(number)
    if abs(number) >= 10**_MOST_DIGITS:
        return Cell(fault=f"is a number of more than {_MOST_DIGITS} digits, the last of which are lost: {AS_TEXT}")
    section = form.partition(";")[0]
    if number < 0 or section.lower() in ("general", "", "@"):
        return Cell(_general(number), bare=True)
    shown = _formatted(number, section)
    if shown is None:
        return Cell(fault=f"is the number {_general(number)} in the format {form}: {AS_TEXT}")
    return Cell(shown, bare=shown == _general(number) and "00" not in section)


def _general(number: float) -> str:
    """451, not 451.0."""
    return str(int(number)) if number.is_integer() else f"{number:.15g}"


def _formatted(number: float, section: str) -> str | None:
    """The number in one section of a format; None for percentages, fractions and the like."""
    tokens = list(_TOKEN.finditer(section))
    runs = [token["run"] for token in tokens if token["run"]]
    signs = "".join(token["sign"] or "" for token in tokens)
    if not runs or re.search(r"[%/@]|[^\W\d_]", signs) or any(run.endswith(",") for run in runs):
        return None
    digits = [_in_run(number, runs[0])] if len(runs) == 1 else _in_runs(number, runs)
    if digits is None:
        return None
    left = iter(digits)
    parts = [next(left) if t["run"] else t["quoted"] or t["escaped"] or t["sign"] or "" for t in tokens]
    return "".join(parts).strip()


def _in_run(number: float, run: str) -> str:
    """A number in `000`, `0.0#`; without signs between thousands."""
    whole, _, decimals = run.partition(".")
    digits, _, after = f"{number:.{len(decimals)}f}".partition(".")
    sure = decimals.count("0")
    after = after[:sure] + after[sure:].rstrip("0")
    return digits.zfill(whole.count("0")) + (f".{after}" if after else "")


def _in_runs(number: float, runs: list[str]) -> list[str] | None:
    """A whole number's digits over several runs of places: 1234567 in `000-0000` is 123, 4567."""
    if not number.is_integer() or any("." in run or "," in run for run in runs):
        return None
    left, found = str(int(number)).zfill(sum(len(run) for run in runs)), []
    for run in reversed(runs[1:]):
        found.append(left[-len(run) :])
        left = left[: -len(run)]
    return [left, *reversed(found)]
