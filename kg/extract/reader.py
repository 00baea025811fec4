"""The trained reader: articles in, mentions and claims out.

    text -> cut up -> tagger -> spans -> + countries, dates -> relation model -> mentions, claims

An article's title is read as its first line: it often names what the text then calls "the facility". What is
said in the title alone gives no claim, as a claim quotes the text.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from kg.extract import references
from kg.extract.reader_model import shipped_model
from kg.extract.reader_pairs import KINDS, PREDICATES
from kg.extract.reader_rules import find_spans, search
from kg.extract.reader_spans import COUNTRY, DATE, name_confidence
from kg.extract.reader_text import cut
from kg.model import Claim, Evidence, Mention, PartialDate
from kg.vocab import Predicate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.extract.reader_model import Candidate, Model
    from kg.extract.reader_rules import Findings
    from kg.extract.reader_spans import Span
    from kg.extract.reader_text import Text
    from kg.model import Article

MAX_COLLABORATORS = 5
"""A longer list of partners gives no pairs (annotation guidelines)."""
SURE = 0.95
"""From this probability of the tagger on, a name needs no second voice."""


class Reading(NamedTuple):
    """What is found in one article; mentions are sorted by place."""

    mentions: list[Mention]
    claims: list[Claim]
    sure: list[Mention]
    """Those of `mentions` that the tagger has no doubt about."""


@dataclass(frozen=True, slots=True)
class _Page:
    """An article with its title before it; `shift` characters come before the article's own text."""

    article: Article
    text: Text
    shift: int
    spans: list[Span]

    def in_body(self, span: Span) -> bool:
        return bool(self.text.starts[span.first] >= self.shift)

    def passage(self, one: Span, other: Span) -> tuple[int, int]:
        """The sentences that hold both spans, in characters of the article's own text."""
        low = self.text.sentence[min(one.first, other.first)]
        high = self.text.sentence[max(one.last, other.last)]
        start = int(self.text.starts[self.text.bounds[low]])
        end = int(self.text.ends[self.text.bounds[high + 1] - 1])
        return max(start - self.shift, 0), end - self.shift


