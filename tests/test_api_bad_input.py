"""Whatever is wrong with a question to the API is told as a problem, with field, value and what is allowed."""

from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from centres.api import CentreViewSet

from .collections_of_api import MAKERS
from .factories import make_centre

pytestmark = pytest.mark.django_db

STRANGE = ["\x00", "'", '"', "%", "_", "\\", "a b", "é", "x" * 10_000, "1e9", "null", "[]", "\ud800"]


def problem(answer: Any, status: int) -> dict[str, Any]:
    """Return the problem that an answer tells."""
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    told: dict[str, Any] = answer.json()
    assert {"type", "title", "status", "detail", "instance"} <= told.keys()
    assert told["status"] == status
    return told


def coded(text: str) -> str:
    return quote(text.encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize(
    ("query", "field", "value", "allowed"),
    [
        ("colour=red", "colour", "red", "kind"),
        ("kind=NONE", "kind", "NONE", "KIND"),
        ("kind=KIND,NONE", "kind", "NONE", "KIND"),
        ("status=open", "status", "open", "active, closed, planned"),
        ("ldc=maybe", "ldc", "maybe", "true, false"),
        ("ldc=True", "ldc", "True", "true, false"),
        ("as_of=2026-13-01", "as_of", "2026-13-01", "2026-05-01"),
        ("sort=size", "sort", "size", "name"),
        ("fields=name,size", "fields", "size", "name_as_published"),
        ("fields=internal_note", "fields", "internal_note", "name"),
        ("include=owner", "include", "owner", "sources"),
        ("format=xml", "format", "xml", "json, csv"),
        ("page=0", "page", "0", "1 or more"),
        ("page=-1", "page", "-1", "1 or more"),
        ("page=abc", "page", "abc", "1 or more"),
        ("page_size=0", "page_size", "0", "from 1 to 100"),
        ("page_size=-1", "page_size", "-1", "from 1 to 100"),
        ("page_size=1000000000", "page_size", "1000000000", "from 1 to 100"),
        ("page_size=abc", "page_size", "abc", "from 1 to 100"),
        ("after=garbled", "after", "garbled", "next"),
        ("after=W10", "after", "W10", "next"),
        ("page=1&page=2", "page", "1, 2", "one value"),
    ],
)
def test_a_wrong_value_is_told_with_what_is_allowed(
    client: Client, query: str, field: str, value: str, allowed: str
) -> None:
    make_centre()
    (error,) = problem(client.get(f"/api/v1/centres/?{query}"), 400)["errors"]
    assert (error["field"], error["value"]) == (field, value)
    assert allowed in error["allowed"]
    assert error["detail"]


def test_an_empty_parameter_is_as_if_not_given(client: Client) -> None:
    make_centre()
    whole = client.get("/api/v1/centres/").json()
    for name in (*CentreViewSet.filterset_class.base_filters, *CentreViewSet.own_parameters):
        told = client.get(f"/api/v1/centres/?{name}=").json()
        assert (told.get("count"), told.get("results")) == (1, whole["results"])
    for name in ("page", "page_size", "after"):
        assert "Link" not in client.get(f"/api/v1/centres/?format=csv&{name}=")


def test_several_wrong_values_are_told_at_once(client: Client) -> None:
    errors = problem(client.get("/api/v1/centres/?status=open&ldc=maybe"), 400)["errors"]
    assert {error["field"] for error in errors} == {"status", "ldc"}


@pytest.mark.parametrize("text", STRANGE)
def test_strange_texts_break_nothing(client: Client, text: str) -> None:
    for name in (*CentreViewSet.filterset_class.base_filters, *CentreViewSet.own_parameters):
        answer = client.get(f"/api/v1/centres/?{name}={coded(text)}")
        assert answer.status_code in (200, 400)
        if answer.status_code == 400:
            assert problem(answer, 400)["errors"]


@pytest.mark.parametrize("collection", [*MAKERS, "changes"])
def test_strange_keys_are_not_found(client: Client, collection: str) -> None:
    for text in STRANGE:
        problem(client.get(f"/api/v1/{collection}/{coded(text)}/"), 404)


@pytest.mark.parametrize(
    "address", ["/api/", "/api/v2/", "/api/v1/nothing/", "/api/v1/centres/a/b/", "/api/v1/%0A/", "/api/v1/.."]
)
def test_an_unknown_address_is_a_problem(client: Client, address: str) -> None:
    problem(client.get(address), 404)


def test_a_missing_slash_is_led_on(client: Client) -> None:
    answer = client.get("/api/v1/centres?kind=KIND")
    assert (answer.status_code, answer["Location"]) == (301, "/api/v1/centres/?kind=KIND")


def test_a_page_after_the_last_is_not_found(client: Client) -> None:
    make_centre()
    for page in ("2", "9" * 17):
        assert "last one is 1" in problem(client.get(f"/api/v1/centres/?page={page}"), 404)["detail"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize(
    "address", ["/api/v1/", "/api/v1/centres/", "/api/v1/countries/KEN/", "/api/v1/changes/", "/api/v1/schema/"]
)
def test_writing_is_not_allowed(client: Client, address: str, method: str) -> None:
    answer = getattr(client, method)(address)
    problem(answer, 405)
    assert answer["Allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("address", ["/api/v1/docs/", "/api/v1/centres", "/api/v1/nothing/", "/api/"])
def test_writing_is_told_off_everywhere(address: str) -> None:
    client = Client(enforce_csrf_checks=True)
    for method in ("post", "put", "patch", "delete"):
        answer = getattr(client, method)(address)
        problem(answer, 404 if address in ("/api/v1/nothing/", "/api/") else 405)
    assert client.options("/api/v1/docs/")["Allow"] == "GET, HEAD, OPTIONS"


def test_a_format_nobody_offers_is_not_acceptable(client: Client) -> None:
    told = problem(client.get("/api/v1/centres/", headers={"accept": "text/html"}), 406)
    assert "text/csv" in told["detail"]
    assert client.get("/api/v1/centres/", headers={"accept": "text/html,*/*;q=0.1"}).status_code == 200


def test_a_fault_of_ours_is_a_problem_too(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(CentreViewSet, "get_queryset", lambda self: 1 / 0)
    client.raise_request_exception = False
    told = problem(client.get("/api/v1/centres/"), 500)
    assert "division" not in str(told)


def test_too_many_parameters_are_refused(client: Client) -> None:
    problem(client.get("/api/v1/centres/?" + "&".join(f"a{n}=1" for n in range(1500))), 400)


@pytest.mark.parametrize("since", ["-1", "abc", "1.5", "9" * 30, "٣", "%00"])
def test_since_is_a_number(client: Client, since: str) -> None:
    (error,) = problem(client.get(f"/api/v1/changes/?since={since}"), 400)["errors"]
    assert error["field"] == "since"
