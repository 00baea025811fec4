"""`kg view`, the command."""

import pytest
from click.testing import CliRunner

from kg.cli import main
from kg.graph import serialise
from kg.views import render_pages


@pytest.fixture
def graph(small_graph, tmp_path):
    path = tmp_path / "graph.ttl"
    path.write_bytes(serialise(small_graph))
    return path


def run(*arguments):
    return CliRunner().invoke(main, ["view", *map(str, arguments)])


def test_a_page_shows_the_part_that_was_asked_for(graph, tmp_path):
    page = tmp_path / "new" / "chile.html"
    result = run(graph, "--focus", "chile", "--hops", 1, "--type", "Country", "--since", "2024", "-o", page)
    assert result.exit_code == 0, result.output
    assert result.stdout == f"Wrote {page}\n"
    html = page.read_text(encoding="utf-8")
    assert '"Sweden"' in html
    assert '"Institute of Optics"' not in html
    assert 'href="index.html"' not in html


def test_a_folder_gets_all_pages(graph, small_graph, tmp_path):
    result = run(graph, "-o", tmp_path / "pages")
    assert result.exit_code == 0, result.output
    made = {path.name: path.read_bytes() for path in (tmp_path / "pages").iterdir()}
    assert made == {name: b"".join(page) for name, page in render_pages(small_graph).items()}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--focus", "Chil"], "close to it: Chile"),
        (["--since", "May"], "not an ISO date: 'May'"),
        (["--type", "Person"], "'Person' is not one of"),
        (["--hops", "-1"], "-1 is not in the range"),
        (["-o", "graph.ttl/page.html"], "cannot be written"),
    ],
)
def test_what_is_wrong_is_said_in_one_line_and_exit_2(graph, tmp_path, monkeypatch, arguments, message):
    monkeypatch.chdir(tmp_path)
    result = run(graph, *arguments)
    assert result.exit_code == 2
    assert message in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["graph.ttl"]
