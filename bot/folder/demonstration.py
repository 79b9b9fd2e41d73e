"""The demonstration: example people, everything marked, and never beside real reports or a real token."""

import sys
from pathlib import Path

from bot.clock import Clock
from bot.config import CampaignSettings, Config, ConfigError
from bot.folder import reader as campaign_folder
from bot.output import say
from storage.campaign import accounts, loading, phases
from storage.campaign.people import Role
from storage.engine.transaction import Transaction
from storage.reports import reports
from storage.running import meta

EXAMPLE = Path(__file__).parents[2] / "examples" / "soc-son"
_MARK = "demonstration"
_ROLES = (
    (Role.STUDENT, "học viên"),
    (Role.LEAD, "tổ trưởng"),
    (Role.OFFICER, "cán bộ"),
    (Role.ADMIN, "quản trị"),
)


def prepared(config: Config) -> Config:
    """The settings of a demonstration: the example campaign, where no other is set.

    Raises:
        ConfigError: there is a token, so real people would be answered; or no example to show.
    """
    tokens = [config.telegram.token, *(bot.token for bot in config.zalo)]
    if any(token is not None for token in tokens):
        raise ConfigError(
            [
                "--demo answers nobody for real: remove BACUNG_TELEGRAM__TOKEN and BACUNG_ZALO__TOKEN, "
                "or run 'bacung run' without --demo"
            ]
        )
    if config.campaign.folder is not None:
        return config
    if not EXAMPLE.is_dir():
        raise ConfigError([f"{EXAMPLE}: no such folder; set BACUNG_CAMPAIGN__FOLDER to a campaign folder"])
    return config.model_copy(update={"campaign": CampaignSettings(folder=EXAMPLE)})


def check(tx: Transaction, *, trial: bool) -> None:
    """Keeps demonstrations and real campaigns in databases of their own.

    Raises:
        ConfigError: the database is of the other kind.
    """
    marked = is_marked(tx)
    if trial and not marked and _is_real(tx):
        raise ConfigError(
            ["this database holds real reports or people: set BACUNG_STORAGE__PATH to another file for --demo"]
        )
    if marked and not trial:
        raise ConfigError(
            ["this database holds a demonstration: set BACUNG_STORAGE__PATH to another file, or remove this one"]
        )


def mark(tx: Transaction) -> None:
    """From now on the database is a demonstration's."""
    meta.put(tx, _MARK, "yes")


def is_marked(tx: Transaction) -> bool:
    """Whether the database is a demonstration's."""
    return meta.get(tx, _MARK) is not None


def _is_real(tx: Transaction) -> bool:
    """Whether anybody came in or reported, or a campaign other than the example was loaded: its people are real."""
    if reports.newest_at(tx) is not None or accounts.any_joined(tx):
        return True
    if phases.current(tx) is None:
        return False
    return not EXAMPLE.is_dir() or meta.get(tx, loading.DIGEST) != campaign_folder.digest(EXAMPLE)


def show_links(tx: Transaction, url: str) -> None:
    """Prints a link each for a student, that student's lead, an officer and an admin."""
    known = phases.current(tx)
    say(f"Bacung, chạy thử: {known.name if known else ''}. Mọi câu trả lời đều có chữ THỬ.")
    say("Mở đường dẫn trong trình duyệt, mỗi người một cửa sổ riêng (Ctrl+C để dừng):")
    everybody = accounts.with_codes(tx, Clock().now().date())
    place = next((person.communes for person in everybody if person.role is Role.STUDENT), "")
    for role, words in _ROLES:
        wanted = {Role.STUDENT: place, Role.LEAD: place}.get(role, "")
        one = min(
            (person for person in everybody if person.role is role),
            key=lambda person: person.communes != wanted,
            default=None,
        )
        if one is not None:
            say(f"  {role:8} {words:10} {link(url, one.code)}  {one.name}, {one.communes or 'toàn chiến dịch'}")
    say(f"Cán bộ và quản trị, khi đã vào, có thêm bảng số liệu: {url}/bang")
    sys.stdout.flush()


def link(url: str, code: str) -> str:
    """Where a code lets in."""
    return f"{url}/vao/{code}"
