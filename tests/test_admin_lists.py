"""The lists of the admin: searched, filtered, and no query a row."""

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext

from centres.models import Centre, CentreKind
from initiatives.dates import in_words
from initiatives.models import Country, Organisation, Revision, Version
from initiatives.revisions import record_models, revision

from .admin_pages import address, make_records
from .factories import make_centre, make_country, make_kind, make_organisation, make_region

pytestmark = pytest.mark.django_db
MODELS = record_models()
EVERY = pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.model_name)


def queries_of(client, url):
    with CaptureQueriesContext(connection) as caught:
        response = client.get(url)
        response.content  # noqa: B018 (rendered inside)
    assert response.status_code == 200, response
    return [query["sql"] for query in caught.captured_queries]


@EVERY
def test_a_list_asks_as_many_questions_for_twelve_records_as_for_one(desk, model):
    url = address(model, "changelist")
    desk.get(url)  # content types and the like, read once a process
    make_records(model, 1)
    one = queries_of(desk, url)
    make_records(model, 11, first=1)
    twelve = queries_of(desk, url)
    # session, user, count, rows; where a list has them: up to three filters, places of offices and their countries
    assert len(twelve) == len(one) <= 8, "\n".join(twelve)


def test_the_history_is_listed_without_a_query_a_row(desk):
    urls = [address(model, "changelist") for model in (Revision, Version)]
    make_organisation()
    few = [len(queries_of(desk, url)) for url in urls]
    for _each in range(11):
        make_organisation()
    assert [len(queries_of(desk, url)) for url in urls] == few
    assert max(few) <= 8


@EVERY
def test_every_record_is_registered_with_search_and_choices_by_typing(model, rf, editor):
    model_admin = admin.site._registry[model]
    request = rf.get("/")
    request.user = editor
    related = {field.name for field in [*model._meta.fields, *model._meta.many_to_many] if field.is_relation}
    inlines = [inline.model.__name__ for inline in model_admin.get_inlines(request, None)]
    assert model_admin.search_fields
    assert related == set(model_admin.get_autocomplete_fields(request))
    assert "Citation" in inlines
    assert "Feature" in inlines


def test_search_finds_any_word_in_any_language_accents_aside(desk):
    make_organisation(name="Université de Yaoundé", country=make_country(name_en="Cameroon"))
    make_organisation(name="Another body")
    page = desk.get(address(Organisation, "changelist"), {"q": "UNIVERSITE yaounde"})
    assert [str(row) for row in page.context["cl"].result_list] == ["Université de Yaoundé"]


def test_filters_bear_the_names_they_have_on_pages_and_in_the_api(desk):
    kept = make_centre(kind=make_kind("AC"), country=make_country("UGA"), region=make_region("ARB"))
    make_centre(kind=make_kind("DTC"))
    for question in ({"kind": "AC"}, {"region": "ARB"}, {"country": "UGA"}, {"kind": "AC,XX", "status": "active"}):
        page = desk.get(address(Centre, "changelist"), question)
        assert list(page.context["cl"].result_list) == [kept], question


def test_staff_filter_by_state_owner_and_review(desk, editor):
    with revision(None, "test"):
        draft = make_country(state="draft", owner=editor)
    make_country()
    for question in ({"state": "draft"}, {"owner": "me"}):
        assert list(desk.get(address(Country, "changelist"), question).context["cl"].result_list) == [draft]
    assert desk.get(address(Country, "changelist"), {"review": "never"}).context["cl"].result_count == 2


def test_a_kind_that_is_a_draft_can_be_chosen_by_staff(desk):
    make_kind("NEW", state="draft")
    assert b"?kind=NEW" in desk.get(address(Centre, "changelist")).content
    assert desk.get(address(CentreKind, "changelist")).context["cl"].result_count == 1


def test_dates_are_listed_in_words_and_both_regions_where_they_differ(desk):
    make_centre(
        since="[2026-03,2026-04]", country=make_country("SOM", region=make_region("ARB", name_en="Arab States"))
    )
    text = desk.get(address(Centre, "changelist")).content.decode()
    assert in_words("[2026-03,2026-04]") in text
    assert "Arab States" in text
