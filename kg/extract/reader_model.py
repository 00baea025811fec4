"""The shipped networks: loaded once, verified, run window by window with onnxruntime.

Every window is run by itself, so a result never depends on what else is read at the same time. Threads work
on different windows; each window's arithmetic stays on one thread.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from kg.errors import KgError
from kg.extract.reader_pairs import PREDICATES, candidates, mark
from kg.extract.reader_spans import LAYERS, TAGS
from kg.extract.reader_text import model_input, windows

if TYPE_CHECKING:
    from collections.abc import Sequence
    from importlib.resources.abc import Traversable

    from numpy.typing import NDArray

    from kg.extract.reader_pairs import Pairs
    from kg.extract.reader_spans import Span
    from kg.extract.reader_text import Text, Window

FORMAT = 1
"""Of the weight files; one that this code does not know is refused."""
TAG_WINDOW, TAG_OVERLAP = 256, 48
RELATION_WINDOW, RELATION_OVERLAP = 448, 96
"""In word pieces."""


class ModelError(KgError):
    """A weight file that is missing, damaged, or of another version."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A relation that may hold between two of a text's spans, which are given by their index."""

    subject: int
    object: int
    predicate: int
    score: float
    """Log-odds, not calibrated."""


class Model:
    """The tokenizer, the shared word embeddings, the tagger and the relation model."""

    def __init__(self, folder: Traversable, *, threads: int | None = None) -> None:
        """Read the weights in `folder`; raise ModelError, naming the file, when they are not sound.

        `threads` defaults to the cores that this process may use.
        """
        self.manifest = read_manifest(folder)
        read = partial(_verified, folder, self.manifest)
        self.tokenizer = Tokenizer.from_buffer(read("tokenizer.json"))
        self.tokenizer.no_truncation()
        self.tokenizer.no_padding()
        self._words = np.load(io.BytesIO(read("words.npy")), allow_pickle=False)
        self._scales = np.load(io.BytesIO(read("scales.npy")), allow_pickle=False)
        self._tagger = _session(read("tagger.onnx"))
        self._relations = _session(read("relations.onnx"))
        self._pool = ThreadPoolExecutor(threads or _cores())

    def _embed(self, pieces: NDArray[np.int64]) -> NDArray[np.float32]:
        """Word embeddings [pieces, 384]: rows of 8-bit numbers, each with its scale."""
        rows: NDArray[np.float32] = self._words[pieces].astype(np.float32) * self._scales[pieces, None]
        return rows

    def tag(self, text: Text) -> NDArray[np.float32]:
        """Probabilities [words, layers, tags]; where windows overlap, the mean."""
        sums = np.zeros((len(text.starts), LAYERS, TAGS), dtype=np.float32)
        times = np.zeros(len(text.starts), dtype=np.float32)
        places = windows(text, TAG_WINDOW, TAG_OVERLAP)
        for window, found in zip(places, self._pool.map(partial(self._tag, text), places), strict=True):
            sums[window.first : window.stop] += found
            times[window.first : window.stop] += 1
        mean: NDArray[np.float32] = sums / np.maximum(times, 1).astype(np.float32)[:, None, None]
        return mean

    def _tag(self, text: Text, window: Window) -> NDArray[np.float32]:
        pieces, types = model_input(text, window, text.shapes)
        (found,) = self._tagger.run(None, {"words": self._embed(pieces)[None], "types": types[None]})
        rows: NDArray[np.float32] = found[0, text.first[window.first : window.stop] - window.start + 1]
        return rows

    def relate(self, text: Text, spans: Sequence[Span], *, floor: float) -> list[Candidate]:
        """Relations with log-odds of at least `floor`; the best where windows overlap. Sorted."""
        types = mark(text, spans)
        best: dict[tuple[int, int, int], float] = {}
        places = windows(text, RELATION_WINDOW, RELATION_OVERLAP)
        run = partial(self._relate, text, spans, types, floor)
        for found in self._pool.map(run, places):
            for key, score in found:
                best[key] = max(score, best.get(key, floor))
        return [Candidate(*key, score) for key, score in sorted(best.items())]

    def _relate(
        self, text: Text, spans: Sequence[Span], types: NDArray[np.int64], floor: float, window: Window
    ) -> list[tuple[tuple[int, int, int], float]]:
        pairs = candidates(text, spans, window)
        if not len(pairs.pairs):
            return []
        pieces, marked = model_input(text, window, types)
        inputs = {"words": self._embed(pieces)[None], "types": marked[None], **pair_inputs(pairs)}
        (scores,) = self._relations.run(None, inputs)
        keep = pairs.allowed & (scores >= floor)
        subjects, objects = pairs.index[pairs.pairs[:, 0]], pairs.index[pairs.pairs[:, 1]]
        return [
            ((int(subjects[row]), int(objects[row]), int(predicate)), float(scores[row, predicate]))
            for row, predicate in np.argwhere(keep)
        ]


def pair_inputs(pairs: Pairs) -> dict[str, NDArray[Any]]:
    """The relation model's inputs beside the words and their types, by name."""
    return {
        "spans": pairs.spans,
        "same": pairs.same,
        "pairs": pairs.pairs,
        "between": pairs.between,
        "distance": pairs.distance,
    }


def read_manifest(folder: Traversable) -> dict[str, Any]:
    """What `model.json` says: the version, the hash of every other file, calibration, how it was trained."""
    file = folder / "model.json"
    try:
        manifest = json.loads(file.read_bytes())
    except OSError as error:
        raise ModelError(f"{file}: the reader's weights cannot be read ({error.strerror})") from error
    except ValueError as error:
        raise ModelError(f"{file}: damaged, this is no JSON") from error
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise ModelError(f"{file}: not the weights of this version of kgazette")
    if manifest.get("predicates") != [str(predicate) for predicate in PREDICATES]:
        raise ModelError(f"{file}: these weights were trained for other predicates")
    if manifest.get("check") != manifest_check(manifest):
        raise ModelError(f"{file}: damaged or changed, it does not agree with its own hash")
    return manifest


def manifest_check(manifest: dict[str, Any]) -> str:
    """The hash of a manifest's content, which it carries as `check`."""
    content = {key: value for key, value in manifest.items() if key != "check"}
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def _verified(folder: Traversable, manifest: dict[str, Any], name: str) -> bytes:
    file = folder / name
    try:
        data = file.read_bytes()
    except OSError as error:
        raise ModelError(f"{file}: the reader's weights cannot be read ({error.strerror})") from error
    if hashlib.sha256(data).hexdigest() != manifest.get("files", {}).get(name):
        raise ModelError(f"{file}: damaged or swapped, its hash is not the one in model.json")
    return data


def _session(data: bytes) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # Weights are stored in 8 bits, the arithmetic stays in floats: the same answers on every processor.
    options.add_session_config_entry("session.disable_quant_qdq", "1")
    return onnxruntime.InferenceSession(data, options, providers=["CPUExecutionProvider"])


def _cores() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on macOS, not on Windows
        return os.cpu_count() or 1


@cache
def shipped_model(*, threads: int | None = None) -> Model:
    """The model that ships with the package; loaded once."""
    return Model(files("kg").joinpath("extract", "weights"), threads=threads)
