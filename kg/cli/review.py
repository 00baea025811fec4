"""`kg review`: a person decides what the rules could not."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg import console
from kg.cli.output import PATH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.review import Known, KnownFact, KnownPassage, Question

_LONGEST = 400
"""Characters of a quote that are shown."""


@click.command()
@click.argument("graph", type=PATH, default=Path("out/graph.ttl"))
@click.option(
    "--curation",
    type=PATH,
    default=Path("curation.yaml"),
    show_default=True,
    help="Where decisions are written; put it beside the articles.",
)
@click.option(
    "--below", type=float, default=0.6, show_default=True, help="Ask about facts believed less than this."
)
@click.option("--list", "listed", is_flag=True, help="List what would be asked, and ask nothing.")
def review(graph: Path, curation: Path, below: float, listed: bool) -> None:
    """Walk through what is unsure: entities that may be one, and facts with little belief.

    Each question shows both sides with a sentence; answer y (yes), n (no), s (skip) or q (quit). Answers are
    added to the curation file at once, and every later build obeys them.

    \b
    Example:
      kg review out/graph.ttl --list
    """
    from kg.curation import Curation, append_decision, read_curation
    from kg.files import load_graph
    from kg.review import doubtful_facts, fact_decision, pair_decision, read_known, unsure_merges

    known = read_known(load_graph(graph))
    decided = read_curation(curation) if curation.exists() else Curation()
    merges = unsure_merges(known, decided)
    facts = doubtful_facts(known, decided, below=below)
    items = [
        _Item(
            tuple(_pair_lines(question)),
            "One and the same?",
            pair_decision("same", question, known),
            pair_decision("different", question, known),
        )
        for question in merges
    ] + [
        _Item(
            tuple(_fact_lines(fact, known)),
            "Is that so?",
            fact_decision("keep fact", fact, known),
            fact_decision("drop fact", fact, known),
        )
        for fact in facts
    ]
    click.echo(f"{len(merges)} pairs of entities and {len(facts)} facts to look at")
    if items and not listed:
        click.echo("y: yes, n: no, s: skip, q: quit; answers are kept at once")
    written = 0
    for number, item in enumerate(items, start=1):
        click.echo(f"\n[{number}/{len(items)}]")
        for line in item.lines:
            click.echo(console.plain(line))
        answer = "s" if listed else _ask(item.question)
        if answer == "q":
            break
        if answer in ("y", "n"):
            append_decision(curation, item.yes if answer == "y" else item.no)
            written += 1
    if not listed:
        click.echo(f"\n{written} decisions written to {console.plain(str(curation))}")


@dataclass(frozen=True, slots=True)
class _Item:
    """One question, and what is written down for yes and for no."""

    lines: tuple[str, ...]
    question: str
    yes: dict[str, object]
    no: dict[str, object]


def _ask(question: str) -> str:
    choice = click.Choice(["y", "n", "s", "q"], case_sensitive=False)
    try:
        return str(click.prompt(question, type=choice, default="s")).lower()
    except click.Abort:
        return "q"


def _pair_lines(question: Question) -> Iterator[str]:
    yield f"{question.reason} ({question.score:.2f})"
    for side in (question.left, question.right):
        yield from _entity_lines(side)


def _entity_lines(entity: Known) -> Iterator[str]:
    also = f", also {', '.join(entity.names[1:4])}" if len(entity.names) > 1 else ""
    yield f"  {entity.kind} {entity.name}{also}"
    passages = {passage for fact in entity.facts for passage in fact.evidence}
    if passages:
        # A short one that names it tells most.
        named = [p for p in passages if any(name in p.quote for name in entity.names)] or passages
        yield _passage_line(min(named, key=_shortest_first))
    elif entity.articles:
        yield f"    named in {entity.articles[0]}"


def _fact_lines(fact: KnownFact, known: dict[str, Known]) -> Iterator[str]:
    obj = known[fact.object].name if fact.object in known else fact.object
    yield f"{known[fact.subject].name} {fact.predicate} {obj} (belief {fact.belief:.2f})"
    for passage in fact.evidence:
        yield _passage_line(passage)


def _passage_line(passage: KnownPassage) -> str:
    """A quote of several sentences with its middle left out: the sides of a fact stand at its ends."""
    text = " ".join(passage.quote.split())
    if len(text) > _LONGEST:
        text = f"{text[: _LONGEST // 2].rpartition(' ')[0]} … {text[-_LONGEST // 2 :].partition(' ')[2]}"
    return f"    “{text}” ({passage.title}; {passage.where})"


def _shortest_first(passage: KnownPassage) -> tuple[int, KnownPassage]:
    return len(passage.quote), passage
