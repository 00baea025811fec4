"""Only what changed is extracted; the rest comes from the cache."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg import records
from kg.cache import Cache
from kg.engine.base import batches, one_process
from kg.engine.version import extractor_version

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from kg.engine.base import Engine, Extractor
    from kg.model import Article, Extraction

_AT_ONCE = 1000
"""Articles looked up at once."""


def open_cache(folder: Path, *, on_note: Callable[[str], None]) -> Cache:
    """The cache in a folder, for the extractor of this installation; use it in a `with`."""
    return Cache(folder, version=extractor_version(), on_note=on_note)


def extract_all(
    articles: Sequence[Article],
    *,
    extractor: Extractor,
    engine: Engine = one_process,
    cache: Cache | None = None,
    on_done: Callable[[int], None],
) -> Iterator[Extraction]:
    """One extraction for each article, in their order, whatever the engine and the cache.

    `on_done` hears how many are done. Each batch is kept in the cache as soon as it is made, so that a
    build that ends early has lost no more than the batches under way. All are made before the first is
    given; until then they wait in the form of records, which take a tenth of the room.
    """
    keys = [extractor.key(article) for article in articles]
    found = _look_up(articles, keys, cache) if cache else {}
    on_done(len(found))
    missing = [index for index in range(len(articles)) if index not in found]
    numbers = iter(missing)
    for batch in engine([articles[index] for index in missing], extractor=extractor):
        # The batch first: zip asks its first part once more than it takes.
        made = [(index, record) for record, index in zip(batch, numbers, strict=False)]
        if cache:
            cache.put([(keys[index], record) for index, record in made])
        found.update(made)
        on_done(len(found))
    if cache:
        cache.prune()
    return (records.load(article, found.pop(index)) for index, article in enumerate(articles))


def _look_up(articles: Sequence[Article], keys: Sequence[bytes], cache: Cache) -> dict[int, bytes]:
    """The records that are known already, by the number of the article."""
    found: dict[int, bytes] = {}
    for numbers in batches(range(len(articles)), _AT_ONCE):
        known = cache.get([keys[index] for index in numbers])
        for index in numbers:
            if (record := known.get(keys[index])) is None:
                continue
            try:
                records.load(articles[index], record)
            except records.RecordError:
                # One bad record makes the rest suspect too.
                cache.set_aside()
                return {}
            found[index] = record
    return found
