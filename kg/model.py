"""The types that the stages hand to each other. Frozen data; reading and writing live elsewhere.

files -> Article -> Mention, Claim -> Entity, Fact, Merge -> RDF
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from kg.vocab import Kind, Predicate

DateType = Literal["gYear", "gYearMonth", "date"]


@dataclass(frozen=True, order=True, slots=True)
class PartialDate:
    """A date of the proleptic Gregorian calendar, as exact as the text: a year, a month or a day.

    Raises ValueError for a date that does not exist. The order is by year, then month, then day; a
    less exact date comes before every date that it contains.
    """

    year: int
    month: int = 0
    day: int = 0

    def __post_init__(self) -> None:
        if self.day and not self.month:
            raise ValueError("a day without a month")
        date(self.year, self.month or 1, self.day or 1)

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read ISO 8601 `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; raise ValueError for anything else."""
        match = re.fullmatch(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", text, re.ASCII)
        if not match:
            raise ValueError(f"not an ISO date: {text!r}")
        year, month, day = match.groups()
        if month == "00" or day == "00":
            raise ValueError(f"not an ISO date: {text!r}")
        return cls(int(year), int(month or 0), int(day or 0))

    @property
    def datatype(self) -> DateType:
        """The local name of the XML Schema datatype that says just this much."""
        return "date" if self.day else "gYearMonth" if self.month else "gYear"

    def contains(self, other: PartialDate) -> bool:
        """Is `other` this date, or a more exact date within it?"""
        return str(other).startswith(str(self))

    def __str__(self) -> str:
        text = f"{self.year:04d}"
        if self.month:
            text += f"-{self.month:02d}"
        if self.day:
            text += f"-{self.day:02d}"
        return text


parse_date = lru_cache(maxsize=10_000)(PartialDate.parse)
"""`PartialDate.parse` where many texts are read, of which few differ."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a stretch of an article's text stood: the text from `start` (a character offset into the
    article, up to the next origin) came from line `line` (1-based) of the source file, or of page `page`
    (1-based; 0 where the file has no pages), from its character `character` (1-based) on."""

    start: int
    line: int
    page: int = 0
    character: int = 1


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a source file; everything is counted from 1."""

    line: int
    page: int
    """0 where the file has no pages."""
    character: int
    """Exact where the text is as it stands in the file; near it inside a word that was mended."""

    def __str__(self) -> str:
        return (f"page {self.page}, " if self.page else "") + f"line {self.line}, character {self.character}"


def place_in(origins: Sequence[Origin], offset: int) -> Place | None:
    """Where in the source file the character at `offset` of an article with these origins stood."""
    index = bisect_right(origins, offset, key=lambda origin: origin.start)
    if not index:
        return None
    origin = origins[index - 1]
    return Place(origin.line, origin.page, origin.character + offset - origin.start)


@dataclass(frozen=True, slots=True)
class Article:
    """One news item. `text` is clean prose: paragraphs joined by a blank line, no line breaks inside them."""

    id: str
    """Readable, derived from content: the same item has the same id in every run and every folder."""
    source: str
    """The file it was read from, as named by the user, with forward slashes."""
    title: str
    text: str
    published: PartialDate | None = None
    byline: str | None = None
    section: str | None = None
    publisher: str | None = None
    """The newspaper or newsletter, where front matter or a masthead names it."""
    origins: tuple[Origin, ...] = ()
    """Sorted by `start`; empty only for an empty text."""
    also_in: tuple[str, ...] = ()
    """The other sources of the same story, sorted: it was reprinted, syndicated or updated there."""
    digest: str = ""
    """The SHA-256 of the text, in hexadecimal, where the text itself is not at hand (read from a graph)."""

    def place_at(self, offset: int) -> Place | None:
        """Where in the source file the character at `offset` stood."""
        return place_in(self.origins, offset)


@dataclass(frozen=True, slots=True)
class Mention:
    """A span of an article that names something: `article.text[start:end] == text`."""

    article: str
    start: int
    end: int
    text: str
    kind: Kind
    extractor: str
    """Which component found it, e.g. "rules/countries"."""
    name: str = ""
    """The name it stands for, where that is not its text ("Brazilian" names Brazil)."""
    ref: str = ""
    """A registry key that the gazetteer gave, e.g. "iso:BR"."""

    def __hash__(self) -> int:
        # Mentions are the keys of many tables, and so much tells nearly all of them apart.
        return hash((self.start, self.end, self.text))

    @property
    def label(self) -> str:
        return self.name or self.text


@dataclass(frozen=True, order=True, slots=True)
class Evidence:
    """The passage that states a fact: `article.text[start:end] == quote`."""

    article: str
    start: int
    end: int
    quote: str
    extractor: str
    confidence: float
    """0 to 1: how sure the extractor is that the passage states the fact."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What one passage says."""

    subject: Mention
    predicate: Predicate
    object: Mention | PartialDate
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Extraction:
    """Everything found in one article. Mentions are sorted by (start, -end, kind)."""

    article: Article
    mentions: tuple[Mention, ...]
    claims: tuple[Claim, ...]


@dataclass(frozen=True, order=True, slots=True)
class RegistryFact:
    """What a registry says of an entity it has, and no article does."""

    registry: str
    """As in the keys: "geonames", "ror"."""
    predicate: str
    """ "registeredCountry" (a code of ISO 3166-1) or "registeredType"."""
    value: str


@dataclass(frozen=True, slots=True)
class Entity:
    """One thing in the world, under all the names that the articles give it."""

    id: str
    """The last part of its IRI, e.g. "institution/chinese-academy-of-sciences"."""
    kind: Kind
    name: str
    """The preferred name."""
    aliases: tuple[str, ...] = ()
    """The other names, sorted; never the preferred one."""
    subtype: str = ""
    """A class of the ontology below its kind, e.g. "University"; empty when the name does not tell."""
    links: tuple[str, ...] = ()
    """Keys in other registries, e.g. "iso:BR", "geonames:1796236"; sorted."""
    articles: tuple[str, ...] = ()
    """Ids of the articles that mention it, sorted."""
    registered: tuple[RegistryFact, ...] = ()
    """What the registries of its keys say of it; sorted."""


@dataclass(frozen=True, order=True, slots=True)
class Merge:
    """Why two names were taken for one entity."""

    entity: str
    left: str
    right: str
    reason: str
    score: float


@dataclass(frozen=True, slots=True)
class Fact:
    """What the graph holds: a subject, a predicate, an object, and all the evidence for it."""

    subject: str
    """An entity id."""
    predicate: Predicate
    object: str | PartialDate
    """An entity id, or a date."""
    evidence: tuple[Evidence, ...]
    """Sorted, never empty."""
    belief: float
    """0 to 1; rises with independent support."""


class KnowledgeView(Protocol):
    """What all articles say together, in memory (`Knowledge`) or on disk (`kg.ledger`).

    Every collection can be walked through as often as one likes, in the order of ids (facts by subject,
    predicate, object), so equal content is equal bytes.
    """

    @property
    def articles(self) -> Collection[Article]: ...
    @property
    def entities(self) -> Collection[Entity]: ...
    @property
    def facts(self) -> Collection[Fact]: ...
    @property
    def merges(self) -> Collection[Merge]: ...
    @property
    def redirects(self) -> Collection[tuple[str, str]]: ...
    def in_memory(self) -> Knowledge: ...


@dataclass(frozen=True, slots=True)
class Knowledge:
    """A `KnowledgeView` in memory."""

    articles: tuple[Article, ...]
    entities: tuple[Entity, ...]
    facts: tuple[Fact, ...]
    merges: tuple[Merge, ...]
    redirects: tuple[tuple[str, str], ...] = ()
    """Ids of earlier builds that were given up, each with the id of the entity that took its place."""

    def in_memory(self) -> Knowledge:
        return self

    def entity_index(self) -> dict[str, Entity]:
        return {entity.id: entity for entity in self.entities}

    def __iter__(self) -> Iterator[Fact]:
        return iter(self.facts)
