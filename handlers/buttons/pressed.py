"""A press on a button of an offer, or its label typed as text."""

from collections.abc import Mapping
from dataclasses import dataclass

from handlers.messages import Notice, Reply, Rows, Saying
from handlers.reports import by_lead
from handlers.turn import Turn
from storage.talk import offers
from storage.talk.offers import Offer


@dataclass(frozen=True, slots=True)
class Pressed:
    """Which choice of an offer was taken. `press` and `message` are the platform's ids; None where it was typed."""

    offer: Offer
    choice: str
    label: str
    press: str | None
    message: str | None

    def use(self, turn: Turn) -> bool:
        """Uses the offer up; False where another press was quicker."""
        return offers.use(turn.tx, self.offer.id, self.choice, turn.at)

    def refuse(self, text: str) -> Saying:
        """Nothing is done, and why: shown for a moment, or said where the label was typed."""
        return Reply(text) if self.press is None else Notice(self.press, text)

    def settle(self, text: str, *, buttons: Rows = (), report: int | None = None) -> list[Saying]:
        """The message that carried the button now says what came of it; typed, a message of its own does."""
        return [Reply(text, buttons=buttons, edits=self.message, report=report)]


def refusal(offer: Offer, label: str, labels: Mapping[str, str], turn: Turn) -> str | None:
    """Why this press does nothing; None where it may go on."""
    if offer.person != turn.me.id and not by_lead.leads(turn, offer.person):
        return turn.text("helping.press_other")
    if offer.used_at is not None:
        used = next((label for label, known in labels.items() if known == offer.used), label)
        return turn.text("helping.press_used", offer=offer, label=used)
    if offer.deadline < turn.now:
        return turn.text("helping.press_late")
    return None
