"""The whole matrix: every command and button × every role × in and out of scope × every chat × each platform."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from handlers import offering, router
from handlers.states import OFFERED, data_of
from storage.campaign import claims, communes, hamlets, teams
from storage.campaign.people import Role
from storage.engine.times import day_number
from storage.engine.transaction import Transaction
from storage.reports import drafts, reports
from storage.talk import offers
from storage.webchat import devices
from tests.roles.table import COMMANDS, OFFERS, WITHOUT_HANDLER, Ask, Command, Offer
from tests.roles.world import (
    ACTORS,
    CHANNELS,
    DAY,
    NOW,
    PLACES,
    SECRETS,
    TEAM_OF,
    UNSAID_IN_GROUPS,
    Said,
    World,
    is_told,
    may_hear,
    world,
)

REFUSALS = {
    "stranger": ("Bot này chỉ dành cho người được mời",),
    "role": ("không dành cho vai", "Lựa chọn này dành cho người khác"),
    "private": ("chỉ dùng khi nhắn riêng",),
    "group": ("dùng lệnh này trong nhóm của tổ", "Lệnh này dùng trong nhóm của tổ"),
    "place": ("không xem ở nhóm này",),
    "none": ("Lựa chọn này không còn dùng được",),
}
_BY_COMMAND = {name: said for said in router.DECLARED for name in said.commands}
_BY_OFFER = {said.offer.kind: said for said in router.DECLARED if said.offer is not None}


@pytest.fixture(scope="module")
def w(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The campaign, the same for all cells."""
    with world(tmp_path_factory.mktemp("roles")) as made:
        yield made


def test_the_table_is_whole() -> None:
    """Each command and each kind of button has a row, and declares the roles, the scope and the chats of that row."""
    assert {said.commands[0] for said in router.DECLARED if said.commands} == set(COMMANDS)
    assert {*OFFERED} - WITHOUT_HANDLER == {*_BY_OFFER} == {*OFFERS}
    assert [said for said in router.DECLARED if said.scope is None] == []
    for name, row in COMMANDS.items():
        said = _BY_COMMAND[name]
        who = None if said.who is None else frozenset(said.who)
        # Whoever names a group's team has to be there, and says so itself.
        assert (who, said.scope, said.group) == (row.who, row.scope, row.groups), name


def _listed(wrong: list[str]) -> str:
    return "\n".join([f"{len(wrong)} cells", *wrong[:40]])


def _role(actor: str, w: World) -> Role | None:
    return None if actor == "stranger" else w.person(actor).role


def _sees(actor: str, place: str) -> bool:
    """Whether a group is one of a team that somebody may see."""
    return bool(may_hear(actor) & is_told(place))


def _expected(row: Command, actor: str, place: str, w: World) -> str:
    """How a command is refused there; '': it is answered."""
    role = _role(actor, w)
    if role is None and (row.who is not None or place != "private"):
        return "stranger" if place == "private" else "silence"
    if row.who is not None and role not in row.who:
        return "role"
    if place == "private":
        return "" if row.private else "group"
    if not row.groups:
        return "private"
    return "" if row.scope.in_any_group or _sees(actor, place) else "place"


def _refused(said: Said, chat: int) -> str:
    """How what was said in a chat refuses; '': it does not."""
    here = "\n".join(text for where, text in said.texts if where == chat)
    if not said.texts:
        return "silence"
    return next((kind for kind, words in REFUSALS.items() if any(word in here for word in words)), "")


def _wrong(w: World, cell: str, said: Said, chat: int, expected: str, shows: str = "") -> list[str]:
    """What of a cell is not as it should be."""
    wrong = [f"{cell}: leaks {one}" for one in w.leaks(said)]
    found = _refused(said, chat)
    if "Bot gặp lỗi" in said.all:
        wrong.append(f"{cell}: fails")
    if found != expected and not (expected == "" and found in ("silence", "place", "stranger")):
        wrong.append(f"{cell}: {found or 'answered'}, not {expected or 'answered'}: {said.all!r}")
    if expected == "" and shows and shows not in said.all:
        wrong.append(f"{cell}: does not show {shows}: {said.all!r}")
    return wrong


