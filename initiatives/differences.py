"""What differs between two documents of a record, fact by fact, in words."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils import formats
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from .dates import EdtfField, in_words
from .models import Record
from .revisions import RecordDocument, document_fields, parts_of

Path = tuple[str, ...]


@dataclass(frozen=True)
class Difference:
    """One fact that two documents tell differently; an empty value is "not stated"."""

    path: Path
    label: str
    field: Any
    before: Any
    after: Any


def differences(model: type[Record], before: RecordDocument | None, after: RecordDocument | None) -> list[Difference]:
    """Return what differs, in the order of the record's fields, links and parts."""
    old, new = dict(_facts(model, before or {})), dict(_facts(model, after or {}))
    found = []
    for path in sorted(old.keys() | new.keys(), key=_place(model)):
        values = old.get(path), new.get(path)
        if values[0] != values[1] and any(_is_stated(value) for value in values) and not _is_default(path, values):
            found.append(Difference(path, label_of(model, path), _field_at(model, path), *values))
    return found


def _facts(model: type[Record], document: RecordDocument) -> Iterator[tuple[Path, Any]]:
    names = {part.document_name for part in parts_of(model)}
    for name, value in document.items():
        if name in names:
            for ref, row in value.items():
                yield from (((name, ref, column), cell) for column, cell in row.items())
        else:
            yield (name,), value


def _is_stated(value: Any) -> bool:
    return value not in (None, "", [], {})


def _is_default(path: Path, values: tuple[Any, Any]) -> bool:
    """Tell whether a row that is new, or gone, only lacks something: a flag not set, a position not given."""
    return len(path) == 3 and None in values and any(value is False or value == 0 for value in values)


def _place(model: type[Record]) -> Any:
    order: list[str] = [field.name for field in document_fields(model)]
    order += [field.name for field in model._meta.many_to_many]
    columns: dict[str, list[str]] = {}
    for part in parts_of(model):
        order.append(part.document_name)
        columns[part.document_name] = [field.name for field in document_fields(part)]

    def place(path: Path) -> tuple[Any, ...]:
        within = columns.get(path[0], [])
        column = within.index(path[2]) if len(path) == 3 and path[2] in within else len(within)
        return (order.index(path[0]) if path[0] in order else len(order), path[:2], column, path)

    return place


def _field_at(model: type[Record], path: Path) -> Any:
    """Return the field at a path; None for one that the model had once."""
    owner: type[models.Model] | None = model
    if len(path) == 3:
        owner = next((part for part in parts_of(model) if part.document_name == path[0]), None)
    try:
        return owner._meta.get_field(path[-1]) if owner else None
    except FieldDoesNotExist:
        return None


def field_label(field: Any) -> str:
    """Return the name of a field, with its language where it has one."""
    language = getattr(field, "language", None)
    if language is None:
        return capfirst(str(field.verbose_name))
    name = capfirst(str(field.translated_field.verbose_name))
    return str(_("%(field)s (%(language)s)")) % {"field": name, "language": str(dict(settings.LANGUAGES)[language])}


def label_of(model: type[Record], path: Path) -> str:
    """Return the name of the fact at a path, for people."""
    field = _field_at(model, path)
    own = field_label(field) if field is not None else path[-1]
    if len(path) != 3:
        return own
    part = next((part for part in parts_of(model) if part.document_name == path[0]), None)
    row = capfirst(str(part._meta.verbose_name)) if part else path[0]
    return f"{row} “{path[1]}”: {own}"


def name_of_fact(model: type[Record], path: str) -> str:
    """Return the name of what a citation names: a field, all rows of a part, one row, or one column of it."""
    name, *rest = path.split("/")
    part = next((part for part in parts_of(model) if part.document_name == name), None)
    if part is None or len(rest) > 1:
        return label_of(model, tuple(path.split("/")))
    rows = str(part._meta.verbose_name_plural)
    return f"{capfirst(rows)}: {rest[0]}" if rest else str(_("All %(rows)s") % {"rows": rows})


def _rows_of(model: type[models.Model]) -> "models.QuerySet[Any]":
    """Return the rows that a document names, with what their names are made of: records, and users, who own them."""
    rows = model._default_manager
    return rows.for_listing() if issubclass(model, Record) else rows.all()  # type: ignore[attr-defined, no-any-return]


class Wording:
    """Says values of documents in words; the names of records referred to are read in one query a model."""

    def __init__(self, model: type[Record], found: Iterable[Difference]) -> None:
        self.model = model
        keys: dict[type[models.Model], set[str]] = defaultdict(set)
        for each in found:
            target = getattr(each.field, "related_model", None)
            if target is not None:
                for value in (each.before, each.after):
                    keys[target].update(value if isinstance(value, list) else [value] if value else [])
        self.names = {
            target: {str(key): str(row) for key, row in _rows_of(target).in_bulk(some).items()}
            for target, some in keys.items()
        }

    def say(self, field: Any, value: Any) -> str:
        """Return a value in the current language; "" where nothing is stated."""
        if not _is_stated(value):
            return ""
        if isinstance(field, models.JSONField):
            return "\n".join(name_of_fact(self.model, path) for path in value)
        if isinstance(value, list):
            return "\n".join(self.say(field, each) for each in value)
        if isinstance(value, bool):
            return str(_("Yes") if value else _("No"))
        if isinstance(field, EdtfField):
            return in_words(value)
        if isinstance(field, models.DateField):
            return str(formats.date_format(dt.date.fromisoformat(value), "DATE_FORMAT"))
        if getattr(field, "choices", None):
            return str(dict(field.flatchoices).get(value, value))
        name = self.names.get(getattr(field, "related_model", None), {}).get(value)  # type: ignore[arg-type]
        return f"{name} ({value})" if name and name != value else str(value)
