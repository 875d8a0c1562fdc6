"""Numbers that documents state, held against what the registry counts."""

import datetime as dt

import pytest

from centres.models import StatedTotal
from tests.checklist import PAPER

from .factories import make_centre, make_kind, make_stated_total

HOLDS, FAILS, UNKNOWN = "holds", "fails", "cannot be checked"

# (document begins with, section, kind, number, state of): verdict
EXPECTED = {
    (PAPER, "§2", "AFFILIATE", 23, "2025-12-15"): HOLDS,
    (PAPER, "§2", "OSPO", 2, "2025-12-15"): HOLDS,
    (PAPER, "§3", "DTC", 15, "2025-12-15"): HOLDS,
    (PAPER, "§3", "ATC", 14, "2025-12-15"): HOLDS,
    (PAPER, "§1", None, 5, "2025-12-15"): UNKNOWN,
    (PAPER, "§1", None, 6, ""): UNKNOWN,
    (PAPER, "§3", None, 4, "2025-12-15"): UNKNOWN,
    ("itu-int-fr-itu-d-bdt-director", "", "AC", 17, "2024-03-04"): FAILS,
    ("nthandatimes-com", "", "AC", 17, ""): FAILS,
    ("academy-itu-int", "", "DTC", 14, "2025"): FAILS,
    ("afralti-org", "", "ATC", 13, "2023-10"): FAILS,
}


@pytest.mark.usefixtures("registry")
def test_every_stated_total_has_its_verdict() -> None:
    seen = set()
    for total in StatedTotal.objects.all():
        key = next(
            each
            for each in EXPECTED
            if total.document_id.startswith(each[0])
            and (total.section, total.kind_id, total.number, total.date) == each[1:]
        )
        assert total.verdict() == EXPECTED[key], total
        seen.add(key)
    assert seen == EXPECTED.keys()


@pytest.mark.usefixtures("registry")
def test_a_total_is_held_against_the_day_it_is_stated_for() -> None:
    total = StatedTotal.objects.get(kind="DTC", document=PAPER)
    assert (total.number, total.counted()) == (15, 15)
    assert dt.date.fromisoformat(total.date) == dt.date(2025, 12, 15)


@pytest.mark.django_db
def test_a_total_counts_no_centre_that_certainly_began_later_or_had_ended() -> None:
    kind = make_kind("LATER")
    for since, certainty in (("2020", "stated"), ("", "stated"), ("2027", "stated"), ("2027-03", "reported")):
        make_centre(kind=kind, since=since, since_certainty=certainty)
    make_centre(kind=kind, since="2027", since_certainty="expected")
    make_centre(kind=kind, until="2021")
    make_stated_total(kind=kind, number=3, date="2025")
    stated = StatedTotal.objects.filter(kind=kind)
    for total in (*stated, *stated.checked()):
        assert (total.counted(), total.verdict()) == (3, HOLDS)
