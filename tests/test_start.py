"""`kg` starts without what only a build needs, and ends at once."""

import subprocess
import sys
from pathlib import Path

import pytest

from kg.cli import main
from kg.cli.reading import SECONDS
from kg.ingest.options import DEFAULT

LATER = (
    "kg.ingest",
    "kg.extract",
    "kg.resolve",
    "kg.graph",
    "kg.views",
    "spacy",
    "rdflib",
    "numpy",
    "distributed",
)


def test_the_command_line_loads_no_stage_and_no_big_library():
    code = f"import sys, kg.cli; print(sorted(set({LATER!r}) & sys.modules.keys()))"
    found = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert found.stdout.strip() == "[]"


def test_its_defaults_are_those_of_the_reader():
    """They are written twice, because the reader is loaded later."""
    given = main.commands["articles"].make_context("articles", ["pages"]).params
    assert given["max_bytes"] == DEFAULT.max_bytes
    assert DEFAULT.timeout == SECONDS


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device here")
def test_what_cannot_be_written_is_told_though_the_end_comes_at_once():
    command = [sys.executable, "-m", "kg", "--help"]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True)
    assert done.returncode != 0
    assert "No space left" in done.stderr
