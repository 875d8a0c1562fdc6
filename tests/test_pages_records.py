"""Every record has a page of its own, in every language, with its facts and their sources."""

import re
from typing import Any

import pytest
from django.utils.html import escape

from centres.models import OfficeLocation
from initiatives.models import Feature, Funding, Indicator, Organisation, Participation, ProgrammeResolution
from initiatives.revisions import revision

from . import factories as make

pytestmark = pytest.mark.django_db

MAKERS = [
    make.make_region,
    make.make_country,
    make.make_conference,
    make.make_resolution,
    make.make_initiative,
    make.make_organisation,
    make.make_programme,
    make.make_project,
    make.make_document,
    make.make_kind,
    make.make_centre,
    make.make_office,
    make.make_milestone,
]


def add(row: Any) -> Any:
    with revision(None, "test"):
        row.full_clean(exclude=["ref"])
        row.save()
    return row


def text_of(client: Any, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return re.sub(r"\s+", " ", response.content.decode())


@pytest.mark.parametrize("maker", MAKERS, ids=lambda maker: maker.__name__)
def test_every_record_has_a_page_in_english_and_arabic(client: Any, maker: Any) -> None:
    record = maker()
    address = record.get_absolute_url()
    for prefix, opening in (("", '<html lang="en" dir="ltr">'), ("/ar", '<html lang="ar" dir="rtl">')):
        page = text_of(client, prefix + address)
        assert opening in page
        assert escape(record.display_name) in page
        assert f"<code>{record.pk}</code>" in page


def test_a_programme_shows_mandate_money_figures_and_centres(client: Any) -> None:
    programme = make.make_programme("DTC", summary_en="What it does.", since="2019-09", all_regional_initiatives=True)
    resolution, funder = make.make_resolution("73", label="Rev. Baku, 2025"), make.make_organisation(name="Cisco")
    add(
        ProgrammeResolution(
            programme=programme, resolution=resolution, role="implements", label_as_published="Rev. Baku 2025"
        )
    )
    add(Funding(programme=programme, funder=funder))
    add(Indicator(programme=programme, what_en="Share of courses", value=45, kind="result", qualifier="nearly"))
    record = {"record_model": "initiatives.programme", "record_key": "DTC"}
    add(Feature(**record, aspect="audience", text_en="Citizens in rural communities"))
    add(Participation(**record, organisation=funder, role="founding partner"))
    make.make_centre(kind=make.make_kind("DTC", programme=programme), organisation=make.make_organisation(name="RISA"))
    page = text_of(client, programme.get_absolute_url())
    for fact in (
        "What it does.",
        "September 2019",
        "all of them",
        "WTDC-25 Resolution 73 (Rev. Baku, 2025)",
        "Rev. Baku 2025",
        "amount not stated",
        "nearly",
        "Citizens in rural communities",
        "Founding partner",
        "RISA",
    ):
        assert fact in page, fact


def test_an_office_shows_its_move_and_what_nobody_confirmed(client: Any) -> None:
    office = make.make_office(city="Tegucigalpa", standing="unconfirmed")
    country = make.make_country("PAN")
    add(
        OfficeLocation(
            office=office,
            country=country,
            city="Panama City",
            since="[2024-03,2024-04]",
            since_certainty="expected",
            address="Calle 1",
            address_date="2014-12",
        )
    )
    page = text_of(client, office.get_absolute_url())
    for fact in (
        "Not confirmed today",
        "Tegucigalpa",
        "Panama City",
        "expected in March or April 2024",
        "overdue: nobody has confirmed",
        "as of December 2014",
    ):
        assert fact in page, fact


def test_a_centre_shows_both_regions_and_the_name_as_published(client: Any) -> None:
    somalia = make.make_country("SOM", region=make.make_region("ARB", name_en="Arab States"))
    centre = make.make_centre(country=somalia, organisation=None, name_as_published="Somalia (sic)", kind=_free_kind())
    page = text_of(client, centre.get_absolute_url())
    assert "differs from the region as listed" in page
    assert "Arab States" in page
    assert "Somalia (sic)" in page


def _free_kind() -> Any:
    return make.make_kind("AFFILIATE", organisation_required=False)


def test_sources_are_shown_on_demand_and_by_the_fact(client: Any) -> None:
    country = make.make_country("KEN", capital="Nairobi")
    paper = make.make_document("paper", symbol="C25/69")
    added = make.make_document("page", kind="web page", symbol="Some page")
    make.cite(country, "name_en", "iso3", document=paper, section="§4")
    make.cite(country, "capital", document=added, section="line 3")
    page = text_of(client, country.get_absolute_url())
    assert "<summary>2 sources</summary>" in page
    assert '<a href="#source-2">2</a>' in page
    for fact in ("C25/69", "§4", "added fact", "Capital", "For: Capital"):
        assert fact in page, fact


def test_names_in_another_language_than_the_page_are_marked(client: Any) -> None:
    own: Organisation = make.make_organisation(name="Sénégal Numérique SA", language="fr")
    region = make.make_region("EUR", name_en="Europe", name_ar="أوروبا")
    address, europe = own.get_absolute_url(), region.get_absolute_url()
    assert '<span lang="fr" dir="auto">Sénégal Numérique SA</span>' in text_of(client, address)
    assert 'lang="fr" dir="auto">Sénégal' not in text_of(client, f"/fr{address}")
    assert "<h1>أوروبا</h1>" in text_of(client, f"/ar{europe}")
    assert '<h1><span lang="en" dir="auto">Europe</span></h1>' in text_of(client, f"/ru{europe}")
