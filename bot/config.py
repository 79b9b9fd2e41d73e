"""config.toml and environment → Config, checked whole before anything starts."""

import os
import re
import tomllib
from collections.abc import Mapping
from datetime import date, time
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    AliasChoices,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
)

from handlers.calendar import NO_DAYS_OFF, DaysOff, Times
from handlers.language import DAY_START

PREFIX = "BACUNG_"
LETTER = "letter.docx"  # in a campaign folder
NESTED = "__"
DEFAULT_FILE = Path("config.toml")
LISTS = ("zalo",)  # sections of which there may be several: [[zalo]]


class ConfigError(Exception):
    """Settings that cannot be used; `lines` say one each what is wrong and what to do."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


_CLOCK = r"(?:[01]\d|2[0-3]):[0-5]\d"


def _clock(value: object) -> object:
    if isinstance(value, time):  # as TOML writes it, without quotes
        return value
    if not isinstance(value, str) or not re.fullmatch(_CLOCK, value):
        raise ValueError('write a time of day as "HH:MM", for example "21:30"')
    return time.fromisoformat(value)


def _span(value: object) -> object:
    if value == "":
        return None
    found = re.fullmatch(rf"\s*({_CLOCK})\s*-\s*({_CLOCK})\s*", value) if isinstance(value, str) else None
    if found is None:
        raise ValueError('write two times of day as "01:00-06:00", or "" for none')
    return tuple(map(time.fromisoformat, found.groups()))


_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def _days_off(value: object) -> object:
    """`["sunday", "2023-09-02"]`, or the same in one text."""
    if isinstance(value, DaysOff):
        return value
    parts = re.split(r"[\s,;]+", value) if isinstance(value, str) else value if isinstance(value, list) else [None]
    dates, weekdays = set(), set()
    for part in parts:
        if isinstance(part, date):  # as TOML writes it, without quotes
            dates.add(date(part.year, part.month, part.day))
        elif isinstance(part, str) and part.casefold() in _WEEKDAYS:
            weekdays.add(_WEEKDAYS.index(part.casefold()))
        elif isinstance(part, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", part):
            dates.add(date.fromisoformat(part))
        elif part != "":
            raise ValueError('list days of the week and dates, for example ["sunday", "2023-09-02"]')
    return DaysOff(frozenset(dates), frozenset(weekdays))


def _networks(value: object) -> object:
    if isinstance(value, str):
        value = [part for part in re.split(r"[\s,;]+", value) if part]
    if isinstance(value, list):
        try:
            return tuple(ip_network(part) for part in value)
        except (ValueError, TypeError):
            raise ValueError('list addresses or networks, for example "127.0.0.1, 10.0.0.0/8"') from None
    return value


def _has_host(url: str) -> bool:
    """Whether it can be called at all."""
    try:
        parts = urlsplit(url)
        return bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _address(value: str) -> str:
    if value and not (
        _has_host(value) and re.fullmatch(r"https?://[^/\s?#]+(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+/?", value)
    ):
        raise ValueError(
            "write the whole public address, with a path of plain letters, digits, - and _: "
            '"https://bacung.example.vn/hooks/bot"'
        )
    return value


def _public(value: str) -> str:
    if value and not (_has_host(value) and re.fullmatch(r"https?://[^\s/?#]+/?", value)):
        raise ValueError(
            'write the address under which people reach the bot, without a path: "https://bacung.example.vn", '
            'or "" for none'
        )
    return value


def _contact(value: str) -> str:
    if value and not re.fullmatch(r"mailto:[^@\s]+@[A-Za-z0-9.-]+|https://[A-Za-z0-9.-]+(/[!-~]*)?", value):
        raise ValueError(
            'write an address like "mailto:ai.do@example.vn" or "https://example.vn", or "" for public_url'
        )
    return value


def _server(value: str) -> str:
    if not _has_host(value):
        raise ValueError('write the address of a server: "https://api.example.vn"')
    return value


def _secret(value: SecretStr | None) -> SecretStr | None:
    if value is not None and not re.fullmatch(r"[A-Za-z0-9_-]{8,256}", value.get_secret_value()):
        raise ValueError("write 8 to 256 letters without marks, digits, _ and -")
    return value


Server = Annotated[str, Field(pattern=r"^https?://[^/\s?#]+[^\s?#]*$"), AfterValidator(_server)]
Contact = Annotated[str, AfterValidator(_contact)]
PublicUrl = Annotated[str, AfterValidator(_public)]
Rate = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Address = Annotated[str, AfterValidator(_address)]
WebhookSecret = Annotated[SecretStr | None, AfterValidator(_secret)]
ClockTime = Annotated[time, BeforeValidator(_clock)]
Span = Annotated[tuple[time, time] | None, BeforeValidator(_span)]
FreeDays = Annotated[DaysOff, BeforeValidator(_days_off)]
Networks = Annotated[tuple[IPv4Network | IPv6Network, ...], BeforeValidator(_networks)]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Storage(_Section):
    """Where the database is."""

    path: Path = Path("data/bacung.db")
    backups: Path | None = None
    backup_days: int = Field(default=30, ge=1)


class CampaignSettings(_Section):
    """Which campaign folder `bacung run` loads when it changed."""

    folder: Path | None = None
    sheet: str = ""

    def letter(self) -> Path | None:
        """The folder's own template of the letter, where it has one just now."""
        own = self.folder / LETTER if self.folder is not None else None
        return own if own is not None and own.is_file() else None


