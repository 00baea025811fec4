"""What is no name, whatever a tagger thinks of it."""

import json
from pathlib import Path

import pytest

from kg.extract.not_names import is_country, is_no_name

GOLD = Path(__file__).parents[1] / "gold"


@pytest.mark.parametrize(
    "name",
    [
        "of Latin America",
        "Programme of the",
        "Facility for Airborne (FA",
        "Storage) protocols",
        "Sdn",
        "Co., Ltd.",
        "Prof. Ada Lund",
        "Harbour Times",
        "Nobel Prize in Physics",
        "Fifth",
        "12th",
        "Services",
        "R&D",
        "-DV",
    ],
)
def test_fragments_people_press_and_prizes_are_no_names(name):
    assert is_no_name(name)


@pytest.mark.parametrize("name", ["EAST", "MOST", "Lindholm University", "R&D Fund", "m:lab"])
def test_names_stay(name):
    assert not is_no_name(name)


def test_hardly_anything_that_the_gold_names_is_thrown_away():
    names = {
        name
        for part in ("train", "dev")
        for path in (GOLD / part).rglob("*.json")
        for entity in json.loads(path.read_text(encoding="utf-8"))["entities"]
        if entity["type"] != "Country"
        for name in entity["names"]
    }
    lost = sorted(name for name in names if is_no_name(name))  # "Academy" and the like, as short forms
    assert len(lost) < len(names) / 500, lost


def test_a_country_and_its_people_are_a_country():
    assert is_country("Norway")
    assert is_country("Norwegian")
    assert not is_country("Norwegian Academy")
    assert not is_country("Bergen")
