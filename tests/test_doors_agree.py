"""Page, API, CSV and the admin's list answer the same question with the same rows in the same order."""

import csv
import io
import re

import pytest
from django.http import QueryDict
from django.test import Client

from centres.filters import CentreFilterSet
from centres.models import Centre

QUESTIONS = [
    "",
    "q=technology",
    "q=cote+divoire",
    "q=%25",
    "kind=AC",
    "kind=AC,DTC",
    "region=AFR",
    "itu_region=ARB",
    "country=KEN,IND",
    "programme=OSEE",
    "status=planned",
    "status=active,closed",
    "initiative=AFR2",
    "resolution=wtdc-25-90",
    "ldc=true",
    "lldc=false",
    "sids=true&kind=AC",
    "as_of=2026-01-01",
    "region=AFR&sort=country",
    "kind=ATC&sort=-name",
]


def of_pages(client: Client, query: str) -> list[str]:
    """Return the ids to which the pages' lists lead, in order."""
    ids: list[str] = []
    number = pages = 1
    while number <= pages:
        answer = client.get(f"/centres/?{query}&page={number}")
        assert answer.status_code == 200
        pages = answer.context["paginator"].num_pages
        main = answer.content.decode().partition("<main")[2]
        ids += dict.fromkeys(re.findall(r'href="/centres/(rp-\w+)/', main))
        number += 1
    return ids


def of_api(client: Client, query: str) -> list[str]:
    ids: list[str] = []
    following = f"/api/v1/centres/?{query}&page_size=20"
    while following:
        answer = client.get(following).json()
        ids += [row["id"] for row in answer["results"]]
        following = answer["next"]
    assert len(ids) == answer["count"]
    return ids


def of_sheet(client: Client, query: str) -> list[str]:
    text = client.get(f"/api/v1/centres/?{query}&format=csv").content.decode()
    return [row["id"] for row in csv.DictReader(io.StringIO(text))]


def of_staff(client: Client, query: str) -> list[str]:
    answer = client.get(f"/admin/centres/centre/?{query}")
    assert answer.status_code == 200
    return [centre.pk for centre in answer.context["cl"].queryset]


def expected(query: str) -> list[str]:
    """Return what the filterset all doors share finds among the public rows."""
    asked = CentreFilterSet(QueryDict(query), queryset=Centre.objects.public().for_listing())
    assert asked.is_valid()
    return [centre.pk for centre in asked.qs]


@pytest.mark.parametrize("query", QUESTIONS)
def test_every_door_gives_the_same_rows(registry: None, client: Client, query: str) -> None:
    rows = expected(query)
    assert of_api(client, query) == rows
    assert of_sheet(client, query) == rows
    assert of_pages(client, query) == rows


@pytest.mark.parametrize("query", ["", "q=technology", "kind=AC", "region=AFR", "country=KEN", "status=planned"])
def test_the_staffs_list_gives_them_too(registry: None, desk: Client, query: str) -> None:
    assert of_staff(desk, query) == expected(query)


def test_the_questions_find_something(registry: None) -> None:
    found = [len(expected(query)) for query in QUESTIONS]
    assert found[0] == 68
    assert sum(1 for count in found if count) >= len(QUESTIONS) - 2


def test_no_door_takes_a_wrong_value(registry: None, client: Client) -> None:
    assert client.get("/api/v1/centres/?kind=NONE").status_code == 400
    assert "NONE" in client.get("/centres/?kind=NONE").content.decode()
    assert not of_pages(client, "kind=NONE")
