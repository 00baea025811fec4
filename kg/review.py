"""What a person can look into: a graph's entities with their names, merges and facts, and what is unsure.

Read from the graph file alone, so that a review needs neither the articles nor a build.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING
from urllib.parse import unquote

from rdflib import DCTERMS, PROV, RDF, RDFS, SDO, SKOS

from kg import vocab
from kg.model import PartialDate, Place
from kg.resolve.alike import alike
from kg.resolve.compare import UNSURE, compare
from kg.resolve.forms import comparison_key, is_short_form
from kg.turtle import KG
from kg.vocab import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rdflib import Graph
    from rdflib.term import Node

    from kg.curation import Curation, FactRef, Ref


@dataclass(slots=True)
class Known:
    """One entity of a graph."""

    id: str
    kind: Kind
    name: str
    names: tuple[str, ...]
    """All of them, the preferred one first."""
    links: tuple[str, ...]
    registered: tuple[str, ...]
    """What registries say of it, each with the registry's name."""
    articles: tuple[str, ...]
    """The titles of those that mention it."""
    files: tuple[str, ...]
    """For each of them, the files that it stands in, the one that was read first."""
    article_ids: tuple[str, ...]
    merges: list[KnownMerge] = field(default_factory=list)
    facts: list[KnownFact] = field(default_factory=list)


@dataclass(frozen=True, order=True, slots=True)
class KnownMerge:
    """Why two names are one entity."""

    left: str
    right: str
    score: float
    reason: str


@dataclass(frozen=True, order=True, slots=True)
class KnownPassage:
    """A sentence of an article."""

    title: str
    """Of the article."""
    quote: str
    where: str
    """The file, and the page, line and character in it."""


