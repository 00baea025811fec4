"""Across articles: which of their entities are one thing.

Names decide, context vetoes. Every reason to join two is an edge with a score; edges are taken from the
surest to the least sure, and one that would join bodies of different countries, or what a person has
told apart, is left out. When in doubt, they stay two.
"""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

from kg.names import classify
from kg.resolve.alike import alike
from kg.resolve.compare import MERGE, compare
from kg.resolve.forms import comparison_key, is_generic, is_short_form, marks
from kg.resolve.groups import Edge, Groups
from kg.resolve.places import ONE_PLACE
from kg.resolve.shared import times_and_places, with_shared_facts
from kg.vocab import Kind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from kg.resolve.alike import Alike
    from kg.resolve.local import Link, LocalEntity


class Similar(Protocol):
    """Says which names are alike."""

    def __call__(self, kind: Kind, names: Collection[str]) -> Iterable[Alike]:
        """Pairs of these names of one kind."""


def compare_now(kind: Kind, names: Collection[str]) -> Iterable[Alike]:
    """Those that are alike among themselves. A `Similar`."""
    return alike(names)


def cluster(
    locals_: Sequence[LocalEntity],
    *,
    same: Iterable[tuple[int, int]] = (),
    different: Iterable[tuple[int, int]] = (),
    similar: Similar = compare_now,
) -> tuple[list[list[int]], dict[int, list[Link]]]:
    """Groups of local entities that are one thing, and the links that joined them.

    `same` and `different` are pairs that people have decided; no name and no context overrules them.
    `similar` gives the names that are alike.
    """
    groups = Groups(locals_, different)
    for left, right in same:
        groups.join(Edge(1.0, left, right, "said by a person"), forced=True)
    for edge in sorted(_same_names(locals_, groups.owners), key=_surest):
        groups.join(edge)
    for edge in sorted(_similar_names(locals_, groups, similar), key=_surest):
        groups.join(edge)
    for edge in _short_forms(locals_, groups):
        groups.join(edge)
    return groups.sets(), groups.links


def _surest(edge: Edge) -> tuple[float, int, int, str]:
    return (-edge.score, edge.left, edge.right, edge.reason)


def _same_names(locals_: Sequence[LocalEntity], owners: Sequence[str]) -> Iterator[Edge]:
    plain: dict[tuple[str, ...], list[int]] = defaultdict(list)
    generic: dict[str, list[int]] = defaultdict(list)
    for index, entity in enumerate(locals_):
        for full_name in full_keys(entity):
            plain[full_name].append(index)
        if entity.kind is Kind.INSTITUTION:
            cores = {entity.core(name) for name in entity.names}
            for key in {comparison_key(core) for core in cores if is_generic(core)}:
                generic[key].append(index)
    for members in plain.values():
        yield from _same_full_name(locals_, owners, members)
    for members in generic.values():
        yield from _same_generic_name(locals_, members)


def full_keys(entity: LocalEntity) -> list[tuple[str, ...]]:
    """What another article's entity must share with this one to be the same."""
    if entity.kind is Kind.COUNTRY and entity.refs:
        return [(entity.kind, ref) for ref in sorted(entity.refs)]
    if entity.kind is Kind.COUNTRY:
        return [(entity.kind, comparison_key(entity.preferred))]
    if entity.kind is Kind.PLACE:
        return sorted((str(entity.kind), key) for key in {*entity.refs, *map(comparison_key, entity.names)})
    names = {name for name in entity.names if not is_short_form(name) and not is_generic(entity.core(name))}
    return sorted({(str(entity.kind), comparison_key(name), *marks(name)) for name in names})


def _same_full_name(
    locals_: Sequence[LocalEntity], owners: Sequence[str], members: Sequence[int]
) -> Iterator[Edge]:
    """One thing, unless it is known of several countries or years: then one of each."""
    first: dict[str, int] = {}
    for index in members:
        first.setdefault(owners[index], index)
    known = sorted(first.keys() - {""})
    for index in members:
        entity, owner = locals_[index], owners[index]
        if not owner and known:
            fitting = known if len(known) == 1 else [country for country in known if country in entity.around]
            if len(fitting) != 1:
                continue
            owner = fitting[0]
        if index != first[owner]:
            yield Edge(0.95, first[owner], index, _same(locals_[first[owner]], entity))


def _same(one: LocalEntity, two: LocalEntity) -> str:
    """Why two that share a key are one."""
    if two.kind is Kind.COUNTRY:
        return "same country"
    if two.kind is Kind.PLACE and one.preferred != two.preferred:
        return ONE_PLACE
    return "same name"


def _same_generic_name(locals_: Sequence[LocalEntity], members: Sequence[int]) -> Iterator[Edge]:
    """ "Ministry of Health": one where the country or the higher body is the same.

    Where an article does not say whose it is, the country that it speaks of most decides, or there is but
    one such body in all articles and the name is no bare one.
    """
    first: dict[tuple[str, str], int] = {}
    told = [index for index in members if locals_[index].country or locals_[index].parent]
    for index in told:
        entity = locals_[index]
        _, cities = times_and_places(entity)
        wide = "" if entity.parent else entity.country
        for key in (
            ("parent", entity.parent),
            *(("city", city) for city in sorted(cities)),
            ("country", wide),
        ):
            if key[1]:
                yield from _to_first(first, key, index, Edge(0.93, 0, 0, f"same name, same {key[0]}"))
    known = sorted({(locals_[i].country, locals_[i].parent) for i in told})
    by_country: dict[str, list[int]] = defaultdict(list)
    for index in told:
        by_country[locals_[index].country].append(index)
    for index in members:
        entity = locals_[index]
        if entity.country or entity.parent:
            continue
        main = entity.around[0] if entity.around else ""
        if main and len({locals_[i].parent for i in by_country.get(main, ())}) == 1:
            yield Edge(0.82, by_country[main][0], index, "same name, and the article speaks of its country")
        elif len(known) == 1 and known[0][0] in ("", *entity.around):
            yield Edge(0.8, told[0], index, "same name, one country known")
        elif main or (not known and _is_long(entity)):
            same_country = Edge(0.8, 0, 0, "same name, same country around")
            yield from _to_first(first, ("around", main), index, same_country)


