"""The tables of documents and of terms in six languages."""

import re

import pytest
from django.utils.translation import gettext, override

from centres.models import CentreKind, Office
from initiatives.models import Document, Region, RegionalInitiative, Resolution
from tests.checklist import COLUMNS, PAPER, Row, checked, cited, rows, source, told

pytestmark = pytest.mark.usefixtures("registry")

KINDS = {
    "Council document": "council document",
    "Council working group document": "paper",
    "resolution list": "resolution list",
    "web site": "web site",
    "action plan": "plan",
}


def test_every_document() -> None:
    assert checked("documents", document) == Document.objects.get(pk=PAPER).references.count() == 22


def document(row: Row) -> None:
    paper = Document.objects.get(pk=PAPER)
    records = [each.target for each in paper.references.select_related("target")]
    record = next(each for each in records if row["reference"] in (each.symbol, each.title))
    reference = paper.references.get(target=record)
    assert record.kind == KINDS.get(row["kind"], row["kind"])
    assert (record.body, record.date) == (row["body"], row["year"])
    assert row["detail"] in (record.detail or reference.locus, "")
    assert row["source"] == f"CWG-FHR {row['section']}"
    assert reference.section == row["section"]
    cited(paper, f"references/{reference.ref}", row["source"])
    cited(record, "symbol" if record.symbol else "title", row["source"])
    assert row["note"] in told(record)
    # Of a resolution, or a list of them, the record links to those that it names.
    named = set(re.findall(r"COM3/1|\d+", row["reference"].split(" (")[0])) if "resolution" in row["kind"] else set()
    assert set(record.resolutions.values_list("number", flat=True)) == named


def test_every_address_of_the_tables_is_a_document() -> None:
    known = set(Document.objects.values_list("url", flat=True))
    for path in (
        "member_states",
        "institutions",
        "resolutions",
        "regional_initiatives",
        "offices",
        "programmes_projects",
        "milestones",
        "terms",
    ):
        for row in rows(path):
            for column, cell in row.items():
                if column == "website":
                    continue
                for address in re.findall(r"https?://[^\s;\"]+", cell):
                    bare = address.rstrip(",.").rstrip(")").rstrip(",.")
                    assert {address, bare, bare.split(")")[0]} & known, (path, column, address)


# ---------------------------------------------------------------- terms


def test_every_term() -> None:
    assert checked("terms", term) == 14


# Words of the interface, by the model or field that bears them: a translation of ours says what ITU says, or is missing.
INTERFACE = {
    "regional_office": lambda: Office._meta.get_field("level").choices[0][1],  # type: ignore[index]
    "area_office": lambda: Office._meta.get_field("level").choices[1][1],  # type: ignore[index]
    "regional_initiative": lambda: RegionalInitiative._meta.verbose_name,
    "resolution": lambda: Resolution._meta.verbose_name,
}
KIND_OF = {
    "digital_transformation_centre": "DTC",
    "itu_academy_training_centre": "ATC",
    "acceleration_centre": "AC",
    "open_source_programme_office": "OSPO",
}


def term(row: Row) -> None:
    sources = {language: row[f"{language}_source"] for language in COLUMNS}
    for language, cell in sources.items():
        assert bool(cell) is bool(row[language])
        assert not cell or source(cell)
    if row["key"] in INTERFACE:
        interface_term(row)
        assert row["note"] in NOTES_ON_THE_INTERFACE
        return
    record = (
        Region.objects.get(pk=row["key"][-3:])
        if row["key"].startswith("region.")
        else CentreKind.objects.get(pk=KIND_OF[row["key"]])
    )
    for language, column in COLUMNS.items():
        # The Arabic page has the plural.
        field = "plural_ar" if isinstance(record, CentreKind) and language == "ar" else f"name_{column}"
        assert (getattr(record, field) or "") == row[language]
        if row[language]:
            cited(record, field, sources[language])
    for part in row["note"].split("; "):
        assert part.removesuffix(", older usage") in told(record)


NOTES_ON_THE_INTERFACE = (
    "",
    'English in a Council resolution; the source document has "regional offices" in §1',
    "Arabic as in the press release on New Delhi",
    "Chinese as on the page of the African preparatory meeting of 2016",
)


def interface_term(row: Row) -> None:
    with override("en"):
        english = str(INTERFACE[row["key"]]())
    assert english.casefold() == row["en"].casefold()
    for language in COLUMNS:
        with override("zh-hans" if language == "zh" else language):
            assert not row[language] or gettext(english).casefold() in (english.casefold(), row[language].casefold())
