"""Decisions of people overrule everything that was found."""

import pytest

from kg.curation import read_curation
from kg.graph import build_graph
from kg.resolve import resolve
from kg.validate import validate
from kg.vocab import Kind

TEXTS = (
    "The Rift Geothermal Institute in Nakuru, Kenya, leads the Steam Project.",
    "The Nakuru Institute drills for the Great Rift Steam Plan, which the Baltic Bank of Tides funds.",
    "The Institute of Physics of the Czech Academy of Sciences met CERN in Prague.",
    "The Rift Geothermal Institute leads the Steam Project with Nazarbayev University.",
)


@pytest.fixture
def curated(tmp_path, read):
    def build(decisions):
        path = tmp_path / "curation.yaml"
        path.write_text(decisions, encoding="utf-8")
        knowledge = resolve(read(*TEXTS), curation=read_curation(path))
        assert validate(build_graph(knowledge)).conforms
        return knowledge

    return build


def named(knowledge, name):
    return [entity for entity in knowledge.entities if name in (entity.name, *entity.aliases)]


def test_same_joins_what_no_rule_would(curated):
    assert named(curated(""), "Nakuru Institute")[0].aliases == ()
    knowledge = curated("- same: [Nakuru Institute, Rift Geothermal Institute]")
    [one] = named(knowledge, "Nakuru Institute")
    assert one.name == "Rift Geothermal Institute"
    [merge] = [merge for merge in knowledge.merges if "Nakuru Institute" in (merge.left, merge.right)]
    assert (merge.reason, merge.score) == ("said by a person", 1.0)


def test_different_parts_what_the_rules_join(curated):
    assert len(named(curated(""), "Rift Geothermal Institute")) == 1
    name = "name: Rift Geothermal Institute, article"
    two = curated(f"- different: [{{{name}: a0}}, {{{name}: a3}}]")
    assert len(named(two, "Rift Geothermal Institute")) == 2
    assert len({entity.id for entity in two.entities}) == len(two.entities)


def test_rename_keeps_the_id_and_the_old_name(curated):
    [before] = named(curated(""), "CERN")
    [after] = named(curated("- rename: CERN\n  to: European Organization for Nuclear Research"), "CERN")
    assert after.id == before.id
    assert after.name == "European Organization for Nuclear Research"
    assert after.aliases == ("CERN",)


def test_retype_moves_an_entity_and_drops_what_no_longer_fits(curated):
    knowledge = curated("- retype: Rift Geothermal Institute\n  kind: Project")
    [one] = named(knowledge, "Rift Geothermal Institute")
    assert one.kind is Kind.PROJECT
    assert not [fact for fact in knowledge if fact.subject == one.id and fact.predicate == "leads"]


def test_drop_entity_takes_its_facts_with_it(curated):
    knowledge = curated("- drop entity: Steam Project")
    assert not named(knowledge, "Steam Project")
    assert not [fact for fact in knowledge if fact.object == "project/steam-project"]


def test_what_is_left_when_everything_is_dropped_conforms(curated):
    knowledge = curated("\n".join(f"- drop entity: {entity.id}" for entity in curated("").entities))
    assert (knowledge.entities, knowledge.facts, knowledge.merges) == ((), (), ())
    assert len(knowledge.articles) == len(TEXTS)


def test_drop_fact_leaves_the_entities(curated):
    drop = "- drop fact: {subject: Rift Geothermal Institute, predicate: leads, object: Steam Project}"
    knowledge = curated(drop)
    assert named(knowledge, "Steam Project")
    assert [fact for fact in curated("") if fact.predicate == "leads"]
    assert not [fact for fact in knowledge if fact.predicate == "leads"]


def test_add_fact_has_its_source_as_evidence(curated):
    knowledge = curated(
        "- add fact: {subject: CERN, predicate: foundedOn, object: 1954-09-29}\n"
        "  source: Convention of 1953\n  quote: It entered into force on 29 September 1954.\n"
    )
    [fact] = [fact for fact in knowledge if fact.predicate == "foundedOn"]
    [evidence] = fact.evidence
    [article] = [article for article in knowledge.articles if article.id == evidence.article]
    assert article.source == "Convention of 1953"
    assert article.text[evidence.start : evidence.end] == evidence.quote
    assert evidence.extractor == "curation"


def test_a_symmetric_fact_that_is_added_stands_in_one_direction(curated):
    facts = [
        next(fact for fact in curated(text).facts if fact.evidence[0].extractor == "curation")
        for text in (
            "- add fact: {subject: CERN, predicate: collaboratesWith, object: RGI}\n  source: a\n",
            "- add fact: {subject: RGI, predicate: collaboratesWith, object: CERN}\n  source: a\n",
        )
    ]
    assert facts[0].subject == facts[1].subject == "institution/cern"


def test_add_fact_about_what_no_article_names(curated):
    knowledge = curated(
        "- add fact: {subject: Kelp Institute, predicate: leads, object: Kelp Ladder}\n  source: a letter\n"
    )
    assert [
        entity.kind for entity in named(knowledge, "Kelp Institute") + named(knowledge, "Kelp Ladder")
    ] == [
        Kind.INSTITUTION,
        Kind.PROJECT,
    ]


def test_decisions_about_what_is_not_there_change_nothing(curated):
    nothing = (
        "- same: [Nobody, Nowhere]\n- rename: Nobody\n  to: Somebody\n- drop entity: Nobody\n"
        "- drop fact: {subject: Nobody, predicate: leads, object: Nowhere}\n"
    )
    assert curated(nothing) == curated("")


PARTED = "The Rift Geothermal Institute (RGI) drills in Kenya. RGI leads the Steam Project."


@pytest.mark.parametrize(
    "refs",
    [
        "[Rift Geothermal Institute, RGI]",
        "[RGI, Rift Geothermal Institute]",
        "[{name: RGI, article: a0}, Rift Geothermal Institute]",
        "[institution/rgi, institution/rift-geothermal-institute]",
    ],
)
def test_different_parts_a_short_form_from_the_name_that_introduces_it(tmp_path, read, refs):
    path = tmp_path / "curation.yaml"
    path.write_text(f"- different: {refs}", encoding="utf-8")
    knowledge = resolve(read(PARTED), curation=read_curation(path))
    assert {e.id for e in knowledge.entities if e.kind is Kind.INSTITUTION} == {
        "institution/rgi",
        "institution/rift-geothermal-institute",
    }
    assert {f.subject for f in knowledge.facts if f.predicate == "leads"} == {"institution/rgi"}
    assert not knowledge.merges or {m.left for m in knowledge.merges} == {"Kenya"}


def test_different_in_another_article_changes_nothing_here(tmp_path, read):
    path = tmp_path / "curation.yaml"
    path.write_text("- different: [{name: RGI, article: a9}, Rift Geothermal Institute]", encoding="utf-8")
    assert len(named(resolve(read(PARTED), curation=read_curation(path)), "RGI")) == 1
    assert named(resolve(read(PARTED), curation=read_curation(path)), "RGI")[0].aliases == ("RGI",)
