"""The options that say how articles are read for facts: one decorator for every command that does so."""

from __future__ import annotations

from typing import TYPE_CHECKING, ParamSpec, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Callable

P = ParamSpec("P")
R = TypeVar("R")


def extraction_options(command: Callable[P, R]) -> Callable[P, R]:
    """Add `--reader` and `--min-confidence`."""
    reader = click.option(
        "--reader",
        type=click.Choice(["trained", "rules"]),
        default="trained",
        show_default=True,
        help="The trained reader beside the rules, or the rules alone.",
    )
    confidence = click.option(
        "--min-confidence",
        type=click.FloatRange(0, 1),
        default=0.0,
        metavar="X",
        help="Leave out facts of less belief than X (0 to 1).",
    )
    return reader(confidence(command))
