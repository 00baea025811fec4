"""Which extractor this is: a hash of all that decides what it finds."""

from __future__ import annotations

import hashlib
import re
import sys
from functools import cache
from importlib import metadata, resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable

# What runs after extraction, or around it. Everything else counts, so that a new module is never forgotten.
AFTERWARDS = frozenset(
    {
        "api.py",
        "cache.py",
        "cli",
        "console.py",
        "contradictions.py",
        "curation.py",
        "engine",
        "evaluate.py",
        "export",
        "gold.py",
        "graph.py",
        "ledger.py",
        "matching.py",
        "mistakes.py",
        "nodes.py",
        "ontology",
        "pipeline.py",
        "publish.py",
        "query.py",
        "questions.py",
        "reading.py",
        "registry",
        "resolution_extracted.py",
        "resolution_score.py",
        "resolve",
        "results.py",
        "sample",
        "score.py",
        "scratch.py",
        "shapes",
        "sparql.py",
        "store.py",
        "streams.py",
        "terms.py",
        "train",
        "turtle.py",
        "validate.py",
        "views",
        "workspace.py",
    }
)
# The extras that read files count, too.
_NO_ARTICLE_MEETS = re.compile(r"extra == .(?:dask|dev|pandas|train)\b")


@cache
def extractor_version() -> str:
    """A hash (hexadecimal) of the code and data of the extractor, the libraries, and the Python version."""
    return _version(without=AFTERWARDS)


@cache
def package_version() -> str:
    """The same of all of kgazette."""
    # Inside an installed package, beside the package in a checkout.
    return _version(without=frozenset({"ontology"}))


def _version(*, without: frozenset[str]) -> str:
    digest = hashlib.sha256(f"Python {sys.version_info[:2]}\n".encode())
    for requirement in _libraries():
        digest.update(f"{requirement}\n".encode())
    for name, its_digest in _digests():
        if name.split("/")[0] not in without:
            digest.update(f"{name} {its_digest}\n".encode())
    return digest.hexdigest()


@cache
def _libraries() -> tuple[str, ...]:
    """The installed version of each library that kgazette asks for."""
    try:
        requirements = metadata.requires("kgazette") or []
    except metadata.PackageNotFoundError:  # run from a checkout that is not installed
        requirements = []
    asked = (text for text in sorted(requirements) if not _NO_ARTICLE_MEETS.search(text))
    return tuple(map(_installed, asked))


def _installed(requirement: str) -> str:
    name = re.split(r"[^\w.-]", requirement, maxsplit=1)[0]
    try:
        return f"{name} {metadata.version(name)}"
    except metadata.PackageNotFoundError:
        return f"{name} none"


@cache
def _digests() -> tuple[tuple[str, str], ...]:
    """Each file of the package with its SHA-256: read once, though a build asks for both versions."""
    files = _files(resources.files("kg"))
    return tuple((name, hashlib.sha256(data).hexdigest()) for name, data in files)


def _files(folder: Traversable, above: str = "") -> Iterator[tuple[str, bytes]]:
    for entry in sorted(folder.iterdir(), key=_name):
        if entry.name == "__pycache__":
            continue
        if entry.is_dir():
            yield from _files(entry, f"{above}{entry.name}/")
        else:
            yield f"{above}{entry.name}", entry.read_bytes()


def _name(entry: Traversable) -> str:
    return entry.name
