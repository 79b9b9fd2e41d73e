"""How sends to each platform fare: whether it is out of order, and whether it refuses the bot's token."""

import logging
from datetime import datetime

from bot.channels.outcomes import Denied, Later, Outcome, Sent, Unknown
from storage.engine.transaction import Transaction
from storage.running import channels
from storage.running.channels import ChannelState
from storage.talk import outbox

log = logging.getLogger(__name__)
_OUT_OF_ORDER = 3  # sends in a row that a platform did not answer for, or not in order
_DENIED = 3  # in a row: no slip of the platform any more

_REFUSED = "sends are refused"


class Health:
    """Counts outcomes in a row, by channel."""

    def __init__(self) -> None:
        self._in_vain: dict[str, int] = {}
        self._denied: dict[str, int] = {}
        self._detail: dict[str, str] = {}  # what the channel's state was before it was red for its sends

    def note(self, tx: Transaction, channel: str, outcome: Outcome, now: datetime) -> None:
        """When a platform that was out of order answers again, nobody waits for the end of a pause."""
        in_vain = isinstance(outcome, Unknown | Denied) or (isinstance(outcome, Later) and outcome.after is None)
        before = self._in_vain.get(channel, 0)
        self._in_vain[channel] = before + 1 if in_vain else 0
        if isinstance(outcome, Denied):
            self._note_denied(tx, channel, outcome, now)
        elif not in_vain and not isinstance(outcome, Later):  # it knows the bot
            self._note_known(tx, channel, now)
        if isinstance(outcome, Sent) and before >= _OUT_OF_ORDER:
            outbox.hasten(tx, channel, now)

    def _note_denied(self, tx: Transaction, channel: str, outcome: Denied, now: datetime) -> None:
        """One is a slip, which is on record; several in a row are for somebody to mend."""
        denied = self._denied[channel] = self._denied.get(channel, 0) + 1
        if denied < _DENIED:
            log.warning("%s: a send was refused: %s; tried again", channel, outcome.reason)
            return
        state = _state_of(tx, channel)
        if state is not None and state.up:
            log.error("%s: sends are refused again and again: %s; see to the token", channel, outcome.reason)
            self._detail[channel] = state.detail
            channels.note(tx, channel, username="", up=False, detail=f"{_REFUSED}: {outcome.reason}", at=now)

    def _note_known(self, tx: Transaction, channel: str, now: datetime) -> None:
        self._denied.pop(channel, None)
        detail = self._detail.get(channel)
        if detail is None:
            return
        state = _state_of(tx, channel)
        if state is not None and state.detail.startswith(_REFUSED):
            log.warning("%s: sends arrive again", channel)
            channels.note(tx, channel, username="", up=True, detail=detail, at=now)
        else:  # that is committed
            del self._detail[channel]


def _state_of(tx: Transaction, channel: str) -> ChannelState | None:
    return next((one for one in channels.all_of(tx) if one.name == channel), None)
