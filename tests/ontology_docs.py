"""The documentation of the ontology, made from `ontology/kg.ttl` and never by hand: `make ontology`.

Writes docs/ontology.html (with pyLODE) and the diagram in README.md, between its two markers.
"""

import re
from pathlib import Path

from rdflib import OWL, RDFS, Graph, URIRef
from rdflib.collection import Collection

from kg.resources import ontology_path
from kg.turtle import KG
from kg.vocab import DATES, ONTOLOGY, Kind, Predicate

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "ontology.html"
README = ROOT / "README.md"
MARKERS = re.compile(r"(?<=<!-- ontology diagram -->\n).*?(?=<!-- end of ontology diagram -->)", re.DOTALL)


def local(node: object) -> str:
    return str(node).removeprefix(ONTOLOGY)


def ends(graph: Graph, node: URIRef | None) -> list[str]:
    """The kinds that a domain or range stands for."""
    members = graph.value(node, OWL.unionOf)
    return sorted(map(local, Collection(graph, members) if members else [node]))


def diagram() -> str:
    """Mermaid: the four kinds with their subclasses and dates, the fifteen predicates, and the evidence."""
    graph = Graph().parse(ontology_path("kg.ttl"))
    lines = ["```mermaid", "classDiagram"]
    for kind in Kind:
        lines.append(f"  class {kind} {{")
        below = sorted(local(node) for node in graph.subjects(RDFS.subClassOf, KG[kind]))
        lines += [f"    {name}" for name in below]
        for predicate in filter(DATES.__contains__, Predicate):
            if ends(graph, graph.value(KG[predicate], RDFS.domain)) == [str(kind)]:
                lines.append(f"    {predicate}() PartialDate")
        lines.append("  }")
    arrows: dict[tuple[str, str], list[str]] = {}
    for predicate in Predicate:
        if predicate.is_date:
            continue
        for subject in ends(graph, graph.value(KG[predicate], RDFS.domain)):
            for obj in ends(graph, graph.value(KG[predicate], RDFS.range)):
                # Both sides of kg:partOf are of one kind.
                if predicate is not Predicate.PART_OF or subject == obj:
                    arrows.setdefault((subject, obj), []).append(str(predicate))
    for (subject, obj), names in sorted(arrows.items()):
        lines.append(f"  {subject} --> {obj} : {', '.join(names)}")
    for name in ("evidence", "reading", "passage", "article"):
        (domain,) = ends(graph, graph.value(KG[name], RDFS.domain))
        (values,) = ends(graph, graph.value(KG[name], RDFS.range))
        lines.append(f"  {domain} --> {values} : {name}")
    lines += ["  Fact ..> Institution : is about any triple above", "```"]
    return "\n".join(lines) + "\n"


def page() -> str:
    """One HTML page of all terms. Raises ImportError where pyLODE is not installed."""
    from pylode import OntPub

    html = str(OntPub(ontology=str(ontology_path("kg.ttl"))).make_html())
    return "\n".join(line.rstrip() for line in html.splitlines()) + "\n"


def update() -> None:
    text = README.read_text(encoding="utf-8")
    README.write_text(MARKERS.sub(lambda _: diagram(), text), encoding="utf-8")
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    update()
