"""What every page has: language, direction, links between languages, safety; and what machines ask for."""

from typing import Any
from xml.etree import ElementTree

import pytest

from initiatives.revisions import record_models

from . import factories as make

pytestmark = pytest.mark.django_db

PAGES = [
    "/",
    "/about/",
    "/search/?q=x",
    "/centres/?page=7",
    "/countries/KEN/",
    "/nowhere/",
    "/ar/",
    "/zh-hans/centres/",
]
LANGUAGES = {"en": "", "fr": "/fr", "es": "/es", "ar": "/ar", "ru": "/ru", "zh-hans": "/zh-hans"}


@pytest.mark.parametrize("address", [*PAGES, "/healthz", "/robots.txt", "/sitemap.xml", "/sitemap-country.xml"])
def test_the_public_gets_no_cookie_and_one_constant_policy(client: Any, address: str) -> None:
    make.make_country("KEN")
    response = client.get(address)
    assert "Set-Cookie" not in response.headers
    assert "Cookie" not in response.headers.get("Vary", "")
    policy = response["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "nonce" not in policy
    assert b"style=" not in response.content
    assert b"<script" not in response.content


@pytest.mark.parametrize(("code", "prefix"), LANGUAGES.items())
def test_each_language_has_its_address_lang_and_direction(client: Any, code: str, prefix: str) -> None:
    make.make_country("KEN", name_ar="كينيا")
    page = client.get(f"{prefix}/countries/KEN/").content.decode()
    assert f'<html lang="{code}" dir="{"rtl" if code == "ar" else "ltr"}">' in page
    assert f'<link rel="canonical" href="http://testserver{prefix}/countries/KEN/">' in page
    for other, start in LANGUAGES.items():
        assert f'hreflang="{other}" href="http://testserver{start}/countries/KEN/"' in page
        assert f'<a href="{start}/countries/KEN/" lang="{other}"' in page


def test_switching_the_language_keeps_the_question(client: Any) -> None:
    page = client.get("/ar/centres/?q=kenya&sort=name").content.decode()
    assert '<a href="/fr/centres/?q=kenya&amp;sort=name" lang="fr"' in page


def test_accept_language_does_not_change_a_page(client: Any) -> None:
    assert b'<html lang="en"' in client.get("/", headers={"accept-language": "ar"}).content


def test_home_counts_what_the_directory_lists(client: Any) -> None:
    kind, region = make.make_kind("AC"), make.make_region("AFR")
    for _row in range(3):
        make.make_centre(kind=kind, region=region)
    home = client.get("/").content.decode()
    assert '<a href="/centres/?kind=AC&amp;region=AFR">3</a>' in home
    assert "3 results" in client.get("/centres/?kind=AC&region=AFR").content.decode()


def test_home_tells_what_comes_and_what_nobody_confirmed(client: Any) -> None:
    make.make_milestone(what_en="Opening", date="2990-05", certainty="expected")
    make.make_milestone(what_en="Closing", date="2020-05", certainty="expected")
    home = client.get("/").content.decode()
    assert home.index("expected in May 2990") < home.index("Expected by now") < home.index("expected in May 2020")


def test_a_kind_nobody_has_heard_of_is_on_every_page_that_shows_kinds(client: Any) -> None:
    kind = make.make_kind("QUANTUM-LAB", name_en="Quantum Lab", plural_en="Quantum Labs")
    centre = make.make_centre(kind=kind, organisation=make.make_organisation(name="Lab of Labs"))
    programme = kind.programme.get_absolute_url()
    for address in ("/", "/centres/", "/centre-kinds/", "/centre-kinds/QUANTUM-LAB/", "/regions/AFR/", programme):
        assert "Quantum Lab" in client.get(address).content.decode(), address
    for address in ("/centres/?kind=QUANTUM-LAB", "/centre-kinds/QUANTUM-LAB/", "/regions/AFR/", programme):
        assert centre.get_absolute_url() in client.get(address).content.decode(), address


def test_machines_find_health_robots_and_every_public_record(client: Any) -> None:
    country = make.make_country("KEN")
    assert client.get("/healthz").content == b"ok\n"
    assert "Sitemap: http://testserver/sitemap.xml" in client.get("/robots.txt").content.decode()
    index = ElementTree.fromstring(client.get("/sitemap.xml").content)  # noqa: S314 (our own)
    maps = [element.text for element in index.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    assert len(maps) == len(record_models())  # less stated totals, and with the other pages
    text = client.get("/sitemap-country.xml").content.decode()
    for prefix in LANGUAGES.values():
        assert f"<loc>http://testserver{prefix}{country.get_absolute_url()}</loc>" in text
