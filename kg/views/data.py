"""What the scripts of a page read: everything that it shows, as JSON data that repeats itself little.

`page/data.js` reads this form back into objects, so the two change together.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from jinja2.utils import htmlsafe_json_dumps

from kg.views.words import KIND_STYLES, RELATION_WORDS, relation_words, spaced
from kg.vocab import DATA, DATES, ONTOLOGY

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.views.content import Content, Node, Source, Statement


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


def page_data(content: Content) -> list[bytes]:
    """The data of a page as compact JSON in ASCII, in pieces, in which no text can end a script element.

    Equal contents give equal data.
    """
    kinds = _Table(tuple(KIND_STYLES))
    relations = _Table(tuple(RELATION_WORDS))
    texts = _Table()  # quotes and extractors
    # These come first because they fill the tables.
    nodes = _array(_node(node, kinds) for node in content.nodes)
    statements = _array(_statement(statement, relations, texts) for statement in content.statements)
    styles = ({"kind": kind, "singular": kind, **asdict(style)} for kind, style in KIND_STYLES.items())
    values = {
        "base": _json(DATA),
        "kinds": _array(styles),
        "leftOut": _json(asdict(content.left_out)),
        "nodes": nodes,
        "ontology": _json(ONTOLOGY),
        "relations": _array([name, *relation_words(name), name in DATES] for name in relations.texts),
        "sources": _array(map(_source, content.sources)),
        "statements": statements,
        "texts": _array(texts.texts),
    }
    pieces: list[bytes] = []
    for key, value in values.items():
        pieces += (b"," if pieces else b"{", _json(key), b":", value)
    return [*pieces, b"}"]


def _json(value: object) -> bytes:
    """As Jinja's filter `tojson` writes it."""
    return htmlsafe_json_dumps(value, dumps=_write).encode("ascii")


def _array(items: Iterable[object]) -> bytes:
    return htmlsafe_json_dumps(items, dumps=_write_each).encode("ascii")


_write = json.JSONEncoder(sort_keys=True, separators=(",", ":")).encode


def _write_each(items: Iterable[object]) -> str:
    """Each is written before the next is made: together they would take much more room than their JSON."""
    return f"[{','.join(map(_write, items))}]"


def _source(source: Source) -> dict[str, object]:
    return {name: getattr(source, name) for name in source.__slots__}


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
