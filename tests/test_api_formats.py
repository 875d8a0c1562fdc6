"""In which formats the API answers, and how one is chosen."""

import pytest
from django.test import Client

from .factories import make_centre, make_region

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("accept", "given"),
    [
        ("application/json;q=0.1, text/csv", "text/csv"),
        ("text/csv;q=0.5, application/json;q=0.4", "text/csv"),
        ("text/csv, */*", "text/csv"),
        ("text/csv;q=0, */*", "application/json"),
        ("text/*", "text/csv"),
        ("*/*", "application/json"),
        ("", "application/json"),
        ("text/html, */*;q=0.1", "application/json"),
    ],
)
def test_accept_is_weighed(client: Client, accept: str, given: str) -> None:
    answer = client.get("/api/v1/regions/", headers={"accept": accept})
    assert answer.status_code == 200
    assert answer["Content-Type"].partition(";")[0] == given


@pytest.mark.parametrize("accept", ["text/csv;q=0", "application/json;q=0.0, text/html", "image/png"])
def test_what_accept_refuses_is_not_given(client: Client, accept: str) -> None:
    assert client.get("/api/v1/regions/", headers={"accept": accept}).status_code == 406


def test_a_sparse_sheet_keeps_the_key_first(client: Client) -> None:
    centre = make_centre()
    sheet = client.get("/api/v1/centres/?fields=country&format=csv").content.decode().splitlines()
    assert sheet == ["id,country_iso3,country_name", f"{centre.pk},KEN,Country KEN"]


def test_a_page_of_a_sheet_leads_to_the_next(client: Client) -> None:
    for code in ("AAA", "BBB", "CCC"):
        make_region(code)
    answer = client.get("/api/v1/regions/?format=csv&page_size=2")
    address = client.get("/api/v1/regions/?format=csv&page_size=2&after=").headers["Link"]
    assert answer["Link"] == address
    following = client.get(address.removeprefix("<").partition(">")[0])
    assert following.content.decode().count("CCC") >= 1
    assert "Link" not in following
    assert "Link" not in client.get("/api/v1/regions/?format=csv")
