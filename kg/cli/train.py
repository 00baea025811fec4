"""`kg train`: the trained reader's weights, made anew from a gold corpus."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg.cli.output import PATH
from kg.errors import KgError
from kg.train.config import DEFAULT, Config

if TYPE_CHECKING:
    from pathlib import Path


@click.command("train")
@click.argument("corpus", type=PATH)
@click.argument("out", type=PATH)
@click.option("--version", default=DEFAULT.version, help="What the weights call themselves in the graph.")
@click.option("--seed", default=DEFAULT.seed, show_default=True, help="Where chance begins.")
@click.option(
    "--threads", type=click.IntRange(min=1), default=DEFAULT.threads, show_default=True, help="Of PyTorch."
)
@click.option("--checkpoints", type=PATH, help="Folder for the networks after each epoch.")
def train(corpus: Path, out: Path, version: str, seed: int, threads: int, checkpoints: Path | None) -> None:
    """Train the reader on the gold files of CORPUS and write the weight files into OUT.

    Needs the extra kgazette[train] and about forty minutes of one CPU core. docs/model.md says what is
    trained and how; `make model` trains the weights that ship.

    \b
    Example:
      kg train tests/gold/train weights
    """
    try:
        from kg.train import run
    except ImportError as error:
        raise KgError(f'training needs the extra: pip install "kgazette[train]" ({error})') from error
    config = Config(version=version, seed=seed, threads=threads)
    run.train(corpus, out, config, checkpoints=checkpoints, report=click.echo)
