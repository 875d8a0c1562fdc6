"""Addresses made to break or to mislead."""

import base64
import json

import pytest

from . import factories as make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("moment", ["9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+14:00"])
def test_a_moment_that_cannot_be_is_no_cursor(client, moment):
    make.make_region("AFR")
    cursor = base64.urlsafe_b64encode(json.dumps(["updated_at,pk", moment, "AFR"], separators=(",", ":")).encode())
    answer = client.get("/api/v1/regions/", {"sort": "updated", "after": cursor.decode().rstrip("=")})
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == "after"


@pytest.mark.parametrize("address", ["/fr//evil.com/", "/fr/%2Fevil.com/"])
def test_no_language_link_leaves_the_site(client, address):
    assert 'href="//' not in client.get(address).content.decode()
