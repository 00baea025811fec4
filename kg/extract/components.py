"""The components of each reader, in the order in which they run."""

RULES = (
    "kg_sentences",
    "kg_dates",
    "kg_countries",
    "kg_places",
    "kg_names",
    "kg_acronyms",
    "kg_references",
    "kg_relations",
)
READERS = {"rules": RULES, "trained": (*RULES, "kg_reader")}
"""The trained one takes the rules for a second source of claims."""
DEFAULT_READER = "trained"
