"""Graphs to export: the small one made by hand, and one whose names need escaping everywhere."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.graph import build_graph
from kg.store import load_store, store_of

NASTY = [
    "plain",
    "<script>alert('x')</script> & \"quotes\" \\ back\\slash\\",
    "=1+1",
    "'=apostrophe first",
    "@at, comma; semicolon | bar",
    "two\nlines\r\nand\ra\ttab",
    "`backtick` ``twice`` $dollar {brace}",
    "Universität 中国科学院 🚀 e\u0301",
    "\u202eright to left\u202c\u200b",
    "]]> --> ${x} %41 ?q=1#frag",
    '""" \'\'\' """',
    " spaces at both ends ",
]


@pytest.fixture(params=["small", *NASTY])
def knowledge_with_name(request, knowledge):
    """Knowledge with the name for an institution, a project, an alias, a title and a quote."""
    if request.param == "small":
        return knowledge
    name = request.param
    entities = tuple(
        replace(entity, name=name, aliases=(name + "!",))
        if "optics" in entity.id or "condor" in entity.id
        else entity
        for entity in knowledge.entities
    )
    facts = tuple(
        replace(
            fact,
            evidence=tuple(
                replace(proof, quote=name, end=proof.start + len(name)) for proof in fact.evidence
            ),
        )
        for fact in knowledge.facts
    )
    articles = tuple(
        replace(article, title=name, byline=name, publisher=name) for article in knowledge.articles
    )
    return replace(knowledge, entities=entities, facts=facts, articles=articles)


@pytest.fixture
def store(knowledge_with_name):
    return store_of(build_graph(knowledge_with_name))


@pytest.fixture(scope="session")
def sample_store(sample_out):
    return load_store(sample_out / "graph.ttl")
