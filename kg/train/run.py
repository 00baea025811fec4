"""The whole training in one function: corpus, tagger, relation model, export, calibration."""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from typing import TYPE_CHECKING

import torch
from safetensors.torch import save_file
from tokenizers import Tokenizer

from kg.errors import InputError
from kg.extract.reader_model import Model
from kg.train.calibrate import best_threshold, calibration_error, fit, score_documents
from kg.train.data import read_corpus, with_noise
from kg.train.export import export, rounded_rows, write_manifest
from kg.train.network import base_folder, load_base
from kg.train.relations import train_relations
from kg.train.tagger import train_tagger

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kg.train.config import Config
    from kg.train.data import Document

WORDS = "embeddings.word_embeddings.weight"
NOT_CALIBRATED = {"slope": 1.0, "names": 0.0, "bias": [0.0] * 15, "threshold": 0.5}


def train(
    corpus: Path,
    out: Path,
    config: Config,
    *,
    checkpoints: Path | None = None,
    report: Callable[[str], None] = print,
) -> None:
    """Train on `corpus` (see `kg.train.data`) and write the weight files into `out`.

    The last epoch is what ships; no figure of a held-out document chooses anything but the calibration.
    After each epoch the weights so far go to `checkpoints`, if given. Raises InputError where `out` cannot be
    written, before anything is trained.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(str(out), f"cannot be written ({error.strerror})") from error

    def keep(name: str) -> Callable[[int, torch.nn.Module], None]:
        def save(epoch: int, model: torch.nn.Module) -> None:
            if checkpoints:
                checkpoints.mkdir(parents=True, exist_ok=True)
                save_file(model.state_dict(), checkpoints / f"{name}.safetensors")

        return save

    torch.set_num_threads(config.threads)
    tokenizer = Tokenizer.from_file(str(base_folder() / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    documents = read_corpus(corpus, tokenizer)
    base = load_base()
    base[WORDS] = rounded_rows(base[WORDS])
    learn = [document for document in documents if document.part == "train"]
    report(f"{len(learn)} articles to learn from, {sum(len(d.text.starts) for d in learn)} words and marks")
    tagger = train_tagger(
        with_noise(learn, tokenizer, copies=config.noisy_copies, seed=config.seed),
        base,
        epochs=config.tagger_epochs,
        seed=config.seed,
        report=report,
        after_epoch=keep("tagger"),
    )
    relations = train_relations(
        learn,
        base,
        tagger,
        epochs=config.relation_epochs,
        seed=config.seed,
        report=report,
        after_epoch=keep("relations"),
    )
    manifest = {
        "version": config.version,
        "calibration": NOT_CALIBRATED,
        "training": {
            "config": asdict(config),
            "corpus": corpus_hash(corpus),
            "articles": len(learn),
            "base": "sentence-transformers/all-MiniLM-L6-v2",
            "torch": torch.__version__,
        },
    }
    export(tagger, relations, base[WORDS], out, manifest=manifest)
    calibrate(out, documents, report=report)


def calibrate(folder: Path, documents: list[Document], *, report: Callable[[str], None] = print) -> None:
    """Fit the calibration of the weights in `folder` on the documents kept for it, and write it there."""
    model = Model(folder)
    tune = [d for d in documents if d.part == "tune" and not d.is_page]
    scored, gold = score_documents(model, tune)
    calibration = fit(scored)
    calibration["threshold"] = best_threshold(calibration, scored, gold)
    error = calibration_error(calibration, scored)
    report(f"calibration error {error:.3f}, keep from {calibration['threshold']}")
    write_manifest(folder, {**model.manifest, "calibration": calibration})


def corpus_hash(corpus: Path) -> str:
    """One hash over the names and bytes of all files of the corpus."""
    total = hashlib.sha256()
    for path in sorted(p for p in corpus.rglob("*") if p.suffix in {".json", ".txt"}):
        total.update(path.relative_to(corpus).as_posix().encode() + b"\0" + path.read_bytes())
    return total.hexdigest()
