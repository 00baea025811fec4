"""Files are written whole or not at all, and a graph file that cannot be read is named."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kg import files
from kg.errors import GraphError
from kg.files import Spool, load_graph, write_atomic, write_together

ROOT = Path(__file__).parent.parent


def test_a_file_is_written_and_replaced(tmp_path: Path) -> None:
    path = tmp_path / "graph.ttl"
    write_atomic(path, b"old")
    write_atomic(path, b"new\r\n\x00")
    assert path.read_bytes() == b"new\r\n\x00"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_failure_leaves_the_old_file_and_no_litter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    path = tmp_path / "graph.ttl"
    write_atomic(path, b"old")
    monkeypatch.setattr(os, step, fail)
    with pytest.raises(OSError, match="No space left"):
        write_atomic(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_an_interrupt_leaves_no_litter_either(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_atomic(tmp_path / "graph.ttl", b"new")
    assert list(tmp_path.iterdir()) == []


def test_of_several_files_none_is_replaced_when_one_cannot_be_written(tmp_path: Path) -> None:
    first, second = tmp_path / "graph.ttl", tmp_path / "no" / "index.html"
    first.write_bytes(b"old")
    with pytest.raises(FileNotFoundError):
        write_together({first: b"new", second: b"new"})
    assert first.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [first]


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write_atomic(tmp_path / "no" / "graph.ttl", b"")


@pytest.mark.skipif(os.name != "posix", reason="links and pipes as POSIX has them")
def test_a_link_stays_a_link_and_a_pipe_a_pipe(tmp_path: Path) -> None:
    link, pipe = tmp_path / "link", tmp_path / "pipe"
    link.symlink_to("graph.ttl")
    write_atomic(link, b"new")
    assert (tmp_path / "graph.ttl").read_bytes() == b"new"
    assert link.is_symlink()
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    write_atomic(pipe, b"through")
    assert os.read(reader, 100) == b"through"
    os.close(reader)
    assert pipe.is_fifo()


@pytest.mark.skipif(os.name != "posix", reason="permissions as POSIX has them")
def test_permissions_are_those_of_a_new_file_or_kept(tmp_path: Path) -> None:
    plain, written = tmp_path / "plain", tmp_path / "written"
    plain.touch()
    write_atomic(written, b"")
    assert written.stat().st_mode == plain.stat().st_mode
    written.chmod(0o640)
    write_atomic(written, b"again")
    assert written.stat().st_mode & 0o777 == 0o640


def test_a_graph_is_read_with_its_prefixes(tmp_path: Path) -> None:
    path = tmp_path / "graph.ttl"
    path.write_text("@prefix x: <http://x/> . x:a x:b 'ü' .", encoding="utf-8")
    graph = load_graph(path)
    assert len(graph) == 1
    assert ("x", "http://x/") in {(prefix, str(namespace)) for prefix, namespace in graph.namespaces()}


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"<a> <b> .\n", "not Turtle: line 1"),
        (b"<urn:a> <urn:b> 1 .\n\nx:y <b> 2 .", "not Turtle: line 3"),
        (b"<html><body>no</body></html>", "not Turtle: line 1"),
        (b"<urn:a> <urn:b> 'unclosed", "not Turtle"),
        (b"<urn:a> <urn:b> '\\UFFFFFFFF' .", "not Turtle"),
        (b"((((((((", "not Turtle"),
        (b"\x00\x01\x02", "not Turtle"),
        (b"\xff\xfe<\x00", "not UTF-8 at byte 0"),
    ],
)
def test_what_is_no_turtle_is_named_in_one_line(tmp_path: Path, data: bytes, problem: str) -> None:
    path = tmp_path / "graph.ttl"
    path.write_bytes(data)
    with pytest.raises(GraphError) as caught:
        load_graph(path)
    assert str(caught.value).startswith(f"{path}: {problem}")
    assert "\n" not in str(caught.value)


def test_a_missing_file_or_a_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(GraphError, match=r"no\.ttl: No such file or directory$"):
        load_graph(tmp_path / "no.ttl")
    with pytest.raises(GraphError, match=r"Is a directory$"):
        load_graph(tmp_path)


def test_a_literal_that_its_datatype_does_not_allow_is_read_in_silence(tmp_path: Path) -> None:
    path = tmp_path / "graph.ttl"
    path.write_text('<urn:a> <urn:b> "x"^^<http://www.w3.org/2001/XMLSchema#date> .', encoding="utf-8")
    program = f"from kg.files import load_graph; print(len(load_graph({str(path)!r})))"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert (done.stdout, done.stderr) == ("1\n", "")


@pytest.mark.parametrize("in_memory", [10, 1000])
def test_what_is_spooled_is_written_with_its_head_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, in_memory: int
) -> None:
    monkeypatch.setattr(files, "_IN_MEMORY", in_memory)
    monkeypatch.setattr(files, "_CHUNK", 7)
    spool = Spool()
    for number in range(20):
        spool.write(b"%d " % number)
    spool.begin_with(b"head ")
    for name in ("first", "second"):
        write_atomic(tmp_path / name, spool)
        expected = ["head", *map(str, range(20))]
        assert (tmp_path / name).read_text(encoding="utf-8").split() == expected
