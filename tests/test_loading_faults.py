"""A bad row names file, record, field and value, and leaves nothing behind."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from initiatives.models import Citation, Document, Region, Revision, Version

pytestmark = pytest.mark.django_db

GOOD = {"model": "initiatives.region", "pk": "AFR", "fields": {"state": "published", "name_en": "Africa"}}
PAPER = {"model": "initiatives.document", "pk": "paper", "fields": {"kind": "paper", "title": "Paper"}}


def country(**fields: Any) -> dict[str, Any]:
    known = {"iso2": "KE", "m49": "404", "name_en": "Kenya", "region": "AFR", "region_basis": "listed"}
    return {"model": "initiatives.country", "pk": "KEN", "fields": {**known, **fields}}


def citation(**fields: Any) -> dict[str, Any]:
    known = {
        "record_model": "initiatives.region",
        "record_key": "AFR",
        "ref": "paper",
        "document": "paper",
        "fields": ["name_en"],
    }
    return {"model": "initiatives.citation", "fields": {**known, **fields}}


def organisation(pk: str) -> dict[str, Any]:
    return {"model": "initiatives.organisation", "pk": pk, "fields": {"name": "Somebody"}}


CASES = {
    "unknown field": ([country(colour="red")], ["country KEN", "colour", '"red"']),
    "field of another": ([country(centres=["x"])], ["country KEN", "centres", "no such field"]),
    "computed field": ([country(search="kenya")], ["country KEN", "search", "no such field"]),
    "key among the fields": ([country(iso3="UGA")], ["country KEN", "iso3", "no such field"]),
    "bad date": ([country(groups_date="10.2.2026")], ["country KEN", "groups_date", '"10.2.2026"', "2025-12-09"]),
    "bad choice": ([country(region_basis="guessed")], ["country KEN", "region_basis", '"guessed"']),
    "bad number": ([country(latitude="north", longitude="0")], ["country KEN", "latitude", '"north"']),
    "half a point": ([country(latitude="1")], ["country KEN", "longitude"]),
    "bad code": ([{**country(), "pk": "kenya"}], ["country kenya", "pk"]),
    "wrong check character": ([organisation("rp-0000000a")], ["organisation rp-0000000a", "pk", "permanent id"]),
    "no permanent id": ([organisation("somebody")], ["organisation somebody", "pk", "permanent id"]),
    "dangling reference": ([country(region="XXX")], ["country KEN", "region", '"XXX"', "no region"]),
    "dangling link": (
        [{"model": "initiatives.document", "pk": "list", "fields": {"kind": "paper", "resolutions": ["pp-22-25"]}}],
        ["document list", "resolutions", '"pp-22-25"', "no resolution"],
    ),
    "links that are no list": ([{**PAPER, "pk": "list", "fields": {"kind": "paper", "resolutions": "pp-22-25"}}], ["resolutions", "list of keys"]),
    "same record twice": ([country(), country()], ["country KEN", "twice"]),
    "unique value twice": ([country(), {**country(), "pk": "KEX"}], ["country KEX", "iso2", '"KE"']),
    "same ref twice": ([PAPER, citation(), citation(section="§2")], ["citation paper", "ref"]),
    "missing English name": ([country(name_en="")], ["country KEN", "name_en", '""']),
    "no English name": ([{**GOOD, "pk": "AMS", "fields": {"name_fr": "Amériques"}}], ["region AMS", "name_en"]),
    "NUL": ([country(capital="Nai\x00robi")], ["country KEN", "capital", "NUL"]),
    "half a surrogate pair": ([country(capital="\ud800")], ["country KEN", "capital", "surrogates"]),
    "citation of no field": ([PAPER, citation(fields=["colour"])], ["citation paper", "fields", "colour"]),
    "citation of nothing": ([PAPER, citation(fields=[])], ["citation paper", "fields"]),
    "part of nobody": ([PAPER, citation(record_key="XXX")], ["citation paper", "not among what is loaded", '"XXX"']),
    "part with a key": ([PAPER, {**citation(), "pk": 7}], ["citation", "pk", "none"]),
    "withdrawn without a reason": ([country(state="withdrawn")], ["country KEN", "reason"]),
    "key that is no text": ([{**country(), "pk": 404}], ["pk", "text", "404"]),
    "reference that is no text": ([country(region=["AFR"])], ["country KEN", "region", "AFR"]),
    "not a record": ([{"model": "auth.user", "pk": "1", "fields": {}}], ["auth.user", "only records"]),
    "no such model": ([{"model": "initiatives.planet", "pk": "1", "fields": {}}], ["object 2", "initiatives.planet"]),
    "no fields": ([{"model": "initiatives.region", "pk": "AMS"}], ["object 2", "fields are needed"]),
    "not an object": (["AMS"], ["object 2", '"AMS"']),
}  # fmt: skip


@pytest.mark.parametrize(("entries", "told"), CASES.values(), ids=CASES)
def test_a_bad_row_is_named_and_nothing_is_loaded(tmp_path: Path, entries: list[Any], told: list[str]) -> None:
    file = tmp_path / "rows.json"
    file.write_text(json.dumps([GOOD, *entries]), encoding="utf-8")
    with pytest.raises(CommandError, match=r"Nothing was loaded.\nrows\.json: ") as caught:
        call_command("loaddata", str(file), verbosity=0)
    for words in told:
        assert words in str(caught.value)
    for model in (Region, Document, Citation, Revision, Version):
        assert not model.objects.exists()


@pytest.mark.parametrize("text", ["", "{", '{"model": "initiatives.region"}', "\udcff"])
def test_a_file_that_is_no_fixture_is_named(tmp_path: Path, text: str) -> None:
    file = tmp_path / "rows.json"
    file.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(CommandError, match=r"Nothing was loaded.\nrows\.json: "):
        call_command("loaddata", str(file), verbosity=0)
    assert not Region.objects.exists()


def test_all_bad_rows_are_told_at_once(tmp_path: Path) -> None:
    file = tmp_path / "rows.json"
    file.write_text(
        json.dumps([GOOD, country(colour="red"), {**country(iso2="uganda"), "pk": "UGA"}]), encoding="utf-8"
    )
    with pytest.raises(CommandError) as caught:
        call_command("loaddata", str(file), verbosity=0)
    assert len(str(caught.value).splitlines()) == 3


def test_a_label_that_names_no_file_is_an_error() -> None:
    with pytest.raises(CommandError, match="No fixture named"):
        call_command("loaddata", "planets", verbosity=0)


def test_a_single_file_can_be_named(tmp_path: Path) -> None:
    file = tmp_path / "one.json"
    file.write_text('[{"model": "initiatives.region", "pk": "AFR", "fields": {"name_en": "Africa"}}]', encoding="utf-8")
    call_command("loaddata", str(file), verbosity=0)
    assert Region.objects.get().search == "afr africa"
