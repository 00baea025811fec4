"""The options of PATHS on the command line, and the way of an article out and in again."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest
import samples
from command import run

from kg.ingest import read

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_what_articles_writes_goes_in_again_as_it_was(tmp_path: Path, form: str) -> None:
    (tmp_path / "lamp.pdf").write_bytes(samples.pdf())
    written = tmp_path / f"out.{form}"
    written.write_text(run("articles", tmp_path / "lamp.pdf", "--format", form).stdout, encoding="utf-8")
    assert list(read([written]).articles) == list(read([tmp_path / "lamp.pdf"]).articles)


def test_the_standard_input_is_a_file_too() -> None:
    result = run("articles", "-", "--format", "jsonl", stdin=samples.html())
    record = json.loads(result.stdout)
    assert (record["source"], record["title"]) == ("standard input", samples.TITLE)


def test_articles_shows_the_same_story_in_every_file(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_bytes(samples.text())
    rows = list(csv.DictReader(io.StringIO(run("articles", tmp_path, "--format", "csv").stdout)))
    assert [row["doc"] for row in rows] == ["a", "b"]


def test_options_reach_the_reader(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(samples.table().replace(b"Full text", b"Rumpf"))
    (tmp_path / "big.txt").write_bytes(b"The lamp is lit. " * 100)
    result = run("articles", tmp_path, "--map", "text=Rumpf", "--max-bytes", "1kB", "--exclude", "*.md")
    assert samples.TITLE in result.stdout
    assert "big.txt: 0.0017 MB is more than the 0.001 MB" in result.stderr


@pytest.mark.parametrize(
    "bad", [("--map", "text"), ("--map", "colour=red"), ("--max-bytes", "much"), ("--timeout", "-1")]
)
def test_a_wrong_option_is_exit_2(tmp_path: Path, bad: tuple[str, str]) -> None:
    (tmp_path / "a.txt").write_bytes(samples.text())
    result = run("articles", tmp_path, *bad)
    assert result.exit_code == 2
    assert bad[0] in result.stderr
