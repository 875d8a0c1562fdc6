"""What the API works out: the status of places, and whether stated totals hold."""

from typing import Any

import pytest
from django.test import Client

from centres.models import OfficeLocation
from initiatives.revisions import revision

from .factories import make_centre, make_kind, make_office, make_region, make_stated_total

pytestmark = pytest.mark.django_db


def test_an_office_and_its_places_tell_what_is_uncertain(client: Client) -> None:
    office = make_office()
    place = OfficeLocation.objects.get(office=office)
    with revision(None, "test"):
        place.since = "2026-03"
        place.save()
    (asked,) = client.get("/api/v1/offices/?as_of=2026-03-10").json()["results"]
    assert (asked["status"], asked["uncertain"]) == ("active", True)
    assert (asked["locations"][0]["status"], asked["locations"][0]["uncertain"]) == ("active", True)
    (earlier,) = client.get("/api/v1/offices/?as_of=2026-02-10").json()["results"]
    assert (earlier["locations"][0]["status"], earlier["uncertain"]) == ("planned", False)
    told = client.get(f"/api/v1/offices/{office.pk}/").json()
    assert {"uncertain"}.isdisjoint(told.keys() | told["locations"][0].keys())
    assert told["locations"][0]["status"] in ("active", "planned")


@pytest.mark.parametrize(
    ("stated", "counted", "verdict"),
    [
        ({"number": 2}, 2, "holds"),
        ({"number": 1, "date": "2020"}, 2, "fails"),
        ({"number": 1, "date": "2026-06"}, 1, "holds"),
        ({"number": 0, "elsewhere": True}, 0, "holds"),
        ({"number": 5, "kind": None}, None, "cannot be checked"),
    ],
)
def test_a_stated_total_is_held_against_the_registry(
    client: Client, stated: dict[str, Any], counted: int | None, verdict: str
) -> None:
    kind = make_kind("AC")
    for until in ("", "2025"):
        make_centre(kind=kind, until=until)
    make_centre(kind=kind, state="draft")
    make_centre(kind=make_kind("DTC"))
    values = {"kind": kind, "date": "2024", **stated}
    if values.pop("elsewhere", False):
        values["region"] = make_region("ARB")
    total = make_stated_total(note_en="Odd", **values)
    (row,) = client.get(f"/api/v1/documents/{total.document_id}/").json()["stated_totals"]
    assert (row["counted"], row["verdict"], row["note"]) == (counted, verdict, "Odd")
    assert (total.counted(), total.verdict()) == (counted, verdict)
