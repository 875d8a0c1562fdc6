"""The admin as tests see it: its addresses, its forms as a browser would send them, a record of each model."""

from html.parser import HTMLParser
from typing import Any

from django.contrib.admin.utils import quote
from django.urls import reverse

from centres.models import Centre, CentreKind, Milestone, Office, StatedTotal
from initiatives.models import (
    Conference,
    Country,
    Document,
    Feature,
    Organisation,
    Participation,
    Programme,
    Project,
    Region,
    RegionalInitiative,
    Resolution,
)
from initiatives.revisions import revision

from . import factories

REGIONS = ("AFR", "AMS", "ARB", "ASP", "CIS", "EUR", "XAA", "XAB", "XAC", "XAD", "XAE", "XAF")


def _centre(number: int) -> Centre:
    country = factories.make_country()
    return factories.make_centre(kind=factories.make_kind(), country=country, since="2026-05", name_en=f"C{number}")


MAKERS: dict[Any, Any] = {
    Region: lambda number: factories.make_region(REGIONS[number]),
    Country: lambda number: factories.make_country(region=factories.make_region(REGIONS[number])),
    Conference: lambda number: factories.make_conference(f"WTDC-{number + 10}"),
    Resolution: lambda number: factories.make_resolution(str(number + 1)),
    RegionalInitiative: lambda number: factories.make_initiative(f"{REGIONS[number]}{number}"),
    Organisation: lambda number: factories.make_organisation(country=factories.make_country(), aliases="one\ntwo"),
    Programme: lambda number: factories.make_programme(
        f"PR{number}", parent=factories.make_programme(f"PA{number}"), since="2023"
    ),
    Project: lambda number: factories.make_project(),
    Document: lambda number: factories.make_document(url="https://example.org/"),
    CentreKind: lambda number: factories.make_kind(),
    Centre: _centre,
    Office: lambda number: factories.make_office(country=factories.make_country(), contact="one\ntwo"),
    Milestone: lambda number: factories.make_milestone(centre=_centre(number), date="[2026-03,2026-04]"),
    StatedTotal: lambda number: factories.make_stated_total(
        document=factories.make_document(), kind=factories.make_kind()
    ),
}


def make_records(model: Any, count: int = 1, first: int = 0) -> list[Any]:
    """Make records of a model with whatever a list shows of them."""
    with revision(None, "test"):  # one for all: quicker
        return [MAKERS[model](number) for number in range(first, first + count)]


def add_rows(record: Any) -> None:
    """Give a record a feature, a citation and, where its sort can have one, a participation."""
    with revision(None, "test"):
        label, key = record._meta.label_lower, record.pk
        Feature(record_model=label, record_key=key, aspect="role", text_en="First line\nSecond line").save()
        if Participation.belongs_to(type(record)):
            who = factories.make_organisation()
            Participation(record_model=label, record_key=key, organisation=who, role="host").save()
    factories.cite(record, "state", "features/role-first-line-second-line")


def address(model: Any, page: str, key: Any = None) -> str:
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}"
    return reverse(name, args=[] if key is None else [quote(key)])


class FormReader(HTMLParser):
    """Collects what a browser would send for the record's own form."""

    def __init__(self) -> None:
        super().__init__()
        self.inside = False
        self.sent: dict[str, list[str]] = {}
        self.name: str | None = None
        self.text: str | None = None

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        given = dict(attrs)
        if tag == "form":
            self.inside = str(given.get("id", "")).endswith("_form")
        if not self.inside:
            return
        name = given.get("name")
        if tag == "input" and name and given.get("type") not in ("submit", "button"):
            is_box = given.get("type") in ("checkbox", "radio")
            if not is_box or "checked" in given:
                self.sent.setdefault(name, []).append(given.get("value", "on" if is_box else ""))
        elif tag == "select":
            self.name = name
        elif tag == "option" and "selected" in given:
            self.sent.setdefault(str(self.name), []).append(given.get("value") or "")
        elif tag == "textarea":
            self.name, self.text = name, ""

    def handle_data(self, data: str) -> None:
        if self.text is not None:
            self.text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self.text is not None:
            # As HTML says: one leading line break is dropped, line breaks are sent as CR LF.
            text = self.text.removeprefix("\r").removeprefix("\n")
            self.sent.setdefault(str(self.name), []).append(text.replace("\n", "\r\n"))
            self.text = None
        if tag == "form":
            self.inside = False


def read_form(response: Any) -> dict[str, Any]:
    """Return what a browser would send of a page's form, as it stands."""
    reader = FormReader()
    reader.feed(response.content.decode())
    return {name: values for name, values in reader.sent.items() if "__prefix__" not in name}


def errors_of(response: Any) -> str:
    """Return every error that a page's forms show."""
    found = [response.context["adminform"].form.errors.as_json()] if response.context else []
    for inline in (response.context or {}).get("inline_admin_formsets", []):
        found += [form.errors.as_json() for form in inline.formset.forms]
        found.append(str(inline.formset.non_form_errors()))
    return " ".join(found)
