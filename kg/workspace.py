"""What stands beside the articles and belongs to a build: decisions of people, ids to keep, a register.

pages/curation.yaml       decisions (`kg.curation`)
pages/identities.lock     ids that were published; begun with `kg build --identities`
pages/registry.sqlite     a compiled public register (`kg registry add`)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.curation import Curation, find_curation, read_curation
from kg.errors import InputError
from kg.registry import open_registry
from kg.resolve import NO_IDENTITIES, alike, read_identities, resolve_mentions, write_identities

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from kg.ledger import Ledger
    from kg.model import Extraction
    from kg.resolve import Comparer

IDENTITIES_NAME = "identities.lock"
REGISTRY_NAME = "registry.sqlite"


@dataclass(frozen=True, slots=True)
class Workspace:
    """Where these files stand; those that are missing change nothing."""

    curations: tuple[Path, ...] = ()
    identities: Path | None = None
    registry: Path | None = None

    @classmethod
    def beside(
        cls,
        paths: Sequence[Path],
        *,
        curation: Path | None = None,
        identities: Path | None = None,
        registry: Path | None = None,
    ) -> Workspace:
        """The files beside the articles; a path that is given stands for the one that would be found."""
        folders = list(dict.fromkeys(path if path.is_dir() else path.parent for path in paths))
        return cls(
            (curation,) if curation else tuple(find_curation(paths)),
            identities or _first(folders, IDENTITIES_NAME),
            registry or _first(folders, REGISTRY_NAME),
        )

    def files(self) -> list[Path]:
        """All of them, whether they are there or not."""
        return [*self.curations, *filter(None, (self.identities, self.registry))]

    def resolve(
        self, extractions: Iterable[Extraction], *, min_confidence: float = 0.0, comparer: Comparer = alike
    ) -> tuple[Ledger, Mapping[Path, bytes]]:
        """Resolve with all of them; also what is to be written beside the outputs."""
        curation = sum((read_curation(path) for path in self.curations), Curation())
        before = NO_IDENTITIES
        if self.identities and self.identities.exists():
            before = read_identities(_read(self.identities), str(self.identities))
        registry = open_registry(self.registry) if self.registry else None
        done = resolve_mentions(
            extractions,
            curation=curation,
            identities=before,
            registry=registry,
            min_confidence=min_confidence,
            comparer=comparer,
        )
        if registry is not None:
            registry.close()
        files = {self.identities: write_identities(done.identities())} if self.identities else {}
        return done.knowledge, files


def _first(folders: Iterable[Path], name: str) -> Path | None:
    return next((folder / name for folder in folders if (folder / name).is_file()), None)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(str(path), f"cannot be read ({error.strerror})") from error
