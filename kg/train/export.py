"""Trained networks to the files that ship: ONNX with 8-bit weights, shared word embeddings, a manifest."""

from __future__ import annotations

import hashlib
import json
import shutil
from typing import TYPE_CHECKING, Any

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn

from kg.extract.reader_model import FORMAT, manifest_check
from kg.extract.reader_pairs import PREDICATES
from kg.train.network import HIDDEN, base_folder
from kg.train.weights import in_floats

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray
    from torch import Tensor

    from kg.train.network import Relations, Tagger

OPSET = 17
MANIFEST = "model.json"
LARGEST = 40_000_000
"""Bytes of all files together."""


class _Tagging(nn.Module):
    """The tagger with probabilities instead of log-odds."""

    def __init__(self, model: Tagger) -> None:
        super().__init__()
        self.model = model

    def forward(self, words: Tensor, types: Tensor) -> Tensor:
        return torch.softmax(self.model(words, types), -1)


class _Relating(nn.Module):
    """Encoder and head in one graph, for one window."""

    def __init__(self, model: Relations) -> None:
        super().__init__()
        self.model = model

    def forward(self, words: Tensor, types: Tensor, *pairs: Tensor) -> Tensor:
        logits: Tensor = self.model.head(self.model.encoder(words, types)[0], *pairs)
        return logits


def quantise_rows(weights: Tensor) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """8-bit numbers and a scale for each row."""
    rows = weights.numpy()
    scales = np.maximum(np.abs(rows).max(1), 1e-12) / 127
    return np.round(rows / scales[:, None]).astype(np.int8), scales.astype(np.float32)


def rounded_rows(weights: Tensor) -> Tensor:
    """The embeddings as the shipped reader will see them: training with these leaves no gap."""
    rows, scales = quantise_rows(weights)
    return torch.from_numpy(rows.astype(np.float32) * scales[:, None])


def export(
    tagger: Tagger,
    relations: Relations,
    embeddings: Tensor,
    folder: Path,
    *,
    manifest: dict[str, Any],
    quantised: bool = True,
) -> None:
    """Write every weight file and `model.json` into `folder`. Raises ValueError when they grow too large."""
    rows, scales = quantise_rows(embeddings)
    np.save(folder / "words.npy", rows, allow_pickle=False)
    np.save(folder / "scales.npy", scales, allow_pickle=False)
    shutil.copyfile(base_folder() / "tokenizer.json", folder / "tokenizer.json")
    words, types = torch.randn(1, 9, HIDDEN), torch.ones(1, 9, dtype=torch.long)
    _write(
        _Tagging(tagger),
        (words, types),
        folder / "tagger.onnx",
        {"words": {1: "t"}, "types": {1: "t"}},
        quantised,
    )
    pairs = (
        torch.tensor([[1, 2, 0, 1, 8], [3, 3, 1, 1, 8], [5, 6, 2, 1, 8]]),
        torch.eye(3),
        torch.tensor([[0, 1], [1, 2]]),
        torch.tensor([[2, 3], [3, 5]]),
        torch.tensor([13, 14]),
    )
    axes = {
        "words": {1: "t"},
        "types": {1: "t"},
        "spans": {0: "m"},
        "same": {0: "m", 1: "m"},
        "pairs": {0: "p"},
        "between": {0: "p"},
        "distance": {0: "p"},
    }
    _write(_Relating(relations), (words, types, *pairs), folder / "relations.onnx", axes, quantised)
    names = sorted(
        p.name for p in folder.iterdir() if p.suffix in {".onnx", ".npy"} or p.name == "tokenizer.json"
    )
    data = {name: (folder / name).read_bytes() for name in names}
    size = sum(map(len, data.values()))
    if quantised and size > LARGEST:
        raise ValueError(f"the weights are {size} bytes, more than {LARGEST}")
    complete = {
        "format": FORMAT,
        **manifest,
        "predicates": [str(predicate) for predicate in PREDICATES],
        "files": {name: hashlib.sha256(content).hexdigest() for name, content in data.items()},
    }
    write_manifest(folder, complete)


def write_manifest(folder: Path, manifest: dict[str, Any]) -> None:
    """Write `model.json` with its own hash."""
    manifest = {**manifest, "check": manifest_check(manifest)}
    text = json.dumps(manifest, indent=1, ensure_ascii=False) + "\n"
    (folder / MANIFEST).write_text(text, encoding="utf-8")


def _write(
    model: nn.Module,
    example: tuple[Tensor, ...],
    path: Path,
    axes: dict[str, dict[int, str]],
    quantised: bool,
) -> None:
    raw = path.with_suffix(".float")
    torch.onnx.export(
        model.eval(),
        example,
        str(raw),
        input_names=list(axes),
        output_names=["out"],
        dynamic_axes=axes,
        opset_version=OPSET,
        dynamo=False,
    )
    if quantised:
        options = {"MatMulConstBOnly": True}
        quantize_dynamic(
            raw, path, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True, extra_options=options
        )
        raw.unlink()
        onnx.save(in_floats(onnx.load(path)), path)
    else:
        raw.replace(path)
