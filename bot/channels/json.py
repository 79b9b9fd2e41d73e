"""JSON as platforms send it, made such that a database takes it."""

import json
from typing import Any


def decoded(body: bytes) -> Any:
    """The JSON of a body; half a character, which no database takes, is shown as what cannot be read.

    Raises:
        ValueError, RecursionError: it is none.
    """
    text = body.decode(json.detect_encoding(body), "replace")  # json.loads lets half characters pass
    value = json.loads(text)
    if r"\ud" not in text and r"\uD" not in text:
        return value
    encoded = json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")
    return json.loads(encoded.decode("utf-8", "replace"))
