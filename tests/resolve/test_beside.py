"""Inside one article: names that stand beside each other, and short forms of names."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kg.model import Article, Extraction, Mention, Origin
from kg.names import initials
from kg.resolve import resolve
from kg.resolve.beside import names_a_part, short_form_reason
from kg.resolve.forms import comparison_key
from kg.resolve.within import local_entities
from kg.vocab import Kind


def things(marked):
    """The names that `marked` gives one thing, where names are marked [so]."""
    text, mentions = "", []
    for index, piece in enumerate(marked.replace("]", "[").split("[")):
        if index % 2:
            end = len(text) + len(piece)
            mentions.append(Mention("a", len(text), end, piece, Kind.INSTITUTION, "test"))
        text += piece
    article = Article("a", "a.txt", "", text, origins=(Origin(0, 1),))
    found, _ = local_entities(Extraction(article, tuple(mentions), ()))
    return sorted(sorted(entity.names) for entity in found)


TIDE = "Deep Tide Initiative"


@pytest.mark.parametrize(
    "text",
    [
        "[DTI], short for [Deep Tide Initiative], met.",
        "[DTI], short for the [Deep Tide Initiative], met.",
        "[DTI] stands for [Deep Tide Initiative].",
        "[DTI], an acronym for [Deep Tide Initiative], met.",
        "[DTI], the [Deep Tide Initiative], met.",
        "[DTI] (the [Deep Tide Initiative]) met.",
        "[DTI] (or [Deep Tide Initiative]) met.",
        "The [Deep Tide Initiative], or [DTI], met.",
        "The [Deep Tide Initiative], known as [DTI], met.",
        "The [Deep Tide Initiative] ([DTI]) met.",
    ],
)
def test_a_short_form_beside_its_long_form_is_that_thing(text):
    # A third name with the same initials: they alone do not decide.
    assert things(text + " So did the [Dry Terrain Institute].") == [["DTI", TIDE], ["Dry Terrain Institute"]]


@pytest.mark.parametrize(
    "text",
    [
        "[DTIX], the [Deep Tide Initiative], met.",
        "[DTI] met the [Deep Tide Initiative].",
        "[DTI] and the [Deep Tide Initiative] met.",
        "[CERN], the [Deep Tide Initiative] and others met.",
    ],
)
def test_what_is_no_introduction_joins_nothing(text):
    assert len(things(text + " So did the [Dry Terrain Institute].")) == 3


def test_letters_need_not_fit_where_the_text_says_what_it_is_short_for():
    assert len(things("[Embrapo], short for [Brazilian Agricultural Research Office], met.")) == 1
    assert len(things("[CNPEM], short for [Brazilian Center for Materials], met.")) == 1


@pytest.mark.parametrize(
    "words", ["formerly", "previously known as", "until 2018", "now", "later renamed", "now called the"]
)
def test_former_names_are_names_of_the_same_thing(words):
    assert (
        len(things(f"The [Kelp Institute], {words} the [Bergen Station], met.".replace("the the", "the")))
        == 1
    )


@pytest.mark.parametrize(
    ("short", "long", "reason"),
    [
        ("IHEP", "Institute of High Energy Physics", "initials"),
        ("IP", "Institute of Physics", ""),
        ("Restoration Alliance", "Aral Sea Restoration Alliance", "short form of the same name"),
        ("Aral Sea Alliance", "Aral Sea Restoration Alliance", ""),
        ("Siam Photon Source", "Siam Photon Source II", ""),
        ("Westlake Polytechnic", "Westlake Polytechnic Malaysia", ""),
        ("China University", "East China University", ""),
        ("Source Programme", "Phase Two Source Programme", ""),
        ("Kiel Institute", "Kiel Institute", ""),
        ("Data Center", "Institute Data Center", ""),
        ("Data Center", "Tide Data Center of Norway", ""),
        ("Blue Membrane Alliance", "Institute of the Blue Membrane Alliance", ""),
        ("Alliance", "Aral Sea Alliance", ""),
    ],
)
def test_short_forms_of_a_name_and_what_is_another_thing(short, long, reason):
    assert short_form_reason(short, long) == reason


NAMES = st.lists(
    st.sampled_from(["Aral", "Deep", "Tide", "Sea-Ice", "Alliance", "Initiative", "of"]),
    min_size=1,
    max_size=6,
).map(" ".join)


@given(NAMES, st.booleans(), st.integers(0, 2), st.integers(0, 2))
def test_whatever_is_a_short_form_is_found_beside_its_long_form(long, is_acronym, left, right):
    words = long.split()
    short = initials(long) if is_acronym else " ".join(words[left : len(words) - right])
    assume(short)
    is_one = comparison_key(short) == comparison_key(long) or bool(short_form_reason(short, long))
    assert (len(things(f"[{long}] met. Then [{short}] met.")) == 1) is is_one


def test_of_two_that_it_may_shorten_it_is_neither():
    alone = "The [Aral Sea Restoration Alliance] met. The [Restoration Alliance] has no money."
    assert len(things(alone)) == 1
    assert len(things(alone + " The [Baltic Sea Restoration Alliance] has.")) == 3


@pytest.mark.parametrize(
    ("short", "long", "expected"),
    [
        ("LMC", "Workshop on the Lancang-Mekong Cooperation", True),
        ("CAS", "Institute of Physics of the Chinese Academy of Sciences", True),
        ("IHEP", "Institute of High Energy Physics", False),
        ("CNPEM", "Brazilian Center for Research in Energy and Materials", False),
        ("ST", "Ministry of Science and Technology", False),
        ("Tech", "Institute of Tech", False),
    ],
)
def test_a_short_form_of_the_end_of_a_name_is_not_that_of_the_whole(short, long, expected):
    assert names_a_part(short, long) is expected


def test_it_stands_by_itself_then(read):
    knowledge = resolve(
        read("The Workshop on the Kara Mekong Cooperation (KMC) was held in Lima. KMC is new.")
    )
    assert {e.name for e in knowledge.entities if e.kind is Kind.PROJECT} == {
        "KMC",
        "Workshop on the Kara Mekong Cooperation",
    }


def test_a_name_read_without_its_beginning_is_known_by_its_short_form(read):
    texts = "The Salt and Road Initiative (SRI) began.", "The Road Initiative (SRI) began."
    assert len(resolve(read(*texts)).entities) == 1
    other = "The Salt and Road Initiative (SRI) began.", "The Sand Rock Initiative (SRI) began."
    assert len(resolve(read(*other)).entities) == 2
