"""What a user may say about how files are read."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """Which files are read, and how far reading may go. The defaults suit a folder of newspapers."""

    include: tuple[str, ...] = ()
    """Glob patterns; a file in a folder is read only if its name or path matches one. Empty: every file."""
    exclude: tuple[str, ...] = ()
    """Glob patterns of files in folders that are left out; stronger than `include`."""
    max_bytes: int = 20 * MEGABYTE
    """A newspaper issue as text is far below 1 MB, as a PDF below 20 MB; more is some other file. Holds for
    each file and, times `ARCHIVE_FACTOR`, for all that an archive unpacks to."""
    timeout: float = 60.0
    """Seconds that one file may take; 0 for no limit."""
    columns: tuple[tuple[str, str], ...] = ()
    """What a field of an article is called in a table: ("title", "headline")."""
    ocr: bool = False
    """Recognise the text of scanned PDFs, with the program ocrmypdf."""
    english_only: bool = True
    """Leave out articles in other languages: the extractor would misread them."""
    merge_same: bool = True
    """Take the same story in two files for one article."""


ARCHIVE_FACTOR = 10
DEFAULT = ReadOptions()
