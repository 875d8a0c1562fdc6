"""The table of programmes and projects."""

import re
from decimal import Decimal

import pytest

from centres.models import Centre, StatedTotal
from initiatives.models import Feature, Indicator, Participation, Programme, Project, Record
from tests.checklist import PAPER, Row, checked, cited, features, same, told

pytestmark = pytest.mark.usefixtures("registry")


def test_every_programme_and_project() -> None:
    assert checked("programmes_projects", programme_or_project) == 9
    assert set(Programme.objects.public().values_list("number", flat=True)) == {1, 2, 3, 4}
    assert Project.objects.public().count() == 3


KEYS = {"AO-PANAMA": "OFFICE-MOVE"}  # the table names it by the office


def programme_or_project(row: Row) -> None:
    project = Project.objects.filter(codes__code=row["code_itu"]).first() if row["code_itu"] else None
    record: Programme | Project = (
        project if row["kind"] == "project" and project else Programme.objects.get(pk=KEYS.get(row["key"], row["key"]))
    )
    assert row["source"] == f"CWG-FHR {row['section']}"
    alliance = " (Innovation and Entrepreneurship Alliance)" if row["key"] == "AC" else ""
    assert f"{record.name_en}{alliance}" == row["name"]
    same(record, short_name=row["short_name"], since=row["start"], until=row["end"])
    shapes = {"": "", "day": r"\d{4}-\d\d-\d\d", "month": r"\d{4}-\d\d", "year": r"\d{4}"}
    assert re.fullmatch(shapes[row["start_precision"]], record.since)
    assert re.fullmatch(shapes[row["end_precision"]], record.until)
    for path in ("name_en", *(["since"] if row["start"] else []), *(["until"] if row["end"] else [])):
        cited(record, path, row["source"])
    parent(record, row)
    if project:
        codes(project, row)
        assert project.programme_id == (row["key"] if row["kind"] == "programme" else row["parent"])
    money(project or record, row)
    for target in filter(None, row["targets"].split("; ")):
        aims(record, target)
    for partner in filter(None, row["partners"].split("; ")):
        takes_part(record, *partner.split(":"))
    assert row["note"] in told(record)


def parent(record: Programme | Project, row: Row) -> None:
    if row["kind"] == "component":
        assert record.parent_id == row["parent"]  # type: ignore[union-attr]
    elif row["key"] == "AC":
        alliance = Participation.objects.of(record).get(role="alliance").organisation
        assert alliance.name == row["parent"]


def codes(project: Project, row: Row) -> None:
    expected = {("ITU", row["code_itu"]), *({("CRIS", row["code_cris"])} if row["code_cris"] else ())}
    assert set(project.codes.values_list("scheme", "code")) == expected
    for code in project.codes.all():
        assert code.code in row["codes"]
        cited(project, f"codes/{code.ref}", row["source"])


def money(record: Programme | Project, row: Row) -> None:
    fundings = list(record.fundings.select_related("funder"))
    names = {f"{each.funder.name} ({each.funder.acronym})" for each in fundings}
    names |= {each.funder.name for each in fundings} | {each.funder.acronym for each in fundings}
    assert set(filter(None, row["funders"].split("; "))) <= names
    assert len(fundings) == len(list(filter(None, row["funders"].split("; "))))
    for each in fundings:
        assert each.amount == (Decimal(row["amount"]) if row["amount"] else None)
        assert each.currency == row["currency"]
        cited(record, f"fundings/{each.ref}", row["source"])


TOTALS = {  # what a total of the table is, as kind and number
    "14 centres listed": (None, 14, "AC"),
    "5 areas of guidance": (5, 5, "focus"),
    "2 OSPO pilots": (2, 2, "OSPO"),
    "23 affiliate countries": (23, 23, "AFFILIATE"),
    "23 Member States": (23, 23, "AFFILIATE"),
    "14 centres": (14, 14, "ATC"),
}


def aims(record: Programme | Project, target: str) -> None:
    """Hold a cell such as “14 centres; nearly 45 per cent of …” against centres, totals and indicators."""
    if "per cent" in target or "5,000" in target:
        indicator = Indicator.objects.get(**{record._meta.model_name: record})  # type: ignore[dict-item]
        figure = f"{indicator.qualifier} {indicator.value:,.0f} {indicator.unit_en}".strip()
        assert target.startswith(figure)
    elif target.startswith("2 pilots"):
        leads = {
            (p.organisation.acronym, Centre.objects.get(pk=p.record_key).country.name_en)
            for p in Participation.objects.filter(role="lead")
        }
        assert leads == {("ITU", "Kenya"), ("UNDP", "Trinidad and Tobago")}
    elif target == "15 centres in 4 regions":
        assert StatedTotal.objects.get(document=PAPER, kind="DTC").number == 15
        assert Centre.objects.filter(kind="DTC").values("region").distinct().count() == 4
    else:
        stated, counted, what = TOTALS[target]
        listed = Feature.objects.of(record).filter(aspect=what) if what == "focus" else Centre.objects.filter(kind=what)
        assert listed.count() == counted
        assert stated is None or StatedTotal.objects.filter(document=PAPER, number=stated).exists()


ROLES = {
    "owners": "ownership",
    "founding partner and funder": "founding partner",
    "lead Kenya": "lead",
    "lead Trinidad and Tobago": "lead",
    "complementary financing (Trinidad and Tobago)": "complementary financing",
    "academic hosting (Trinidad and Tobago)": "academic host",
    "national counterpart (Kenya)": "counterpart",
}


def takes_part(record: Record, name: str, role: str) -> None:
    if role in ("delivery", "course delivery"):  # of no one body: a feature tells it
        assert (
            Feature.objects.of(record)
            .filter(aspect="delivery", text_en__icontains=name.removeprefix("14 ").removeprefix("other "))
            .exists()
        )
        return
    if role == "owners":
        assert f"the {name}" in features(record)
        return
    holders = Centre.objects.filter(kind=record.pk) if "Kenya" in role or "Trinidad" in role else [record]
    found = [each for holder in holders for each in Participation.objects.of(holder).filter(role=ROLES.get(role, role))]
    names = {each.country.name_en for each in found if each.country}
    for each in (each.organisation for each in found if each.organisation):
        names |= {each.name, each.acronym, f"{each.name} ({each.acronym})"}
    assert name in names or f"The {name}" in names, (name, role)
    if "funder" in role and "Cisco" in name:
        assert Participation.objects.of(record).filter(role="funder").exists()
