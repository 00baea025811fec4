"""Training the relation model: gold spans marked in the text, with some false ones among them."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch.nn import functional

from kg.extract.reader_pairs import PREDICATES, Pairs, candidates, mark
from kg.extract.reader_spans import COUNTRY, DATE, INSTITUTION, PLACE, PROJECT, Span
from kg.extract.reader_text import MASK, model_input, window
from kg.train.network import Relations
from kg.train.tagger import batches, optimiser, padded

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray
    from torch import Tensor

    from kg.extract.reader_text import Text, Window
    from kg.train.data import Document
    from kg.train.network import Tagger

WINDOW = (224, 460)
"""Pieces of a training window, drawn anew each time."""
FALSE_SPANS = 1.5
"""How many spans that are no names are marked in a window, on average: the tagger, too, will err."""
HIDE = 0.15
"""How often a name's pieces are replaced by [MASK], so that its context must tell the relation."""
MISREAD = 0.04
"""How often a thing is marked with the wrong kind."""
OTHER = {INSTITUTION: PROJECT, PROJECT: INSTITUTION}
MAX_PAIRS = 600


@dataclass(frozen=True, slots=True)
class Example:
    pieces: NDArray[np.int64]
    types: NDArray[np.int64]
    pairs: Pairs
    labels: NDArray[np.float32]
    """[p, predicates]"""
    weights: NDArray[np.float32]
    """[p, predicates]: 0 where the kinds forbid the predicate or the label is not known."""


def random_windows(text: Text, rng: random.Random) -> list[Window]:
    """Windows of whole sentences of random size, neighbours sharing up to two sentences."""
    count, begin, out = len(text.bounds) - 1, 0, []
    while begin < count:
        size, end = rng.randint(*WINDOW), begin + 1
        start = text.first[text.bounds[begin]]
        while end < count and text.last[text.bounds[end + 1] - 1] - start < size:
            end += 1
        out.append(window(text, begin, end))
        if end >= count:
            break
        begin = max(begin + 1, end - rng.randint(0, 2))
    return out


def false_spans(document: Document) -> list[Span]:
    """Runs of capitalised words that are no name: persons, headings, first words of sentences."""
    text = document.text
    named = np.zeros(len(text.starts), dtype=bool)
    for span in document.spans:
        named[span.first : span.last + 1] = True
    capital = np.array([text.text[start].isupper() for start in text.starts], dtype=bool) & ~named
    out, index = [], 0
    while index < len(capital):
        last = index
        while (
            last + 1 < len(capital) and capital[last + 1] and text.sentence[last + 1] == text.sentence[index]
        ):
            last += 1
        if capital[index]:
            out.append(Span(index, last, PROJECT, group=f"false:{index}"))
        index = last + 1
    return out


def example(document: Document, where: Window, false: Sequence[Span], rng: random.Random) -> Example:
    """One window with its labels."""
    inside = [s for s in false if where.first <= s.first and s.last < where.stop]
    count = min(len(inside), int(np.random.default_rng(rng.getrandbits(32)).poisson(FALSE_SPANS)))
    extra = [
        Span(s.first, s.last, rng.choice((INSTITUTION, PROJECT, PROJECT, PLACE)), group=s.group)
        for s in rng.sample(inside, count)
    ]
    known, wrong = _misread(document.spans, rng)
    text, spans = document.text, [*known, *extra]
    pairs = candidates(text, spans, where)
    pieces, types = model_input(text, where, mark(text, spans))
    for first, last, kind in pairs.spans[:, :3]:
        if kind not in (COUNTRY, DATE) and rng.random() < HIDE:
            pieces[first : last + 1] = MASK
    rows = {(int(pairs.index[a]), int(pairs.index[b])): row for row, (a, b) in enumerate(pairs.pairs)}
    labels = np.zeros((len(rows), len(PREDICATES)), dtype=np.float32)
    weights = pairs.allowed.astype(np.float32)
    for i, j, predicate in document.unknown:
        if (i, j) in rows and not wrong & {i, j}:
            weights[rows[i, j], predicate] = 0
    for i, j, predicate in document.positive:
        if (i, j) in rows and not wrong & {i, j}:
            labels[rows[i, j], predicate] = 1
    if len(rows) > MAX_PAIRS:
        chosen = set(rng.sample(range(len(rows)), MAX_PAIRS)) | set(np.flatnonzero(labels.any(1)).tolist())
        keep = np.array(sorted(chosen))
        labels, weights = labels[keep], weights[keep]
        pairs = Pairs(
            pairs.index,
            pairs.spans,
            pairs.same,
            pairs.pairs[keep],
            pairs.between[keep],
            pairs.distance[keep],
            pairs.allowed[keep],
        )
    return Example(pieces, types, pairs, labels, weights)


