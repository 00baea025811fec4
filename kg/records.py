"""What was found in an article, as bytes: for the cache, and for the way between processes and machines.

JSON and not pickle, because a cache may come with a folder from elsewhere and reading must not run code. What
the article itself says (its id, the text of a span) is left out and taken from the article again.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from dataclasses import fields
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from kg.model import Article, Claim, Evidence, Extraction, Mention, PartialDate, parse_date
from kg.vocab import KINDS, PREDICATES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# Where an article was found says nothing about what it tells, so a file can be renamed for nothing.
_NO_CONTENT = frozenset({"source", "origins", "also_in", "digest"})
_CONTENT = tuple(field.name for field in fields(Article) if field.name not in _NO_CONTENT)
_MENTION = attrgetter("start", "end", "kind", "extractor", "name", "ref")
_EVIDENCE = attrgetter("start", "end", "extractor", "confidence")


class RecordError(Exception):
    """Bytes that are no record of this article: damaged, or not ours."""


def content_key(article: Article, *settings: str) -> bytes:
    """The SHA-256 of all that an extractor may read in the article, and of its settings (32 bytes)."""
    content = [str(value) if (value := getattr(article, name)) is not None else None for name in _CONTENT]
    return hashlib.sha256(json.dumps([*settings, *content]).encode()).digest()


def dump(extraction: Extraction) -> bytes:
    """The findings as compressed JSON; equal findings give equal bytes."""
    number = {mention: index for index, mention in enumerate(extraction.mentions)}
    claims = []
    for claim in extraction.claims:
        subject = number.setdefault(claim.subject, len(number))
        obj: str | int = (
            str(claim.object)
            if isinstance(claim.object, PartialDate)
            else number.setdefault(claim.object, len(number))
        )
        claims.append((subject, claim.predicate, obj, *_EVIDENCE(claim.evidence)))
    # Column by column: equal values stand side by side, which makes the record smaller.
    mentions = list(zip(*map(_MENTION, number), strict=True))
    record = [len(extraction.mentions), mentions, list(zip(*claims, strict=True))]
    # A fast level: nearly all of the space is saved at a fraction of the time. zlib adds a checksum.
    return zlib.compress(json.dumps(record, separators=(",", ":")).encode(), level=1)


def load(article: Article, data: bytes) -> Extraction:
    """The findings that `dump` wrote down for this article; raise RecordError for anything else."""
    try:
        found, mentions, claims = json.loads(zlib.decompress(data))
        named = _mentions(article, mentions)
        return Extraction(article, tuple(named[:found]), tuple(_claims(article, named, claims)))
    except (zlib.error, ValueError, KeyError, IndexError, TypeError) as error:
        raise RecordError(f"no record of {article.id}") from error


def _mentions(article: Article, columns: Sequence[Any]) -> list[Mention]:
    text = article.text
    return [
        Mention(article.id, start, end, text[start:end], KINDS[kind], extractor, name, ref)
        for start, end, kind, extractor, name, ref in zip(*columns, strict=True)
    ]


def _claims(article: Article, mentions: Sequence[Mention], columns: Sequence[Any]) -> Iterator[Claim]:
    # One that states several things is kept once.
    quotes: dict[tuple[int, int], str] = {}
    for subject, predicate, obj, start, end, extractor, confidence in zip(*columns, strict=True):
        if (quote := quotes.get((start, end))) is None:
            quote = quotes[start, end] = article.text[start:end]
        yield Claim(
            mentions[subject],
            PREDICATES[predicate],
            parse_date(obj) if isinstance(obj, str) else mentions[obj],
            Evidence(article.id, start, end, quote, extractor, confidence),
        )
