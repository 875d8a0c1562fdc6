"""New records with rows of several sorts, and forms whose key or owner is amiss."""

import pytest

from centres.models import CentreKind
from initiatives.models import Citation, Participation, Project, ProjectCode

from .admin_pages import address, errors_of, read_form
from .factories import make_document, make_organisation, make_programme

pytestmark = pytest.mark.django_db


def a_row(prefix: str, **values: str) -> dict[str, str]:
    return {f"{prefix}-TOTAL_FORMS": "1", **{f"{prefix}-0-{name}": value for name, value in values.items()}}


def test_a_new_project_is_saved_with_a_code_a_partner_and_a_citation(desk):
    programme, partner, paper = make_programme("AC"), make_organisation(), make_document("paper")
    url = address(Project, "add")
    form = {
        **read_form(desk.get(url)),
        "programme": programme.pk,
        "name_en": "New project",
        "why": "Signed today",
        **a_row("codes", scheme="ITU", code="9GLO99999", position="0", ref="9glo99999"),
        **a_row("participations", organisation=partner.pk, role="founder", position="0"),
        **a_row("citations", document=paper.pk, section="§1", fields="name_en", position="0"),
    }
    response = desk.post(url, form)
    assert response.status_code == 302, errors_of(response)
    project = Project.objects.get()
    assert ProjectCode.objects.get().project == project
    assert Participation.objects.of(project).get().organisation == partner
    assert Citation.objects.of(project).get().fields == ["name_en"]


def test_a_forgotten_key_is_told_though_rows_were_filled_in(desk):
    url = address(CentreKind, "add")
    form = {**read_form(desk.get(url)), **a_row("features", aspect="focus", text_en="Skills", position="0")}
    response = desk.post(url, {**form, "code": "", "why": "New kind"})
    assert response.status_code == 200
    assert "code" in response.context["adminform"].form.errors
    assert b"Skills" in response.content


@pytest.mark.parametrize("owner", ["zz", "9" * 30, "-1", "\x00"])
def test_an_owner_who_cannot_be_is_no_choice(desk, owner):
    assert desk.get(address(Project, "add"), {"owner": owner}).status_code == 200
