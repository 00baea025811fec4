"""A graph file -> a SPARQL 1.1 store, by the Graph Store HTTP Protocol.

https://www.w3.org/TR/sparql11-http-rdf-update/ for the triples, in chunks of N-Triples, and
https://www.w3.org/TR/sparql11-update/#move for putting the new graph in the place of the old one at once.

Every request can be made again for nothing: a graph is a set, and ours have no blank nodes.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

import urllib3
from urllib3.util import Retry, make_headers, parse_url

from kg.errors import PublishError
from kg.store import load_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

CHUNK = 50_000
"""Triples in one request: a few megabytes."""
_TIMEOUT = urllib3.Timeout(connect=10, read=300)
_RETRIES = Retry(
    total=5,
    connect=3,
    backoff_factor=0.5,  # seconds, doubled each time
    status_forcelist=(429, 500, 502, 503, 504),
    allowed_methods=None,  # all: see above
    redirect=0,
    raise_on_status=False,
)


def publish(
    path: Path,
    url: str,
    *,
    graph: str | None = None,
    update: str | None = None,
    credentials: str | None = None,
    chunk: int = CHUNK,
    on_sent: Callable[[int, int], None] | None = None,
) -> int:
    """Replace a graph of the store at `url` (a Graph Store endpoint) by the Turtle file; count the triples.

    `graph` is the IRI of the graph there, None for the default graph. With `update`, the store's endpoint
    for SPARQL Update, the chunks go to a graph beside it, which takes its place once it is whole; without,
    the first chunk replaces it and readers see it grow. `credentials` are "user:password". `on_sent` hears
    how many triples of how many are there.

    Raises GraphError for a file that is no graph, and PublishError for a store that does not take it.
    """
    lines = list(load_store(path).lines())
    if any(" _:" in line.partition('"')[0] or line.startswith("_:") for line in lines):
        raise PublishError(f"{path}: it has blank nodes, which cannot be sent in parts")
    session = _Session(url, credentials)
    staging = f"urn:kgazette:staging:{hashlib.sha256((graph or '').encode()).hexdigest()[:16]}"
    target = staging if update else graph
    if update:
        # Before anything is sent, it shows whether the endpoint is one.
        session.send("POST", update, f"DROP SILENT GRAPH <{staging}>", "application/sparql-update")
    method, sent = "PUT", 0
    for part in _parts(lines, chunk):
        session.send(
            method, _graph_url(url, target), "".join(f"{line}\n" for line in part), "application/n-triples"
        )
        method, sent = "POST", sent + len(part)
        if on_sent:
            on_sent(sent, len(lines))
    if update:
        place = f"GRAPH <{_iri(graph)}>" if graph else "DEFAULT"
        session.send("POST", update, f"MOVE GRAPH <{staging}> TO {place}", "application/sparql-update")
    return len(lines)


def _parts(lines: list[str], size: int) -> Iterator[list[str]]:
    """At least one part, for an empty graph replaces what was there too."""
    for start in range(0, len(lines) or 1, size):
        yield lines[start : start + size]


def _graph_url(url: str, graph: str | None) -> str:
    query = f"graph={_quoted(graph)}" if graph else "default"
    return f"{url}{'&' if urlsplit(url).query else '?'}{query}"


def _quoted(graph: str) -> str:
    return urlencode({"graph": _iri(graph)}).removeprefix("graph=")


def _iri(text: str) -> str:
    """`text`, which stands in a request as an IRI; raise PublishError when it could be anything else."""
    if not urlsplit(text).scheme or any(character in '<>"{}|^`\\' or character <= " " for character in text):
        raise PublishError(f"{text!r}: not an absolute IRI")
    return text


class _Session:
    """Requests to one store; what goes wrong is told with its address, but never with a password."""

    def __init__(self, url: str, credentials: str | None) -> None:
        if credentials and ":" not in credentials:
            raise PublishError("the credentials are not USER:PASSWORD")
        self._headers = make_headers(basic_auth=credentials) if credentials else {}
        self._pool = urllib3.PoolManager(retries=_RETRIES, timeout=_TIMEOUT)
        if urlsplit(url).scheme not in ("http", "https"):
            raise PublishError(f"{url}: not an http or https address")

    def send(self, method: str, url: str, body: str, content_type: str) -> None:
        headers = {**self._headers, "Content-Type": content_type}
        try:
            response = self._pool.request(method, url, body=body.encode(), headers=headers)
        except urllib3.exceptions.HTTPError as error:
            reason = getattr(error, "reason", None) or error
            raise PublishError(f"{_shown(url)}: cannot be reached ({type(reason).__name__})") from error
        if not 200 <= response.status < 300:
            said = " ".join(response.data[:200].decode(errors="replace").split())
            raise PublishError(f"{_shown(url)}: {method} was answered with {response.status} {said}".rstrip())


def _shown(url: str) -> str:
    return parse_url(url)._replace(auth=None, query=None).url
