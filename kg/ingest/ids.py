"""Ids of articles: readable, and the same wherever the same is said."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.names import slug

if TYPE_CHECKING:
    from kg.ingest.shelf import Shelf
    from kg.model import Article, PartialDate

_SLUG_LENGTH = 50


def article_id(title: str, published: PartialDate | None, text: str, *, digits: int = 8) -> str:
    """The title, and so many digits (of four bits) of a hash of all that is given."""
    digest = hashlib.sha256("\n".join([title, str(published or ""), text]).encode()).hexdigest()
    return f"{slug(title, limit=_SLUG_LENGTH) or 'untitled'}-{digest[:digits]}"


def tell_apart(shelf: Shelf) -> None:
    """Give articles that have one id, and do not say the same, longer ones.

    Eight digits do for those of one title; but in an archive, a hundred thousand may have none.
    """
    for numbers in shelf.rivals():
        articles = [_with_longer_id(shelf.get(number)) for number in numbers]
        if len({article.id for article in articles}) > 1:
            for number, article in zip(numbers, articles, strict=True):
                shelf.put(number, article)


def _with_longer_id(article: Article) -> Article:
    return replace(article, id=article_id(article.title, article.published, article.text, digits=16))
