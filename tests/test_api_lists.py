"""Every collection: queries, formats, new kinds, and nothing internal."""

import csv
import io
import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from initiatives.models import Participation, Record
from initiatives.revisions import revision
from regional_presence import pagination
from regional_presence.api import COLLECTIONS

from .collections_of_api import MAKERS, make_many
from .factories import make_centre, make_kind, make_organisation, make_programme

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _json_is_known(db: None) -> None:
    """SQLite is asked once a connection whether it knows JSON; that is no query of a list."""
    assert connection.features.supports_json_field


@pytest.mark.parametrize("count", [1, 12])
@pytest.mark.parametrize("collection", MAKERS)
def test_a_list_takes_two_queries(client: Client, django_assert_num_queries: Any, collection: str, count: int) -> None:
    make_many(collection, count)
    # 1. how many rows; 2. the rows, with their own rows, links and sources as JSON.
    with django_assert_num_queries(2):
        answer = client.get(f"/api/v1/{collection}/?include=sources&page_size=100")
    assert answer.json()["count"] >= count


@pytest.mark.parametrize("collection", MAKERS)
def test_a_record_takes_one_query(client: Client, django_assert_num_queries: Any, collection: str) -> None:
    (record,) = make_many(collection, 1)
    # 1. the record, with its rows, links and sources as JSON.
    with django_assert_num_queries(1):
        answer = client.get(f"/api/v1/{collection}/{record.pk}/?include=sources").json()
    assert answer["id"] == record.pk
    assert [row["text"] for row in answer["features"]] == ["Something"]
    assert len(answer["sources"]) == 1
    assert client.get(answer["url"]).json()["id"] == record.pk


@pytest.mark.parametrize("count", [1, 12])
def test_the_changes_take_three_queries(client: Client, django_assert_num_queries: Any, count: int) -> None:
    make_many("centres", count)
    # 1. how many changes; 2. the changes; 3. which of the records they name were ever public.
    with django_assert_num_queries(3):
        assert client.get("/api/v1/changes/").status_code == 200


@pytest.mark.parametrize("collection", [*MAKERS, "changes"])
def test_a_sheet_has_the_rows_of_the_list(client: Client, collection: str) -> None:
    make_many(collection if collection in MAKERS else "centres", 3)
    rows = client.get(f"/api/v1/{collection}/?page_size=100").json()["results"]
    answer = client.get(f"/api/v1/{collection}/?format=csv")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == f'attachment; filename="{collection}.csv"'
    sheet = list(csv.DictReader(io.StringIO(answer.content.decode())))
    key = "key" if collection == "changes" else "id"
    assert [row[key] for row in sheet] == [row[key] for row in rows]
    assert [row["revision"] for row in sheet] == [str(row["revision"]) for row in rows]


@pytest.mark.parametrize("collection", MAKERS)
def test_every_column_stands_for_a_field(collection: str) -> None:
    view = COLLECTIONS[collection]
    names = [column.name for column in view.sheet]
    assert len(names) == len(set(names))
    assert {column.field for column in view.sheet} <= set(view.serializer_class.Meta.fields)
    assert all(column.description for column in view.sheet)


def test_a_sheet_by_accept_holds_every_row_unless_a_page_is_asked_for(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pagination, "PAGE_SIZE", 2)
    make_many("regions", 5)
    whole = client.get("/api/v1/regions/", headers={"accept": "text/csv"}).content.decode()
    page = client.get("/api/v1/regions/?page_size=3&format=csv").content.decode()
    assert len(client.get("/api/v1/regions/").json()["results"]) == 2
    assert (len(whole.splitlines()), len(page.splitlines())) == (6, 4)


def test_formulas_are_written_as_text(client: Client) -> None:
    names = ["=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "Name, with “quotes”"]
    for name in names:
        make_organisation(name=name, latitude="-1.5", longitude="2")
    sheet = list(csv.DictReader(io.StringIO(client.get("/api/v1/organisations/?format=csv").content.decode())))
    assert sorted(row["name"] for row in sheet) == sorted([f"'{name}" for name in names[:4]] + names[4:])
    assert {row["latitude"] for row in sheet} == {"-1.5"}


def test_a_kind_nobody_has_heard_of_is_there(client: Client) -> None:
    kind = make_kind("SPACE-LAB", name_en="Space Laboratory")
    centre = make_centre(kind=kind)
    assert client.get("/api/v1/centre-kinds/SPACE-LAB/").json()["name"] == "Space Laboratory"
    found = client.get("/api/v1/centres/?kind=SPACE-LAB").json()
    assert [row["id"] for row in found["results"]] == [centre.pk]


@pytest.mark.parametrize("collection", [*MAKERS, "changes"])
def test_nothing_internal_is_answered(client: Client, django_user_model: Any, collection: str) -> None:
    owner = django_user_model.objects.create_user("zoe.staff", "zoe@example.org")
    for record in make_many(collection if collection in MAKERS else "centres", 2):
        with revision(owner, "a secret reason"):
            record.owner, record.internal_note, record.reviewed_on = owner, "for staff alone", "2020-02-02"
            record.note_en = "Changed"
            record.save()
    for query in ("?include=sources", "?format=csv&include=sources"):
        text = client.get(f"/api/v1/{collection}/{query if collection in MAKERS else query[:11]}").content.decode()
        assert "Changed" in text or collection == "changes"
        for secret in ("zoe", "secret", "for staff alone", "2020-02-02", *Record.INTERNAL, "sort_key"):
            assert secret not in text


def test_the_root_names_every_collection(client: Client) -> None:
    told = client.get("/api/v1/").json()
    assert set(told) == {*MAKERS, "changes", "schema", "docs"}
    for address in told.values():
        assert client.get(address).status_code == 200


def test_an_organisation_in_a_row_is_left_out_while_it_is_a_draft(client: Client) -> None:
    make_programme("AC")
    host = make_organisation(state="draft", name="Nobody may know")
    with revision(None, "test"):
        Participation(record_model="initiatives.programme", record_key="AC", organisation=host, role="host").save()
    assert client.get("/api/v1/programmes/AC/").json()["participations"] == []
    assert "Nobody" not in json.dumps(client.get("/api/v1/changes/").json())
