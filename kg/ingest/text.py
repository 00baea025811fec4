"""Plain text and Markdown: encodings, front matter, one article or a page of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import yaml

from kg.errors import InputError
from kg.ingest.page import single_article, split_page
from kg.model import PartialDate

if TYPE_CHECKING:
    from kg.ingest.documents import Document
    from kg.ingest.options import ReadOptions
    from kg.model import Article

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*$\n?", re.DOTALL | re.MULTILINE)
_PLAIN_FIELD = re.compile(r"(\w+):\s+([^\s\[{&*!|>%@`'].*?)\s*")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x7f-\x84\x86-\x9f]")
_MOST_FOREIGN = 0.3


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What the lines between "---" at the top of a file say."""

    title: str | None = None
    published: PartialDate | None = None
    publisher: str | None = None
    lines: int = 0
    """How many lines of the file it takes."""


def read_text(document: Document, options: ReadOptions) -> list[Article]:
    """Read a page, or a file whose front matter gives the title of its one article."""
    source, text = document.source, decode(document.data, document.source)
    if not text.strip():
        raise InputError(source, "the file is empty")
    matter = front_matter(text, source)
    # Not splitlines(): a form feed or a U+2028 ends no line of the file.
    body = "\n".join(text.split("\n")[matter.lines :])
    first_line = 1 + matter.lines
    if matter.title:
        return single_article(
            body,
            source=source,
            title=matter.title,
            first_line=first_line,
            published=matter.published,
            publisher=matter.publisher,
        )
    return split_page(
        body, source=source, first_line=first_line, published=matter.published, publisher=matter.publisher
    )


def decode(data: bytes, source: str) -> str:
    """Decode UTF-8, UTF-16, or the Latin alphabet of Windows (cp1252); raise InputError for anything else."""
    try:
        text = data.decode(_encoding(data))
    except UnicodeDecodeError as error:
        text = _western(data, source, error)
    if "\0" in text:
        raise InputError(source, "a binary file (it holds NUL characters)")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _encoding(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    # English in UTF-16 is every other byte a zero; without a mark, that is what tells.
    sample = data[:4000]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if half >= 2 and max(even, odd) > 0.7 * half and min(even, odd) < 0.1 * half:
        return "utf-16-be" if even > odd else "utf-16-le"
    return "utf-8-sig"


def _western(data: bytes, source: str, error: UnicodeDecodeError) -> str:
    if error.encoding.startswith("utf-16"):
        raise InputError(source, "broken UTF-16 text") from error
    line = data[: error.start].count(b"\n") + 1
    text = data.decode("cp1252", errors="replace")
    foreign = sum(ord(character) > 127 for character in text)
    if "\ufffd" in text or _CONTROLS.search(text) or foreign > _MOST_FOREIGN * len(text):
        raise InputError(source, f"not text in UTF-8, UTF-16 or Latin-1 (line {line})") from error
    return text


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
