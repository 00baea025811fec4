"""Sketches of texts, by which those that are alike are found among very many.

MinHash (Broder, 1997) with banding (Leskovec, Rajaraman and Ullman, Mining of Massive Datasets, chapter 3).
The numbers are those of the library datasketch, which takes as long to load as a hundred articles to read.
"""

from __future__ import annotations

import hashlib
from functools import cache
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np

from kg.ingest.lines import words
from kg.scratch import open_scratch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    Numbers = NDArray[np.uint32]

BANDS, ROWS = 21, 3
"""What errs least for texts of a Jaccard likeness of 0.35, with 64 permutations."""
SIZE = 4 * ROWS * (1 + BANDS)
"""Bytes of a sketch."""
FEWEST = 20
"""Word sequences; shorter notes are like another only by their whole text."""
_SHINGLE = 4
_PERMUTATIONS = 64
_EMPTY = 0xFFFFFFFF
_AT_ONCE = 4096


def shingles(text: str) -> set[tuple[str, ...]]:
    """All sequences of four words."""
    found = words(text.casefold())
    return set(zip(*(found[i:] for i in range(_SHINGLE)), strict=False))


def sketch(text: str) -> bytes:
    """The band of the whole text, then those of which texts share the more, the more shingles they share."""
    whole = hashlib.blake2b(text.encode(errors="surrogatepass"), digest_size=4 * ROWS).digest()
    # A checksum is hash enough, at a third of the time of SHA-1.
    found = [crc32(" ".join(shingle).encode()) for shingle in shingles(text)]
    lowest = np.full(_PERMUTATIONS, _EMPTY, np.uint32)
    if len(found) >= FEWEST:
        factors, terms = _permutations()
        hashes = _mixed(np.array(found, np.uint32))
        for start in range(0, len(hashes), _AT_ONCE):
            part = hashes[start : start + _AT_ONCE, None] * factors + terms
            lowest = np.minimum(lowest, part.min(axis=0))
    return whole + lowest[: BANDS * ROWS].astype("<u4").tobytes()


@cache
def _permutations() -> tuple[Numbers, Numbers]:
    """Of the numbers of 32 bits: h -> factor * h + term, which is one to one for an odd factor."""
    # A stream that NumPy never changes.
    draw = np.random.RandomState(1).randint
    factors = draw(0, 1 << 31, _PERMUTATIONS, np.uint32) * np.uint32(2) + np.uint32(1)
    return factors, draw(0, 1 << 32, _PERMUTATIONS, np.uint32)


def _mixed(hashes: Numbers) -> Numbers:
    """The finalizer of MurmurHash3."""
    hashes = (hashes ^ (hashes >> np.uint32(16))) * np.uint32(0x85EBCA6B)
    hashes = (hashes ^ (hashes >> np.uint32(13))) * np.uint32(0xC2B2AE35)
    return hashes ^ (hashes >> np.uint32(16))


class Sketches:
    """Sketches in the order of their texts, which have numbers from 0; on disk, band by band."""

    def __init__(self) -> None:
        self._db = open_scratch(
            "CREATE TABLE part (band INTEGER, number INTEGER, data BLOB NOT NULL, PRIMARY KEY (band, number))"
        )
        self._waiting = bytearray()
        self._parts = 0

    def append(self, one: bytes) -> None:
        self._waiting += one
        if len(self._waiting) >= _AT_ONCE * SIZE:
            self._store()

    def _store(self) -> None:
        bands = np.frombuffer(self._waiting, "<u4").reshape(-1, 1 + BANDS, ROWS)
        self._db.executemany(
            "INSERT INTO part VALUES (?, ?, ?)",
            ((band, self._parts, bands[:, band].tobytes()) for band in range(1 + BANDS)),
        )
        self._waiting = bytearray()
        self._parts += 1

    def equal_texts(self) -> Iterator[list[int]]:
        """The numbers of each set of texts that are the same (or so it seems), ascending."""
        yield from _runs(self._band(0))

    def alike(self, number_of: NDArray[np.intp]) -> Iterator[list[int]]:
        """The same for texts that share a band, among those of these numbers."""
        for band in range(1, 1 + BANDS):
            rows = self._band(band)[number_of]
            full = np.flatnonzero((rows != _EMPTY).any(axis=1))
            for run in _runs(rows[full]):
                yield number_of[full[run]].tolist()

    def _band(self, band: int) -> Numbers:
        """What all texts have there, a row each."""
        if self._waiting:
            self._store()
        parts = self._db.execute("SELECT data FROM part WHERE band = ? ORDER BY number", (band,))
        return np.frombuffer(b"".join(data for (data,) in parts), "<u4").reshape(-1, ROWS)


def _runs(rows: Numbers) -> Iterator[list[int]]:
    """The indices of rows that are the same, ascending, for each row that is there more than once."""
    order = np.lexsort(rows.T)
    differs = (rows[order[1:]] != rows[order[:-1]]).any(axis=1)
    ends = np.append(np.flatnonzero(differs) + 1, len(rows))
    starts = np.append(0, ends[:-1])
    for which in np.flatnonzero(ends - starts > 1):
        yield order[starts[which] : ends[which]].tolist()
