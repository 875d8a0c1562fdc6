"""The fixed columns in which centres, offices, milestones and documents are written as sheets."""

from initiatives import sheets
from initiatives.sheets import (
    COUNTRY,
    DATED,
    HEAD,
    NAMES,
    PARTICIPATIONS,
    TAIL,
    Column,
    date,
    in_languages,
    place,
    plain,
    written,
)

TOTALS = Column(
    "stated_totals", "stated_totals", "Totals that a document states", written("{label}: {number} {date} ({verdict})")
)
KINDS = (
    *HEAD,
    *NAMES,
    *plain("plural"),
    *in_languages("plural", "plurals", "Plural"),
    *plain("programme", marker="Its shape on maps", organisation_required="Off: a country may stand for itself"),
    *plain("position"),
    TOTALS,
    *TAIL,
)
CENTRES = (
    *HEAD,
    *plain(kind="Kind of centre", name="Name, else that of the organisation or the country"),
    *in_languages("name", "names", "Name, else that of the organisation or the country"),
    *plain("acronym", "name_as_published", "line_as_published"),
    Column("organisation_id", "organisation.id", "Organisation, permanent id"),
    Column("organisation_name", "organisation.name", "Organisation, in its own language"),
    *COUNTRY,
    *plain("country_as_published", region="Region as listed by the source", region_basis="Where the region is from"),
    *plain(itu_region="ITU region of the country"),
    *DATED,
    *place("location"),
    Column("precision", "location.precision", "city, or country where only the capital is known"),
    *plain("programme", position="Position in the source"),
    PARTICIPATIONS,
    *TAIL,
)
OFFICES = (
    *HEAD,
    *plain(level="Regional or area office"),
    *NAMES,
    *plain("region", status="active, planned or closed, on the day asked for, else today"),
    *plain(uncertain="Whether the day asked for falls inside an inexact date", standing="Whether it is confirmed"),
    *date("standing_date", "Day for which the standing is told"),
    Column("locations", "locations", "Where it is, was or is to be", written("{country} {city} {since} {until}")),
    *plain("countries_served", "programmes", "contact", "website"),
    PARTICIPATIONS,
    *TAIL,
)
MILESTONES = (
    *HEAD,
    *plain(what="What happened or is expected"),
    *in_languages("what", "whats", "What"),
    *plain("centre", "office", "programme", "project", "conference"),
    *date("date", "Date"),
    *date("end", "Last day"),
    *plain("certainty"),
    *date("reached", "Reached"),
    *plain(overdue="Expected by a day that has passed"),
    *TAIL,
)
DOCUMENTS = (*sheets.DOCUMENTS, TOTALS)
