"""The table of facts that stand outside all lists."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from centres.models import Centre, Office, StatedTotal
from initiatives.models import Document, Feature, Participation, Programme, Project, Record
from tests.checklist import PAPER, Row, checked, cited, features, told

pytestmark = pytest.mark.usefixtures("registry")


def test_every_other_fact() -> None:
    assert checked("other_facts", other_fact) == 69


def other_fact(row: Row) -> None:
    assert row["source"] == f"CWG-FHR {row['section']}"
    subject = SUBJECTS[row["subject"]]()
    if check := ELSEWHERE.get((row["subject"], row["attribute"].split(" ")[0])):
        assert check(subject, row["value"]) is not False
    else:
        told_as_feature(subject, row)
    assert row["note"] in told(subject, *StatedTotal.objects.filter(document=PAPER))
    assert row["unit"] in (
        "",
        "regions",
        "pages",
        "Member States",
        "centres",
        "per cent",
        "policymakers and government officials",
    )


def told_as_feature(subject: Record, row: Row) -> None:
    value = row["value"].casefold()
    for feature in Feature.objects.of(subject):
        said = f"{feature.text_en} {feature.as_published}".casefold()
        about = row["attribute"].casefold()
        if value in said and (said == f"{value} " or about.split(" ")[0] in said or about in said):
            cited(subject, f"features/{feature.ref}", row["source"])
            return
    raise AssertionError(row["value"])


SUBJECTS: dict[str, Callable[[], Record]] = {
    "document": lambda: Document.objects.get(pk=PAPER),
    "OSPO Kenya": lambda: Centre.objects.get(kind="OSPO", country="KEN"),
    "OSPO Trinidad and Tobago": lambda: Centre.objects.get(kind="OSPO", country="TTO"),
    "9GLO23128": lambda: Project.objects.get(codes__code="9GLO23128"),
    "AO-PANAMA": lambda: Office.objects.get(locations__country="PAN"),
    **{
        code: lambda code=code: Programme.objects.get(pk=code)
        for code in ("AC", "OSPO", "OSEE", "AFFILIATE", "DTC", "ATC")
    },  # type: ignore[misc]
}


def initiative_of_the_paper(paper: Document, value: str) -> bool:
    """Hold the four numbered lines of the introduction against the programmes that bear their numbers."""
    titles = {
        "Acceleration Centres": {1},
        "Open Source Programme Offices (OSPOs)": {2},
        "Digital Transformation Centres (DTCs) and ITU Academy Training Centres (ATCs)": {3},
        "Relocation of the ITU Area Office from Honduras to Panama": {4},
    }
    names = value.replace(" (OSPOs)", "").replace(" (DTCs)", "").replace(" (ATCs)", "").split(" and ")
    numbers = {each.number for name in names for each in Programme.objects.filter(name_en__startswith=name)}
    for each in Programme.objects.filter(number__in=titles[value]):
        cited(each, "number", "CWG-FHR Introduction")
    return numbers == titles[value]


def total(number: str, kind: str | None = None) -> bool:
    return StatedTotal.objects.filter(document=PAPER, number=number, kind=kind).exists()


# Facts that are fields, links, numbers or partners rather than features, by subject and the first word of the attribute.
ELSEWHERE: dict[tuple[str, str], Callable[..., object]] = {
    ("document", "addressed"): lambda paper, value: paper.body == value,
    ("document", "initiatives"): lambda paper, value: value in paper.note_en,
    ("document", "action"): lambda paper, value: paper.action == value,
    ("document", "initiative"): initiative_of_the_paper,
    ("document", "funding"): lambda paper, value: value.casefold() in features(paper),
    ("AC", "regions"): lambda programme, value: total(value),
    ("AC", "guided"): lambda programme, value: (
        Participation.objects.of(programme).get(role="guidance").organisation.acronym == value
    ),
    ("AC", "area"): lambda programme, value: value in features(programme),
    ("AC", "supporting"): lambda programme, value: programme.offices.get().locations.get().city in value,
    ("OSPO Kenya", "regional"): lambda pilot, value: f"positioned to become an {value.casefold()}" in features(pilot),
    ("OSPO Kenya", "counterpart"): lambda pilot, value: (
        str(Participation.objects.of(pilot).get(role="counterpart").organisation) in value
    ),
    ("AFFILIATE", "members"): lambda programme, value: total(value, "AFFILIATE"),
    ("DTC", "centres"): lambda programme, value: total(value, "DTC"),
    ("DTC", "regions"): lambda programme, value: (
        {*value.split("; ")} == {*Centre.objects.filter(kind="DTC").values_list("region", flat=True)}
    ),
    ("ATC", "centres"): lambda programme, value: total(value, "ATC"),
    ("ATC", "share"): lambda programme, value: (
        f"{programme.indicators.get().qualifier} {programme.indicators.get().value:.0f}" == value
    ),
    ("ATC", "replaced"): lambda programme, value: programme.replaces == value,
    ("ATC", "regional"): lambda programme, value: programme.all_regional_initiatives,
    ("9GLO23128", "people"): lambda project, value: project.indicators.get().value == Decimal(value),
    ("AO-PANAMA", "from"): lambda office, value: office.locations.order_by("position")[0].country.name_en == value,
    ("AO-PANAMA", "to"): lambda office, value: office.locations.order_by("position")[1].country.name_en == value,
}
