"""The states through which what the bot says passes on its way out, and the one table of the ways between them."""

from collections.abc import Mapping
from enum import Enum, auto
from types import MappingProxyType


class State(Enum):
    """Where a row of the outbox stands. Value: how it is kept, as `state` and whether it may have been said already."""

    DUE = ("due", 0)  # in line, and surely not said
    DOUBTFUL = ("due", 1)  # in line again: it may have been said, so the next one is marked
    SENDING = ("sending", 0)  # on its way for the first time, as far as anybody knows
    REPEATING = ("sending", 1)  # on its way, and may have been said before
    SENT = ("sent", 0)
    MERGED = ("merged", 0)  # said as part of another row
    FAILED = ("failed", 0)  # surely not said, and never will be
    UNKNOWN = ("unknown", 0)  # given up, and nobody knows whether it was said
    EXPIRED = ("expired", 0)  # it lost its sense before it could be said

    @property
    def kept(self) -> str:
        """As in the column `state`."""
        return self.value[0]

    @property
    def doubt(self) -> int:
        """As in the column `again`."""
        return self.value[1]

    @classmethod
    def of(cls, kept: str, again: int) -> "State":
        """The state of a row that is in line or on its way."""
        return cls((kept, int(again > 0)))


class Event(Enum):
    """What befalls a row."""

    CLAIMED = auto()  # it leaves
    ARRIVED = auto()
    NOT_ARRIVED = auto()  # surely: no connection, or the platform refused it for now
    UNANSWERED = auto()  # nobody can say
    CUT_OFF = auto()  # the program ended while it was on its way: nobody can say either
    NEVER_LEFT = auto()  # claimed, but the program ended in good order before it was sent
    REWORDED = auto()  # refused as it was, and will be said in another way
    BEGUN = auto()  # its beginning arrived; the rest, which was never said, is next
    SHOWN = auto()  # its picture arrived; the words, which may stand under an earlier one, are next
    MERGED = auto()  # another row says it too
    REFUSED = auto()  # it will never arrive as it is, or nobody is there
    GIVEN_UP = auto()  # it makes no sense any more


_S, _E = State, Event
TRANSITIONS: Mapping[tuple[State, Event], State] = MappingProxyType(
    {
        (_S.DUE, _E.CLAIMED): _S.SENDING,
        (_S.DUE, _E.MERGED): _S.MERGED,
        (_S.DUE, _E.REFUSED): _S.FAILED,
        (_S.DUE, _E.GIVEN_UP): _S.EXPIRED,
        (_S.DOUBTFUL, _E.CLAIMED): _S.REPEATING,
        (_S.DOUBTFUL, _E.MERGED): _S.MERGED,
        (_S.DOUBTFUL, _E.REFUSED): _S.UNKNOWN,
        (_S.DOUBTFUL, _E.GIVEN_UP): _S.UNKNOWN,
        (_S.SENDING, _E.ARRIVED): _S.SENT,
        (_S.SENDING, _E.NOT_ARRIVED): _S.DUE,
        (_S.SENDING, _E.UNANSWERED): _S.DOUBTFUL,
        (_S.SENDING, _E.CUT_OFF): _S.DOUBTFUL,
        (_S.SENDING, _E.NEVER_LEFT): _S.DUE,
        (_S.SENDING, _E.REWORDED): _S.DUE,
        (_S.SENDING, _E.BEGUN): _S.DUE,
        (_S.SENDING, _E.SHOWN): _S.DUE,
        (_S.SENDING, _E.REFUSED): _S.FAILED,
        (_S.SENDING, _E.GIVEN_UP): _S.UNKNOWN,
        (_S.REPEATING, _E.ARRIVED): _S.SENT,
        (_S.REPEATING, _E.NOT_ARRIVED): _S.DOUBTFUL,
        (_S.REPEATING, _E.UNANSWERED): _S.DOUBTFUL,
        (_S.REPEATING, _E.CUT_OFF): _S.DOUBTFUL,
        (_S.REPEATING, _E.NEVER_LEFT): _S.DOUBTFUL,
        (_S.REPEATING, _E.REWORDED): _S.DUE,  # as what it is now it was never said
        (_S.REPEATING, _E.BEGUN): _S.DUE,
        (_S.REPEATING, _E.SHOWN): _S.DOUBTFUL,
        (_S.REPEATING, _E.REFUSED): _S.UNKNOWN,
        (_S.REPEATING, _E.GIVEN_UP): _S.UNKNOWN,
    }
)
UNSAID = frozenset({State.FAILED, State.UNKNOWN, State.EXPIRED})  # ends of which somebody has to be told


def after(state: State, event: Event) -> State:
    """Where a row stands when something befell it.

    Raises:
        ValueError: that cannot befall it there.
    """
    try:
        return TRANSITIONS[state, event]
    except KeyError:
        raise ValueError(f"{event.name} cannot befall what is {state.name}") from None


def ways_of(event: Event) -> list[tuple[State, State]]:
    """Where something may befall a row, and where that leads."""
    return [(state, to) for (state, what), to in TRANSITIONS.items() if what is event]
