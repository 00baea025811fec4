"""Files below the paths that a user gives, as documents."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import InputError
from kg.ingest.documents import Document, Skipped
from kg.ingest.patterns import is_included, is_wanted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.ingest.options import ReadOptions

STDIN = "-"
STDIN_NAME = "standard input"


def find(paths: Iterable[Path], options: ReadOptions) -> Iterator[tuple[str, Path, bool] | Skipped]:
    """Each file as its name for users, its path, and whether the user named this very file; sorted by name.

    A file that two paths lead to comes once. The result does not depend on the order of `paths`.
    """
    found: dict[str, tuple[str, Path, bool]] = {}
    skipped: list[Skipped] = []
    for path in sorted({Path(path) for path in paths}):
        if str(path) == STDIN:
            found[STDIN] = (STDIN_NAME, path, True)
            continue
        for item in _expand(path, options):
            if isinstance(item, Skipped):
                skipped.append(item)
            else:
                real = os.path.realpath(item[1])
                # The same file under two names keeps the first in the alphabet.
                found[real] = min(found.get(real, item), item)
    yield from skipped
    yield from sorted(found.values())


def _expand(path: Path, options: ReadOptions) -> Iterator[tuple[str, Path, bool] | Skipped]:
    """Name each file below `path` as users know it; never by an absolute path."""
    try:
        mode = path.stat().st_mode
    except OSError as error:
        problem = "no such file or folder" if isinstance(error, FileNotFoundError) else str(error.strerror)
        yield Skipped(path.name or str(path), problem)
        return
    except ValueError:  # a NUL in the name
        yield Skipped(repr(str(path)), "no such file or folder")
        return
    if stat.S_ISDIR(mode):
        yield from _expand_folder(path, options)
    elif stat.S_ISREG(mode):
        yield path.name, path, True
    else:
        yield Skipped(path.name, "neither a file nor a folder")


def _expand_folder(path: Path, options: ReadOptions) -> Iterator[tuple[str, Path, bool] | Skipped]:
    folder = path.name or path.resolve().name
    if folder == "..":
        folder = path.resolve().name
    empty = True
    unread: list[Skipped] = []

    def tell(error: OSError) -> None:
        name = Path(error.filename or path).name
        unread.append(Skipped(f"{folder}/{name}", f"cannot be opened: {error.strerror}"))

    # os.walk does not follow links to folders, so a link that leads back cannot make it run forever.
    for root, folders, names in os.walk(path, onerror=tell):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            file = Path(root, name)
            below = file.relative_to(path).as_posix()
            source = f"{folder}/{below}"
            if name.startswith(".") or not is_wanted(below, options):
                continue
            empty = False
            try:
                regular = stat.S_ISREG(file.stat().st_mode)
            except OSError as error:
                unread.append(Skipped(source, f"cannot be read: {error.strerror}"))
                continue
            if regular:
                yield source, file, is_included(below, options)
            else:
                unread.append(Skipped(source, "neither a file nor a folder"))
    yield from unread
    if empty and not unread:
        yield Skipped(folder, "no file to read in this folder")


def load(source: str, path: Path, *, named: bool, options: ReadOptions) -> Document:
    """The bytes of a file, or of the standard input for "-"; raise InputError where it cannot be read."""
    try:
        if str(path) == STDIN:
            data = sys.stdin.buffer.read(options.max_bytes + 1)
        else:
            with path.open("rb") as file:
                data = file.read(options.max_bytes + 1)
                size = os.fstat(file.fileno()).st_size
    except OSError as error:
        raise InputError(source, f"cannot be read: {error.strerror or type(error).__name__}") from error
    if len(data) > options.max_bytes:
        shown = f"{size / 1e6:.3g} MB" if str(path) != STDIN else "its size"
        raise InputError(source, f"{shown} is more than the {options.max_bytes / 1e6:g} MB a file may have")
    return Document(source, data, named=named)


__all__ = ["find", "load"]
