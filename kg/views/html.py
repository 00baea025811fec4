"""The pages: one template, one style, one script in parts; a page differs in what its stage shows.

All data travels as JSON inside the page, and the page's own script turns it into text nodes only. A content
security policy names the scripts by their hashes, so the browser runs these and nothing else.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FunctionLoader

from kg.model import Knowledge
from kg.views.data import page_data
from kg.views.from_graph import read_content
from kg.views.known import known_content
from kg.views.network import draw
from kg.views.select import WHOLE, most_told, select

if TYPE_CHECKING:
    from rdflib import Graph

    from kg.views.content import Content
    from kg.views.select import Part

SHARED_SCRIPTS = (
    "data.js",
    "dom.js",
    "state.js",
    "filters.js",
    "search.js",
    "panel.js",
    "countries.js",
    "copy.js",
    "picture.js",
)
"""The parts of the script that every page has, in the order in which they need each other."""


@dataclass(frozen=True, slots=True)
class _Page:
    name: str
    title: str
    stage: str
    """The template of what stands beside the panel."""
    scripts: tuple[str, ...]
    is_network: bool = False


_NETWORK = _Page(
    "graph.html", "Network", "stage-network.html", ("labels.js", "arrange.js", "network.js"), is_network=True
)
PAGES = (
    _Page("index.html", "Overview", "stage-overview.html", ("overview.js",)),
    _NETWORK,
    _Page("countries.html", "Countries", "stage-svg.html", ("arrange.js", "countries-draw.js")),
    _Page("timeline.html", "Timeline", "stage-svg.html", ("timeline.js",)),
)


def render_pages(graph: Graph | Knowledge, part: Part = WHOLE) -> dict[str, bytes]:
    """The pages of a part of `graph` by file name: each is whole in itself, UTF-8, and links to the others.

    They ask for nothing else; equal graphs give equal bytes. Raises GraphError when nothing has the name of
    the part's focus.
    """
    content = known_content(graph) if isinstance(graph, Knowledge) else read_content(graph)
    content = most_told(select(content, part))
    environment = _environment(content)
    return {page.name: _render(page, content, environment, has_siblings=True) for page in PAGES}


def render_network(graph: Graph, part: Part = WHOLE) -> bytes:
    """The network of a part of `graph` as a page that stands alone. Raises what `render_pages` does."""
    content = most_told(select(read_content(graph), part))
    return _render(_NETWORK, content, _environment(content), has_siblings=False)


def _environment(content: Content) -> Environment:
    environment = Environment(loader=FunctionLoader(_packaged), autoescape=True)
    # Compact, pure ASCII (the default), and in one order however the dictionaries came about.
    environment.policies["json.dumps_kwargs"] = {"sort_keys": True, "separators": (",", ":")}
    environment.globals["data"] = environment.from_string("{{ data|tojson }}").render(data=page_data(content))
    return environment


def _render(page: _Page, content: Content, environment: Environment, *, has_siblings: bool) -> bytes:
    parts = [*SHARED_SCRIPTS, *page.scripts]
    extra: dict[str, Any] = {"drawing": None, "library": None}
    if page.is_network:
        drawing = draw(content, environment)
        extra = {"drawing": drawing.json, "library": drawing.library}
        parts.append(drawing.script)
    script = "".join(_packaged(name) for name in (*parts, "main.js"))
    scripts = [code for code in (extra["library"], script) if code]
    html = environment.get_template("page.html").render(
        page=page,
        pages=PAGES if has_siblings else (),
        script=script,
        script_hashes=[_csp_hash(code) for code in scripts],
        style=_packaged("page.css"),
        picture_style=_packaged("picture.css"),
        **extra,
    )
    return html.encode("utf-8")


def _packaged(name: str) -> str:
    return resources.files("kg.views").joinpath("page", name).read_text(encoding="utf-8")


def _csp_hash(script: str) -> str:
    """What a content security policy calls this script, so that the browser runs it and no other."""
    digest = hashlib.sha256(script.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"
