"""Records for tests: ``make_centre(**overrides)`` and its like. Each makes what it needs and is published."""

import itertools
from typing import Any

from centres.models import Centre, CentreKind, Milestone, Office, OfficeLocation, StatedTotal
from initiatives.models import (
    Citation,
    Conference,
    Country,
    Document,
    Organisation,
    Programme,
    Project,
    Region,
    RegionalInitiative,
    Resolution,
)
from initiatives.revisions import revision

_counter = itertools.count(1)
_countries = itertools.count(0)


def _letters(number: int, length: int) -> str:
    """Write a number in letters."""
    text = ""
    for _place in range(length):
        number, rest = divmod(number, 26)
        text = chr(65 + rest) + text
    return text


def _make(model: Any, values: dict[str, Any]) -> Any:
    with revision(None, "test"):
        last = {name: values.pop(name) for name in ("state", "withdrawn_reason", "successor") if name in values}
        record = model(state="draft" if last.get("state") == "draft" else "published", **values)
        # The database itself holds the constraints.
        record.full_clean(validate_unique=False, validate_constraints=False)
        record.save()
        if last.get("state") == "withdrawn":  # only what was public is withdrawn
            for name, value in last.items():
                setattr(record, name, value)
            record.full_clean(validate_unique=False, validate_constraints=False)
            record.save()
    record.refresh_from_db()
    return record


def make_region(code: str = "AFR", **overrides: Any) -> Region:
    return Region.objects.filter(pk=code).first() or _make(Region, {"code": code, "name_en": code.title(), **overrides})


def make_country(iso3: str | None = None, **overrides: Any) -> Country:
    number = next(_countries) % 676  # as many as two letters tell apart
    iso3 = iso3 or f"Q{_letters(number, 2)}"
    found = Country.objects.filter(pk=iso3).first()
    if found:
        return found
    values = {
        "iso3": iso3,
        "iso2": _letters(number, 2),
        "m49": f"{number:03d}",
        "name_en": f"Country {iso3}",
        "region_basis": "listed",
    }
    values["region"] = overrides.pop("region", None) or make_region()
    return _make(Country, {**values, **overrides})


def make_organisation(**overrides: Any) -> Organisation:
    return _make(Organisation, {"name": f"Organisation {next(_counter)}", **overrides})


def make_programme(code: str | None = None, **overrides: Any) -> Programme:
    code = code or f"P{next(_counter)}"
    return Programme.objects.filter(pk=code).first() or _make(
        Programme, {"code": code, "name_en": f"Programme {code}", **overrides}
    )


def make_kind(code: str | None = None, **overrides: Any) -> CentreKind:
    code = code or f"K{next(_counter)}"
    found = CentreKind.objects.filter(pk=code).first()
    if found:
        return found
    programme = overrides.pop("programme", None) or make_programme()
    return _make(
        CentreKind,
        {"code": code, "name_en": f"Kind {code}", "plural_en": f"Kinds {code}", "programme": programme, **overrides},
    )


def make_centre(**overrides: Any) -> Centre:
    values: dict[str, Any] = {}
    values["kind"] = overrides.pop("kind", None) or make_kind("KIND")
    values["country"] = overrides.pop("country") if "country" in overrides else make_country("KEN")
    values["organisation"] = (
        overrides.pop("organisation") if "organisation" in overrides else make_organisation(country=values["country"])
    )
    values["region"] = overrides.pop("region", None) or make_region()
    return _make(Centre, {**values, **overrides})


def make_office(city: str = "Nairobi", **overrides: Any) -> Office:
    country = overrides.pop("country", None) or make_country("KEN")
    office = _make(
        Office, {"name_en": f"Office {next(_counter)}", "level": "area", "region": country.region, **overrides}
    )
    with revision(None, "test"):
        OfficeLocation(office=office, country=country, city=city).save()
    return office


def make_project(**overrides: Any) -> Project:
    programme = overrides.pop("programme", None) or make_programme()
    return _make(Project, {"programme": programme, "name_en": f"Project {next(_counter)}", **overrides})


def make_conference(code: str = "WTDC-25", **overrides: Any) -> Conference:
    values = {"code": code, "body": code.split("-")[0], "city": "Baku", "year": 2000 + int(code[-2:])}
    return Conference.objects.filter(pk=code).first() or _make(Conference, {**values, **overrides})


def make_resolution(number: str = "90", **overrides: Any) -> Resolution:
    conference = overrides.pop("conference", None) or make_conference()
    slug = f"{conference.pk.lower()}-{number.lower().replace('/', '-')}"
    return _make(
        Resolution, {"slug": slug, "number": number, "body": conference.body, "conference": conference, **overrides}
    )


def make_initiative(code: str = "AFR2", **overrides: Any) -> RegionalInitiative:
    values = {
        "code": code,
        "region": make_region(code[:3]),
        "conference": make_conference(),
        "period_start": 2026,
        "period_end": 2029,
        "title_en": f"Title of {code}",
    }
    return _make(RegionalInitiative, {**values, **overrides})


def make_document(slug: str | None = None, **overrides: Any) -> Document:
    slug = slug or f"document-{next(_counter)}"
    return Document.objects.filter(pk=slug).first() or _make(
        Document, {"slug": slug, "kind": "paper", "symbol": slug.upper(), **overrides}
    )


def make_milestone(**overrides: Any) -> Milestone:
    if not {"centre", "office", "programme", "project", "conference"} & overrides.keys():
        overrides["programme"] = make_programme()
    return _make(Milestone, {"what_en": f"Milestone {next(_counter)}", **overrides})


def make_stated_total(**overrides: Any) -> StatedTotal:
    document = overrides.pop("document", None) or make_document()
    return _make(StatedTotal, {"document": document, "label_en": "centres", "number": 1, **overrides})


def cite(record: Any, *fields: str, document: Document | None = None, section: str = "§1") -> Citation:
    """Cite a document for some fields of a record."""
    with revision(None, "test"):
        citation = Citation(
            record_model=record._meta.label_lower,
            record_key=record.pk,
            document=document or make_document("paper"),
            section=section,
            fields=list(fields),
        )
        citation.full_clean(validate_unique=False, validate_constraints=False)
        citation.save()
    return citation
