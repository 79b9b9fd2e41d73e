"""The names of a district that a question may have, for those that are read without a database."""

from datetime import date

from handlers.figures.in_words import Asked, Known, Names, PhaseDays, Sort, read
from tests.figures.district import NAMES, TODAY

COMMUNES = tuple(Known(Sort.COMMUNE, n, name) for n, name in enumerate(NAMES))
XUAN_THU, MINH_PHU, PHU_MINH = 25, 9, 13
KNOWN = Names(
    COMMUNES,
    (Known(Sort.HAMLET, 1, "Xóm 4", XUAN_THU), Known(Sort.HAMLET, 2, "Xóm 4", MINH_PHU)),
    tuple(Known(Sort.PERSON, n, name, XUAN_THU) for n, name in enumerate(("An", "Bình", "Chi", "Trần Thị Mai"))),
    (PhaseDays("Đợt 0", date(2023, 4, 1), date(2023, 4, 20)), PhaseDays("Đợt 1", date(2023, 5, 16), date(2023, 6, 5))),
)


def read_whole(text: str) -> Asked:
    """What a text asks, which is understood whole."""
    found = read(text, KNOWN, TODAY)
    assert isinstance(found, Asked), found
    return found
