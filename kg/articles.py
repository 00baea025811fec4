"""Articles as plain values, which JSON (for what is kept) and marshal (for a scratch database) both write."""

from __future__ import annotations

import marshal
from dataclasses import fields
from typing import Any

from kg.model import Article, Origin, parse_date

_FIELDS = tuple(field.name for field in fields(Article))
_PUBLISHED, _ORIGINS, _ALSO_IN = map(_FIELDS.index, ("published", "origins", "also_in"))


def values_of(article: Article) -> list[Any]:
    values: list[Any] = [getattr(article, name) for name in _FIELDS]
    values[_PUBLISHED] = article.published and str(article.published)
    values[_ORIGINS] = [(o.start, o.line, o.page, o.character) for o in article.origins]
    return values


def article_of(values: list[Any]) -> Article:
    """The article of these values, a list that is its own from now on.

    Raises ValueError, TypeError or IndexError for any others.
    """
    published, origins, also_in = values[_PUBLISHED], values[_ORIGINS], values[_ALSO_IN]
    values[_PUBLISHED] = published and parse_date(published)
    values[_ORIGINS] = tuple([Origin(*origin) for origin in origins])
    values[_ALSO_IN] = tuple(also_in)
    return Article(*values)


def to_bytes(article: Article) -> bytes:
    """For this process alone: marshal is faster than anything else, and must not read what others wrote."""
    return marshal.dumps(values_of(article))


def from_bytes(data: bytes) -> Article:
    return article_of(marshal.loads(data))
