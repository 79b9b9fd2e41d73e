"""/homnay: what the sender reported today, page by page, with [Sửa …], what is still open, and the sum."""

from handlers import saying
from handlers.figures.said import listing
from handlers.messages import Message
from handlers.places import in_phase
from handlers.turn import STUDENTS, Answer, Behind, Scope, Turn, answers

COMMAND = "/homnay"


@answers("homnay", who=STUDENTS, scope=Scope.OWN, help="homnay", button=True, behind=Behind.TODAY)
def today(message: Message, turn: Turn) -> Answer:
    """Today's reports of the sender; `/homnay trang 2` is the page before, `/homnay sửa` asks which to change."""
    team = turn.team_on(turn.work_day)
    assert team is not None
    known = listing.of_day(turn, turn.me.id, turn.work_day)
    _, wanted = listing.wanted(f"trang {message.text}" if message.text.isdecimal() else message.text)
    if wanted.choose:
        return listing.choose(turn, known, wanted, COMMAND)
    return turn.say(
        "mine.today",
        day=turn.work_day,
        number=len(known.reports),
        open=len(known.open),
        away=in_phase.words(turn),
        listed=listing.in_words(turn, known, wanted.page),
        standing=saying.standing(turn, turn.me.id, team.id, turn.work_day) if known.reports else "",
        buttons=listing.buttons(turn, known, wanted.page, COMMAND, changes=True),
    )
