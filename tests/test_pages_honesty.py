"""What a page does not know, it says; what it shows, it does not contradict."""

import re
from typing import Any

import pytest
from django.utils import timezone

from centres.models import Milestone, Office
from initiatives.models import Document, Feature, Programme
from tests import factories as make

pytestmark = pytest.mark.usefixtures("registry")


def text_of(client: Any, address: str) -> str:
    return re.sub(r"\s+", " ", client.get(address).content.decode())


def test_a_list_of_a_day_marks_what_nobody_can_tell_of_it(client: Any) -> None:
    for name in ("centres", "offices", "projects"):
        assert "begin not stated</span>" not in text_of(client, f"/{name}/")
        page = text_of(client, f"/{name}/?as_of=2021-05-01")
        assert "As of 1 May 2021" in page
        assert "begin not stated</span>" in page, name


def test_an_office_that_nobody_confirms_is_not_called_active(client: Any) -> None:
    for office in Office.objects.filter(standing="unconfirmed"):
        for address in (office.get_absolute_url(), "/offices/?standing=unconfirmed"):
            page = text_of(client, address)
            assert "Last listed in 2011; not confirmed today" in page
            assert ">Active<" not in page


def test_offices_of_one_name_are_told_apart_by_their_places(client: Any) -> None:
    named = "ITU Area Office (Honduras; Panama planned)"
    for address in ("/offices/", "/milestones/", "/search/?q=panama", "/programmes/OFFICE-MOVE/"):
        assert named in text_of(client, address), address


def test_expected_roles_and_new_fields_are_said_to_be_so() -> None:
    assert Feature.objects.filter(text_en__startswith="Expected to be a model for Small Island").exists()
    assert Feature.objects.filter(text_en__startswith="Positioned to become an anchor").exists()
    assert Feature.objects.get(record_key="OSEE", ref="new-field").get_aspect_display() == "New field of work"


def test_programmes_lead_to_what_is_stated_of_their_kin_projects_and_offices(client: Any) -> None:
    enabler, affiliate = text_of(client, "/programmes/OSEE/"), text_of(client, "/programmes/AFFILIATE/")
    assert 'Stated for its part: <a href="/programmes/OSPO/">' in enabler
    assert "EUR 3,000,000" in enabler
    assert 'Stated for another part of the same programme: <a href="/programmes/OSPO/">' in affiliate
    for address in ("/programmes/OFFICE-MOVE/", "/milestones/?programme=OFFICE-MOVE"):
        assert "Launch of the Area Office in Panama" in text_of(client, address)
    assert set(Milestone.objects.of_programmes(["OSEE"]).values_list("programme", flat=True)) >= {"OSEE"}


def test_documents_known_by_their_site_alone_are_told_apart() -> None:
    names = [document.display_name for document in Document.objects.public()]
    assert len(names) == len(set(names))
    assert "www.itu.int: PR-2022-03-03-India-Office (ar)" in names


def test_sources_call_a_row_by_what_the_page_shows(client: Any) -> None:
    for programme in Programme.objects.public():
        page = text_of(client, programme.get_absolute_url())
        assert not re.search(r"\((?:wtdc|pp) \d\d \d+\)", page)
        assert "(English)" not in page
        assert not re.search(r"<dd>\s*(?:<bdi>\s*</bdi>)?\s*</dd>", page)


def test_a_name_twice_used_has_two_titles(client: Any) -> None:
    centre = make.make_centre(organisation=None, country=make.make_country("MDA"), kind=make.make_kind("AFFILIATE"))
    country, affiliate = (text_of(client, record.get_absolute_url()) for record in (centre.country, centre))
    assert "<title>Republic of Moldova, Country ·" in country
    assert "<title>Republic of Moldova, Affiliate " in affiliate


def test_what_is_under_way_by_plan_says_so(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    conference = Milestone.objects.get(conference="PP-26")
    monkeypatch.setattr(timezone, "localdate", lambda *_: conference.date_latest)
    assert "under way by plan" in text_of(client, conference.get_absolute_url())


def test_a_resolution_without_a_label_and_a_funder_are_shown_once(client: Any) -> None:
    assert "not printed" in text_of(client, make.make_resolution("999").get_absolute_url())
    for project in Programme.objects.get(pk="OSEE").projects.public():
        assert "<dt>Funder</dt>" not in text_of(client, project.get_absolute_url())


def test_a_missing_record_leads_to_the_list_of_its_section(client: Any) -> None:
    for address, list_url in (("/offices/rp-0000000/", "/offices/"), ("/ar/initiatives/AFR9/", "/ar/initiatives/")):
        assert f'<p><a href="{list_url}">' in text_of(client, address)
    assert "No regional initiative is published under the key “AFR9”" in text_of(client, "/initiatives/AFR9/")


def test_the_directory_offers_only_countries_that_have_centres(client: Any) -> None:
    page = text_of(client, "/centres/")
    assert '<option value="KEN">' in page
    assert '<option value="CHE">' not in page
    assert 'value="CHE" selected' in text_of(client, "/centres/?country=CHE")
