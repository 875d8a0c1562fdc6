"""Paging: every row once, whatever is inserted meanwhile, in every order."""

import itertools
from typing import Any

import pytest
from django.test import Client

from initiatives.revisions import revision

from .factories import make_centre, make_country, make_kind, make_milestone, make_office

pytestmark = pytest.mark.django_db

SORTS = ["", "name", "-name", "country", "-country", "code", "-code", "updated", "-updated"]


def walk(client: Client, address: str, meanwhile: Any = lambda: None) -> list[str]:
    """Follow the next links to the end; return the ids in order."""
    ids: list[str] = []
    following: str | None = address
    while following:
        answer = client.get(following).json()
        ids += [row["id"] for row in answer["results"]]
        following = answer["next"]
        meanwhile()
    return ids


def make_some() -> list[str]:
    """Make centres of equal and missing names and countries."""
    kind = make_kind(organisation_required=False)
    names = ["Beta", "Alpha", "Beta", "", "Gamma", "Alpha", "Åland", "الف", ""]
    lands = [make_country("BBB"), None, make_country("AAA"), make_country("AAA"), None, None, make_country("CCC")]
    centres = []
    for number, name in enumerate(names):
        country = lands[number % len(lands)]
        values = {"organisation": None} if country else {}
        centres.append(make_centre(kind=kind, name_en=name, country=country, **values))
    return [centre.pk for centre in centres]


def test_every_row_comes_once_in_the_order_of_the_whole(client: Client) -> None:
    ids = make_some()
    for sort in SORTS:
        asked = f"&sort={sort}" if sort else ""
        whole = [row["id"] for row in client.get(f"/api/v1/centres/?fields=id{asked}").json()["results"]]
        assert sorted(whole) == sorted(ids)
        for size in (1, 4):
            assert walk(client, f"/api/v1/centres/?fields=id&page_size={size}{asked}") == whole


@pytest.mark.parametrize("sort", ["name", "-country", "-updated"])
def test_rows_inserted_between_two_pages_make_nobody_skip_or_repeat(client: Client, sort: str) -> None:
    ids = make_some()
    new = iter(["Aardvark", "Beta", "Zulu"])

    def insert() -> None:
        for name in itertools.islice(new, 1):
            make_centre(name_en=name)

    seen = walk(client, f"/api/v1/centres/?fields=id&page_size=2&sort={sort}", insert)
    assert len(seen) == len(set(seen))
    assert set(ids) <= set(seen)


@pytest.mark.parametrize("collection", ["milestones", "offices"])
def test_rows_without_a_value_come_last_and_once(client: Client, collection: str) -> None:
    for date in ("", "2026-05", "", "2025", "2026-05"):
        make_milestone(date=date) if collection == "milestones" else make_office()
    whole = [row["id"] for row in client.get(f"/api/v1/{collection}/").json()["results"]]
    assert walk(client, f"/api/v1/{collection}/?page_size=1") == whole
    for sort in ("date", "-date") if collection == "milestones" else ():
        ids = walk(client, f"/api/v1/milestones/?page_size=2&sort={sort}")
        assert sorted(ids) == sorted(whole)
        assert client.get(f"/api/v1/milestones/{ids[-1]}/").json()["date"] is None


def test_pages_by_number_lead_both_ways(client: Client) -> None:
    make_some()
    first = client.get("/api/v1/centres/?page_size=4").json()
    second = client.get("/api/v1/centres/?page_size=4&page=2").json()
    assert first["previous"] is None
    assert (first["count"], second["count"]) == (9, 9)
    assert client.get(first["next"]).json()["results"] == second["results"]
    assert client.get(second["previous"]).json()["results"] == first["results"]
    third = client.get(second["next"]).json()
    assert len(third["results"]) == 1
    assert (third["next"], third["previous"]) == (None, None)


def test_a_cursor_belongs_to_its_order(client: Client) -> None:
    make_some()
    following = client.get("/api/v1/centres/?page_size=2&sort=name").json()["next"]
    answer = client.get(following.replace("sort=name", "sort=-name"))
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == "after"
    both = client.get(f"{following}&page=2")
    assert both.status_code == 400


def test_filters_stay_in_the_links(client: Client) -> None:
    make_some()
    following = client.get("/api/v1/centres/?country=AAA&page_size=1&sort=-name").json()["next"]
    assert {"country=AAA", "page_size=1", "sort=-name"} <= set(following.partition("?")[2].split("&"))


def test_changes_come_in_order_with_tombstones(client: Client) -> None:
    kept, gone = make_centre(), make_centre()
    start = client.get("/api/v1/changes/?page_size=100").json()["results"][-1]["revision"]
    with revision(None, "a reason for staff"):
        gone.state = "draft"
        gone.save()
    with revision(None, "a reason for staff"):
        kept.note_en = "Changed"
        kept.save()
    make_centre(state="draft", organisation=gone.organisation)
    told = client.get(f"/api/v1/changes/?since={start}").json()
    assert [(row["change"], row["key"]) for row in told["results"]] == [("unpublished", gone.pk), ("updated", kept.pk)]
    assert told["results"][0]["document"] is None
    assert told["results"][1]["document"]["note_en"] == "Changed"
    assert (told["results"][1]["collection"], told["results"][1]["model"]) == ("centres", "centres.centre")
    assert told["results"][1]["url"] == f"http://testserver/api/v1/centres/{kept.pk}/"
    assert client.get(f"/api/v1/changes/?since={told['results'][-1]['revision']}").json()["results"] == []
