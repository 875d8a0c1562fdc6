"""What the parameters ask, and what the description says of them and of the answers."""

from typing import Any

import pytest
from django.test import Client

from initiatives.models import ProgrammeResolution
from initiatives.revisions import revision

from .collections_of_api import MAKERS, make_many
from .factories import make_conference, make_document, make_programme, make_project, make_resolution

pytestmark = pytest.mark.django_db


def keys(client: Client, address: str) -> list[str]:
    return [row["id"] for row in client.get(f"/api/v1/{address}").json()["results"]]


def test_a_programme_is_asked_for_with_its_components(client: Client) -> None:
    whole = make_programme("OSEE")
    part = make_programme("PART", parent=whole)
    resolution, project = make_resolution(), make_project(programme=part)
    with revision(None, "test"):
        ProgrammeResolution(programme=part, resolution=resolution, role="implements").save()
    assert keys(client, "resolutions/?programme=OSEE") == [resolution.pk]
    assert keys(client, "projects/?programme=OSEE") == [project.pk]


def test_lists_are_ordered_by_date(client: Client) -> None:
    for name, date in (("b", "2025"), ("a", "2026"), ("c", "")):
        make_document(name, date=date)
        make_programme(name.upper(), since=date)
    make_conference("WTDC-25", begins="2025-11-17")
    make_conference("WTDC-22", begins="2022-06-06")
    assert keys(client, "documents/?sort=-date") == ["a", "b", "c"]
    assert keys(client, "programmes/?sort=date") == ["B", "A", "C"]
    assert keys(client, "conferences/?sort=date") == ["WTDC-22", "WTDC-25"]
    assert client.get("/api/v1/projects/?sort=date").status_code == 200


@pytest.fixture
def described(client: Client) -> Any:
    return client.get("/api/v1/schema/").json()


def schema_of(described: Any, collection: str) -> Any:
    answers = described["paths"][f"/api/v1/{collection}/{{id}}/"]["get"]["responses"]["200"]
    name = answers["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
    return described["components"]["schemas"][name]


@pytest.mark.parametrize("collection", MAKERS)
def test_a_record_has_the_keys_that_are_described(client: Client, described: Any, collection: str) -> None:
    (record,) = make_many(collection, 1)
    answer = client.get(f"/api/v1/{collection}/{record.pk}/").json()
    schema = schema_of(described, collection)
    assert sorted(answer) == sorted(schema["required"])
    assert set(schema["properties"]) - set(answer) <= {"sources", "uncertain"}
    for name, value in answer.items():
        if isinstance(value, dict):
            assert sorted(value) == sorted(schema["properties"][name]["required"])
    (source,) = client.get(f"/api/v1/{collection}/{record.pk}/?include=sources").json()["sources"]
    told = described["components"]["schemas"]["CitationRow"]
    assert sorted(source) == sorted(told["required"])
    assert "latitude" in told["description"]


def test_no_property_has_a_default_that_its_pattern_refuses(described: Any) -> None:
    for schema in described["components"]["schemas"].values():
        ref = schema["properties"].get("ref", {})
        assert "default" not in ref
        assert "left empty" not in ref.get("description", "")


def test_the_document_of_a_change_is_described(described: Any) -> None:
    told = described["components"]["schemas"]["Change"]["properties"]
    assert "" not in told["change"]["enum"]
    assert told["document"]["type"] == ["object", "null"]
    assert "name_zh_hans" in told["document"]["description"]


def test_parameters_tell_their_rule_and_where_their_codes_are(described: Any) -> None:
    asked = described["paths"]["/api/v1/centres/"]["get"]["parameters"]
    told = {part["name"]: part.get("description", "") for part in asked}
    assert "components" in told["programme"]
    assert "/api/v1/programmes/" in told["programme"]
    assert "all of them" in told["initiative"]
    assert "rests on" in told["resolution"]
    for path in described["paths"].values():
        for part in path["get"]["parameters"]:
            assert "rp-" not in str(part.get("example"))
