"""Small articles, extracted once."""

from functools import cache

import pytest

from kg.extract import extract
from kg.model import Article, Origin, PartialDate


@cache
def extraction_of(number, text):
    article = Article(f"a{number}", f"{number}.txt", "", text, PartialDate(2025, 5), origins=(Origin(0, 1),))
    return next(extract([article], reader="rules"))


@pytest.fixture(scope="session")
def read():
    """Texts -> extractions; the articles are a0, a1, ..."""

    def read_texts(*texts):
        return [extraction_of(number, text) for number, text in enumerate(texts)]

    return read_texts