def _must_show(ask: Ask, actor: str, place: str) -> str:
    """The secret that is heard by this person there."""
    if actor not in ask.by:
        return ""
    owner = next(owner for owner, secrets in SECRETS.items() if ask.shows in secrets)
    in_group = owner in is_told(place) and ask.shows not in UNSAID_IN_GROUPS
    return ask.shows if place == "private" or in_group else ""


@pytest.mark.parametrize("channel", CHANNELS)
def test_every_command(w: World, channel: str) -> None:
    """Typed by everybody, everywhere; under its other names as well."""
    wrong, cells = [], 0
    for name, row in COMMANDS.items():
        ways = [(name, ask) for ask in row.asks] + [(other, row.asks[0]) for other in _BY_COMMAND[name].commands[1:]]
        for command, ask in ways:
            for actor in ACTORS:
                for place in PLACES:
                    with w.undone():
                        said = w.message(channel, place, actor, f"/{command} {ask.text}".strip())
                    expected, shows = _expected(row, actor, place, w), _must_show(ask, actor, place)
                    cell, chat = f"/{command} {ask.text} of {actor} in {place}", w.chat(channel, place, actor)
                    wrong += _wrong(w, cell, said, chat, expected, shows)
                    cells += 1
    assert not wrong, _listed(wrong)
    assert cells > 1000


@pytest.mark.parametrize("channel", CHANNELS)
def test_every_button_that_is_a_command(w: World, channel: str) -> None:
    """Whoever presses it, wherever it stands; one that no button stands for is none."""
    wrong = []
    for name, row in COMMANDS.items():
        for ask in row.asks:
            for actor in ACTORS:
                for place in PLACES:
                    with w.undone():
                        said = w.press(channel, place, actor, f"c/{name} {ask.text}".strip())
                    cell, chat = f"[/{name} {ask.text}] of {actor} in {place}", w.chat(channel, place, actor)
                    expected = _expected(row, actor, place, w)
                    if actor == "stranger":
                        expected = "stranger"
                    elif not _BY_COMMAND[name].button:
                        expected = "none"
                    wrong += _wrong(w, cell, said, chat, expected, _must_show(ask, actor, place))
    assert not wrong, _listed(wrong)


# Offers


def _offered(w: World, kind: str, row: Offer, channel: str, place: str) -> tuple[int, str]:
    """An offer of this kind, made for its owner in a chat: its number, and what its button carries."""
    choice, owner = row.choice, w.person(row.owner)
    subject, version = _subject(w, row, channel, place)
    choices = row.choices or OFFERED[kind].choices
    assert choices is not None
    if choice == "pick":
        choice = f"pick:{_report(w.tx, owner.id).id}:1"
        choices = dict.fromkeys(choices, choice)
    offering.buttons(
        w.tx,
        OFFERED[kind],
        subject,
        choices if row.choices else None,
        chat=w.chat(channel, place, row.owner),
        person=owner.id,
        deadline=NOW,
        version=version,
    )
    made = w.tx.one("SELECT max(id) AS id FROM offers")
    assert made is not None
    return made["id"], data_of(made["id"], choice, choices)


def _report(tx: Transaction, person: int) -> reports.Report:
    found = reports.last_of(tx, person, since=DAY)
    assert found is not None
    return found


def _place(w: World, what: str) -> int:
    commune = next(one for one in communes.every(w.tx) if one.code == "451")
    if what == "commune":
        return commune.id
    return next(one.id for one in hamlets.of_commune(w.tx, commune.id) if one.id)


