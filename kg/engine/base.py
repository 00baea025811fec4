"""What every engine does: articles in, one record for each out, in their order."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Protocol, TypeVar

from kg import records
from kg.extract import DEFAULT_READER, extract

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from kg.model import Article

T = TypeVar("T")

BATCH = 8
"""Articles that travel together: enough to make sending them cheap, and few enough, at a quarter of a second
each, that no worker waits long for another at the end, or much is lost in a crash."""


@dataclass(frozen=True, slots=True)
class Extractor:
    """How articles are extracted (see `kg.extract.extract`), in a form that can be sent to a worker."""

    reader: str = DEFAULT_READER
    threads: int | None = None
    """Of each process; they change nothing but the time."""

    def __call__(self, articles: Sequence[Article]) -> list[bytes]:
        """What a worker does. The reader is loaded with the first batch and stays loaded."""
        found = extract(articles, reader=self.reader, threads=self.threads)
        return [records.dump(extraction) for extraction in found]

    def key(self, article: Article) -> bytes:
        """What the record of this article is kept under."""
        return records.content_key(article, self.reader)


class Engine(Protocol):
    """Extracts articles, wherever it does so."""

    def __call__(self, articles: Collection[Article], *, extractor: Extractor) -> Iterator[list[bytes]]:
        """Yield the records of one batch after the other (see `kg.records`), in the order of the articles."""


def batches(items: Iterable[T], size: int = BATCH) -> Iterator[tuple[T, ...]]:
    rest = iter(items)
    while batch := tuple(islice(rest, size)):
        yield batch


def one_process(articles: Collection[Article], *, extractor: Extractor) -> Iterator[list[bytes]]:
    """The engine that needs nothing: everything in this process. An `Engine`."""
    yield from map(extractor, batches(articles))
