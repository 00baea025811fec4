"""A graph is sent to a real store on this machine, Oxigraph's, and read back equal."""

import shutil
import socket
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import urllib3
from click.testing import CliRunner

from kg import publish as publishing
from kg.cli import main
from kg.errors import GraphError, PublishError
from kg.graph import build_graph, serialise
from kg.publish import publish
from kg.store import load_store

GRAPH = "https://example.org/news"


@pytest.fixture(scope="module")
def server():
    """The address of an Oxigraph server that keeps its triples in memory."""
    program = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or shutil.which("oxigraph")
    if program is None:
        pytest.skip("the oxigraph server is not installed")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [program, "serve", "--bind", f"127.0.0.1:{port}"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        urllib3.request("GET", f"{url}/store?default", retries=urllib3.Retry(20, backoff_factor=0.02))
        yield url
    finally:
        process.kill()
        process.wait()


@pytest.fixture
def file(knowledge, tmp_path):
    path = tmp_path / "graph.ttl"
    path.write_bytes(serialise(build_graph(knowledge)))
    return path


@pytest.fixture
def other(tmp_path):
    path = tmp_path / "other.ttl"
    path.write_text('<urn:a> <urn:b> "old" .')
    return path


def read_back(server, graph, tmp_path):
    """The lines of a graph of the store; None when there is no such graph."""
    response = urllib3.request("GET", f"{server}/store", fields=graph, headers={"Accept": "text/turtle"})
    if response.status == 404:
        return None
    (tmp_path / "back.ttl").write_bytes(response.data)
    return set(load_store(tmp_path / "back.ttl").lines())


@pytest.mark.parametrize("graph", [None, GRAPH])
@pytest.mark.parametrize("swap", [False, True])
@pytest.mark.parametrize("chunk", [7, 50_000])
def test_what_is_published_is_read_back_equal(server, file, other, tmp_path, graph, swap, chunk):
    update = f"{server}/update" if swap else None
    publish(other, f"{server}/store", graph=graph, update=update)
    heard = []
    count = publish(
        file, f"{server}/store", graph=graph, update=update, chunk=chunk, on_sent=lambda *n: heard.append(n)
    )
    lines = set(load_store(file).lines())
    assert count == len(lines)
    assert heard[-1] == (count, count)
    assert len(heard) == -(-count // chunk)
    assert read_back(server, {"graph": graph} if graph else {"default": ""}, tmp_path) == lines
    staged = urllib3.request(
        "GET",
        f"{server}/query",
        fields={"query": 'ASK { GRAPH ?g { ?s ?p ?o } FILTER STRSTARTS(STR(?g), "urn:kgazette") }'},
    )
    assert b"true" not in staged.data  # nothing is left beside it


def test_an_empty_graph_replaces_too(server, other, tmp_path):
    (tmp_path / "empty.ttl").write_text("")
    publish(other, f"{server}/store", graph=GRAPH)
    assert publish(tmp_path / "empty.ttl", f"{server}/store", graph=GRAPH) == 0
    assert not read_back(server, {"graph": GRAPH}, tmp_path)


def test_a_store_that_fails_midway_shows_the_old_graph(server, file, other, tmp_path, monkeypatch):
    publish(other, f"{server}/store", graph=GRAPH)

    def fail(done, total):
        raise PublishError("lost")

    with pytest.raises(PublishError):
        publish(file, f"{server}/store", graph=GRAPH, update=f"{server}/update", chunk=7, on_sent=fail)
    assert read_back(server, {"graph": GRAPH}, tmp_path) == set(load_store(other).lines())


class Busy(BaseHTTPRequestHandler):
    """Answers 503 as often as `failures` says, then takes everything."""

    failures = 0
    seen: list[tuple[str, str, str | None]]

    def answer(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.seen.append((self.command, self.path, self.headers["Authorization"]))
        failing = len(self.seen) <= self.failures
        self.send_response(503 if failing else 204)
        self.end_headers()

    do_PUT = do_POST = answer  # noqa: N815

    def log_message(self, *_):
        pass


@pytest.fixture
def busy(monkeypatch):
    """A store on this machine that can be made to fail, and its address."""
    monkeypatch.setattr(publishing, "_RETRIES", publishing._RETRIES.new(backoff_factor=0.001))
    handler = type("Handler", (Busy,), {"seen": []})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as store:
        threading.Thread(target=store.serve_forever, daemon=True).start()
        yield handler, f"http://127.0.0.1:{store.server_port}/store"
        store.shutdown()


def test_a_busy_store_is_asked_again(busy, other):
    handler, url = busy
    handler.failures = 3
    assert publish(other, url, credentials="ann:secret") == 1
    assert [method for method, _, _ in handler.seen] == ["PUT"] * 4
    assert {auth for _, _, auth in handler.seen} == {"Basic YW5uOnNlY3JldA=="}


def test_a_store_that_stays_busy_is_one_line(busy, other):
    handler, url = busy
    handler.failures = 100
    with pytest.raises(PublishError, match="503") as caught:
        publish(other, url)
    assert "\n" not in str(caught.value)
    assert len(handler.seen) == 6


def test_the_name_of_a_graph_stays_a_name(busy, other):
    handler, url = busy
    publish(other, url, graph="https://example.org/?a=b&default#c")
    assert handler.seen[0][1] == "/store?graph=https%3A%2F%2Fexample.org%2F%3Fa%3Db%26default%23c"


@pytest.mark.parametrize("graph", ["news", "urn:a> DROP ALL", "urn:a b", ""])
def test_a_name_that_is_none_is_not_sent(busy, other, graph):
    handler, url = busy
    if graph:
        with pytest.raises(PublishError, match="not an absolute IRI"):
            publish(other, url, graph=graph)
        assert not handler.seen


def test_no_store_no_graph_and_blank_nodes_are_one_line(tmp_path, other, monkeypatch):
    monkeypatch.setattr(publishing, "_RETRIES", publishing._RETRIES.new(total=1, backoff_factor=0.001))
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
        with pytest.raises(PublishError, match="cannot be reached"):
            publish(other, f"http://ann:secret@127.0.0.1:{port}/store")
    with pytest.raises(PublishError, match="not USER:PASSWORD"):
        publish(other, "http://127.0.0.1:1/store", credentials="secret")
    with pytest.raises(PublishError, match="not an http"):
        publish(other, "file:///store")
    with pytest.raises(GraphError):
        publish(tmp_path / "none.ttl", "http://127.0.0.1:1/store")
    other.write_text("[] <urn:b> 'x' .")
    with pytest.raises(PublishError, match="blank nodes"):
        publish(other, "http://127.0.0.1:1/store")


def test_an_update_endpoint_that_fails_is_told_before_anything_is_sent(busy, other):
    handler, url = busy
    handler.failures = 100
    with pytest.raises(PublishError, match="/nowhere: POST was answered with 503"):
        publish(other, url, update=f"{url}/nowhere")
    assert {path for _, path, _ in handler.seen} == {"/store/nowhere"}


def test_the_command(server, file, tmp_path):
    args = ["publish", str(file), "--to", f"{server}/store", "--graph", GRAPH, "--update", f"{server}/update"]
    result = CliRunner().invoke(main, args)
    assert result.exit_code == 0
    count = len(set(load_store(file).lines()))
    assert result.output == f"Published {count} triples to {server}/store\n"
