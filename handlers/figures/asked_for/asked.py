"""What is asked for after /tong and /xa beside places: which days, by what, and which page."""

import re
from dataclasses import dataclass
from enum import Enum

PAGE = 10  # rows in one message: as many as a phone shows


class Way(Enum):
    """By what numbers are broken down. Value: the folded word after `theo`, and the label of its button."""

    COMMUNE = ("xa", "Theo xã")
    HAMLET = ("thon", "Theo thôn")
    STUDENT = ("hoc vien", "Theo học viên")
    DAY = ("ngay", "Theo ngày")
    OUTCOME = ("ket qua", "Theo kết quả")

    @property
    def word(self) -> str:
        """As it is asked for, folded."""
        return self.value[0]

    @property
    def label(self) -> str:
        """As its button calls it."""
        return self.value[1]


@dataclass(frozen=True, slots=True)
class Asked:
    """`when`: folded words of days, '' for now; `way`: None for the whole alone; `silent`: those that have nothing."""

    when: str
    way: Way | None = None
    page: int = 1
    silent: bool = False

    @property
    def words(self) -> str:
        """With these words after the command it is asked for."""
        parts = [self.when, f"theo {self.way.word}" if self.way else "", "chua bao" if self.silent else ""]
        return " ".join(filter(None, [*parts, f"trang {self.page}" if self.page > 1 else ""]))


_PAGE = re.compile(r"(?:^| )trang ([0-9]{1,3})$")
_SILENT = re.compile(r"(?:^| )(?:chua bao|chua co bao cao)$")
_WAY = re.compile(r"(?:^| )theo (xa|thon|xom|hoc vien|nguoi|tung nguoi|ngay|tung ngay|ket qua)$")
_ALSO = {"xom": "thon", "nguoi": "hoc vien", "tung nguoi": "hoc vien", "tung ngay": "ngay"}


def read(words: str) -> Asked:
    """What folded words ask for; the days in them are not read here."""
    rest, page, silent, way = words.strip(), 1, False, None
    if match := _PAGE.search(rest):
        rest, page = rest[: match.start()], max(1, int(match[1]))
    if match := _SILENT.search(rest):
        rest, silent = rest[: match.start()], True
    if match := _WAY.search(rest):
        word = _ALSO.get(match[1], match[1])
        rest, way = rest[: match.start()], next(one for one in Way if one.word == word)
    return Asked(rest, way, page, silent)
