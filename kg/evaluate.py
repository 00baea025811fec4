"""Build every gold document by itself and measure the result: the figures of `kg eval`."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from kg.errors import InputError
from kg.extract import DEFAULT_READER, extract
from kg.gold import gold_paths, load_gold
from kg.graph import build_graph
from kg.ingest import read
from kg.resolve import resolve
from kg.score import Score, score_document
from kg.vocab import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from kg.gold import Gold
    from kg.model import Article
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
    # One stream of articles through one pipeline: starting the extractor costs more than a document.
    everything = (article for _, articles in documents for article in articles)
    extractions = iter(extract(everything, reader=reader, min_confidence=min_confidence))
    scores = []
    for gold, articles in documents:
        graph = build_graph(resolve(islice(extractions, len(articles))))
        scores.append(score_document(gold, graph))
        if on_progress:
            on_progress("evaluate", len(scores), len(documents))
    return Evaluation(tuple(scores))


def load_documents(gold_dir: Path, texts: Path | None = None) -> list[tuple[Gold, tuple[Article, ...]]]:
    """The gold of each document and the articles of its text, in the order of the file names."""
    return [_load(path, texts or path.parent) for path in gold_paths(gold_dir)]


def _load(path: Path, texts: Path) -> tuple[Gold, tuple[Article, ...]]:
    text_path = texts / f"{path.stem}.txt"
    reading = read([text_path])
    if reading.skipped:
        raise InputError(str(text_path), reading.skipped[0].problem)
    return load_gold(path, text_path.read_text(encoding="utf-8")), reading.articles
