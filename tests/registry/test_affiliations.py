"""Affiliations of real organisations, looked up among 3 000 of them."""

import json

import pytest
import world

from kg.registry import compile_index, open_registry, read_organisations
from kg.registry.affiliation import match_affiliation


@pytest.fixture(scope="module")
def registry(tmp_path_factory):
    folder = tmp_path_factory.mktemp("world")
    (folder / "ror.json").write_text(json.dumps(list(world.ror_records())), encoding="utf-8")
    compile_index(read_organisations("ror", folder / "ror.json"), folder / "registry.sqlite")
    opened = open_registry(folder / "registry.sqlite")
    yield opened
    opened.close()


def figures(registry, rows):
    """Precision of what was returned, and recall of what is there."""
    found = [(key, match_affiliation(registry, text)) for text, key in rows]
    returned = [(key, match.key) for key, match in found if match]
    right = sum(key == matched for key, matched in returned)
    return right / len(returned), right / sum(bool(key) for _, key in rows)


def test_affiliations_are_found_and_hardly_any_wrongly(registry):
    rows = list(world.affiliations())
    assert len(registry) >= 2000
    assert len(rows) >= 300
    for some in (rows, rows[::3]):
        precision, recall = figures(registry, some)
        assert precision >= 0.99
        assert recall >= 0.93


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("University of Washington, Seattle, USA", "University of Washington"),
        ("Washington University, St. Louis, USA", "Washington University"),
        (
            "Department of Biotechnology, Indian Institute of Technology Madras, India",
            "Indian Institute of Technology Madras",
        ),
        ("Department of Biotechnology, New Delhi, India", "Department of Biotechnology"),
        ("Universität Wien, Österreich, Austria", "University of Vienna"),
        ("NASA Ames Research Center, Mountain View, CA, USA", "Ames Research Center"),
        ("CAS", None),
        ("MA, CA, USA", None),
        ("", None),
        (", ; (", None),
    ],
)
def test_the_likeliest_part_is_the_organisation(registry, text, name):
    match = match_affiliation(registry, text)
    assert (match and match.name) == name


def test_the_country_that_is_given_counts_more_than_what_is_read(registry):
    there = match_affiliation(registry, "CSIR, Pretoria, South Africa", frozenset({"GH"}))
    assert there.country == "GH"
