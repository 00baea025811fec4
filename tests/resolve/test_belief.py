"""How far a fact is believed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Article, Claim, Evidence, Extraction, Mention, Origin
from kg.resolve import resolve
from kg.resolve.facts import belief
from kg.vocab import Kind, Predicate


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


def test_what_is_believed_too_little_is_left_out_after_the_sources_were_put_together():
    text = "Lindholm University leads the Condor Telescope."
    article = Article("a", "a.txt", "A", text, origins=(Origin(0, 1),))
    university = Mention("a", 0, 19, text[:19], Kind.INSTITUTION, "rules/names")
    telescope = Mention("a", 30, 46, text[30:46], Kind.PROJECT, "rules/names")
    proofs = [Evidence("a", 0, len(text), text, source, 0.5) for source in ("reader/1", "rules/verbs")]
    claims = tuple(Claim(university, Predicate.LEADS, telescope, proof) for proof in proofs)
    extraction = Extraction(article, (university, telescope), claims)
    assert len(resolve([extraction], min_confidence=0.7).facts) == 1
    assert resolve([extraction], min_confidence=0.8).facts == ()
    assert len(resolve([extraction], min_confidence=0.8).entities) == 2
