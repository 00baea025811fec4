"""Results are kept, and a cache that cannot be used costs time and nothing else."""

import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kg.cache import ASIDE, NAME, Cache
from kg.errors import CacheError


@pytest.fixture
def notes():
    return []


def kept(folder, version="1", notes=None):
    """All results of a cache, which keys of one letter have."""
    with Cache(folder, version=version, on_note=[].append if notes is None else notes.append) as cache:
        return cache.get([bytes([letter]) for letter in range(256)])


def fill(folder, version="1", **results):
    with Cache(folder, version=version) as cache:
        cache.put((key.encode(), value.encode()) for key, value in results.items())


def test_results_are_there_the_next_time(tmp_path):
    fill(tmp_path / "a" / "b", x="one", y="two")
    fill(tmp_path / "a" / "b", y="three")
    assert kept(tmp_path / "a" / "b") == {b"x": b"one", b"y": b"three"}


def test_which_keys_are_known(tmp_path):
    fill(tmp_path, x="one", y="two")
    with Cache(tmp_path, version="1") as cache:
        assert cache.known([b"x", b"z"]) == {b"x"}


def test_a_cache_that_is_only_asked_leaves_no_folder(tmp_path):
    assert kept(tmp_path / "new") == {}
    assert not (tmp_path / "new").exists()


def test_the_cache_is_kept_out_of_version_control(tmp_path):
    fill(tmp_path, x="one")
    assert (tmp_path / ".gitignore").read_text() == "*\n"


def test_results_of_another_version_are_dropped_with_a_line(tmp_path, notes):
    fill(tmp_path, x="one")
    assert kept(tmp_path, version="2", notes=notes) == {}
    assert len(notes) == 1
    assert "another version" in notes[0]
    assert kept(tmp_path, version="2", notes=notes) == {}
    assert len(notes) == 1


def test_another_layout_is_made_anew_with_a_line(tmp_path, notes):
    fill(tmp_path, x="one")
    with closing(sqlite3.connect(tmp_path / NAME)) as connection:
        connection.execute("ALTER TABLE result ADD COLUMN more TEXT")
        connection.execute("PRAGMA user_version = 7")
        connection.commit()
    assert kept(tmp_path, notes=notes) == {}
    assert "another version" in notes[0]
    fill(tmp_path, y="two")
    assert kept(tmp_path) == {b"y": b"two"}


def damage_head(data):
    return b"no database at all" + data[18:]


def damage_pages(data):
    return data[:4096] + b"\xa5" * (len(data) - 4096)


def cut(data):
    return data[: len(data) // 2 + 100]


@pytest.mark.parametrize("damage", [damage_head, damage_pages, cut])
def test_a_damaged_cache_is_moved_aside_with_a_line(tmp_path, notes, damage):
    fill(tmp_path, **{letter: letter * 3000 for letter in "abcdefgh"})
    file = tmp_path / NAME
    damaged = damage(file.read_bytes())
    file.write_bytes(damaged)
    assert kept(tmp_path, notes=notes) == {}
    assert "damaged" in notes[0]
    assert len(notes) == 1
    assert (tmp_path / ASIDE).read_bytes() == damaged
    fill(tmp_path, y="two")
    assert kept(tmp_path) == {b"y": b"two"}


def test_somebody_elses_database_is_not_written_into(tmp_path, notes):
    with closing(sqlite3.connect(tmp_path / NAME)) as connection:
        connection.execute("CREATE TABLE result (key BLOB, value BLOB)")
        connection.execute("INSERT INTO result VALUES (x'78', 'theirs')")
        connection.commit()
    assert kept(tmp_path, notes=notes) == {}
    assert len(notes) == 1
    with closing(sqlite3.connect(tmp_path / ASIDE)) as connection:
        assert connection.execute("SELECT value FROM result").fetchall() == [("theirs",)]


@example(noise=[(46, b"\x00\x05")])  # a format of the far future
@given(noise=st.lists(st.tuples(st.integers(0, 20_000), st.binary(min_size=1, max_size=200)), max_size=5))
@settings(max_examples=40, deadline=None)
def test_noise_in_the_file_never_stops_a_build(tmp_path_factory, noise):
    """SQLite sees damage of its structure; that of a value is seen by the checksum in each record."""
    folder = tmp_path_factory.mktemp("store")
    fill(folder, **{letter: letter * 3000 for letter in "abcd"})
    data = bytearray((folder / NAME).read_bytes())
    for start, stretch in noise:
        data[start : start + len(stretch)] = stretch
    (folder / NAME).write_bytes(data)
    with Cache(folder, version="1") as cache:
        cache.get([b"a", b"b", b"c", b"d"])
        cache.put([(b"z", b"new")])
        cache.prune()
        assert cache.get([b"z"]) in ({b"z": b"new"}, {})
    fill(folder, y="two")
    assert kept(folder)[b"y"] == b"two"


def test_unused_results_go_once_they_are_most_of_the_cache(tmp_path):
    fill(tmp_path, a="1", b="2", c="3", d="4", e="5")
    for used, left in ([b"a", b"b", b"c"], 5), ([b"a", b"b"], 2):
        with Cache(tmp_path, version="1") as cache:
            cache.known(used[:2])
            cache.get(used[1:] * 3)
            cache.prune()
        assert len(kept(tmp_path)) == left
    assert kept(tmp_path) == {b"a": b"1", b"b": b"2"}


def test_more_keys_than_sqlite_takes_at_once(tmp_path):
    keys = [number.to_bytes(4) for number in range(2500)]
    with Cache(tmp_path, version="1") as cache:
        cache.put((key, b"x") for key in keys)
        assert len(cache.get(keys)) == 2500


HOLDER = """
import sys
from pathlib import Path
from kg.cache import Cache
with Cache(Path(sys.argv[1]), version="1") as cache:
    cache.put([(b"x", b"one")])
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def holder(tmp_path):
    """Another process that holds the cache."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdout.readline() == b"held\n"
    yield process
    process.kill()
    process.communicate()


def test_one_at_a_time(tmp_path, holder):
    with pytest.raises(CacheError, match="another build is at work here"):
        kept(tmp_path)
    holder.communicate()
    assert kept(tmp_path) == {b"x": b"one"}


def test_who_is_killed_holds_nothing_and_loses_nothing(tmp_path, holder):
    holder.kill()
    holder.wait()
    assert kept(tmp_path) == {b"x": b"one"}


def test_a_full_disk_is_one_line_and_keeps_what_was_there(tmp_path):
    fill(tmp_path, x="one")
    with Cache(tmp_path, version="1") as cache:
        cache._connection.execute("PRAGMA max_page_count = 1")
        with pytest.raises(CacheError, match="no space left on the disk") as caught:
            cache.put([(b"y", b"two" * 100_000)])
    assert "\n" not in str(caught.value)
    assert kept(tmp_path) == {b"x": b"one"}


@pytest.mark.parametrize("blocked", ["folder", "above"])
def test_a_cache_that_cannot_be_made_is_one_line(tmp_path, blocked):
    (tmp_path / "file").write_text("x")
    folder = tmp_path / "file" if blocked == "folder" else tmp_path / "file" / "below"
    with pytest.raises(CacheError, match="cannot be written"):
        fill(folder, x="one")
