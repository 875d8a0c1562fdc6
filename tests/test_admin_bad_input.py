"""Whatever is put into the admin's addresses and forms: an answer, never a fault."""

import pytest
from django.utils.translation import override

from centres.models import Centre
from initiatives.models import Country, Region, Revision, Version

from .admin_pages import address, read_form
from .factories import make_centre, make_country, make_document, make_region

pytestmark = pytest.mark.django_db
NASTY = ("\x00", "%", "_", "'", '"', "\\", "a " * 5000, "x" * 10_000, "\ufffd", "（", "-1", "9" * 40)
# Apostrophes are left out of what is searched; a hyphen and digits may occur in a key.
FOUND = ("'", "-1", "_")


@pytest.mark.parametrize("text", NASTY, ids=range(len(NASTY)))
def test_any_search_is_answered(desk, text):
    make_centre()
    make_document()
    for model in (Centre, Revision, Version):
        response = desk.get(address(model, "changelist"), {"q": text})
        assert response.status_code == 200
        assert model is Revision or response.context["cl"].result_count == 0 or text in FOUND


@pytest.mark.parametrize("name", ["p", "o", "all", "e", "state", "kind", "country", "status", "owner", "review"])
@pytest.mark.parametrize("text", ["\x00", "99999999999999999999", "x" * 3000])
def test_any_parameter_of_a_list_is_answered(desk, name, text):
    response = desk.get(address(Centre, "changelist"), {name: text}, follow=True)
    assert response.status_code == 200


@pytest.mark.parametrize("name", ["nonsense", "latitude__gt", "country__name__regex", "pk__in", "\x00"])
def test_an_unknown_parameter_leads_back_to_the_list(desk, name):
    response = desk.get(address(Centre, "changelist"), {name: "NaN"})
    assert response.status_code == 302
    assert response.url.endswith("?e=1")


@pytest.mark.parametrize("key", ["XXX", "\x00", "rp-0000000p", "%", "x" * 300, "a/b", "..", "_00"])
def test_an_unknown_key_is_said_not_to_exist(desk, key):
    for model in (Country, Centre):
        for page in ("change", "delete", "history"):
            response = desk.get(address(model, page, key))
            assert response.status_code == 302, page
    assert desk.get(address(Revision, "change", key)).status_code == 302


def test_any_choice_by_typing_is_answered(desk):
    country = make_country("KEN")
    ask = {"app_label": "centres", "model_name": "centre", "field_name": "country"}
    found = desk.get("/admin/autocomplete/", {**ask, "term": "ken"}).json()["results"]
    assert [row["id"] for row in found] == [country.pk]
    for text in NASTY:
        assert text in FOUND or desk.get("/admin/autocomplete/", {**ask, "term": text}).json()["results"] == []
        assert desk.get("/admin/autocomplete/", {**ask, "field_name": "owner", "term": text}).status_code == 200


@pytest.mark.parametrize("values", [{"region": "XXX"}, {"name_en": ""}, {"reviewed_on": "soon"}])
def test_a_wrong_value_is_told_in_the_form(desk, values):
    make_country("KEN")
    url = address(Country, "change", "KEN")
    response = desk.post(url, {**read_form(desk.get(url)), "why": "Test", **values})
    assert response.status_code == 200
    assert response.context["adminform"].form.errors.keys() == values.keys()


def test_what_no_database_stores_is_refused(desk):
    make_country("KEN", name_en="Kenya")
    url = address(Country, "change", "KEN")
    for name in ("name_en", "region", "citations-0-id"):
        response = desk.post(url, {**read_form(desk.get(url)), "why": "Test", name: "Ken\x00ya"}, follow=True)
        assert "cannot be stored" in response.content.decode()
    assert Country.objects.get().name_en == "Kenya"


def test_a_key_taken_already_is_told_in_the_form(desk):
    make_region("AFR")
    form = {**read_form(desk.get(address(Region, "add"))), "code": "AFR", "name_en": "Africa"}
    response = desk.post(address(Region, "add"), form)
    assert response.status_code == 200
    assert "already exists" in response.content.decode()


def test_a_form_without_its_rows_is_told_so(desk):
    make_region("AFR")
    assert desk.post(address(Region, "change", "AFR"), {"name_en": "Africa", "why": "Test"}).status_code == 200


@pytest.mark.parametrize("language", ["", "/ar"])
def test_the_admin_speaks_the_language_of_its_address(desk, language):
    with override("en"):  # the language of the last answer must not stay for the next test
        for page in ("", "centres/centre/", "centres/centre/add/"):
            text = desk.get(f"{language}/admin/{page}").content.decode()
            assert ('dir="rtl"' in text.split(">", 3)[1]) is bool(language)
            assert "admin-registry.css" in text


def test_nothing_in_the_admin_needs_a_looser_policy(desk):
    centre = make_centre()
    for url in (
        address(Centre, "changelist"),
        address(Centre, "change", centre.pk),
        address(Centre, "history", centre.pk),
    ):
        page = desk.get(url)
        text = page.content.decode()
        assert "unsafe" not in page.headers["Content-Security-Policy"]
        assert " style=" not in text
        assert "<style" not in text
        assert "https://" not in text.replace("https://example.org/", "")
        scripts = [part.split(">")[0] for part in text.split("<script")[1:]]
        assert all("src=" in part or "application/json" in part for part in scripts)