def _is_long(entity: LocalEntity) -> bool:
    return len(comparison_key(entity.preferred).split()) >= 4


def _to_first(
    first: dict[tuple[str, str], int], key: tuple[str, str], index: int, edge: Edge
) -> Iterator[Edge]:
    if first.setdefault(key, index) != index:
        yield edge._replace(left=first[key], right=index)


def _similar_names(locals_: Sequence[LocalEntity], groups: Groups, similar: Similar) -> Iterator[Edge]:
    """Names that differ by spelling, spaces, transliteration, a letter misread; or more, and facts agree."""
    for kind in (Kind.INSTITUTION, Kind.PROJECT):
        first: dict[str, int] = {}
        for index, entity in enumerate(locals_):
            if entity.kind is kind:
                for name in sorted(entity.names):
                    first.setdefault(name, index)
        generic: Mapping[str, bool] = {name: is_generic(locals_[i].core(name)) for name, i in first.items()}
        for left, right, verdict in similar(kind, first):
            if first[left] == first[right]:
                continue
            verdict = with_shared_facts(verdict, groups.members(first[left]), groups.members(first[right]))
            if verdict.score < MERGE:
                continue
            one, two = locals_[first[left]], locals_[first[right]]
            if (generic[left] or generic[right]) and not _same_owner(one, two):
                continue
            low, high = sorted((first[left], first[right]))
            yield Edge(verdict.score, low, high, verdict.reason)


def _same_owner(one: LocalEntity, two: LocalEntity) -> bool:
    """Do two bodies of a generic name belong to one country or higher body, as far as is told?"""
    if one.parent or two.parent:
        return one.parent == two.parent
    left, right = one.country or next(iter(one.around), ""), two.country or next(iter(two.around), "")
    return left == right


def _short_forms(locals_: Sequence[LocalEntity], groups: Groups) -> Iterator[Edge]:
    """An article that only says "CERN" means the one thing that other articles introduce so.

    Of several, the one whose country the article speaks of; else it stays by itself.
    """
    full: dict[tuple[str, str], list[int]] = defaultdict(list)
    bare: dict[tuple[str, str], list[int]] = defaultdict(list)
    by_initials: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, entity in enumerate(locals_):
        if entity.kind not in (Kind.INSTITUTION, Kind.PROJECT):
            continue
        only_short = all(is_short_form(name) for name in entity.names)
        for name in sorted(entity.names):
            if is_short_form(name):
                (bare if only_short else full)[entity.kind, name].append(index)
            elif letters := capitals(name):
                by_initials[entity.kind, letters].append(index)
    for _, members in sorted(full.items()):
        yield from _parts_of_one_name(locals_, groups, members)
    for key, members in sorted(bare.items()):
        known = {groups[index]: index for index in reversed(full[key])}
        reason, score = "short form with one known full name", 0.8
        if not known:
            fitting = [i for i in by_initials[key] if compare(key[1], locals_[i].preferred).score >= MERGE]
            known = {groups[index]: index for index in reversed(fitting)}
            reason = "initials of the one full name that fits"
        if len(known) > 1:
            for index in members:
                chosen = _by_country(locals_[index], known, groups)
                if chosen is not None:
                    yield Edge(0.75, chosen, index, "short form, and the article speaks of its country")
            continue
        if known:
            full_name = min(known.values())
            yield from (Edge(score, full_name, index, reason) for index in members)
        countries = {locals_[index].country for index in members} - {""}
        several = len(countries) > 1 and len(key[1]) <= 4
        first: dict[tuple[str, str], int] = {}
        for index in members:
            country = locals_[index].country if several else ""
            yield from _to_first(first, ("country", country), index, Edge(0.8, 0, 0, "same short name"))


@lru_cache(maxsize=20_000)
def capitals(name: str) -> str:
    """The capitals that its words begin with, where these are enough to stand for it; else ""."""
    letters = "".join(word[0] for word in name.split() if word[0].isupper())
    return letters if len(letters) >= 4 else ""


def _parts_of_one_name(
    locals_: Sequence[LocalEntity], groups: Groups, members: Sequence[int]
) -> Iterator[Edge]:
    """ "Belt and Road Initiative (BRI)", of which a line break left "Road Initiative (BRI)" elsewhere."""
    found = {groups[index]: index for index in reversed(members)}.values()
    names = sorted((-len(locals_[index].preferred), locals_[index].preferred, index) for index in found)
    _, name, long = names[0]
    for _, rest, index in names[1:]:
        if name.endswith(f" {rest}") and " " in rest and classify(name) == classify(rest):
            reason = "same short form, and the end of the same name"
            yield Edge(0.8, min(long, index), max(long, index), reason)


def _by_country(entity: LocalEntity, known: Mapping[int, int], groups: Groups) -> int | None:
    wanted = (entity.country,) if entity.country else entity.around
    fitting = [index for index in known.values() if groups.country(index) in wanted and groups.country(index)]
    return fitting[0] if len(fitting) == 1 else None