@dataclass(frozen=True, order=True, slots=True)
class KnownFact:
    """One fact, with the sentences that state it."""

    subject: str
    predicate: str
    object: str
    """An entity id, or a date."""
    belief: float
    evidence: tuple[KnownPassage, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """Two entities that may be one."""

    left: Known
    right: Known
    score: float
    reason: str


def read_known(graph: Graph) -> dict[str, Known]:
    """The entities of a graph by id; what is missing in a graph that somebody edited is left out."""
    ids: dict[Node, str] = {}
    known: dict[str, Known] = {}
    for kind in Kind:
        for node in graph.subjects(RDF.type, KG[kind]):
            name = str(graph.value(node, RDFS.label) or node)
            others = sorted({str(label) for label in graph.objects(node, SKOS.altLabel)} - {name})
            links = {str(o) for p in (SKOS.exactMatch, SKOS.closeMatch) for o in graph.objects(node, p)}
            mentions = sorted(graph.subjects(SDO.mentions, node), key=str)
            article_ids = tuple(unquote(str(article).rpartition("/")[2]) for article in mentions)
            titles = tuple(_title(graph, article) for article in mentions)
            files = tuple(_files(graph, article) for article in mentions)
            ids[node] = str(node).removeprefix(vocab.DATA)
            known[ids[node]] = Known(
                ids[node],
                kind,
                name,
                (name, *others),
                tuple(sorted(links)),
                _registered(graph, node),
                titles,
                files,
                article_ids,
            )
    for node in graph.subjects(RDF.type, KG.Merge):
        merged = ids.get(graph.value(node, KG.entity) or node)
        if merged:
            left, right, reason = (str(graph.value(node, p) or "") for p in (KG.left, KG.right, KG.reason))
            known[merged].merges.append(KnownMerge(left, right, _number(graph.value(node, KG.score)), reason))
    for node in graph.subjects(RDF.type, KG.Fact):
        _add_fact(graph, node, ids, known)
    for entity in known.values():
        entity.merges.sort()
        entity.facts.sort()
    return dict(sorted(known.items()))


def _registered(graph: Graph, node: Node) -> tuple[str, ...]:
    found = []
    for fact in graph.subjects(RDF.subject, node):
        predicate = graph.value(fact, RDF.predicate)
        if predicate in (KG.registeredCountry, KG.registeredType):
            registry = graph.value(graph.value(fact, PROV.wasDerivedFrom), SDO.name)
            word = str(predicate).removeprefix(vocab.ONTOLOGY)
            found.append(f"{word} {graph.value(fact, RDF.object)} ({registry})")
    return tuple(sorted(found))


def _add_fact(graph: Graph, node: Node, ids: dict[Node, str], known: dict[str, Known]) -> None:
    subject, predicate, obj = (graph.value(node, part) for part in (RDF.subject, RDF.predicate, RDF.object))
    if subject is None or predicate is None or obj is None or subject not in ids:
        return
    evidence = {_passage(graph, item) for item in graph.objects(node, KG.evidence)}
    word = str(predicate).removeprefix(vocab.ONTOLOGY)
    belief = _number(graph.value(node, KG.belief))
    fact = KnownFact(ids[subject], word, ids.get(obj, str(obj)), belief, tuple(sorted(evidence)))
    known[ids[subject]].facts.append(fact)
    if fact.object in known and fact.object != fact.subject:
        known[fact.object].facts.append(fact)


def _title(graph: Graph, article: Node | None) -> str:
    return str(graph.value(article, DCTERMS.title) or article) if article is not None else ""


def _files(graph: Graph, article: Node) -> str:
    also = sorted(str(file) for file in graph.objects(article, KG.alsoIn))
    return ", ".join([str(graph.value(article, DCTERMS.source) or ""), *also])


def _passage(graph: Graph, node: Node) -> KnownPassage:
    article = graph.value(node, KG.article)
    where = str(graph.value(article, DCTERMS.source) or "")
    if graph.value(node, KG.line) is not None:
        line, page, character = (_count(graph.value(node, part)) for part in (KG.line, KG.page, KG.character))
        where += f", {Place(line, page, character)}"
    return KnownPassage(_title(graph, article), str(graph.value(node, KG.quote) or ""), where)


def _count(value: Node | None) -> int:
    return int(_number(value)) if value is not None else 0


def _number(value: Node | None) -> float:
    try:
        return float(str(value))
    except ValueError:
        return 1.0


def find(known: dict[str, Known], text: str) -> list[Known]:
    """The entities that `text` may mean: the id, else a name in any spelling, else a part of a name."""
    if text in known:
        return [known[text]]
    key = comparison_key(text)
    same = [entity for entity in known.values() if key in map(comparison_key, entity.names)]
    part = text.casefold()
    return same or [e for e in known.values() if any(part in name.casefold() for name in e.names)]


def unsure_merges(known: dict[str, Known], curation: Curation) -> list[Question]:
    """Pairs of entities that the comparators cannot decide, the likeliest first, less what people decided."""
    owners: dict[tuple[Kind, str], set[str]] = defaultdict(set)
    for entity in known.values():
        for name in entity.names:
            owners[entity.kind, name].add(entity.id)
    found: dict[tuple[str, str], Question] = {}
    for kind in (Kind.INSTITUTION, Kind.PROJECT):
        names = sorted(name for owned_kind, name in owners if owned_kind is kind)
        others = chain(_initials(names), ((name, name) for name in names))
        judged = ((left, right, compare(left, right)) for left, right in others)
        for left, right, verdict in chain(alike(names), judged):
            if verdict.score < UNSURE:
                continue
            for pair in _pairs(owners[kind, left], owners[kind, right]):
                one, two = (known[entity_id] for entity_id in pair)
                question = Question(one, two, verdict.score, verdict.reason)
                if pair not in found or found[pair].score < verdict.score:
                    found[pair] = question
    open_ones = [q for q in found.values() if not _is_decided(q, curation)]
    return sorted(open_ones, key=lambda q: (-q.score, q.left.id, q.right.id))


def _pairs(left: Iterable[str], right: Iterable[str]) -> Iterator[tuple[str, str]]:
    yield from sorted({(min(a, b), max(a, b)) for a in left for b in right if a != b})


def _initials(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Short forms with the full names that have their initials."""
    by_letters: dict[str, list[str]] = defaultdict(list)
    short = []
    for name in names:
        if is_short_form(name):
            short.append(name)
        else:
            by_letters["".join(word[0] for word in name.split() if word[0].isupper())].append(name)
    for name in short:
        yield from ((name, full) for full in by_letters[name.upper()])


def _is_decided(question: Question, curation: Curation) -> bool:
    return any(
        any(_means(ref, question.left) for ref in refs) and any(_means(ref, question.right) for ref in refs)
        for refs in (*curation.same, *curation.different)
    )


def _means(ref: Ref, entity: Known) -> bool:
    if ref.kind and ref.kind is not entity.kind:
        return False
    if ref.article and ref.article not in entity.article_ids:
        return False
    return ref.name == entity.id or comparison_key(ref.name) in map(comparison_key, entity.names)


def doubtful_facts(known: dict[str, Known], curation: Curation, *, below: float) -> list[KnownFact]:
    """Facts that are believed less than `below`, the least believed first, less what people decided."""
    facts = {fact for entity in known.values() for fact in entity.facts if fact.belief < below}
    decided = (*curation.dropped_facts, *curation.kept_facts)
    open_ones = [f for f in facts if not any(_is_about(ref, f, known) for ref in decided)]
    return sorted(open_ones, key=lambda fact: (fact.belief, fact))


def _is_about(ref: FactRef, fact: KnownFact, known: dict[str, Known]) -> bool:
    if ref.predicate != fact.predicate or not _means(ref.subject, known[fact.subject]):
        return False
    if isinstance(ref.object, PartialDate):
        return str(ref.object) == fact.object
    return fact.object in known and _means(ref.object, known[fact.object])


def as_ref(entity: Known, known: dict[str, Known]) -> str | dict[str, str]:
    """How a decision names an entity: by its name, with an article where others have that name, too."""
    if len(find(known, entity.name)) == 1 or not entity.article_ids:
        return entity.name
    return {"name": entity.name, "article": entity.article_ids[0]}


def pair_decision(word: str, question: Question, known: dict[str, Known]) -> dict[str, object]:
    """What to write into the curation file: "same" or "different"."""
    return {word: [as_ref(question.left, known), as_ref(question.right, known)]}


def fact_decision(word: str, fact: KnownFact, known: dict[str, Known]) -> dict[str, object]:
    """What to write into the curation file: "keep fact" or "drop fact"."""
    obj = as_ref(known[fact.object], known) if fact.object in known else fact.object
    return {word: {"subject": as_ref(known[fact.subject], known), "predicate": fact.predicate, "object": obj}}
