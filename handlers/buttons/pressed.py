"""A press on a button of an offer, or its label typed as text."""

from collections.abc import Mapping
from dataclasses import dataclass

from handlers.messages import Notice, Reply, Rows, Saying
from handlers.states import OFFERED, Offered, Subject
from handlers.turn import Handler, Turn, declaration, leads
from storage.reports import drafts, reports
from storage.reports.drafts import Draft
from storage.reports.reports import Report
from storage.talk import offers
from storage.talk.offers import Offer


@dataclass(frozen=True, slots=True)
class Pressed:
    """Which choice of an offer was taken. `press` is the platform's id of the press; None where it was typed."""

    offer: Offer
    choice: str
    label: str
    press: str | None
    about: Report | Draft | None = None

    @property
    def said_in(self) -> int | None:
        """The outbox row of the message that carries the offer, whatever message a press names; None: it was typed."""
        return self.offer.outbox if self.press is not None else None

    @property
    def report(self) -> Report:
        """The report that the offer is about, as it is now."""
        assert isinstance(self.about, Report), self.offer.kind
        return self.about

    @property
    def draft(self) -> Draft:
        """The open message that the offer is about."""
        assert isinstance(self.about, Draft), self.offer.kind
        return self.about

    def use(self, turn: Turn) -> bool:
        """Uses the offer up; False where another press was quicker."""
        return offers.use(turn.tx, self.offer.id, self.choice, turn.at)

    def refuse(self, text: str) -> Saying:
        """Nothing is done, and why: shown for a moment, or said where the label was typed."""
        return Reply(text) if self.press is None else Notice(self.press, text)

    def settle(self, text: str, *, buttons: Rows = (), report: int | None = None) -> list[Saying]:
        """The message that carried the button now says what came of it; typed, a message of its own does."""
        return [Reply(text, buttons=buttons, replaces=self.said_in, report=report)]


def labels_of(offer: Offer) -> Mapping[str, str]:
    """{label: choice} of an offer; none of a kind that nobody answers any more."""
    known = OFFERED.get(offer.kind)
    return (offer.choices or known.choices or {}) if known else {}


def pressed(offer: Offer, label: str, turn: Turn, handler: Handler, *, press: str | None = None) -> Pressed | str:
    """The press with what it is about, or why it does nothing. `handler` answers such offers."""
    labels = labels_of(offer)
    known = OFFERED[offer.kind]
    theirs = known.shared or _is_of(turn, offer.person) or _is_of_group(turn, known)
    if not declaration(handler).may(turn.person) or not theirs:
        return turn.text("helping.press_other")
    if offer.used_at is not None:
        used = next((label for label, known in labels.items() if known == offer.used), label)
        return turn.text("helping.press_used", offer=offer, label=used)
    if offer.deadline < turn.now:
        return turn.text("helping.press_late")
    about, stale = _subject(offer, turn)
    if about is not None and not _may_change(turn, about):
        return turn.text("helping.press_other")  # who led the student when it was offered may lead another team by now
    if stale is not None and known.refused_stale:
        return turn.text(stale)
    return Pressed(offer, labels[label], label, press, about)


def _is_of(turn: Turn, person: int) -> bool:
    return person == turn.me.id or leads(turn, person)


def _is_of_group(turn: Turn, known: Offered) -> bool:
    return known.of_group and not turn.chat.private


def _may_change(turn: Turn, about: Report | Draft) -> bool:
    """Whose it is, who leads them, and who reported it for them."""
    if _is_of(turn, about.person):
        return True
    return isinstance(about, Report) and reports.said_by(turn.tx, about.id) == turn.me.id


def _subject(offer: Offer, turn: Turn) -> tuple[Report | Draft | None, str | None]:
    """What an offer is about, and the text that says that it is not any more what was meant."""
    match OFFERED[offer.kind].subject:
        case Subject.REPORT:
            report = reports.by_id(turn.tx, offer.subject)
            gone = report is None or report.withdrawn or report.version != offer.version
            return report, "helping.press_changed" if gone else None
        case Subject.DRAFT:
            draft = drafts.by_id(turn.tx, offer.subject)
            return draft, "asking.already_settled" if draft is None or draft.settled else None
        case _:
            return None, None
