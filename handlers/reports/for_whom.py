"""A question about work of comrades: each button says what would be stored for whom, and one tap settles it."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers import saying
from handlers.language import Reading
from handlers.messages import Message, Reply
from handlers.open import keeping
from handlers.open.keeping import KeptChoice
from handlers.places import placing
from handlers.reports import choosing
from handlers.states import BEHALF_OF_WHOM, Correction
from handlers.turn import Turn
from storage.campaign.people import Person
from storage.campaign.teams import Team

MOST_OPTIONS = 4
AND = "+"  # between the parts of one choice: `12:0+7:1`


@dataclass(frozen=True, slots=True)
class Piece:
    """What a button would store for one of them."""

    person: Person
    kept: KeptChoice


def ask(
    message: Message,
    turn: Turn,
    team: Team,
    reading: Reading,
    options: Sequence[Sequence[Piece]],
    said: str,
    *,
    most: int = MOST_OPTIONS,
) -> Reply:
    """The options as buttons, each with all that it would store; nothing counts until then."""
    options = options[:most]
    pieces = [piece for option in options for piece in option]
    draft = keeping.keep(message, turn, reading, "behalf", choices=[piece.kept for piece in pieces])
    choices: dict[str, str] = {}
    for option in options:
        label = saying.BETWEEN_IN_LABELS.join(_label(turn, team, piece) for piece in option)
        first = next(k for k, piece in enumerate(pieces) if piece is option[0])
        choices.setdefault(label, AND.join(f"{piece.person.id}:{first + k}" for k, piece in enumerate(option)))
    buttons = turn.offer(BEHALF_OF_WHOM, draft.id, {**choices, "Không tính": "drop"})
    return Reply(said, tuple((one,) for one in buttons))


def _label(turn: Turn, team: Team, piece: Piece) -> str:
    """`Hộ Sơn: Xóm 4: 2 máy`, `Của em: 2 máy`, `Sơn: Sửa thành 3 máy`."""
    if isinstance(piece.kept.use, Correction):
        return f"{piece.person.name}: {choosing.label(turn, team, piece.kept)}"
    lines = saying.in_label(saying.said(turn, placing.lines_of(turn, team, piece.kept.entries)))
    own = turn.text("behalf.mine")
    whose = f"Của {own}" if piece.person.id == turn.me.id else f"Hộ {piece.person.name}"
    return f"{whose}: {lines}"
