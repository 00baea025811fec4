"""The drawing of the network: nodes, lines and where they stand, for one of two libraries that draw them.

Up to `LARGEST_FOR_VIS` entities pyvis makes the drawing, for the vis-network that it brings. That one draws
larger graphs well enough, but hides and shows a thousand shapes in no less than a tenth of a second; beyond,
the drawing is made for force-graph (see `vendor/`). The page around them is the same.
"""

from __future__ import annotations

import json
import math
import re
import textwrap
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING

from jinja2 import DictLoader

from kg.views.layout import place
from kg.views.words import KIND_STYLES, spaced
from kg.vocab import SYMMETRIC

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jinja2 import Environment

    from kg.views.apart import Box
    from kg.views.content import Content

LARGEST_FOR_VIS = 400
"""Entities. With more, a filter of the whole graph would take longer than 100 ms."""

VIS_NETWORK = "lib/vis-9.1.2/vis-network.min.js"
"""As pyvis 0.3.2 ships it, under its templates."""
FORCE_GRAPH = "force-graph-1.52.0.min.js"

CHARACTER_WIDTH, LINE_HEIGHT = 6.8, 14.0
"""About what the page's labels take, in pixels."""
LABEL_WIDTH = 20
"""Characters in a line of a label; names take up to two lines and are cut after that."""

OPTIONS = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "nodes": {"borderWidth": 1.5, "borderWidthSelected": 3, "labelHighlightBold": False},
    "edges": {"smooth": False, "arrows": {"to": {"scaleFactor": 0.45}}, "selectionWidth": 1.5},
    "interaction": {
        "hover": True,
        "hideEdgesOnDrag": True,
        "hideEdgesOnZoom": True,
        "tooltipDelay": 250,
        "keyboard": {"enabled": True, "bindToWindow": False},
    },
}


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing as the page's script reads it, and what draws it."""

    json: str
    """Safe inside a script element: no text in it can end one."""
    library: str
    """JavaScript."""
    script: str
    """The part of the page's own script that speaks to the library."""


@dataclass(frozen=True, slots=True)
class _Shape:
    label: str
    size: float
    """Half the height, in pixels at zoom 1."""
    x: int
    y: int


def draw(content: Content, environment: Environment) -> Drawing:
    """The drawing of everything; `environment` writes its JSON."""
    links = content.links()
    is_small = len(content.nodes) <= LARGEST_FOR_VIS
    shapes = _shapes(content, links, with_labels=is_small)
    if is_small:
        return Drawing(_for_vis(content, shapes, links, environment), _vis_network(), "draw-vis.js")
    return Drawing(_for_force_graph(content, shapes, links, environment), _force_graph(), "draw-force.js")


def _shapes(content: Content, links: Sequence[tuple[int, int]], *, with_labels: bool) -> list[_Shape]:
    """Shapes with room for their labels; without, where there are so many that few can be labelled."""
    degrees = [0] * len(content.nodes)
    for ends in links:
        for end in ends:
            degrees[end] += 1
    sizes = [round(7 + min(17.0, 2.5 * math.sqrt(degree)), 1) for degree in degrees]
    labels = [_label(node.name) for node in content.nodes]
    boxes = [_box(label if with_labels else "", size) for label, size in zip(labels, sizes, strict=True)]
    centres: list[tuple[int, int]] = place(boxes, links)
    return [
        # The box holds the label below the shape.
        _Shape(label, size, x, y - round(box[1] / 2 - size))
        for label, size, box, (x, y) in zip(labels, sizes, boxes, centres, strict=True)
    ]


def _for_vis(
    content: Content,
    shapes: Sequence[_Shape],
    links: Sequence[tuple[int, int]],
    environment: Environment,
) -> str:
    """What pyvis writes for vis-network. Nodes are known by their place in `content`: text is never an id."""
    # Not at the top: it brings IPython and NetworkX with it, and only a small graph needs it.
    from pyvis.network import Network

    network = Network(directed=True, cdn_resources="in_line")
    network.set_options(json.dumps(OPTIONS))
    for index, (node, shape) in enumerate(zip(content.nodes, shapes, strict=True)):
        style = KIND_STYLES[node.kind]
        network.add_node(
            index,
            label=shape.label,
            title=f"{node.name}\n{spaced(node.kind)}",
            shape=style.shape,
            color=style.color,
            size=shape.size,
            x=shape.x,
            y=shape.y,
        )
    arrows = _arrows(content)
    for index, (source, target) in enumerate(links):
        network.add_edge(source, target, id=index, arrows=arrows.get((source, target), ""))
    # A template of ours instead of pyvis's own, which links style sheets on the web, doubles its heading
    # and lets text into markup; what is kept is the JSON that it writes.
    template = '{"nodes":{{ nodes|tojson }},"edges":{{ edges|tojson }},"options":{{ options|safe }}}'
    network.path = "drawing"
    network.templateEnv = environment.overlay(loader=DictLoader({"drawing": template}))
    written: str = network.generate_html()
    return written


def _for_force_graph(
    content: Content,
    shapes: Sequence[_Shape],
    links: Sequence[tuple[int, int]],
    environment: Environment,
) -> str:
    arrows = _arrows(content)
    drawing = {
        "nodes": [[shape.label, shape.size, shape.x, shape.y] for shape in shapes],
        "edges": [[*ends, arrows.get(ends, "")] for ends in links],
    }
    return environment.from_string("{{ drawing|tojson }}").render(drawing=drawing)


def _arrows(content: Content) -> dict[tuple[int, int], str]:
    """Where each line has heads: at the object of every fact that reads differently from its other end."""
    heads: dict[tuple[int, int], set[str]] = {}
    for statement in content.statements:
        if isinstance(statement.target, int) and statement.predicate not in SYMMETRIC:
            ends = (min(statement.subject, statement.target), max(statement.subject, statement.target))
            heads.setdefault(ends, set()).add("to" if statement.target == ends[1] else "from")
    return {ends: ", ".join(sorted(sides)) for ends, sides in heads.items()}


def _label(name: str) -> str:
    """A name for the drawing: two short lines, cut after them. Never empty, or pyvis would show a number."""
    lines = textwrap.wrap(name, LABEL_WIDTH, max_lines=2, placeholder=" …")
    return "\n".join(lines) or "(no name)"


def _box(label: str, size: float) -> Box:
    """Width and height of a shape with its label below, in pixels."""
    if not label:
        return 2 * size + 6, 2 * size + 6
    lines = label.split("\n")
    width = max(len(line) for line in lines) * CHARACTER_WIDTH
    return max(width, 2 * size) + 12, 2 * size + len(lines) * LINE_HEIGHT + 10


def _vis_network() -> str:
    """The library that pyvis ships, less the address of a source map, which browsers' tools would load."""
    path = resources.files("pyvis").joinpath("templates", VIS_NETWORK)
    return re.sub(r"\n//# sourceMappingURL=\S*\s*$", "\n", path.read_text(encoding="utf-8"))


def _force_graph() -> str:
    return resources.files("kg.views").joinpath("vendor", FORCE_GRAPH).read_text(encoding="utf-8")
