"""Fixtures come in through the registry's own door: once, whole, or not at all."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from centres.models import Centre
from initiatives.fixture_files import fixture_paths
from initiatives.models import Citation, Country, Feature, Programme, Revision, Version
from initiatives.revisions import record_models, revision


def load(*labels: str, **options: Any) -> str:
    out = StringIO()
    call_command("loaddata", *labels, stdout=out, **options)
    return out.getvalue()


# ---------------------------------------------------------------- the registry's own data


@pytest.mark.usefixtures("registry")
def test_all_fixtures_make_one_revision_that_the_history_explains() -> None:
    first = Revision.objects.get()
    assert (first.number, first.why, first.public) == (1, "Fixtures loaded", True)
    records = sum(model._default_manager.count() for model in record_models())
    assert Version.objects.filter(revision=first).count() == records


@pytest.mark.usefixtures("registry")
def test_loading_twice_adds_no_revision_and_changes_no_version() -> None:
    before = list(Version.objects.order_by("pk").values_list("pk", "document"))
    assert "0 records created" in load("*")
    assert Revision.objects.count() == 1
    assert list(Version.objects.order_by("pk").values_list("pk", "document")) == before


@pytest.mark.usefixtures("registry")
def test_the_fixtures_describe_the_records_as_they_are() -> None:
    assert load("*", update=True, ask=False).strip().endswith("0 updated, 598 left as they were.")
    assert Revision.objects.count() == 1


@pytest.mark.usefixtures("registry")
def test_a_change_by_staff_survives_a_second_load() -> None:
    kenya = Country.objects.get(pk="KEN")
    with revision(None, "by hand"):
        kenya.capital = "Mombasa"
        kenya.save()
        Citation.objects.of(kenya).last().delete()
    cited = Citation.objects.of(kenya).count()
    load("*")
    kenya.refresh_from_db()
    assert (kenya.capital, Citation.objects.of(kenya).count()) == ("Mombasa", cited)


@pytest.mark.usefixtures("registry")
def test_update_shows_what_differs_and_applies_it() -> None:
    kenya, programme = Country.objects.get(pk="KEN"), Programme.objects.get(pk="OSPO")
    with revision(None, "by hand"):
        kenya.capital = "Mombasa"
        kenya.save()
        Feature.objects.of(programme).get(ref="placement").delete()
    shown = load("*", update=True, ask=False)
    assert "initiatives.country KEN" in shown
    assert "'Mombasa' → 'Nairobi'" in shown
    assert "2 updated" in shown
    kenya.refresh_from_db()
    assert kenya.capital == "Nairobi"
    assert Feature.objects.of(programme).filter(ref="placement").exists()
    assert Revision.objects.count() == 3


@pytest.mark.usefixtures("registry")
def test_update_asks_and_takes_no_for_an_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    kenya = Country.objects.get(pk="KEN")
    with revision(None, "by hand"):
        kenya.capital = "Mombasa"
        kenya.save()
    monkeypatch.setattr("builtins.input", lambda question: "no")
    with pytest.raises(CommandError, match="Nothing was changed"):
        load("*", update=True)
    kenya.refresh_from_db()
    assert kenya.capital == "Mombasa"


@pytest.mark.usefixtures("registry")
def test_records_made_later_follow_from_the_fixtures_rows() -> None:
    # Search texts that rest on other records are whole although all came in at once.
    assert Centre.objects.matching("kampala uict").get().country_id == "UGA"


def test_every_subject_has_its_file() -> None:
    assert [path.stem for path in fixture_paths()] == [
        "centre_kinds", "centres", "conferences", "countries", "documents", "milestones", "offices", "organisations",
        "programmes", "projects", "regional_initiatives", "regions", "resolutions", "stated_totals",
    ]  # fmt: skip