def _subject(w: World, row: Offer, channel: str, place: str) -> tuple[int, int]:
    """The number of what an offer is about, and its version."""
    what, _, ref = row.subject.partition(" ")
    match what:
        case "hamlet" | "commune":
            return _place(w, what), 0
        case "report":
            report = _report(w.tx, w.person(ref).id)
            return report.id, report.version
        case "withdrawn":
            report = _report(w.tx, w.person(ref).id)
            return report.id, reports.withdraw(w.tx, report, by=w.person(row.owner).id, at=NOW).version
        case "draft":
            there = w.chat(channel, place, ref)
            return [one.id for one in drafts.open_of(w.tx, w.person(ref).id, DAY) if one.chat == there][-1], 0
        case "dropped":
            there = w.chat(channel, place, ref)
            [*_, dropped] = [one.id for one in drafts.open_of(w.tx, w.person(ref).id, DAY) if one.chat == there]
            drafts.settle(w.tx, dropped, NOW, report=None)
            return dropped, 0
        case "person":
            return w.person(ref).id, 0
        case "team":
            team = teams.team_of(w.tx, w.person(row.owner).id, DAY)
            assert team is not None
            return team.id, day_number(DAY)
        case "nothing" | "day":
            return (day_number(DAY) if what == "day" else 0), 0
        case "claim":
            there = w.chat(channel, "private", "stranger")
            person = w.person(row.owner).id
            claim = claims.make(w.tx, person, channel=channel, sender="user stranger", chat=there, at=NOW)
            assert claim is not None
            return claim, 0
        case "device":
            until = NOW + timedelta(days=1)
            person = w.person(row.owner).id
            return devices.add(w.tx, person, nonce="x", name="Máy", at=NOW, expires_at=until), 0
    return w.chat(channel, "private", row.owner), 0


def _may_press(w: World, kind: str, row: Offer, actor: str, place: str) -> bool:
    """The one whom it was offered, who leads them, and where it is the group's whoever may see its team."""
    if actor == "stranger" or not _BY_OFFER[kind].may(w.person(actor)):
        return False
    if row.of_group and place != "private":
        return _sees(actor, place)
    return actor == row.owner or (w.person(actor).role == Role.LEAD and TEAM_OF[actor] == TEAM_OF.get(row.owner))


def _book(tx: Transaction) -> list[tuple[int, ...]]:
    """How much was ever stored of what presses change."""
    tables = ("versions", "drafts", "hamlets", "days_off", "audits", "questions", "identities", "hamlets_used")
    rows = [tx.one(f"SELECT count(*) AS n FROM {table}") for table in tables]
    settled = tx.one("SELECT count(settled_at) AS n FROM drafts")
    return [(row["n"],) for row in (*rows, settled) if row is not None]


@pytest.mark.parametrize("channel", CHANNELS)
def test_every_button_that_offers_something(w: World, channel: str) -> None:
    """Pressed by everybody, where it stands and elsewhere; typed, by everybody in the same chat."""
    wrong, cells = [], 0
    for kind, row in OFFERS.items():
        for place in ("private", "group of a"):
            for actor in ACTORS:
                for pressed_in in (place, *(other for other in PLACES if other != place)):
                    with w.undone():
                        offer, data = _offered(w, kind, row, channel, place)
                        before = _book(w.tx)
                        where = row.owner if pressed_in == place == "private" else actor
                        said = w.press(channel, pressed_in, actor, data, whose=where)
                        may = pressed_in == place and _may_press(w, kind, row, actor, place)
                        cell = f"[{kind}] of {actor} in {pressed_in}, offered in {place}"
                        wrong += _press_wrong(
                            w, cell, said, offer, may=may, changed=_book(w.tx) != before, real=row.real
                        )
                    cells += 1
    assert not wrong, _listed(wrong)
    assert cells > 1000


def _press_wrong(
    w: World, cell: str, said: Said, offer: int, *, may: bool, changed: bool, real: bool = True
) -> list[str]:
    wrong = [f"{cell}: leaks {one}" for one in w.leaks(said)]
    made = offers.by_id(w.tx, offer)
    used = made is not None and made.used_at is not None
    refused = any(word in said.all for words in REFUSALS.values() for word in words)
    if "Bot gặp lỗi" in said.all:
        wrong.append(f"{cell}: fails")
    if not may and (used or changed or not refused):
        wrong.append(f"{cell}: answered: {said.all!r}")
    if may and real and (refused or not said.texts):
        wrong.append(f"{cell}: refused: {said.all!r}")
    return wrong


