"""The tables of Member States and offices."""

import pytest

from centres.models import Office
from initiatives.models import Country, DocumentReference, Participation
from tests.checklist import COLUMNS, Row, checked, cited, same, source, told, without_addresses

pytestmark = pytest.mark.usefixtures("registry")

LISTED = "ITURegion in the ITU ICT Price Baskets workbook, release of 2 December 2025 ("
# What the one sentence of the region's note becomes: a reference of the list to the workbook, and the rest of it as citations.
ALSO = {
    "docsbay.net": "one of the nine administrations of the CIS region",
    "github.com": "ITU DataHub sample record",
    "moldova.un.org": "Took part in the ITU Regional Development Forum for Europe",
}


def test_every_member_state() -> None:
    assert checked("member_states", member_state) == Country.objects.public().count() == 194


def member_state(row: Row) -> None:
    country = Country.objects.get(pk=row["iso_alpha3"])
    names = {f"name_{column}": row[f"name_{language}"] for language, column in COLUMNS.items()}
    if country.pk == "NRU":
        names["name_en"] += " (Nauru)"
    same(country, iso2=row["iso_alpha2"], m49=row["un_m49"], official_name=row["official_name_en"], **names)
    same(country, region=row["itu_region"], region_basis=row["region_basis"], state="published")
    same(country, ldc=row["ldc"], lldc=row["lldc"], sids=row["sids"], groups_date="2026-02-10")
    same(country, capital=row["capital"], latitude=row["capital_lat"], longitude=row["capital_lon"])
    same(country, ldc_graduation=row["ldc_graduation_date"])
    for path in ("iso3", "iso2", "m49", *names, "official_name"):
        cited(country, path, row["name_source"])
        cited(country, path, row["source"])
    for path in ("ldc", "lldc", "sids", "groups_date"):
        cited(country, path, row["flags_source"], date="2026-02-10")
    capital, _, point = row["capital_source"].partition("; coordinates ")
    cited(country, "capital", capital)
    for path in ("latitude", "longitude"):
        cited(country, path, point or capital)
    cited(country, "region", row["region_source"], inferred=row["region_basis"] == "derived")
    region_note(country, row)
    if row["ldc_graduation_source"]:
        cited(country, "ldc_graduation", row["ldc_graduation_source"])
        said, _, advice = row["ldc_graduation_note"].partition(": keep the LDC flag")
        assert country.ldc_graduation_note == f"{without_addresses(said)}."
        assert ("Keep the LDC flag" in country.internal_note) is bool(advice)
    assert row["note"] in told(country)
    assert bool(country.note_en) is bool(row["note"])


def region_note(country: Country, row: Row) -> None:
    if row["region_basis"] == "derived":
        assert row["region_note"] in told(country)
        return
    assert row["region_note"].startswith(LISTED)
    workbook = row["region_note"].removeprefix(LISTED).split(")")[0]
    reference = DocumentReference.objects.get(target__url=workbook)
    assert reference.document_id == source(row["region_source"])[0]
    assert "ITURegion" in reference.locus
    rest = row["region_note"].split("; ", 1)[1:]
    for host, said in ALSO.items():
        if rest and host in rest[0]:
            assert said in told(country)
    if rest and "http" not in rest[0]:
        assert rest[0] in told(country)
    elif rest:
        address = rest[0].split("http")[1].split(")")[0].split(",")[0]
        cited(
            country,
            "region",
            f"http{address}",
            **({"section": "examples/itu-list-countries.json"} if ".json" in rest[0] else {}),
        )


def test_every_office() -> None:
    assert checked("offices", office) == 11
    # The office that moves is two rows of the table and one record.
    assert Office.objects.public().count() == 10


STANDINGS = {
    "operating": "operating",
    "relocating to Panama": "relocating",
    "host country agreement signed; launch expected": "relocating",
    "listed in 2010-2011, today not confirmed": "unconfirmed",
}


def office(row: Row) -> None:
    moving = row["id"] in ("ao-honduras", "ao-panama")
    country = Country.objects.get(iso2=row["country_iso2"])
    record = Office.objects.get(locations__country=country, region=row["region"], level=row["kind"])
    place = record.locations.get(country=country)
    path = f"locations/{place.ref}"
    if moving:
        assert row["name"] in (f"{record.name_en} ({country.name_en})", f"{record.name_en} (Honduras)")
    else:
        assert record.name_en == row["name"]
    assert record.standing == STANDINGS[row["status"]]
    same(place, city=row["city"], address=row["address"], address_date=row["address_date"])
    same(place, latitude=row["latitude"], longitude=row["longitude"])
    if row["id"] == "ao-panama":
        same(place, since="[2026-03,2026-04]", since_certainty="expected")
    else:
        same(place, since=row["established"])
    served = sorted(record.countries_served.values_list("iso2", flat=True))
    assert served == sorted(filter(None, row["serves"].split(";")))
    for name in ("level", "name_en", "region", f"{path}/country"):
        cited(record, name, row["source"])
    cited(record, f"{path}/city", row["city_source"] or row["source"])
    for name in ("latitude", "longitude"):
        cited(record, f"{path}/{name}", row["coord_source"])
    for name, cell in (("address", "address_source"), ("since", "established_source")):
        if row[cell]:
            cited(record, f"{path}/{name}", row[cell])
    if row["serves_source"]:
        cited(record, "countries_served", row["serves_source"])
    if row["status_date"]:
        same(record, standing_date=row["status_date"])
        cited(record, "standing", row["status_source"])
    assert row["note"] in told(record)
    assert (row["in_source_document"] == "true") is (source(row["source"])[0] == source("CWG-FHR §1")[0])


def test_new_delhi_is_hosted_by_india_and_supports_the_acceleration_centres() -> None:
    record = Office.objects.get(locations__city="New Delhi")
    host = Participation.objects.of(record).get()
    assert (host.role, host.organisation.name, host.as_published) == (
        "host",
        "Government of India",
        "Indian Government",
    )
    assert list(record.programmes.values_list("pk", flat=True)) == ["AC"]
