"""Which files are found below the paths given, whatever they are called and however they are linked."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.ingest.documents import Skipped
from kg.ingest.options import DEFAULT, ReadOptions
from kg.ingest.walk import find, load

# The last is no text: a name as an old Latin-1 disk has it.
NAMES = st.sampled_from(["a", "b", "a.txt", "a!.txt", "a-b", "B.md", "z\U0001f600", "\uffee", "\udcff"])
PLACES = st.lists(NAMES, min_size=1, max_size=3).map("/".join)


def fill(top: Path, files: list[str], links: list[tuple[str, str]]) -> None:
    """What cannot be made, because a file stands where a folder should, is left out."""
    for place in files:
        try:
            (top / place).parent.mkdir(parents=True, exist_ok=True)
            (top / place).write_text("x", encoding="utf-8")
        except OSError:
            continue
    for place, target in links:
        try:
            (top / place).parent.mkdir(parents=True, exist_ok=True)
            (top / place).symlink_to(top / target)
        except OSError:
            continue


def below(path: Path) -> list[tuple[str, Path]]:
    """Every file with its name for users, as a reader of the documentation would list them."""
    if path.is_file():
        return [(path.name, path)]
    found = (Path(root, name) for root, _, names in os.walk(path) for name in names)
    return [(f"{path.name}/{file.relative_to(path).as_posix()}", file) for file in found if file.is_file()]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(PLACES, min_size=1, max_size=8),
    st.lists(st.tuples(PLACES, PLACES), max_size=4),
    st.lists(PLACES, max_size=2),
)
def test_each_file_comes_once_under_its_first_name_in_order(files, links, others):
    with tempfile.TemporaryDirectory() as folder:
        top = Path(folder, "top")
        fill(top, files, links)
        paths = [top, *(top / other for other in others if (top / other).exists())]
        first: dict[str, tuple[str, Path]] = {}
        for source, file in sorted(item for path in paths for item in below(path)):
            first.setdefault(os.path.realpath(file), (source, file))
        found = [item[:2] for item in find(reversed(paths), DEFAULT) if not isinstance(item, Skipped)]
        assert found == sorted(first.values())


def test_a_file_that_grows_while_it_is_read_is_read_to_its_end():
    # It says that it has no bytes, as a file does that another program is about to write.
    own = Path("/proc/self/status")
    if own.exists():
        assert len(load("a.txt", own, named=True, options=ReadOptions()).data) > 100


def test_a_file_of_the_name_of_the_standard_input_is_a_file(tmp_path, monkeypatch):
    (tmp_path / "-").write_bytes(b"A story.")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.stdin", None)
    ((source, path, named),) = find([Path()], DEFAULT)
    assert load(source, path, named=named, options=DEFAULT).data == b"A story."
