"""Gold documents: what people found in a text, in the form that `kg eval` measures against.

One JSON object a document, `DOC.json`, with its text in `DOC.txt`:

    {"doc": "A03", "published": "2023-06-29",
     "entities": [{"id": "e1", "type": "Institution", "names": ["Ministry of Science and ICT", "MSIT"]}],
     "facts": [{"s": "e1", "p": "locatedIn", "o": "e2", "quote": "..."}],
     "optional": []}

`optional` holds facts that cost nothing, found or not; `"optional": true` does the same for an entity.
`also_type` gives an entity further types; `split_names` names that do not stand in one piece in the text.
A file that breaks these rules is refused: figures measured against it would mean nothing.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kg.errors import InputError
from kg.model import PartialDate
from kg.vocab import SIGNATURES, Kind, Predicate

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Triple = tuple[str, Predicate, str]
"""Subject id, predicate, and an object id or an ISO date."""


@dataclass(frozen=True, slots=True)
class GoldEntity:
    """One thing that the document speaks of, under every name that it has there."""

    id: str
    kind: Kind
    kinds: frozenset[Kind]
    """`kind` and every other type that an annotator would accept."""
    names: tuple[str, ...]
    optional: bool


@dataclass(frozen=True, slots=True)
class Gold:
    """What is to be found in one document."""

    doc: str
    entities: dict[str, GoldEntity]
    facts: frozenset[Triple]
    optional: frozenset[Triple]
    quotes: dict[Triple, str] = field(default_factory=dict, repr=False)
    """The passage that states each fact."""
    text: str = field(default="", repr=False)
    """Of the document."""


def canonical(subject: str, predicate: Predicate, obj: str) -> Triple:
    """The triple, with the sides of a symmetric one in a fixed order."""
    if predicate.is_symmetric and obj < subject:
        subject, obj = obj, subject
    return subject, predicate, obj


def gold_paths(directory: Path) -> list[Path]:
    """The gold files of a directory, sorted; `DOC.articles.json` holds gold of another kind and is none.

    Raises InputError where there are none.
    """
    paths = sorted(p for p in directory.glob("*.json") if not p.name.endswith(".articles.json"))
    if not paths:
        raise InputError(str(directory), "no gold files (DOC.json) in this directory")
    return paths


def load_gold(path: Path, text: str) -> Gold:
    """Read and check the gold of one document. `text` is the document: names and quotes must stand in it.

    Raises InputError, naming the first problem.
    """
    raw = _read_json(path)
    try:
        problems = list(_problems(raw, text))
    except (KeyError, TypeError, AttributeError) as error:
        raise InputError(str(path), f"not in the form of a gold file ({error!r})") from error
    if problems:
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        raise InputError(str(path), problems[0] + more)
    return Gold(
        doc=raw["doc"],
        entities={entity["id"]: _entity(entity) for entity in raw["entities"]},
        facts=frozenset(_triple(fact) for fact in raw["facts"]),
        optional=frozenset(_triple(fact) for fact in raw.get("optional", [])),
        quotes={_triple(fact): " ".join(fact["quote"].split()) for fact in raw["facts"]},
        text=text,
    )


def _read_json(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(str(path), f"cannot be read as JSON ({error})") from error


def _entity(raw: dict[str, Any]) -> GoldEntity:
    return GoldEntity(
        id=raw["id"],
        kind=Kind(raw["type"]),
        kinds=frozenset(Kind(name) for name in _types(raw)),
        names=(*raw["names"], *raw.get("split_names", [])),
        optional=bool(raw.get("optional", False)),
    )


def _triple(raw: dict[str, Any]) -> Triple:
    return canonical(raw["s"], Predicate(raw["p"]), raw["o"])


def _types(raw: dict[str, Any]) -> set[str]:
    also = raw.get("also_type") or []
    return {raw["type"], *([also] if isinstance(also, str) else also)}


def _squeeze(text: str) -> str:
    """Letters and digits alone: what survives line breaks, hyphenation and markup."""
    return re.sub(r"[^0-9a-z]+", "", re.sub(r"</?u>", "", text).casefold())


def _is_date(text: object) -> bool:
    try:
        PartialDate.parse(str(text))
    except ValueError:
        return False
    return True


def _problems(raw: dict[str, Any], text: str) -> Iterator[str]:
    """Everything that is wrong with a gold document, in the order of the file."""
    squeezed = _squeeze(text)
    if not isinstance(raw["doc"], str):
        yield f"doc is no name: {raw['doc']!r}"
    if not _is_date(raw["published"]):
        yield f"published is no ISO date: {raw['published']!r}"
    types: dict[str, set[str]] = {}
    for entity in raw["entities"]:
        if entity["id"] in types:
            yield f"id twice: {entity['id']}"
        types[entity["id"]] = _types(entity)
        if unknown := sorted(types[entity["id"]] - set(Kind)):
            yield f"{entity['id']}: unknown type {unknown[0]!r}"
        for name in entity["names"]:
            if _squeeze(name) not in squeezed:
                yield f"{entity['id']}: name not in the text: {name!r}"
    seen = set()
    for fact in [*raw["facts"], *raw.get("optional", [])]:
        label = f"{fact['s']} {fact['p']} {fact['o']}"
        if label in seen:
            yield f"fact twice: {label}"
        seen.add(label)
        yield from (f"{label}: {problem}" for problem in _fact_problems(fact, types, squeezed))


def _fact_problems(fact: dict[str, Any], types: dict[str, set[str]], squeezed: str) -> Iterator[str]:
    if fact["p"] not in set(Predicate):
        yield f"unknown predicate {fact['p']!r}"
        return
    predicate = Predicate(fact["p"])
    subjects = {str(subject) for subject, _ in SIGNATURES[predicate]}
    objects = {str(obj) for _, obj in SIGNATURES[predicate] if obj}
    if not types.get(fact["s"], set()) & subjects:
        yield f"the subject must be {' or '.join(sorted(subjects))}"
    if predicate.is_date:
        if not _is_date(fact["o"]):
            yield "the object must be an ISO date"
    elif not types.get(fact["o"], set()) & objects:
        yield f"the object must be {' or '.join(sorted(objects))}"
    if fact["s"] == fact["o"]:
        yield "a fact of a thing with itself"
    quote = _squeeze(fact.get("quote") or "")
    if not quote or quote not in squeezed:
        yield f"quote not in the text: {fact.get('quote')!r}"
