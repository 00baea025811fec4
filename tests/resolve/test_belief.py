"""How far a fact is believed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Evidence
from kg.resolve.facts import belief


def proof(article, extractor, confidence, start=0):
    return Evidence(article, start, start + 5, "quote", extractor, confidence)


def test_articles_support_each_other():
    assert belief([proof("a", "rules/verbs", 0.75), proof("b", "rules/verbs", 0.75)]) == 0.9375


def test_two_passages_of_one_article_count_once_with_the_surer():
    assert belief([proof("a", "reader/1", 0.6), proof("a", "reader/1", 0.8, start=9)]) == 0.8


def test_rules_and_trained_reader_support_each_other_on_one_article():
    assert belief([proof("a", "reader/1", 0.6), proof("a", "rules/relations", 0.5)]) == pytest.approx(0.8)


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(["rules/x", "reader/1"]), st.floats(0, 1))))
def test_more_support_never_lowers_it(rows):
    proofs = [proof(*row) for row in rows]
    for count in range(len(proofs)):
        assert belief(proofs[:count]) <= belief(proofs[: count + 1]) <= 1
