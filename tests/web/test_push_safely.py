"""Where a push may go, and what the lock screen may say: an endpoint is an address that a browser gives us."""

import json
import subprocess
import sys
from pathlib import Path

import aiohttp
import pytest

from bot.config import ConfigError, load
from bot.web.push import lines
from bot.web.push.lines import Line
from bot.web.push.sealing import Letter
from bot.web.push.service import Answer, Service, is_public, may_be_called
from storage.talk.outbox import Class
from storage.webchat.unseen import Unseen
from tests.emulators.push import PushService

ROOT = Path(__file__).parent.parent.parent


@pytest.mark.parametrize(
    "url",
    [
        "https://fcm.googleapis.com/fcm/send/c1:APA91b_-%3D",
        "https://updates.push.services.mozilla.com/wpush/v2/gAAAA",
        "https://web.push.apple.com:443/QGuQyavXutnMH",
        "https://wns2-by3p.notify.windows.com/w/?token=BQYAAAB%2f",
    ],
)
def test_push_services_are_called(url: str) -> None:
    """As browsers name them."""
    assert may_be_called(url, anywhere=False)


@pytest.mark.parametrize(
    "url",
    [
        "http://push.example.vn/x",
        "https://127.0.0.1/x",
        "https://[::1]/x",
        "https://127.1/x",
        "https://2130706433/x",
        "https://0x7f.0.0.1/x",
        "https://0x7f.1/x",
        "https://localhost/x",
        "https://push.example.vn:8443/x",
        "https://an:ma@push.example.vn/x",
        "https://push.example.vn\\@127.0.0.1/x",
        "https://push.example.vn#@127.0.0.1/x",
        "https://push.example.vn",
        "https://push.example.vn/a b",
        "https://push.example.vn/\r\nHost: x",
        "https://púsh.example.vn/x",
        "ftp://push.example.vn/x",
        "https:///x",
    ],
)
def test_nothing_else_is(url: str) -> None:
    """Numbers in whatever spelling, other ports, names of this machine, what two readers may read differently."""
    assert not may_be_called(url, anywhere=False)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("142.250.199.74", True),
        ("2404:6800:4005:81a::200a", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.20.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::", False),
        ("::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:142.250.199.74", True),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
        ("ff02::1", False),
    ],
)
def test_what_belongs_to_the_public_network(address: str, public: bool) -> None:
    """Also where one address is written as another's."""
    assert is_public(address) is public


@pytest.mark.parametrize("host", ["localhost.example.vn", "push.example.vn"])
async def test_a_name_that_leads_home_is_not_called(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever owns a name decides where it leads: what is looked at is what is connected to."""
    asked = []

    async def resolve(self: object, host: str, port: int = 0, family: int = 0) -> list[dict[str, object]]:
        asked.append(host)
        return [{"hostname": host, "host": "127.0.0.1", "port": port, "family": 2, "proto": 0, "flags": 0}]

    monkeypatch.setattr(aiohttp.ThreadedResolver, "resolve", resolve)
    connected = []
    monkeypatch.setattr(aiohttp.TCPConnector, "_wrap_create_connection", lambda *_, **more: connected.append(more))
    service = Service(anywhere=False)
    try:
        answered = await service.send(Letter(f"https://{host}/x", {}, b"x"), lasts=1, urgent=False, topic="answer")
    finally:
        await service.close()
    assert answered.answer is Answer.LATER
    assert asked == [host]
    assert connected == []


async def test_a_service_leads_nowhere_else_and_is_not_read_to_the_end() -> None:
    """A redirect is a refusal; of an answer without end only the beginning is read."""
    async with PushService() as there:
        elsewhere = there.subscribe("elsewhere")
        there.subscribe("moved").always = 307
        service = Service(anywhere=True)
        try:
            letter = Letter(f"{there.url}/moved", {}, b"x")
            answered = await service.send(letter, lasts=1, urgent=False, topic="answer")
        finally:
            await service.close()
        assert answered.answer is Answer.REFUSED
        assert elsewhere.tries == 0


def _post(text: str = "", **more: object) -> Unseen:
    known: dict[str, object] = {"id": 1, "mine": True, "answers": False, "urgency": None, "key": None, **more}
    return Unseen(text=text, **known)  # type: ignore[arg-type]


def test_the_line_is_that_of_the_most_urgent_news() -> None:
    """By what the bot said it as; in the team's room only what is for the person."""
    appointment = _post(urgency=Class.APPOINTMENT, key="visit:1")
    nudge = _post(urgency=Class.SUMMARY, key="nudge:2023-05-20:person 1:chat 2")
    summary = _post(urgency=Class.SUMMARY, key="summary:2023-05-20:451:chat 2:night")
    answer = _post(urgency=Class.ANSWER, key="x")
    assert lines.of([summary, answer, nudge, appointment], "An") is Line.APPOINTMENT
    assert lines.of([summary, answer, nudge], "An") is Line.REMINDER
    assert lines.of([summary, answer], "An") is Line.ANSWER
    assert lines.of([summary], "An") is Line.FIGURES
    assert lines.of([_post(urgency=Class.BROADCAST)], "An") is Line.BROADCAST
    assert lines.of([_post(mine=False, urgency=Class.SUMMARY)], "An") is None
    assert lines.of([], "An") is None


@pytest.mark.parametrize(
    ("text", "called"),
    [
        ("@Ngọc ơi", True),
        ("nhờ @Trần Thị Ngọc nhé", True),
        ("@ngoc mang hộ mũ", True),
        ("chào @NGỌC!", True),
        ("@Ngọc Lan ơi", True),
        ("Ngọc ơi", False),
        ("@Ngọcc", False),
        ("a@ngoc.vn", False),
        ("@Trần ơi", False),
    ],
)
def test_who_is_called(text: str, called: bool) -> None:
    """By the given name, which stands last, or the whole one."""
    assert lines.calls(text, "Trần Thị Ngọc") is called


def test_no_line_names_anybody() -> None:
    """Each kind has its words, whatever was said."""
    packed = [lines.packed(line, silent=False) for line in Line]
    assert len(set(packed)) == len(Line)
    assert all(len(one) < 200 for one in packed)


def test_a_demonstration_is_marked_on_the_lock_screen_too() -> None:
    """As all else that it says."""
    for line in Line:
        said = [json.loads(lines.packed(line, silent=False, trial=trial))["body"] for trial in (True, False)]
        assert said[0] == f"THỬ · {said[1]}"


def test_a_bot_without_pushes_loads_nothing_for_them() -> None:
    """What seals and signs is 10 MB, of which python-telegram-bot would load most by itself; httpx, which it never uses
    here, is 6."""
    names = ("cryptography", "pywebpush", "requests", "httpx", "rich")
    look = f"import sys, bot.app; print([n for n in {names} if n in sys.modules])"
    done = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("contact", ["ai.do@example.vn", "mailto:ai", "http://example.vn"])
def test_the_contact_is_an_address(contact: str) -> None:
    """As push services want it."""
    with pytest.raises(ConfigError, match="mailto:"):
        load({"BACUNG_WEB__PUSH_CONTACT": contact})


def test_without_a_contact_it_is_where_people_reach_the_bot() -> None:
    """Apple takes no push without one."""
    assert load({"BACUNG_WEB__PUBLIC_URL": "https://bacung.example.vn/"}).web.contact == "https://bacung.example.vn"
    assert load({"BACUNG_WEB__PUSH_CONTACT": "mailto:a@b.vn"}).web.contact == "mailto:a@b.vn"
