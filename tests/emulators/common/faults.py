"""What goes wrong on purpose: scripted faults for the next calls. Each platform adds its kinds and their errors."""

from abc import ABC, abstractmethod
from collections.abc import Collection
from dataclasses import dataclass
from typing import ClassVar, TypeVar

from .parameters import ApiError

POLL = "getUpdates"


@dataclass(slots=True)
class Fault(ABC):
    """What befalls the next `times` calls of `method` (None: any but getUpdates) to `chat` (None: any)."""

    kinds: ClassVar[Collection[str]]

    kind: str
    times: int = 1
    method: str | None = None
    chat: int | str | None = None
    seconds: float = 0
    status: int = 502
    description: str = ""
    said: object = None  # in the place of a number, word for word

    def __post_init__(self) -> None:
        if self.kind not in self.kinds:
            raise ValueError(f"unknown kind of fault {self.kind!r}, expected one of {', '.join(self.kinds)}")

    def befalls(self, method: str, chat: int | str | None) -> bool:
        if self.method is None:
            return method != POLL and self.chat in (None, chat)
        return method.lower() == self.method.lower() and self.chat in (None, chat)

    @abstractmethod
    def error(self) -> ApiError | None:
        """The error to answer instead of doing the call, if this fault is one."""


F = TypeVar("F", bound=Fault)


def next_fault(faults: list[F], method: str, chat: int | str | None) -> F | None:
    """Use up one occurrence of the first fault that befalls this call."""
    for fault in faults:
        if fault.befalls(method, chat):
            fault.times -= 1
            if fault.times <= 0:
                faults.remove(fault)
            return fault
    return None
