"""What was read from a file, as bytes, so that an unchanged file need not be read again.

JSON and not pickle, because a cache may come with a folder from elsewhere and reading must not run code.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from dataclasses import astuple, fields, replace
from typing import TYPE_CHECKING, Any

from kg.ingest.documents import FileRead, Skipped
from kg.ingest.options import DEFAULT
from kg.model import Article, Origin, PartialDate
from kg.records import RecordError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.ingest.documents import Document
    from kg.ingest.options import ReadOptions

    Item = Article | Skipped | FileRead

_ARTICLE = tuple(field.name for field in fields(Article))


def content_key(document: Document, options: ReadOptions) -> bytes:
    """The SHA-256 of all that decides what is read from the document (32 bytes)."""
    # Which files are read, and what is compared between them, does not change what is in one.
    asked = replace(options, include=DEFAULT.include, exclude=DEFAULT.exclude, merge_same=DEFAULT.merge_same)
    head = json.dumps([document.source, document.named, astuple(asked)])
    return hashlib.sha256(f"{head}\n".encode(errors="surrogatepass") + document.data).digest()


def dump(items: Sequence[Item]) -> bytes:
    rows = [[type(item).__name__, *_values(item)] for item in items]
    return zlib.compress(json.dumps(rows, separators=(",", ":")).encode(), level=1)


def load(data: bytes) -> list[Item]:
    """What `dump` wrote down; raise RecordError for anything else."""
    try:
        return [_item(*row) for row in json.loads(zlib.decompress(data))]
    except (zlib.error, ValueError, KeyError, TypeError) as error:
        raise RecordError("no record of a file that was read") from error


def _values(item: Item) -> Sequence[Any]:
    if not isinstance(item, Article):
        return astuple(item)
    values = {name: getattr(item, name) for name in _ARTICLE}
    values["published"] = item.published and str(item.published)
    values["origins"] = [astuple(origin) for origin in item.origins]
    return list(values.values())


def _item(kind: str, *values: Any) -> Item:
    if kind != Article.__name__:
        return Skipped(*values) if kind == Skipped.__name__ else FileRead(*values)
    named = dict(zip(_ARTICLE, values, strict=True))
    named["published"] = named["published"] and PartialDate.parse(named["published"])
    named["origins"] = tuple(Origin(*origin) for origin in named["origins"])
    named["also_in"] = tuple(named["also_in"])
    return Article(**named)
