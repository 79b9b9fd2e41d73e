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


def without_nulls(value: object) -> object:
    """The value without members that are null, however deep: what is null is not there."""
    if isinstance(value, dict):
        return {key: without_nulls(one) for key, one in value.items() if one is not None}
    return [without_nulls(one) for one in value] if isinstance(value, list) else value
