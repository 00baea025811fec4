"""python -m kg.train CORPUS OUT: train the reader."""

from __future__ import annotations

import argparse
from pathlib import Path

from kg.train.run import Config, train

DEFAULT = Config()


def say(line: str) -> None:
    print(line, flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m kg.train", description="Train the reader on a gold corpus."
    )
    parser.add_argument("corpus", type=Path, help="folder of NAME.json beside NAME.txt")
    parser.add_argument("out", type=Path, help="folder for the weight files")
    parser.add_argument("--version", default=DEFAULT.version)
    parser.add_argument("--seed", type=int, default=DEFAULT.seed)
    parser.add_argument("--tagger-epochs", type=int, default=DEFAULT.tagger_epochs)
    parser.add_argument("--relation-epochs", type=int, default=DEFAULT.relation_epochs)
    parser.add_argument("--threads", type=int, default=DEFAULT.threads)
    parser.add_argument("--checkpoints", type=Path, help="folder for the weights after each epoch")
    args = vars(parser.parse_args())
    corpus, out, checkpoints = args.pop("corpus"), args.pop("out"), args.pop("checkpoints")
    train(corpus, out, Config(**args), checkpoints=checkpoints, report=say)


if __name__ == "__main__":
    main()
