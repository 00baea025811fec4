"""The command line. Exit codes: 0 done, 1 the graph does not conform, 2 the input is wrong.

The stages are imported inside the commands: `kg query` should not wait for spaCy to load.
"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from kg import __version__, console
from kg.errors import InputError, KgError, QueryError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.model import Article
    from kg.validate import Report

NOT_CONFORMING = 1
WRONG_INPUT = 2
PATH = click.Path(path_type=Path)


class _Group(click.Group):
    """Turns the errors that a user can mend into one line and exit code 2; bugs keep their traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        _print_anything()
        try:
            return super().invoke(ctx)
        except KgError as error:
            click.echo(f"Error: {console.plain(str(error))}", err=True)
            ctx.exit(WRONG_INPUT)


def _print_anything() -> None:
    """Show what the terminal's encoding lacks as an escape, instead of stopping there."""
    for stream in (sys.stdout, sys.stderr):
        if reconfigure := getattr(stream, "reconfigure", None):
            reconfigure(errors="backslashreplace")


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="kg")
def main() -> None:
    """Newspaper pages in, a knowledge graph out.

    Which institution takes part in which project, in which country, and when? Every answer comes with the
    sentence that states it.

    \b
    Example:
      kg build --sample -o out
    """


@main.command()
@click.argument("paths", nargs=-1, type=PATH)
@click.option(
    "-o", "--out", type=PATH, default=Path("out"), show_default=True, help="Folder for the outputs."
)
@click.option("--sample", is_flag=True, help="Build the sample articles that ship with kgazette.")
def build(paths: tuple[Path, ...], out: Path, sample: bool) -> None:
    """Build a graph and a page from articles.

    PATHS are files and folders (.txt, .md); the outputs are graph.ttl and graph.html. Files that cannot be
    read are skipped and listed. Exit code 1 when the graph does not conform to the shapes (nothing is
    written then), 2 when nothing could be read.

    \b
    Example:
      kg build --sample -o out
    """
    if sample == bool(paths):
        raise click.UsageError("give PATHS, or --sample (and not both)")
    from kg import pipeline

    with console.Bars() as bars:
        if sample:
            with pipeline.sample_paths() as folders:
                made = pipeline.build(folders, on_progress=bars)
        else:
            made = pipeline.build(paths, on_progress=bars)
        written = pipeline.write_outputs(made, out, on_progress=bars) if made.report.conforms else ()
    click.echo(console.summary(made), nl=False)
    for path in written:
        click.echo(f"Wrote {console.plain(str(path))}")
    if not made.report.conforms:
        _fail_check(made.report, f"the graph does not conform; {out} was left as it was")


@main.command()
@click.argument("paths", nargs=-1, required=True, type=PATH)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "jsonl"]),
    default="table",
    show_default=True,
    help="Output.",
)
def articles(paths: tuple[Path, ...], form: str) -> None:
    """Show the articles that files and folders hold.

    \b
    Example:
      kg articles pages/ --format jsonl
    """
    from kg import pipeline

    with console.Bars() as bars:
        reading = pipeline.read_articles(paths, on_progress=bars)
    if form == "jsonl":
        _echo_data("".join(json.dumps(_as_record(a), ensure_ascii=False) + "\n" for a in reading.articles))
    else:
        headers = ("source", "published", "section", "title", "byline", "words")
        rows = (
            (
                a.source,
                str(a.published or ""),
                a.section or "",
                a.title,
                a.byline or "",
                str(len(a.text.split())),
            )
            for a in reading.articles
        )
        _echo_table(headers, rows, right=frozenset({"words"}))
    for item in reading.skipped:
        click.echo(f"Skipped {console.plain(f'{item.source}: {item.problem}')}", err=True)


def _as_row(article: Article) -> tuple[str, ...]:
    words = str(len(article.text.split()))
    published, section, byline = article.published or "", article.section or "", article.byline or ""
    return article.source, str(published), section, article.title, byline, words


def _as_record(article: Article) -> dict[str, str | None]:
    return {
        "doc": Path(article.source).stem,
        "id": article.id,
        "source": article.source,
        "title": article.title,
        "byline": article.byline,
        "section": article.section,
        "published": str(article.published) if article.published else None,
        "text": article.text,
    }


