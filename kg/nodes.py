"""What the graph says of each thing that is known: its name and its properties, in words of Turtle."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kg import __version__
from kg.model import PartialDate, RegistryFact
from kg.terms import decimal, digest, digest_of_list, is_close, listed, registry_page, sha256

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.model import Article, Entity, Evidence, Fact, Merge, Place
    from kg.terms import Terms

Said = dict[str, list[str]]
"""The objects of each predicate, in any order."""

_STATEMENT = "rdf:Statement"
_KEY = "registryKey"
_COUNTRY_KEY = re.compile(r"iso:([A-Z]{2})")
_REGISTRY_NAMES = {
    "iso": "ISO 3166-1",
    "iso3166-2": "ISO 3166-2",
    "geonames": "GeoNames",
    "regions": "regions of kgazette",
    "ror": "ROR",
    "wikidata": "Wikidata",
}


class Reading(NamedTuple):
    """The name of a reading, and the words for what it is about."""

    name: str
    passage: str
    article: str
    extractor: str
    confidence: float


class Nodes:
    """Describes things one by one, in the terms of one graph."""

    def __init__(self, terms: Terms) -> None:
        self._terms = terms

    def entity(self, entity: Entity) -> Said:
        terms = self._terms
        name = terms.text(entity.name)
        said = {"a": [terms.is_a(entity.kind)], "rdfs:label": [name], "skos:prefLabel": [name]}
        if entity.subtype:
            said["a"].append(terms.is_a(entity.subtype))
        if entity.aliases:
            said["skos:altLabel"] = [terms.text(alias) for alias in entity.aliases]
        for key in entity.links:
            for verb, obj in self._link(key):
                said.setdefault(verb, []).append(obj)
        for told in entity.registered:
            said.setdefault(f"kg:{told.predicate}", []).append(terms.text(told.value))
        return said

    def _link(self, key: str) -> Iterator[tuple[str, str]]:
        """What a registry says. It has predicates and a class of its own, as no article says it."""
        if page := registry_page(key):
            yield ("skos:closeMatch" if is_close(key) else "skos:exactMatch"), self._terms.page(page)
        if is_close(key):
            return
        yield "kg:registryKey", self._terms.text(key)
        if country := _COUNTRY_KEY.fullmatch(key):
            yield "kg:countryCode", self._terms.text(country[1])

    def article(self, article: Article) -> Said:
        terms = self._terms
        said = {
            "a": [terms.is_a("Article")],
            # A reader needs something to call it by; the id is readable and says where it came from.
            "dcterms:title": [terms.text(article.title or article.id)],
            "dcterms:source": [terms.text(article.source)],
            "schema:inLanguage": ['"en"'],
            "schema:sha256": [f'"{article.digest or sha256(article.text)}"'],
        }
        if article.also_in:
            said["kg:alsoIn"] = [terms.text(source) for source in article.also_in]
        if article.published:
            said["dcterms:issued"] = [terms.date(article.published)]
        if article.byline:
            said["dcterms:creator"] = [terms.text(article.byline)]
        if article.publisher:
            said["dcterms:publisher"] = [terms.text(article.publisher)]
        if article.section:
            said["schema:articleSection"] = [terms.text(article.section)]
        return said

    def extractor(self, extractor: str) -> tuple[str, Said]:
        terms = self._terms
        return terms.leaf("extractor", extractor), {
            "a": [terms.is_a("Extractor")],
            "schema:name": [terms.text(extractor)],
            "schema:softwareVersion": [terms.text(__version__)],
        }

    def registry(self, registry: str) -> tuple[str, Said]:
        terms = self._terms
        return terms.leaf("registry", registry), {
            "a": [terms.is_a("Registry")],
            "schema:name": [terms.text(_REGISTRY_NAMES.get(registry, registry))],
        }

    def registry_fact(self, subject: str, told: RegistryFact) -> tuple[str, Said]:
        """`subject` is the id of the entity of which it is told."""
        terms = self._terms
        # A key names its registry; what else a registry says does not.
        named = () if told.predicate == _KEY else (told.predicate, told.registry)
        number = digest(terms.iri(subject), told.value, *named)
        return terms.numbered("registry-fact", number), {
            "a": [terms.is_a("RegistryFact"), _STATEMENT],
            "rdf:subject": [terms.name(subject)],
            "rdf:predicate": [f"kg:{told.predicate}"],
            "rdf:object": [terms.text(told.value)],
            "prov:wasDerivedFrom": [terms.leaf("registry", told.registry)],
        }

    def merge(self, merge: Merge) -> tuple[str, Said]:
        terms = self._terms
        number = digest(merge.entity, merge.left, merge.right, merge.reason)
        return terms.numbered("merge", number), {
            "a": [terms.is_a("Merge")],
            "kg:entity": [terms.name(merge.entity)],
            "kg:left": [terms.text(merge.left)],
            "kg:right": [terms.text(merge.right)],
            "kg:reason": [terms.text(merge.reason)],
            "kg:score": [decimal(merge.score)],
        }

    def triple(self, fact: Fact) -> tuple[str, str, str]:
        terms = self._terms
        obj = terms.date(fact.object) if isinstance(fact.object, PartialDate) else terms.name(fact.object)
        return terms.name(fact.subject), f"kg:{fact.predicate}", obj

    def fact_name(self, fact: str) -> str:
        """`fact` is the list of its parts."""
        return self._terms.numbered("fact", digest_of_list(fact))

    def fact(self, triple: Iterable[str], belief: float, readings: Sequence[Reading]) -> Said:
        subject, predicate, obj = triple
        return {
            "a": [self._terms.is_a("Fact"), _STATEMENT],
            "rdf:subject": [subject],
            "rdf:predicate": [predicate],
            "rdf:object": [obj],
            "kg:belief": [decimal(belief)],
            "kg:reading": [reading.name for reading in readings],
            "kg:evidence": [reading.passage for reading in readings],
            "prov:wasDerivedFrom": [reading.article for reading in readings],
        }

    def reading_of(self, fact: str, proof: Evidence) -> Reading:
        """`fact` is the list of its parts."""
        terms, passage = self._terms, listed(proof.article, proof.start, proof.end)
        return Reading(
            terms.numbered("reading", digest_of_list(f"{fact}, {passage}, {listed(proof.extractor)}")),
            terms.numbered("evidence", digest_of_list(passage)),
            terms.name(f"article/{proof.article}"),
            terms.leaf("extractor", proof.extractor),
            proof.confidence,
        )

    def reading(self, reading: Reading) -> Said:
        """Which extractor read one fact out of one passage, and how sure it is of that.

        In the order of the file.
        """
        return {
            "a": [self._terms.is_a("Reading")],
            "kg:confidence": [decimal(reading.confidence)],
            "kg:passage": [reading.passage],
            "prov:agent": [reading.extractor],
        }

    def passage(self, article: str, quote: str, start: int, end: int, place: Place | None) -> Said:
        """One node for a passage, however many facts it states and extractors read it.

        In the order of the file.
        """
        said = {"a": [self._terms.is_a("Evidence")], "kg:article": [article]}
        if place is not None:
            said["kg:character"] = [str(place.character)]
        said["kg:end"] = [str(end)]
        if place is not None:
            said["kg:line"] = [str(place.line)]
            if place.page:
                said["kg:page"] = [str(place.page)]
        return said | {"kg:quote": [self._terms.text(quote)], "kg:start": [str(start)]}


def registered(entity: Entity) -> Iterator[RegistryFact]:
    """What registries say of an entity: its keys, and what goes with them."""
    for key in entity.links:
        if not is_close(key):
            yield RegistryFact(key.partition(":")[0], _KEY, key)
    yield from entity.registered
