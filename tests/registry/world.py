"""The organisations of world.txt as a dump of ROR (schema v2), and the affiliations that name them."""

from pathlib import Path

HERE = Path(__file__).parent


def organisations():
    """(country, type, names) of each, its main name first."""
    for line in (HERE / "world.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        country, kind, form, names = line.split("|", 3)
        for name in names.split("; "):
            main, _, others = name.partition("=")
            yield country, kind, (form.replace("*", main), *(others.split("/") if others else ()))


def ror_records():
    """In the order of the file; an other name in capitals without a space is an acronym."""
    for number, (country, kind, names) in enumerate(organisations(), start=1):
        kinds = ["label", *("acronym" if _is_acronym(name) else "alias" for name in names[1:])]
        labels = [
            {"lang": None, "types": [kind, "ror_display"] if kind == "label" else [kind], "value": name}
            for kind, name in zip(kinds, names, strict=True)
        ]
        details = {"country_code": country, "name": "Somewhere"}
        yield {
            "id": f"https://ror.org/0{number:08d}",
            "names": labels,
            "locations": [{"geonames_details": details, "geonames_id": 1}],
            "status": "active",
            "types": [kind],
        }


def _is_acronym(name):
    return " " not in name and sum(char.isupper() for char in name) > len(name) / 2


def affiliations():
    """(text, key of the organisation that it names, or "")."""
    keys = {}
    for number, (country, _, names) in enumerate(organisations(), start=1):
        keys.setdefault(names[0], []).append(f"ror:0{number:08d}")
        keys[f"{country} {names[0]}"] = [f"ror:0{number:08d}"]
    for line in (HERE / "world_affiliations.tsv").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        text, _, name = line.partition("\t")
        if name == "-":
            yield text, ""
            continue
        (key,) = keys[name]
        yield text, key
