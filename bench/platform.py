"""The emulated Telegram as a process of its own, driven over HTTP."""

import http.client
import json
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

ROOT = Path(__file__).parent.parent
PATIENCE = 180.0
FIRST_STUDENT = 5_100_000_001


class Platform:
    """One emulator, used as `with Platform() as platform`."""

    def __init__(self) -> None:
        self.url = self.token = ""

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.emulators.telegram", "--port", "0"],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout is not None
        self.url, self.token = self._process.stdout.readline().split()
        self._connection = http.client.HTTPConnection(urlsplit(self.url).netloc, timeout=PATIENCE + 10)
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()
        self._process.kill()
        self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()

    def control(self, name: str, **params: Any) -> Any:
        """One command of the emulator's control."""
        body = json.dumps(params)
        self._connection.request("POST", f"/control/{name}", body, {"Content-Type": "application/json"})
        answer = self._connection.getresponse()
        result = json.loads(answer.read())
        assert answer.status == http.client.OK, result
        return result

    def say(self, messages: Sequence[tuple[int, str]]) -> None:
        """Students, by their numbers, write these texts in their private chats, all at once."""
        said = [{"user_id": FIRST_STUDENT + student, "text": text} for student, text in messages]
        self.control("say", messages=said)

    def forget(self) -> None:
        """Starts counting anew."""
        self.control("forget")

    def confirm_all(self) -> None:
        """What was said until now is never brought to the bot."""
        upto = self.control("stats")["next_update_id"]
        self._connection.request("GET", f"/bot{self.token}/getUpdates?offset={upto}&timeout=0")
        answer = self._connection.getresponse()
        assert answer.status == http.client.OK, answer.read()
        answer.read()

    def wait_for_answers(self, number: int, seconds: float = PATIENCE, *, method: str = "sendMessage") -> bool:
        """Waits until so many messages, or other calls, of the bot have arrived since `forget`; whether they did."""
        reached: bool = self.control("wait", calls=number, method=method, timeout=int(seconds))["reached"]
        return reached

    def wait_until_quiet(self, seconds: float = 1.5) -> None:
        """Waits until the bot has taken everything and says nothing more."""
        end = time.monotonic() + PATIENCE
        before, since = None, time.monotonic()
        while time.monotonic() < end:
            stats = self.control("stats")
            now = (stats["calls"], stats["pending"])
            if now != before:
                before, since = now, time.monotonic()
            elif not stats["pending"] and time.monotonic() - since > seconds:
                return
            time.sleep(0.1)
        raise TimeoutError("the bot did not come to rest")

    def calls(self, method: str) -> list[tuple[str, int | None, int, float, float, str | None]]:
        """The calls of a method since `forget`: method, chat, status, monotonic and wall time of arrival, text."""
        return [tuple(row) for row in self.control("calls", method=method)["calls"]]
