"""What the readers of formats share: bytes with a name, and what came of them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.model import Article


@dataclass(frozen=True, slots=True)
class Document:
    """The bytes of one file, wherever they came from: a folder, an archive, the standard input."""

    source: str
    """The name that users know it by: "press/may.zip/page1.txt"."""
    data: bytes
    named: bool = False
    """Did the user name this very file? Then it is read as text even where its ending says nothing."""

    @property
    def ending(self) -> str:
        return PurePosixPath(self.source).suffix.lower()


@dataclass(frozen=True, slots=True)
class Found:
    """An article of a file."""

    article: Article
    sketch: bytes
    """By which others like it are found (see `kg.ingest.sketches`); empty where nobody looks for them."""


@dataclass(frozen=True, slots=True)
class FileRead:
    """Comes after the last article of a file that was read well."""

    source: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """One file or input that gave no article, and why."""

    source: str
    problem: str
