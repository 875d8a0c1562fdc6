"""Under which names a centre is answered, and how certain its dates are."""

import csv
import io
from typing import Any

import pytest
from django.test import Client

from .factories import (
    make_centre,
    make_country,
    make_kind,
    make_milestone,
    make_office,
    make_organisation,
    make_project,
)

pytestmark = pytest.mark.django_db


def names(client: Client, centre: Any) -> dict[str, str]:
    """Return the names that are known."""
    answer = client.get(f"/api/v1/centres/{centre.pk}/").json()
    assert list(answer["names"]) == ["en", "fr", "es", "ar", "ru", "zh-Hans"]
    return {code: name for code, name in answer["names"].items() if name}


def test_a_centre_bears_the_names_of_its_organisation(client: Client) -> None:
    host = make_organisation(name="École", language="fr", name_in_en="School", name_in_fr="Not this one")
    assert names(client, make_centre(organisation=host)) == {"en": "School", "fr": "École"}
    assert names(client, make_centre(organisation=host, name_fr="Centre")) == {"en": "School", "fr": "Centre"}
    assert names(client, make_centre(organisation=host, name_en="Centre")) == {"en": "Centre"}
    assert names(client, make_centre(organisation=make_organisation(name="Skole", language="no"))) == {}


def test_a_centre_bears_the_names_of_its_country(client: Client) -> None:
    country = make_country("SOM", name_fr="Somalie")
    centre = make_centre(country=country, organisation=None, kind=make_kind(organisation_required=False))
    assert names(client, centre) == {"en": "Country SOM", "fr": "Somalie"}
    (row,) = csv.DictReader(io.StringIO(client.get("/api/v1/centres/?format=csv").content.decode()))
    assert (row["name_en"], row["name_fr"]) == ("Country SOM", "Somalie")


@pytest.mark.parametrize("field", ["name", "names", "acronym", "page", "location"])
def test_one_field_takes_no_more_queries_than_all(client: Client, django_assert_num_queries: Any, field: str) -> None:
    for _number in range(3):
        make_centre()
    with django_assert_num_queries(2):
        client.get(f"/api/v1/centres/?fields={field}")


@pytest.mark.parametrize("collection", ["centres", "projects", "milestones", "offices"])
def test_no_date_is_never_certain(client: Client, collection: str) -> None:
    make: Any = {"centres": make_centre, "projects": make_project, "offices": make_office}.get(collection)
    record = make() if make else make_milestone(centre=make_centre())
    answer = client.get(f"/api/v1/{collection}/{record.pk}/").json()
    rows = answer["locations"] if collection == "offices" else [answer]
    told = {name: value for name, value in rows[0].items() if "certainty" in name}
    assert told
    assert set(told.values()) == {None}


def test_a_date_has_its_certainty(client: Client) -> None:
    centre = make_centre(since="2026", since_certainty="planned")
    answer = client.get(f"/api/v1/centres/{centre.pk}/").json()
    assert (answer["since_certainty"], answer["until_certainty"]) == ("planned", None)
