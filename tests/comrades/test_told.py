"""What students tell of comrades of their team: it is booked for whom it is, and never for the other."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from storage.campaign.loading import load
from storage.campaign.people import Role
from storage.campaign.plan import PlannedPerson
from storage.engine.database import session
from storage.engine.transaction import Transaction
from tests.evenings import playing

FOLDER = Path(__file__).parent
ME = "HV00003"
NAMES = {
    "Sơn": "Nguyễn Văn Sơn",
    "Giang": "Trần Thị Giang",
    "Huy": "Lê Quang Huy",
    "Lan": "Phạm Thị Lan",
    "Nam": "Vũ Đức Nam",
    "Trang": "Bùi Thu Trang",
    "Thắng": "Hoàng Văn Thắng",
    **{str(n): f"Học viên {n}" for n in (2, 6, 72, 75, 78, 81)},
}


@pytest.fixture(scope="module")
def tx(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Transaction]:
    """A team with ordinary names, and some whose names end in a number."""
    plan = playing.plan()
    names = {ME: "Đỗ Minh Khoa", **NAMES}
    students = tuple(
        PlannedPerson(ref, name, Role.STUDENT, ("451",), (("451", "Đợt 1"),)) for ref, name in names.items()
    )
    with session(tmp_path_factory.mktemp("comrades") / "team.db") as made:
        load(made, replace(plan, people=students), today=playing.DAY, at=playing.BEGIN, digest="comrades")
        yield made


def told(name: str) -> list[tuple[str, str]]:
    """The rows of a table: messages, and what the book holds after them."""
    rows = (FOLDER / name).read_text(encoding="utf-8").splitlines()[1:]
    return [(row.partition("\t")[0], row.partition("\t")[2]) for row in rows]


def wanted(booked: str) -> playing.Sums:
    """`em A2; Sơn@4 A1 V1` as sums by person and outcome."""
    found: playing.Sums = Counter()
    for one in filter(None, booked.split("; ")):
        whose, _, counts = one.partition(" ")
        who = whose.partition("@")[0]
        found.update(playing.booking(ME if who == "em" else who, {"book": [["", counts]]}))
    return found


def places(booked: str) -> dict[str, Counter[str]]:
    """What of it is said to be in a hamlet."""
    found: dict[str, Counter[str]] = {}
    for one in filter(None, booked.split("; ")):
        whose, _, counts = one.partition(" ")
        if hamlet := whose.partition("@")[2]:
            sums = playing.booking(ME, {"book": [["", counts]]})
            found.setdefault(hamlet, Counter()).update({outcome: n for (_, outcome), n in sums.items()})
    return found


def played(tx: Transaction, messages: str, booked: str) -> tuple[playing.Sums, list[str], bool]:
    """What the book holds after the messages, what was said, and whether it stands in its hamlets."""
    shown: list[str] = []
    texts = messages.split(" ¶ ")
    try:
        with tx.savepoint():
            desk, start = playing.Desk(tx, ME), playing.sums(tx)
            for at, text in enumerate(texts):
                desk.says(text)
                shown += [f"> {text}", *map(playing._told, desk.shown)]
                if at == len(texts) - 1 and playing._difference(playing.sums(tx), start) != wanted(booked):
                    before = playing.sums(tx)
                    left = playing._difference(wanted(booked), playing._difference(before, start))
                    label = playing._sensible(desk, before, left)
                    shown += [f"> [{label}]", *map(playing._told, desk.shown)] if label else []
            held = {hamlet: Counter(counts) for hamlet, counts in playing.by_hamlet(tx).items()}
            there = all(held.get(hamlet, Counter()) == counts for hamlet, counts in places(booked).items())
            raise _Over(playing._difference(playing.sums(tx), start), there)
    except _Over as over:
        return over.args[0], shown, over.args[1]


class _Over(Exception): ...


ROWS = [*told("told.tsv"), *told("fresh.tsv"), *told("shared.tsv")]
# What still goes wrong, each with its kind: nothing of it is booked for anybody, or a press mends it.
NOT_YET = {
    "Học viên 75 nhờ em báo 2 máy nhà cô Lam xóm 6 ¶ máy nhà cô Lam bạn 75 nói bị thoát ra rồi, 1 máy không vào được"
    " nữa": "a phone of a comrade's home that fails after it was counted",
    "nhà dượng Tám xóm 7: t 1, hv75 1, hẹn 1": "whose an outcome is that is told after both shares",
    "xong nhà bác Điều xóm 2: mình 2, bạn Giang 1, 1 bác từ chối (mình gặp)": "whose it is stands in brackets",
    "em báo hộ Giang xóm 7 nhà bà Lũy 1 máy, ông Lũy hẹn mai ¶ Giang nhắn ông Lũy làm luôn rồi, được thêm 1 máy,"
    " khỏi hẹn": "a visit that took place is asked about without that answer",
}


@pytest.mark.parametrize(("messages", "booked"), ROWS)
def test_it_is_booked_for_whom_it_is(tx: Transaction, messages: str, booked: str) -> None:
    """Where that is not clear the bot asks, and one of its buttons is right."""
    held, shown, there = played(tx, messages, booked)
    assert (there and held == wanted(booked)) == (messages not in NOT_YET), "\n".join(shown)


def test_what_went_to_a_comrade_comes_back_with_one_tap(tx: Transaction) -> None:
    """`nhà cô Liên là hv78 làm` takes it from the sender and gives it to them, said with both; [Hoàn tác] restores."""
    try:
        with tx.savepoint():
            desk = playing.Desk(tx, ME)
            desk.says("xóm 6 nhà cô Liên 3 máy, xóm 6 nhà ông Tư 2 máy")
            before = playing.sums(tx)
            desk.says("nhầm, nhà cô Liên là hv78 làm, 3 máy đó tính cho nó chứ không phải em")
            assert "tính cho Học viên 78" in desk.shown[0].text
            assert playing.sums(tx) == Counter({(ME, "activated"): 2, ("78", "activated"): 3})
            desk.presses(desk.shown[0].buttons[0][0], desk.newest[-1][0])
            assert "Như cũ" in desk.shown[0].text
            assert playing.sums(tx) == before
            raise _Over
    except _Over:
        return


def test_which_report_is_theirs_is_asked(tx: Transaction) -> None:
    """Several reports may be meant: each is a button that says whose it would be, and nothing changes until then."""
    try:
        with tx.savepoint():
            desk = playing.Desk(tx, ME)
            for text in ("xóm 6 nhà cô Liên 3 máy", "xóm 6 nhà ông Tư 3 máy"):
                desk.says(text)
            before = playing.sums(tx)
            desk.says("3 máy đó của hv78 chứ không phải của em")
            labels = [button.label for row in desk.shown[0].buttons for button in row]
            assert labels[0].startswith("Của Học viên 78: Nhà ông Tư") and labels[-1] == "Không đổi"
            assert playing.sums(tx) == before
            desk.presses(desk.shown[0].buttons[1][0], desk.newest[-1][0])
            assert playing.sums(tx) == Counter({(ME, "activated"): 3, ("78", "activated"): 3})
            raise _Over
    except _Over:
        return


def test_a_neighbour_or_a_comrade_is_asked(tx: Transaction) -> None:
    """`Giang cài được 2 máy xóm 4` may be either: buttons say whose and what."""
    try:
        with tx.savepoint():
            desk = playing.Desk(tx, ME)
            desk.says("Giang cài được 2 máy xóm 4")
            labels = [button.label for row in desk.shown[0].buttons for button in row]
            assert labels == ["Hộ Trần Thị Giang: Xóm 4: 2 máy", "Của em: Xóm 4: 2 máy", "Không tính"]
            assert playing.sums(tx) == Counter()
            raise _Over
    except _Over:
        return


def test_an_edit_of_a_message_for_two_changes_neither(tx: Transaction) -> None:
    """Whose number was edited cannot be told: it is said, and both stay."""
    try:
        with tx.savepoint():
            desk = playing.Desk(tx, ME)
            desk.says("nhà cô Sen xóm 5 tụi em được 5 máy, em làm 3, Học viên 81 làm 2")
            before = playing.sums(tx)
            desk.edits("nhà cô Sen xóm 5 tụi em được 6 máy, em làm 4, Học viên 81 làm 2")
            assert "hai người" in desk.shown[0].text and playing.sums(tx) == before
            raise _Over
    except _Over:
        return


def test_whose_of_several_is_asked(tx: Transaction) -> None:
    """`báo hộ Giang và Huy: xóm 3 được 2`: of one, as many of each, or so many of both; nobody's until then."""
    try:
        with tx.savepoint():
            desk = playing.Desk(tx, ME)
            desk.says("báo hộ Giang và Huy: xóm 3 được 3")
            labels = [button.label for row in desk.shown[0].buttons for button in row]
            giang, huy = "Hộ Trần Thị Giang: Xóm 3: 3 máy", "Hộ Lê Quang Huy: Xóm 3: 3 máy"
            assert labels == [f"{giang}; {huy}", giang, huy, "Không tính"]
            assert playing.sums(tx) == Counter()
            raise _Over
    except _Over:
        return


@pytest.mark.parametrize(
    "text",
    [
        "bạn em làm được 2 máy xóm 3",
        "bạn của em được 2 máy ở nhà bà Tư xóm 3",
        "nhà bà Tư xóm 3 là của bạn em, 2 máy",
        "bạn cùng tổ em làm xóm 3 được 2 máy",
        "bạn em, nhà bà Tư xóm 3 được 2 máy rồi nha",
    ],
)
def test_whose_friend_it_is_is_asked(tx: Transaction, text: str) -> None:
    """Who is not named may be anybody of the team, or a resident: nothing is stored until it is said."""
    for at, booked in ((0, (ME, "activated")), (1, ("Giang", "activated"))):
        try:
            with tx.savepoint():
                desk = playing.Desk(tx, ME)
                desk.says(text)
                assert playing.sums(tx) == Counter()
                button = desk.shown[0].buttons[at][0]
                assert button.label == ("Của em" if at == 0 else "Hộ Trần Thị Giang")
                desk.presses(button, desk.newest[-1][0])
                assert playing.sums(tx) == Counter({booked: 2})
                raise _Over
        except _Over:
            continue
