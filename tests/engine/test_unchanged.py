"""The last build stands if it was of the same and wrote what still stands there; else it does not."""

import json
import os
import zlib
from dataclasses import replace
from pathlib import Path

import pytest

from kg.cache import ASIDE, NAME
from kg.engine import open_cache, unchanged
from kg.engine.unchanged import LastBuild, Outcome
from kg.model import Origin

OUTCOME = Outcome("Articles 3\nFacts 7\n", "Articles 3, facts 7\n")


class Place:
    """A folder of outputs with its cache, and what builds are made of."""

    def __init__(self, folder, articles):
        self.out = folder / "out"
        self.curation = folder / "curation.yaml"
        self.lock = folder / "identities.lock"
        self.articles = articles
        self.settings = ("rules", 0.0)
        self.out.mkdir()
        self.curation.write_text("- same: [A, B]\n")

    def last(self, cache):
        return LastBuild(
            cache,
            self.out,
            articles=self.articles,
            beside=[self.curation, self.lock],
            settings=self.settings,
        )

    def build(self, meanwhile=None):
        with open_cache(self.out / ".kg", on_note=pytest.fail) as cache:
            last = self.last(cache)
            written = [self.out / "graph.ttl", self.out / "index.html"]
            for path in written:
                path.write_text(f"{path.name} of {len(self.articles)} articles")
            if meanwhile:
                meanwhile()
            last.remember([*written, *filter(type(self.lock).exists, [self.lock])], OUTCOME)

    def outcome(self, on_note=pytest.fail):
        with open_cache(self.out / ".kg", on_note=on_note) as cache:
            return self.last(cache).outcome()


@pytest.fixture
def place(tmp_path, articles):
    return Place(tmp_path, articles[:3])


def test_without_a_build_nothing_stands(place):
    assert place.outcome() is None


def test_what_did_not_change_stands(place):
    place.build()
    assert place.outcome() == place.outcome() == OUTCOME
    place.articles = iter(place.articles)  # walked through once
    assert place.outcome() == OUTCOME


def first(place, **change):
    place.articles = [replace(place.articles[0], **change), *place.articles[1:]]


CHANGES = {
    "text": lambda place: first(place, text="Another."),
    "source": lambda place: first(place, source="elsewhere.txt"),
    "line": lambda place: first(place, origins=(Origin(0, 7),)),
    "reprint": lambda place: first(place, also_in=("x.txt",)),
    "fewer": lambda place: place.articles.pop(),
    "order": lambda place: place.articles.reverse(),
    "option": lambda place: setattr(place, "settings", ("rules", 0.5)),
    "decision": lambda place: place.curation.write_text("- drop entity: A\n"),
    "no decision": lambda place: place.curation.unlink(),
    "lock": lambda place: place.lock.write_text("a b\n"),
    "edited": lambda place: (place.out / "graph.ttl").write_text("graph.ttl of 4 articles"),
    "taken away": lambda place: (place.out / "index.html").unlink(),
    "folder": lambda place: (
        (place.out / "index.html").unlink(),
        (place.out / "index.html").mkdir(),
    ),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_any_change_wants_another_build(place, change):
    place.build()
    change(place)
    assert place.outcome() is None


def test_another_kgazette_wants_another_build(place, monkeypatch):
    place.build()
    monkeypatch.setattr(unchanged, "package_version", lambda: "next year's")
    assert place.outcome() is None


def test_ids_that_a_build_wrote_down_are_read_by_the_next(place):
    place.build(meanwhile=lambda: place.lock.write_text("a b\n"))
    assert place.outcome() is None
    place.build()
    assert place.outcome() == OUTCOME


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_pipe_is_left_to_the_build(place):
    """Whoever looks into it takes what is in it, and waits where there is nothing."""
    place.build()
    place.curation.unlink()
    os.mkfifo(place.curation)
    assert place.outcome() is None
    place.build()
    assert place.outcome() is None


@pytest.mark.skipif(not Path("/dev/null").exists(), reason="no devices here")
def test_what_went_into_a_device_goes_there_again(place):
    (place.out / "graph.ttl").symlink_to("/dev/null")
    place.build()
    assert place.outcome() is None


def test_outputs_and_cache_may_move_together(place, tmp_path):
    place.build()
    place.out = place.out.rename(tmp_path / "moved")
    assert place.outcome() == OUTCOME


def record(*values):
    return zlib.compress(json.dumps(values).encode())


@pytest.mark.parametrize(
    "damaged", [b"Facts 8", record("", []), record("", 1, ["", ""]), record("", [[1, ""]], ["", ""])]
)
def test_a_damaged_cache_is_not_believed(place, damaged):
    place.build()
    with open_cache(place.out / ".kg", on_note=pytest.fail) as cache:
        cache.put([(unchanged._KEY, damaged)])
    notes = []
    assert place.outcome(on_note=notes.append) is None
    assert len(notes) == 1
    assert (place.out / ".kg" / ASIDE).exists()
    assert not (place.out / ".kg" / NAME).exists()
