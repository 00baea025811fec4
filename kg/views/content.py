"""What a page shows: plain, sorted data, which `from_graph` and `known` make."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.views.dates import joined, span
from kg.vocab import DATES, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.views.dates import Span


@dataclass(frozen=True, slots=True)
class Source:
    """An article, as the page cites it. Empty strings where the graph says nothing."""

    key: str
    title: str
    issued: str
    creator: str
    publisher: str
    section: str
    file: str
    also: tuple[str, ...]
    """Other files with the same story."""


@dataclass(frozen=True, order=True, slots=True)
class Union:
    """Why two names were taken for one entity."""

    left: str
    right: str
    reason: str
    score: float


@dataclass(frozen=True, order=True, slots=True)
class Link:
    """An entity's key in a registry, and its page there; `iri` is empty where only the key is known."""

    key: str
    iri: str


@dataclass(frozen=True, slots=True)
class Node:
    """An entity."""

    key: str
    """What names it in a link to the page: its IRI, without the usual start."""
    name: str
    kind: str
    subtypes: tuple[str, ...]
    aliases: tuple[str, ...]
    sources: tuple[int, ...]
    """Indices into `Content.sources` of the articles that mention it."""
    unions: tuple[Union, ...]
    links: tuple[Link, ...]


@dataclass(frozen=True, order=True, slots=True)
class Passage:
    """A sentence that states a fact."""

    source: int
    """Index into `Content.sources`, or -1 where the graph does not name an article it describes."""
    start: int
    """Where it begins in the text of the article, so that passages are shown in their order."""
    quote: str
    page: int
    line: int
    character: int
    """Where it stands in the source file, each 1-based; 0 where the graph does not say."""
    extractors: tuple[str, ...]
    """Those that read the fact out of it, sorted."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A fact: `target` is the index of a node, or a date as text."""

    key: str
    subject: int
    predicate: str
    target: int | str
    belief: float
    passages: tuple[Passage, ...]
    when: Span | None = None
    """The days it is about: its own date; or else the dates of its project, of what it speaks of in that
    way; or else when the articles that state it appeared. None where the graph has none of these."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What is in the graph and not on the page, because no browser could show so much."""

    entities: int = 0
    facts: int = 0
    articles: int = 0
    passages: int | None = None
    """Of a fact only the first so many are shown; None: all."""
    mentions: int | None = None
    """Of an entity only the first so many articles that mention it are shown; None: all."""


NOTHING = LeftOut()


@dataclass(frozen=True, slots=True)
class Content:
    """Everything the page shows; every tuple in a fixed order, so equal graphs give equal pages."""

    nodes: tuple[Node, ...]
    statements: tuple[Statement, ...]
    sources: tuple[Source, ...]
    left_out: LeftOut = NOTHING

    def links(self) -> tuple[tuple[int, int], ...]:
        """The pairs of nodes (lower index first) that some fact joins, sorted."""
        return tuple(
            sorted(
                {
                    (min(statement.subject, statement.target), max(statement.subject, statement.target))
                    for statement in self.statements
                    if isinstance(statement.target, int) and statement.target != statement.subject
                }
            )
        )


def dated(nodes: Sequence[Node], statements: Sequence[Statement]) -> Iterator[Statement]:
    """The statements with the days that they are about, given with those on which they were reported."""
    own: dict[int, list[Span | None]] = {}
    for statement in statements:
        if isinstance(statement.target, str) and statement.predicate in DATES:
            own.setdefault(statement.subject, []).append(span(statement.target))
    of_project = {index: joined(spans) for index, spans in own.items() if nodes[index].kind == Kind.PROJECT}
    for statement in statements:
        if isinstance(statement.target, str):
            when = span(statement.target)
        else:
            when = joined(of_project.get(end) for end in (statement.subject, statement.target))
        yield replace(statement, when=when) if when else statement


def links(keys: Iterable[str], pages: Iterable[str]) -> tuple[Link, ...]:
    """What registries call an entity. A page of theirs belongs to the key that its address ends in."""
    found = []
    for key in keys:
        number = key.partition(":")[2]
        page = next((iri for iri in sorted(pages) if iri.rstrip("/").rsplit("/", 1)[-1] == number), "")
        found.append(Link(key, page))
    taken = {link.iri for link in found}
    return tuple(sorted([*found, *(Link(page, page) for page in pages if page not in taken)]))
