"""Claims: what the sentences of an article say about the mentions in them.

Rules look at one sentence at a time. Each yields item indices of a `Sentence`; here they become claims
whose evidence is that sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from operator import attrgetter
from typing import TYPE_CHECKING

from kg.extract.rules import RULES
from kg.extract.sentences import make_sentence
from kg.model import Claim, Evidence, Mention, PartialDate
from kg.vocab import Kind, Predicate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.extract.dates import DateSpan
    from kg.extract.sentences import Sentence
    from kg.model import Article

EXTRACTOR = "rules/relations"
_LONGEST = 400
"""Items of the longest sentence that is read; what is longer is a table or a list, and states nothing."""


def find_claims(
    article: Article,
    spans: Iterable[tuple[int, int]],
    mentions: Sequence[Mention],
    inner: Sequence[Mention],
    dates: Sequence[DateSpan],
) -> list[Claim]:
    """What the sentences `spans` of an article say.

    `mentions` are sorted and do not overlap; `inner` are countries that stand inside a project's name.
    """
    claims: list[Claim] = []
    topics = Topics(article.text, mentions)
    for start, end in spans:
        sentence = make_sentence(article.text, start, end, mentions, dates, topic=topics.at(start))
        if len(sentence.items) <= _LONGEST:
            claims.extend(_claims_of(article, sentence))
    claims.extend(_countries_in_names(article, mentions, inner))
    return list(dict.fromkeys(claims))


class Topics:
    """The project that a passage speaks of: the last one named in its paragraph, else the one that the
    article names most, if no other comes near."""

    def __init__(self, text: str, mentions: Sequence[Mention]) -> None:
        self._text = text
        self._projects = [mention for mention in mentions if mention.kind is Kind.PROJECT]
        counts = Counter(mention.label for mention in self._projects).most_common(2)
        main = counts[0][0] if counts and (len(counts) == 1 or counts[0][1] >= 2 * counts[1][1]) else ""
        self._main = next((mention for mention in self._projects if mention.label == main), None)

    def at(self, offset: int) -> Mention | None:
        index = bisect_left(self._projects, offset, key=attrgetter("start"))
        before = self._projects[index - 1] if index else None
        if before is not None and "\n\n" not in self._text[before.end : offset]:
            return before
        return self._main if self._main is not None and self._main.start < offset else None


def _claims_of(article: Article, sentence: Sentence) -> Iterator[Claim]:
    for rule in RULES:
        for found in rule(sentence):
            subject = sentence.mention(found.subject)
            obj = found.object if isinstance(found.object, PartialDate) else sentence.mention(found.object)
            if subject is None or obj is None or not _is_possible(subject, found.predicate, obj):
                continue
            if found.predicate.is_symmetric and isinstance(obj, Mention) and _order(obj) < _order(subject):
                subject, obj = obj, subject
            yield Claim(subject, found.predicate, obj, _evidence(article, sentence, found.confidence))


def _is_possible(subject: Mention, predicate: Predicate, obj: Mention | PartialDate) -> bool:
    if isinstance(obj, PartialDate):
        return predicate.allows(subject.kind, None)
    return predicate.allows(subject.kind, obj.kind) and subject.label != obj.label


def _order(mention: Mention) -> tuple[str, int]:
    return (mention.label, mention.start)


def _evidence(article: Article, sentence: Sentence, confidence: float) -> Evidence:
    quote = sentence.text.strip()
    start = sentence.start + sentence.text.index(quote)
    return Evidence(article.id, start, start + len(quote), quote, EXTRACTOR, confidence)


def _countries_in_names(
    article: Article, mentions: Sequence[Mention], inner: Sequence[Mention]
) -> Iterator[Claim]:
    """ "China-Laos Railway" involves China and Laos: the name itself says so."""
    for country in inner:
        host = next((m for m in mentions if m.start <= country.start and country.end <= m.end), None)
        if host is None or host.kind is not Kind.PROJECT or not _is_party(host.text, country.text):
            continue
        quote = article.text[host.start : host.end]
        evidence = Evidence(article.id, host.start, host.end, quote, EXTRACTOR, 0.7)
        yield Claim(host, Predicate.INVOLVES_COUNTRY, country, evidence)


def _is_party(name: str, country: str) -> bool:
    """A country that opens the name or has a hyphen takes part; "Bank of China Tower" tells nothing."""
    text = re.escape(country)
    return bool(re.search(rf"(?:^|[-–]|\d(?:st|nd|rd|th) ){text}\b|\b{text}[-–]", name))
