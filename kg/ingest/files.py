"""Files and folders -> Articles. What cannot be read is reported, never fatal to the rest."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.errors import InputError
from kg.ingest import kept
from kg.ingest.deadline import TimedOut, deadline
from kg.ingest.documents import FileRead, Found, Skipped
from kg.ingest.duplicates import merge_same
from kg.ingest.formats import read_document
from kg.ingest.ids import tell_apart
from kg.ingest.language import foreign_language
from kg.ingest.options import DEFAULT
from kg.ingest.shelf import Shelf
from kg.ingest.sketches import Sketches, sketch
from kg.ingest.skips import Skips
from kg.ingest.walk import find, load
from kg.records import RecordError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
    from pathlib import Path

    from kg.cache import Cache
    from kg.ingest.documents import Document
    from kg.ingest.options import ReadOptions
    from kg.model import Article


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found in the inputs."""

    articles: Collection[Article]
    """Sorted by file, then by where their text stands in it; on disk, to be walked through."""
    skipped: tuple[Skipped, ...]
    files: int
    """How many files were read well."""


def read(
    paths: Iterable[Path],
    *,
    options: ReadOptions = DEFAULT,
    cache: Cache | None = None,
    on_file: Callable[[str], None] | None = None,
) -> Reading:
    """Read files, and folders with all their subfolders; a file named twice is read once.

    `on_file` is called with the name of each file before it is read; what the open `cache` knows of a file
    with these bytes is not read again. The result does not depend on the order of `paths`, nor on the cache.
    The path "-" is the standard input.
    """
    shelf, sketches, skips = Shelf(), Sketches(), Skips()
    files = 0
    for item in _stream(paths, options, cache, on_file):
        if isinstance(item, Skipped):
            skips.add(item)
        elif isinstance(item, FileRead):
            files += 1
        else:
            shelf.append(item.article)
            if options.merge_same:
                sketches.append(item.sketch)
    if options.merge_same:
        merge_same(shelf, sketches)
    tell_apart(shelf)
    return Reading(shelf, skips.summed_up(), files)


def _stream(
    paths: Iterable[Path],
    options: ReadOptions,
    cache: Cache | None,
    on_file: Callable[[str], None] | None,
) -> Iterator[Found | Skipped | FileRead]:
    """What is found file by file: no more than one is in memory, and nothing is compared between them."""
    for item in find(paths, options):
        if isinstance(item, Skipped):
            yield item
            continue
        source, path, named = item
        if on_file:
            on_file(source)
        yield from _read_or_recall(source, path, named=named, options=options, cache=cache)


def _read_or_recall(
    source: str, path: Path, *, named: bool, options: ReadOptions, cache: Cache | None
) -> Sequence[Found | Skipped | FileRead]:
    try:
        with deadline(options.timeout):
            document = load(source, path, named=named, options=options)
    except InputError as error:
        return [Skipped(error.source, error.problem)]
    except TimedOut:
        return [_took_too_long(source, options)]
    # What a program of the system recognises in a scan may change without our knowing.
    if cache is None or options.ocr:
        return list(_read_one(document, options, sketched=options.merge_same))
    key = kept.content_key(document, options)
    if record := cache.get([key]).get(key):
        try:
            return kept.load(record)
        except RecordError:
            cache.set_aside()
    items = list(_read_one(document, options, sketched=True))
    # A file that gives nothing may have met a limit of this machine.
    if any(isinstance(item, FileRead) for item in items):
        cache.put([(key, kept.dump(items))])
    return items


def _read_one(
    document: Document, options: ReadOptions, *, sketched: bool
) -> Iterator[Found | Skipped | FileRead]:
    source = document.source
    try:
        with deadline(options.timeout):
            found = list(read_document(document, options))
    except InputError as error:
        yield Skipped(error.source, error.problem)
        return
    except TimedOut:
        yield _took_too_long(source, options)
        return
    except (MemoryError, RecursionError) as error:
        yield Skipped(source, f"too much for one file ({type(error).__name__})")
        return
    languages: Counter[str] = Counter()
    for item in found:
        language = None
        if not isinstance(item, Skipped) and options.english_only:
            language = foreign_language(item.text)
        if language:
            languages[language] += 1
        elif isinstance(item, Skipped):
            yield item
        else:
            yield Found(item, sketch(item.text) if sketched else b"")
    for language, count in sorted(languages.items()):
        articles = "an article" if count == 1 else f"{count} articles"
        yield Skipped(source, f"{articles} not in English ({language})")
    if any(not isinstance(item, Skipped) for item in found):
        yield FileRead(source)


def _took_too_long(source: str, options: ReadOptions) -> Skipped:
    return Skipped(source, f"took longer than {options.timeout:g} seconds (--timeout)")


def read_file(path: Path, source: str, *, options: ReadOptions = DEFAULT) -> list[Article]:
    """Read one file as articles that carry the name `source`; raise InputError where it has none."""
    document = load(source, path, named=True, options=options)
    articles = [item for item in read_document(document, options) if not isinstance(item, Skipped)]
    if not articles:
        raise InputError(source, "no article text in this file")
    return articles
