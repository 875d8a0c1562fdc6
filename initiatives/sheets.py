"""The fixed columns in which records are written as sheets, each with where its value stands in the API's answer."""

import json
from collections.abc import Callable
from typing import Any, NamedTuple


class Column(NamedTuple):
    """A column of a sheet: its name, the path into the record as the API answers it, and what it says."""

    name: str
    path: str
    description: str
    write: Callable[[Any], str] | None = None

    @property
    def field(self) -> str:
        """Return the field of the record that it belongs to."""
        return self.path.split(".")[0]

    def value(self, record: dict[str, Any]) -> Any:
        """Return what the cell says: text, a number, or "" where nothing is stated."""
        value: Any = record
        for name in self.path.split("."):
            value = value.get(name) if value is not None else None
        if self.write and value is not None:
            return self.write(value)
        if isinstance(value, list):
            return "; ".join(map(str, value))
        if isinstance(value, bool):
            return "true" if value else "false"
        return "" if value is None else value


def neutralised(value: Any) -> Any:
    """Return a cell that no spreadsheet takes for a formula; numbers stay numbers."""
    if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r", "\n")):
        return f"'{value}"
    return value


def cells(columns: tuple[Column, ...], record: dict[str, Any]) -> list[Any]:
    """Return the cells of one record."""
    return [neutralised(column.value(record)) for column in columns]


def columns_asked(columns: tuple[Column, ...], fields: list[str] | None, include: list[str]) -> tuple[Column, ...]:
    """Return the key and the columns of the fields that were asked for, all if none were named, and of what is included."""
    chosen = tuple(column for column in columns if fields is None or column.field in ("id", *fields))
    return (*chosen, SOURCES) if "sources" in include else chosen


# ---------------------------------------------------------------- columns that several sheets have


def plain(*names: str, **described: str) -> tuple[Column, ...]:
    """Return columns that are called as the fields are."""
    told = {**{name: name.replace("_", " ").capitalize() for name in names}, **described}
    return tuple(Column(name, name, description) for name, description in told.items())


def in_languages(name: str, field: str, what: str) -> tuple[Column, ...]:
    """Return a column for each of the six languages."""
    codes = ("en", "fr", "es", "ar", "ru", "zh-Hans")
    return tuple(Column(f"{name}_{code}", f"{field}.{code}", f"{what} ({code})") for code in codes)


def date(name: str, what: str) -> tuple[Column, ...]:
    """Return a date of stated precision and the days between which it lies."""
    return (
        Column(name, f"{name}.edtf", f"{what}, with its precision (EDTF)"),
        Column(f"{name}_earliest", f"{name}.earliest", f"{what}: earliest day"),
        Column(f"{name}_latest", f"{name}.latest", f"{what}: latest day"),
    )


def place(field: str) -> tuple[Column, ...]:
    return (
        Column("latitude", f"{field}.lat", "Degrees north (WGS 84)"),
        Column("longitude", f"{field}.lon", "Degrees east (WGS 84)"),
    )


def written(pattern: str) -> Callable[[Any], str]:
    """Return how rows of a record are written in one cell; what is not stated is left blank."""

    def write(rows: Any) -> str:
        return "; ".join(" ".join(pattern.format_map(_Told(row)).split()) for row in rows)

    return write


class _Told(dict[str, Any]):
    """A row whose empty values are written as nothing, and whose references are written by name."""

    def __getitem__(self, name: str) -> Any:
        value = super().__getitem__(name)
        if isinstance(value, dict):
            return value.get("name") or value.get("edtf") or ""
        return "" if value is None else value


SOURCES = Column(
    "sources",
    "sources",
    "Where the facts come from: document, section and the fields it supports",
    lambda rows: "; ".join(f"{row['document']} {row['section'] or ''} ({', '.join(row['fields'])})" for row in rows),
)
FEATURES = Column("features", "features", "Narrative facts, each under its aspect", written("{aspect}: {text}"))
PARTICIPATIONS = Column(
    "participations", "participations", "Who takes part, and as what", written("{role}: {organisation} {country}")
)
FUNDINGS = Column("fundings", "fundings", "Who gives how much, where stated", written("{funder} {amount} {currency}"))
INDICATORS = Column(
    "indicators", "indicators", "Targets and results", written("{kind}: {what} {qualifier} {value} {unit} {date}")
)
HEAD = plain(id="Public key: a code or a permanent id", url="Address in the API", page="Public page")
TAIL = (
    FEATURES,
    *plain(
        note="Note to the reader",
        state="published, or withdrawn",
        withdrawn_reason="Why it was withdrawn",
        successor="The record that takes its place",
        updated="Last public change",
        revision="Revision of the last public change",
    ),
)
DATED = (
    *plain(status="active, planned or closed, on the day asked for, else today"),
    *date("since", "Begin"),
    *plain(since_certainty="Certainty of the begin"),
    *date("until", "End"),
    *plain(until_certainty="Certainty of the end", uncertain="Whether the day asked for falls inside an inexact date"),
)
NAMES = (*plain(name="Name"), *in_languages("name", "names", "Name"))
COUNTRY = (
    Column("country_iso3", "country.iso3", "Country, ISO 3166-1 alpha-3"),
    Column("country_name", "country.name", "Country, in English"),
)

