"""`kg registry`: public registers of organisations, compiled once and looked up offline."""

from __future__ import annotations

from pathlib import Path

import click

from kg import console
from kg.cli.output import PATH, echo_table

_DUMPS = (
    ("ror", "a release of the Research Organization Registry, schema v2: the zip file, or the JSON in it"),
    ("wikidata", "CSV of the Wikidata Query Service: item, itemLabel, itemAltLabel, countryCode"),
    ("csv", "any CSV: id, name, aliases (separated by | or ;), acronyms, country, type"),
)
_INDEX = click.option(
    "--index",
    type=PATH,
    default=Path("registry.sqlite"),
    show_default=True,
    help="The compiled register; `kg build` finds it beside the articles.",
)


@click.group()
def registry() -> None:
    """Link institutions to public registers: compile a dump that you downloaded.

    \b
    Example:
      kg registry kinds
    """


@registry.command()
def kinds() -> None:
    """List the kinds of dumps that can be added."""
    echo_table(("kind", "what it is"), _DUMPS)


@registry.command()
@click.argument("kind", type=click.Choice([kind for kind, _ in _DUMPS]))
@click.argument("dump", type=PATH)
@_INDEX
def add(kind: str, dump: Path, index: Path) -> None:
    """Add the organisations of a dump to a compiled register, made if need be.

    Put the register beside the articles, or name it with `kg build --registry`.
    """
    from kg.registry import compile_index, read_organisations

    count = compile_index(read_organisations(kind, dump), index)
    click.echo(f"{count} organisations in {console.plain(str(index))}")


@registry.command()
@click.argument("name")
@click.option("--country", multiple=True, help="ISO 3166-1 code of where it is said to be.")
@_INDEX
def find(name: str, country: tuple[str, ...], index: Path) -> None:
    """Look a name or an affiliation up, as a build would."""
    from kg.registry import open_registry
    from kg.registry.affiliation import match_affiliation

    opened = open_registry(index)
    match = match_affiliation(opened, name, frozenset(code.upper() for code in country))
    opened.close()
    if match is None:
        click.echo("no match")
        return
    how = "exact" if match.is_exact else "close"
    echo_table(("key", "name", "match", "reason"), [(match.key, match.name, how, match.reason)])
