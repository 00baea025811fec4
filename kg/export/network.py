"""The graph for network analysis: entities as nodes, facts between them as edges, dates as attributes."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import networkx as nx

from kg.model import PartialDate
from kg.reading import read_knowledge
from kg.vocab import DATES

if TYPE_CHECKING:
    from kg.model import Knowledge
    from kg.store import Store

SEPARATOR = " | "
"""Between several values of one attribute, since the formats below have no lists."""


def to_networkx(knowledge: Knowledge) -> nx.MultiDiGraph:
    """A directed graph with parallel edges.

    A node is an entity id with name, kind, subtype, aliases, registry, and the dates said of it; an edge has
    the predicate as its key, and belief, articles (how many state it), and a quote.
    """
    network = nx.MultiDiGraph(name="kgazette")
    for entity in knowledge.entities:
        network.add_node(
            entity.id,
            name=entity.name,
            label=entity.name,
            kind=str(entity.kind),
            subtype=entity.subtype,
            aliases=SEPARATOR.join(entity.aliases),
            registry=SEPARATOR.join(entity.links),
        )
    dates: dict[tuple[str, str], list[str]] = {}
    for fact in knowledge.facts:
        if isinstance(fact.object, PartialDate):
            dates.setdefault((fact.subject, str(fact.predicate)), []).append(str(fact.object))
            continue
        network.add_edge(
            fact.subject,
            fact.object,
            key=str(fact.predicate),
            predicate=str(fact.predicate),
            belief=fact.belief,
            articles=len({proof.article for proof in fact.evidence}),
            quote=fact.evidence[0].quote,
        )
    for (subject, predicate), values in sorted(dates.items()):
        network.nodes[subject][predicate] = SEPARATOR.join(sorted(values))
    return network


def graphml(store: Store) -> dict[str, bytes]:
    stream = io.BytesIO()
    nx.write_graphml_xml(to_networkx(read_knowledge(store)), stream)
    # A parser of XML reads a bare carriage return as a line feed.
    return {"graph.graphml": stream.getvalue().replace(b"\r", b"&#13;")}


def gexf(store: Store) -> dict[str, bytes]:
    network = to_networkx(read_knowledge(store))
    for number, (_, _, edge) in enumerate(network.edges(data=True)):
        edge["id"] = str(number)
    for _, node in network.nodes(data=True):
        for predicate in DATES & node.keys():
            node[str(predicate)] = node.pop(predicate)
    stream = io.BytesIO()
    nx.write_gexf(network, stream)
    # networkx writes today's date, and the same graph shall give the same bytes.
    return {"graph.gexf": re.sub(rb' lastmodifieddate="[^"]*"', b"", stream.getvalue(), count=1)}