def _misread(spans: Sequence[Span], rng: random.Random) -> tuple[list[Span], set[int]]:
    """The spans with some institutions taken for projects and the reverse, and the indices of those.

    No fact holds of a thing of the wrong kind; the model shall learn to see from the text that it is wrong.
    """
    groups = sorted({span.group for span in spans if span.kind in OTHER})
    chosen = {group for group in groups if rng.random() < MISREAD}
    wrong = {i for i, span in enumerate(spans) if span.group in chosen and span.kind in OTHER}
    return [replace(s, kind=OTHER[s.kind]) if i in wrong else s for i, s in enumerate(spans)], wrong


def head_inputs(pairs: Pairs) -> list[Tensor]:
    """The arguments of `PairHead.forward` after the encoder's output."""
    arrays = (pairs.spans, pairs.same, pairs.pairs, pairs.between, pairs.distance)
    return [torch.from_numpy(array) for array in arrays]


def train_relations(
    documents: Sequence[Document],
    base: dict[str, Tensor],
    tagger: Tagger,
    *,
    epochs: int,
    seed: int,
    rates: tuple[float, float] = (8e-5, 8e-4),
    batch: int = 2,
    report: Callable[[str], None] = print,
    after_epoch: Callable[[int, Relations], None] | None = None,
) -> Relations:
    """Train on these documents' gold spans, beginning with the tagger's encoder."""
    rng = random.Random(seed)
    torch.manual_seed(seed)
    embeddings = base["embeddings.word_embeddings.weight"]
    model = Relations()
    model.start_from(tagger)
    false = {id(document): false_spans(document) for document in documents}
    count = sum(len(random_windows(document.text, rng)) for document in documents)
    steps = epochs * count // batch
    optim, schedule = optimiser(model.encoder, [model.head], rates=rates, steps=steps)
    for epoch in range(epochs):
        model.train()
        losses: dict[str, float] = defaultdict(float)
        places = [(document, where) for document in documents for where in random_windows(document.text, rng)]
        for group in batches(places, batch, lambda item: item[1].end - item[1].start, rng):
            built = [example(document, where, false[id(document)], rng) for document, where in group]
            words = embeddings[padded([e.pieces.tolist() for e in built])]
            mask = padded([[1] * len(e.pieces) for e in built]).bool()
            with torch.autocast("cpu", torch.bfloat16):
                vectors = model.encoder(words, padded([e.types.tolist() for e in built]), mask)
            pairs = sum(len(e.labels) for e in built)
            if not pairs:
                continue
            total = torch.zeros(())
            for row, e in zip(vectors.float(), built, strict=True):
                if len(e.labels):
                    logits = model.head(row, *head_inputs(e.pairs))
                    loss = functional.binary_cross_entropy_with_logits(
                        logits,
                        torch.from_numpy(e.labels),
                        weight=torch.from_numpy(e.weights),
                        reduction="sum",
                    )
                    total = total + loss
            optim.zero_grad()
            (3 * total / pairs).backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optim.step()
            schedule.step()
            losses["sum"] += total.item()
            losses["pairs"] += pairs
        report(f"relations epoch {epoch + 1}: loss {losses['sum'] / losses['pairs']:.4f}")
        if after_epoch:
            after_epoch(epoch, model)
    return model.eval()
