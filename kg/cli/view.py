"""`kg view`: pages of a graph, or of a part of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg import console
from kg.cli.output import PATH
from kg.errors import InputError
from kg.model import PartialDate
from kg.vocab import Kind

if TYPE_CHECKING:
    from kg.files import Data


@click.command()
@click.argument("graph", type=PATH)
@click.option("--focus", default="", help="Only what stands around the entity of this name or alias.")
@click.option(
    "--hops", type=click.IntRange(min=0), default=1, show_default=True, help="How many facts away it may be."
)
@click.option("--since", help="Only facts about this day or later: YYYY, YYYY-MM or YYYY-MM-DD.")
@click.option(
    "--type",
    "kinds",
    type=click.Choice([kind.value for kind in Kind], case_sensitive=False),
    multiple=True,
    help="Only entities of this type, beside the focus. May be given more than once.",
)
@click.option(
    "-o",
    "--out",
    type=PATH,
    default=Path("page.html"),
    show_default=True,
    help="A file that ends in .html for the network alone; a folder for all pages.",
)
def view(graph: Path, focus: str, hops: int, since: str | None, kinds: tuple[str, ...], out: Path) -> None:
    """Make pages of a graph, or of a part of it, to look at in a browser.

    \b
    Example:
      kg view out/graph.ttl --focus CERN --hops 2 -o cern.html
    """
    from kg.files import load_graph, write_together
    from kg.views import Part, render_network, render_pages

    part = Part(focus=focus, hops=hops, since=_date(since), kinds=frozenset(map(Kind, kinds)))
    loaded = load_graph(graph)
    outputs: dict[Path, Data]
    if out.suffix.lower() == ".html":
        outputs = {out: render_network(loaded, part)}
    else:
        outputs = {out / name: page for name, page in render_pages(loaded, part).items()}
    try:
        for path in outputs:
            path.parent.mkdir(parents=True, exist_ok=True)
        write_together(outputs)
    except OSError as error:
        raise InputError(str(out), f"cannot be written ({error.strerror})") from error
    for path in outputs:
        click.echo(f"Wrote {console.plain(str(path))}")


def _date(text: str | None) -> PartialDate | None:
    if text is None:
        return None
    try:
        return PartialDate.parse(text)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--since") from error
