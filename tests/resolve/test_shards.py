"""What is looked at a part at a time comes out as if it had been looked at all together."""

from itertools import groupby

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.components import Components
from kg.curation import Curation, Ref
from kg.model import Article, Claim, Evidence, Extraction, Mention, Origin, PartialDate
from kg.resolve import across, alike, resolve_mentions
from kg.resolve.connect import connect
from kg.vocab import Kind, Predicate

INSTITUTIONS = (
    "Rift Geothermal Institute",
    "Rift Geothermal Insitute",
    "RGI",
    "Rome Glass Institute",
    "Ministry of Health",
    "Ministry of Heatlh",
    "Health Ministry",
    "Institute of Physics",
    "Vega University",
    "Vega Universty",
    "University of Vega",
    "MOSTE",
    "Ministry Of Science Technology Environment",
)
PROJECTS = ("Aral Dust Explorer", "Aral Dust Explorer Mission", "ADE", "Chang'e-5", "Chang'e-6", "RGI")
COUNTRIES = (("Kenya", "iso:KE"), ("Norway", "iso:NO"), ("Norwegian", "iso:NO"))


@st.composite
def extractions(draw):
    """Articles that name a few of these, short forms with or without their long ones, and claim something."""
    number = draw(st.integers(0, 99))
    drawn = draw(st.lists(st.tuples(st.sampled_from(INSTITUTIONS), st.booleans()), max_size=3))
    named = [
        (text, Kind.INSTITUTION, INSTITUTIONS[0] if long and text.isupper() else "") for text, long in drawn
    ]
    named += [(text, Kind.PROJECT, "") for text in draw(st.lists(st.sampled_from(PROJECTS), max_size=2))]
    text = " ".join(name for name, _, _ in named)
    mentions, start = [], 0
    for name, kind, long in named:
        mentions.append(Mention(f"a{number}", start, start + len(name), name, kind, "x", name=long))
        start += len(name) + 1
    for name, ref in draw(st.lists(st.sampled_from(COUNTRIES), max_size=2)):
        mentions.append(Mention(f"a{number}", start, start + len(name), name, Kind.COUNTRY, "x", ref=ref))
        text, start = f"{text} {name}", start + len(name) + 1
    article = Article(f"a{number}", f"{number}.txt", "", text, origins=(Origin(0, 1),))
    return Extraction(article, tuple(mentions), tuple(draw(claims(article, mentions))))


@st.composite
def claims(draw, article, mentions):
    proof = Evidence(article.id, 0, len(article.text), article.text, "x", 0.5)
    day = PartialDate(2020 + draw(st.integers(0, 1)))
    of_kind = {kind: [m for m in mentions if m.kind is kind] for kind in Kind}
    found = [Claim(project, Predicate.STARTED_ON, day, proof) for project in of_kind[Kind.PROJECT]]
    for predicate, subjects, objects in (
        (draw(st.sampled_from([Predicate.LEADS, Predicate.PARTICIPATES_IN])), Kind.INSTITUTION, Kind.PROJECT),
        (Predicate.LOCATED_IN, Kind.INSTITUTION, Kind.COUNTRY),
    ):
        pairs = zip(of_kind[subjects], of_kind[objects], strict=False)
        found += [Claim(subject, predicate, obj, proof) for subject, obj in pairs]
    return found


REFS = st.builds(Ref, st.sampled_from(INSTITUTIONS + PROJECTS))
TWO_REFS = st.lists(st.tuples(REFS, REFS), max_size=2).map(tuple)
DECISIONS = st.builds(Curation, same=TWO_REFS, different=TWO_REFS)


@settings(deadline=None, max_examples=150)
@given(
    st.lists(extractions(), max_size=8, unique_by=lambda e: e.article.id),
    st.just(Curation()) | DECISIONS,
    st.integers(1, 20),
    st.randoms(),
)
def test_neither_the_size_of_shards_nor_the_order_of_articles_changes_anything(found, curation, size, mixed):
    # Also where no names are alike, which joins much that other reasons join as well.
    for comparer in (alike, no_names):
        options = {"comparer": comparer, "curation": curation}
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(across, "connect", all_together)
            expected = resolve_mentions(found, **options).knowledge.in_memory()
        mixed.shuffle(found)
        assert resolve_mentions(found, shard=size, **options).knowledge.in_memory() == expected


def all_together(found, **options):
    """Everything in one component: clustered as a whole."""
    components = connect(found, **options)
    for number in range(1, found.count):
        components.join(0, number)
    found.db.execute("UPDATE alike SET component = 0")
    return components


def no_names(names):
    return []


PAIRS = st.lists(st.tuples(st.integers(0, 19), st.integers(0, 19)), max_size=20)


@given(PAIRS)
def test_components_are_what_pairs_connect(pairs):
    components = Components(20)
    for one, two in pairs:
        components.join(one, two)
    label = list(range(20))
    for one, two in pairs:
        label = [label[one] if of == label[two] else of for of in label]
    by_label = groupby(sorted(range(20), key=lambda n: (label[n], n)), key=lambda n: label[n])
    assert sorted(components) == sorted(list(group) for _, group in by_label)
    assert all(components.find(number) == min(group) for group in components for number in group)
