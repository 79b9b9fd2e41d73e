"""Settings: read once, checked whole, each explained in config.toml."""

from datetime import time
from pathlib import Path
from typing import get_args

import pytest

from bot.config import Config, ConfigError, load

ROOT = Path(__file__).parent.parent


PUBLIC = 'write the address under which people reach the bot, without a path: "https://bacung.example.vn", or "" for'


def _refused(environment: dict[str, str]) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        load(environment)
    return caught.value.lines


def test_the_shipped_file_holds_every_setting_with_its_default(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """config.toml says what holds without it, and names nothing that does not exist."""
    shipped = load({"BACUNG_CONFIG": str(ROOT / "config.toml")})
    monkeypatch.chdir(tmp_path)
    assert shipped == load({})
    text = (ROOT / "config.toml").read_text(encoding="utf-8")
    for section, model in Config.model_fields.items():
        assert f"[{section}]" in text
        annotation = (get_args(model.annotation) or (model.annotation,))[0]  # of a list of sections, one
        for setting in annotation.model_fields:
            line = next((line for line in text.splitlines() if line.startswith(f"{setting} = ")), "")
            assert line, f"{section}.{setting} is not in config.toml"
    for line in text.split("[storage]")[1].splitlines():
        if " = " in line:
            assert "#" in line or line.startswith("port = "), f"{line!r} is not explained"


def test_the_environment_overrides_the_file(tmp_path: Path) -> None:
    """BACUNG_SECTION__KEY wins over the file that BACUNG_CONFIG names."""
    file = tmp_path / "own.toml"
    file.write_text('[schedule]\nsummary = "23:45"\nnudge = "20:00"\n', encoding="utf-8")
    config = load({"BACUNG_CONFIG": str(file), "BACUNG_SCHEDULE__NUDGE": "20:15", "BACUNG_SCHEDULE__QUIET": ""})
    assert config.schedule.summary == time(23, 45)
    assert config.schedule.nudge == time(20, 15)
    assert config.schedule.quiet is None


def test_what_is_empty_in_the_environment_is_not_set() -> None:
    """As an empty line of an env file leaves it."""
    names = ("TELEGRAM__TOKEN", "TELEGRAM__PROXY", "ZALO__TOKEN", "ZALO__WEBHOOK", "ZALO__WEBHOOK_SECRET")
    assert load(dict.fromkeys((f"BACUNG_{name}" for name in (*names, "CAMPAIGN__FOLDER")), "")) == load({})


def test_a_token_is_never_shown() -> None:
    """Printing the settings hides the token."""
    config = load({"BACUNG_TELEGRAM__TOKEN": "123:geheim"})
    assert "geheim" not in repr(config)
    assert config.telegram.token is not None
    assert config.telegram.token.get_secret_value() == "123:geheim"


@pytest.mark.parametrize(
    ("environment", "line"),
    [
        ({"BACUNG_FOO__X": "1"}, "BACUNG_FOO__X: no such setting"),
        ({"BACUNG_WEB__PROT": "1"}, "BACUNG_WEB__PROT: no such setting"),
        ({"BACUNG_TOKEN": "1"}, "BACUNG_TOKEN: no such setting"),
        ({"BACUNG_SCHEDULE__SUMMARY": "25:00"}, 'BACUNG_SCHEDULE__SUMMARY: write a time of day as "HH:MM"'),
        ({"BACUNG_SCHEDULE__QUIET": "01:00"}, 'BACUNG_SCHEDULE__QUIET: write two times of day as "01:00-06:00"'),
        ({"BACUNG_SCHEDULE__QUIET": "1-6"}, 'BACUNG_SCHEDULE__QUIET: write two times of day as "01:00-06:00"'),
        ({"BACUNG_SCHEDULE__QUIET": "01:00-6:00"}, 'BACUNG_SCHEDULE__QUIET: write two times of day as "01:00-06:00"'),
        *(
            ({"BACUNG_WEB__PUBLIC_URL": url}, f"BACUNG_WEB__PUBLIC_URL: {PUBLIC}")
            for url in ("bacung.example.vn", "https://bacung.example.vn/chat", "https://", "http://x:99999", "ftp://x")
        ),
        ({"BACUNG_WEB__PORT": "x"}, "BACUNG_WEB__PORT: input should be a valid integer"),
        ({"BACUNG_TELEGRAM__RATE": "-1"}, "BACUNG_TELEGRAM__RATE: input should be greater than or equal to 0"),
        ({"BACUNG_TELEGRAM__BASE_URL": "ftp://x"}, "BACUNG_TELEGRAM__BASE_URL: "),
        ({"BACUNG_TELEGRAM__WEBHOOK": "https://bacung.example.vn"}, "BACUNG_TELEGRAM__WEBHOOK: write the whole public"),
        ({"BACUNG_ZALO__WEBHOOK_SECRET": "short"}, "BACUNG_ZALO__WEBHOOK_SECRET: write 8 to 256 letters"),
        (
            {"BACUNG_ZALO__WEBHOOK": "https://bacung.example.vn/hooks/{bot"},
            "BACUNG_ZALO__WEBHOOK: write the whole public",
        ),
        ({"BACUNG_ZALO__WEBHOOK": "https://bacung.example.vn/a/../b"}, "BACUNG_ZALO__WEBHOOK: write the whole public"),
        ({"BACUNG_ZALO__WEBHOOK": "https://bacung.example.vn/a%20b"}, "BACUNG_ZALO__WEBHOOK: write the whole public"),
        ({"BACUNG_ZALO__WEBHOOK": "https://[::1/bot"}, "BACUNG_ZALO__WEBHOOK: write the whole public"),
        (
            {"BACUNG_ZALO__WEBHOOK": "https://bacung.example.vn:99999/bot"},
            "BACUNG_ZALO__WEBHOOK: write the whole public",
        ),
        ({"BACUNG_ZALO__BASE_URL": "http://127.0.0.1:99999"}, "BACUNG_ZALO__BASE_URL: write the address of a server"),
        ({"BACUNG_ZALO__BASE_URL": "http://x?y=1"}, "BACUNG_ZALO__BASE_URL: string should match"),
        ({"BACUNG_ZALO__RATE": "inf"}, "BACUNG_ZALO__RATE: input should be a finite number"),
        ({"BACUNG_CONFIG": "none.toml"}, "none.toml: no such file"),
        ({"BACUNG_ZALO__TOKN": "1"}, "BACUNG_ZALO__TOKN: no such setting"),
        ({"BACUNG_ZALO__ALLOWANCE": "many"}, "BACUNG_ZALO__ALLOWANCE: input should be a valid integer"),
    ],
)
def test_a_bad_setting_is_named_with_what_to_do(environment: dict[str, str], line: str) -> None:
    """One line that says which setting is wrong and how to write it."""
    lines = _refused(environment)
    assert len(lines) == 1
    assert lines[0].startswith(line)


@pytest.mark.parametrize(
    ("setting", "line"),
    [("quiet = 5", 'write two times of day as "01:00-06:00"'), ("nudge = 21", 'write a time of day as "HH:MM"')],
)
def test_a_number_is_no_time_of_day(tmp_path: Path, setting: str, line: str) -> None:
    """21 is not read as 21 seconds past midnight."""
    file = tmp_path / "own.toml"
    file.write_text(f"[schedule]\n{setting}\n", encoding="utf-8")
    (said,) = _refused({"BACUNG_CONFIG": str(file)})
    assert said == f"{file}: schedule.{setting.partition(' ')[0]}: {line}" + said.partition(line)[2]


def test_the_example_of_an_error_is_taken() -> None:
    """What an error shows may be written there."""
    good = {"BACUNG_WEB__PUBLIC_URL": "https://bacung.example.vn", "BACUNG_SCHEDULE__QUIET": "01:00-06:00"}
    config = load(good)
    assert (config.web.public_url, config.schedule.quiet) == ("https://bacung.example.vn", (time(1), time(6)))
    assert load(dict.fromkeys(good, "")).schedule.quiet is None


def test_every_bad_setting_is_named_at_once(tmp_path: Path) -> None:
    """Whoever mends the file sees all of it."""
    file = tmp_path / "own.toml"
    file.write_text('[schedule]\nnudge = "9"\nsummery = "00:30"\n[web]\nport = 99999\n', encoding="utf-8")
    lines = _refused({"BACUNG_CONFIG": str(file)})
    assert len(lines) == 3
    assert all(line.startswith(str(file)) for line in lines)


def test_several_bots_on_zalo(tmp_path: Path) -> None:
    """A section each; the environment sets the first one, with or without a file; a single table is one as well."""
    file = tmp_path / "own.toml"
    file.write_text('[[zalo]]\ntoken = "1:x"\n[[zalo]]\ntoken = "2:y"\nallowance = 500\n', encoding="utf-8")
    several = load({"BACUNG_CONFIG": str(file), "BACUNG_ZALO__TOKEN": "3:geheim", "BACUNG_ZALO__RATE": "2"}).zalo
    assert [bot.token.get_secret_value() for bot in several if bot.token] == ["3:geheim", "2:y"]
    assert [(bot.rate, bot.allowance) for bot in several] == [(2, 3000), (10, 500)]
    assert "geheim" not in repr(several)
    file.write_text('[zalo]\ntoken = "1:x"\n', encoding="utf-8")
    assert len(load({"BACUNG_CONFIG": str(file)}).zalo) == 1
    assert load({"BACUNG_CONFIG": str(file), "BACUNG_ZALO__TOKEN": "3:z"}).zalo[0].token is not None


def test_the_older_name_of_the_allowance(tmp_path: Path) -> None:
    """`quota`, as the messages a month were called before, is understood; the environment wins under either name."""
    file = tmp_path / "own.toml"

    def granted(text: str, **environment: str) -> int:
        file.write_text(text, encoding="utf-8")
        return load({"BACUNG_CONFIG": str(file), **environment}).zalo[0].allowance

    assert granted("[[zalo]]\nquota = 500\n") == 500
    assert granted("[[zalo]]\nallowance = 500\n", BACUNG_ZALO__QUOTA="7") == 7
    assert granted("[[zalo]]\nquota = 500\n", BACUNG_ZALO__ALLOWANCE="7") == 7
    assert _refused({"BACUNG_ZALO__QUOTA": "many"})[0].startswith("BACUNG_ZALO__QUOTA: input should be a valid integer")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('[[zalo]]\n[[zalo]]\ntokn = "2:y"\n', "zalo.tokn of [[zalo]] number 2: no such setting"),
        ("[[zalo]]\nallowance = -1\n", "zalo.allowance: input should be greater than or equal to 0"),
        ('[[zalo]]\ntoken = "1:x"\n[[zalo]]\ntoken = "1:x"\n', "zalo: two bots have the same token"),
        ("zalo = 3\n", "zalo: input should be a valid"),
    ],
)
def test_a_bad_setting_of_one_of_several_bots(tmp_path: Path, text: str, line: str) -> None:
    """It is named with its number."""
    file = tmp_path / "own.toml"
    file.write_text(text, encoding="utf-8")
    assert [said.startswith(f"{file}: {line}") for said in _refused({"BACUNG_CONFIG": str(file)})] == [True]


def test_a_file_that_is_no_toml(tmp_path: Path) -> None:
    """Its place is named."""
    file = tmp_path / "own.toml"
    file.write_text("[schedule\n", encoding="utf-8")
    assert "not TOML" in _refused({"BACUNG_CONFIG": str(file)})[0]
