"""What was read from a file, as bytes, so that an unchanged file need not be read again.

JSON and not pickle, because a cache may come with a folder from elsewhere and reading must not run code.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from base64 import b64decode, b64encode
from dataclasses import astuple, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from kg.articles import article_of, values_of
from kg.ingest.documents import FileRead, Found, Skipped
from kg.ingest.options import DEFAULT
from kg.ingest.sketches import SIZE
from kg.records import RecordError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.ingest.documents import Document
    from kg.ingest.options import ReadOptions

    Item = Found | Skipped | FileRead


def content_key(document: Document, options: ReadOptions) -> bytes:
    """The SHA-256 of all that decides what is read from the document (32 bytes)."""
    head = f"{json.dumps([document.source, document.named])}{_asked(options)}\n"
    digest = hashlib.sha256(head.encode())
    digest.update(document.data)
    return digest.digest()


@lru_cache(maxsize=8)
def _asked(options: ReadOptions) -> str:
    # Which files are read, and what is compared between them, does not change what is in one.
    seconds = float(options.timeout)  # 60 is 60.0
    asked = replace(
        options,
        include=DEFAULT.include,
        exclude=DEFAULT.exclude,
        merge_same=DEFAULT.merge_same,
        timeout=seconds,
    )
    return json.dumps(astuple(asked))


def dump(items: Sequence[Item]) -> bytes:
    rows = [[type(item).__name__, *_values(item)] for item in items]
    return zlib.compress(json.dumps(rows, separators=(",", ":")).encode(), level=1)


def load(data: bytes) -> list[Item]:
    """What `dump` wrote down; raise RecordError for anything else."""
    try:
        return [_item(*row) for row in json.loads(zlib.decompress(data))]
    except (zlib.error, ValueError, LookupError, TypeError) as error:
        raise RecordError("no record of a file that was read") from error


def _values(item: Item) -> Sequence[Any]:
    if isinstance(item, Found):
        return b64encode(item.sketch).decode(), *values_of(item.article)
    return astuple(item)


def _item(kind: str, *values: Any) -> Item:
    if kind != Found.__name__:
        return Skipped(*values) if kind == Skipped.__name__ else FileRead(*values)
    sketch = b64decode(values[0])
    if len(sketch) != SIZE:
        raise ValueError("no sketch")
    return Found(article_of(list(values[1:])), sketch)
