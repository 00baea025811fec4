"""kgazette: newspaper pages in, a knowledge graph of institutions, projects, countries and dates out.

import kg
graph = kg.build(["pages"])
graph = kg.load("out/graph.ttl")
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

_API = ("KnowledgeGraph", "build", "load")


def __getattr__(name: str) -> Any:
    """`kg.load` and the like, found when they are asked for: `kg --help` need not wait for them."""
    if name in _API:
        return getattr(import_module("kg.api"), name)
    raise AttributeError(f"module 'kg' has no attribute {name!r}")
