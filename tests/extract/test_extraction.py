"""What holds for the extraction of any text: nothing raises, everything is traced, time grows with length."""

from __future__ import annotations

import dataclasses
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reading import read

from kg.extract import extract, pipeline
from kg.model import Article, Mention, PartialDate
from kg.resolve import resolve
from kg.vocab import SIGNATURES

PIECES = [
    *("Halden University", "Pellworm University", "the Institute of Tides", "CERN", "(HU)", "HU", "(IoT)"),
    *("the Corvina Programme", "the Lumira Telescope", "the project", "The center", "It", "ETRSS-2"),
    *(
        "Kenya",
        "Norway's",
        "Norwegian",
        "Sino-Danish",
        "in Bergen",
        "Bergen",
        "May",
        "the China-Laos Railway",
    ),
    *(
        "in 2019",
        "on 3 May 2024",
        "from 2019 to 2024",
        "last year",
        "February 30",
        "on Monday",
        "(2025-2027)",
    ),
    *(
        "leads",
        "is led by",
        "was founded by",
        "works with",
        "joined",
        "funds",
        "is part of",
        "of",
        "and",
        "was",
    ),
    *("not", "may", "signed", "opened", "completed", "with", "million", "members", "'s", "’s", ",", ";", ":"),
    *(
        ".",
        "!",
        "\n\n",
        "\n",
        "(",
        ")",
        '"',
        "“",
        "-",
        "–",
        "&",
        "<b>",
        "\\",
        "\u200f",
        "🛰",
        "e\u0301",
        "\x00",
        "中",
    ),
]
TEXTS = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=30).map(" ".join),
    st.lists(st.sampled_from(PIECES), max_size=15).map("".join),
    st.text(max_size=80),
)
ANY_TEXT = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@ANY_TEXT
@given(TEXTS)
def test_what_is_found_in_any_text_stands_there_and_is_allowed(text: str) -> None:
    found = read(text)
    for mention in found.mentions:
        assert text[mention.start : mention.end] == mention.text != ""
        assert mention.article == found.article.id
        assert mention.label.strip()
    for claim in found.claims:
        evidence = claim.evidence
        assert text[evidence.start : evidence.end] == evidence.quote != ""
        assert 0 < evidence.confidence <= 1
        told = claim.object.kind if isinstance(claim.object, Mention) else None
        assert (claim.subject.kind, told) in SIGNATURES[claim.predicate]
        assert claim.subject in found.mentions
        assert isinstance(claim.object, PartialDate) or claim.object in found.mentions
        assert claim.subject != claim.object
    assert list(found.mentions) == sorted(found.mentions, key=lambda m: (m.start, -m.end, m.kind))
    assert read(text) == found


@ANY_TEXT
@given(st.lists(TEXTS, max_size=4))
def test_articles_are_read_one_by_one(texts: list[str]) -> None:
    articles = [Article(f"a{n}", "a.txt", "", text, PartialDate(2025, 6)) for n, text in enumerate(texts)]
    assert list(extract(articles, reader="rules")) == [
        next(extract([article], reader="rules")) for article in articles
    ]


@ANY_TEXT
@given(st.lists(TEXTS, min_size=1, max_size=4), st.randoms())
def test_what_articles_say_together_is_well_formed_in_any_order(texts: list[str], random) -> None:
    articles = [Article(f"a{n}", "a.txt", "", text, PartialDate(2025, 6)) for n, text in enumerate(texts)]
    found = list(extract(articles, reader="rules"))
    knowledge = resolve(found)
    assert resolve(random.sample(found, len(found))) == knowledge
    ids = [entity.id for entity in knowledge.entities]
    assert ids == sorted(set(ids))
    for entity in knowledge.entities:
        assert entity.name not in entity.aliases
    kinds = {entity.id: entity.kind for entity in knowledge.entities}
    for fact in knowledge.facts:
        told = None if isinstance(fact.object, PartialDate) else kinds[fact.object]
        assert fact.predicate.allows(kinds[fact.subject], told)
        assert fact.subject != fact.object
        if fact.predicate.is_symmetric:
            assert fact.subject < str(fact.object)


def test_ids_stay_when_an_unrelated_article_comes_along() -> None:
    first = read(
        "The Institute of Tides (IoT) of Halden University leads the Corvina Programme in Bergen, Norway, "
        "since 2019. Pellworm University works with the institute."
    )
    other = read("The Rift Museum in Nairobi, Kenya, opened the Savanna Observatory in 2021.", id="b")
    alone, together = resolve([first]), resolve([first, other])
    assert alone.facts
    assert {entity.id for entity in alone.entities} < {entity.id for entity in together.entities}
    assert set(alone.facts) < set(together.facts)


def test_an_article_without_a_date_gives_no_relative_dates() -> None:
    article = Article("a", "a.txt", "", "The Lumira Telescope was completed last year.")
    assert next(extract([article], reader="rules")).claims == ()
    dated = dataclasses.replace(article, published=PartialDate(2025))
    assert [str(claim.object) for claim in next(extract([dated], reader="rules")).claims] == ["2024"]


LENGTH = 100_000
"""Characters; time in the square of it would be ten times the limit and more."""
LIMIT = 12
"""How many times longer than for prose of the same length it may take."""
PROSE = "Halden University leads the tide research in Bergen since May. "


def repeated(text: str) -> str:
    return text * (LENGTH // len(text))


SHAPES = {
    "brackets": repeated("("),
    "one word": repeated("a"),
    "one word in capitals": repeated("A"),
    "apostrophes in one word": repeated("A'"),
    "one sentence": repeated("tide "),
    "names": repeated("Institute of Physics, "),
    "coordinated names": repeated("Institute of Physics and "),
    "short forms": " ".join(f"Institute of Physics {n} (I{n}P)" for n in range(LENGTH // 32)),
    "descriptions": repeated("Rift Institute met. The institute grew. "),
    "dates": repeated("2024, "),
    "places": repeated("in Bergen, "),
    "stops": repeated(". "),
}


@pytest.fixture(scope="module")
def seconds_for_prose() -> float:
    read(PROSE)
    return max(0.1, seconds(repeated(PROSE)))


def seconds(text: str) -> float:
    """Time of the processor, so that a busy machine fails no test."""
    start = time.process_time()
    read(text)
    return time.process_time() - start


@pytest.mark.parametrize("shape", SHAPES)
def test_time_grows_with_the_length_whatever_the_text(shape: str, seconds_for_prose: float) -> None:
    assert seconds(SHAPES[shape]) < LIMIT * seconds_for_prose


def test_memory_does_not_grow_with_the_words_that_spacy_has_met(monkeypatch: pytest.MonkeyPatch) -> None:
    """Very many words: the pipeline is made anew, and nobody sees it."""
    articles = [
        Article(f"a-{n}", "a.txt", "", f"{PROSE} " + " ".join(f"w{n}x{m}" for m in range(300)))
        for n in range(20)
    ]
    expected = list(extract(articles, reader="rules"))
    # Asked for in another way, it is one that nobody has used.
    most = len(pipeline.load("rules").vocab.strings) + 1000
    monkeypatch.setattr(pipeline, "_MOST_WORDS", most)
    sizes = []
    for found, wanted in zip(extract(articles, reader="rules"), expected, strict=True):
        assert found == wanted
        sizes.append(len(pipeline.load("rules", None).vocab.strings))
    assert max(sizes) < most + 400
    assert sizes != sorted(sizes)
