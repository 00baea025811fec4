"""Training the tagger: sentences packed into windows, names swapped for others of their kind."""

from __future__ import annotations

import random
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, TypeVar

import torch
from torch.nn import functional

from kg.extract.reader_spans import COUNTRY, LAYERS, TAGS
from kg.extract.reader_text import CLS, SEP
from kg.train.data import tags
from kg.train.network import Tagger

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from torch import Tensor

    from kg.train.data import Document

WINDOW = (60, 300)
"""Pieces of a training window: drawn anew each time, so that the tagger meets every length."""
SWAP, TITLE_CASE, UPPER_CASE, CROP = 0.35, 0.06, 0.03, 0.06
"""How often a name is swapped; how often a sentence is set as a heading, in capitals, or cut off."""
IGNORE = -100
LONGEST = 500


@dataclass(frozen=True, slots=True)
class Word:
    pieces: tuple[int, ...]
    shape: int
    tags: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Example:
    pieces: list[int]
    shapes: list[int]
    tags: list[tuple[int, int]]


def sentences(document: Document) -> list[list[Word]]:
    """The words of each sentence with their gold tags."""
    text, gold = document.text, tags(document)
    words = [
        Word(
            tuple(int(piece) for piece in text.pieces[first : last + 1]),
            int(text.shapes[first]),
            (int(gold[index, 0]), int(gold[index, 1])),
        )
        for index, (first, last) in enumerate(zip(text.first, text.last, strict=True))
    ]
    return [words[a:b] for a, b in pairwise(text.bounds)]


