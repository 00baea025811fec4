"""Which language an article is in: English by its commonest words, any other by py3langid."""

from __future__ import annotations

from math import sqrt

from kg.clean import FUNCTION_WORDS
from kg.ingest.lines import words

_ENGLISH = 0.2
"""A quarter to a half of the words of English prose are function words; in other languages they are few."""
_FEWEST = 12
"""Fewer words than this are left in: a note of names looks like no language."""
_MARGIN = 3.0
"""How much likelier another language must be than English, as a logarithm, for a text of one byte; noise
grows with the root of the length."""
_SAMPLE = 4000


def foreign_language(text: str) -> str | None:
    """The code of the language of `text` (ISO 639-1), or None for English and for what cannot be told."""
    sample = text[:_SAMPLE]
    found = words(sample.casefold())
    if len(found) < _FEWEST and sum(character.isalpha() for character in sample) < 100:
        return None
    if sum(map(FUNCTION_WORDS.__contains__, found)) >= _ENGLISH * len(found):
        return None
    if sum(word[:1].isupper() for word in words(sample)) > len(found) / 2:
        return None  # names, of whatever language
    # py3langid reads its model on import, which takes a moment: only where there is a doubt.
    from py3langid import rank

    likelihoods = {str(language): float(score) for language, score in rank(sample)}
    best = max(likelihoods, key=likelihoods.__getitem__)
    margin = (likelihoods[best] - likelihoods["en"]) / sqrt(len(sample.encode()))
    return best if margin > _MARGIN else None
