"""The rooms of the package: who may import whom, and which library belongs where."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "kg"

# From the ground up. A module imports from the layers below its own; within its own layer only where
# the layer is not "stages": those meet in `kg.model` alone.
LAYERS = {
    "ground": {"kg", "errors", "model", "vocab"},
    "helpers": {
        "articles",
        "cache",
        "clean",
        "components",
        "contradictions",
        "curation",
        "files",
        "gazetteer",
        "ledger",
        "names",
        "nodes",
        "questions",
        "reading",
        "records",
        "resources",
        "results",
        "scratch",
        "sparql",
        "store",
        "streams",
        "tables",
        "terms",
        "turtle",
    },
    "stages": {"export", "extract", "graph", "ingest", "query", "resolve", "shapes", "validate", "views"},
    "assembly": {
        "api",
        "engine",
        "evaluate",
        "gold",
        "matching",
        "mistakes",
        "pipeline",
        "publish",
        "registry",
        "resolution_extracted",
        "resolution_score",
        "review",
        "score",
        "workspace",
    },
    "top": {"__main__", "cli", "console", "train"},
}
HEIGHT = {room: height for height, rooms in enumerate(LAYERS.values()) for room in rooms}
STAGES = list(LAYERS).index("stages")

HOMES = {
    "click": {"cli"},
    "distributed": {"engine"},
    "jinja2": {"views"},
    "pyshacl": {"validate"},
    "pyvis": {"views"},
    "rich": {"console"},
    "urllib3": {"publish"},
    "watchfiles": {"cli"},
    "onnxruntime": {"extract", "train"},
    "spacy": {"extract"},
    "torch": {"train"},
}
# What would make a build depend on the hour, on chance or on a network.
UNWANTED = {"http", "httpx", "random", "requests", "secrets", "socket", "time", "uuid"}

MODULES = sorted(PACKAGE.rglob("*.py"))


def room(path: Path) -> str:
    """The part of the package that a file belongs to: "ingest" for all of kg/ingest/."""
    first = path.relative_to(PACKAGE).parts[0]
    return "kg" if first == "__init__.py" else first.removesuffix(".py")


def imports(path: Path) -> Iterator[str]:
    """Every module that a file imports, wherever in it and for whatever purpose."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            module = node.module or ""
            yield from (f"kg.{alias.name}" for alias in node.names) if module == "kg" else [module]


def rooms_imported(path: Path) -> set[str]:
    names = (name.split(".") for name in imports(path))
    found = {parts[1] if len(parts) > 1 else "kg" for parts in names if parts[0] == "kg"}
    return {name if name in HEIGHT else "kg" for name in found}  # `from kg import __version__`


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_go_down_only(path):
    here = room(path)
    assert here in HEIGHT, f"give {here} a layer in {Path(__file__).name}"
    for other in rooms_imported(path) - {here}:
        allowed = HEIGHT[other] < HEIGHT[here] or HEIGHT[other] == HEIGHT[here] != STAGES
        assert allowed, f"{path.name} ({here}) imports {other}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_each_library_is_imported_in_its_room_alone(path):
    libraries = {name.split(".")[0] for name in imports(path)}
    strays = {library for library in libraries & HOMES.keys() if room(path) not in HOMES[library]}
    assert not strays


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_clock_no_chance_no_network(path):
    libraries = {name.split(".")[0] for name in imports(path)}
    seeded = {"random"} if room(path) == "train" else set()
    assert not libraries & UNWANTED - seeded
    assert "urllib.request" not in set(imports(path))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_is_read_in_one_sitting(path):
    lines = path.read_text(encoding="utf-8").count("\n")
    assert lines <= 350


def test_the_rules_see_the_libraries_they_speak_of():
    used = {name.split(".")[0] for path in MODULES for name in imports(path)}
    assert not HOMES.keys() - used
    assert not UNWANTED - sys.stdlib_module_names - {"httpx", "requests"}


def test_every_library_that_the_package_imports_is_declared():
    with (PACKAGE.parent / "pyproject.toml").open("rb") as file:
        project = tomllib.load(file)["project"]
    extras = (lines for name, lines in project["optional-dependencies"].items() if name != "dev")
    requirements = [*project["dependencies"], *(line for lines in extras for line in lines)]
    declared = {re.split(r"[^\w.-]", line, maxsplit=1)[0].lower() for line in requirements}
    imported = {name.split(".")[0] for path in MODULES for name in imports(path)}
    homes = packages_distributions()
    undeclared = {
        library
        for library in imported - sys.stdlib_module_names - {"kg"}
        if not declared & {name.lower() for name in (library, *homes.get(library, []))}
    }
    assert not undeclared
