"""Where the ontology's files are."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent


def ontology_path(name: str) -> Path:
    """The path of an ontology file, e.g. "kg.ttl": inside an installed package, beside it in a checkout."""
    installed = _PACKAGE / "ontology" / name
    path = installed if installed.exists() else _PACKAGE.parent / "ontology" / name
    if not path.exists():
        raise FileNotFoundError(f"{name} is not in the ontology of this installation")
    return path