class Telegram(_Section):
    """The bot on Telegram; without a token it is not used."""

    token: SecretStr | None = None
    base_url: Server = "https://api.telegram.org"
    proxy: str | None = Field(default=None, pattern=r"^https?://\S+$")
    webhook: Address = ""
    webhook_secret: WebhookSecret = None
    rate: Rate = 28
    chat_rate: Rate = 1
    group_rate: Rate = 20


class Zalo(_Section):
    """One bot on Zalo; without a token it is not used."""

    token: SecretStr | None = None
    base_url: Server = "https://bot-api.zaloplatforms.com"
    webhook: Address = ""
    webhook_secret: WebhookSecret = None
    rate: Rate = 10
    chat_rate: Rate = 1
    poll_rate: Rate = 1
    allowance: int = Field(default=3000, ge=0, validation_alias=AliasChoices("allowance", "quota"))


class Schedule(_Section):
    """When the bot speaks unasked."""

    day_start: ClockTime = DAY_START
    plan: ClockTime = time(17)
    nudge: ClockTime = time(21, 30)
    nudges: Literal["gentle", "firm", "off"] = "gentle"
    names: ClockTime = time(22, 30)
    summary: ClockTime = time(0, 30)
    digest: ClockTime = time(6, 30)
    quiet: Span = (time(1), time(6))
    days_off: FreeDays = NO_DAYS_OFF

    def times(self) -> Times:
        """What of this the conversation has to know."""
        return Times(self.plan, self.nudge, self.names, self.summary, self.digest, self.quiet, self.nudges)


class Web(_Section):
    """Where the bot serves pages, and under which address people reach them."""

    host: str = Field(default="127.0.0.1", min_length=1)
    port: int = Field(default=8080, ge=0, le=65535)
    public_url: PublicUrl = ""
    trusted_proxies: Networks = ()
    metrics: Literal["loopback", "all", "off"] = "loopback"
    push_contact: Contact = ""
    push_anywhere: bool = False

    @property
    def contact(self) -> str:
        """How push services reach whoever runs the bot."""
        public = self.public_url.rstrip("/")
        return self.push_contact or (public if public.startswith("https:") else "https://localhost")


class Privacy(_Section):
    """How long words are kept."""

    retention_days: int = Field(default=60, ge=0)


def _apart(bots: tuple[Zalo, ...]) -> tuple[Zalo, ...]:
    tokens = [bot.token for bot in bots if bot.token is not None]
    if len(set(tokens)) < len(tokens):
        raise ValueError("two bots have the same token; each needs its own")
    return bots


class Config(_Section):
    """Every setting; `config.toml` explains each."""

    storage: Storage = Storage()
    campaign: CampaignSettings = CampaignSettings()
    telegram: Telegram = Telegram()
    zalo: Annotated[tuple[Zalo, ...], AfterValidator(_apart)] = (Zalo(),)
    schedule: Schedule = Schedule()
    web: Web = Web()
    privacy: Privacy = Privacy()