class Reader:
    """Finds mentions and claims with a trained model."""

    def __init__(self, model: Model | None = None) -> None:
        """`model` defaults to the shipped one. Raises ModelError when its files are not sound."""
        self.model = model or shipped_model()
        self.extractor = f"reader/{self.model.manifest['version']}"
        self.calibration = self.model.manifest["calibration"]
        self.threshold: float = self.calibration["threshold"]

    def read(self, articles: Sequence[Article], *, threshold: float | None = None) -> list[Reading]:
        """Mentions, and claims of at least `threshold` confidence, for each article.

        What is found in an article does not depend on the others.
        """
        return [self.read_article(article, threshold=threshold) for article in articles]

    def read_article(
        self, article: Article, *, threshold: float | None = None, found: Findings | None = None
    ) -> Reading:
        """The same for one article. `found` is what the rules found in its text, if they were asked."""
        prefix = "" if not article.title or article.text.startswith(article.title) else article.title + "\n\n"
        text = cut(prefix + article.text, self.model.tokenizer)
        if not len(text.starts):
            return Reading([], [], [])
        found = found or search(article.text, article.published)
        parts = [search(prefix, article.published), replace(found, offset=len(prefix))]
        spans = find_spans(text, self.model.tag(text), article.published, found=parts)
        page = _Page(article, text, len(prefix), spans)
        mentions = {i: self._mention(page, s) for i, s in enumerate(page.spans) if page.in_body(s)}
        claims = self._claims(page, mentions, self.threshold if threshold is None else threshold)
        shown = {m for i, m in mentions.items() if _stands_alone(page.spans[i])}
        shown |= {
            side for claim in claims for side in (claim.subject, claim.object) if isinstance(side, Mention)
        }
        names = name_confidence(page.spans)
        sure = {m for i, m in mentions.items() if names[page.spans[i].group] >= SURE} & shown
        return Reading(sorted(shown, key=_place), claims, sorted(sure, key=_place))

    def _mention(self, page: _Page, span: Span) -> Mention:
        start = int(page.text.starts[span.first]) - page.shift
        end = int(page.text.ends[span.last]) - page.shift
        kind = KINDS[span.kind] or KINDS[0]
        assert kind is not None
        return Mention(
            article=page.article.id,
            start=start,
            end=end,
            text=page.article.text[start:end],
            kind=kind,
            extractor=references.EXTRACTOR if span.reference else self.extractor,
            name=span.value,
            ref=span.ref,
        )

    def _claims(self, page: _Page, mentions: dict[int, Mention], threshold: float) -> list[Claim]:
        sure = name_confidence(page.spans)
        found: dict[tuple[object, ...], tuple[float, Claim]] = {}
        for candidate in without_long_lists(page.spans, self._sure(page, threshold, sure)):
            subject, obj = page.spans[candidate.subject], page.spans[candidate.object]
            if candidate.subject not in mentions or candidate.object not in mentions:
                continue
            start, end = page.passage(subject, obj)
            predicate = PREDICATES[candidate.predicate]
            groups = (subject.group, obj.group)
            key = (predicate, tuple(sorted(groups)) if predicate.is_symmetric else groups, start, end)
            confidence = self._confidence(candidate, min(sure[subject.group], sure[obj.group]))
            if key in found and found[key][0] >= candidate.score:
                continue
            evidence = Evidence(
                article=page.article.id,
                start=start,
                end=end,
                quote=page.article.text[start:end],
                extractor=self.extractor,
                confidence=round(confidence, 3),
            )
            side = PartialDate.parse(obj.value) if obj.kind == DATE else mentions[candidate.object]
            claim = Claim(mentions[candidate.subject], predicate, side, evidence)
            found[key] = (candidate.score, claim)
        return sorted((claim for _, claim in found.values()), key=_claim_place)

    def _sure(self, page: _Page, threshold: float, names: dict[str, float]) -> Iterator[Candidate]:
        floor = min(self._log_odds(predicate, threshold) for predicate in range(len(PREDICATES)))
        for candidate in self.model.relate(page.text, page.spans, floor=floor):
            sides = page.spans[candidate.subject].group, page.spans[candidate.object].group
            if self._confidence(candidate, min(names[side] for side in sides)) >= threshold:
                yield candidate

    def _confidence(self, candidate: Candidate, name: float) -> float:
        """How often such a claim is right (Platt scaling, fitted on documents kept out of training).

        `name` is the tagger's probability of the less certain of the two names.
        """
        fitted = self.calibration
        logit = fitted["slope"] * candidate.score + fitted["names"] * math.log(name)
        return 1 / (1 + math.exp(-(logit + fitted["bias"][candidate.predicate])))

    def _log_odds(self, predicate: int, confidence: float) -> float:
        """The score that gives this confidence where the names are certain."""
        sure = min(max(confidence, 1e-6), 1 - 1e-6)
        bias = self.calibration["bias"][predicate]
        return float((math.log(sure / (1 - sure)) - bias) / self.calibration["slope"])


def without_long_lists(spans: Sequence[Span], candidates: Iterable[Candidate]) -> list[Candidate]:
    """Leave out pairs of collaborators where one passage would pair more than five of them."""
    every = list(candidates)
    pairs = PREDICATES.index(Predicate.COLLABORATES_WITH)
    partners: dict[str, set[str]] = defaultdict(set)
    for candidate in every:
        if candidate.predicate == pairs:
            one, other = spans[candidate.subject].group, spans[candidate.object].group
            partners[one].add(other)
            partners[other].add(one)

    def too_many(candidate: Candidate) -> bool:
        one, other = spans[candidate.subject].group, spans[candidate.object].group
        shared = partners[one] & partners[other]
        return len(shared) + 2 > MAX_COLLABORATORS

    return [c for c in every if c.predicate != pairs or not too_many(c)]


def _stands_alone(span: Span) -> bool:
    """Is the span a mention even if no claim is made of it? "Australian Academy" mentions no Australia."""
    return span.kind != DATE and not span.reference and not (span.kind == COUNTRY and span.inner)


def _place(mention: Mention) -> tuple[int, int, str, str]:
    return (mention.start, -mention.end, mention.kind, mention.label)


def _claim_place(claim: Claim) -> tuple[int, int, int, str, str]:
    evidence = claim.evidence
    return (evidence.start, evidence.end, claim.subject.start, claim.predicate, str(claim.object))
