"""For Neo4j: the CSV layout of `neo4j-admin database import`, and Cypher statements for a running server.

https://neo4j.com/docs/operations-manual/current/import/
"""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

from kg.model import PartialDate
from kg.reading import read_knowledge
from kg.vocab import DATES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.model import Entity, Fact, Knowledge
    from kg.store import Store

BETWEEN = "\x1f"
"""Between the values of a list; no text of a graph holds this character."""
_DATES = sorted(str(predicate) for predicate in DATES)
_HOW = """\
Import these tables into a new database, on the server, with:

neo4j-admin database import full --array-delimiter=U+001F --multiline-fields=true \\
  --nodes=entities.csv --relationships=facts.csv neo4j
"""


def neo4j(store: Store) -> dict[str, bytes]:
    knowledge = read_knowledge(store)
    dates = _dates(knowledge)
    entities = [
        (
            e.id,
            e.name,
            BETWEEN.join(e.aliases),
            BETWEEN.join(e.links),
            *_date_cells(e, dates),
            BETWEEN.join(_labels(e)),
        )
        for e in knowledge.entities
    ]
    facts = [
        (fact.subject, str(fact.object), _type(fact), f"{fact.belief:g}", *_proof_cells(fact))
        for fact in knowledge.facts
        if not isinstance(fact.object, PartialDate)
    ]
    header = (
        "id:ID",
        "name",
        "aliases:string[]",
        "registryKeys:string[]",
        *(f"{name}:string[]" for name in _DATES),
    )
    return {
        "entities.csv": _csv((*header, ":LABEL"), entities),
        "facts.csv": _csv(
            (":START_ID", ":END_ID", ":TYPE", "belief:double", "articles:string[]", "quotes:string[]"), facts
        ),
        "HOW-TO-IMPORT.txt": _HOW.encode(),
    }


def cypher(store: Store) -> dict[str, bytes]:
    """One statement a line; running them twice changes nothing."""
    knowledge = read_knowledge(store)
    return {"graph.cypher": "".join(line + ";\n" for line in _statements(knowledge)).encode(errors="replace")}


def _statements(knowledge: Knowledge) -> Iterator[str]:
    yield "CREATE CONSTRAINT entity_id IF NOT EXISTS FOR (e:Entity) REQUIRE e.id IS UNIQUE"
    dates = _dates(knowledge)
    for entity in knowledge.entities:
        values: dict[str, object] = {"name": entity.name}
        if entity.aliases:
            values["aliases"] = list(entity.aliases)
        if entity.links:
            values["registryKeys"] = list(entity.links)
        values |= {name: found for name in _DATES if (found := dates.get((entity.id, name)))}
        labels = "".join(f":{_name(label)}" for label in _labels(entity) if label != "Entity")
        yield f"MERGE (e:Entity {{id: {literal(entity.id)}}}) SET e{labels}, e += {_map(values)}"
    for fact in knowledge.facts:
        if isinstance(fact.object, PartialDate):
            continue
        articles, quotes = (cell.split(BETWEEN) for cell in _proof_cells(fact))
        values = {"belief": fact.belief, "articles": articles, "quotes": quotes}
        subject, obj = literal(fact.subject), literal(str(fact.object))
        yield (
            f"MATCH (s:Entity {{id: {subject}}}), (o:Entity {{id: {obj}}}) "
            f"MERGE (s)-[r:{_name(_type(fact))}]->(o) SET r += {_map(values)}"
        )


def literal(value: object) -> str:
    r"""A Cypher literal. Its strings take the escapes of JSON: no line break or quote is left in them."""
    if isinstance(value, list):
        return f"[{', '.join(literal(item) for item in value)}]"
    return json.dumps(value) if isinstance(value, str) else f"{value}"


def _map(values: dict[str, object]) -> str:
    return "{" + ", ".join(f"{name}: {literal(value)}" for name, value in values.items()) + "}"


def _name(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"


def _labels(entity: Entity) -> list[str]:
    return ["Entity", str(entity.kind), *([entity.subtype] if entity.subtype else [])]


def _type(fact: Fact) -> str:
    """participatesIn is PARTICIPATES_IN, as Neo4j's style has it."""
    return "".join(f"_{letter}" if letter.isupper() else letter.upper() for letter in fact.predicate)


def _dates(knowledge: Knowledge) -> dict[tuple[str, str], list[str]]:
    dates: dict[tuple[str, str], list[str]] = {}
    for fact in knowledge.facts:
        if isinstance(fact.object, PartialDate):
            dates.setdefault((fact.subject, str(fact.predicate)), []).append(str(fact.object))
    return dates


def _date_cells(entity: Entity, dates: dict[tuple[str, str], list[str]]) -> list[str]:
    return [BETWEEN.join(dates.get((entity.id, name), [])) for name in _DATES]


def _proof_cells(fact: Fact) -> tuple[str, str]:
    """Which articles, and which sentences, one for each passage."""
    return (
        BETWEEN.join(sorted({proof.article for proof in fact.evidence})),
        BETWEEN.join(proof.quote for proof in fact.evidence),
    )


def _csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerow(header)
    writer.writerows(rows)
    return stream.getvalue().encode(errors="replace")
