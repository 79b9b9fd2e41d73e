"""Every column that may hold people's words is known: it is blanked after its time, or it is said why it stays."""

from pathlib import Path

from storage.engine.database import session
from storage.private import retention

# Tables of which words go, by the nightly run (storage/private/retention.py), and their columns that may hold any.
GOES = {
    "actions": {"body"},
    "assistance": {"told", "what"},
    "bodies": {"body"},
    "broadcasts": {"text"},
    "drafts": {"holes", "text"},
    "failures": {"text"},
    "files": {"content", "name"},
    "homes": {"counts", "label", "said"},
    "offers": {"choices", "used"},
    "posts": {"buttons", "reaction", "text"},
    "practices": {"book"},
    "practised": {"about", "message", "text"},
    "versions": {"text"},
    "visits": {"home"},
}
# Columns without words of messages: of the roster and the list of places, of platforms, or of the program itself.
STAYS = {
    "actions": {"digest", "kind", "uuid"},
    "audits": {"after", "before", "detail", "operator", "what"},  # numbers and places; no home is named
    "broadcasts": {"shown"},  # numbers
    "campaign": {"name", "timezone"},
    "channels": {"detail", "name", "state", "username"},
    "chats": {"address", "channel", "kind", "title", "topic"},
    "claims": {"channel", "sender"},  # forgotten after a week
    "check_questions": {"answers", "ask", "why"},  # of the campaign folder, as the guide's pages
    "code_failures": {"channel", "sender"},
    "communes": {"code", "folded", "name"},
    "contacts": {"channel"},
    "counts": {"outcome"},
    "dashboards": {"cookie", "link", "name"},  # digests, and a browser's kind; forgotten after a month
    "devices": {"name", "nonce"},
    "drafts": {"message", "why"},
    "drawings": {"digest", "facts", "kind"},  # names of communes, days and numbers; forgotten after a week
    "ended_codes": {"code"},
    "erased": {"digest"},
    "failures": {"error", "key", "place", "trace"},
    "files": {"type"},
    "gaps": {"channel"},
    "guide_pages": {"name", "text", "title", "words"},
    "hamlets": {"folded", "name"},  # places, also under a student's spelling: sums stand under them
    "identities": {"channel", "sender"},
    "job_runs": {"job", "outcome"},
    "messages_out": {"channel"},
    "meta": {"name", "value"},
    "offers": {"kind"},
    "orders": {"job", "said", "what"},  # said: a digest
    "outbox": {"key", "sent_id", "state"},
    "people": {"address", "code", "name", "ref", "role"},  # goes by erasure
    "phases": {"name"},
    "pictures": {"content", "name", "type"},  # forgotten after a week
    "practice_answers": {"offers"},  # numbers
    "posts": {"key", "uuid"},
    "push_endpoints": {"auth", "p256dh", "url"},  # forgotten with the device
    "questions": {"kind"},
    "reports": {"message"},
    "rooms": {"commands"},
    "seen": {"key"},  # digests, forgotten after eight days
    "shares": {"outcome"},
    "strangers_told": {"channel", "sender", "what"},  # forgotten after two days
    "sums": {"outcome", "scope"},
    "told_unasked": {"what"},  # names of jobs; forgotten after eight days
    "versions": {"change"},
    "wishes": {"job"},
}


def test_every_column_of_words_goes_or_is_said_to_stay(tmp_path: Path) -> None:
    """A new one is put into one of the lists: with a heap that blanks it, or with what it holds instead of words."""
    with session(tmp_path / "bacung.db") as tx:
        names = [row["name"] for row in tx.all("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        known = {
            name: {row["name"] for row in tx.all(f"PRAGMA table_info({name})") if row["type"] in ("TEXT", "BLOB")}
            for name in names
        }
    said = {name: GOES.get(name, set()) | STAYS.get(name, set()) for name in names}
    assert {name: columns - said[name] for name, columns in known.items() if columns - said[name]} == {}
    assert {name: columns - known.get(name, set()) for name, columns in said.items() if columns - known[name]} == {}


def test_whatever_goes_has_a_heap() -> None:
    """The nightly run touches each of these tables, and no other but what the conversation waits for."""
    touched = {word for heap in retention.HEAPS for word in heap.blank.replace("FROM", "").split()[1:2]}
    assert touched == set(GOES) | {"questions"}
