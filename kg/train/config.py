"""What a training run depends on, beside the corpus and the base model. Needs no PyTorch."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Config:
    """The defaults are those of the weights that ship."""

    version: str = "2"
    seed: int = 1
    noisy_copies: int = 2
    """Copies of every article with page noise, for the tagger; they do not help the relation model."""
    tagger_epochs: int = 4
    """An epoch reads every article and every copy."""
    relation_epochs: int = 12
    threads: int = 1
    """More are faster, but sums in another order give slightly other weights."""


DEFAULT = Config()
