"""Links and parts belong to the document of their record, from whichever side they are written."""

import pytest
from django.db import transaction
from django.db.models import ProtectedError

from centres.models import OfficeLocation
from initiatives.models import Citation, Country, Organisation, Version
from initiatives.querysets import UnrevisedWriteError
from initiatives.revisions import document_of, revision

from .factories import cite, make_country, make_document, make_office, make_organisation, make_region, make_resolution

pytestmark = pytest.mark.django_db


def latest(record):
    """Return the newest version of a record."""
    return Version.objects.filter(record_key=record.pk).latest("revision_id")


@pytest.fixture
def union():
    """Give a body that covers two countries."""
    union = make_organisation()
    with revision(None, "test"):
        union.covers.set([make_country("KEN"), make_country("UGA")])
    return union


def test_links_are_kept_from_their_own_side(union):
    assert latest(union).document["covers"] == ["KEN", "UGA"]
    with revision(None, "one less"):
        union.covers.remove("UGA")
    assert latest(union).document["covers"] == ["KEN"]
    with revision(None, "none"):
        union.covers.clear()
    assert latest(union).document["covers"] == []


def test_links_are_kept_from_the_far_side(union):
    kenya, other = Country.objects.get(pk="KEN"), make_organisation()
    with revision(None, "one more"):
        kenya.covering_organisations.add(other)
    assert latest(other).document["covers"] == ["KEN"]
    with revision(None, "only one"):
        kenya.covering_organisations.set([other])
    assert latest(union).document["covers"] == ["UGA"]
    with revision(None, "cleared"):
        kenya.covering_organisations.clear()
    assert latest(other).document["covers"] == []


def test_deleting_a_record_changes_the_documents_of_those_that_link_to_it(union):
    with revision(None, "gone") as current:
        Country.objects.get(pk="UGA").delete()
    assert latest(union).document == document_of(union)
    assert (latest(union).document["covers"], latest(union).revision_id) == (["KEN"], current.number)


def test_a_part_that_moves_changes_both_records():
    here, there = make_office(), make_office()
    place = OfficeLocation.objects.get(office=here)
    with revision(None, "listed under the wrong office"):
        place.office, place.ref = there, "moved"
        place.save()
    assert latest(here).document["locations"] == {}
    assert set(latest(there).document["locations"]) == {"moved", "ken"}
    with revision(None, "and back, by the same object"):
        place.office = here
        place.save()
    assert set(latest(here).document["locations"]) == {"moved"}
    assert set(latest(there).document["locations"]) == {"ken"}


def test_a_part_that_moves_is_seen_where_its_owner_was_never_read():
    here, there = make_country("KEN"), make_country("UGA")
    citation = Citation.objects.only("section").get(pk=cite(here, "name_en").pk)
    with revision(None, "of the other"):
        citation.record_key = there.pk
        citation.save()
    assert latest(here).document["citations"] == {}
    assert len(latest(there).document["citations"]) == 1


def test_a_deleted_part_leaves_the_document_of_its_record():
    office = make_office()
    with revision(None, "unknown place"):
        office.locations.all().delete()
    assert latest(office).document["locations"] == {}


def test_parts_get_refs_that_tell_them_apart():
    region = make_region()
    first, second = (cite(region, "name_en", section="§2") for _time in range(2))
    assert first.ref == "paper-2"
    assert second.ref.startswith("paper-2-")
    assert set(document_of(region)["citations"]) == {first.ref, second.ref}


def test_bulk_work_goes_through_the_revision_s_own_door():
    office, kenya = make_office(), Country.objects.get(pk="KEN")
    with revision(None, "bulk") as current:
        current.bulk_create([OfficeLocation(office=office, country=kenya, city="Mombasa", ref="coast", since="2026")])
        current.bulk_create([Organisation(name=f"Côte {letter}") for letter in ("première", "seconde")])
    place = OfficeLocation.objects.get(ref="coast")
    assert set(latest(office).document["locations"]) == {"ken", "coast"}
    assert (place.since_earliest.isoformat(), place.since_latest.isoformat()) == ("2026-01-01", "2026-12-31")
    assert [row.sort_key for row in Organisation.objects.order_by("sort_key")] == ["cote premiere", "cote seconde"]
    with revision(None, "bulk") as current:
        place.since = "2027"
        current.bulk_update([place], ["since"])
        rows = list(Organisation.objects.all())
        for row in rows:
            row.name = f"Île {row.name}"
        current.bulk_update(rows, ["name"])
    place.refresh_from_db()
    assert (place.since_earliest.year, latest(office).document["locations"]["coast"]["since"]) == (2027, "2027")
    assert Organisation.objects.matching("ile cote seconde").get().sort_key == "ile cote seconde"
    assert latest(rows[0]).document["name"] == rows[0].name


def test_bulk_work_on_what_is_no_record_is_refused(union):
    link = Organisation.covers.through(organisation_id=union.pk, country_id="KEN")
    with pytest.raises(TypeError), revision(None, "links") as current:
        current.bulk_create([link])


def test_saving_some_fields_keeps_what_follows_from_them():
    conference = make_resolution().conference
    conference.city, conference.begins = "Bakı", "2025-11"
    with revision(None, "some fields"):
        conference.save(update_fields=["city", "begins"])
    conference.refresh_from_db()
    assert "bakı" in conference.search
    assert conference.begins_latest.isoformat() == "2025-11-30"


def test_a_document_that_is_cited_stays():
    document = make_document("paper")
    cite(make_region(), "name_en", document=document)
    with pytest.raises(ProtectedError), revision(None, "tidying up"):
        document.delete()


LINKS = Organisation.covers.through


@pytest.mark.parametrize(
    "write",
    [
        lambda key: LINKS.objects.create(organisation_id=key, country_id="TZA"),
        lambda key: LINKS(organisation_id=key, country_id="TZA").save(),
        lambda key: LINKS._base_manager.bulk_create([LINKS(organisation_id=key, country_id="TZA")]),
        lambda key: LINKS.objects.filter(country="KEN").delete(),
    ],
)
def test_a_link_written_by_itself_is_in_the_history_or_is_refused(union, write):
    make_country("TZA")
    before = document_of(union)
    with pytest.raises(UnrevisedWriteError), transaction.atomic():
        write(union.pk)
    assert document_of(union) == before
    with revision(None, "links"):
        write(union.pk)
    assert latest(union).document == document_of(union) != before


@pytest.mark.parametrize(
    "write",
    [
        lambda: LINKS.objects.update(country="TZA"),
        lambda: LINKS.objects.bulk_update(LINKS.objects.all(), ["country"]),
        lambda: LINKS.objects.filter(country="KEN").get().save(),
        lambda: LINKS.objects.filter(country="KEN").get().delete(),
    ],
)
def test_a_link_is_never_changed_and_never_deleted_as_an_object(union, write):
    with pytest.raises(UnrevisedWriteError), revision(None, "links"):
        write()
    assert document_of(union)["covers"] == ["KEN", "UGA"]