@main.command()
@click.argument("graph", type=PATH)
@click.argument("sparql", required=False)
@click.option("-f", "--file", "file", type=PATH, help="Read the query from a file; - is the standard input.")
@click.option(
    "--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True
)
def query(graph: Path, sparql: str | None, file: Path | None, form: str) -> None:
    """Ask a graph a question in SPARQL. The prefixes of the graph are known to the query.

    \b
    Example:
      kg query out/graph.ttl "SELECT ?name { ?x a kg:Project ; rdfs:label ?name } ORDER BY ?name LIMIT 5"
    """
    if (sparql is None) == (file is None):
        raise click.UsageError("give SPARQL, or -f FILE (and not both)")
    from kg.files import load_graph
    from kg.query import as_csv, as_json, as_table, run_query

    result = run_query(load_graph(graph), _read_query(file) if file else str(sparql))
    if form == "csv":
        _echo_data(as_csv(result))
    elif form == "json":
        _echo_data(as_json(result))
    else:
        _echo_table(*as_table(result))


def _read_query(file: Path) -> str:
    try:
        data = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
        return data.decode("utf-8-sig")
    except OSError as error:
        raise InputError(str(file), f"cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise QueryError(f"{file}: not UTF-8 ({error.reason} at byte {error.start})") from error


@main.command()
@click.argument("graph", type=PATH)
def check(graph: Path) -> None:
    """Check a graph against the shapes of the ontology.

    Exit code 0 when it conforms, 1 when it does not, 2 when it cannot be read.

    \b
    Example:
      kg check out/graph.ttl
    """
    from kg.files import load_graph
    from kg.validate import validate

    report = validate(load_graph(graph))
    if not report.conforms:
        _fail_check(report, f"{graph} does not conform")
    click.echo(f"{console.plain(str(graph))} conforms")


def _fail_check(report: Report, message: str) -> NoReturn:
    for problem in report.problems:
        parts = (problem.focus, problem.path, problem.value, problem.message)
        click.echo(console.plain(" | ".join(part for part in parts if part)))
    click.echo(f"Error: {console.plain(message)} ({len(report.problems)} problems)", err=True)
    sys.exit(NOT_CONFORMING)


@main.command("eval")
@click.argument("gold_dir", type=PATH)
@click.option("--texts", type=PATH, help="Folder of the texts (DOC.txt), if not GOLD_DIR.")
@click.option("--json", "as_json", is_flag=True, help="Print all figures as JSON.")
@click.option("--errors", metavar="DOC", help="List what was missed and what is false in one document.")
def evaluate_command(gold_dir: Path, texts: Path | None, as_json: bool, errors: str | None) -> None:
    """Measure the extractor on gold files.

    Builds the text of each DOC.json by itself and prints precision, recall and F1 for entities and facts.

    \b
    Example:
      kg eval tests/gold/dev --errors A03
    """
    from kg.evaluate import evaluate

    with console.Bars() as bars:
        figures = evaluate(gold_dir, texts=texts, on_progress=bars)
    if errors is not None:
        document = next((d for d in figures.documents if d.doc == errors), None)
        if document is None:
            raise InputError(str(gold_dir), f"no document {errors!r} among the gold files")
        click.echo(console.errors_of(document), nl=False)
    elif as_json:
        click.echo(json.dumps(figures.as_dict(), indent=1))
    else:
        totals = (("entities", figures.entities), ("relaxed", figures.relaxed), ("strict", figures.strict))
        rows = (*console.score_rows(figures.types, figures.predicates), *totals)
        click.echo(console.score_table(rows), nl=False)


def _echo_table(
    headers: Iterable[str], rows: Iterable[Iterable[str]], *, right: frozenset[str] = frozenset()
) -> None:
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else console.WIDE
    cells = [tuple(row) for row in rows]
    click.echo(console.table(tuple(headers), cells, width=width, right=right), nl=False)


def _echo_data(text: str) -> None:
    """Print data for another program, byte for byte; only a terminal gets it made safe."""
    click.echo(console.plain_lines(text) if sys.stdout.isatty() else text, nl=False)
