"""The words of reports, which go while their numbers stay: after their time, or with whoever wrote them."""

from storage.engine.heaps import Heap

# An open message of which nothing is left: as handlers/open/keeping.py keeps one that says nothing.
_NOTHING = """{{"use": "record", "entries": [], "hole": null, "lines": null}}"""

_VERSIONS = "UPDATE versions SET text = NULL WHERE (report, number) IN ({which})"
_DRAFTS = f"""UPDATE drafts SET text = NULL, holes = '{_NOTHING}', settled_at = coalesce(settled_at, :at)
    WHERE id IN ({{which}})"""
_HOMES = "DELETE FROM homes WHERE (report, hamlet, label) IN ({which})"
_VISITS = "UPDATE visits SET home = NULL WHERE id IN ({which})"
_USED = "DELETE FROM hamlets_used WHERE (person, day, at) IN ({which})"


def _heaps(reports: str, drafts: str, versions: str = "FALSE") -> tuple[Heap, ...]:
    """`reports`, `drafts`, `versions`: the conditions on rows r, d and v."""
    return (
        Heap(
            "messages",
            f"""SELECT v.report, v.number FROM versions v JOIN reports r ON r.id = v.report
                WHERE v.text IS NOT NULL AND ({reports} OR {versions})""",
            _VERSIONS,
        ),
        Heap("messages", f"SELECT d.id FROM drafts d WHERE d.text IS NOT NULL AND {drafts}", _DRAFTS),
        Heap(
            "homes",
            f"SELECT h.report, h.hamlet, h.label FROM homes h JOIN reports r ON r.id = h.report WHERE {reports}",
            _HOMES,
        ),
        Heap(
            "homes",
            f"SELECT t.id FROM visits t JOIN reports r ON r.id = t.report WHERE t.home IS NOT NULL AND {reports}",
            _VISITS,
        ),
    )


OLD = _heaps("r.day <= :day", "d.day <= :day")  # of work days until this one
OF_PERSON = (
    *_heaps("r.person = :person", "d.person = :person", "v.by = :person"),
    Heap("places", "SELECT person, day, at FROM hamlets_used WHERE person = :person", _USED),
)
