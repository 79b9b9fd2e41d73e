"""What goes wrong on purpose: scripted faults for the next calls, and Telegram's limits of pace."""

import math
from dataclasses import dataclass, field
from typing import Literal, get_args

from tests.emulators.common import faults
from tests.emulators.common.parameters import ApiError

FaultKind = Literal[
    "too_many",  # 429, retry after `seconds`; no effect
    "server_error",  # `status` (500 or 502) with an HTML body; no effect
    "forbidden",  # 403 with `description`; no effect
    "bad_request",  # 400 with `description`; the chat moved to `said`, if anything; no effect
    "unauthorised",  # `status` (401 or 404) with Telegram's words for it; no effect
    "drop_before",  # the connection closes; no effect
    "drop_after",  # the call takes effect, then the connection closes
    "delay",  # `seconds` pass, then the call takes effect and is answered
    "delay_after",  # the call takes effect, its answer comes after `seconds`
    "garbage",  # the call takes effect, its answer is cut JSON
    "hang",  # no effect and no answer, for as long as the client waits
    "half_close",  # no effect; the way out is closed, the way in is not
    "endless",  # the call takes effect, its answer has no end
]


class Fault(faults.Fault):
    """One of these kinds."""

    kinds = get_args(FaultKind)

    def error(self) -> ApiError | None:
        """The error to answer instead of doing the call, if this fault is one."""
        if self.kind == "too_many":
            return too_many(math.ceil(self.seconds) or 1 if self.said is None else self.said)
        if self.kind == "forbidden":
            return ApiError(403, self.description or "Forbidden: bot was blocked by the user")
        if self.kind == "unauthorised":
            return ApiError(404, "Not Found") if self.status == 404 else ApiError(401, "Unauthorized")
        if self.kind == "bad_request":
            parameters = None if self.said is None else {"migrate_to_chat_id": self.said}
            return ApiError(400, self.description or "Bad Request: chat not found", parameters)
        return None


def too_many(retry_after: object) -> ApiError:
    return ApiError(429, f"Too Many Requests: retry after {retry_after}", {"retry_after": retry_after})


@dataclass(slots=True)
class _Bucket:
    tokens: float
    at: float


@dataclass(slots=True)
class Pacing:
    """Limits that answer 429: messages a second overall and a chat, a minute a group; 0 lifts one."""

    overall: float = 30
    chat: float = 1
    chat_burst: int = 3
    group_minute: float = 20
    _buckets: dict[tuple[str, int], _Bucket] = field(default_factory=dict)

    def check(self, chat_id: int, now: float) -> None:
        """Count one message to the chat at `now` (monotonic seconds); ApiError 429 where that is too many."""
        limits = [(("all", 0), self.overall, max(self.overall, 1.0))]
        limits.append((("chat", chat_id), self.chat, float(self.chat_burst)))
        if chat_id < 0:
            limits.append((("group", chat_id), self.group_minute / 60, max(self.group_minute, 1.0)))
        buckets = [self._filled(key, rate, most, now) for key, rate, most in limits if rate > 0]
        waits = [(1 - bucket.tokens) / rate for bucket, rate in buckets if bucket.tokens < 1]
        if waits:
            raise too_many(max(1, math.ceil(max(waits))))
        for bucket, _ in buckets:
            bucket.tokens -= 1

    def _filled(self, key: tuple[str, int], rate: float, most: float, now: float) -> tuple[_Bucket, float]:
        bucket = self._buckets.setdefault(key, _Bucket(most, now))
        bucket.tokens = min(most, bucket.tokens + (now - bucket.at) * rate)
        bucket.at = now
        return bucket, rate
