"""The figures of resolution on the sets in gold/."""

import json
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import main
from kg.errors import InputError
from kg.resolution_score import evaluate_resolution, score_clusters, total
from kg.resolve.compare import MERGE, compare

GOLD = Path(__file__).parent / "gold"


@cache
def scores(name):
    return evaluate_resolution(GOLD / f"{name}.yaml")


@pytest.mark.parametrize(("name", "f1"), [("seen", 0.99), ("unseen", 0.98), ("unseen2", 0.96)])
def test_names_of_one_thing_come_together_and_no_others(name, f1):
    figures = total(scores(name))
    assert figures.f1 >= f1
    assert figures.precision >= 0.98
    assert figures.pair_precision >= 0.98


def test_a_third_of_the_sets_are_traps():
    sets = scores("seen") + scores("unseen") + scores("unseen2")
    assert len(sets) >= 60
    assert sum(item.is_trap for item in sets) >= len(sets) / 3
    assert len({item.id for item in sets}) == len(sets)


def test_b_cubed_is_that_of_its_authors():
    """The example of Bagga and Baldwin (1998): two of three clusters joined."""
    gold = dict.fromkeys(range(5), "a") | dict.fromkeys(range(5, 7), "b") | dict.fromkeys(range(7, 12), "c")
    found = dict.fromkeys(range(5), "x") | dict.fromkeys(range(5, 12), "y")
    figures = score_clusters(gold, found)
    assert figures.precision == pytest.approx((5 + 2 * 2 / 7 + 5 * 5 / 7) / 12)
    assert figures.recall == 1
    assert (figures.true_pairs, figures.gold_pairs, figures.found_pairs) == (21, 21, 31)


@pytest.mark.parametrize("text", ["", "a: [", "- id: x", "just words"])
def test_gold_that_is_none_is_an_input_error(tmp_path, text):
    (tmp_path / "bad.yaml").write_text(text)
    with pytest.raises(InputError, match=r"bad\.yaml"):
        evaluate_resolution(tmp_path / "bad.yaml")


def test_of_names_that_look_alike_those_of_two_things_are_kept_apart():
    """Names alone, without their articles: most names of one thing share too little to be joined so."""
    lines = (GOLD / "pairs.tsv").read_text(encoding="utf-8").splitlines()
    pairs = [line.split("\t") for line in lines if not line.startswith("#")]
    joined = [same for same, _, left, right in pairs if compare(left, right).score >= MERGE]
    assert len(joined) >= 36
    assert joined.count("0") == 0


def test_the_command_line_shows_the_figures():
    result = CliRunner().invoke(main, ["eval", "--resolution", str(GOLD), "--json"])
    assert result.exit_code == 0
    assert json.loads(result.stdout)["unseen"] == total(scores("unseen")).as_dict()
    table = CliRunner().invoke(main, ["eval", "--resolution", str(GOLD)]).stdout
    assert "homonyms" in table


def test_of_extracted_names_those_of_one_thing_come_together(tmp_path):
    text = (
        "The Rift Geothermal Institute (RGI) leads the Steam Project. RGI drills wells. "
        "The Baltic Steam Centre met Nakuru University."
    )
    gold = {
        "doc": "A01",
        "published": "2025-01-01",
        "entities": [
            {
                "id": "e1",
                "type": "Institution",
                "names": ["Rift Geothermal Institute", "RGI", "Baltic Steam Centre"],
            },
            {"id": "e2", "type": "Institution", "names": ["Nakuru University"]},
            {"id": "e3", "type": "Project", "names": ["Steam Project"]},
            {"id": "e4", "type": "Institution", "names": ["wells"]},
        ],
        "facts": [],
    }
    (tmp_path / "A01.txt").write_text(text, encoding="utf-8")
    (tmp_path / "A01.json").write_text(json.dumps(gold), encoding="utf-8")
    command = ["eval", "--resolution", str(tmp_path), "--json", "--reader", "rules"]
    figures = json.loads(CliRunner().invoke(main, command).stdout)
    assert figures["names found"] == {
        "B3 P": 1.0,
        "B3 R": round((2 / 3 + 2 / 3 + 1 / 3 + 1 + 1) / 5, 3),
        "B3 F1": 0.846,
        "pairs P": 1.0,
        "pairs R": 0.333,
    }
    assert figures["all names"]["B3 R"] == round((2 / 3 + 2 / 3 + 1 / 3 + 1 + 1 + 1) / 6, 3)


def test_a_folder_without_sets_is_exit_2(tmp_path):
    assert CliRunner().invoke(main, ["eval", "--resolution", str(tmp_path)]).exit_code == 2
