"""What somebody tried and was asked before setting out: goes after its time, and with the person."""

from storage.engine.heaps import Heap

_TRIED = "DELETE FROM practised WHERE id IN ({which})"
_BOOKS = "UPDATE practices SET book = NULL WHERE id IN ({which})"

OLD = (
    Heap("messages", "SELECT id FROM practised WHERE at < :before", _TRIED),
    Heap("messages", "SELECT id FROM practices WHERE book IS NOT NULL AND until < :before", _BOOKS),
)
_OWN = "(SELECT id FROM practices WHERE person = :person)"
OF_PERSON = (
    Heap("messages", f"SELECT id FROM practised WHERE practice IN {_OWN}", _TRIED),
    Heap(
        "messages",
        f"SELECT outbox FROM practice_answers WHERE practice IN {_OWN}",
        "DELETE FROM practice_answers WHERE outbox IN ({which})",
    ),
    Heap(
        "messages",
        "SELECT id FROM practices WHERE person = :person",
        "DELETE FROM practices WHERE id IN ({which})",
    ),
    Heap(
        "answers",
        "SELECT a.run, a.place FROM check_answers a JOIN check_runs r ON r.id = a.run WHERE r.person = :person",
        "DELETE FROM check_answers WHERE (run, place) IN ({which})",
    ),
    Heap(
        "answers",
        "SELECT id FROM check_runs WHERE person = :person",
        "DELETE FROM check_runs WHERE id IN ({which})",
    ),
)
