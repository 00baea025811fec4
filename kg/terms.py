"""The ids, texts and values of knowledge as words of Turtle.

What goes in is text, so nothing in it is trusted: ids are percent-escaped before they become IRIs, and
characters that XML, and so an `xsd:string`, cannot hold become U+FFFD. That keeps every quote as long
as its offsets say.
"""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from json.encoder import encode_basestring_ascii
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from rdflib import XSD

from kg import vocab
from kg.errors import GraphError
from kg.turtle import DATA_PREFIXES, TurtleWriter, bound_prefixes, quoted

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.model import Fact, PartialDate
    from kg.turtle import Properties

_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BASE = re.compile(r"[a-z][a-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]*[/#]", re.IGNORECASE)
# An id that is a prefixed name but for the colon, as nearly all are.
_PLAIN_ID = re.compile(rf"({'|'.join(DATA_PREFIXES)})/([A-Za-z0-9_][A-Za-z0-9_-]*)", re.ASCII)
_CLOSE = "close:"
_REMEMBERED = 20_000
"""Names: those of what is spoken of often."""
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
        self.in_order: Callable[[Properties], Properties] = self._turtle.in_order
        self._put_together: set[str] = set()
        """Beginnings of words that the Turtle writer did not see."""
        self.name: Callable[[str], str] = lru_cache(maxsize=_REMEMBERED)(self._name)
        """The name of what has this id."""
        self.is_a: Callable[[str], str] = lru_cache(maxsize=_REMEMBERED)(self._class)
        """The name of a class of the ontology."""
        self.leaf: Callable[[str, str], str] = lru_cache(maxsize=_REMEMBERED)(self._leaf)
        """The name of what has this name in a room: a slash in it is none of the IRI's."""

    def header(self) -> str:
        """The prefixes of all that was written so far."""
        for word in self._put_together:
            self._turtle.use(word)
        return self._turtle.header()

    def _name(self, key: str) -> str:
        if plain := _PLAIN_ID.fullmatch(key):
            return self.numbered(*plain.groups())
        return self._turtle.name(self.iri(key))

    def numbered(self, room: str, number: str) -> str:
        """The name of what has an id that needs no escapes, such as a digest, below the name of a room."""
        self._put_together.add(f"{room}:")
        return f"{room}:{number}"

    def iri(self, key: str) -> str:
        return self._base + escape(key)

    def _leaf(self, room: str, name: str) -> str:
        return self._turtle.name(f"{self._base}{room}/{escape(name, safe='')}")

    def page(self, iri: str) -> str:
        """An IRI that is not ours."""
        return self._turtle.name(iri)

    def _class(self, name: str) -> str:
        return self._turtle.name(vocab.ONTOLOGY + name)

    def text(self, text: str) -> str:
        return quoted(clean(text))

    def date(self, date: PartialDate) -> str:
        return self._turtle.literal(str(date), str(XSD) + date.datatype)


def clean(text: str) -> str:
    """The text with U+FFFD for each character that no graph can hold."""
    return text if text.isprintable() else _NOT_XML.sub("\ufffd", text)


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


@lru_cache(maxsize=1_000)
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


def digest(*parts: str | int) -> str:
    """64 bits of SHA-256 in hexadecimal; listed as JSON, ("a", "bc") and ("ab", "c") are kept apart."""
    return digest_of_list(listed(*parts))


def listed(*parts: str | int) -> str:
    """The parts as JSON writes a list of them, without the brackets: lists can be put together."""
    words = [encode_basestring_ascii(part) if isinstance(part, str) else str(part) for part in parts]
    return ", ".join(words)


def digest_of_list(parts: str) -> str:
    """The same for parts that are `listed` already."""
    return hashlib.sha256(f"[{parts}]".encode()).hexdigest()[:16]
