"""Archives: their members as documents. Nothing is ever written to a disk, so no member can get out."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from kg.errors import InputError
from kg.ingest.documents import Document, Skipped
from kg.ingest.options import ARCHIVE_FACTOR
from kg.ingest.patterns import is_wanted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import IO

    from kg.ingest.options import ReadOptions

_MOST_MEMBERS = 20_000


def unpack_gzip(document: Document, options: ReadOptions) -> Iterator[Document]:
    """The one file within a .gz file, under its name and, as in any archive, that of what is in it."""
    data = _inflate(gzip.GzipFile(fileobj=io.BytesIO(document.data)), document.source, options.max_bytes)
    inner = PurePosixPath(document.source).name.removesuffix(".gz")
    yield Document(f"{document.source}/{inner}", data, named=document.named)


def unpack_zip(document: Document, options: ReadOptions) -> Iterator[Document | Skipped]:
    """The members of a .zip file, each under the name of the archive and its own."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(document.data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise InputError(document.source, "a broken zip archive") from error
    members = sorted((info for info in archive.infolist() if not info.is_dir()), key=_member_name)
    if len(members) > _MOST_MEMBERS:
        raise InputError(
            document.source, f"{len(members)} files are more than the {_MOST_MEMBERS} an archive may have"
        )
    room = options.max_bytes * ARCHIVE_FACTOR
    for info in members:
        name = info.filename.replace("\\", "/")
        source = f"{document.source}/{name.lstrip('/')}"
        parts = PurePosixPath(name).parts
        if ".." in parts or name.startswith("/") or name[1:2] == ":":
            yield Skipped(source, "its name leads out of the archive")
        elif any(part.startswith((".", "__MACOSX")) for part in parts) or not is_wanted(name, options):
            continue
        elif info.flag_bits & 1:
            yield Skipped(source, "encrypted")
        else:
            try:
                with archive.open(info) as stream:
                    data = _inflate(stream, source, min(options.max_bytes, room))
            except InputError as error:
                yield Skipped(error.source, error.problem)
                room -= min(options.max_bytes, room)
            except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, RuntimeError):
                yield Skipped(source, "broken, or packed in a way that is not supported")
            else:
                room -= len(data)
                yield Document(source, data)
        if room <= 0:
            yield Skipped(document.source, f"stopped at {source}: it unpacks to too many bytes")
            return


def _member_name(info: zipfile.ZipInfo) -> str:
    return info.filename


def _inflate(stream: IO[bytes] | gzip.GzipFile, source: str, most: int) -> bytes:
    """Read no more than `most` bytes: an archive of a kilobyte can hold a thousand million."""
    try:
        data = stream.read(most + 1)
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile) as error:
        raise InputError(source, "damaged: it cannot be unpacked") from error
    if len(data) > most:
        raise InputError(source, f"unpacks to more than {most / 1e6:g} MB")
    return data
