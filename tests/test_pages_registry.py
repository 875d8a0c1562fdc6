"""The registry's own data, page by page."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from centres.models import StatedTotal
from initiatives.models import Programme, Record
from initiatives.revisions import record_models

pytestmark = pytest.mark.usefixtures("registry")

MODELS = [model for model in record_models() if model is not StatedTotal]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_public_record_has_its_page(client: Any, model: type[Record]) -> None:
    for record in model._default_manager.public():  # type: ignore[attr-defined]
        with CaptureQueriesContext(connection) as queries:
            response = client.get(record.get_absolute_url())
        assert response.status_code == 200, record.pk
        assert escape(record.display_name) in response.content.decode()
        # The record, its sources, features and roles, one for each sort of thing that the page shows beside it (two more
        # where these are offices, with their places), and one for each sort of row that the sources name.
        assert len(queries) <= (22 if model is Programme else 16), record.pk


def test_no_link_of_the_main_pages_is_dead(client: Any) -> None:
    pages = ["/", "/about/", "/countries/KEN/", "/programmes/OSEE/", "/offices/"]
    found = {
        address
        for page in pages
        for address in re.findall(r'href="(/[^"#]*)"', client.get(page).content.decode())
        if not address.startswith(("/api/", "/static/"))
    }
    for address in found:
        assert client.get(address.replace("&amp;", "&")).status_code == 200, address


def test_the_paper_s_own_words_are_kept(client: Any) -> None:
    atc = client.get("/programmes/ATC/").content.decode()
    assert "nearly" in atc
    assert "all of them" in atc
    panama = client.get("/milestones/").content.decode()
    assert "expected in March or April 2026" in panama
    assert "9 December 2025" in panama
    europe = client.get("/centre-kinds/AFFILIATE/").content.decode()
    assert "None is listed." in europe
    somalia = client.get("/regions/AFR/").content.decode()
    assert "ITU region: Arab States" in somalia
