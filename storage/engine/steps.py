"""Named steps that the running program passes, where a test may stop it.

Nothing happens at a step in real use. The crash tests start the same program with `reach` replaced, so that
it dies exactly there; no setting and no environment variable can do so.
"""

from collections.abc import Callable


def _nothing(step: str) -> None:
    """Pass on."""


reach: Callable[[str], None] = _nothing
