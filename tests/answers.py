"""What the questions of `ontology/queries` answer on the committed graph of the sample: tests/golden/answers.

    make docs      # after a change that moves the answers; look at how they changed before you commit

`tests/test_questions.py` holds every question to its file, in each engine.
"""

from pathlib import Path

from kg.query import ask
from kg.results import Result, as_csv, as_turtle
from kg.store import Store, load_store

ROOT = Path(__file__).parents[1]
GRAPH = ROOT / "out" / "graph.ttl"
FOLDER = ROOT / "tests" / "golden" / "answers"
VALUES = {
    "about": {"name": "CESSAMag"},
    "active-projects": {"year": "2017"},
    "agreements-since": {"since": "2018"},
    "country-pairs": {},
    "evidence": {"name": "CESSAMag"},
    "learned-from": {"article": "sample/silk-and-silicon.txt"},
    "low-belief": {"below": "0.5"},
    "names": {"name": "Caltech"},
    "partners": {"institution": "CERN"},
    "projects": {"institution": "European Commission"},
    "shared-projects": {"country": "China", "other": "Egypt"},
    "timeline": {"project": "SESAME"},
}
"""The values with which each question is asked; the others take none."""


def answer(store: Store, name: str) -> Result:
    return ask(store, name, VALUES.get(name, {}))


def text(result: Result) -> str:
    """Turtle for a graph, CSV for rows; with line breaks that git leaves alone."""
    return as_turtle(result) if result.graph is not None else as_csv(result).replace("\r\n", "\n")


def path(name: str) -> Path:
    (found,) = FOLDER.glob(f"{name}.*")
    return found


def update() -> None:
    from kg.questions import questions

    store = load_store(GRAPH)
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.iterdir():
        old.unlink()
    for name in questions():
        result = answer(store, name)
        suffix = "ttl" if result.graph is not None else "csv"
        (FOLDER / f"{name}.{suffix}").write_text(text(result), encoding="utf-8")


if __name__ == "__main__":
    update()
