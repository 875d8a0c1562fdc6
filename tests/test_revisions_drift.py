"""Documents differ from their last versions by an edit, and by nothing else."""

from contextlib import suppress

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError

from initiatives.changes import public_documents
from initiatives.differences import Wording, differences
from initiatives.models import Change, Region, Version
from initiatives.querysets import unguarded
from initiatives.revisions import apply, document_of, public_document, revision

from .factories import cite, make_country, make_document, make_organisation, make_region

pytestmark = pytest.mark.django_db


def rewrite_history(record, document):
    """Let the last version of a record say something else, as one kept by an earlier release does."""
    last = Version.objects.filter(record_key=record.pk).latest("revision_id")
    unguarded(Version).filter(pk=last.pk).update(document=document)


def test_columns_links_and_parts_younger_than_the_last_version_are_no_change():
    organisation = make_organisation()
    citation = cite(organisation, "name")
    document = document_of(organisation)
    del document["note_fr"], document["owner"], document["covers"]
    del document["citations"][citation.ref]["section"]
    unguarded(type(citation)).filter(pk=citation.pk).update(section="")
    rewrite_history(organisation, {**document, "a column of old": 1})
    with revision(None, "nothing") as current:
        organisation.save()
    assert current.number is None
    with revision(None, "something") as current:
        organisation.note_fr = "Une note"
        organisation.save()
    assert Version.objects.get(revision=current.number).change == "updated"


def test_what_only_staff_see_stays_unseen_where_a_column_is_younger():
    region = make_region()
    document = document_of(region)
    del document["note_fr"]
    rewrite_history(region, document)
    with revision(None, "for staff"):
        region.internal_note = "ask again"
        region.save()
    assert Version.objects.latest("revision_id").change == Change.NONE


def test_a_user_who_is_renamed_stays_the_owner_and_changes_no_document():
    user, region = get_user_model().objects.create_user("amina"), make_region()
    with revision(None, "owned"):
        region.owner = user
        region.save()
    owned = document_of(region)
    user.username = "amina.b"
    user.save()
    assert document_of(region) == owned
    with revision(None, "nobody's"):
        apply(Region, region.pk, {"owner": None})
    with revision(None, "restored"):
        apply(Region, region.pk, owned)
    region.refresh_from_db()
    assert region.owner == user
    assert "owner" not in public_document(owned)
    found = differences(Region, {**owned, "owner": None}, owned)
    assert [Wording(Region, found).say(each.field, each.after) for each in found] == [f"amina.b ({user.pk})"]


@pytest.mark.parametrize("owner", ["999999", "amina"])
def test_an_owner_who_is_unknown_is_refused(owner):
    region = make_region()
    with pytest.raises(ValidationError, match="There is no user") as error, revision(None, "restored"):
        apply(Region, region.pk, {"owner": owner})
    assert list(error.value.message_dict) == ["owner"]


def test_a_document_refused_at_its_last_row_leaves_nothing_of_the_others():
    region = make_region()
    wrong = {"document": "missing", "fields": ["name_en"]}
    with revision(None, "several"):
        with suppress(ValidationError):
            apply(Region, region.pk, {"name_fr": "Afrique", "citations": {"missing": wrong}})
        make_document("paper")
    assert document_of(region)["name_fr"] == ""


def test_a_record_that_the_public_first_saw_withdrawn_is_known_to_the_feed():
    gone = make_region("ARB", state="withdrawn", withdrawn_reason="merged")
    assert Version.objects.get(record_key="ARB").change == Change.WITHDRAWN
    country = make_country("KEN", region=gone)
    (document,) = public_documents(Version.objects.filter(record_key=country.pk))
    assert document["region"] == "ARB"
