"""A part of a graph: around an entity, of some kinds, since some day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rapidfuzz import process

from kg.errors import GraphError
from kg.names import normalise
from kg.views.content import Content, LeftOut
from kg.views.dates import span
from kg.views.limits import LIMITS, choose

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.model import PartialDate
    from kg.views.content import Node, Statement
    from kg.views.limits import Limits
    from kg.vocab import Kind


@dataclass(frozen=True, slots=True)
class Part:
    """Which part of a graph to show: what all of the conditions leave."""

    focus: str = ""
    """A name or an alias, in any case; what is joined to it by at most `hops` facts stays."""
    hops: int = 1
    since: PartialDate | None = None
    """Keeps facts about that day or a later one, and the entities that these name."""
    kinds: frozenset[Kind] = frozenset()
    """The kinds of entities to keep, beside the focus; none stands for all."""


WHOLE = Part()


def select(content: Content, part: Part) -> Content:
    """That part of `content`. Raises GraphError when nothing has the name of its focus."""
    if part == WHOLE:
        return content
    centre = _named(content, part.focus) if part.focus else set()
    statements = [item for item in content.statements if part.since is None or _ends_after(item, part.since)]
    kept = set(range(len(content.nodes)))
    if part.since is not None:
        kept = {end for statement in statements for end in _ends(statement)}
    if part.focus:
        kept &= _within(statements, centre, part.hops)
    if part.kinds:
        kept = {index for index in kept if content.nodes[index].kind in part.kinds}
    return _restrict(content, statements, kept | centre)


def bounded(content: Content, limits: Limits = LIMITS) -> Content:
    """What of `content` a browser can show."""
    choice = choose(
        ((index, node.key, len(node.sources)) for index, node in enumerate(content.nodes)),
        ((*_ends(statement), len(statement.passages)) for statement in content.statements),
        limits,
    )
    if choice.is_everything(entities=len(content.nodes), articles=len(content.sources), limits=limits):
        return content
    shorter = replace(
        content,
        nodes=tuple(replace(node, sources=node.sources[: choice.mentions]) for node in content.nodes),
        statements=tuple(
            replace(item, passages=item.passages[: choice.passages]) for item in content.statements
        ),
    )
    kept = _restrict(shorter, shorter.statements, set(choice.entities))
    left_out = LeftOut(
        entities=len(content.nodes) - len(kept.nodes),
        facts=len(content.statements) - len(kept.statements),
        articles=len(content.sources) - len(kept.sources),
        passages=choice.passages,
        mentions=choice.mentions,
    )
    return replace(kept, left_out=left_out)


def _named(content: Content, wanted: str) -> set[int]:
    """The entities of that name; those of that alias where none has it as its name."""
    key = normalise(wanted)
    for names in (_preferred, _aliases):
        found = {index for index, node in enumerate(content.nodes) if key in map(normalise, names(node))}
        if found:
            return found
    known = sorted({node.name for node in content.nodes})
    close = [name for name, _, _ in process.extract(wanted, known, limit=3, score_cutoff=60)]
    hint = f" (close to it: {', '.join(close)})" if close else ""
    raise GraphError(f"nothing in the graph has the name {wanted!r}{hint}")


def _preferred(node: Node) -> tuple[str, ...]:
    return (node.name,)


def _aliases(node: Node) -> tuple[str, ...]:
    return node.aliases


def _ends_after(statement: Statement, since: PartialDate) -> bool:
    first = span(str(since))
    return bool(statement.when and first and statement.when[1] >= first[0])


def _ends(statement: Statement) -> tuple[int, int]:
    """The entities that it is about; of a date, the same one twice."""
    other = statement.target if isinstance(statement.target, int) else statement.subject
    return statement.subject, other


def _within(statements: Iterable[Statement], centre: set[int], hops: int) -> set[int]:
    neighbours: dict[int, set[int]] = {}
    for statement in statements:
        for end in _ends(statement):
            neighbours.setdefault(end, set()).update(_ends(statement))
    reached = set(centre)
    edge = set(centre)
    for _ in range(hops):
        edge = {other for index in edge for other in neighbours.get(index, ())} - reached
        reached |= edge
    return reached


def _restrict(content: Content, statements: Iterable[Statement], kept: set[int]) -> Content:
    """Only these entities and the statements between them, numbered anew; articles that neither names go."""
    order = {old: new for new, old in enumerate(sorted(kept))}
    inside = [item for item in statements if all(end in order for end in _ends(item))]
    nodes = [content.nodes[old] for old in order]
    cited = {index for node in nodes for index in node.sources}
    cited |= {passage.source for item in inside for passage in item.passages if passage.source >= 0}
    sources = {old: new for new, old in enumerate(sorted(cited))}
    return Content(
        nodes=tuple(replace(node, sources=tuple(sources[index] for index in node.sources)) for node in nodes),
        statements=tuple(
            replace(
                item,
                subject=order[item.subject],
                target=order[item.target] if isinstance(item.target, int) else item.target,
                passages=tuple(
                    replace(passage, source=sources.get(passage.source, -1)) for passage in item.passages
                ),
            )
            for item in inside
        ),
        sources=tuple(content.sources[old] for old in sources),
    )
