"""The tables of resolutions, regional initiatives and milestones."""

import re

import pytest

from centres.models import Centre, Milestone, Office
from initiatives.models import Document, Programme, ProgrammeResolution, Project, RegionalInitiative, Resolution
from tests.checklist import PAPER, Row, checked, cited, same, source, told, without_addresses

pytestmark = pytest.mark.usefixtures("registry")


def test_every_citation_of_a_resolution() -> None:
    assert checked("resolutions", resolution) == 58
    assert ProgrammeResolution.objects.count() + Document.objects.get(pk=PAPER).resolutions.count() == 58
    assert len(set(Resolution.objects.public().values_list("body", "number"))) == 34


def resolution(row: Row) -> None:
    conference = row["conference"] if "-" in row["conference"] else ""
    record = Resolution.objects.get(conference=conference or None, body=row["body"], number=row["number"])
    assert row["key"] == f"{row['conference']}:{record.number}"
    same(record, label=row["adoption_label"], wtdc22_label=row["wtdc22_label"], state="published")
    same(record, title_en=row["title"], title_edition=row["title_edition"])
    assert record.title_note == without_addresses(row["title_note"])
    for path in (
        "number",
        "body",
        *(["conference"] if conference else []),
        *(["label"] if row["adoption_label"] else []),
    ):
        cited(record, path, row["source"] if row["label_scope"] != "stated in §2" or path != "label" else "CWG-FHR §2")
    for cell in filter(None, row["title_source"].split("; ")):
        cited(record, "title_en", cell)
    for address in re.findall(r"https?://[^\s)]+", row["title_note"]):
        cited(record, "title_note", address)
    if row["wtdc22_label"]:
        cited(record, "wtdc22_label", row["wtdc22_label_source"])
    assert row["source"] == f"CWG-FHR {row['section']}"
    if row["programme"] == "(whole document)":
        paper = Document.objects.get(pk=PAPER)
        assert row["role"] == "related"
        assert record in paper.resolutions.all()
        cited(paper, "resolutions", row["source"])
        assert row["note"] in told(record)
        assert record.label_as_published == row["adoption_label_as_published"]
        return
    programme = Programme.objects.get(pk=row["programme"])
    role = programme.resolution_roles.get(resolution=record)
    scope = {"stated in §2": "elsewhere"}.get(row["label_scope"], row["label_scope"])
    same(role, role=row["role"], label_as_published=row["adoption_label_as_published"], label_scope=scope)
    cited(programme, f"resolution_roles/{role.ref}", row["source"])
    assert row["note"] in told(programme, record)


def test_every_regional_initiative() -> None:
    assert checked("regional_initiatives", initiative) == RegionalInitiative.objects.count() == 23


def initiative(row: Row) -> None:
    record = RegionalInitiative.objects.get(pk=row["code"])
    same(record, region=row["region"], conference=row["conference"], title_status=row["title_status"])
    same(record, period_start=row["period_start"], period_end=row["period_end"], objective_en=row["objective_short"])
    assert record.state == ("published" if row["title_status"] == "final" else "draft")
    assert row["title"] == (record.title_as_published or record.title_en or "")
    if record.title_as_published:
        assert record.title_en == row["title"].replace("/ ", "/")
    assert (source(row["source"])[0] == PAPER and row["title"] != "") is (row["in_source_document"] == "true")
    for path in ("region", "conference", *(["title_en"] if row["title"] else [])):
        cited(record, path, row["source"], inferred=row["title_status"] != "final")
    if row["section"]:
        assert row["source"] == f"CWG-FHR {row['section']}"
    cited(record, "period_start", row["period_source"])
    cited(record, "period_end", row["period_source"])
    assert row["note"] in told(record)
    naming = {code for code in row["cited_by"].split("; ") if "(" not in code}
    assert set(record.programmes.values_list("pk", flat=True)) == naming
    for code in naming:
        cited(Programme.objects.get(pk=code), "regional_initiatives", row["source"])
    assert "ATC (all initiatives)" in row["cited_by"]
    assert Programme.objects.get(pk="ATC").all_regional_initiatives


def test_every_milestone() -> None:
    assert checked("milestones", milestone) == Milestone.objects.public().count() == 30


def subject(name: str) -> dict[str, object]:
    """Return the record that a milestone of this name is of."""
    if name.startswith("OSPO"):
        return {"centre": Centre.objects.get(kind="OSPO", country__name_en=name.removeprefix("OSPO "))}
    if name == "AO-PANAMA":
        return {"office": Office.objects.get(locations__country="PAN")}
    if name.startswith("New Delhi"):
        return {"office": Office.objects.get(locations__country="IND")}
    if "-" in name:
        return {"conference": name}
    return {"project": Project.objects.get(codes__code=name)} if name[0].isdigit() else {"programme": name}


def milestone(row: Row) -> None:
    record = Milestone.objects.get(what_en=row["what"], **subject(row["subject"]))
    either = row["date_precision"] == "range" and len(row["date"]) == 7
    date, end = (f"[{row['date']},{row['date_end']}]", "") if either else (row["date"], row["date_end"])
    same(record, date=date, end=end, certainty=row["certainty"])
    shape = {"unknown": r"", "day": r"\d{4}-\d\d-\d\d", "month": r"\d{4}-\d\d", "year": r"\d{4}", "range": r".+"}
    assert re.fullmatch(shape[row["date_precision"]], record.date)
    for path in ("what_en", "certainty", *(["date"] if date else []), *(["end"] if end else [])):
        cited(record, path, row["source"])
    assert (row["in_source_document"] == "true") is (source(row["source"])[0] == PAPER)
    assert row["section"] == source(row["source"])[1]
    assert row["note"] in told(record)
