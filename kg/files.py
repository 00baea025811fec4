"""Reading a graph file, and writing any file all or nothing."""

from __future__ import annotations

import logging
import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import InputError
from kg.store import load_store

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from os import PathLike

    from rdflib import Graph


# rdflib logs a traceback for every literal that its datatype does not allow. Without a handler of its own
# that goes to the terminal; the check reports such literals in one line each.
logging.getLogger("rdflib").addHandler(logging.NullHandler())


_IN_MEMORY = 32_000_000
_CHUNK = 1_000_000


class Spool:
    """Bytes on the way to a file: in memory while they are few, then in a nameless temporary file.

    What comes before them is given at the end, when it is known. Writing may raise OSError: the disk is full.
    """

    def __init__(self) -> None:
        self._head = b""
        # Closed, and with that gone, when nobody has this object any more, even after a kill.
        self._body = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115

    def write(self, data: bytes) -> None:
        self._body.write(data)

    def begin_with(self, head: bytes) -> None:
        self._head = head

    def chunks(self) -> Iterator[bytes]:
        """Everything, from the beginning."""
        yield self._head
        self._body.seek(0)
        while chunk := self._body.read(_CHUNK):
            yield chunk


Data = bytes | tuple[bytes, ...] | Spool
"""What to write; long ones in pieces, of which some may stand in several files."""


def write_atomic(path: Path, data: Data) -> None:
    """Put `data` at `path`, all or nothing: whatever fails, the old file stays and nothing else is left.

    What a symbolic link points to is replaced, not the link. A device or a pipe, such as /dev/stdout, is
    written into. Raises OSError, e.g. for a folder that is not there or a full disk.
    """
    write_together({path: data})


def write_together(files: Mapping[Path, Data]) -> None:
    """The same for several files, of which none is replaced before all are on the disk."""
    written: list[tuple[Path, Path]] = []
    try:
        for path, data in files.items():
            parts = _pieces(data)
            if path.exists() and not path.is_file():
                with path.open("wb") as device:
                    device.writelines(parts)
                continue
            target = path.resolve()
            # In the same folder, because a file can only be replaced atomically within one file system.
            descriptor, name = tempfile.mkstemp(
                dir=target.parent, prefix=f".{target.name[:100]}-", suffix=".part"
            )
            written.append((Path(name), target))
            with os.fdopen(descriptor, "wb") as file:
                file.writelines(parts)
                file.flush()
                os.fsync(file.fileno())
            # mkstemp makes private files; an output has the permissions of any new file, or keeps its own.
            Path(name).chmod(_mode(target))
        for temporary, target in written:
            temporary.replace(target)
    except BaseException:
        for temporary, _ in written:
            with suppress(OSError):
                temporary.unlink()
        raise


def _pieces(data: Data) -> Iterable[bytes]:
    if isinstance(data, Spool):
        return data.chunks()
    return (data,) if isinstance(data, bytes) else data


def remove_leftovers(folder: Path) -> None:
    """Remove what a `write_atomic` that was killed left; only while nobody else writes there."""
    for part in folder.glob(".*-*.part"):
        with suppress(OSError):
            part.unlink()


def write_files(files: Mapping[str, bytes], out: Path, *, is_folder: bool) -> list[Path]:
    """Put several files into the folder `out`, or the only one at `out`; return their paths.

    Folders are made if need be. Raises InputError for what cannot be written.
    """
    paths = {(out / name if is_folder else out): data for name, data in files.items()}
    try:
        (out if is_folder else out.parent).mkdir(parents=True, exist_ok=True)
        write_together(paths)
    except OSError as error:
        raise InputError(str(out), f"cannot be written ({error.strerror})") from error
    return list(paths)


def _mode(path: Path) -> int:
    try:
        return path.stat().st_mode & 0o777
    except FileNotFoundError:
        # The mask can only be read by setting it.
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask


def load_graph(path: str | PathLike[str]) -> Graph:
    """Read a Turtle file for rdflib; raise GraphError, naming it, when it is missing or no Turtle."""
    return load_store(path).to_graph()
