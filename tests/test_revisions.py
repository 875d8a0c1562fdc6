"""What a revision keeps, and what it refuses."""

from contextlib import suppress

import pytest
from asgiref.sync import async_to_sync
from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction

from centres.models import Centre, Office, OfficeLocation
from initiatives.models import Citation, Country, Region, Revision, RevisionCounter, Version
from initiatives.querysets import UnrevisedWriteError
from initiatives.revisions import current_public_number, document_of, revision

from .factories import cite, make_centre, make_country, make_document, make_office, make_organisation, make_region

pytestmark = pytest.mark.django_db


def versions_of(record):
    """Return the versions of a record, oldest first."""
    return list(Version.objects.filter(record_key=record.pk).order_by("revision_id"))


def test_a_save_makes_one_version_that_says_what_the_record_says():
    region = make_region()
    (version,) = versions_of(region)
    assert version.document == document_of(region)
    assert (version.change, version.revision.why, version.revision.who_name) == ("created", "test", "")
    assert region.revision == version.revision_id == current_public_number()
    assert region.updated_at == version.revision.at


def test_a_save_that_changes_nothing_makes_no_revision():
    region = make_region()
    with revision(None, "nothing") as current:
        region.save()
    assert current.number is None
    assert Revision.objects.count() == 1


def test_who_is_kept_with_the_name_at_the_time():
    user = get_user_model().objects.create_user("amina")
    with revision(user, "a reason"):
        Region(code="ARB", name_en="Arab States", owner=user).save()
    row = Revision.objects.get()
    assert (row.who, row.who_name, row.why) == (user, "amina", "a reason")
    assert document_of(Region.objects.get())["owner"] == str(user.pk)


def test_nothing_is_written_without_a_reason():
    def write():
        with revision(None, " "):
            Region(code="ARB", name_en="Arab States").save()

    with pytest.raises(ValueError, match="needs a reason"):
        write()
    assert not Region.objects.exists()


def test_what_only_staff_see_moves_no_public_number():
    region = make_region()
    before = current_public_number()
    with revision(None, "note to ourselves") as current:
        region.internal_note = "ask again"
        region.save()
    region.refresh_from_db()
    assert current.number == before + 1
    assert current_public_number() == before == region.revision
    assert versions_of(region)[-1].change == ""


def test_a_stale_object_resets_no_stamp():
    region, stale = make_region(), Region.objects.get()
    with revision(None, "first"):
        region.name_en = "Afrique"
        region.save()
    with revision(None, "staff only"):
        stale.name_en, stale.internal_note = "Afrique", "looked at"
        stale.save()
    stale.refresh_from_db()
    region.refresh_from_db()
    assert stale.revision == region.revision == 2


def test_a_revision_inside_another_joins_it():
    with revision(None, "outer") as outer:
        with revision(None, "inner") as inner:
            Region(code="ARB", name_en="Arab States").save()
        assert inner is outer
        Region(code="CIS", name_en="CIS").save()
    assert Revision.objects.get().why == "outer"
    assert Version.objects.count() == 2


def test_a_revision_inside_another_that_fails_leaves_nothing_of_its_own():
    def fail():
        with revision(None, "inner"):
            Region(code="CIS", name_en="CIS").save()
            Region(code="ARB", name_en="again").save(force_insert=True)

    with revision(None, "outer"):
        Region(code="ARB", name_en="Arab States").save()
        with suppress(IntegrityError):
            fail()
        Region(code="AFR", name_en="Africa").save()
    assert set(Region.objects.values_list("pk", flat=True)) == {"AFR", "ARB"}
    assert set(Version.objects.values_list("record_key", flat=True)) == {"AFR", "ARB"}


def test_an_exception_leaves_nothing_and_closes_the_revision():
    def fail():
        with revision(None, "fails"):
            Region(code="ARB", name_en="Arab States").save()
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert not Region.objects.exists()
    assert not Version.objects.exists()
    with pytest.raises(UnrevisedWriteError):
        Region(code="ARB", name_en="Arab States").save()


def test_what_a_savepoint_undid_is_not_in_the_history():
    with revision(None, "partly"):
        Region(code="ARB", name_en="Arab States").save()
        with suppress(IntegrityError), transaction.atomic():
            Region(code="CIS", name_en="CIS").save()
            Region(code="ARB", name_en="again").save(force_insert=True)
    assert [version.record_key for version in Version.objects.all()] == ["ARB"]


def test_numbers_never_fall_back_when_the_counter_is_lost():
    make_region()
    make_country("KEN")
    RevisionCounter.objects.all().delete()
    with revision(None, "internal") as current:
        region = Region.objects.get()
        region.internal_note = "x"
        region.save()
    assert current.number == 3
    assert current_public_number() == 2


def test_a_deleted_record_leaves_a_version_without_document_and_none_of_its_rows():
    office = make_office()
    cite(office, "name_en")
    with revision(None, "never was"):
        Office.objects.filter(pk=office.pk).delete()
    assert (versions_of(office)[-1].document, versions_of(office)[-1].change) == (None, "deleted")
    assert not OfficeLocation.objects.exists()
    assert not Citation.objects.exists()


@pytest.mark.parametrize(
    "write",
    [
        lambda centre: centre.save(),
        lambda centre: centre.delete(),
        lambda centre: centre.save(update_fields=["position"]),
        lambda centre: async_to_sync(centre.asave)(),
        lambda centre: Region.objects.get_or_create(code="CIS"),
        lambda centre: Centre.objects.create(kind=centre.kind, region=centre.region, country=centre.country),
        lambda centre: Centre.objects.update_or_create(pk=centre.pk, defaults={"position": 2}),
        lambda centre: Centre.objects.all().delete(),
        lambda centre: Centre.objects.update(position=2),
        lambda centre: Centre._base_manager.update(position=2),
        lambda centre: Centre._default_manager.all()._raw_delete("default"),
        lambda centre: centre.organisation.centres.update(position=2),
        lambda centre: Centre.objects.bulk_create([Centre(region=centre.region)]),
        lambda centre: Centre.objects.bulk_update([centre], ["position"]),
        lambda centre: centre.organisation.covers.add(centre.country),
        lambda centre: centre.country.covering_organisations.set([centre.organisation]),
        lambda centre: centre.organisation.covers.clear(),
        lambda centre: Citation.objects.all().delete(),
        lambda centre: Citation.objects.update(section="§9"),
        lambda centre: centre.country.organisations.add(centre.organisation, bulk=False),
    ],
)
def test_no_write_gets_past_the_history(write):
    centre = make_centre()
    cite(centre, "region")
    with pytest.raises(UnrevisedWriteError):
        write(centre)


def test_the_history_itself_is_only_ever_added_to():
    region = make_region()
    (version,) = versions_of(region)
    for write in (version.save, version.delete, version.revision.save, Version.objects.all().delete):
        with revision(None, "rewrite"), pytest.raises(UnrevisedWriteError):
            write()
    assert versions_of(region) == [version]


def test_django_s_own_ways_of_writing_are_kept_inside_a_revision():
    country = make_country("KEN")
    with revision(None, "several ways"):
        organisation, _created = type(make_organisation()).objects.get_or_create(name="New", country=country)
        Country.objects.update_or_create(pk="KEN", defaults={"capital": "Nairobi"})
        document = make_document("paper")
        document.references.create(target=make_document("other"))
    assert versions_of(country)[-1].document["capital"] == "Nairobi"
    assert versions_of(organisation)[-1].document["name"] == "New"
    assert list(versions_of(document)[-1].document["references"]) == ["other"]
    assert Revision.objects.latest("number").versions.count() == 5
