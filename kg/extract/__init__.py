"""Articles in, mentions and claims out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.components import DEFAULT_READER, READERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.model import Article, Extraction

__all__ = ["DEFAULT_READER", "READERS", "extract"]


def extract(
    articles: Iterable[Article], *, reader: str = DEFAULT_READER, threads: int | None = None
) -> Iterator[Extraction]:
    """Read articles one by one, in their order; one `Extraction` for each. `reader` is one of `READERS`.

    The trained reader works in so many `threads`, by default in one for each core.
    """
    # Not at the top: spaCy takes half a second to import, and a build without a new article needs none of it.
    from kg.extract import pipeline

    return pipeline.extract(articles, reader=reader, threads=threads)
