"""Time the pages in the browser, and plain pyvis on the same graphs: `python tests/views/bench.py [SIZE...]`;
or the pages that a build wrote into folders: `python tests/views/bench.py FOLDER...`.

Building all four pages is in seconds of the processor. Opening is the best of two, until two frames are drawn
(plain pyvis: until its physics rests, since it draws nothing before). Filter and search act while everything
is drawn. Sizes are entities; there are twice as many links.
"""

import sys
import tempfile
from pathlib import Path
from time import perf_counter, process_time

from chromium import chromium
from conftest import made_up
from pyvis.network import Network
from selenium.common.exceptions import TimeoutException
from test_browser import seconds

from kg import console
from kg.views import render_pages
from kg.views.from_graph import read_content

PATIENCE = 60
RESTED = """
  const done = arguments[0];
  const wait = () => (network.physics.stabilized || network.physics.stabilizationIterations >= 1000)
    ? requestAnimationFrame(() => done()) : setTimeout(wait, 20);
  wait();"""
SIFT = """
  const [wanted, done] = arguments;
  const started = performance.now();
  addEventListener("hashchange", () => requestAnimationFrame(() => setTimeout(
    () => done((performance.now() - started) / 1000))), { once: true });
  change(wanted);"""
SEARCH = """
  const started = performance.now();
  query.value = "number 12";
  showMatches();
  return (performance.now() - started) / 1000;"""


def plain(graph, folder):
    """What pyvis does by itself."""
    content = read_content(graph)
    network = Network(directed=True, cdn_resources="in_line")
    for index, node in enumerate(content.nodes):
        network.add_node(index, label=node.name, group=node.kind)
    for one, other in content.links():
        network.add_edge(one, other)
    (folder / "plain.html").write_text(network.generate_html(), encoding="utf-8")


def opened_plain(browser, address):
    started = perf_counter()
    browser.get(address)
    try:
        browser.execute_async_script(RESTED)
    except TimeoutException:
        return float("inf")
    return perf_counter() - started


def measure(browser, size, folder):
    graph = made_up(size)
    started = process_time()
    pages = render_pages(graph)
    built = process_time() - started
    for name, page in pages.items():
        (folder / name).write_bytes(b"".join(page))
    address = (folder / "graph.html").as_uri()
    start, everything = (min(seconds(browser, address + place) for _ in "12") for place in ("", "#view=all"))
    changes = ({"belief": "0.7"}, {"type": "Project"}, {"from": "2010"}, {"belief": ""}, {"from": ""})
    sifted = sorted(browser.execute_async_script(SIFT, change) for change in changes)[2]
    found = min(browser.execute_script(SEARCH) for _ in "12")
    old = size_of_old = "-"
    if size <= 2000:
        plain(graph, folder)
        waited = opened_plain(browser, (folder / "plain.html").as_uri())
        old = f"{waited:.2f}" if waited < PATIENCE else f"over {PATIENCE}"
        size_of_old = f"{(folder / 'plain.html').stat().st_size / 1e6:.2f}"
    mine = f"{(folder / 'graph.html').stat().st_size / 1e6:.2f}"
    figures = (f"{value:.2f}" for value in (built, start, everything))
    return (str(size), *figures, f"{sifted * 1000:.0f}", f"{found * 1000:.0f}", mine, old, size_of_old)


def open_pages(folders):
    """How long the pages in these folders take to open."""
    headers = ("folder", "page", "MB", "open", "open all")
    with tempfile.TemporaryDirectory() as name, chromium(Path(name)) as browser:
        browser.set_script_timeout(PATIENCE)
        rows = [opened(browser, path) for folder in folders for path in sorted(Path(folder).glob("*.html"))]
    print(console.table(headers, rows, right=frozenset(headers[2:])), end="")


def opened(browser, path):
    address = path.resolve().as_uri()
    places = ("", "#view=all") if path.name == "graph.html" else ("",)
    times = [f"{min(seconds(browser, address + place) for _ in '12'):.2f}" for place in places]
    return (path.parent.name, path.name, f"{path.stat().st_size / 1e6:.1f}", *times, "-")[:5]


def main(sizes):
    headers = (
        "entities",
        "build 4 pages",
        "open",
        "open all",
        "filter ms",
        "search ms",
        "MB",
        "pyvis open",
        "pyvis MB",
    )
    with tempfile.TemporaryDirectory() as name, chromium(Path(name) / "profile") as browser:
        browser.set_script_timeout(PATIENCE)
        folder = Path(name)
        (folder / "empty.html").write_text("<!doctype html><title>Empty</title>", encoding="utf-8")
        empty = min(seconds(browser, (folder / "empty.html").as_uri()) for _ in "123")
        rows = [measure(browser, size, folder) for size in sizes]
    print(console.table(headers, rows, right=frozenset(headers)), end="")
    print(f"an empty page opens in {empty:.2f} s")


if __name__ == "__main__":
    if any(map(Path.is_dir, map(Path, sys.argv[1:]))):
        open_pages(sys.argv[1:])
    else:
        main([int(size) for size in sys.argv[1:]] or [100, 400, 1000, 5000, 20000])
