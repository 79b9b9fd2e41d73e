"""What goes wrong on purpose: scripted faults for the next calls."""

from dataclasses import dataclass
from typing import Literal, get_args

from tests.emulators.telegram.parameters import ApiError

FaultKind = Literal[
    "too_many",  # 429, without a word on how long; no effect
    "unauthorised",  # 401; no effect
    "server_error",  # `status` with an HTML body; no effect
    "forbidden",  # 403; no effect
    "bad_request",  # 400; no effect
    "drop_before",  # the connection closes; no effect
    "drop_after",  # the call takes effect, then the connection closes
    "garbage",  # the call takes effect, its answer is cut JSON
]
_ERRORS = {
    "too_many": (429, "Quota exceeded"),
    "unauthorised": (401, "Unauthorized"),
    "forbidden": (403, "Forbidden"),
    "bad_request": (400, "Bad request"),
}


@dataclass(slots=True)
class Fault:
    """What befalls the next `times` calls of `method` (None: any but getUpdates) to `chat` (None: any)."""

    kind: FaultKind
    times: int = 1
    method: str | None = None
    chat: str | None = None
    status: int = 502
    description: str = ""

    def __post_init__(self) -> None:
        if self.kind not in get_args(FaultKind):
            raise ValueError(f"unknown kind of fault {self.kind!r}, expected one of {', '.join(get_args(FaultKind))}")

    def befalls(self, method: str, chat: str | None) -> bool:
        if self.method is None:
            return method != "getUpdates" and self.chat in (None, chat)
        return method == self.method and self.chat in (None, chat)

    def error(self) -> ApiError | None:
        """The error to answer instead of doing the call, if this fault is one."""
        if self.kind not in _ERRORS:
            return None
        code, description = _ERRORS[self.kind]
        return ApiError(code, self.description or description)


def next_fault(faults: list[Fault], method: str, chat: str | None) -> Fault | None:
    """Use up one occurrence of the first fault that befalls this call."""
    for fault in faults:
        if fault.befalls(method, chat):
            fault.times -= 1
            if fault.times <= 0:
                faults.remove(fault)
            return fault
    return None
