"""Which files of a folder or an archive the user wants."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.ingest.options import ReadOptions


def is_wanted(path: str, options: ReadOptions) -> bool:
    """Do `include` and `exclude` let this path (with forward slashes, below its folder) through?"""
    if any(_matches(path, pattern) for pattern in options.exclude):
        return False
    return is_included(path, options) or not options.include


def is_included(path: str, options: ReadOptions) -> bool:
    """Does an `include` pattern name it?"""
    return any(_matches(path, pattern) for pattern in options.include)


def _matches(path: str, pattern: str) -> bool:
    """A pattern without a slash holds for the name of a file or of any folder above it, one with a slash for
    the path from its start."""
    if "/" in pattern:
        return fnmatchcase(path, pattern) or fnmatchcase(path, f"{pattern.rstrip('/')}/*")
    return any(fnmatchcase(part, pattern) for part in path.split("/"))
