"""A file that goes with a message, and the words in its place where a platform does not take it."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from handlers.texts import plain
from storage.talk.documents import Document


@dataclass(frozen=True, slots=True)
class Enclosed:
    """The file, where it lies, and where it can be fetched until when; `link` None: nobody outside reaches us."""

    document: Document
    path: Path
    link: str | None
    until: datetime

    def in_words(self) -> str:
        """Where it is to be had."""
        if self.link is None:
            return plain("delivery.no_download")
        return plain("delivery.download", link=self.link, until=self.until)
