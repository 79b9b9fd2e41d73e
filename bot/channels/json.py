"""JSON as platforms send it, made such that a database takes it."""

import json
from typing import Any


def decoded(body: bytes) -> Any:
    """The JSON of a body; half a character, which no database takes, is shown as what cannot be read.

    Raises:
        ValueError, RecursionError: it is none.
    """
    value = json.loads(body)
    if rb"\ud" not in body and rb"\uD" not in body:
        return value
    encoded = json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")
    return json.loads(encoded.decode("utf-8", "replace"))
