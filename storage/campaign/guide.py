"""Pages of the guide: what students look up at the gate, as the campaign folder has it."""

from dataclasses import dataclass

from storage.engine.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Page:
    """One page. `name` is what commands call it, `words` what it is found by beside its title; `text` is plain."""

    name: str
    title: str
    words: tuple[str, ...]
    text: str


def every(tx: Transaction) -> list[Page]:
    """All pages, in their order."""
    rows = tx.all("SELECT name, title, words, text FROM guide_pages ORDER BY place")
    return [Page(row["name"], row["title"], tuple(row["words"].splitlines()), row["text"]) for row in rows]


def put(tx: Transaction, page: Page, place: int) -> None:
    """The page of this name is this one from now on."""
    tx.run(
        """INSERT INTO guide_pages (name, place, title, words, text) VALUES (:name, :place, :title, :words, :text)
           ON CONFLICT (name) DO UPDATE SET place = excluded.place, title = excluded.title, words = excluded.words,
               text = excluded.text""",
        name=page.name,
        place=place,
        title=page.title,
        words="\n".join(page.words),
        text=page.text,
    )


def remove(tx: Transaction, name: str) -> None:
    """There is no page of this name any more."""
    tx.run("DELETE FROM guide_pages WHERE name = :name", name=name)
