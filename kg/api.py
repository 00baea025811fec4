"""For notebooks and programs: build or load a graph, and walk through what it knows.

>>> import kg
>>> graph = kg.load("out/graph.ttl")
>>> graph
<KnowledgeGraph: ... entities, ... facts, ... articles>
>>> cern = graph.entity("CERN")
>>> cern.kind
<Kind.INSTITUTION: 'Institution'>
>>> for fact in graph.facts_about(cern):
...     if fact.predicate == "leads":
...         print(graph.describe(fact))
...         print(fact.evidence[0].quote[:53])
CERN leads CESSAMag
The magnets of the storage ring came through CESSAMag
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import GraphError, QueryError
from kg.export import FORMATS
from kg.export import to_networkx as _to_networkx
from kg.files import write_files
from kg.model import PartialDate
from kg.query import ask, run_query
from kg.reading import read_knowledge
from kg.results import as_table
from kg.scratch import scratch_errors
from kg.store import load_store, store_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from os import PathLike

    import networkx
    import pandas
    from rdflib import Graph

    from kg.model import Article, Entity, Evidence, Fact, Knowledge
    from kg.results import Result
    from kg.store import Store


def load(path: str | PathLike[str]) -> KnowledgeGraph:
    """Read a graph file; raise GraphError, naming it, when it is missing or no Turtle."""
    return KnowledgeGraph(load_store(path))


def build(paths: Iterable[str | PathLike[str]]) -> KnowledgeGraph:
    """Build a graph from files and folders of articles, as `kg build` does, without writing anything.

    Raises InputError when nothing could be read, and GraphError for a graph that breaks its own shapes.
    """
    from kg import pipeline
    from kg.graph import build_graph

    with scratch_errors():
        made = pipeline.build([Path(path) for path in paths])
        if not made.report.conforms:
            raise GraphError(f"the graph does not conform: {made.report.problems[0].message}")
        return KnowledgeGraph(store_of(build_graph(made.knowledge)), knowledge=made.knowledge.in_memory())


class KnowledgeGraph:
    """A graph to walk through, ask and write. It does not change."""

    def __init__(self, store: Store, *, knowledge: Knowledge | None = None) -> None:
        self._store = store
        self._knowledge = knowledge

    def __repr__(self) -> str:
        counts = f"{len(self.entities)} entities, {len(self.facts)} facts, {len(self.articles)} articles"
        return f"<{type(self).__name__}: {counts}>"

    def __len__(self) -> int:
        """The number of triples."""
        return len(self._store)

    @property
    def knowledge(self) -> Knowledge:
        if self._knowledge is None:
            self._knowledge = read_knowledge(self._store)
        return self._knowledge

    @property
    def facts(self) -> Sequence[Fact]:
        return self.knowledge.facts

    @property
    def entities(self) -> Sequence[Entity]:
        return self.knowledge.entities

    @property
    def articles(self) -> Sequence[Article]:
        """Those of a loaded graph have no text, which no graph holds."""
        return self.knowledge.articles

    @property
    def evidence(self) -> Sequence[Evidence]:
        """The evidence of all facts, in their order."""
        return [proof for fact in self.facts for proof in fact.evidence]

    @cached_property
    def _by_id(self) -> dict[str, Entity]:
        return self.knowledge.entity_index()

    def entity(self, name: str) -> Entity:
        """The entity with this id or name, in any case; the preferred name counts before the others.

        Raises QueryError when there is none, or when several have the name.
        """
        if name in self._by_id:
            return self._by_id[name]
        wanted = name.casefold()
        found = [entity for entity in self.entities if entity.name.casefold() == wanted]
        found = found or [e for e in self.entities if wanted in (alias.casefold() for alias in e.aliases)]
        if len(found) == 1:
            return found[0]
        several = ", ".join(entity.id for entity in found)
        raise QueryError(f"{name!r} may be {several}: give an id" if found else f"nothing is called {name!r}")

    def facts_about(self, entity: Entity | str) -> Sequence[Fact]:
        """The facts whose subject or object the entity is."""
        key = self.entity(entity).id if isinstance(entity, str) else entity.id
        return [fact for fact in self.facts if key in (fact.subject, fact.object)]

    def describe(self, fact: Fact) -> str:
        """The fact in names, such as "CERN leads CESSAMag"."""
        return f"{self._name(fact.subject)} {fact.predicate} {self._name(fact.object)}"

    def _name(self, term: str | PartialDate) -> str:
        return str(term) if isinstance(term, PartialDate) else self._by_id[term].name

    def query(self, question: str, **values: str) -> Result:
        """Answer SPARQL, or one of the questions of `kg query --list` with values for its parameters."""
        if "{" in question:
            return run_query(self._store, question)
        return ask(self._store, question, values)

    def export(self, form: str, out: str | PathLike[str]) -> list[Path]:
        """Write a file, or a folder, in a format of `kg export --list`; return the paths."""
        if form not in FORMATS:
            raise QueryError(f"no format is called {form!r}; there are {', '.join(FORMATS)}")
        chosen = FORMATS[form]
        return write_files(chosen.write(self._store), Path(out), is_folder=chosen.is_folder)

    def to_rdflib(self) -> Graph:
        return self._store.to_graph()

    def to_networkx(self) -> networkx.MultiDiGraph[str]:
        """Entities as nodes and facts as edges; see `kg.export.network`."""
        return _to_networkx(self.knowledge)

    def to_pandas(self, question: str = "", **values: str) -> pandas.DataFrame:
        """The facts, a row each; or the answer to a question, with its columns. Needs pandas.

        Raises ImportError where pandas is not installed.
        """
        import pandas

        if question:
            header, cells = as_table(self.query(question, **values))
            return pandas.DataFrame(cells, columns=list(header))
        return pandas.DataFrame([self._row(fact) for fact in self.facts])

    def _row(self, fact: Fact) -> dict[str, Any]:
        return {
            "subject": self._name(fact.subject),
            "predicate": str(fact.predicate),
            "object": self._name(fact.object),
            "belief": fact.belief,
            "articles": len({proof.article for proof in fact.evidence}),
            "quote": fact.evidence[0].quote,
        }
