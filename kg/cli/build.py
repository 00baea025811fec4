"""`kg build`: articles in, a graph and a page out."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg import console
from kg.cli.extraction import extraction_options
from kg.cli.output import PATH, fail_check, note
from kg.cli.reading import reading_options
from kg.cli.watching import watch as rebuild_on_change

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.engine import Outcome
    from kg.ingest import ReadOptions

KEPT = ".kg"


@click.command()
@click.argument("paths", nargs=-1, type=PATH)
@click.option(
    "-o", "--out", type=PATH, default=Path("out"), show_default=True, help="Folder for the outputs."
)
@click.option(
    "--cache",
    type=PATH,
    help="Folder that keeps results for the next build.  [default: .kg in the folder for outputs]",
)
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    help="Cores to extract on; where there is enough to share, in as many processes.  [default: all]",
)
@click.option(
    "--engine",
    "engine_name",
    type=click.Choice(["processes", "dask"]),
    default="processes",
    show_default=True,
    help="Extract, and compare very many names, on this machine or on a Dask cluster.",
)
@click.option("--scheduler", metavar="URL", help="The cluster's scheduler, for --engine dask.")
@click.option("--watch", is_flag=True, help="Build again whenever an article changes, until Ctrl-C.")
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
    cache: Path | None,
    workers: int | None,
    engine_name: str,
    scheduler: str | None,
    watch: bool,
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

    Only articles that are new or changed since the last build are extracted; the outputs are those of a
    build from nothing, byte for byte.

    \b
    Example:
      kg build --sample -o out
    """
    if sample == bool(paths):
        raise click.UsageError("give PATHS, or --sample (and not both)")
    if (engine_name == "dask") != bool(scheduler):
        raise click.UsageError("--engine dask and --scheduler URL go together")
    if watch and (sample or Path("-") in paths):
        raise click.UsageError("--watch wants files and folders")
    from kg import pipeline
    from kg.engine import LastBuild, Outcome, cores, dask, dask_comparer, open_cache, processes
    from kg.files import remove_leftovers
    from kg.resolve import alike
    from kg.workspace import Workspace

    engine = dask(scheduler) if scheduler else processes(workers or cores())
    comparer = dask_comparer(scheduler) if scheduler else alike
    folder = cache or out / KEPT

    def tidy() -> None:
        if cache is None:
            # Then whoever writes here holds the cache, and that is this build.
            remove_leftovers(out)

    def build_once(*, again: bool = False) -> None:
        with open_cache(folder, on_note=note) as results, console.Bars() as bars, ExitStack() as stack:
            inputs: Sequence[Path] = stack.enter_context(pipeline.sample_paths()) if sample else paths
            workspace = Workspace.beside(inputs, curation=curation, identities=identities, registry=registry)
            reading = pipeline.read_articles(inputs, options=options, cache=results, on_progress=bars)
            last = LastBuild(
                results,
                out,
                articles=reading.articles,
                beside=workspace.files(),
                settings=(reader, min_confidence, reading.files, reading.skipped),
            )
            if outcome := last.outcome():
                tidy()
                _tell(outcome, again=again)
                click.echo(f"Nothing changed: {console.plain(str(out))} is as the last build left it")
                return
            made = pipeline.build(
                inputs,
                reading=reading,
                reader=reader,
                min_confidence=min_confidence,
                engine=engine,
                comparer=comparer,
                cache=results,
                workspace=workspace,
                on_progress=bars,
            )
            outcome = Outcome(console.summary(made), console.short_summary(made))
            tidy()
            written: Sequence[Path] = ()
            if made.report.conforms:
                written = pipeline.write_outputs(made, out, on_progress=bars)
                last.remember([*written, *made.kept], outcome)
                results.prune()
        _tell(outcome, again=again)
        if not again:
            for path in written:
                click.echo(f"Wrote {console.plain(str(path))}")
        if not made.report.conforms:
            fail_check(made.report, f"the graph does not conform; {out} was left as it was")

    if watch:
        beside = Workspace.beside(paths, curation=curation, identities=identities, registry=registry)
        inputs = [path for path in (*paths, *beside.curations, beside.registry) if path and path.exists()]
        ours = [path for path in (out, folder, beside.identities) if path]
        rebuild_on_change(inputs, build_once, outputs=ours)
    else:
        build_once()


def _tell(outcome: Outcome, *, again: bool) -> None:
    # What a cache says may have come with a folder from elsewhere.
    click.echo(console.plain_lines(outcome.short if again else outcome.summary), nl=False)