def test_every_label_that_is_typed(w: World) -> None:
    """In the place of a press: a label means only what its writer was offered there."""
    channel, wrong = "zalo", []
    for kind, row in OFFERS.items():
        label = next(iter(row.choices or OFFERED[kind].choices or ()))
        for actor in ACTORS:
            for place in PLACES:
                with w.undone():
                    offer, _ = _offered(w, kind, row, channel, "group of a")
                    said = w.message(channel, place, actor, label)
                    made = offers.by_id(w.tx, offer)
                    cell = f"{label!r} of {actor} in {place}"
                    wrong += [f"{cell}: leaks {one}" for one in _told_to_others(w, said, actor, place, label)]
                    if made is not None and made.used_at is not None and (actor, place) != (row.owner, "group of a"):
                        wrong.append(f"{cell}: pressed: {said.all!r}")
    assert not wrong, _listed(wrong)


def _told_to_others(w: World, said: Said, actor: str, place: str, text: str) -> list[str]:
    """What was told beside what the writer said, or speaks of: the own reports, and among the team also the homes."""
    number, *homes = SECRETS.get(actor, ("",))
    own = [] if place == "private" else [number, *homes] if may_hear(actor) & is_told(place) else [number]
    spoken = [*own, *(secret for secrets in SECRETS.values() for secret in secrets if secret in text)]
    return [one for one in w.leaks(said) if not any(one.startswith(repr(secret)) for secret in spoken)]


WORDS = (
    *("xóm 4 được 3", "nhà bà Lan khoảng 4 máy", "hôm nay được 9", "báo hộ bạn 3 máy", "xóm 4", "chào bot", "xin nghỉ"),
    *("em được mấy máy rồi?", "hôm qua cả tổ được mấy máy?", "đúng là 4 máy", "nhà cụ Quất thêm 1 máy", "tong"),
    *("Xuân Thu hôm nay được bao nhiêu?", "Minh Phú hôm nay được bao nhiêu?", "xã nào chậm nhất?", "Minh Phú"),
    *("lúc nãy là ở xóm 4 cơ", "hủy", "sửa 4 máy"),
)


def test_all_that_is_said_in_words(w: World) -> None:
    """Reports, corrections, questions and talk: in a group nothing is told that its members may not hear.

    But whoever speaks there of their own reports is answered about those.
    """
    channel, wrong = "telegram", []
    for text in WORDS:
        for actor in ACTORS:
            for place in PLACES:
                with w.undone():
                    said = w.message(channel, place, actor, text)
                    told = _told_to_others(w, said, actor, place, text)
                    wrong += [f"{text!r} of {actor} in {place}: leaks {one}" for one in told]
                    if "Bot gặp lỗi" in said.all or (actor == "stranger" and place != "private" and said.texts):
                        wrong.append(f"{text!r} of {actor} in {place}: {said.all!r}")
    assert not wrong, _listed(wrong)


@pytest.mark.parametrize("kind", list(OFFERS))
def test_who_is_something_else_by_now_presses_nothing(w: World, kind: str) -> None:
    """An offer outlives the role of the one whom it was made to, and the team that they led."""
    row, wrong = OFFERS[kind], []
    for change in ("role", "team"):
        with w.undone():
            offer, data = _offered(w, kind, row, "telegram", "private")
            if change == "role":
                other = "officer" if row.owner in TEAM_OF else "student"
                w.tx.run("UPDATE people SET role = :role WHERE ref = :ref", role=other, ref=row.owner)
            else:
                w.tx.run(
                    """UPDATE members SET team = (SELECT team FROM members m JOIN people p ON p.id = m.person
                       WHERE p.ref = 'b0') WHERE person = (SELECT id FROM people WHERE ref = :ref)""",
                    ref=row.owner,
                )
            before = _book(w.tx)
            said = w.press("telegram", "private", row.owner, data)
            own = row.subject.endswith(row.owner) or row.subject in ("day", "device", "account", "claim", "nothing")
            may = (change == "team" and (own or row.owner not in TEAM_OF)) or _BY_OFFER[kind].who == frozenset(Role)
            if not may:
                wrong += _press_wrong(w, f"{kind}, {change}", said, offer, may=False, changed=_book(w.tx) != before)
    assert not wrong, _listed(wrong)
