"""Across articles: one entity for one thing, one fact for what several passages say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.curation import Curation
from kg.ledger import Ledger
from kg.resolve.alike import alike
from kg.resolve.connect import connect
from kg.resolve.curate import Finder, must_join, must_not_join, replay
from kg.resolve.entities import Things
from kg.resolve.facts import facts_of
from kg.resolve.gather import gather
from kg.resolve.identity import NO_IDENTITIES, keep_identities
from kg.resolve.links import add_links
from kg.resolve.shards import SHARD, groups

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.model import Extraction, Knowledge, Mention
    from kg.resolve.alike import Comparer
    from kg.resolve.identity import Identities, Kept
    from kg.resolve.links import Registry

NO_DECISIONS = Curation()


@dataclass(frozen=True, slots=True)
class Resolution:
    """What all articles say together, and the entity that each mention stands for."""

    knowledge: Ledger
    entity_of: Mapping[Mention, str]
    """Empty unless it was asked for."""
    kept: Kept

    def identities(self) -> Identities:
        """The ids in use, to be given to the next build."""
        return self.kept.remembered(self.knowledge.entities)


def resolve(
    extractions: Iterable[Extraction],
    *,
    curation: Curation = NO_DECISIONS,
    identities: Identities = NO_IDENTITIES,
    registry: Registry | None = None,
    min_confidence: float = 0.0,
) -> Knowledge:
    """Merge what the articles say. The result does not depend on the order of the articles.

    `curation` overrules every merge, `identities` keeps the ids that entities had before, `registry`
    links institutions to public registers. Facts of less belief than `min_confidence` (0 to 1) are left out.
    """
    return resolve_mentions(
        extractions,
        curation=curation,
        identities=identities,
        registry=registry,
        min_confidence=min_confidence,
    ).knowledge.in_memory()


def resolve_mentions(
    extractions: Iterable[Extraction],
    *,
    curation: Curation = NO_DECISIONS,
    identities: Identities = NO_IDENTITIES,
    registry: Registry | None = None,
    min_confidence: float = 0.0,
    comparer: Comparer = alike,
    with_mentions: bool = False,
    shard: int = SHARD,
) -> Resolution:
    """The same on disk, with the identities to remember, and the entity of every mention if it is asked for.

    Extractions are gone through once, one in memory at a time. `comparer` says where names are compared,
    `shard` how many local entities are clustered at once; neither changes anything.
    """
    ledger, finder = Ledger(), Finder(curation)
    found = gather(extractions, ledger, curation=curation, finder=finder, with_mentions=with_mentions)
    same = list(must_join(finder, curation))
    components = connect(found, same=same, comparer=comparer)
    things = Things(found)
    different = must_not_join(finder, curation)
    things.draft(groups(found, components, same=same, different=different, size=shard))
    del components
    things.settle()
    kept = keep_identities(things.entities(), identities)
    if kept.ids:
        things.rename(kept.ids)
    things.write(ledger)
    facts = facts_of(found.db, things.entity_of, things.id_of)
    ledger.add_facts(fact for fact in facts if fact.belief >= min_confidence)
    replay(ledger, finder=finder, id_of=things.of_local, curation=curation)
    if registry is not None:
        add_links(ledger, registry)
    ledger.add_redirects(pair for pair in kept.redirects if ledger.entity(pair[1]))
    return Resolution(
        ledger, {mention: things.of_local(number) for mention, number in found.number_of.items()}, kept
    )
