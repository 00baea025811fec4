"""What was skipped, summed up: a folder of a million pictures is one line to read."""

from __future__ import annotations

from collections import Counter
from operator import attrgetter
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from kg.ingest.documents import Skipped
from kg.ingest.formats import ENDINGS

if TYPE_CHECKING:
    from collections.abc import Iterator

_STRANGE = "no kind of file"
_LISTED = 1000
"""Files below one folder with the same problem that are named."""


class Skips:
    """Counts what is skipped, and names it unless it is too much of one kind."""

    def __init__(self) -> None:
        self._named: list[Skipped] = []
        self._strange: Counter[tuple[str, str, str]] = Counter()
        self._of_a_kind: Counter[tuple[str, str]] = Counter()

    def add(self, item: Skipped) -> None:
        path = PurePosixPath(item.source)
        if item.problem.startswith(_STRANGE) and path.suffix.lower() not in ENDINGS:
            self._strange[str(path.parent), path.suffix.lower(), item.problem] += 1
            return
        kind = path.parts[0] if path.parts else "", item.problem
        self._of_a_kind[kind] += 1
        if self._of_a_kind[kind] <= _LISTED:
            self._named.append(item)

    def summed_up(self) -> tuple[Skipped, ...]:
        """Sorted; one entry for all pictures, programs and the like of one folder and ending."""
        return tuple(sorted((*self._named, *self._counted()), key=attrgetter("source", "problem")))

    def _counted(self) -> Iterator[Skipped]:
        for (folder, ending, problem), count in self._strange.items():
            files = "1 file" if count == 1 else f"{count} files"
            yield Skipped(f"{folder}/*{ending}", f"{files}: {problem}")
        for (folder, problem), count in self._of_a_kind.items():
            if count > _LISTED:
                yield Skipped(f"{folder}/*", f"{count - _LISTED} more: {problem}")
