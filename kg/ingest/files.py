"""Files and folders -> Articles. What cannot be read is reported, never fatal to the rest."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from kg.errors import InputError
from kg.ingest.page import single_article, split_page
from kg.model import PartialDate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from kg.model import Article

SUFFIXES = (".md", ".txt")
MAX_BYTES = 20_000_000
"""A newspaper issue is far below 1 MB; more than this is some other file."""

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*$\n?", re.DOTALL | re.MULTILINE)

_PLAIN_FIELD = re.compile(r"(\w+):\s+([^\s\[{&*!|>%@`'].*?)\s*")


@dataclass(frozen=True, slots=True)
class Skipped:
    """One file or input that gave no article, and why."""

    source: str
    problem: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found in the inputs."""

    articles: tuple[Article, ...]
    """Sorted by file, then by where their text stands in it."""
    skipped: tuple[Skipped, ...]
    files: int
    """How many files were read well."""


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What the lines between "---" at the top of a file say."""

    title: str | None = None
    published: PartialDate | None = None
    publisher: str | None = None
    lines: int = 0
    """How many lines of the file it takes."""


def read(paths: Iterable[Path], *, on_file: Callable[[str], None] | None = None) -> Reading:
    """Read files, and folders with all their subfolders; a file named twice is read once.

    `on_file` is called with the name of each file before it is read. The result does not depend on the
    order of `paths`.
    """
    found: dict[str, tuple[str, Path]] = {}
    skipped: list[Skipped] = []
    for path in sorted(Path(path) for path in paths):
        try:
            named = list(_expand(path))
        except InputError as error:
            skipped.append(Skipped(error.source, error.problem))
            continue
        for source, file in named:
            real = os.path.realpath(file)
            # The same file under two names keeps the first in the alphabet, whatever the order of paths.
            found[real] = min(found.get(real, (source, file)), (source, file))
    articles: dict[str, Article] = {}
    files = 0
    for source, file in sorted(found.values()):
        if on_file:
            on_file(source)
        try:
            items = read_file(file, source)
        except InputError as error:
            skipped.append(Skipped(error.source, error.problem))
            continue
        files += 1
        for article in items:
            if article.id in articles:
                problem = f"the article {article.title!r} is the same as one in {articles[article.id].source}"
                skipped.append(Skipped(source, problem))
            else:
                articles[article.id] = article
    order = sorted(skipped, key=_skipped_key)
    return Reading(tuple(articles.values()), tuple(order), files)


def _skipped_key(item: Skipped) -> tuple[str, str]:
    return item.source, item.problem


def _expand(path: Path) -> Iterator[tuple[str, Path]]:
    """Yield each file below `path` with the name that users know it by; never an absolute path."""
    if not path.exists():
        raise InputError(path.name or str(path), "no such file or folder")
    if not path.is_dir():
        if path.suffix.lower() not in SUFFIXES:
            raise InputError(path.name, f"not a {' or '.join(SUFFIXES)} file")
        yield path.name, path
        return
    folder = path.name or path.resolve().name
    if folder == "..":
        folder = path.resolve().name
    empty = True
    # os.walk does not follow links to folders, so a link that leads back cannot make it run forever.
    for root, folders, names in os.walk(path):
        folders.sort()
        for name in sorted(names):
            file = Path(root, name)
            if file.suffix.lower() in SUFFIXES and not name.startswith(".") and file.is_file():
                empty = False
                yield f"{folder}/{file.relative_to(path).as_posix()}", file
    if empty:
        raise InputError(folder, f"no {' or '.join(SUFFIXES)} file in this folder")


def read_file(path: Path, source: str) -> list[Article]:
    """Read one file as articles that carry the name `source`; raise InputError where it has none."""
    text = decode(_load(path, source), source)
    if not text.strip():
        raise InputError(source, "the file is empty")
    matter = front_matter(text, source)
    body = "".join(text.splitlines(keepends=True)[matter.lines :]) if matter.lines else text
    first_line = 1 + matter.lines
    if matter.title:
        articles = single_article(
            body,
            source=source,
            title=matter.title,
            first_line=first_line,
            published=matter.published,
            publisher=matter.publisher,
        )
    else:
        articles = split_page(
            body, source=source, first_line=first_line, published=matter.published, publisher=matter.publisher
        )
    if not articles:
        raise InputError(source, "no article text in this file")
    return articles


def _load(path: Path, source: str) -> bytes:
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise InputError(
                source, f"{size / 1e6:.0f} MB is more than the {MAX_BYTES / 1e6:.0f} MB a file may have"
            )
        return path.read_bytes()
    except OSError as error:
        raise InputError(source, f"cannot be read: {error.strerror or type(error).__name__}") from error


def decode(data: bytes, source: str) -> str:
    """Decode UTF-8, or UTF-16 with a byte order mark; raise InputError for anything else."""
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    encoding = "utf-16" if wide else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        problem = f"not {encoding[:6].upper()} text (line {line})" if not wide else "broken UTF-16 text"
        raise InputError(source, problem.replace("UTF-8-", "UTF-8")) from error
    if "\0" in text:
        raise InputError(source, "a binary file (it holds NUL characters)")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def front_matter(text: str, source: str) -> FrontMatter:
    """Read the YAML between two "---" lines at the top; raise InputError where it is wrong."""
    match = _FRONT_MATTER.match(text)
    if not match:
        return FrontMatter()
    try:
        # BaseLoader keeps every scalar as it is written: "2022-10" and 2025-02-30 stay text.
        data = yaml.load(match.group(1), Loader=yaml.BaseLoader)
    except yaml.YAMLError as error:
        data = _plain_fields(match.group(1))
        if data is None:
            mark = getattr(error, "problem_mark", None)
            line = f" (line {mark.line + 2})" if mark else ""
            raise InputError(source, f"the front matter is not YAML{line}") from error
    except RecursionError as error:
        raise InputError(source, "the front matter is nested too deeply") from error
    if not data:
        return FrontMatter(lines=match.group().count("\n"))
    if not isinstance(data, dict):
        raise InputError(source, "the front matter is not a list of names and values")
    return FrontMatter(
        title=_field(data, "title", source),
        published=_published(_field(data, "published", source), source),
        publisher=_field(data, "source", source),
        lines=match.group().count("\n") + (not match.group().endswith("\n")),
    )


def _plain_fields(text: str) -> dict[str, object] | None:
    """Read "title: Digest: September" as people write it, though YAML wants quotes around a colon.

    None where a line is anything but a name and a plain value.
    """
    matches = [_PLAIN_FIELD.fullmatch(line) for line in text.splitlines() if line.strip()]
    if any(match is None or match[2].count('"') % 2 for match in matches):
        return None
    return {match[1]: match[2] for match in matches if match}


def _field(data: dict[str, object], name: str, source: str) -> str | None:
    value = data.get(name)
    if value is not None and not isinstance(value, str):
        raise InputError(source, f"the front matter's {name!r} is not a text")
    return " ".join(value.split()) or None if value else None


def _published(text: str | None, source: str) -> PartialDate | None:
    if text is None:
        return None
    try:
        return PartialDate.parse(text)
    except ValueError:
        pass
    raise InputError(source, f"the front matter's date {text!r} does not exist or is not YYYY-MM-DD")
