"""The forms of the admin: shown, sent back, saved in one revision with a reason."""

import pytest
from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.contrib.messages import get_messages

from centres.models import Centre, Milestone, Office
from initiatives.models import Country, Organisation, Programme, Region, Revision, Version
from initiatives.record_documents import document_fields
from initiatives.revisions import record_models

from .admin_pages import add_rows, address, errors_of, make_records, read_form
from .factories import make_centre, make_country, make_office, make_organisation, make_programme, make_region

pytestmark = pytest.mark.django_db
EVERY = pytest.mark.parametrize("model", record_models(), ids=lambda model: model._meta.model_name)


@EVERY
def test_the_page_to_add_a_record_answers(desk, model):
    assert desk.get(address(model, "add")).status_code == 200


@EVERY
def test_a_form_sent_back_as_it_was_makes_no_revision(desk, model):
    record = make_records(model)[0]
    add_rows(record)
    url = address(model, "change", record.pk)
    before = Revision.objects.count()
    response = desk.post(url, {**read_form(desk.get(url)), "why": "Looked at it"})
    assert response.status_code == 302, errors_of(response)
    assert Revision.objects.count() == before


@EVERY
def test_a_form_holds_every_column_of_its_record_once(rf, editor, model):
    request = rf.get("/")
    request.user = editor
    model_admin = admin.site.get_model_admin(model)
    shown = flatten_fieldsets(model_admin.get_fieldsets(request, model()))
    wanted = {field.name for field in document_fields(model)} | {field.name for field in model._meta.many_to_many}
    assert len(shown) == len(set(shown))
    assert wanted <= set(shown)
    assert not set(getattr(model, "translated", ())) & set(shown)


def test_a_change_is_one_revision_with_who_and_why(desk, editor):
    country = make_country("KEN")
    url = address(Country, "change", "KEN")
    form = {**read_form(desk.get(url)), "capital": "Nairobi", "name_fr": "Kénya", "why": "Found in the list"}
    assert desk.post(url, form).status_code == 302
    country.refresh_from_db()
    newest = Revision.objects.order_by("-number").first()
    assert (country.capital, country.name_fr) == ("Nairobi", "Kénya")
    assert (newest.who, newest.why) == (editor, "Found in the list")
    assert list(newest.versions.values_list("record_model", "record_key")) == [("initiatives.country", "KEN")]


def test_a_change_without_a_reason_is_refused(desk):
    make_country("KEN")
    url = address(Country, "change", "KEN")
    before = Revision.objects.count()
    response = desk.post(url, {**read_form(desk.get(url)), "capital": "Nairobi", "why": " "})
    assert response.status_code == 200
    assert "Say why" in response.content.decode()
    assert Revision.objects.count() == before


def test_a_new_record_has_its_reason_filled_in(desk):
    url = address(Region, "add")
    form = read_form(desk.get(url))
    assert form["why"] == ["New record"]
    assert desk.post(url, {**form, "code": "AFR", "name_en": "Africa"}).status_code == 302
    assert Version.objects.get(record_key="AFR").revision.why == "New record"


def test_the_key_is_given_once_and_shown_ever_after(desk):
    make_region("AFR")
    office = make_office()
    assert b'name="code"' in desk.get(address(Region, "add")).content
    assert b'name="code"' not in desk.get(address(Region, "change", "AFR")).content
    assert office.pk in desk.get(address(Office, "change", office.pk)).content.decode()


def test_a_rule_of_the_model_is_told_in_the_form(desk):
    make_country("KEN")
    url = address(Country, "change", "KEN")
    for wrong, told in (
        ({"state": "withdrawn"}, "A withdrawn record needs a reason"),
        ({"groups_date": "2026-02-31"}, "is not a date of stated precision"),
        ({"latitude": "95", "longitude": "1"}, "A point needs both"),
        ({"name_en": ""}, "This field is required"),
    ):
        response = desk.post(url, {**read_form(desk.get(url)), "why": "Test", **wrong})
        assert response.status_code == 200, wrong
        assert told in response.content.decode()


def test_a_record_with_rows_and_citations_can_be_added_at_once(desk):
    make_programme("AC")
    organisation, country = make_organisation(), make_country("KEN")
    form = read_form(desk.get(address(Programme, "add")))
    form |= {"code": "NEW", "name_en": "New programme", "participations-TOTAL_FORMS": "2"}
    form |= {"participations-0-role": "host", "participations-0-organisation": organisation.pk}
    form |= {"participations-1-role": "host country", "participations-1-country": country.pk}
    form |= {f"participations-{row}-{name}": value for row in "01" for name, value in (("ref", ""), ("position", "0"))}
    response = desk.post(address(Programme, "add"), form)
    assert response.status_code == 302, errors_of(response)
    document = Version.objects.get(record_key="NEW").document
    assert {row["role"] for row in document["participations"].values()} == {"host", "host country"}


def test_a_milestone_is_added_in_the_form_of_its_programme(desk):
    make_programme("AC")
    url = address(Programme, "change", "AC")
    form = {**read_form(desk.get(url)), "why": "The calendar", "milestones-TOTAL_FORMS": "1"}
    form |= {"milestones-0-what_en": "Evaluation", "milestones-0-date": "2026-06"}
    form |= {"milestones-0-certainty": "expected", "milestones-0-state": "published"}
    response = desk.post(url, form)
    assert response.status_code == 302, errors_of(response)
    milestone = Milestone.objects.get()
    assert (milestone.programme_id, str(milestone.date_latest)) == ("AC", "2026-06-30")
    assert address(Milestone, "change", milestone.pk) in desk.get(url).content.decode()


def test_only_what_has_a_public_page_links_to_it(desk):
    draft, public = make_organisation(state="draft"), make_organisation()
    assert b"viewsitelink" not in desk.get(address(Organisation, "change", draft.pk)).content
    assert public.get_absolute_url() in desk.get(address(Organisation, "change", public.pk)).content.decode()


def test_a_form_asks_no_question_for_each_of_its_rows(desk, django_assert_max_num_queries):
    centre = make_centre()
    add_rows(centre)
    desk.get(address(Centre, "change", centre.pk))
    with django_assert_max_num_queries(30):
        desk.get(address(Centre, "change", centre.pk))


def test_a_message_names_the_revision(desk):
    make_region("AFR")
    url = address(Region, "change", "AFR")
    response = desk.post(url, {**read_form(desk.get(url)), "name_en": "Africa!", "why": "Test"})
    number = Revision.objects.order_by("-number").first().number
    assert f"Recorded as revision {number}." in [str(message) for message in get_messages(response.wsgi_request)]
