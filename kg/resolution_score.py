"""Measure resolution alone: are the names that annotators put together together, and no others?

Gold files are YAML: a list of small sets of articles in which names are marked `[name|cluster]`. The names
are given to the resolver as marked, so that the figures are those of resolution and not of the reader; all
else (countries, short forms introduced, relations) is what the extractor finds.

B-cubed is that of Bagga and Baldwin (1998), "Entity-based cross-document coreferencing using the vector
space model", over the marked names; pairwise counts each pair of names of a set.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING, TypeVar

import yaml

from kg.errors import InputError
from kg.extract import extract
from kg.model import Article, Extraction, Mention, Origin, PartialDate
from kg.resolve import resolve_mentions
from kg.vocab import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from kg.model import Claim

_MARK = re.compile(r"\[(?P<name>[^\[\]|]+)\|(?P<cluster>[ip]\d+)\]")
_KINDS = {"i": Kind.INSTITUTION, "p": Kind.PROJECT}


@dataclass(frozen=True, slots=True)
class ResolutionScore:
    """Sums over names and pairs of names; ratios of them."""

    names: int = 0
    precision_sum: float = 0.0
    recall_sum: float = 0.0
    true_pairs: int = 0
    found_pairs: int = 0
    gold_pairs: int = 0

    def __add__(self, other: ResolutionScore) -> ResolutionScore:
        return ResolutionScore(
            self.names + other.names,
            self.precision_sum + other.precision_sum,
            self.recall_sum + other.recall_sum,
            self.true_pairs + other.true_pairs,
            self.found_pairs + other.found_pairs,
            self.gold_pairs + other.gold_pairs,
        )

    @property
    def precision(self) -> float:
        """B-cubed precision; 1.0 where there is nothing to be wrong about, as for the others."""
        return self.precision_sum / self.names if self.names else 1.0

    @property
    def recall(self) -> float:
        return self.recall_sum / self.names if self.names else 1.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    @property
    def pair_precision(self) -> float:
        return self.true_pairs / self.found_pairs if self.found_pairs else 1.0

    @property
    def pair_recall(self) -> float:
        return self.true_pairs / self.gold_pairs if self.gold_pairs else 1.0

    def as_dict(self) -> dict[str, float]:
        """All ratios by the names under which they are shown, rounded to three digits."""
        ratios = {
            "B3 P": self.precision,
            "B3 R": self.recall,
            "B3 F1": self.f1,
            "pairs P": self.pair_precision,
            "pairs R": self.pair_recall,
        }
        return {name: round(value, 3) for name, value in ratios.items()}


@dataclass(frozen=True, slots=True)
class SetScore:
    """One set of the gold: its figures and the pairs that are wrong."""

    id: str
    about: str
    is_trap: bool
    score: ResolutionScore
    errors: tuple[str, ...]


def evaluate_resolution(path: Path) -> tuple[SetScore, ...]:
    """Resolve each set of a gold file by itself; raises InputError, naming the file, for a bad one."""
    return tuple(_score_set(item) for item in _load(path))


def total(sets: Iterable[SetScore]) -> ResolutionScore:
    return sum((item.score for item in sets), ResolutionScore())


def _load(path: Path) -> list[dict[str, object]]:
    try:
        loaded = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise InputError(str(path), "no resolution gold: " + str(error).splitlines()[0]) from error
    sets = loaded if isinstance(loaded, list) else []
    good = [item for item in sets if isinstance(item, dict) and isinstance(item.get("articles"), list)]
    if not good or len(good) < len(sets):
        raise InputError(str(path), "no resolution gold: not a list of sets with articles")
    return good


def _score_set(item: Mapping[str, object]) -> SetScore:
    texts = item["articles"]
    assert isinstance(texts, list)
    gold: dict[Mention, str] = {}
    extractions = []
    for number, marked in enumerate(texts):
        article, mentions = _read_marks(f"{item['id']}-{number}", marked)
        gold.update(mentions)
        extractions.append(_with_gold_names(next(extract([article], reader="rules")), tuple(mentions)))
    resolution = resolve_mentions(extractions, with_mentions=True)
    entity_of = {_span(mention): entity for mention, entity in resolution.entity_of.items()}
    found = {mention: entity_of[_span(mention)] for mention in gold}
    return SetScore(
        str(item["id"]),
        str(item.get("about", "")),
        bool(item.get("trap")),
        score_clusters(gold, found),
        tuple(_errors(gold, found)),
    )


def _span(mention: Mention) -> tuple[str, int, int, Kind]:
    return mention.article, mention.start, mention.end, mention.kind


def _read_marks(article_id: str, marked: str) -> tuple[Article, dict[Mention, str]]:
    text, mentions, position = "", {}, 0
    for match in _MARK.finditer(marked):
        text += marked[position : match.start()]
        name, cluster = match["name"], match["cluster"]
        kind = _KINDS[cluster[0]]
        mentions[Mention(article_id, len(text), len(text) + len(name), name, kind, "gold")] = cluster
        text += name
        position = match.end()
    text += marked[position:]
    article = Article(article_id, article_id, "", text, published=PartialDate(2025), origins=(Origin(0, 1),))
    return article, mentions


def _with_gold_names(found: Extraction, gold: Sequence[Mention]) -> Extraction:
    """The extraction with the marked names in place of what the extractor took for names."""
    own = {(mention.start, mention.end): mention for mention in gold}
    names = {mention.text for mention in gold}
    replaced: dict[Mention, Mention] = {}
    for mention in found.mentions:
        if mention.kind in (Kind.COUNTRY, Kind.PLACE):
            replaced[mention] = mention
        elif marked := own.get((mention.start, mention.end)):
            # A short form that the text introduces stands for its long form.
            is_short = mention.name in names and mention.name != marked.text
            replaced[mention] = replace(marked, name=mention.name) if is_short else marked
    missing = set(own) - {(mention.start, mention.end) for mention in replaced}
    mentions = {*replaced.values(), *(own[span] for span in missing)}
    return Extraction(
        found.article,
        tuple(sorted(mentions, key=lambda m: (m.start, -m.end, m.kind))),
        tuple(_moved(found.claims, replaced)),
    )


def _moved(claims: Iterable[Claim], replaced: Mapping[Mention, Mention]) -> Iterator[Claim]:
    for claim in claims:
        obj = claim.object if isinstance(claim.object, PartialDate) else replaced.get(claim.object)
        if claim.subject in replaced and obj is not None:
            yield replace(claim, subject=replaced[claim.subject], object=obj)


Item = TypeVar("Item")


def score_clusters(gold: Mapping[Item, str], found: Mapping[Item, str]) -> ResolutionScore:
    """B-cubed and pairwise counts of one partition of names against another."""
    gold_sizes, found_sizes = Counter(gold.values()), Counter(found.values())
    both = Counter((gold[mention], found[mention]) for mention in gold)
    return ResolutionScore(
        names=len(gold),
        precision_sum=sum(count * count / found_sizes[there] for (_, there), count in both.items()),
        recall_sum=sum(count * count / gold_sizes[here] for (here, _), count in both.items()),
        true_pairs=sum(count * (count - 1) // 2 for count in both.values()),
        found_pairs=sum(count * (count - 1) // 2 for count in found_sizes.values()),
        gold_pairs=sum(count * (count - 1) // 2 for count in gold_sizes.values()),
    )


def _errors(gold: Mapping[Mention, str], found: Mapping[Mention, str]) -> Iterator[str]:
    told = set()
    for left, right in combinations(gold, 2):
        same, joined = gold[left] == gold[right], found[left] == found[right]
        line = f"{'apart' if same else 'merged'}: {left.text} | {right.text}"
        if same != joined and line not in told:
            told.add(line)
            yield line
