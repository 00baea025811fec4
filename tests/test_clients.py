"""Programs of other people read the graph of the sample as we do, and answer its questions alike.

`.ci/run` installs them; a test whose program is not there is skipped. By hand: install raptor2-utils, serdi
and libapache-jena-java, and run `npm install` in tests/clients.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import zipfile
from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest
from answers import GRAPH, VALUES, answer
from rdflib import Graph

from kg.questions import bind, questions
from kg.store import load_store
from kg.turtle import PREFIXES

CLIENTS = Path(__file__).parent / "clients"
PREAMBLE = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in PREFIXES.items())


def run(*command: str, text: str = "") -> str:
    done = subprocess.run(
        command, capture_output=True, text=True, input=text, check=True, timeout=120, cwd=CLIENTS
    )
    return done.stdout


def program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


def node(library: str) -> str:
    if not (CLIENTS / "node_modules" / library).exists():
        pytest.skip(f"{library} is not installed in tests/clients")
    return program("node")


def with_rdflib(_: Path) -> int:
    return len(Graph().parse(GRAPH))


def with_pyoxigraph(_: Path) -> int:
    return len(set(ox.parse(path=GRAPH)))


def with_rapper(_: Path) -> int:
    return run(program("rapper"), "-q", "-i", "turtle", "-o", "ntriples", str(GRAPH)).count("\n")


def with_serdi(_: Path) -> int:
    return run(program("serdi"), "-i", "turtle", "-o", "ntriples", str(GRAPH)).count("\n")


def with_n3(_: Path) -> int:
    return int(run(node("n3"), "count.js", str(GRAPH)))


JARS = Path("/usr/share/java")
"""Where Debian keeps Java libraries."""


def with_jena(folder: Path) -> int:
    if not (JARS / "jena-cmds.jar").exists():
        pytest.skip("Apache Jena is not installed")
    # Debian's package looks for the messages of Xerces where they are not, and does not start without them.
    with zipfile.ZipFile(JARS / "jena-core.jar") as jar:
        for name in jar.namelist():
            if name.endswith(".properties") and "/ext/xerces/" in name:
                target = folder / "xerces" / name.partition("/ext/xerces/")[2]
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(jar.read(name))
    others = [JARS / f"{name}.jar" for name in ("commons-compress", "guava", "thrift")]
    classes = ":".join(map(str, [*JARS.glob("jena-*.jar"), *others, folder]))
    riot = (program("java"), "-cp", classes, "riotcmd.riot", "--strict")
    return run(*riot, "--output=ntriples", str(GRAPH)).count("\n")


PARSERS = [with_rdflib, with_pyoxigraph, with_rapper, with_serdi, with_n3, with_jena]


@pytest.mark.parametrize("count", PARSERS)
def test_every_parser_counts_the_same_triples(count, tmp_path: Path) -> None:
    lines = GRAPH.read_text(encoding="utf-8").split("\n")
    assert count(tmp_path) == sum(line.startswith("    ") for line in lines)


@pytest.fixture(scope="module")
def comunica():
    """The answers of Comunica: a list of rows for each question."""
    engine = node("@comunica/query-sparql-rdfjs")
    asked = {}
    for name, question in questions().items():
        values = bind(question, VALUES.get(name, {}))
        terms = {key: {"value": str(term), "datatype": term.datatype} for key, term in values.items()}
        asked[name] = {"sparql": PREAMBLE + question.sparql, "values": terms}
    return json.loads(run(engine, "ask.js", str(GRAPH), text=json.dumps(asked)))


def plain(value: object) -> str:
    """Numbers by value: engines write 0.75 and 7.5E-1."""
    try:
        return f"{float(str(value)):g}"
    except ValueError:
        return str(value)


@pytest.mark.parametrize("name", questions())
def test_comunica_gives_the_same_rows(name: str, comunica) -> None:
    expected = answer(load_store(GRAPH), name)
    ours = Counter(tuple("" if term is None else plain(term) for term in row) for row in expected.rows)
    theirs = Counter(
        tuple(plain(row.get(column, "")) for column in expected.columns) for row in comunica[name]
    )
    assert theirs == ours
