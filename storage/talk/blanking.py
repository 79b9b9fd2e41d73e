"""What was said and offered, as far as words of it are still there: after their time, or with whom it was said to."""

from storage.engine.heaps import Heap

_BODIES = "DELETE FROM bodies WHERE outbox IN ({which})"
_OFFERS = "DELETE FROM offers WHERE id IN ({which})"
_QUESTIONS = "DELETE FROM questions WHERE (chat, person) IN ({which})"

OLD = (  # of before a moment
    Heap(
        "answers",
        """SELECT b.outbox FROM bodies b JOIN outbox o ON o.id = b.outbox
           WHERE o.meant_at < :before AND o.state NOT IN ('due', 'sending')""",
        _BODIES,
    ),
    Heap("choices", "SELECT id FROM offers WHERE deadline < :before", _OFFERS),
    Heap("choices", "SELECT chat, person FROM questions WHERE deadline < :before", _QUESTIONS),
)
OF_PERSON = (
    Heap("choices", "SELECT id FROM offers WHERE person = :person", _OFFERS),
    Heap("choices", "SELECT chat, person FROM questions WHERE person = :person", _QUESTIONS),
)
OF_CHAT = (
    Heap("answers", "SELECT b.outbox FROM bodies b JOIN outbox o ON o.id = b.outbox WHERE o.chat = :chat", _BODIES),
)
