"""Who sees what: drafts nowhere, withdrawn records at their own address alone."""

from typing import Any

import pytest

from initiatives.permanent_ids import mint
from initiatives.revisions import revision

from . import factories as make

pytestmark = pytest.mark.django_db

SECRET = "Hidden Body"
LISTS = [
    "centres", "organisations", "offices", "milestones", "programmes", "projects", "documents", "countries",
    "centre-kinds", "regions",
]  # fmt: skip


def change(record: Any, **values: Any) -> Any:
    with revision(None, "test"):
        for name, value in values.items():
            setattr(record, name, value)
        record.full_clean()
        record.save()
    return record


def drafts() -> list[Any]:
    country = make.make_country("KEN")
    programme = make.make_programme("HOST")
    organisation = make.make_organisation(name=SECRET, state="draft", country=country)
    return [
        organisation,
        make.make_centre(name_en=f"{SECRET} centre", state="draft", country=country),
        make.make_centre(organisation=organisation, country=country),
        make.make_project(name_en=f"{SECRET} project", state="draft", programme=programme),
        make.make_milestone(what_en=f"{SECRET} milestone", state="draft", programme=programme, date="2020"),
        make.make_office(name_en=f"{SECRET} office", state="draft", country=country),
        make.make_document("hidden", title=f"{SECRET} document", symbol="", state="draft"),
        make.make_programme("HIDDEN", name_en=f"{SECRET} programme", state="draft", parent=programme),
        make.make_kind("HIDDENKIND", name_en=f"{SECRET} kind", plural_en=f"{SECRET} kinds", state="draft"),
    ]


def test_unpublished_records_are_invisible_everywhere(client: Any) -> None:
    made = drafts()
    pages = ["/", "/search/?q=hidden", "/centres/?q=hidden", *(f"/{name}/" for name in LISTS)]
    pages += [
        "/countries/KEN/",
        "/programmes/HOST/",
        "/regions/AFR/",
        "/sitemap-centre.xml",
        "/sitemap-organisation.xml",
    ]
    for address in pages:
        response = client.get(address)
        assert response.status_code == 200, address
        assert SECRET not in response.content.decode().replace("q=hidden", ""), address
    for record in made:
        if record.state == "draft":
            assert client.get(record.get_absolute_url()).status_code == 404, record


def test_a_withdrawn_record_answers_with_reason_and_successor(client: Any) -> None:
    successor = make.make_organisation(name="New Body")
    gone = make.make_organisation(name="Old Body")
    change(gone, state="withdrawn", withdrawn_reason="Merged into another.", successor=successor)
    page = client.get(gone.get_absolute_url())
    text = page.content.decode()
    assert page.status_code == 200
    assert "Merged into another." in text
    assert f'href="{successor.get_absolute_url()}"' in text
    assert '<meta name="robots" content="noindex">' in text
    assert "Old Body" not in client.get("/organisations/").content.decode()


def test_mistyped_unknown_and_foreign_keys_are_told_apart(client: Any) -> None:
    centre = make.make_centre()
    wrong = centre.pk[:-1] + ("0" if centre.pk[-1] != "0" else "1")
    for address, told in (
        (f"/centres/{wrong}/", "is mistyped"),
        (f"/centres/{mint()}/", "No centre is published under the key"),
        ("/centres/anything/", "cannot be the key of a centre"),
        ("/countries/XXX/", "No country is published under the key “XXX”"),
        ("/countries/Kenya/", "cannot be the key of a country"),
        ("/countries/%00/", "cannot be the key of a country"),
        (f"/organisations/{centre.pk}/", "No organisation is published"),
    ):
        response = client.get(address)
        assert response.status_code == 404, address
        assert told in response.content.decode(), address


def test_the_id_decides_and_the_slug_is_decoration(client: Any) -> None:
    centre = make.make_centre(organisation=make.make_organisation(name="Digital Bridge"))
    right = f"/centres/{centre.pk}/digital-bridge/"
    for wrong in (f"/centres/{centre.pk}/", f"/centres/{centre.pk}/old-name/", f"/centres/{centre.pk.upper()}/x/"):
        response = client.get(wrong)
        assert (response.status_code, response["Location"]) == (302, right)
        assert client.get(f"/ar{wrong}")["Location"] == f"/ar{right}"
    make.make_country("KEN")
    assert client.get("/countries/ken/")["Location"] == "/countries/KEN/"
