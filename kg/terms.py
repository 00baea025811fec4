"""The ids, texts and values of knowledge as words of Turtle.

What goes in is text, so nothing in it is trusted: ids are percent-escaped before they become IRIs, and
characters that XML, and so an `xsd:string`, cannot hold become U+FFFD. That keeps every quote as long
as its offsets say.
"""

from __future__ import annotations

import hashlib
import json
import re
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from rdflib import XSD

from kg import vocab
from kg.errors import GraphError
from kg.turtle import TurtleWriter, bound_prefixes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.model import Fact, PartialDate

_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BASE = re.compile(r"[a-z][a-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]*[/#]", re.IGNORECASE)
_CLOSE = "close:"
# Registries whose IRIs follow from their keys alone, so that no look-up is needed.
_REGISTRIES = {
    "geonames": "https://sws.geonames.org/{}/",
    "ror": "https://ror.org/{}",
    "wikidata": "http://www.wikidata.org/entity/{}",
}


class Terms:
    """Writes the terms of one graph, and which prefixes it needs; `base` is what its names begin with.

    Raises GraphError when `base` is no absolute IRI that ends in "/" or "#".
    """

    def __init__(self, base: str) -> None:
        if not _BASE.fullmatch(base):
            raise GraphError(f"{base!r}: the base of a graph is an absolute IRI that ends in '/' or '#'")
        self._base = base
        self._turtle = TurtleWriter(bound_prefixes(base))
        self._names: dict[str, str] = {}
        self._put_together: set[str] = set()
        """Words, or the beginnings of words, that the Turtle writer did not see."""

    def header(self) -> str:
        """The prefixes of all that was written so far."""
        for word in self._put_together:
            self._turtle.use(word)
        return self._turtle.header()

    def properties(self, pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
        """What is said of one subject, each thing once, in the order of the file."""
        ordered = self._turtle.sort(pairs)
        self._put_together.update([verb for verb, _ in ordered])
        return ordered

    def name(self, *parts: str) -> str:
        """The name of what has this id, or this id below others."""
        key = "/".join(parts)
        name = self._names.get(key)
        if name is None:
            name = self._names[key] = self._turtle.name(self.iri(key))
        return name

    def numbered(self, room: str, number: str) -> str:
        """The name of what has a digest for its id, which needs no escapes."""
        self._put_together.add(f"{room}:")
        return f"{room}:{number}"

    def iri(self, key: str) -> str:
        return self._base + escape(key)

    def leaf(self, room: str, name: str) -> str:
        """The last step of an IRI is `name`: a slash in it is none of the IRI's."""
        return self._known(f"{self._base}{room}/{escape(name, safe='')}")

    def page(self, iri: str) -> str:
        """An IRI that is not ours."""
        return self._turtle.name(iri)

    def is_a(self, class_name: str) -> tuple[str, str]:
        return "a", self._known(vocab.ONTOLOGY + class_name)

    def _known(self, iri: str) -> str:
        """The name of one of the few things that are spoken of often."""
        name = self._names.get(iri)
        if name is None:
            name = self._names[iri] = self._turtle.name(iri)
        return name

    def text(self, text: str) -> str:
        return self._turtle.literal(clean(text))

    def date(self, date: PartialDate) -> str:
        return self._turtle.literal(str(date), str(XSD) + date.datatype)


def clean(text: str) -> str:
    """The text with U+FFFD for each character that no graph can hold."""
    return _NOT_XML.sub("\ufffd", text)


def is_close(key: str) -> bool:
    """Is this the key of something that only comes close to the entity ("close:ror:05gq02987")?"""
    return key.startswith(_CLOSE)


def registry_page(key: str) -> str:
    """The IRI that a registry gives to what has this key; "" where that cannot be told."""
    registry, _, number = key.removeprefix(_CLOSE).partition(":")
    return _REGISTRIES[registry].format(escape(number)) if registry in _REGISTRIES and number else ""


def close_key(page: str) -> str:
    """The key that `registry_page` gave this IRI for, as one that only comes close; "" for another IRI."""
    for registry, pattern in _REGISTRIES.items():
        before, after = pattern.split("{}")
        if page.startswith(before) and page.endswith(after):
            return f"{_CLOSE}{registry}:{unquote(page.removeprefix(before).removesuffix(after))}"
    return ""


def fact_key(fact: Fact) -> str:
    """The last part of the IRI of a fact."""
    return f"fact/{digest(*fact_parts(fact))}"


def fact_parts(fact: Fact) -> tuple[str, str, str]:
    return (fact.subject, fact.predicate, str(fact.object))


def decimal(value: float) -> str:
    """Four decimals at most and one at least: 0.9, 0.8125, 1.0."""
    whole, _, decimals = f"{value:.4f}".partition(".")
    return f"{whole}.{decimals.rstrip('0') or '0'}"


def escape(part: str, *, safe: str = "/") -> str:
    """Percent-escape all but ASCII letters, digits, "-", "_", "~" and what is `safe`.

    A dot is escaped too: "." and ".." are steps in an IRI, and no prefixed name may end in one.
    """
    return quote(part, safe=safe, errors="surrogatepass").replace(".", "%2E")


def sha256(text: str) -> str:
    """Of the text as it stands in the article, in UTF-8: `kg:start` and `kg:end` count in just this text."""
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()


@lru_cache(maxsize=1024)
def digest(*parts: str | int) -> str:
    """64 bits of SHA-256 in hexadecimal; JSON keeps ("a", "bc") and ("ab", "c") apart."""
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]
