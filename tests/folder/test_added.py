"""People whom an admin brought in beside the roster stay when it is loaded again, and a roster that has them rules."""

from collections.abc import Callable
from pathlib import Path

from storage.campaign import added, communes, people, phases, teams
from storage.campaign.added import Newcomer
from storage.campaign.people import Role
from storage.engine.transaction import Transaction
from tests.folder.small import NOW, TODAY, Folder


def _add(name: str, role: Role, code: str) -> Callable[[Transaction], str]:
    def work(tx: Transaction) -> str:
        place = next(one.id for one in communes.every(tx) if one.code == code)
        phase = phases.every(tx)[0].id if role is Role.STUDENT else None
        return added.add(tx, Newcomer(name, role, place, phase), at=NOW)[1]

    return work


def _place(tx: Transaction) -> tuple[str, str] | None:
    person = people.by_ref(tx, "them1")
    team = teams.team_of(tx, person.id, TODAY) if person is not None else None
    if person is None or team is None:
        return None
    return person.name, communes.by_id(tx, team.commune).code


def test_they_stay_with_their_code_and_team(tmp_path: Path) -> None:
    """A load says nothing of them, and takes neither code nor place away."""
    folder = Folder(tmp_path)
    folder.load()
    code = folder.ask(_add("Nguyễn Hùng", Role.STUDENT, "451"))
    assert folder.load() == []
    assert folder.ask(_place) == ("Nguyễn Hùng", "451")
    assert folder.ask(lambda tx: people.by_code(tx, code)) is not None


def test_a_roster_that_has_them_rules(tmp_path: Path) -> None:
    """Named under the id that the bot gave, they are as the roster says; taken out again, they leave like others."""
    folder = Folder(tmp_path)
    folder.load()
    folder.ask(_add("Hùng", Role.STUDENT, "451"))
    row = "them1,Nguyễn Văn Hùng,student,397,Đợt 1,,\n"
    folder.change("roster.csv", "hv3,Tạ Chi", row + "hv3,Tạ Chi").load()
    assert folder.ask(_place) == ("Nguyễn Văn Hùng", "397")
    folder.change("roster.csv", row, "").load()
    assert folder.ask(_place) is None


def test_an_officer_never_comes_to_see_more(tmp_path: Path) -> None:
    """Where the folder no longer has the one commune of their scope, they leave: without any they would see all."""
    folder = Folder(tmp_path)
    folder.load()
    folder.ask(_add("Trần Bình", Role.OFFICER, "397"))
    folder.change("communes.csv", "397,Xã Minh Phú,12560,\n", "")
    folder.change("roster.csv", "hv3,Tạ Chi,student,397,đợt 2,,\n", "").change("roster.csv", "451;397", "451")
    folder.load()
    assert folder.ask(lambda tx: people.by_ref(tx, "them1")) is None
