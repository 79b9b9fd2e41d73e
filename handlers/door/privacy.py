"""Private numbers and codes in a message: its sender is told that none is needed or kept; the message is removed."""

from collections.abc import Sequence
from dataclasses import replace

from handlers.door.secrets import KIND
from handlers.language import Private, says_own_number
from handlers.messages import Deletion, Message, Reply, Saying
from handlers.turn import Turn
from storage.campaign import teams
from storage.campaign.people import Role

_WORDS = {"identity": "căn cước", "phone": "điện thoại"}


def noted(message: Message, turn: Turn, said: Sequence[Saying]) -> list[Saying]:
    """What is said, with that note, where numbers were masked in the message."""
    if not message.hidden or _is_lead_own(message, turn):
        return list(said)
    kinds = " và số ".join(word for kind, word in _WORDS.items() if kind in message.hidden)
    if kinds and not turn.tells_hidden:
        said = with_line(said, turn.text("reporting.private_numbers", what=kinds))
    if KIND in message.hidden:
        said = with_line(said, turn.text("reporting.secret_code"))
    please = turn.text("reporting.please_delete", what=kinds) if kinds else turn.text("reporting.please_delete_code")
    return [*said, Deletion(message.id, please)]


def _is_lead_own(message: Message, turn: Turn) -> bool:
    """A lead tells the team where to call: that is no resident's, and stays to be read in the team's group."""
    if message.chat.private or turn.me.role != Role.LEAD or message.hidden != {Private.PHONE.value}:
        return False
    team = teams.team_of(turn.tx, turn.me.id, turn.work_day)
    return team is not None and turn.is_among(team.id) and says_own_number(message.text)


def with_line(said: Sequence[Saying], line: str) -> list[Saying]:
    """Adds a line to what is said here; where that is only a sign, the line is said beside it."""
    if not line:
        return list(said)
    for place, one in enumerate(said):
        if isinstance(one, Reply) and one.to is None:
            return [*said[:place], replace(one, text=f"{one.text}\n{line}"), *said[place + 1 :]]
    return [*said, Reply(line)]
