"""Loading what a campaign teaches: the pages of its guide and the questions of its check."""

from collections.abc import Iterator, Sequence

from storage.campaign import checks, guide
from storage.campaign.checks import Question
from storage.campaign.guide import Page
from storage.campaign.plan import Change, Kind
from storage.engine.transaction import Transaction


def pages(tx: Transaction, planned: Sequence[Page]) -> Iterator[Change]:
    """Brings the guide to the planned pages."""
    known = {page.name: (place, page) for place, page in enumerate(guide.every(tx))}
    for name in sorted(known.keys() - {page.name for page in planned}):
        guide.remove(tx, name)
        yield Change("guide", Kind.REMOVED, known[name][1].title)
    for place, page in enumerate(planned):
        before = known.get(page.name)
        if before != (place, page):
            guide.put(tx, page, place)
        if before is None:
            yield Change("guide", Kind.ADDED, page.title)
        elif before[1] != page:
            yield Change("guide", Kind.CHANGED, page.title)


def questions(tx: Transaction, planned: Sequence[Question]) -> Iterator[Change]:
    """Brings the check to the planned questions; a question that reads otherwise is another one."""
    known = {question: id for id, question in checks.questions(tx).items()}
    for question in [question for question in known if question not in planned]:
        checks.place(tx, known[question], None)
        yield Change("check", Kind.REMOVED, question.ask)
    checks.forget_unasked(tx)
    for at, question in enumerate(planned):
        if question not in known:
            yield Change("check", Kind.ADDED, question.ask)
        checks.place(tx, known.get(question) or checks.add(tx, question), at)
