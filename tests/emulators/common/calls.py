"""A record of each call of an emulated API."""

import time
from dataclasses import dataclass, field

from .parameters import JSON


@dataclass(slots=True)
class Call:
    """One call of the API; status 0 where the connection ended without an answer."""

    number: int
    method: str
    wall: float = field(default_factory=time.time)  # at arrival
    monotonic: float = field(default_factory=time.monotonic)  # the same, comparable between processes of one machine
    params: JSON = field(default_factory=dict)
    status: int = 200  # what the envelope says, whatever the HTTP status is
    error: str = ""
    served: int = 0  # bytes of an answer without end

    @property
    def ok(self) -> bool:
        return self.status == 200
