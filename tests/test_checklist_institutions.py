"""The table of institutions, pilots and affiliate countries."""

from collections import Counter

import pytest

from centres.models import Centre
from initiatives.fields import normalise
from initiatives.models import Organisation, Participation
from tests.checklist import Row, checked, cited, same, told

pytestmark = pytest.mark.usefixtures("registry")


def test_every_institution() -> None:
    assert checked("institutions", institution) == Centre.objects.public().count() == 68


def test_the_kinds_have_as_many_centres_as_the_lists() -> None:
    kinds = Counter(Centre.objects.public().values_list("kind", flat=True))
    assert kinds == {"AC": 14, "DTC": 15, "ATC": 14, "OSPO": 2, "AFFILIATE": 23}


def institution(row: Row) -> None:
    centre = Centre.objects.select_related("organisation", "country").get(
        kind=row["programme"], line_as_published=row["line_as_published"], region=row["region"]
    )
    assert row["id"].startswith(f"{centre.kind_id.lower()}-")
    same(centre, name_as_published=row["name_as_published"], country_as_published=row["country_as_published"])
    assert (centre.country.iso2 if centre.country else "") == row["country_iso2"]
    assert centre.regions_differ is (row["region_differs_from_itu"] == "true")
    assert row["source"] == f"CWG-FHR {row['section']}"
    listed = centre.region_basis == "listed"
    for path in ("kind", "region", "name_as_published", "line_as_published"):
        cited(centre, path, row["source"], **({} if listed else {"inferred": path == "region"}))
    if row["country_source"]:
        inferred = row["id"] in ("atc-nit", "atc-nrdcs")
        cited(centre, "country", row["country_source"], inferred=inferred)
    records = [centre, *([centre.organisation] if centre.organisation else [])]
    assert row["note"] in told(*records)
    if centre.organisation:
        organisation(centre.organisation, row)
    else:
        stands_for_itself(centre, row)


def organisation(record: Organisation, row: Row) -> None:
    assert record.name == row["clean_name"]
    assert row["acronym"] in ("", record.acronym)
    assert (record.country.iso2 if record.country else "") == row["country_iso2"]
    cited(record, "name", row["source"])
    for name in ("city", "website"):
        if row[name]:
            same(record, **{name: row[name]})
            cited(record, name, row[f"{name}_source"])
    if row["latitude"]:
        same(record, latitude=row["latitude"], longitude=row["longitude"])
        cited(record, "latitude", row["coord_source"])
        cited(record, "longitude", row["coord_source"])
    if row["same_as"] == "uwi":
        hosted = Participation.objects.get(organisation=record)
        assert (hosted.role, Centre.objects.get(pk=hosted.record_key).country_id) == ("academic host", "TTO")
    elif row["same_as"]:
        assert record.centres.count() == 2


def stands_for_itself(centre: Centre, row: Row) -> None:
    """Hold a pilot, which has a name of its own, or an affiliate country, which has none."""
    if centre.kind_id == "OSPO":
        assert centre.name_en == row["clean_name"]
    else:
        assert not centre.name_en
        assert normalise(centre.country.name_en) == normalise(row["clean_name"])


@pytest.mark.parametrize(
    ("country", "role", "who"),
    [
        ("KEN", "lead", "ITU"),
        ("KEN", "counterpart", "MoICDE"),
        ("TTO", "lead", "UNDP"),
        ("TTO", "complementary financing", "Inter-American Development Bank"),
        ("TTO", "academic host", "UWI"),
    ],
)
def test_the_pilots_have_their_partners(country: str, role: str, who: str) -> None:
    pilot = Centre.objects.get(kind="OSPO", country=country)
    partner = Participation.objects.of(pilot).select_related("organisation").get(role=role).organisation
    assert who in (partner.acronym, partner.name)


def test_the_training_centre_of_egypt_belongs_to_the_regulator() -> None:
    centre = Organisation.objects.get(acronym="EG-ATRC")
    assert centre.parent.name == "National Telecom Regulatory Authority"


def test_the_university_of_the_west_indies_has_no_country_but_covers_three() -> None:
    university = Organisation.objects.get(acronym="UWI")
    assert university.country is None
    assert sorted(university.covers.values_list("pk", flat=True)) == ["BRB", "JAM", "TTO"]
