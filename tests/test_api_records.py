"""What a record answers in the API, and what an address without one."""

import pytest
from django.test import Client

from centres.models import Centre
from initiatives.permanent_ids import mint
from initiatives.revisions import revision

from .factories import (
    cite,
    make_centre,
    make_country,
    make_document,
    make_initiative,
    make_kind,
    make_organisation,
    make_programme,
    make_region,
)

pytestmark = pytest.mark.django_db

CONTRACT = [
    "id",
    "url",
    "kind",
    "name",
    "acronym",
    "name_as_published",
    "organisation",
    "country",
    "region",
    "itu_region",
    "status",
    "since",
    "until",
    "state",
    "location",
    "programme",
    "updated",
    "revision",
    "names",
    "note",
    "line_as_published",
    "country_as_published",
    "since_certainty",
]


def withdraw(record: Centre, successor: Centre | None = None) -> None:
    with revision(None, "test"):
        record.state, record.withdrawn_reason, record.successor = "withdrawn", "Listed twice.", successor
        record.save()


def test_a_centre_answers_what_partners_were_promised(client: Client) -> None:
    host = make_organisation(name="Institut", acronym="INS", latitude="1.5", longitude="-36.8")
    country = make_country("SOM", region=make_region("ARB"), name_fr="Somalie", ldc=True)
    centre = make_centre(organisation=host, country=country, since="2026-03", since_certainty="expected")
    answer = client.get(f"/api/v1/centres/{centre.pk}/").json()
    assert set(CONTRACT) <= answer.keys()
    assert answer["url"] == f"http://testserver/api/v1/centres/{centre.pk}/"
    assert answer["organisation"] == {"id": host.pk, "name": "Institut"}
    assert answer["country"] == {"iso3": "SOM", "name": "Country SOM"}
    assert (answer["region"], answer["itu_region"], answer["status"]) == ("AFR", "ARB", "planned")
    assert answer["since"] == {"edtf": "2026-03", "earliest": "2026-03-01", "latest": "2026-03-31"}
    assert answer["until"] is None
    assert answer["location"] == {"lat": 1.5, "lon": -36.8, "precision": "city"}
    assert list(answer["names"]) == ["en", "fr", "es", "ar", "ru", "zh-Hans"]
    assert client.get("/api/v1/countries/SOM/").json()["names"]["fr"] == "Somalie"


def test_an_answer_is_the_same_in_every_readers_language(client: Client) -> None:
    make_centre(
        country=make_country("SOM", name_fr="Somalie"), organisation=None, kind=make_kind(organisation_required=False)
    )
    there = client.get("/api/v1/centres/", headers={"accept-language": "fr"})
    assert there.json() == client.get("/api/v1/centres/").json()
    assert there.json()["results"][0]["name"] == "Country SOM"


def test_a_withdrawn_record_tells_why_and_what_takes_its_place(client: Client) -> None:
    old, new = make_centre(), make_centre()
    withdraw(old, successor=new)
    answer = client.get(f"/api/v1/centres/{old.pk}/").json()
    assert (answer["state"], answer["withdrawn_reason"], answer["successor"]) == ("withdrawn", "Listed twice.", new.pk)
    assert [row["id"] for row in client.get("/api/v1/centres/").json()["results"]] == [new.pk]


def test_a_draft_is_not_found(client: Client) -> None:
    centre = make_centre(state="draft")
    unknown = client.get(f"/api/v1/centres/{mint()}/")
    answer = client.get(f"/api/v1/centres/{centre.pk}/")
    assert answer.status_code == unknown.status_code == 404
    assert answer.json()["detail"] == f"There is no record with the key “{centre.pk}”."
    assert client.get("/api/v1/centres/").json()["count"] == 0


def test_a_mistyped_id_is_told_from_an_unknown_one(client: Client) -> None:
    key = mint()
    wrong = key[:-1] + ("a" if key[-1] != "a" else "b")
    assert "mistyped" in client.get(f"/api/v1/centres/{wrong}/").json()["detail"]
    assert "There is no record" in client.get(f"/api/v1/centres/{key}/").json()["detail"]
    assert "not a key" in client.get("/api/v1/countries/kenya/").json()["detail"]


def test_references_to_drafts_are_not_given_away(client: Client) -> None:
    programme = make_programme("AC")
    shown, hidden = make_initiative("AFR2"), make_initiative("AFR3", state="draft")
    with revision(None, "test"):
        programme.regional_initiatives.set([shown, hidden])
    host = make_organisation(name="Nobody may know", acronym="NMK", state="draft", latitude="1", longitude="1")
    centre = make_centre(kind=make_kind("AC", programme=programme), organisation=host)
    assert client.get("/api/v1/programmes/AC/").json()["regional_initiatives"] == ["AFR2"]
    answer = client.get(f"/api/v1/centres/{centre.pk}/")
    assert answer.json()["organisation"] is None
    assert "know" not in answer.content.decode()
    assert "NMK" not in answer.content.decode()
    assert "AFR3" not in client.get("/api/v1/changes/?since=0").content.decode()


def test_sources_are_given_on_demand(client: Client) -> None:
    centre = make_centre()
    cite(centre, "kind", "region", document=make_document("page", kind="web page", url="https://example.org/a"))
    plain, told = (client.get(f"/api/v1/centres/{centre.pk}/{query}").json() for query in ("", "?include=sources"))
    assert "sources" not in plain
    (source,) = told["sources"]
    assert source["document"] == "page"
    assert (source["url"], source["section"], source["added"]) == ("https://example.org/a", "§1", True)
    assert source["fields"] == ["kind", "region"]
    assert client.get("/api/v1/centres/?include=sources").json()["results"][0]["sources"] == told["sources"]


def test_only_the_fields_asked_for_are_given(client: Client) -> None:
    centre = make_centre()
    assert set(client.get(f"/api/v1/centres/{centre.pk}/?fields=name,kind").json()) == {"id", "name", "kind"}


def test_uncertainty_is_told_for_the_day_asked(client: Client) -> None:
    make_centre(since="2026-03")
    assert client.get("/api/v1/centres/?as_of=2026-03-10").json()["results"][0]["uncertain"] is True
    assert "uncertain" not in client.get("/api/v1/centres/").json()["results"][0]
