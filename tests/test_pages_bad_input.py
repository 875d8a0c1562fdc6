"""Whatever is asked, a page answers: never a 500."""

from typing import Any
from urllib.parse import quote

import pytest

from . import factories as make

pytestmark = pytest.mark.django_db

QUESTIONS = [
    "\0",
    "a\0b",
    "'\"; drop table centres_centre; --",
    "%",
    "_%_",
    "\\",
    " ",
    "x" * 10_000,
    "<script>alert(1)</script>",
    "研究",
    "\u202e",
    "{{ 7 }}{% x %}",
]
RAW = ["%ED%A0%80", "%FF%FE", "%", "%zz", "%E2%80%AE", "+" * 300]
LISTS = [
    "centres", "centre-kinds", "offices", "milestones", "regions", "countries", "organisations", "programmes",
    "projects", "initiatives", "resolutions", "conferences", "documents", "search",
]  # fmt: skip
PARAMETERS = {
    "centres": [
        "kind", "region", "itu_region", "country", "programme", "status", "initiative", "resolution", "ldc", "as_of",
    ],
    "milestones": ["certainty", "overdue", "project", "sort"],
    "offices": ["level", "standing", "country", "as_of"],
    "resolutions": ["conference", "programme"],
    "conferences": ["body"],
}  # fmt: skip
VALUES = [
    *map(quote, ("\0", "'\"; --", "%", "x" * 10_000, "{{ 7 }}")), "%ED%A0%80", "-1", "99999999999999999999", "2026-02-30",
    "0001-01-01",
]  # fmt: skip


@pytest.mark.parametrize("question", [*map(quote, QUESTIONS), *RAW], ids=lambda question: question[:12])
def test_no_question_breaks_a_list(client: Any, question: str) -> None:
    make.make_milestone(centre=make.make_centre())
    for name in ("centres", "search", "milestones", "countries"):
        response = client.get(f"/ar/{name}/?q={question}")
        assert response.status_code == 200
        assert b"<script" not in response.content


@pytest.mark.parametrize("name", LISTS)
def test_every_list_takes_any_bytes(client: Any, name: str) -> None:
    for question in ("%00", "%FF%25_'"):
        assert client.get(f"/{name}/?q={question}").status_code == 200


@pytest.mark.parametrize("name", PARAMETERS)
def test_no_value_breaks_a_list(client: Any, name: str) -> None:
    make.make_milestone(centre=make.make_centre())
    for value in VALUES:
        response = client.get(f"/{name}/?" + "&".join(f"{parameter}={value}" for parameter in PARAMETERS[name]))
        assert response.status_code == 200, value[:30]
        assert b'class="error"' in response.content


@pytest.mark.parametrize("name", [*LISTS, "nothing"])
def test_no_key_breaks_a_record(client: Any, name: str) -> None:
    keys = ["%00", "%ED%A0%80", "%FF", "'%22;--", "x" * 3000, "rp-0000000", "KEN'", "..%2f..", "%E2%80%AE", "{{7}}"]
    for key in keys:
        for address in (f"/{name}/{key}/", f"/ar/{name}/{key}/{key}/"):
            assert client.get(address).status_code == 404, address[:60]


def test_a_question_that_is_too_long_is_told_so(client: Any) -> None:
    for address in ("/centres/", "/search/"):
        page = client.get(address, {"q": "x" * 10_000}).content.decode()
        assert "at most 200 characters" in page
        assert len(page) < 30_000  # it is not carried on to every link


def test_pages_are_read_only(client: Any) -> None:
    make.make_country("KEN")
    for address in ("/", "/search/", "/centres/", "/countries/KEN/", "/healthz"):
        assert client.post(address).status_code == 405
