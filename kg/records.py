"""What was found in an article, as bytes: for the cache, and for the way between processes and machines.

JSON and not pickle, because a cache may come with a folder from elsewhere and reading must not run code. What
the article itself says (its id, the text of a span) is left out and taken from the article again.
"""

from __future__ import annotations

import hashlib
import json
import sys
import zlib
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from kg.model import Article, Claim, Evidence, Extraction, Mention, PartialDate
from kg.vocab import Kind, Predicate

if TYPE_CHECKING:
    from collections.abc import Sequence

# Where an article was found says nothing about what it tells, so a file can be renamed for nothing.
_NO_CONTENT = frozenset({"source", "origins", "also_in", "digest"})
_CONTENT = tuple(field.name for field in fields(Article) if field.name not in _NO_CONTENT)
_MENTION = tuple(field.name for field in fields(Mention) if field.name not in ("article", "text"))
_EVIDENCE = tuple(field.name for field in fields(Evidence) if field.name not in ("article", "quote"))


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
        claims.append([subject, claim.predicate, obj, [getattr(claim.evidence, name) for name in _EVIDENCE]])
    record = {
        "found": len(extraction.mentions),
        "mentions": [[getattr(mention, name) for name in _MENTION] for mention in number],
        "claims": claims,
    }
    # A fast level: nearly all of the space is saved at a fraction of the time. zlib adds a checksum.
    return zlib.compress(json.dumps(record, separators=(",", ":")).encode(), level=1)


def load(article: Article, data: bytes) -> Extraction:
    """The findings that `dump` wrote down for this article; raise RecordError for anything else."""
    try:
        record = json.loads(zlib.decompress(data))
        mentions = [_mention(article, values) for values in record["mentions"]]
        quotes: dict[tuple[int, int], str] = {}
        claims = tuple(_claim(article, mentions, quotes, values) for values in record["claims"])
        return Extraction(article, tuple(mentions[: record["found"]]), claims)
    except (zlib.error, ValueError, KeyError, IndexError, TypeError) as error:
        raise RecordError(f"no record of {article.id}") from error


def _mention(article: Article, values: Sequence[Any]) -> Mention:
    named = dict(zip(_MENTION, values, strict=True))
    named["kind"] = Kind(named["kind"])
    named["extractor"] = sys.intern(named["extractor"])
    return Mention(article=article.id, text=article.text[named["start"] : named["end"]], **named)


def _claim(
    article: Article,
    mentions: Sequence[Mention],
    quotes: dict[tuple[int, int], str],
    values: Sequence[Any],
) -> Claim:
    """`quotes` has the passages so far: one that states several things is kept once."""
    subject, predicate, obj, evidence = values
    named = dict(zip(_EVIDENCE, evidence, strict=True))
    named["extractor"] = sys.intern(named["extractor"])
    span = named["start"], named["end"]
    quote = quotes.setdefault(span, article.text[slice(*span)])
    return Claim(
        mentions[subject],
        Predicate(predicate),
        PartialDate.parse(obj) if isinstance(obj, str) else mentions[obj],
        Evidence(article=article.id, quote=quote, **named),
    )
