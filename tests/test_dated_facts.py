"""Status and validity follow from dates and their certainty, in SQL as for one row."""

import datetime as dt
import itertools

import pytest

from centres.models import Centre, Milestone, Office
from initiatives.models import Certainty, Status
from initiatives.revisions import revision

from .factories import make_centre, make_milestone, make_office

pytestmark = pytest.mark.django_db

DATES = ("", "2025", "2026-06", "2026-06-15", "[2026-05,2026-07]", "2027-01-01")
DAYS = [dt.date(2024, 12, 31), *(dt.date(2026, 6, day) for day in (1, 14, 15, 16, 30)), dt.date(2027, 6, 1)]


def test_a_row_and_the_database_agree_on_every_status():
    pattern = make_centre()
    rows = [
        Centre(
            kind=pattern.kind,
            region=pattern.region,
            country=pattern.country,
            organisation=pattern.organisation,
            since=since,
            since_certainty=begun,
            until=until,
            until_certainty=ended,
        )
        for since, until, begun, ended in itertools.product(DATES, DATES, Certainty.values, Certainty.values)
    ]
    with revision(None, "every combination") as current:
        current.bulk_create(rows)
    for day in DAYS:
        kept = {centre.pk: centre for centre in Centre.objects.as_of(day)}
        for centre in Centre.objects.with_status(day):
            assert centre.status == centre.status_on(day), (centre.since, centre.until, day)
            assert (centre.pk in kept) == (centre.status != Status.CLOSED)
        assert {centre.status for centre in kept.values()} <= {Status.ACTIVE, Status.PLANNED}


@pytest.mark.parametrize(
    ("facts", "day", "status", "uncertain"),
    [
        ({}, "2026-06-15", "active", False),
        ({"since": "2026-06-15"}, "2026-06-14", "planned", False),
        ({"since": "2026-06-15"}, "2026-06-15", "active", False),
        ({"since": "2026-06"}, "2026-06-15", "active", True),
        ({"since": "2026-06"}, "2026-07-01", "active", False),
        ({"until": "2026-06"}, "2026-06-15", "active", True),
        ({"until": "2026-06-15"}, "2026-06-15", "active", False),
        ({"until": "2026-06"}, "2026-07-01", None, None),
        ({"until": "2026-06", "until_certainty": "planned"}, "2026-07-01", "active", False),
        ({"since": "2026-06", "since_certainty": "expected"}, "2030-01-01", "planned", False),
        ({"since": "[2026-03,2026-04]"}, "2026-04-30", "active", True),
    ],
)
def test_a_day_keeps_what_held_or_was_planned_and_marks_what_nobody_can_tell(facts, day, status, uncertain):
    make_centre(**facts)
    found = [(row.status, row.uncertain) for row in Centre.objects.as_of(dt.date.fromisoformat(day))]
    assert found == ([(status, uncertain)] if status else [])


def test_an_expectation_that_passes_stays_planned_and_is_overdue():
    centre = make_centre(since="2026-06", since_certainty="expected")
    after = dt.date(2026, 7, 1)
    assert centre.status_on(after) == Status.PLANNED
    assert centre.is_overdue(after)
    assert not centre.is_overdue(dt.date(2026, 6, 30))


def test_an_expected_milestone_is_overdue_until_somebody_says_that_it_came():
    milestone = make_milestone(date="[2026-03,2026-04]", certainty="expected")
    for day, overdue in ((dt.date(2026, 4, 30), False), (dt.date(2026, 5, 1), True)):
        assert milestone.is_overdue(day) == Milestone.objects.overdue(day).exists() == overdue
    with revision(None, "it came"):
        milestone.reached = "2026-05"
        milestone.save()
    assert not milestone.is_overdue(dt.date(2026, 7, 1))
    assert not Milestone.objects.overdue(dt.date(2026, 7, 1)).exists()


def test_an_office_is_where_its_places_are():
    office = make_office("Tegucigalpa")
    first = office.locations.get()
    with revision(None, "moves"):
        first.until = "2026-06"
        first.save()
        office.locations.create(
            country=first.country, city="Panama", ref="panama", since="2027", since_certainty="expected"
        )
    for day, status, uncertain in (("2026-05-31", "active", False), ("2026-06-15", "active", True)):
        found = Office.objects.as_of(dt.date.fromisoformat(day)).get()
        assert (found.status, found.uncertain) == (status, uncertain)
    assert Office.objects.as_of(dt.date(2026, 7, 1)).get().status == "planned"
    with revision(None, "never came"):
        office.locations.get(ref="panama").delete()
    assert not Office.objects.as_of(dt.date(2026, 7, 1)).exists()
