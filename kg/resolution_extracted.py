"""Measure resolution on what is extracted: which names of annotated documents end up in one entity.

The gold files of `kg eval` list the names that each thing has in a document. Each document is built as by
`kg build`, and each gold name looked for among the names of the entities found. B-cubed is over gold names of
institutions and projects: over those that were found at all, and over all, of which the missing ones stand
alone. A name that the gold gives to two things is passed over; one that two entities have counts as missing.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import islice
from typing import TYPE_CHECKING

from kg.evaluate import load_documents
from kg.extract import DEFAULT_READER, extract
from kg.matching import name_key
from kg.resolution_score import ResolutionScore, score_clusters
from kg.resolve import resolve
from kg.vocab import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from kg.gold import Gold
    from kg.model import Entity

_KINDS = (Kind.INSTITUTION, Kind.PROJECT)


def evaluate_extracted(
    gold_dir: Path,
    *,
    texts: Path | None = None,
    reader: str = DEFAULT_READER,
    on_progress: Callable[[str, int, int], None] | None = None,
) -> dict[str, ResolutionScore]:
    """The figures over the names that were found, and over all; parameters as of `kg.evaluate.evaluate`."""
    documents = load_documents(gold_dir, texts)
    everything = (article for _, articles in documents for article in articles)
    extractions = iter(extract(everything, reader=reader))
    found, every = ResolutionScore(), ResolutionScore()
    for done, (gold, articles) in enumerate(documents, start=1):
        of_gold = _gold_clusters(gold)
        of_graph = _found_clusters(resolve(islice(extractions, len(articles))).entities)
        alone = {name: of_graph.get(name, f"missing {name}") for name in of_gold}
        present = {name: thing for name, thing in of_gold.items() if name in of_graph}
        found += score_clusters(present, {name: of_graph[name] for name in present})
        every += score_clusters(of_gold, alone)
        if on_progress:
            on_progress("evaluate", done, len(documents))
    return {"names found": found, "all names": every}


def _gold_clusters(gold: Gold) -> dict[str, str]:
    things = [entity for entity in gold.entities.values() if entity.kind in _KINDS and not entity.optional]
    return _only_owners((name, thing.id) for thing in things for name in thing.names)


def _found_clusters(entities: Iterable[Entity]) -> dict[str, str]:
    things = [entity for entity in entities if entity.kind in _KINDS]
    return _only_owners((name, thing.id) for thing in things for name in (thing.name, *thing.aliases))


def _only_owners(names: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Name -> the one thing that has it."""
    owners: dict[str, set[str]] = defaultdict(set)
    for name, owner in names:
        owners[name_key(name)].add(owner)
    return {name: min(things) for name, things in sorted(owners.items()) if len(things) == 1}
