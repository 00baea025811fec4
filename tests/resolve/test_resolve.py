"""One thing, one entity: across articles, whatever their order."""

from functools import cache
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract import extract
from kg.model import Article, Extraction, Mention, Origin, PartialDate
from kg.resolve import resolve
from kg.vocab import Kind


@cache
def extraction(number, text):
    article = Article(f"a{number}", f"{number}.txt", "", text, PartialDate(2025, 5), origins=(Origin(0, 1),))
    return next(extract([article], reader="rules"))


def resolved(*texts):
    return resolve([extraction(number, text) for number, text in enumerate(texts)])


def names(knowledge, kind=Kind.INSTITUTION):
    """The names of each entity of a kind, as sets."""
    return sorted(sorted({e.name, *e.aliases}) for e in knowledge.entities if e.kind is kind)


MOST = "Ministry of Science and Technology"


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (f"China's {MOST} leads the Dragon Programme.", f"Vietnam's {MOST} leads the Lotus Programme."),
        (f"The Chinese {MOST} met guests.", f"The Vietnamese {MOST} met guests."),
        (f"The {MOST} of China met guests.", f"The {MOST} of Vietnam met guests."),
    ],
)
def test_ministries_of_two_countries_stay_two(one, two):
    assert len(names(resolved(one, two))) == 2


def test_two_ministries_of_one_name_in_one_article_stay_two():
    both = resolved(f"China's {MOST} and Vietnam's {MOST} signed a plan.")
    assert len(names(both)) == 2


def test_the_forms_of_one_countrys_ministry_are_one():
    knowledge = resolved(
        f"Vietnam's {MOST} met.", f"The Vietnamese {MOST} met.", f"The {MOST} of Vietnam met."
    )
    assert len(names(knowledge)) == 1


def test_an_acronym_joins_the_one_long_name_known():
    knowledge = resolved("The Rift Geothermal Institute (RGI) drilled.", "RGI leads the Steam Project.")
    assert names(knowledge) == [["RGI", "Rift Geothermal Institute"]]


def test_an_acronym_of_two_long_names_joins_neither():
    knowledge = resolved(
        "The Rift Geothermal Institute (RGI) drilled.",
        "The Rome Glass Institute (RGI) melted sand.",
        "RGI leads the Steam Project.",
    )
    assert ["RGI"] in names(knowledge)
    assert len(names(knowledge)) == 3


@pytest.mark.parametrize(
    ("one", "two", "kind"),
    [
        ("Chang'e-5 landed.", "Chang'e-6 landed.", Kind.PROJECT),
        ("The Siam Photon Source opened.", "The Siam Photon Source II opened.", Kind.PROJECT),
        ("Lindholm University won.", "The College of Medicine of Lindholm University won.", Kind.INSTITUTION),
        ("The Second Silk Road Forum met.", "The Third Silk Road Forum met.", Kind.PROJECT),
    ],
)
def test_what_is_alike_but_not_one_stays_apart(one, two, kind):
    alone = [name for text in (one, two) for name in names(resolved(text), kind)]
    assert len(names(resolved(one, two), kind)) == len({tuple(name) for name in alone}) >= 2


def test_every_merge_has_a_reason_and_a_score():
    knowledge = resolved(
        "The Rift Geothermal Institute (RGI) drilled in Kenya.",
        "RGI leads the Steam Project with Nazarbayev University.",
        "The Rift Geothermal Insitute joined Nazarbaev University.",
    )
    ids = {entity.id for entity in knowledge.entities}
    assert len(knowledge.merges) >= 3
    for merge in knowledge.merges:
        assert merge.entity in ids
        assert merge.reason
        assert 0 < merge.score <= 1


PAGES = [
    f"China's {MOST} (MOST) leads the Dragon Programme with CERN.",
    f"The {MOST} of Vietnam (MOST) joined CERN. MOST will pay.",
    "In Hanoi, Vietnam, MOST opened a park for the Lotus Programme.",
    "The European Organization for Nuclear Research (CERN) in Geneva, Switzerland, built the Lotus Program.",
    "The Institute of Physics of the Czech Academy of Sciences met Nazarbaev University.",
    "The Institute of Physics met Nazarbayev University and Fudan University in China.",
]


@settings(deadline=None)
@given(st.permutations(range(len(PAGES))))
def test_the_order_of_articles_changes_nothing(order):
    expected = resolve([extraction(number, PAGES[number]) for number in range(len(PAGES))])
    assert resolve([extraction(number, PAGES[number]) for number in order]) == expected


def test_articles_added_leave_the_other_entities_as_they_are():
    before = {entity.id: entity.name for entity in resolved(*PAGES[:4]).entities}
    after = {entity.id: entity.name for entity in resolved(*PAGES).entities}
    assert before.items() <= after.items()


def test_facts_of_merged_entities_come_together():
    for texts in permutations(
        ["Kelp Institute leads the Kelp Ladder project.", "The Kelp Institute leads the Kelp Ladder project."]
    ):
        facts = [fact for fact in resolved(*texts) if fact.predicate == "leads"]
        assert [len(fact.evidence) for fact in facts] == [2]


@pytest.mark.parametrize(
    ("rest", "count"), [(" of Ljubljana", 1), (" of Physics", 2), (" of Vega University", 2)]
)
def test_two_readings_of_one_name_are_one_where_only_the_place_differs(rest, count):
    text = f"Jozef Stefan Institute{rest} met."
    article = Article("a", "a.txt", "", text, origins=(Origin(0, 1),))
    names_ = ["Jozef Stefan Institute", f"Jozef Stefan Institute{rest}"]
    mentions = tuple(Mention("a", 0, len(name), name, Kind.INSTITUTION, "x") for name in names_[::-1])
    assert len(resolve([Extraction(article, mentions, ())]).entities) == count
