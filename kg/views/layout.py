"""Where every node stands: computed once at build time, so that a page opens drawn and stays still.

Each connected part is laid out by force direction (Fruchterman and Reingold, 1991), widened until no label
covers another, and the parts are packed in rows below the largest. Of a large part only the core is laid out
by force; all others are set beside what they are joined to, which takes time in proportion to their number.
Units are pixels at zoom 1; x grows to the right, y downwards. There is no chance in it: fixed seed, fixed
order, rounded coordinates.
"""

from __future__ import annotations

import heapq
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import rustworkx

from kg.views.apart import push_apart

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.views.apart import Box, Point

SEED = 7
ROUNDS_OF_FORCE = 300
"""Enough for a few hundred nodes to settle. The work of a round grows with the square of the nodes ..."""
CORE = 600
"""... so no more nodes than this are laid out by force."""
GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))
AIR = 2.2
"""Room for a connected part, as a multiple of the area of its boxes."""
WIDE = 1.35
"""Screens and labels are wider than high."""
GAP = 30.0


@dataclass(frozen=True, slots=True)
class _Part:
    """Nodes that stand together, in a box of their own."""

    nodes: list[int]
    points: list[Point]
    """The centre of each node, from the top left corner of the box."""
    width: float
    height: float


def place(boxes: Sequence[Box], links: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Centres for nodes, with their labels of these sizes, joined by these links; in the order of `boxes`."""
    graph = rustworkx.PyGraph()
    graph.add_nodes_from(range(len(boxes)))
    graph.add_edges_from_no_data(list(links))
    components = sorted(sorted(component) for component in rustworkx.connected_components(graph))
    joined = [_lay_out(graph, nodes, boxes) for nodes in components if len(nodes) > 1]
    # The largest first; the others by height, so that rows come out even. Nodes without links come last.
    joined.sort(key=_node_count, reverse=True)
    joined[1:] = sorted(joined[1:], key=_height, reverse=True)
    alone = [_part(nodes, [(0.0, 0.0)], boxes) for nodes in components if len(nodes) == 1]
    centres: dict[int, tuple[int, int]] = {}
    floor = 0.0
    row_width = _row_width(joined or alone)
    for parts in (joined, alone):
        corners = _pack(parts, row_width)
        for part, (left, top) in zip(parts, corners, strict=True):
            for node, (x, y) in zip(part.nodes, part.points, strict=True):
                centres[node] = (round(left + x), round(floor + top + y))
        floor = 2 * GAP + max(
            (top + part.height for part, (_, top) in zip(parts, corners, strict=True)), default=0.0
        )
    return [centres[node] for node in range(len(boxes))]


def _lay_out(graph: rustworkx.PyGraph, nodes: list[int], boxes: Sequence[Box]) -> _Part:
    """A connected part by itself, lying on its longer side."""
    order = _from_the_core(graph, nodes) if len(nodes) > CORE else nodes
    subgraph = graph.subgraph(order[:CORE])
    layout = rustworkx.spring_layout(subgraph, num_iter=ROUNDS_OF_FORCE, seed=SEED)
    # A subgraph numbers its nodes anew; what each carries is its number in the whole.
    spots = {subgraph[index]: (layout[index][0], layout[index][1]) for index in subgraph.node_indices()}
    _attach(graph, order[CORE:], spots)
    across, down = _principal_axes([spots[node] for node in nodes])
    air = AIR * (1 - 1 / len(nodes))  # few nodes need little
    side = math.sqrt(air * sum(boxes[node][0] * boxes[node][1] for node in nodes)) / 2
    points = [(x * side * WIDE, y * side / WIDE) for x, y in zip(across, down, strict=True)]
    return _part(nodes, push_apart(points, [boxes[node] for node in nodes]), boxes)


def _from_the_core(graph: rustworkx.PyGraph, nodes: list[int]) -> list[int]:
    """The nodes of a connected part, beginning with the one of most links; every other one is joined to one
    before it, and has the most links among those that are."""
    first = min(nodes, key=lambda node: (-graph.degree(node), node))
    order, seen, waiting = [], {first}, [(-graph.degree(first), first)]
    while waiting:
        _, node = heapq.heappop(waiting)
        order.append(node)
        for other in graph.neighbors(node):
            if other not in seen:
                seen.add(other)
                heapq.heappush(waiting, (-graph.degree(other), other))
    return order


def _attach(graph: rustworkx.PyGraph, nodes: list[int], spots: dict[int, Point]) -> None:
    """Set each of `nodes` amid those of its neighbours that have a place, in a spiral, which spreads evenly
    (Vogel, 1979) those that would stand on one spot."""
    crowd: dict[tuple[int, ...], int] = {}
    step = 0.4 / math.sqrt(len(spots) + len(nodes))
    for node in nodes:
        anchors = tuple(sorted(other for other in graph.neighbors(node) if other in spots))
        count = crowd[anchors] = crowd.get(anchors, 0) + 1
        turn, reach = count * GOLDEN_ANGLE, step * math.sqrt(count)
        x = sum(spots[anchor][0] for anchor in anchors) / len(anchors)
        y = sum(spots[anchor][1] for anchor in anchors) / len(anchors)
        spots[node] = (x + reach * math.cos(turn), y + reach * math.sin(turn))


def _principal_axes(points: list[Point]) -> tuple[list[float], list[float]]:
    """The points turned about their centre so that they spread most from left to right."""
    middle_x = sum(x for x, _ in points) / len(points)
    middle_y = sum(y for _, y in points) / len(points)
    centred = [(x - middle_x, y - middle_y) for x, y in points]
    spread_x, spread_y = sum(x * x for x, _ in centred), sum(y * y for _, y in centred)
    angle = math.atan2(2 * sum(x * y for x, y in centred), spread_x - spread_y) / 2
    cos, sin = math.cos(angle), math.sin(angle)
    return [x * cos + y * sin for x, y in centred], [y * cos - x * sin for x, y in centred]


def _part(nodes: list[int], centres: list[Point], boxes: Sequence[Box]) -> _Part:
    """Nodes at these centres, moved so that their boxes begin at the top left corner."""
    placed = [(x, y, *boxes[node]) for node, (x, y) in zip(nodes, centres, strict=True)]
    left = min(x - width / 2 for x, _, width, _ in placed)
    top = min(y - height / 2 for _, y, _, height in placed)
    right = max(x + width / 2 for x, _, width, _ in placed)
    bottom = max(y + height / 2 for _, y, _, height in placed)
    return _Part(nodes, [(x - left, y - top) for x, y in centres], right - left, bottom - top)


def _row_width(parts: list[_Part]) -> float:
    """Wide enough for the widest part, and for the whole to come out about as wide as a screen."""
    area = sum((part.width + GAP) * (part.height + GAP) for part in parts)
    return max([math.sqrt(area) * WIDE, *(part.width for part in parts)])


def _pack(parts: list[_Part], row_width: float) -> list[Point]:
    """Top left corners of parts set in rows like words, in the given order."""
    corners: list[Point] = []
    x = y = row_height = 0.0
    for part in parts:
        if x > 0 and x + part.width > row_width:
            x, y, row_height = 0.0, y + row_height + GAP, 0.0
        corners.append((x, y))
        x += part.width + GAP
        row_height = max(row_height, part.height)
    return corners


def _node_count(part: _Part) -> int:
    return len(part.nodes)


def _height(part: _Part) -> float:
    return part.height
