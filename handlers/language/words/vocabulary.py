"""The words that the reader knows: the tables in phrases/, one phrase a row, and a few sets that say how to match them.

Everything is written with its diacritics; readers match it with or without. To teach the reader a word, add a row to
the right table (docs/language.md tells more): the phrase, what it does, and the region or a note. Where two rows fit
what was written, the earlier one wins.
"""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

_TABLES = Path(__file__).with_name("phrases")


def rows(table: str) -> Iterator[tuple[str, str]]:
    """The rows of a table in order: the phrase, and what it does."""
    for line in (_TABLES / f"{table}.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            phrase, does, *_ = line.split("\t")
            yield phrase, does


def notes(table: str) -> Iterator[tuple[str, str]]:
    """The phrases of a table, each with its note."""
    for line in (_TABLES / f"{table}.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            phrase, _, note = line.split("\t")
            yield phrase, note


def words_of(text: str) -> frozenset[str]:
    """The single words of a text."""
    return frozenset(text.split())


# Shorthand, common slips and dialect (rules 16, 20): what was written, and the word it stands for. `kh`, `v` and `tc`
# depend on what stands beside them and are read in spotting.py.
SHORT_FOR: dict[str, str] = dict(rows("short"))

# Words of one plain form that mean something else with other marks; unmarked they are read as the entry here, but
# with other marks they are unknown. Longer words forgive a wrong mark (`đuợc`).
CONFUSABLE = words_of(
    """vang loi lam can co con may cong thua nham tam hon doi dao moi toi tinh bo do bu hen cho chua nha ban doan chung
    khoang duoi tren cung lang muon dinh nhan giao khong nhieu thieu thanh hang tong them chuan nhung phai
    sang mang dang dung thuong trong ngoai"""
)

# Words that need their marks: without them they are nearly always something else.
EXACT = words_of(
    """hả à hử hỏi giao họp lịch nó lát tính bế kèm dắt rước lai gùi
    vác mượn non già cố nhận mỗi nửa mong cỡ mã chờ đợi chở
    nuôi hỏng hư lắc ngại chối ưng đứa dì mệ mụ thím cậu bé treo chó hè hén hen hỉ hí hẻ hà nghe bây tầng
    cây ly ấm bát chén trái
    thừa dư bớt giảm đúng tròn chẵn"""
)

# Words that other stages know (numbers, days, forms of address): no slips of anything.
OTHER_WORDS = words_of(
    """mot hai ba bon tu nam lam sau bay tam chin muoi chuc ta doi cap ham mai qua kia nay hqua hnay thu nhat cn
    ong bac cu co chu anh chi di cau mo thim duong thay me bo vo chong thon xom tdp khu ap ban lang buon to
    pho tieu ruoi linh le tram dan tan dang lan tinh toan lanh hanh hoa binh minh dong doan doai xuan thanh
    hong ha hoi"""
)


def _marked_only() -> frozenset[str]:
    """Rows whose note is `marked`."""
    tables = ("never", "units", "fill", "outcomes")
    return frozenset(phrase for table in tables for phrase, note in notes(table) if note == "marked")


EXACT = EXACT | _marked_only()

# Small words after which nothing more is said of what stands before them.
POLITE = words_of(
    """a anh chi em nhe nha oi sep vay the chu bac da ta mn r roi luon nua do nay day ah nhi voi thoi va cung o tai
    tren cuoi dau giua trong ngoai ngo ngach xom thon gan ben duong so cai la"""
) | {
    "hi",
    "hihi",
    "hehe",
    "haha",
    "moi nguoi",
    "cuoi xom",
    "dau xom",
    "giua xom",
    "cuoi ngo",
    "dau ngo",
    "cuoi thon",
    "dau thon",
    "trong ngo",
    "trong xom",
}


@lru_cache(maxsize=1)
def known_words() -> frozenset[str]:
    """Every word of the tables with its marks, and those that other stages know."""
    tables = ("outcomes", "done", "sorts", "units", "fill", "never", "elsewhere")
    said = {word for table in tables for phrase, _ in rows(table) for word in phrase.split()}
    others = "nhà chị anh ông bà bác chú cô dì cậu mợ thím dượng cụ xóm thôn tổ ấp bản làng khu đội tối mai"
    return frozenset(said | set(others.split()) | {"sáng", "chiều", "qua", "hôm"})
