"""What goes wrong on purpose: scripted faults for the next calls."""

from typing import Literal, get_args

from tests.emulators.common import faults
from tests.emulators.common.parameters import ApiError

FaultKind = Literal[
    "too_many",  # 429, without a word on how long; no effect
    "unauthorised",  # 401; no effect
    "server_error",  # `status` with an HTML body; no effect
    "forbidden",  # 403; no effect
    "bad_request",  # 400; no effect
    "drop_before",  # the connection closes; no effect
    "drop_after",  # the call takes effect, then the connection closes
    "garbage",  # the call takes effect, its answer is cut JSON
    "hang",  # no effect and no answer, for as long as the client waits
    "half_close",  # no effect; the way out is closed, the way in is not
    "endless",  # the call takes effect, its answer has no end
]
_ERRORS = {
    "too_many": (429, "Quota exceeded"),
    "unauthorised": (401, "Unauthorized"),
    "forbidden": (403, "Forbidden"),
    "bad_request": (400, "Bad request"),
}


class Fault(faults.Fault):
    """One of these kinds."""

    kinds = get_args(FaultKind)

    def error(self) -> ApiError | None:
        """The error to answer instead of doing the call, if this fault is one."""
        if self.kind not in _ERRORS:
            return None
        code, description = _ERRORS[self.kind]
        return ApiError(code, self.description or description)