def names(sentence: Sequence[Word]) -> list[tuple[int, int, int]]:
    """First word, last word and kind of each outer name."""
    out, index = [], 0
    while index < len(sentence):
        tag, first = sentence[index].tags[0], index
        index += 1
        if tag % 2 == 1:
            while index < len(sentence) and sentence[index].tags[0] == tag + 1:
                index += 1
            out.append((first, index - 1, (tag - 1) // 2))
    return out


def augment(sentence: list[Word], pool: dict[int, list[list[Word]]], rng: random.Random) -> list[Word]:
    """The sentence with some names swapped, and now and then set as a heading, in capitals, or cut off."""
    out: list[Word] = []
    done = 0
    for first, last, kind in names(sentence):
        out += sentence[done:first]
        swap = kind != COUNTRY and rng.random() < SWAP
        out += rng.choice(pool[kind]) if swap else sentence[first : last + 1]
        done = last + 1
    out += sentence[done:]
    chance = rng.random()
    if chance < TITLE_CASE:
        if len(out) < 16:
            out = [Word(w.pieces, {1: 2}.get(w.shape, w.shape), w.tags) for w in out]
    elif chance < TITLE_CASE + UPPER_CASE:
        out = [Word(w.pieces, {1: 3, 2: 3, 4: 3}.get(w.shape, w.shape), w.tags) for w in out]
    elif chance < TITLE_CASE + UPPER_CASE + CROP and len(out) > 8:
        at = rng.randint(1, len(out) - 4)
        if out[at].tags[0] % 2 == 1 or out[at].tags[0] == 0:
            out = out[at:] if rng.random() < 0.5 else out[:at]
    return out


def examples(
    documents: Sequence[list[list[Word]]], pool: dict[int, list[list[Word]]], rng: random.Random
) -> list[Example]:
    """One epoch: the augmented sentences of each document packed into windows of random size."""
    out = []
    for document in documents:
        window = Example([CLS], [0], [(IGNORE, IGNORE)])
        size = rng.randint(*WINDOW)
        for sentence in document:
            words = augment(sentence, pool, rng)
            length = sum(len(word.pieces) for word in words)
            if len(window.pieces) > 1 and len(window.pieces) + length > size:
                out.append(window)
                window, size = Example([CLS], [0], [(IGNORE, IGNORE)]), rng.randint(*WINDOW)
            for word in words:
                rest = len(word.pieces) - 1
                window.pieces.extend(word.pieces)
                window.shapes.extend([word.shape] * (rest + 1))
                window.tags.extend([word.tags] + [(IGNORE, IGNORE)] * rest)
        out.append(window)
    return [_closed(window) for window in out]


def _closed(window: Example) -> Example:
    """The window with [SEP] at its end, cut to what the encoder can hold."""
    return Example(
        [*window.pieces[:LONGEST], SEP],
        [*window.shapes[:LONGEST], 0],
        [*window.tags[:LONGEST], (IGNORE, IGNORE)],
    )


T = TypeVar("T")


def batches(items: Sequence[T], size: int, length: Callable[[T], int], rng: random.Random) -> list[list[T]]:
    """Batches of like length, in random order."""
    order = list(items)
    rng.shuffle(order)
    order.sort(key=lambda item: length(item) // 40)
    out = [order[k : k + size] for k in range(0, len(order), size)]
    rng.shuffle(out)
    return out


def padded(rows: Sequence[Sequence[int]], fill: int = 0) -> Tensor:
    width = max(map(len, rows))
    return torch.tensor([[*row, *[fill] * (width - len(row))] for row in rows])


def optimiser(
    encoder: torch.nn.Module, head: Sequence[torch.nn.Module], *, rates: tuple[float, float], steps: int
) -> tuple[torch.optim.Optimizer, torch.optim.lr_scheduler.LRScheduler]:
    """AdamW; a rate for the encoder, one for the head; both rise over a tenth of the steps, then fall."""
    groups = [
        {"params": list(encoder.parameters()), "lr": rates[0]},
        {"params": [p for module in head for p in module.parameters()], "lr": rates[1]},
    ]
    optim = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)

    def rate(step: int) -> float:
        return min(1.0, (step + 1) / (0.1 * steps)) * max(0.01, 1 - step / steps)

    return optim, torch.optim.lr_scheduler.LambdaLR(optim, rate)


def train_tagger(
    documents: Sequence[Document],
    base: dict[str, Tensor],
    *,
    epochs: int,
    seed: int,
    rates: tuple[float, float] = (1e-4, 1e-3),
    batch: int = 4,
    report: Callable[[str], None] = print,
    after_epoch: Callable[[int, Tagger], None] | None = None,
) -> Tagger:
    """Train on these documents; the result depends on the arguments alone (and the machine's arithmetic)."""
    rng = random.Random(seed)
    torch.manual_seed(seed)
    embeddings = base["embeddings.word_embeddings.weight"]
    model = Tagger()
    model.encoder.load_base(base)
    cut = [sentences(document) for document in documents]
    pool: dict[int, list[list[Word]]] = {}
    for sentence in (s for document in cut for s in document):
        for first, last, kind in names(sentence):
            pool.setdefault(kind, []).append(sentence[first : last + 1])
    steps = epochs * len(examples(cut, pool, rng)) // batch
    optim, schedule = optimiser(model.encoder, [model.tags], rates=rates, steps=steps)
    for epoch in range(epochs):
        model.train()
        losses = []
        for group in batches(examples(cut, pool, rng), batch, lambda e: len(e.pieces), rng):
            words = embeddings[padded([e.pieces for e in group])]
            mask = padded([[1] * len(e.pieces) for e in group]).bool()
            width = max(len(e.tags) for e in group)
            target = torch.tensor([e.tags + [(IGNORE, IGNORE)] * (width - len(e.tags)) for e in group])
            with torch.autocast("cpu", torch.bfloat16):
                logits = model(words, padded([e.shapes for e in group]), mask)
            loss = functional.cross_entropy(
                logits.float().reshape(-1, TAGS), target.reshape(-1), ignore_index=IGNORE
            )
            optim.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optim.step()
            schedule.step()
            losses.append(loss.item())
        report(f"tagger epoch {epoch + 1}: loss {sum(losses) / len(losses):.4f}")
        if after_epoch:
            after_epoch(epoch, model)
    return model.eval()


assert LAYERS == 2