def load(environment: Mapping[str, str] | None = None) -> Config:
    """The settings of `config.toml` (or BACUNG_CONFIG's file), overridden by the environment.

    Raises:
        ConfigError: naming every setting that is wrong.
    """
    environment = os.environ if environment is None else environment
    named = environment.get(f"{PREFIX}CONFIG")
    file = Path(named) if named else DEFAULT_FILE
    settings, origin = _from_file(file, must_exist=named is not None)
    for key, value in environment.items():
        if key.startswith(PREFIX) and key != f"{PREFIX}CONFIG":
            section, name = _split(key)
            found = _section(settings, section)
            for other in _SAME.get((section, name), ()):
                found.pop(other, None)
            found[name] = None if _unset(section, name, value) else value
            origin[(section, name)] = key
    try:
        return Config.model_validate(settings)
    except ValidationError as error:
        raise ConfigError([_line(problem, origin, file) for problem in error.errors()]) from None


def _section(settings: dict[str, Any], section: str) -> dict[str, Any]:
    """Where the environment's settings of a section go; of a list, the first."""
    if section not in LISTS:
        found = settings.setdefault(section, {})
    else:
        several = settings.setdefault(section, [{}])
        if isinstance(several, list) and not several:
            several.append({})
        found = several[0] if isinstance(several, list) else several
    return found if isinstance(found, dict) else {}  # what is no section is refused when all is checked


def _split(key: str) -> tuple[str, str]:
    section, nested, name = key.removeprefix(PREFIX).lower().partition(NESTED)
    if not nested or not name:
        raise ConfigError([f"{key}: no such setting; settings are named {PREFIX}SECTION{NESTED}KEY, see config.toml"])
    return section, name


def _from_file(file: Path, *, must_exist: bool) -> tuple[dict[str, Any], dict[tuple[str, str], str]]:
    try:
        settings = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        if must_exist:
            raise ConfigError([f"{file}: no such file; correct {PREFIX}CONFIG"]) from None
        return {}, {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError([f"{file}: not TOML ({error}); correct that place"]) from None
    except OSError as error:
        raise ConfigError([f"{file}: cannot be read ({error.strerror}); correct {PREFIX}CONFIG"]) from None
    for section, values in settings.items():
        if isinstance(values, dict):
            one = _without_unset(section, values)
            settings[section] = [one] if section in LISTS else one
        elif isinstance(values, list):
            settings[section] = [_without_unset(section, one) if isinstance(one, dict) else one for one in values]
    return settings, {}


def _without_unset(section: str, values: dict[str, Any]) -> dict[str, Any]:
    return {key: None if _unset(section, key, value) else value for key, value in values.items()}


def _unset(section: str, key: str, value: object) -> bool:
    """TOML and the environment have no null: an empty string leaves these unset."""
    return value == "" and (section, key) in _MAY_BE_UNSET


_MAY_BE_UNSET = {
    *(("telegram", key) for key in ("token", "proxy", "webhook_secret")),
    *(("zalo", key) for key in ("token", "webhook_secret")),
    ("campaign", "folder"),
    ("storage", "backups"),
}
_SAME = {("zalo", "quota"): ("allowance",), ("zalo", "allowance"): ("quota",)}  # an older name of a setting


def _line(problem: Any, origin: Mapping[tuple[str, str], str], file: Path) -> str:
    section, *rest = problem["loc"]
    number = rest.pop(0) + 1 if rest and isinstance(rest[0], int) else 1  # of several sections of one name
    place = (str(section), *(str(part) for part in rest[:1]))
    name = ".".join(place) + (f" of [[{section}]] number {number}" if number > 1 else "")
    named = (key for (section, setting), key in origin.items() if (section, setting)[: len(place)] == place)
    where = next(named, f"{file}: {name}") if number == 1 else f"{file}: {name}"
    if problem["type"] == "extra_forbidden":
        return f"{where}: no such setting; remove it, or correct its name (config.toml lists all)"
    what = problem["msg"].removeprefix("Value error, ")
    return f"{where}: {what[:1].lower()}{what[1:]}"
