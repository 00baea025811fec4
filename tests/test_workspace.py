"""What stands beside the articles takes part in a build."""

import pytest
from click.testing import CliRunner
from rdflib import DCTERMS, RDFS, SKOS, Graph

from kg.cli import main
from kg.registry import compile_index
from kg.registry.formats import Organisation

STORY = "The Tide Institute in Bergen, Norway, leads the Kelp Ladder project with the Fjord Centre.\n"


@pytest.fixture
def pages(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "a.txt").write_text(STORY, encoding="utf-8")
    return folder


def built(*args):
    result = CliRunner().invoke(main, ["build", "pages", "-o", "out", *args])
    assert result.exit_code == 0, result.output
    return Graph().parse("out/graph.ttl")


def labels(graph):
    return {str(label) for label in graph.objects(None, RDFS.label)}


def test_decisions_beside_the_articles_are_replayed_on_every_build(pages):
    assert "Tide Institute" in labels(built())
    (pages / "curation.yaml").write_text("- rename: Tide Institute\n  to: Institute of Tides\n")
    for _ in range(2):
        assert "Institute of Tides" in labels(built())


def test_a_wrong_decision_is_exit_2_with_its_line(pages):
    (pages / "curation.yaml").write_text("- same: [A, B]\n- sane: [A, B]\n")
    result = CliRunner().invoke(main, ["build", "pages", "-o", "out"])
    assert result.exit_code == 2
    assert "curation.yaml: line 2: " in result.stderr
    assert result.stderr.count("\n") == 1


def test_ids_are_kept_and_point_on(pages):
    built("--identities", "pages/identities.lock")
    assert (pages / "identities.lock").exists()
    (pages / "curation.yaml").write_text("- same: [Tide Institute, Fjord Centre]\n")
    graph = built()
    [(gone, stays)] = graph.subject_objects(DCTERMS.isReplacedBy)
    assert gone != stays
    assert (stays, RDFS.label, None) in graph
    again = (pages / "identities.lock").read_bytes()
    built()
    assert (pages / "identities.lock").read_bytes() == again


def test_without_being_asked_a_build_writes_nothing_beside_the_articles(pages):
    built()
    assert [path.name for path in pages.iterdir()] == ["a.txt"]


def test_links_of_a_register_are_exact_or_close(pages):
    organisations = [
        Organisation("ror:012345678", "Tide Institute", country="NO"),
        Organisation("ror:087654321", "Fjord Centr", country="NO"),
    ]
    compile_index(organisations, pages / "registry.sqlite")
    graph = built()
    exact = {str(o) for o in graph.objects(None, SKOS.exactMatch) if "ror.org" in str(o)}
    assert exact == {"https://ror.org/012345678"}
    close = {str(o) for o in graph.objects(None, SKOS.closeMatch)}
    assert close == {"https://ror.org/087654321"}


def test_countries_have_their_wikidata_ids(pages):
    assert "http://www.wikidata.org/entity/Q20" in {str(o) for o in built().objects(None, SKOS.exactMatch)}
