"""What every test may build on: a small piece of knowledge, made by hand, and one build of the sample."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import kg
from kg.model import (
    Article,
    Entity,
    Evidence,
    Fact,
    Knowledge,
    Merge,
    Origin,
    PartialDate,
    RegistryFact,
)
from kg.vocab import Kind, Predicate

SAMPLE = Path(kg.__file__).parent / "sample"
GOLD = Path(__file__).parent / "gold" / "dev"

TELESCOPE = Article(
    id="2024-05-17-a-telescope-for-the-andes",
    source="pages/05.txt",
    title="A telescope for the Andes",
    text=(
        "The Institute of Optics at Lindholm University leads the Condor Telescope in Chile.\n\n"
        "Lindholm University, founded in 1921, and the Atacama Fund signed for it on 3 May 2024."
    ),
    published=PartialDate(2024, 5, 17),
    byline="Ana Roth",
    section="Astronomy",
    publisher="The Science Post",
    origins=(Origin(0, 4), Origin(85, 9)),
)
UPDATE = Article(
    id="2024-06-condor-on-its-way",
    source="pages/06.md",
    title="Condor on its way",
    text="The Institute of Optics heads the Condor Telescope (CT). Chile and Sweden cooperate in astronomy.",
    published=PartialDate(2024, 6),
    origins=(Origin(0, 1),),
)


def evidence(article: Article, quote: str, *, confidence: float = 0.9) -> Evidence:
    start = article.text.index(quote)
    return Evidence(article.id, start, start + len(quote), quote, "rules/verbs", confidence)


@pytest.fixture
def knowledge() -> Knowledge:
    both = tuple(sorted((TELESCOPE.id, UPDATE.id)))
    leads = "The Institute of Optics at Lindholm University leads the Condor Telescope in Chile."
    signed = "Lindholm University, founded in 1921, and the Atacama Fund signed for it on 3 May 2024."
    university, optics = "institution/lindholm-university", "institution/institute-of-optics"
    fund, condor = "institution/atacama-fund", "project/condor-telescope"
    return Knowledge(
        articles=(TELESCOPE, UPDATE),
        entities=(
            Entity("country/cl", Kind.COUNTRY, "Chile", links=("iso:CL",), articles=both),
            Entity("country/se", Kind.COUNTRY, "Sweden", links=("iso:SE",), articles=(UPDATE.id,)),
            Entity(fund, Kind.INSTITUTION, "Atacama Fund", subtype="FundingBody", articles=(TELESCOPE.id,)),
            Entity(
                optics, Kind.INSTITUTION, "Institute of Optics", subtype="ResearchInstitute", articles=both
            ),
            Entity(
                university,
                Kind.INSTITUTION,
                "Lindholm University",
                subtype="University",
                links=("ror:012345678",),
                articles=(TELESCOPE.id,),
                registered=(RegistryFact("ror", "registeredType", "education"),),
            ),
            Entity(
                "place/atacama",
                Kind.PLACE,
                "Atacama",
                links=("geonames:3899537",),
                registered=(RegistryFact("geonames", "registeredCountry", "CL"),),
            ),
            Entity(condor, Kind.PROJECT, "Condor Telescope", aliases=("CT",), articles=both),
        ),
        facts=(
            Fact(
                "country/cl",
                Predicate.COOPERATES_WITH,
                "country/se",
                (evidence(UPDATE, "Chile and Sweden cooperate in astronomy."),),
                0.9,
            ),
            Fact(
                university,
                Predicate.FOUNDED_ON,
                PartialDate(1921),
                (evidence(TELESCOPE, signed, confidence=0.75),),
                0.75,
            ),
            Fact(
                optics,
                Predicate.LEADS,
                condor,
                (
                    evidence(TELESCOPE, leads),
                    evidence(UPDATE, "The Institute of Optics heads the Condor Telescope (CT)."),
                ),
                0.99,
            ),
            Fact(optics, Predicate.PART_OF, university, (evidence(TELESCOPE, leads, confidence=0.8),), 0.8),
            Fact(condor, Predicate.INVOLVES_COUNTRY, "country/cl", (evidence(TELESCOPE, leads),), 0.9),
            Fact(condor, Predicate.SIGNED_ON, PartialDate(2024, 5, 3), (evidence(TELESCOPE, signed),), 0.9),
        ),
        merges=(Merge(condor, "Condor Telescope", "CT", "acronym in parentheses", 1.0),),
    )


# The fixtures below import the stages when they are used: most tests need no spaCy.


@pytest.fixture(scope="session")
def sample():
    """The build of the packaged sample."""
    from kg import pipeline

    with pipeline.sample_paths() as folders:
        return pipeline.build(folders)


@pytest.fixture(scope="session")
def sample_out(sample, tmp_path_factory) -> Path:
    """A folder with the sample's outputs; tests read it and leave it as it is."""
    from kg import pipeline

    out = tmp_path_factory.mktemp("sample") / "out"
    pipeline.write_outputs(sample, out)
    return out


@pytest.fixture
def workplace(tmp_path, monkeypatch, sample_out) -> Path:
    """A folder in which the examples of the help texts run; the test is in it."""
    page, document = SAMPLE / "dome-of-giant-telescope-closed.txt", GOLD / "A03"
    shutil.copytree(sample_out, tmp_path / "out")
    for source, folder in (
        (page, "pages"),
        (document.with_suffix(".json"), "tests/gold/dev"),
        (document.with_suffix(".txt"), "tests/gold/dev"),
    ):
        (tmp_path / folder).mkdir(parents=True, exist_ok=True)
        shutil.copy(source, tmp_path / folder)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(scope="session")
def measured():
    """The figures of the gold documents; they take a while, so everything that needs them shares them."""
    from kg.evaluate import evaluate

    return evaluate(GOLD)
