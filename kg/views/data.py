"""What the scripts of a page read: everything that it shows, as JSON data that repeats itself little.

`page/data.js` reads this form back into objects, so the two change together.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from kg.views.words import KIND_STYLES, RELATION_WORDS, relation_words, spaced
from kg.vocab import DATA, DATES, ONTOLOGY

if TYPE_CHECKING:
    from kg.views.content import Content, Node, Statement


class _Table:
    """Texts that many things share, each kept once and called by its place."""

    def __init__(self, texts: tuple[str, ...] = ()) -> None:
        self.texts = list(texts)
        self._places = {text: place for place, text in enumerate(texts)}

    def place(self, text: str) -> int:
        place = self._places.setdefault(text, len(self.texts))
        if place == len(self.texts):
            self.texts.append(text)
        return place


def page_data(content: Content) -> dict[str, Any]:
    """The data of a page; equal contents give equal data."""
    kinds = _Table(tuple(KIND_STYLES))
    relations = _Table(tuple(RELATION_WORDS))
    texts = _Table()  # quotes and extractors
    nodes = [_node(node, kinds) for node in content.nodes]
    statements = [_statement(statement, relations, texts) for statement in content.statements]
    return {
        "base": DATA,
        "ontology": ONTOLOGY,
        "kinds": [{"kind": kind, "singular": kind, **asdict(style)} for kind, style in KIND_STYLES.items()],
        "relations": [[name, *relation_words(name), name in DATES] for name in relations.texts],
        "texts": texts.texts,
        "nodes": nodes,
        "statements": statements,
        "sources": [asdict(source) for source in content.sources],
        "leftOut": content.left_out,
    }


def _node(node: Node, kinds: _Table) -> list[Any]:
    return [
        node.key,
        node.name,
        kinds.place(node.kind),
        [spaced(subtype) for subtype in node.subtypes],
        node.aliases,
        node.sources,
        [[union.left, union.right, union.reason, union.score] for union in node.unions],
        [[link.key, link.iri] for link in node.links],
    ]


def _statement(statement: Statement, relations: _Table, texts: _Table) -> list[Any]:
    passages = [
        [
            *(item.source, texts.place(item.quote), item.page, item.line, item.character),
            [texts.place(extractor) for extractor in item.extractors],
        ]
        for item in statement.passages
    ]
    return [
        statement.key,
        statement.subject,
        relations.place(statement.predicate),
        statement.target,
        statement.belief,
        statement.when,
        passages,
    ]
