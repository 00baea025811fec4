"""The page: what pyvis draws, and around it what pyvis leaves undone.

pyvis renders its network through a template of ours instead of its own, which links style sheets on the
web, doubles its heading and lets text into markup. It still brings vis-network, holds nodes, edges and
options, and writes them as JSON that cannot end a script element. The rest of the page's data travels the
same way, and the page's own script turns it into text nodes only.
"""

from __future__ import annotations

import base64
import hashlib
import json
import math
import re
import textwrap
from dataclasses import asdict
from importlib import resources
from typing import TYPE_CHECKING, Any

from jinja2 import DictLoader, Environment
from pyvis.network import Network

from kg.views.content import read_content
from kg.views.layout import place
from kg.views.words import KIND_STYLES, RELATION_WORDS, relation_words, spaced
from kg.vocab import SYMMETRIC

if TYPE_CHECKING:
    from rdflib import Graph

    from kg.views.content import Content

VIS_NETWORK = "lib/vis-9.1.2/vis-network.min.js"
"""As pyvis 0.3.2 ships it, under its templates."""

SCRIPTS = ("data.js", "dom.js", "panel.js", "search.js", "filters.js", "canvas.js", "main.js")
"""The page's own script, in the order in which its parts need each other."""

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


def render_html(graph: Graph) -> bytes:
    """One HTML file in UTF-8 that shows `graph` and asks for nothing else; equal graphs, equal bytes."""
    content = read_content(graph)
    script = "".join(_packaged(name) for name in SCRIPTS)
    vis_network = _vis_network()
    environment = Environment(loader=DictLoader({"page.html": _packaged("page.html")}), autoescape=True)
    # Compact, pure ASCII (the default), and in one order however the dictionaries came about.
    environment.policies["json.dumps_kwargs"] = {"sort_keys": True, "separators": (",", ":")}
    environment.globals.update(
        {
            "content": _page_data(content),
            "script": script,
            "script_hashes": [_csp_hash(vis_network), _csp_hash(script)],
            "style": _packaged("page.css"),
            "vis_network": vis_network,
        }
    )
    network = _draw(content)
    network.path, network.templateEnv = "page.html", environment
    page: str = network.generate_html()
    return page.encode("utf-8")


def _draw(content: Content) -> Network:
    """Nodes and lines. Nodes are known by their place in `content`: text is never an id."""
    links = content.links()
    degrees = [0] * len(content.nodes)
    for ends in links:
        for end in ends:
            degrees[end] += 1
    sizes = [7 + min(17, 2.5 * math.sqrt(degree)) for degree in degrees]
    labels = [_label(node.name) for node in content.nodes]
    boxes = [_box(label, size) for label, size in zip(labels, sizes, strict=True)]

    network = Network(directed=True, cdn_resources="in_line")
    network.set_options(json.dumps(OPTIONS))
    for index, (node, (x, y)) in enumerate(zip(content.nodes, place(boxes, links), strict=True)):
        style = KIND_STYLES[node.kind]
        network.add_node(
            index,
            label=labels[index],
            title=f"{node.name}\n{spaced(node.kind)}",
            shape=style.shape,
            color=style.color,
            size=round(sizes[index], 1),
            x=x,
            y=y - round(boxes[index][1] / 2 - sizes[index]),  # the box holds the label below the shape
        )
    arrows = _arrows(content)
    for index, (source, target) in enumerate(links):
        network.add_edge(source, target, id=index, arrows=arrows.get((source, target), ""))
    return network


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


def _box(label: str, size: float) -> tuple[float, float]:
    """Width and height of a shape with its label below, in pixels."""
    lines = label.split("\n")
    width = max(len(line) for line in lines) * CHARACTER_WIDTH
    return max(width, 2 * size) + 12, 2 * size + len(lines) * LINE_HEIGHT + 10


def _page_data(content: Content) -> dict[str, Any]:
    """What the page's script reads, beside the drawing."""
    used = {statement.predicate for statement in content.statements}
    predicates = [*RELATION_WORDS, *sorted(used - set(RELATION_WORDS))]
    return {
        "nodes": [
            {**asdict(node), "subtypes": [spaced(subtype) for subtype in node.subtypes]}
            for node in content.nodes
        ],
        "statements": [asdict(statement) for statement in content.statements],
        "sources": [asdict(source) for source in content.sources],
        "kinds": [{"kind": kind, "singular": kind, **asdict(style)} for kind, style in KIND_STYLES.items()],
        "relations": [[predicate, *relation_words(predicate)] for predicate in predicates],
    }


def _vis_network() -> str:
    """The library that pyvis ships, less the address of a source map, which browsers' tools would load."""
    path = resources.files("pyvis").joinpath("templates", VIS_NETWORK)
    return re.sub(r"\n//# sourceMappingURL=\S*\s*$", "\n", path.read_text(encoding="utf-8"))


def _packaged(name: str) -> str:
    return resources.files("kg.views").joinpath("page", name).read_text(encoding="utf-8")


def _csp_hash(script: str) -> str:
    """What a content security policy calls this script, so that the browser runs it and no other."""
    digest = hashlib.sha256(script.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"
