"""One layer for each source; of mentions that overlap, one counts."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.lang.en import English

from kg.extract.layers import Layers, layers, outermost
from kg.model import Article, Claim, Evidence, Mention
from kg.vocab import Kind, Predicate

ARTICLE = Article("a", "a.txt", "", "x" * 20)


def mention(start: int, end: int, kind: Kind = Kind.PROJECT, name: str = "", extractor: str = "e") -> Mention:
    return Mention("a", start, end, "x" * (end - start), kind, extractor, name=name)


def test_the_longer_then_the_earlier_counts() -> None:
    long, inside, overlapping, apart = mention(0, 8), mention(2, 5), mention(6, 10), mention(8, 10)
    assert outermost([inside, overlapping, apart, long]) == [long, apart]
    assert outermost([mention(3, 6), mention(1, 4)]) == [mention(1, 4)]


def test_a_country_counts_before_other_kinds_of_the_same_span() -> None:
    country, place = mention(0, 4, Kind.COUNTRY), mention(0, 4, Kind.PLACE)
    assert outermost([place, country]) == [country]


SPANS = st.lists(
    st.builds(
        lambda start, length, kind: mention(start, start + length, kind),
        st.integers(0, 12),
        st.integers(1, 8),
        st.sampled_from(Kind),
    ),
    max_size=10,
)


@given(SPANS, st.randoms())
def test_outermost_mentions_are_apart_complete_and_the_same_in_any_order(spans, random) -> None:
    kept = outermost(spans)
    assert all(left.end <= right.start for left, right in itertools.pairwise(kept))
    for span in spans:
        assert any(k.start < span.end and span.start < k.end for k in kept)
    shuffled = random.sample(spans, len(spans))
    assert outermost(shuffled) == kept


def test_mentions_of_all_layers_come_once_and_sorted() -> None:
    found = Layers(ARTICLE)
    found.mentions["one"] = [mention(4, 6), mention(0, 2)]
    found.mentions["two"] = [mention(0, 9), mention(4, 6)]
    assert found.all_mentions() == (mention(0, 9), mention(0, 2), mention(4, 6))


def test_a_name_without_a_claim_needs_a_second_voice() -> None:
    # No two are of one length: their texts, too, are names.
    spans = enumerate([(0, 1), (1, 3), (3, 6), (6, 10)])
    alone, claimed, seen, misread = (mention(*span, name=f"Name {number}") for number, span in spans)
    again = mention(10, 15, name="name 2", extractor="rules")
    other = mention(6, 12, Kind.PLACE, name="Name 3", extractor="rules")
    evidence = Evidence("a", 0, 2, "xx", "e", 0.5)
    claim = Claim(claimed, Predicate.PART_OF, again, evidence)
    found = Layers(ARTICLE, claims={"reader": [claim]})
    found.mentions = {"reader": [alone, claimed, seen, misread], "rules": [again, other]}
    assert found.trusted_mentions("reader") == (claimed, seen, again)


def test_a_claim_that_two_layers_make_comes_once() -> None:
    evidence = Evidence("a", 0, 2, "xx", "e", 0.5)
    claim = Claim(mention(0, 1), Predicate.PART_OF, mention(3, 4), evidence)
    found = Layers(ARTICLE, claims={"one": [claim], "two": [claim]})
    assert found.all_claims() == (claim,)


def test_a_doc_of_another_pipeline_has_no_layers() -> None:
    with pytest.raises(TypeError, match="not made from an Article"):
        layers(English()("Halden University"))
