"""A way to make a record of every collection of the API."""

from collections.abc import Callable
from typing import Any

from initiatives.models import Feature, Funding, Participation, ProgrammeResolution
from initiatives.revisions import revision

from . import factories as make

# How to make the n-th record of each collection.
MAKERS: dict[str, Callable[[int], Any]] = {
    "regions": lambda n: make.make_region(f"R{chr(65 + n)}X"),
    "countries": lambda n: make.make_country(f"X{chr(65 + n)}Y"),
    "conferences": lambda n: make.make_conference(f"WTDC-{n + 10}"),
    "resolutions": lambda n: make.make_resolution(str(n + 1)),
    "regional-initiatives": lambda n: make.make_initiative(f"AFR{n + 1}"),
    "programmes": lambda n: make.make_programme(f"PROG{n}"),
    "projects": lambda n: make.make_project(),
    "organisations": lambda n: make.make_organisation(country=make.make_country("KEN")),
    "centre-kinds": lambda n: make.make_kind(f"KIND{n}"),
    "centres": lambda n: make.make_centre(),
    "offices": lambda n: make.make_office(),
    "milestones": lambda n: make.make_milestone(centre=make.make_centre()),
    "documents": lambda n: make.make_document(f"paper-{n}"),
}


def make_many(collection: str, count: int) -> list[Any]:
    """Return records of a collection, each with rows of every sort that it may have."""
    with revision(None, "test"):  # one for all: quicker
        records = [MAKERS[collection](number) for number in range(count)]
        for record in records:
            dress(record)
            make.cite(record, "note_en")
    for record in records:
        record.refresh_from_db()
    return records


def dress(record: Any) -> None:
    """Give a record rows of its own."""
    label, key = record._meta.label_lower, record.pk
    Feature(record_model=label, record_key=key, aspect="focus", text_en="Something").save()
    if Participation.belongs_to(type(record)):
        host = make.make_organisation()
        Participation(record_model=label, record_key=key, organisation=host, role="host").save()
    if label in ("initiatives.programme", "initiatives.project"):
        Funding(funder=make.make_organisation(), **{label.partition(".")[2]: record}).save()
    if label == "initiatives.programme":
        resolution = make.make_resolution(
            f"9{record.pk.removeprefix('PROG')}", conference=make.make_conference("WTDC-17")
        )
        ProgrammeResolution(programme=record, resolution=resolution, role="implements").save()
