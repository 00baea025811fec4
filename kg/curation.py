"""What people have decided: `curation.yaml`, a list of decisions that every build replays.

    - same: [Rift Geothermal Institute, RGI]
    - different: [{name: Institute of Physics, country: CN}, {name: Institute of Physics, country: CZ}]
    - rename: CERN
      to: European Organization for Nuclear Research
    - retype: SESAME
      kind: Project
    - drop entity: Weekly Review
    - drop fact: {subject: CERN, predicate: leads, object: SESAME}
    - keep fact: {subject: CERN, predicate: funds, object: SESAME}   # do not ask again
    - add fact: {subject: CERN, predicate: foundedOn, object: 1954-09-29}
      source: Convention of 1 July 1953
      quote: The Convention entered into force on 29 September 1954.

An entity is told by one of its names or by its id ("institution/cern"), and where that is not enough by a
mapping of `name` with `kind`, `country` (ISO 3166-1 alpha-2) or `article` (an id). Any decision may have
a `note`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import yaml

from kg.errors import InputError
from kg.files import write_atomic
from kg.model import PartialDate
from kg.vocab import SIGNATURES, Kind, Predicate

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

FILE_NAME = "curation.yaml"


@dataclass(frozen=True, slots=True)
class Ref:
    """Which entity a person means: by a name or an id, and what narrows that."""

    name: str
    kind: Kind | None = None
    country: str = ""
    article: str = ""


@dataclass(frozen=True, slots=True)
class FactRef:
    """Which fact a person means."""

    subject: Ref
    predicate: Predicate
    object: Ref | PartialDate


@dataclass(frozen=True, slots=True)
class AddedFact:
    """A fact that no article states, with the source that does."""

    fact: FactRef
    source: str
    quote: str
    line: int
    """Where in the curation file it stands, from 1."""


@dataclass(frozen=True, slots=True)
class Curation:
    """All decisions, in the order of the file."""

    same: tuple[tuple[Ref, ...], ...] = ()
    different: tuple[tuple[Ref, ...], ...] = ()
    renamed: tuple[tuple[Ref, str], ...] = ()
    retyped: tuple[tuple[Ref, Kind], ...] = ()
    dropped_entities: tuple[Ref, ...] = ()
    dropped_facts: tuple[FactRef, ...] = ()
    kept_facts: tuple[FactRef, ...] = ()
    """Facts that a person confirmed: `kg review` does not ask again."""
    added_facts: tuple[AddedFact, ...] = ()

    def __add__(self, other: Curation) -> Curation:
        return Curation(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))


def read_curation(path: Path) -> Curation:
    """Read and check a curation file; raise InputError with the line of what is wrong."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except OSError as error:
        raise InputError(str(path), f"cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise InputError(str(path), f"not UTF-8 at byte {error.start}") from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        raise InputError(str(path), f"line {mark.line + 1 if mark else '?'}: {error.problem}") from error
    except yaml.YAMLError as error:
        raise InputError(str(path), "not YAML: " + str(error).splitlines()[0]) from error
    return _Reader(path).curation(node) if node is not None else Curation()


class _Reader:
    """Turns YAML nodes, which know their lines, into decisions."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def curation(self, node: yaml.Node) -> Curation:
        if not isinstance(node, yaml.SequenceNode):
            raise self._error(node, "a curation file is a list of decisions (- same: ...)")
        total = Curation()
        for item in node.value:
            total += self._decision(item)
        return total

    def _decision(self, node: yaml.Node) -> Curation:
        parts = self._mapping(node)
        words = [word for word in parts if word in _DECISIONS]
        if len(words) != 1:
            raise self._error(node, f"a decision is one of: {', '.join(_DECISIONS)}")
        word = words[0]
        read, others = _DECISIONS[word]
        if strange := sorted(parts.keys() - {word, "note", *others}):
            raise self._error(parts[strange[0]], f"{strange[0]!r} has no place in a decision {word!r}")
        return read(self, parts[word], parts, node)

    def same(self, node: yaml.Node, parts: Mapping[str, yaml.Node], whole: yaml.Node) -> Curation:
        return Curation(same=(self._refs(node),))

    def different(self, node: yaml.Node, parts: Mapping[str, yaml.Node], whole: yaml.Node) -> Curation:
        return Curation(different=(self._refs(node),))

    def rename(self, node: yaml.Node, parts: Mapping[str, yaml.Node], whole: yaml.Node) -> Curation:
        return Curation(renamed=((self._ref(node), self._text(self._part(parts, "to", whole))),))

    def retype(self, node: yaml.Node, parts: Mapping[str, yaml.Node], whole: yaml.Node) -> Curation:
        return Curation(retyped=((self._ref(node), self._kind(self._part(parts, "kind", whole))),))

    def drop_entity(self, node: yaml.Node, parts: Mapping[str, yaml.Node], whole: yaml.Node) -> Curation:
        return Curation(dropped_entities=(self._ref(node),))

    def drop_fact(self, node: yaml.Node, parts: Mapping[str, yaml.Node], whole: yaml.Node) -> Curation:
        return Curation(dropped_facts=(self._fact(node),))

    def keep_fact(self, node: yaml.Node, parts: Mapping[str, yaml.Node], whole: yaml.Node) -> Curation:
        return Curation(kept_facts=(self._fact(node),))

    def add_fact(self, node: yaml.Node, parts: Mapping[str, yaml.Node], whole: yaml.Node) -> Curation:
        source = self._text(self._part(parts, "source", whole))
        quote = self._text(parts["quote"]) if "quote" in parts else ""
        added = AddedFact(self._fact(node), source, quote, whole.start_mark.line + 1)
        return Curation(added_facts=(added,))

    def _fact(self, node: yaml.Node) -> FactRef:
        parts = self._mapping(node)
        if parts.keys() != {"subject", "predicate", "object"}:
            raise self._error(node, "a fact has a subject, a predicate and an object")
        word = self._text(parts["predicate"])
        if word not in set(Predicate):
            raise self._error(parts["predicate"], f"no predicate {word!r}; there are {', '.join(Predicate)}")
        predicate = Predicate(word)
        subject = self._ref(parts["subject"])
        obj = self._date(parts["object"]) if predicate.is_date else self._ref(parts["object"])
        self._check_kinds(node, subject, predicate, obj)
        return FactRef(subject, predicate, obj)

    def _check_kinds(
        self, node: yaml.Node, subject: Ref, predicate: Predicate, obj: Ref | PartialDate
    ) -> None:
        ends = (subject.kind, obj.kind if isinstance(obj, Ref) else None)
        if not any(
            all(told in (None, allowed) for told, allowed in zip(ends, pair, strict=True))
            for pair in SIGNATURES[predicate]
        ):
            raise self._error(node, f"{predicate} does not go between these kinds")

    def _refs(self, node: yaml.Node) -> tuple[Ref, ...]:
        if not isinstance(node, yaml.SequenceNode) or len(node.value) < 2:
            raise self._error(node, "give two or more names: [one, other]")
        return tuple(self._ref(item) for item in node.value)

    def _ref(self, node: yaml.Node) -> Ref:
        if not isinstance(node, yaml.MappingNode):
            return Ref(self._text(node))
        parts = self._mapping(node)
        if "name" not in parts or parts.keys() - {"name", "kind", "country", "article"}:
            raise self._error(node, "an entity has a name, and a kind, a country or an article if need be")
        return Ref(
            self._text(parts["name"]),
            self._kind(parts["kind"]) if "kind" in parts else None,
            # YAML 1.1 reads Norway's code as "no"; the node still has the letters.
            self._text(parts["country"]).upper() if "country" in parts else "",
            self._text(parts["article"]) if "article" in parts else "",
        )

    def _kind(self, node: yaml.Node) -> Kind:
        word = self._text(node)
        if word not in set(Kind):
            raise self._error(node, f"no kind {word!r}; there are {', '.join(Kind)}")
        return Kind(word)

    def _date(self, node: yaml.Node) -> PartialDate:
        try:
            return PartialDate.parse(self._text(node))
        except ValueError as error:
            raise self._error(node, f"not a date: {error}") from error

    def _text(self, node: yaml.Node) -> str:
        if not isinstance(node, yaml.ScalarNode) or not node.value.strip():
            raise self._error(node, "a text is expected here")
        try:
            node.value.encode()
        except UnicodeEncodeError as error:  # YAML can escape half of a character
            raise self._error(node, "half of a character is no text") from error
        return " ".join(str(node.value).split())

    def _part(self, parts: Mapping[str, yaml.Node], name: str, whole: yaml.Node) -> yaml.Node:
        if name not in parts:
            raise self._error(whole, f"{name!r} is missing")
        return parts[name]

    def _mapping(self, node: yaml.Node) -> dict[str, yaml.Node]:
        if not isinstance(node, yaml.MappingNode):
            raise self._error(node, "a mapping (key: value) is expected here")
        parts: dict[str, yaml.Node] = {}
        for key, value in node.value:
            word = self._text(key)
            if word in parts:
                raise self._error(key, f"{word!r} stands twice in one decision")
            parts[word] = value
        return parts

    def _error(self, node: yaml.Node, problem: str) -> InputError:
        return InputError(str(self._path), f"line {node.start_mark.line + 1}: {problem}")


_DECISIONS: dict[str, tuple[Callable[..., Curation], tuple[str, ...]]] = {
    "same": (_Reader.same, ()),
    "different": (_Reader.different, ()),
    "rename": (_Reader.rename, ("to",)),
    "retype": (_Reader.retype, ("kind",)),
    "drop entity": (_Reader.drop_entity, ()),
    "drop fact": (_Reader.drop_fact, ()),
    "keep fact": (_Reader.keep_fact, ()),
    "add fact": (_Reader.add_fact, ("source", "quote")),
}


def append_decision(path: Path, decision: Mapping[str, object]) -> None:
    """Add one decision at the end of a curation file, which is made if need be; what stands there stays.

    Raises InputError when the file is no curation file before, or cannot be written.
    """
    before = ""
    if path.exists():
        read_curation(path)
        before = path.read_text(encoding="utf-8-sig")
        if before.strip() and not before.endswith("\n"):
            before += "\n"
    added = yaml.safe_dump(
        [decision], allow_unicode=True, sort_keys=False, default_flow_style=None, width=1000
    )
    try:
        write_atomic(path, (before + added).encode())
    except OSError as error:
        raise InputError(str(path), f"cannot be written ({error.strerror})") from error


def find_curation(paths: Sequence[Path]) -> list[Path]:
    """The curation files beside the articles: in the folders given, and in those of the files given."""
    folders = dict.fromkeys(path if path.is_dir() else path.parent for path in paths)
    return [folder / FILE_NAME for folder in folders if (folder / FILE_NAME).is_file()]
