"""`kg build`: articles in, a graph and a page out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg import console
from kg.cli.extraction import extraction_options
from kg.cli.output import PATH, fail_check
from kg.cli.reading import reading_options

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.ingest import ReadOptions


@click.command()
@click.argument("paths", nargs=-1, type=PATH)
@click.option(
    "-o", "--out", type=PATH, default=Path("out"), show_default=True, help="Folder for the outputs."
)
@click.option("--sample", is_flag=True, help="Build the sample articles that ship with kgazette.")
@click.option(
    "--curation", type=PATH, help="Decisions of people; by default curation.yaml beside the articles."
)
@click.option(
    "--identities", type=PATH, help="Ids to keep, made if need be; by default identities.lock there."
)
@click.option("--registry", type=PATH, help="A compiled register; by default registry.sqlite there.")
@reading_options
@extraction_options
def build(
    paths: tuple[Path, ...],
    out: Path,
    sample: bool,
    options: ReadOptions,
    reader: str,
    min_confidence: float,
    curation: Path | None,
    identities: Path | None,
    registry: Path | None,
) -> None:
    """Build a graph and a page from articles.

    PATHS are files and folders: text, Markdown, PDF, web pages, e-mails, JSON Lines, CSV, Word, EPUB, and zip
    and gzip archives of those; "-" is the standard input. The outputs are graph.ttl and the pages. Files
    that cannot be read are skipped and listed. Exit code 1 when the graph does not conform to the shapes
    (nothing is written then), 2 when nothing could be read.

    \b
    Example:
      kg build --sample -o out
    """
    if sample == bool(paths):
        raise click.UsageError("give PATHS, or --sample (and not both)")
    from kg import pipeline
    from kg.workspace import Workspace

    def beside(places: Sequence[Path]) -> Workspace:
        return Workspace.beside(places, curation=curation, identities=identities, registry=registry)

    with console.Bars() as bars:
        if sample:
            with pipeline.sample_paths() as folders:
                made = pipeline.build(
                    folders,
                    reader=reader,
                    min_confidence=min_confidence,
                    workspace=beside(folders),
                    on_progress=bars,
                )
        else:
            made = pipeline.build(
                paths,
                options=options,
                reader=reader,
                min_confidence=min_confidence,
                workspace=beside(paths),
                on_progress=bars,
            )
        written = pipeline.write_outputs(made, out, on_progress=bars) if made.report.conforms else ()
    click.echo(console.summary(made), nl=False)
    for path in written:
        click.echo(f"Wrote {console.plain(str(path))}")
    if not made.report.conforms:
        fail_check(made.report, f"the graph does not conform; {out} was left as it was")
