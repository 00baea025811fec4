"""How sure is sure? Scores of the relation model against what is right in documents kept out of training.

Platt scaling (Platt 1999) with a bias for each predicate and, beside the score, the tagger's probability of
the two names: a fact about a doubtful name is a doubtful fact.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import torch
from torch.nn import functional

from kg.extract.reader import without_long_lists
from kg.extract.reader_pairs import KINDS, PREDICATES
from kg.extract.reader_rules import country_name, find_spans
from kg.extract.reader_spans import COUNTRY, DATE, name_confidence, normal
from kg.gold import canonical
from kg.vocab import Predicate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.extract.reader_model import Model
    from kg.extract.reader_spans import Span
    from kg.extract.reader_text import Text
    from kg.train.data import Document

FLOOR = -4.0
"""Log-odds from which on a candidate is looked at."""
STIFFNESS = 0.02
"""How strongly a predicate's bias is held to the mean of all."""


@dataclass(frozen=True, slots=True)
class Scored:
    """One fact that the model proposes for a document."""

    predicate: int
    score: float
    names: float
    """Log of the tagger's probability of the less certain name."""
    right: bool


def score_documents(model: Model, documents: Sequence[Document]) -> tuple[list[Scored], int]:
    """Every proposed fact of these documents, optional ones left out, and how many facts the gold has."""
    scored: list[Scored] = []
    for document in documents:
        scored.extend(_score(model, document))
    return scored, sum(len(document.gold["facts"]) for document in documents)


def _score(model: Model, document: Document) -> list[Scored]:
    text = document.text
    spans = find_spans(text, model.tag(text), document.published)
    ids = _gold_ids(text, spans, document.gold["entities"])
    sure = name_confidence(spans)
    best: dict[tuple[str, int, str], tuple[float, float]] = {}
    for candidate in without_long_lists(spans, model.relate(text, spans, floor=FLOOR)):
        subject, obj = spans[candidate.subject].group, spans[candidate.object].group
        if PREDICATES[candidate.predicate].is_symmetric:
            subject, obj = sorted((subject, obj))
        names = math.log(min(sure[subject], sure[obj]))
        key = (subject, candidate.predicate, obj)
        best[key] = max(best.get(key, (FLOOR, names)), (candidate.score, names))
    known = {
        kind: {canonical(f["s"], Predicate(f["p"]), f["o"]) for f in document.gold.get(kind, [])}
        for kind in ("facts", "optional")
    }
    out = []
    for (subject, number, obj), (score, names) in best.items():
        triple = canonical(ids.get(subject, "?"), PREDICATES[number], ids.get(obj, "?"))
        if triple not in known["optional"]:
            out.append(Scored(number, score, names, triple in known["facts"]))
    return out


def _gold_ids(text: Text, spans: Sequence[Span], entities: list[dict[str, Any]]) -> dict[str, str]:
    """The gold entity that each group of spans stands for; a date stands for itself."""
    by_name: dict[tuple[str, str], str] = {}
    for entity in entities:
        also = entity.get("also_type") or []
        for kind in (entity["type"], *([also] if isinstance(also, str) else also)):
            for name in [*entity["names"], *entity.get("split_names", [])]:
                key = country_name(name) if kind == "Country" else normal(name)
                by_name.setdefault((kind, key), entity["id"])
    found: dict[str, str] = {}
    for span in spans:
        if span.kind == DATE:
            found[span.group] = span.value
            continue
        if span.reference:
            continue
        name = span.value if span.kind == COUNTRY else normal(text.quote(span.first, span.last))
        entity_id = by_name.get((str(KINDS[span.kind]), name))
        if entity_id:
            found.setdefault(span.group, entity_id)
    return found


def fit(scored: Sequence[Scored]) -> dict[str, Any]:
    """Slopes and biases under which the confidence is the share of right facts."""
    predicates = torch.tensor([s.predicate for s in scored])
    scores = torch.tensor([s.score for s in scored])
    names = torch.tensor([s.names for s in scored])
    right = torch.tensor([float(s.right) for s in scored])
    slopes = torch.tensor([1.0, 1.0], requires_grad=True)
    mean = torch.zeros((), requires_grad=True)
    offsets = torch.zeros(len(PREDICATES), requires_grad=True)
    optim = torch.optim.LBFGS([slopes, mean, offsets], max_iter=200, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optim.zero_grad()
        logits = slopes[0] * scores + slopes[1] * names + mean + offsets[predicates]
        value = functional.binary_cross_entropy_with_logits(logits, right)
        value = value + STIFFNESS * (offsets**2).sum() / len(PREDICATES)
        value.backward()
        return value

    optim.step(loss)
    return {
        "slope": round(slopes[0].item(), 4),
        "names": round(slopes[1].item(), 4),
        "bias": [round((mean + offset).item(), 4) for offset in offsets],
    }


def confidence(calibration: dict[str, Any], scored: Scored) -> float:
    """The share of right facts among those like this one."""
    logit = calibration["slope"] * scored.score + calibration["names"] * scored.names
    return 1 / (1 + math.exp(-(logit + calibration["bias"][scored.predicate])))


def best_threshold(calibration: dict[str, Any], scored: Sequence[Scored], gold: int) -> float:
    """The confidence from which on facts are kept, for the highest F1."""
    sure = sorted(((confidence(calibration, s), s.right) for s in scored), reverse=True)
    hits, best, threshold = 0, 0.0, 0.5
    for count, (value, right) in enumerate(sure, start=1):
        hits += right
        f1 = 2 * hits / (count + gold)
        if f1 > best:
            best, threshold = f1, value
    return round(threshold, 2)


def calibration_error(calibration: dict[str, Any], scored: Sequence[Scored], *, bins: int = 10) -> float:
    """Expected calibration error: the mean gap of confidence and share of right facts, over equal bins."""
    binned: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for s in scored:
        value = confidence(calibration, s)
        binned[min(int(value * bins), bins - 1)].append((value, s.right))
    gaps = (abs(sum(v for v, _ in rows) - sum(r for _, r in rows)) for rows in binned.values())
    return sum(gaps) / max(len(scored), 1)
