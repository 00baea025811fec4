"""Public registers of organisations, compiled into one local file and looked up offline."""

from kg.registry.formats import KINDS, read_organisations
from kg.registry.index import compile_index
from kg.registry.lookup import LocalRegistry, open_registry

__all__ = ["KINDS", "LocalRegistry", "compile_index", "open_registry", "read_organisations"]
