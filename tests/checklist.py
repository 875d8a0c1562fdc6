"""Hold the registry's own data against the tables that it was made from (tests/data), row by row and cell by cell.

A check reads its row through :class:`Row`, which keeps account: a cell that holds something and was never looked at fails.
"""

import csv
import re
from collections import defaultdict
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from initiatives.models import Citation, Document, Record

DATA = Path(__file__).parent / "data"
PAPER = "cwg-fhr-regional-presence"
# The tables name languages as ITU does.
COLUMNS = {"en": "en", "fr": "fr", "es": "es", "ar": "ar", "ru": "ru", "zh": "zh_hans"}


class Row(dict[str, str]):
    """A row of a table that knows which of its cells have been looked at."""

    def __init__(self, cells: dict[str, str]) -> None:
        super().__init__(cells)
        self.seen: set[str] = set()

    def __getitem__(self, column: str) -> str:
        self.seen.add(column)
        return super().__getitem__(column)

    def overlooked(self) -> set[str]:
        return {column for column, cell in self.items() if cell} - self.seen


def rows(table: str) -> list[Row]:
    with (DATA / f"{table}.csv").open(encoding="utf-8", newline="") as stream:
        return [Row(cells) for cells in csv.DictReader(stream)]


def checked(table: str, check: Callable[[Row], None]) -> int:
    """Check each row of a table; return how many there were."""
    count = 0
    for count, row in enumerate(rows(table), start=1):
        try:
            check(row)
            assert not row.overlooked()
        except Exception as error:
            message = f"{table}.csv, row {count}: {dict(row)}"
            raise AssertionError(message) from error
    return count


def without_addresses(text: str) -> str:
    """Leave out the addresses in brackets: the citations hold them."""
    text = re.sub(r"\(https?://\S+ cites ", "(cited as ", text)
    text = re.sub(r" \(https?://[^\s)]+\)", "", text)
    return re.sub(r" \(https?://[^\s;]+; three years: https?://[^\s)]+\)", " (three years)", text)


def same(record: Any, **cells: str) -> None:
    """Hold fields of a record against cells; an empty cell is "not stated"."""
    for name, cell in cells.items():
        value = getattr(record, record._meta.get_field(name).attname)
        if isinstance(value, bool):
            assert value is (cell == "true"), name
        elif isinstance(value, Decimal):
            assert value == Decimal(cell), name
        else:
            assert ("" if value is None else str(value)) == cell, name


@cache
def source(cell: str) -> tuple[str, str]:
    """Return the document that a source cell means, and the place in it."""
    cell = cell.removeprefix("derived:")
    if cell.startswith("CWG-FHR"):
        return PAPER, cell.removeprefix("CWG-FHR ")
    found = re.fullmatch(r"(?P<where>package:\S+ [^\s;]+|\S+)(?: \((?P<place>.*)\))?", cell)
    assert found, cell
    where = found["where"]
    named = {"title": where.removeprefix("package:")} if where.startswith("package:") else {"url": where}
    return Document.objects.get(**named).pk, found["place"] or ""


@cache
def all_citations() -> dict[tuple[str, str], list[Citation]]:
    """Return every citation by its record; the data is the same for all checks."""
    found: dict[tuple[str, str], list[Citation]] = defaultdict(list)
    for each in Citation.objects.all():
        found[each.record_model, each.record_key].append(each)
    return found


def citations(record: Record) -> list[Citation]:
    return all_citations()[record._meta.label_lower, record.pk]


def cited(record: Record, path: str, cell: str, **more: Any) -> None:
    """Demand that a citation of the source that a cell names supports a fact."""
    document, place = source(cell)
    supporting = [
        each
        for each in citations(record)
        if each.document_id == document
        and each.supports(path)
        and all(getattr(each, name) == value for name, value in more.items())
    ]
    places = {each.section for each in supporting}
    told_there = any(place in each.remark for each in supporting)
    assert place in places or (document != PAPER and supporting and told_there), (str(record), path, cell, places)


def told(*records: Record) -> str:
    """Return what records tell in words, to readers and to staff."""
    texts = [text for record in records for text in (record.note_en, record.internal_note)]  # type: ignore[attr-defined]
    remarks = [each.remark for record in records for each in citations(record)]
    return "\n".join(filter(None, [*texts, *remarks]))


def features(record: Record) -> list[str]:
    from initiatives.models import Feature

    return [text.casefold() for text in Feature.objects.of(record).values_list("text_en", flat=True)]
