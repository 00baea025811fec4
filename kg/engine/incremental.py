"""Only what changed is extracted; the rest comes from the cache. Nothing but the keys stays in memory."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from itertools import compress, islice
from typing import TYPE_CHECKING

from kg import records
from kg.cache import Cache
from kg.engine.base import batches, one_process
from kg.engine.version import extractor_version
from kg.model import Article
from kg.scratch import open_scratch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from kg.engine.base import Engine, Extractor
    from kg.model import Extraction

_AT_ONCE = 500
"""Articles looked up at once."""
_KEY = 32
"""Bytes of a key."""


def open_cache(folder: Path, *, on_note: Callable[[str], None]) -> Cache:
    """The cache in a folder, for the extractor of this installation; use it in a `with`."""
    return Cache(folder, version=extractor_version(), on_note=on_note)


def extract_all(
    articles: Collection[Article],
    *,
    extractor: Extractor,
    engine: Engine = one_process,
    cache: Cache | None = None,
    on_done: Callable[[int], None],
) -> Iterator[Extraction]:
    """One extraction for each article, in their order, whatever the engine and the cache.

    `on_done` hears how many are done. Each batch is kept in the cache as soon as it is made, so that a
    build that ends early has lost no more than the batches under way. All are made before the first is
    given; until then they wait on the disk, and a `cache` has to stay open until the last is given.
    """
    if cache is None:
        return _all_anew(articles, extractor, engine, on_done)
    keys, missing = _look_up(articles, extractor, cache)
    to_do = _Some(articles, missing)
    done = len(articles) - len(to_do)
    on_done(done)
    numbers = compress(range(len(articles)), missing)
    for batch in engine(to_do, extractor=extractor):
        # The batch first: zip asks its first part once more than it takes.
        cache.put((_key(keys, number), record) for record, number in zip(batch, numbers, strict=False))
        done += len(batch)
        on_done(done)
    return _from_cache(articles, keys, cache, extractor, engine, on_done)


@dataclass(frozen=True, slots=True)
class _Some(Collection[Article]):
    """The articles that are chosen, one byte for each that is (1) or is not (0)."""

    articles: Collection[Article]
    chosen: bytearray

    def __iter__(self) -> Iterator[Article]:
        return compress(self.articles, self.chosen)

    def __len__(self) -> int:
        return sum(self.chosen)

    def __contains__(self, article: object) -> bool:
        return any(article == other for other in self)


def _look_up(
    articles: Collection[Article], extractor: Extractor, cache: Cache
) -> tuple[bytearray, bytearray]:
    """The keys of all articles, end to end, and a byte for each: is its record missing?"""
    keys, missing = bytearray(), bytearray()
    for chunk in batches(map(extractor.key, articles), _AT_ONCE):
        known = cache.known(chunk)
        keys += b"".join(chunk)
        missing += bytes(key not in known for key in chunk)
    return keys, missing


def _key(keys: bytearray, number: int) -> bytes:
    return bytes(keys[number * _KEY : (number + 1) * _KEY])


def _from_cache(
    articles: Collection[Article],
    keys: bytearray,
    cache: Cache,
    extractor: Extractor,
    engine: Engine,
    on_done: Callable[[int], None],
) -> Iterator[Extraction]:
    """What the cache has; where that turns out to be damaged, everything is extracted anew."""
    given = 0
    for chunk in batches(articles, _AT_ONCE):
        asked = [_key(keys, number) for number in range(given, given + len(chunk))]
        found = cache.get(asked)
        for article, key in zip(chunk, asked, strict=True):
            try:
                extraction = records.load(article, found[key])
            except (KeyError, records.RecordError) as error:
                # One bad record makes the rest suspect too. A key is gone where the cache saw it itself.
                if isinstance(error, records.RecordError):
                    cache.set_aside()
                again = extract_all(
                    articles, extractor=extractor, engine=engine, cache=cache, on_done=on_done
                )
                yield from islice(again, given, None)
                return
            yield extraction
            given += 1


def _all_anew(
    articles: Collection[Article], extractor: Extractor, engine: Engine, on_done: Callable[[int], None]
) -> Iterator[Extraction]:
    scratch = open_scratch("CREATE TABLE record (number INTEGER PRIMARY KEY, data BLOB NOT NULL)")
    done = 0
    on_done(done)
    for batch in engine(articles, extractor=extractor):
        scratch.executemany("INSERT INTO record (data) VALUES (?)", ((record,) for record in batch))
        done += len(batch)
        on_done(done)
    rows = scratch.execute("SELECT data FROM record ORDER BY number")
    return (records.load(article, data) for article, (data,) in zip(articles, rows, strict=True))
