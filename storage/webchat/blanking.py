"""The words of the web chat, which go after their time, or with whose they are; that there was a post stays."""

from storage.engine.heaps import Heap

# Each changes, so that browsers that have kept it drop its words, too. `newest` is the newest change until now.
_POSTS = """UPDATE posts SET text = :instead, buttons = NULL, reaction = NULL, change = :newest + id
    WHERE id IN ({which})"""
_FILES = "DELETE FROM files WHERE id IN ({which})"
_ACTIONS = "UPDATE actions SET body = NULL WHERE id IN ({which})"


def _posts(which: str) -> tuple[Heap, ...]:
    """`which`: the condition on posts p."""
    return (
        Heap("posts", f"SELECT p.id FROM posts p WHERE p.text <> :instead AND {which}", _POSTS),
        Heap("files", f"SELECT f.id FROM files f JOIN posts p ON p.id = f.post WHERE {which}", _FILES),
    )


OLD = (
    *_posts("p.at < :before_ms"),
    Heap("posts", "SELECT id FROM actions WHERE body IS NOT NULL AND at < :before_ms", _ACTIONS),
)
OF_PERSON = (
    *_posts("(p.person = :person OR p.room IN (SELECT id FROM rooms WHERE person = :person))"),
    Heap("posts", "SELECT id FROM actions WHERE person = :person", "DELETE FROM actions WHERE id IN ({which})"),
    Heap(
        "devices",
        "SELECT e.device FROM push_endpoints e JOIN devices d ON d.id = e.device WHERE d.person = :person",
        "DELETE FROM push_endpoints WHERE device IN ({which})",
    ),
    Heap("devices", "SELECT id FROM devices WHERE person = :person", "DELETE FROM devices WHERE id IN ({which})"),
    Heap("devices", "SELECT id FROM dashboards WHERE person = :person", "DELETE FROM dashboards WHERE id IN ({which})"),
    Heap(
        "marks",
        "SELECT room, person FROM read_marks WHERE person = :person",
        "DELETE FROM read_marks WHERE (room, person) IN ({which})",
    ),
)