# ---------------------------------------------------------------- one sheet a model

REGIONS = (*HEAD, *NAMES, *plain("position"), *TAIL)
COUNTRIES = (
    *HEAD,
    *plain(iso3="ISO 3166-1 alpha-3", iso2="ISO 3166-1 alpha-2", m49="UN M49, as text"),
    *NAMES,
    *plain(official_name="Official name", region="ITU region", region_basis="Whether ITU lists the region"),
    *plain(ldc="Least developed country", lldc="Landlocked developing country", sids="Small island developing State"),
    *date("groups_date", "Date of the list of these groups"),
    *date("ldc_graduation", "Planned graduation from LDC"),
    *plain("ldc_graduation_note", "capital"),
    *place("capital_location"),
    *TAIL,
)
CONFERENCES = (*HEAD, *plain("name", "body", "city", "year"), *date("begins", "Begin"), *date("ends", "End"), *TAIL)
RESOLUTIONS = (
    *HEAD,
    *plain("name", "number", "body", "conference", "label", "label_as_published", "wtdc22_label", "title"),
    *in_languages("title", "titles", "Title"),
    *plain("title_edition", "title_note", "provisional", "aliases", "supersedes", "superseded_by"),
    *TAIL,
)
INITIATIVES = (
    *HEAD,
    *plain("name", "region", "conference", "period_start", "period_end", "title"),
    *in_languages("title", "titles", "Title"),
    *plain("title_as_published", "title_status", "objective"),
    *in_languages("objective", "objectives", "Objective"),
    *TAIL,
)
ORGANISATIONS = (
    *HEAD,
    *plain(name="Its own name, in its own language", language="Language of the name, BCP 47"),
    *in_languages("name", "names", "Name in other languages"),
    *plain("acronym", "aliases"),
    *COUNTRY,
    *plain(covers="Countries that it covers"),
    Column("parent", "parent.id", "Parent body"),
    *plain("contact", "website", "city"),
    *place("location"),
    *TAIL,
)
PROGRAMMES = (
    *HEAD,
    *plain(number="Number in the Council paper"),
    *NAMES,
    *plain("short_name", "summary"),
    *in_languages("summary", "summaries", "Summary"),
    *plain(parent="Programme that it is part of", components="Programmes that are part of it"),
    *DATED,
    *plain("replaces", "all_regional_initiatives", "regional_initiatives"),
    Column("resolutions", "resolutions", "Resolutions with their role", written("{role}: {resolution}")),
    PARTICIPATIONS,
    FUNDINGS,
    INDICATORS,
    *TAIL,
)
PROJECTS = (
    *HEAD,
    *NAMES,
    *plain("short_name"),
    Column("codes", "codes", "Reference codes with their scheme", written("{scheme} {code}")),
    *plain("programme"),
    *DATED,
    PARTICIPATIONS,
    FUNDINGS,
    INDICATORS,
    *TAIL,
)
DOCUMENTS = (
    *HEAD,
    *plain("name", "kind", "symbol", "title", "language", address="Where it can be read"),
    *plain("author", "body", "action"),
    *date("date", "Date"),
    *plain(
        "date_assumed", "detail", added="Whether its facts were added to ITU's own documents", resolutions="Resolutions"
    ),
    Column("references", "references", "Documents that it refers to", written("{document} {section} {locus}")),
    *TAIL,
)
CHANGES = (
    *plain("revision", "at", "change", "model", "collection", "key", "url"),
    Column(
        "document",
        "document",
        "The record as it then stood, as JSON; empty where it ceased to be public",
        lambda document: json.dumps(document, ensure_ascii=False),
    ),
)
