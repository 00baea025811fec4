"""Files below the paths that a user gives, as documents."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kg.errors import InputError
from kg.ingest.documents import Document, Skipped
from kg.ingest.patterns import is_included, is_wanted
from kg.scratch import open_scratch

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.ingest.options import ReadOptions

STDIN = "-"
STDIN_NAME = "standard input"


_FILES = """
    CREATE TABLE file (real BLOB PRIMARY KEY, name BLOB NOT NULL, named INTEGER NOT NULL) WITHOUT ROWID
"""
# The same file under two names keeps the first in the alphabet.
_ADD = """
    INSERT INTO file VALUES (?, ?, ?)
    ON CONFLICT (real) DO UPDATE SET name = excluded.name, named = excluded.named
    WHERE (excluded.name, excluded.named) < (name, named)
"""


class _File(NamedTuple):
    real: str
    """Its path without links."""
    source: str
    folder: Path
    name: str
    named: bool


def find(paths: Iterable[Path], options: ReadOptions) -> Iterator[tuple[str, Path, bool] | Skipped]:
    """Each file as its name for users, its path, and whether the user named this very file; sorted by name.

    A file that two paths lead to comes once. The result does not depend on the order of `paths`.
    """
    found = open_scratch(_FILES)
    for path in sorted({Path(path) for path in paths}):
        for item in _expand(path, options):
            if isinstance(item, Skipped):
                yield item
            else:
                names = "\0".join((item.source, *item.folder.parts, item.name))
                found.execute(_ADD, (_as_bytes(item.real), _as_bytes(names), item.named))
    for names, named in found.execute("SELECT name, named FROM file ORDER BY name, named"):
        source, *parts = names.decode(errors="surrogatepass").split("\0")
        yield source, Path(*parts), bool(named)


def _as_bytes(name: str) -> bytes:
    """In the order of text; a name of a file need not be one."""
    return name.encode(errors="surrogatepass")


def _expand(path: Path, options: ReadOptions) -> Iterator[_File | Skipped]:
    """Name each file below `path` as users know it; never by an absolute path."""
    if str(path) == STDIN:
        yield _File(STDIN, STDIN_NAME, Path(), STDIN, True)
        return
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
        yield _File(os.path.realpath(path), path.name, path.parent, path.name, True)
    else:
        yield Skipped(path.name, "neither a file nor a folder")


def _expand_folder(path: Path, options: ReadOptions) -> Iterator[_File | Skipped]:
    top = path.name or path.resolve().name
    if top == "..":
        top = path.resolve().name
    empty = True
    unread: list[Skipped] = []

    def tell(error: OSError) -> None:
        name = Path(error.filename or path).name
        unread.append(Skipped(f"{top}/{name}", f"cannot be opened: {error.strerror}"))

    # os.walk does not follow links to folders, so a link that leads back cannot make it run forever.
    for root, folders, names in os.walk(path, onerror=tell):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        folder = Path(root)
        # For each file pathlib would take several times as long.
        here, really_here = _with_slash(root), _with_slash(os.path.realpath(root))
        above = "".join(f"{part}/" for part in folder.relative_to(path).parts)
        for name in sorted(names):
            below = above + name
            source = f"{top}/{below}"
            if name.startswith(".") or not is_wanted(below, options):
                continue
            empty = False
            real = really_here + name
            try:
                mode = os.lstat(here + name).st_mode
                if stat.S_ISLNK(mode):
                    mode, real = Path(here + name).stat().st_mode, os.path.realpath(here + name)
            except OSError as error:
                yield Skipped(source, f"cannot be read: {error.strerror}")
                continue
            if stat.S_ISREG(mode):
                yield _File(real, source, folder, name, is_included(below, options))
            else:
                yield Skipped(source, "neither a file nor a folder")
    yield from unread
    if empty and not unread:
        yield Skipped(top, "no file to read in this folder")


def _with_slash(folder: str) -> str:
    return folder.rstrip(os.sep) + os.sep


def load(source: str, path: Path, *, named: bool, options: ReadOptions) -> Document:
    """The bytes of a file, or of the standard input for "-"; raise InputError where it cannot be read."""
    # A file may have that name, too.
    is_stdin = (source, str(path)) == (STDIN_NAME, STDIN)
    try:
        if is_stdin:
            data = sys.stdin.buffer.read(options.max_bytes + 1)
        else:
            with path.open("rb") as file:
                # Room for the largest file that may be takes longer to get than a small one to read.
                size = os.fstat(file.fileno()).st_size
                data = file.read(min(size, options.max_bytes) + 1)
                if size < len(data) <= options.max_bytes:  # it says less than it has
                    data += file.read(options.max_bytes + 1 - len(data))
    except OSError as error:
        raise InputError(source, f"cannot be read: {error.strerror or type(error).__name__}") from error
    if len(data) > options.max_bytes:
        shown = f"{size / 1e6:.3g} MB" if not is_stdin else "its size"
        raise InputError(source, f"{shown} is more than the {options.max_bytes / 1e6:g} MB a file may have")
    return Document(source, data, named=named)


__all__ = ["find", "load"]
