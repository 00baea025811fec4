"""Build every gold document by itself and measure the result: the figures of `kg eval`."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from kg.errors import InputError
from kg.extract import DEFAULT_READER, extract
from kg.gold import gold_paths, load_gold
from kg.graph import build_graph
from kg.ingest import read
from kg.resolve import resolve
from kg.score import Score, score_document
from kg.vocab import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from kg.gold import Gold
    from kg.model import Article, Extraction
    from kg.score import DocumentScore
    from kg.vocab import Predicate


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The scores of all documents, and their sums."""

    documents: tuple[DocumentScore, ...]

    @property
    def entities(self) -> Score:
        return _total(self.types.values())

    @property
    def strict(self) -> Score:
        return _total(document.strict for document in self.documents)

    @property
    def relaxed(self) -> Score:
        return _total(document.relaxed for document in self.documents)

    @property
    def types(self) -> dict[Kind, Score]:
        return {kind: _total(document.types[kind] for document in self.documents) for kind in Kind}

    @property
    def predicates(self) -> dict[Predicate, Score]:
        """By name, without those that neither gold nor graph use."""
        used = {predicate for document in self.documents for predicate in document.predicates}
        return {
            predicate: _total(document.predicates.get(predicate, Score()) for document in self.documents)
            for predicate in sorted(used)
        }

    def as_dict(self) -> dict[str, object]:
        """All figures, rounded to three digits, ready for JSON."""
        return {
            "entities": self.entities.as_dict(),
            "strict": self.strict.as_dict(),
            "relaxed": self.relaxed.as_dict(),
            "types": {str(kind): score.as_dict() for kind, score in self.types.items()},
            "predicates": {str(predicate): score.as_dict() for predicate, score in self.predicates.items()},
            "documents": {document.doc: document.strict.as_dict() for document in self.documents},
        }


def _total(scores: Iterable[Score]) -> Score:
    return sum(scores, Score())


DRAWS = 2000
"""Of the documents, for one interval."""


def intervals(scores: Sequence[Score]) -> dict[str, tuple[float, float]]:
    """The 95 % intervals of precision, recall and F1 (`p`, `r`, `f1`) by bootstrap over documents.

    `scores` has one of each document. The percentile method (Efron 1979), with the same draws every time.
    """
    counts = np.array([(score.hit, score.false, score.missed) for score in scores], dtype=np.float64)
    draws = np.random.default_rng(0).integers(0, len(counts), (DRAWS, len(counts)))
    hit, false, missed = counts[draws].sum(1).T
    ratios = {
        "p": hit / np.maximum(hit + false, 1),
        "r": hit / np.maximum(hit + missed, 1),
        "f1": 2 * hit / np.maximum(2 * hit + false + missed, 1),
    }
    bounds = {name: np.percentile(values, (2.5, 97.5)) for name, values in ratios.items()}
    return {name: (float(low), float(high)) for name, (low, high) in bounds.items()}


def calibration_error(judged: Iterable[tuple[float, bool]], *, bins: int = 10) -> float:
    """Expected calibration error: the mean gap of belief and share of right facts, over equal bins."""
    rows = sorted(judged)
    gaps = (
        abs(sum(belief for belief, _ in part) - sum(right for _, right in part))
        for part in in_bins(rows, bins=bins)
    )
    return sum(gaps) / max(len(rows), 1)


def in_bins(judged: Iterable[tuple[float, bool]], *, bins: int = 10) -> list[list[tuple[float, bool]]]:
    """Facts by their belief, in equal bins from 0 to 1."""
    parts: list[list[tuple[float, bool]]] = [[] for _ in range(bins)]
    for belief, right in judged:
        parts[min(int(belief * bins), bins - 1)].append((belief, right))
    return parts


def evaluate(
    gold_dir: Path,
    *,
    texts: Path | None = None,
    reader: str = DEFAULT_READER,
    min_confidence: float = 0.0,
    on_progress: Callable[[str, int, int], None] | None = None,
) -> Evaluation:
    """Build each DOC.json of `gold_dir` from its DOC.txt (in `texts`, or beside it) and score the graph.

    `on_progress` hears after each document "evaluate", how many are done, and of how many. Raises
    InputError for gold that breaks its rules and for a text that is missing or cannot be read.
    """
    documents = load_documents(gold_dir, texts)
    extractions = extract_documents(documents, reader=reader)
    scores = []
    for document, found in zip(documents, extractions, strict=True):
        scores.append(score_extractions(document, found, min_confidence=min_confidence))
        if on_progress:
            on_progress("evaluate", len(scores), len(documents))
    return Evaluation(tuple(scores))


class Document(NamedTuple):
    """A gold document and the articles that its text holds."""

    gold: Gold
    articles: tuple[Article, ...]


def load_documents(gold_dir: Path, texts: Path | None = None) -> list[Document]:
    """Every DOC.json of `gold_dir` with its DOC.txt (in `texts`, or beside it); raises as `evaluate` does."""
    return [_load(path, texts or path.parent) for path in gold_paths(gold_dir)]


def _load(path: Path, texts: Path) -> Document:
    text_path = texts / f"{path.stem}.txt"
    reading = read([text_path])
    if reading.skipped:
        raise InputError(str(text_path), reading.skipped[0].problem)
    return Document(load_gold(path, text_path.read_text(encoding="utf-8")), tuple(reading.articles))


def extract_documents(
    documents: Sequence[Document], *, reader: str = DEFAULT_READER
) -> Iterator[tuple[Extraction, ...]]:
    """What is found in each document."""
    # One stream of articles through one pipeline: starting the extractor costs more than a document.
    everything = (article for document in documents for article in document.articles)
    extractions = iter(extract(everything, reader=reader))
    for document in documents:
        yield tuple(islice(extractions, len(document.articles)))


def score_extractions(
    document: Document, extractions: Iterable[Extraction], *, min_confidence: float = 0.0
) -> DocumentScore:
    """The score of the graph that these extractions give, without what is believed less."""
    return score_document(document.gold, build_graph(resolve(extractions, min_confidence=min_confidence)))
