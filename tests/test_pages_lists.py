"""Every list filters, sorts, pages and counts, in as many queries for a dozen rows as for one."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from initiatives.revisions import revision

from . import factories as make

pytestmark = pytest.mark.django_db

# address → what makes one more row of it, with what the row shows
LISTS = {
    "/organisations/": lambda: make.make_organisation(country=make.make_country()),
    "/programmes/": make.make_programme,
    "/projects/": make.make_project,
    "/documents/": make.make_document,
    "/countries/": make.make_country,
    "/centres/": lambda: make.make_centre(country=make.make_country()),
    "/centre-kinds/": make.make_kind,
    "/offices/": lambda: make.make_office(country=make.make_country()),
    "/milestones/": lambda: make.make_milestone(centre=make.make_centre()),
}
OTHERS = ["/regions/", "/initiatives/", "/resolutions/", "/conferences/"]


def queries_of(client: Any, address: str) -> list[str]:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return [query["sql"] for query in queries]


@pytest.mark.parametrize("address", LISTS)
def test_lists_ask_the_same_few_queries_for_one_row_and_for_twelve(client: Any, address: str) -> None:
    LISTS[address]()
    one = queries_of(client, address)
    with revision(None, "test"):
        for _row in range(11):
            LISTS[address]()
    # The choices of all filters in one, the count, the rows; numbers of centres on countries, places and their
    # countries on offices.
    assert len(queries_of(client, address)) == len(one) <= 5


@pytest.mark.parametrize("address", [*LISTS, *OTHERS])
def test_lists_of_nothing_say_so_in_every_language(client: Any, address: str) -> None:
    for prefix in ("", "/ar", "/zh-hans"):
        response = client.get(prefix + address)
        assert response.status_code == 200
        assert 'class="empty"' in response.content.decode()


def test_the_directory_narrows_by_the_words_of_the_api(client: Any) -> None:
    make.make_centre(kind=make.make_kind("AC"), organisation=make.make_organisation(name="Office of the Future"))
    make.make_centre(kind=make.make_kind("DTC"), organisation=make.make_organisation(name="School of Skills"))
    page = client.get("/centres/?kind=AC&sort=-name").content.decode()
    assert "Office of the Future" in page
    assert "School of Skills" not in page
    assert "One result" in page
    assert '<input type="checkbox" name="kind" value="AC" checked>' in page
    assert "/api/v1/centres/?kind=AC&amp;sort=-name&amp;format=csv" in page


def test_a_bad_value_is_told_beside_its_field_with_what_is_allowed(client: Any) -> None:
    make.make_centre(kind=make.make_kind("AC"))
    page = client.get("/centres/?kind=NONE&as_of=yesterday").content.decode()
    assert '<p class="error" id="id_kind_error">“NONE” is not allowed. Allowed: AC.</p>' in page
    assert "“yesterday” is not allowed" in page
    assert '<details class="more" open>' in page  # where the date is
    assert "This question cannot be answered" in page


def test_pages_keep_the_question(client: Any) -> None:
    for number in range(51):
        make.make_organisation(name=f"Body {number}")
    first = client.get("/organisations/?q=body&sort=name").content.decode()
    assert 'rel="next" href="?q=body&amp;sort=name&amp;page=2"' in first
    second = client.get("/organisations/?q=body&sort=name&page=2").content.decode()
    assert second.count('<th scope="row">') == 1
    assert "51 results" in second


@pytest.mark.parametrize("page", ["0", "-1", "2", "last", "1.5", "９", "9" * 5000, "%00", "' or 1=1"])
def test_a_page_that_is_not_there_is_not_found(client: Any, page: str) -> None:
    make.make_centre()
    response = client.get(f"/centres/?page={page}")
    assert response.status_code == 404
    assert "There is no page" in response.content.decode()


def test_names_nearly_right_are_offered(client: Any) -> None:
    make.make_centre(organisation=make.make_organisation(name="Digital Bridge Institute"))
    for address in ("/centres/?q=Digitale+Brigde+Institut", "/search/?q=Digitale+Brigde+Institut"):
        page = client.get(address).content.decode()
        assert "Did you mean" in page
        assert "?q=Digital%20Bridge%20Institute" in page


def test_the_search_groups_what_it_finds_in_few_queries(client: Any) -> None:
    make.make_centre(country=make.make_country("KEN", name_en="Kenya"), name_en="Centre of Kenya")
    make.make_office(name_en="Office for Kenya")
    with CaptureQueriesContext(connection) as queries:
        page = client.get("/search/?q=kenya").content.decode()
    assert len(queries) <= 13  # one a sort of record, two for the places of offices
    for found in ("Centre of Kenya", "Office for Kenya", '<a href="/countries/KEN/">Kenya</a>'):
        assert found in page
