"""The extractor's version changes with all that decides what is read and found."""

import ast
from pathlib import Path

import pytest

import kg
from kg.engine import version

PACKAGE = Path(kg.__file__).parent


def modules_of(name):
    """The file or files of a module or package of kg."""
    path = PACKAGE.joinpath(*name.split(".")[1:])
    return [path.with_suffix(".py")] if path.with_suffix(".py").exists() else [path / "__init__.py"]


def imported_from(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "kg":
            names = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from (name for name in [node.module, *names] if modules_of(name)[0].exists())


@pytest.mark.parametrize("stage", ["ingest", "extract"])
def test_nothing_that_decides_what_is_kept_is_left_out(stage):
    todo = list((PACKAGE / stage).rglob("*.py"))
    seen = set()
    while todo:
        path = todo.pop()
        if path in seen:
            continue
        seen.add(path)
        todo += [file for name in imported_from(path) for file in modules_of(name)]
    rooms = {path.relative_to(PACKAGE).parts[0] for path in seen}
    assert {stage, "model.py", "vocab.py"} <= rooms
    # Where things wait decides nothing.
    assert not rooms & version.AFTERWARDS - {"cache.py", "scratch.py"}


def test_any_file_of_the_extractor_changes_it(tmp_path, monkeypatch):
    monkeypatch.setattr(version.resources, "files", lambda _: tmp_path)
    monkeypatch.setattr(version, "_digests", version._digests.__wrapped__)

    def of_files():
        return version.extractor_version.__wrapped__()

    for folder in ("extract", "extract/data", "extract/__pycache__", "views"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a").write_text("1")
    first = of_files()
    (tmp_path / "extract" / "__pycache__" / "a").write_text("2")
    (tmp_path / "views" / "a").write_text("2")
    assert of_files() == first
    (tmp_path / "extract" / "data" / "a").write_text("2")
    second = of_files()
    assert second != first
    (tmp_path / "extract" / "data" / "a").rename(tmp_path / "extract" / "data" / "b")
    assert of_files() not in (first, second)


def test_it_is_the_same_each_time():
    assert version._digests() == version._digests.__wrapped__()
    assert version.extractor_version() == version.extractor_version.__wrapped__()
    assert len(version.extractor_version()) == 64
