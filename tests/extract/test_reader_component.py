"""The trained reader within the pipeline, beside the rules."""

import pytest

from kg.extract import extract
from kg.model import Article, Mention, PartialDate

TEXT = (
    "The Lindholm Institute of Oceanography leads the Harbour Wave Telescope, which was launched in "
    "March 2019. The University of Porto in Portugal built the telescope together with Bergen Academy."
)
ARTICLE = Article(id="a", source="a.txt", title="", text=TEXT, published=PartialDate(2024, 5, 17))


def test_both_sources_are_named_in_the_evidence():
    (found,) = extract([ARTICLE], reader="trained")
    sources = {claim.evidence.extractor.partition("/")[0] for claim in found.claims}
    assert sources == {"reader", "rules"}


def test_every_side_of_a_claim_is_a_mention():
    (found,) = extract([ARTICLE], reader="trained")
    sides = {s for c in found.claims for s in (c.subject, c.object) if isinstance(s, Mention)}
    assert sides <= set(found.mentions)
    assert all(TEXT[m.start : m.end] == m.text for m in found.mentions)


def test_the_rules_alone_are_still_there():
    (found,) = extract([ARTICLE], reader="rules")
    assert {m.extractor.partition("/")[0] for m in found.mentions} == {"rules"}


@pytest.mark.parametrize(
    "text",
    [
        "Telescope",
        TEXT.upper(),
        "中国科学院与巴西国家空间研究院于2019年签署协议。" * 20,
        "🚀🔭 " * 400,
        TEXT.replace(".", "") * 20,
    ],
    ids=["one word", "capitals", "Chinese", "emoji", "no sentence ends"],
)
def test_what_is_no_article_is_read_the_same_every_time(text):
    article = Article(id="a", source="a.txt", title=text[:20], text=text, published=PartialDate(2024, 5, 17))
    first, second = extract([article, article])
    assert first == second
    assert all(text[m.start : m.end] == m.text for m in first.mentions)
    assert all(text[c.evidence.start : c.evidence.end] == c.evidence.quote for c in first.claims)
