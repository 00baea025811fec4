"""Short ways for the tests of this folder to read a text and to say what was found in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract import extract
from kg.model import Article, Mention, Origin, PartialDate

if TYPE_CHECKING:
    from kg.model import Extraction

Triple = tuple[str, str, str]


def read(text: str, *, published: str = "2025-06-14", id: str = "a") -> Extraction:  # noqa: A002
    """What is found in an article of this text."""
    day = PartialDate.parse(published)
    article = Article(id, f"{id}.txt", "A title", text, day, origins=(Origin(0, 1),))
    return next(extract([article], reader="rules"))


def facts(text: str, *predicates: str) -> set[Triple]:
    """The claims of a text as names; only those of `predicates`, if any are given."""
    return {
        (
            claim.subject.label,
            str(claim.predicate),
            claim.object.label if isinstance(claim.object, Mention) else str(claim.object),
        )
        for claim in read(text).claims
        if not predicates or claim.predicate in predicates
    }


def names(text: str, extractor: str) -> list[tuple[str, str]]:
    """What one component found: (text, the name it stands for)."""
    return [(m.text, m.label) for m in read(text).mentions if m.extractor == extractor]
