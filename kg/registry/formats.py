"""Dumps of registers -> organisations: ROR (schema v2, JSON in a zip), Wikidata and other CSV exports."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import TextIO

_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Organisation:
    """One organisation of a register."""

    key: str
    """The name of the register and the key there: "ror:05gq02987"."""
    name: str
    others: tuple[str, ...] = ()
    """Other names and labels in other languages."""
    acronyms: tuple[str, ...] = ()
    country: str = ""
    """ISO 3166-1 alpha-2."""
    types: tuple[str, ...] = ()
    """In the words of ROR: education, government, company, healthcare, facility, funder, ..."""


def read_organisations(kind: str, path: Path) -> Iterator[Organisation]:
    """The organisations of a dump; raise InputError, naming the file, for what is no such dump."""
    try:
        yield from KINDS[kind](path)
    except OSError as error:
        raise InputError(str(path), f"cannot be read ({error.strerror or error})") from error
    except UnicodeDecodeError as error:
        raise InputError(str(path), f"not UTF-8 at byte {error.start}") from error
    except (zipfile.BadZipFile, EOFError) as error:
        raise InputError(str(path), f"a damaged zip file ({error})") from error


def _read_ror(path: Path) -> Iterator[Organisation]:
    with _open_json(path) as file:
        for number, record in enumerate(_records(file, path), start=1):
            try:
                organisation = _from_ror(record)
            except (KeyError, TypeError, AttributeError) as error:
                raise InputError(str(path), f"record {number} is not in the ROR schema v2") from error
            if organisation is not None:
                yield organisation


@contextmanager
def _open_json(path: Path) -> Iterator[TextIO]:
    """The JSON of a ROR release: in its zip the file of schema v2, which older releases have beside v1."""
    if not zipfile.is_zipfile(path):
        with path.open(encoding="utf-8") as file:
            yield file
        return
    with zipfile.ZipFile(path) as archive:
        names = sorted(name for name in archive.namelist() if name.endswith(".json"))
        chosen = [name for name in names if "v2" in name] or names
        if not chosen:
            raise InputError(str(path), "no .json file in the zip")
        with archive.open(chosen[0]) as raw, io.TextIOWrapper(raw, encoding="utf-8") as file:
            yield file


def _records(file: TextIO, path: Path) -> Iterator[Any]:
    """The members of a JSON array one by one: a dump is too large to hold in memory at once."""
    decoder = json.JSONDecoder()
    buffer, position, done = file.read(_CHUNK), 0, False
    if not buffer.lstrip("\ufeff \t\r\n").startswith("["):
        raise InputError(str(path), "not a JSON list of organisations")
    position = buffer.index("[") + 1
    while True:
        position = _skip(buffer, position)
        if buffer[position : position + 1] == "]":
            return
        try:
            record, position = decoder.raw_decode(buffer, position)
        except json.JSONDecodeError as error:
            more = file.read(max(_CHUNK, len(buffer))) if not done else ""
            done = not more
            if done:
                raise InputError(str(path), f"damaged JSON ({error.msg})") from error
            buffer, position = buffer[position:] + more, 0
            continue
        yield record


def _skip(buffer: str, position: int) -> int:
    while buffer[position : position + 1] in (" ", "\t", "\r", "\n", ","):
        position += 1
    return position


def _from_ror(record: Any) -> Organisation | None:
    """ROR schema v2: https://ror.readme.io/docs/data-structure"""
    if record["status"] == "withdrawn":
        return None
    names = record["names"]
    display = next((n["value"] for n in names if "ror_display" in n["types"]), names[0]["value"])
    acronyms = tuple(sorted({n["value"] for n in names if "acronym" in n["types"]}))
    others = {n["value"] for n in names} - {display, *acronyms}
    countries = {place["geonames_details"]["country_code"] for place in record["locations"]}
    return Organisation(
        key="ror:" + record["id"].rstrip("/").rpartition("/")[2],
        name=display,
        others=tuple(sorted(others)),
        acronyms=acronyms,
        country=countries.pop() if len(countries) == 1 else "",
        types=tuple(sorted(record["types"])),
    )


_COLUMNS = {
    "key": ("key", "id", "item", "qid", "identifier"),
    "name": ("name", "label", "itemLabel", "title"),
    "others": ("others", "aliases", "altLabels", "itemAltLabel", "altLabel", "alias"),
    "acronyms": ("acronyms", "acronym", "shortName", "short_name"),
    "country": ("country_code", "countryCode", "country", "iso", "alpha2"),
    "types": ("types", "type"),
}


def _read_wikidata(path: Path) -> Iterator[Organisation]:
    """A CSV of the Wikidata Query Service, with `item` and `itemLabel`."""
    for row in _rows(path):
        number = re.search(r"Q\d+$", row["key"])
        if number is None:
            raise InputError(str(path), f"{row['key']!r} is no Wikidata item")
        yield _from_row(row, f"wikidata:{number[0]}")


def _read_csv(path: Path) -> Iterator[Organisation]:
    """Any CSV with a key and a name; keys without a register's name get that of the file."""
    register = re.sub(r"[^a-z0-9]+", "-", path.stem.lower()).strip("-") or "csv"
    for row in _rows(path):
        key = row["key"]
        if key.startswith("https://ror.org/"):
            key = "ror:" + key.rpartition("/")[2]
        yield _from_row(row, key if re.fullmatch(r"[a-z][a-z0-9-]*:\S+", key) else f"{register}:{key}")


def _from_row(row: dict[str, str], key: str) -> Organisation:
    parts = {
        field: tuple(sorted({part.strip() for part in re.split(r"[|;]", row[field]) if part.strip()}))
        for field in ("others", "acronyms", "types")
    }
    code = row["country"].strip().upper()
    return Organisation(key, row["name"], country=code if len(code) == 2 else "", **parts)


def _rows(path: Path) -> Iterator[dict[str, str]]:
    """Rows with the columns of `_COLUMNS`, by whichever of their names the file has."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        try:
            reader = csv.DictReader(file)
            found = {
                field: next((column for column in names if column in (reader.fieldnames or ())), "")
                for field, names in _COLUMNS.items()
            }
            if not found["key"] or not found["name"]:
                raise InputError(
                    str(path), "a CSV needs a column for the key (id, item) and one for the name"
                )
            for row in reader:
                cells = {field: (row.get(column) or "") for field, column in found.items()}
                if cells["key"].strip() and cells["name"].strip():
                    yield cells
        except csv.Error as error:
            raise InputError(str(path), f"not a CSV ({error})") from error


KINDS: dict[str, Callable[[Path], Iterator[Organisation]]] = {
    "ror": _read_ror,
    "wikidata": _read_wikidata,
    "csv": _read_csv,
}
"""Forms of dumps that `kg registry add` takes."""
