"""The description of the API, and the page to try it."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.test import Client

from regional_presence.api import COLLECTIONS

pytestmark = pytest.mark.django_db


def test_the_description_is_valid(tmp_path: Path) -> None:
    call_command("spectacular", "--validate", "--fail-on-warn", "--file", str(tmp_path / "schema.yml"))


@pytest.fixture
def described(client: Client) -> Any:
    return client.get("/api/v1/schema/").json()


def test_it_names_every_address_and_what_may_go_wrong(described: Any) -> None:
    expected = {f"/api/v1/{name}/" for name in (*COLLECTIONS, "changes")}
    expected |= {f"/api/v1/{name}/{{id}}/" for name in COLLECTIONS}
    assert described["openapi"].startswith("3.1")
    assert set(described["paths"]) == expected
    for path in described["paths"].values():
        assert set(path) == {"get"}
        assert {"200", "400", "404", "405", "406"} <= set(path["get"]["responses"])
        assert "application/problem+json" in path["get"]["responses"]["400"]["content"]


def test_it_names_every_parameter_that_is_understood(client: Client, described: Any) -> None:
    for name, view in COLLECTIONS.items():
        told = {part["name"] for part in described["paths"][f"/api/v1/{name}/"]["get"]["parameters"]}
        assert told == {*view.filterset_class.base_filters, *view.own_parameters}
    status = next(
        part for part in described["paths"]["/api/v1/centres/"]["get"]["parameters"] if part["name"] == "status"
    )
    assert status["schema"]["items"]["enum"] == ["active", "planned", "closed"]
    assert (status["style"], status["explode"]) == ("form", False)


def test_the_page_to_try_it_has_all_it_needs_at_hand(client: Client) -> None:
    answer = client.get("/api/v1/docs/")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "default-src 'self'" in answer["Content-Security-Policy"]
    assert "<style" not in page
    assert "style=" not in page
    assert page.count("<script") == page.count("<script src=") == 2
    assert "://" not in page
    assert not answer.cookies
    for name in ("swagger-ui.css", "swagger-ui-bundle.js", "start.js"):
        assert f"{settings.STATIC_URL}swagger-ui/{name}" in page
        assert finders.find(f"swagger-ui/{name}")
