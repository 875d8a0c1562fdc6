"""Citations and other rows that point to a record by model and key, in the form of that record."""

import pytest

from centres.models import Office
from initiatives.models import Citation, Country, Feature, Programme, Revision, Version

from .admin_pages import address, errors_of, read_form
from .factories import cite, make_country, make_document, make_office, make_programme

pytestmark = pytest.mark.django_db


def new_citation(**values):
    row = {"document": "paper", "section": "§2", "ref": "", "position": "0", "date": "", "remark": "", **values}
    return {"citations-TOTAL_FORMS": "1", **{f"citations-0-{name}": value for name, value in row.items()}}


def post(desk, record, **values):
    url = address(type(record), "change", record.pk)
    return desk.post(url, {**read_form(desk.get(url)), "why": "Test", **values})


def test_an_edited_citation_is_a_version_of_its_record(desk):
    country = make_country("KEN")
    cite(country, "name_en", "region", section="§1")
    response = post(desk, country, **{"citations-0-section": "§9"})
    assert response.status_code == 302, errors_of(response)
    newest = Revision.objects.order_by("-number").first()
    version = Version.objects.get(revision=newest)
    assert (version.record_model, version.record_key) == ("initiatives.country", "KEN")
    assert [row["section"] for row in version.document["citations"].values()] == ["§9"]
    assert [row["fields"] for row in version.document["citations"].values()] == [["name_en", "region"]]


def test_a_citation_is_added_with_a_ref_of_its_own(desk):
    make_document("paper")
    country = make_country("KEN")
    response = post(desk, country, **new_citation(fields=["region", "name_en"]))
    assert response.status_code == 302, errors_of(response)
    citation = Citation.objects.of(country).get()
    assert (citation.ref, citation.fields) == ("paper-2", ["region", "name_en"])


def test_rows_added_together_get_refs_that_differ(desk):
    programme = make_programme("AC")
    rows = {f"features-{row}-{name}": value for row in "01" for name, value in FEATURE.items()}
    response = post(desk, programme, **{"features-TOTAL_FORMS": "2", **rows})
    assert response.status_code == 302, errors_of(response)
    assert sorted(Feature.objects.of(programme).values_list("ref", flat=True)) == [
        "role-trains-people",
        "role-trains-people-2",
    ]


FEATURE = {"aspect": "role", "text_en": "Trains people", "as_published": "", "ref": "", "position": "0"}


def test_two_rows_of_one_ref_are_refused_in_the_form(desk):
    programme = make_programme("AC")
    rows = {f"features-{row}-{name}": value for row in "01" for name, value in {**FEATURE, "ref": "same"}.items()}
    response = post(desk, programme, **{"features-TOTAL_FORMS": "2", **rows})
    assert response.status_code == 200
    assert "the same ref" in errors_of(response)
    assert not Feature.objects.exists()


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        (["nonsense"], "“nonsense” names no fact of this record. Allowed: "),
        (["name_en/x"], "Allowed: name_en"),
        (["locations/nowhere"], "Allowed: locations/ken"),
        (["locations/ken/nothing"], "locations/ken/city"),
        (["locations/ken/city/more"], "Allowed: locations"),
        ([], "Name at least one field or row"),
    ],
)
def test_a_citation_of_no_fact_is_refused_with_what_is_allowed(desk, fields, told):
    make_document("paper")
    response = post(desk, make_office(), **new_citation(fields=fields))
    assert response.status_code == 200
    assert told in response.content.decode()
    assert not Citation.objects.exists()


@pytest.mark.parametrize("path", ["name_en", "locations", "locations/ken", "locations/ken/city", "programmes"])
def test_a_citation_names_a_field_a_link_all_rows_one_row_or_a_column_of_it(desk, path):
    make_document("paper")
    response = post(desk, make_office(), **new_citation(fields=[path]))
    assert response.status_code == 302, errors_of(response)


def test_the_form_offers_the_facts_of_the_record_by_name(desk):
    office = make_office()
    page = desk.get(address(Office, "change", office.pk)).content.decode()
    assert '{"id": "name_fr", "text": "Name (French)"}' in page
    assert '{"id": "locations/ken", "text": "Places: ken"}' in page
    assert '"id": "internal_note"' not in page


def test_the_ref_of_a_row_stays(desk):
    country = make_country("KEN")
    citation = cite(country, "name_en")
    post(desk, country, **{"citations-0-ref": "other", "citations-0-section": "§3"})
    citation.refresh_from_db()
    assert (citation.ref, citation.section) == ("paper-1", "§3")


def test_a_row_is_deleted_with_a_version_of_its_record(desk):
    country = make_country("KEN")
    cite(country, "name_en")
    assert post(desk, country, **{"citations-0-DELETE": "on"}).status_code == 302
    assert Version.objects.filter(record_key="KEN").order_by("-revision_id").first().document["citations"] == {}


def test_a_new_record_is_entered_together_with_its_source(desk):
    make_document("paper")
    region = make_country("KEN").region_id
    form = read_form(desk.get(address(Country, "add")))
    form |= {"iso3": "UGA", "iso2": "UG", "m49": "800", "name_en": "Uganda", "region": region, "region_basis": "listed"}
    response = desk.post(address(Country, "add"), {**form, **new_citation(fields=["name_en"])})
    assert response.status_code == 302, errors_of(response)
    assert Citation.objects.of(Country.objects.get(pk="UGA")).count() == 1
    assert Version.objects.filter(record_key="UGA").count() == 1


def test_a_programme_of_another_key_keeps_its_rows(desk):
    cite(make_programme("AC"), "name_en")
    other = make_programme("DTC")
    assert 'name="citations-0-id"' not in desk.get(address(Programme, "change", other.pk)).content.decode()
