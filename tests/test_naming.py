"""What one record names of others: every door shows the published and the withdrawn, and no draft."""

from typing import Any

import pytest

from initiatives.models import Funding, Participation, ProgrammeResolution
from initiatives.revisions import revision

from . import factories as make

pytestmark = pytest.mark.django_db


def set_state(record: Any, state: str) -> None:
    with revision(None, "test"):
        record.state, record.withdrawn_reason = state, "Closed" if state == "withdrawn" else ""
        record.save()


@pytest.fixture
def programme() -> Any:
    """Give a programme that names a partner, a funder, a resolution and a document."""
    programme = make.make_programme("AC")
    partner, funder = make.make_organisation(name="Partner Institute"), make.make_organisation(name="Funder Bank")
    resolution = make.make_resolution("90", title_en="Innovation resolved")
    with revision(None, "test"):
        Participation(
            record_model="initiatives.programme", record_key="AC", organisation=partner, role="founder"
        ).save()
        Funding(programme=programme, funder=funder).save()
        ProgrammeResolution(programme=programme, resolution=resolution, role="implements").save()
    citation = make.cite(programme, "name_en", document=make.make_document("memo", symbol="MEMO-7"))
    programme.named = (partner, funder, resolution, citation.document)
    return programme


WORDS = ("Partner Institute", "Funder Bank", "Resolution 90", "MEMO-7")


@pytest.mark.parametrize(("state", "named"), [("published", True), ("withdrawn", True), ("draft", False)])
def test_page_and_api_name_the_same_records(client: Any, programme: Any, state: str, named: bool) -> None:
    partner, funder, resolution, document = programme.named
    for record in programme.named:
        set_state(record, state)
    page = client.get("/programmes/AC/").content.decode()
    answer = client.get("/api/v1/programmes/AC/?include=sources").json()
    for word in WORDS:
        assert (word in page) is named, word
    assert [row["organisation"]["id"] for row in answer["participations"]] == [partner.pk] * named
    assert [row["funder"]["id"] for row in answer["fundings"]] == [funder.pk] * named
    assert [row["resolution"] for row in answer["resolutions"]] == [resolution.pk] * named
    assert [row["document"] for row in answer["sources"]] == [document.pk] * named


def test_no_near_name_and_no_search_is_made_of_drafts(client: Any) -> None:
    land = make.make_country("QZZ", name_en="Zyxland")
    make.make_centre(country=land, organisation=make.make_organisation(name="Zyxwvut Secret Hub"))
    make.make_office(country=land)
    assert "Zyxwvut Secret Hub" in client.get("/centres/?q=zyxwvutt+secret+hub").content.decode()
    centre = make.Centre.objects.get()
    set_state(centre.organisation, "draft")
    set_state(land, "draft")
    for address in ("/centres/?q=zyxwvutt+secret+hub", "/search/?q=zyxwvutt+secret+hub", "/centres/?q=zyxlandd"):
        page = client.get(address).content.decode()
        assert "Zyxwvut Secret Hub" not in page
        assert "Zyxland" not in page.replace("zyxlandd", "")
    assert client.get("/api/v1/offices/?q=zyxland").json()["count"] == 0
