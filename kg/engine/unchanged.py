"""A build of which nothing changed since the last one: its outputs stand, and nothing has to be made.

What decides a build (articles, files beside them, options, kgazette itself) and what it wrote are kept as
digests, so an output that somebody edited or took away is made again, too.
"""

from __future__ import annotations

import hashlib
import json
import stat
import zlib
from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING

from kg.articles import values_of
from kg.engine.version import package_version
from kg.resources import ontology_path

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from kg.cache import Cache
    from kg.model import Article

_KEY = b"the last build"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a build told when it was done."""

    summary: str
    short: str
    """The same for those who see it often."""


class LastBuild:
    """Whether the last build with this cache was of the same inputs, and wrote what now stands in `out`.

    `beside` are files that a build reads beside the articles, whether they are there or not; `settings` is
    all else that decides what it makes and tells.
    """

    def __init__(
        self,
        cache: Cache,
        out: Path,
        *,
        articles: Iterable[Article],
        beside: Iterable[Path],
        settings: object,
    ) -> None:
        self._cache, self._out, self._beside = cache, out, list(beside)
        self._read = f"{package_version()} {settings!r} {_digest_of_articles(articles)}"
        self._inputs = self._digest_of_inputs()

    def outcome(self) -> Outcome | None:
        """What that build told; None where another one is needed."""
        record = self._cache.get([_KEY]).get(_KEY)
        if record is None:
            return None
        try:
            inputs, outputs, told = json.loads(zlib.decompress(record))
            outcome = Outcome(*map(str, told))
            wrote = [(self._out / name, digest) for name, digest in outputs]
        except (zlib.error, ValueError, TypeError):
            self._cache.set_aside()
            return None
        # What cannot be read once more is not known to be the same.
        if not self._inputs or inputs != self._inputs:
            return None
        if any(not digest or _digest(path) != digest for path, digest in wrote):
            return None
        return outcome

    def remember(self, written: Iterable[Path], outcome: Outcome) -> None:
        """This build is the last one now; it wrote these files.

        A file beside the articles that changed meanwhile, also by this build, was not what it began with:
        then the next one has to see for itself.
        """
        inputs = self._inputs if self._inputs == self._digest_of_inputs() else ""
        outputs = [(self._name(path), _digest(path)) for path in written]
        record = json.dumps([inputs, outputs, astuple(outcome)])
        self._cache.put([(_KEY, zlib.compress(record.encode()))])

    def _digest_of_inputs(self) -> str:
        """ "" where it cannot be told, and nobody may look."""
        # In a checkout the shapes do not stand in the package.
        files = [_digest(path) for path in (*self._beside, ontology_path("shapes.ttl"))]
        if None in files:
            return ""
        return hashlib.sha256(json.dumps([self._read, files]).encode()).hexdigest()

    def _name(self, path: Path) -> str:
        """Below `out` if it is there, so that both may move together."""
        return str(path.relative_to(self._out) if path.is_relative_to(self._out) else path.resolve())


def _digest_of_articles(articles: Iterable[Article]) -> str:
    digest = hashlib.sha256()
    for article in articles:
        digest.update(f"{json.dumps(values_of(article))}\n".encode())
    return digest.hexdigest()


def _digest(path: Path) -> str | None:
    """The SHA-256 of a file; "" where none can be read; None for a pipe or a device: to look is to take."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return None
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError):  # ValueError: a NUL in the name
        return ""
