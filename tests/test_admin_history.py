"""The history in the admin: who, when, why, old and new; deletions with their reason; revisions that nobody edits."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from initiatives.models import Country, Organisation, Participation, Programme, Region, Revision, Version
from initiatives.revisions import revision

from .admin_pages import add_rows, address, read_form
from .factories import make_country, make_initiative, make_organisation, make_programme, make_region

pytestmark = pytest.mark.django_db


def test_the_history_tells_who_when_why_old_and_new(desk, editor):
    country = make_country("KEN", region=make_region("AFR", name_en="Africa"), capital="Mombasa", groups_date="2025")
    with revision(editor, "Moved on a trial basis"):
        country.capital, country.name_fr, country.groups_date = "Nairobi", "Kénya", "2026-02"
        country.region, country.ldc = make_region("ARB", name_en="Arab States"), True
        country.save()
    page = desk.get(address(Country, "history", "KEN"))
    entry = page.context["entries"][0]
    told = {row["label"]: (row["before"], row["after"]) for row in entry["rows"]}
    assert (entry["revision"].who_name, entry["revision"].why) == ("editor", "Moved on a trial basis")
    assert told == {
        "Capital": ("Mombasa", "Nairobi"),
        "Name (French)": ("", "Kénya"),
        "Date of the list": ("2025", "February 2026"),
        "ITU region": ("Africa (AFR)", "Arab States (ARB)"),
        "Least developed country": ("No", "Yes"),
    }
    for text in ("editor", "Moved on a trial basis", "Mombasa", "Nairobi", "not stated"):
        assert text in page.content.decode()


def test_links_rows_and_citations_are_part_of_the_history(desk):
    programme = make_programme("AC")
    add_rows(programme)
    initiative = make_initiative()
    with revision(None, "Linked"):
        programme.regional_initiatives.add(initiative)
    entries = desk.get(address(Programme, "history", "AC")).context["entries"]
    labels = [[row["label"] for row in entry["rows"]] for entry in entries]
    assert labels[0] == ["Regional initiatives"]
    assert any("Citation" in label and "Facts supported" in label for label in labels[1])
    assert any("Feature" in label for label in labels[2])


def test_a_long_history_has_pages(desk):
    region = make_region("AFR")
    for number in range(25):
        with revision(None, f"Change {number}"):
            region.name_en = f"Africa {number}"
            region.save()
    first = desk.get(address(Region, "history", "AFR"))
    last = desk.get(address(Region, "history", "AFR"), {"p": "2"})
    assert [len(page.context["entries"]) for page in (first, last)] == [20, 6]
    assert first.context["entries"][-1]["rows"][0]["before"] == "Africa 4"
    assert desk.get(address(Region, "history", "AFR"), {"p": "99"}).status_code == 200


def test_a_deletion_needs_a_reason_and_stays_in_the_history(desk, editor):
    country = make_country("KEN")
    url = address(Country, "delete", "KEN")
    assert desk.post(url, {"post": "yes"}).status_code == 302
    assert Country.objects.filter(pk="KEN").exists()
    assert desk.post(url, {"post": "yes", "why": "Entered twice"}).status_code == 302
    assert not Country.objects.filter(pk=country.pk).exists()
    page = desk.get(address(Country, "history", "KEN"))
    assert page.context["entries"][0]["deleted"]
    assert "Entered twice" in page.content.decode()


def test_several_records_are_deleted_in_one_revision_with_a_reason(desk):
    keys = [make_organisation().pk for _each in range(3)]
    url = address(Organisation, "changelist")
    ask = {"action": "delete_selected", "_selected_action": keys[:2]}
    assert b'name="why"' in desk.post(url, ask).content
    assert b"Nothing is deleted yet" in desk.post(url, {**ask, "post": "yes"}).content
    assert desk.post(url, {**ask, "post": "yes", "why": "Never existed"}).status_code == 302
    assert list(Organisation.objects.values_list("pk", flat=True)) == keys[2:]
    assert Revision.objects.order_by("-number").first().versions.count() == 2


def test_what_others_refer_to_is_not_deleted_and_they_are_named(desk):
    programme, organisation = make_programme("AC"), make_organisation()
    add_rows(programme)
    with revision(None, "test"):
        row = Participation.objects.of(programme).get()
        row.organisation = organisation
        row.save()
    for answer in (
        desk.get(address(Organisation, "delete", organisation.pk)),
        desk.post(address(Organisation, "delete", organisation.pk), {"post": "yes", "why": "Test"}),
    ):
        assert answer.status_code == 200
        assert address(Programme, "change", "AC") in answer.content.decode()
        assert "withdraw this one" in answer.content.decode()
    assert Organisation.objects.filter(pk=organisation.pk).exists()


def test_revisions_and_versions_are_read_alone(desk):
    make_region("AFR")
    newest, version = Revision.objects.first(), Version.objects.get(record_key="AFR")
    for model, row in ((Revision, newest), (Version, version)):
        assert desk.get(address(model, "change", row.pk)).status_code == 200
        assert desk.get(address(model, "add")).status_code == 403
        assert desk.post(address(model, "change", row.pk), {"why": "other"}).status_code == 403
        assert desk.post(address(model, "delete", row.pk), {"post": "yes"}).status_code == 403
    assert address(Region, "history", "AFR") in desk.get(address(Revision, "change", newest.pk)).content.decode()
    found = desk.get(address(Revision, "changelist"), {"q": str(newest.number)})
    assert list(found.context["cl"].result_list) == [newest]
    assert desk.get(address(Version, "changelist"), {"q": "region afr"}).context["cl"].result_count == 1


def test_staff_without_rights_read_no_history(client, django_user_model):
    make_region("AFR")
    client.force_login(django_user_model.objects.create(username="guest", is_staff=True))
    assert client.get(address(Region, "history", "AFR")).status_code == 403
    assert client.get(reverse("admin:index")).status_code == 200


def test_those_who_may_only_read_are_not_asked_for_a_reason(client, django_user_model):
    make_region("AFR")
    reader = django_user_model.objects.create(username="reader", is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_region"))
    client.force_login(reader)
    page = client.get(address(Region, "change", "AFR"))
    assert page.status_code == 200
    assert b'name="why"' not in page.content
    assert client.post(address(Region, "change", "AFR"), read_form(page)).status_code == 403
