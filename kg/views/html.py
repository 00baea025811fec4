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

from kg.views.data import page_data
from kg.views.from_graph import read_content
from kg.views.known import known_content
from kg.views.network import draw
from kg.views.select import WHOLE, bounded, select

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rdflib import Graph

    from kg.model import KnowledgeView
    from kg.views.content import Content
    from kg.views.select import Part

Page = tuple[bytes, ...]
"""A page in pieces, of which the largest, those of its data, are shared by all pages of a graph."""

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


_DATA = "[the data of the page]"


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


def render_pages(graph: Graph, part: Part = WHOLE) -> dict[str, Page]:
    """The pages of a part of `graph` by file name: each is whole in itself, UTF-8, and links to the others.

    They ask for nothing else; equal graphs give equal bytes. Raises GraphError when nothing has the name of
    the part's focus.
    """
    return _render(bounded(select(read_content(graph), part)), PAGES)


def render_known(knowledge: KnowledgeView) -> dict[str, Page]:
    """The pages of what a build knows: the same as those of its graph."""
    return _render(known_content(knowledge), PAGES)


def render_network(graph: Graph, part: Part = WHOLE) -> bytes:
    """The network of a part of `graph` as a page that stands alone. Raises what `render_pages` does."""
    (page,) = _render(bounded(select(read_content(graph), part)), (_NETWORK,)).values()
    return b"".join(page)


def _render(content: Content, pages: Sequence[_Page]) -> dict[str, Page]:
    environment = Environment(loader=FunctionLoader(_packaged), autoescape=True)
    # Compact, pure ASCII (the default), and in one order however the dictionaries came about.
    environment.policies["json.dumps_kwargs"] = {"sort_keys": True, "separators": (",", ":")}
    data = page_data(content)
    rendered: dict[str, Page] = {}
    for page in pages:
        html = _template(page, content, environment, siblings=pages if len(pages) > 1 else ())
        # Nothing before that place comes from an article.
        before, _, after = html.partition(_DATA)
        rendered[page.name] = (before.encode("utf-8"), *data, after.encode("utf-8"))
    return rendered


def _template(page: _Page, content: Content, environment: Environment, *, siblings: Sequence[_Page]) -> str:
    """The page with `_DATA` in the place of its data."""
    parts = [*SHARED_SCRIPTS, *page.scripts]
    extra: dict[str, Any] = {"drawing": None, "library": None}
    if page.is_network:
        drawing = draw(content, environment)
        extra = {"drawing": drawing.json, "library": drawing.library}
        parts.append(drawing.script)
    script = "".join(_packaged(name) for name in (*parts, "main.js"))
    scripts = [code for code in (extra["library"], script) if code]
    return environment.get_template("page.html").render(
        page=page,
        pages=siblings,
        data=_DATA,
        script=script,
        script_hashes=[_csp_hash(code) for code in scripts],
        style=_packaged("page.css"),
        picture_style=_packaged("picture.css"),
        **extra,
    )


def _packaged(name: str) -> str:
    return resources.files("kg.views").joinpath("page", name).read_text(encoding="utf-8")


def _csp_hash(script: str) -> str:
    """What a content security policy calls this script, so that the browser runs it and no other."""
    digest = hashlib.sha256(script.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"
