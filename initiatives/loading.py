"""Bring records in from fixtures: ordinary Django fixtures, through the registry's own door.

One revision; every row validated; a record that exists is left alone, with all its parts. A bad row names file, record,
field and value, and nothing is saved.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import IntegrityError, models
from django.utils.text import Truncator

from .models import Part, Record
from .revisions import ActiveRevision, RecordDocument, apply, documents_of, parts_of, record_models


@dataclass
class Row:
    """One object of a fixture, with the place it stands in."""

    file: str
    model: type[models.Model]
    key: str | None
    values: dict[str, Any]

    def __str__(self) -> str:
        return f"{self.file}: {self.model._meta.label_lower} {self.key or self.values.get('ref', '')}".rstrip()


@dataclass
class Bundle:
    """A record of a fixture together with its parts."""

    row: Row
    parts: list[Row] = field(default_factory=list)


class BadRowsError(Exception):
    """What is wrong with a fixture, a line a fault."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


def _shown(value: Any) -> str:
    return Truncator(json.dumps(value, ensure_ascii=False, default=str)).chars(80)


def read_rows(path: Path) -> Iterator[Row]:
    """Yield the objects of a fixture; raise BadRowsError for what is no fixture of records and parts."""
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, OSError) as error:
        raise BadRowsError([f"{path.name}: cannot be read: {error}"]) from error
    if not isinstance(entries, list):
        raise BadRowsError([f"{path.name}: a fixture is a list of objects, not {_shown(entries)}"])
    for place, entry in enumerate(entries, start=1):
        if not isinstance(entry, dict) or not isinstance(entry.get("fields"), dict):
            raise BadRowsError([f"{path.name}: object {place}: model, pk and fields are needed, not {_shown(entry)}"])
        try:
            model = apps.get_model(entry.get("model"))
        except (LookupError, ValueError, AttributeError, TypeError) as error:
            raise BadRowsError(
                [f"{path.name}: object {place}: model: {_shown(entry.get('model'))} is not a model"]
            ) from error
        yield Row(path.name, model, entry.get("pk"), entry["fields"])


def bundle(rows: Iterable[Row]) -> list[Bundle]:
    """Put each part with its record; records come in an order in which none refers to a later model."""
    bundles: dict[tuple[str, str], Bundle] = {}
    parts: list[Row] = []
    faults: list[str] = []
    for row in rows:
        if issubclass(row.model, Part):
            parts.append(row)
        elif not issubclass(row.model, Record):
            faults.append(f"{row}: model: only records and their parts are loaded here")
        elif not isinstance(row.key, str) or not row.key:
            faults.append(f"{row}: pk: a record needs its key as text, not {_shown(row.key)}")
        elif bundles.setdefault((row.model._meta.label_lower, row.key), Bundle(row)).row is not row:
            faults.append(f"{row}: pk: stands twice")
    for row in parts:
        owners = [bundles.get(owner) for owner in _owners_named(row)]
        if not owners or owners[0] is None:
            faults.append(f"{row}: its record is not among what is loaded: {_shown(row.values)}")
        else:
            owners[0].parts.append(row)
    if faults:
        raise BadRowsError(faults)
    order = {model: place for place, model in enumerate(models_in_order())}
    return sorted(bundles.values(), key=lambda each: order[each.row.model])  # type: ignore[index]


def models_in_order() -> list[type[Record]]:
    """Return the models of records, each after those that it or its parts refer to."""
    graph: dict[Any, set[Any]] = defaultdict(set)
    for model in record_models():
        graph[model] = {
            f.related_model
            for f in [*model._meta.fields, *model._meta.many_to_many]
            if f.related_model in record_models()
        } - {model}
    return [*TopologicalSorter(graph).static_order()]


def _owners_named(row: Row) -> list[tuple[str, str]]:
    if {"record_model", "record_key"} <= row.values.keys():
        return [(str(row.values["record_model"]).lower(), row.values["record_key"])]
    part: Any = row.model
    return [
        (part._meta.get_field(name).related_model._meta.label_lower, row.values[name])
        for name in part.owner_fields
        if row.values.get(name)
    ]


def load(bundles: list[Bundle], revision: ActiveRevision) -> int:
    """Create the records that are new, with their parts; return how many. Must be called inside the revision."""
    known = _existing(bundles)
    fresh = [each for each in bundles if (each.row.model, each.row.key) not in known]
    faults: list[str] = []
    saved: list[tuple[Row, Any]] = []
    for each in fresh:
        for row in (each.row, *each.parts):
            instance, wrong = _instance(row)
            if not wrong:
                wrong = _save(row, instance)
            faults += wrong
            saved.append((row, instance))
    if not faults:
        faults = [*_dangling(saved), *(fault for row, instance in saved for fault in _faults(row, instance))]
    if faults:
        raise BadRowsError(faults)
    return len(fresh)


def _existing(bundles: list[Bundle]) -> set[tuple[Any, Any]]:
    return {
        (model, key)
        for model in {each.row.model for each in bundles}
        for key in model._default_manager.filter(
            pk__in=[each.row.key for each in bundles if each.row.model is model]
        ).values_list("pk", flat=True)
    }


def _instance(row: Row) -> tuple[Any, list[str]]:
    """Return the object that a row describes, and what is wrong with its values taken one by one."""
    instance = row.model(pk=row.key) if row.key else row.model()
    faults = []
    for name, value in row.values.items():
        try:
            column = row.model._meta.get_field(name)
            if column.many_to_many:
                continue
            if column.is_relation:
                setattr(instance, column.attname, value)
            else:
                setattr(instance, name, column.clean(value, instance))  # type: ignore[union-attr]
        except FieldDoesNotExist:
            faults.append(f"{row}: {name}: there is no such field (value {_shown(value)})")
        except ValidationError as error:
            faults.append(f"{row}: {name}: {_shown(value)}: {' '.join(error.messages)}")
        except (TypeError, ValueError) as error:
            faults.append(f"{row}: {name}: {_shown(value)}: {error}")
    return instance, faults


def _save(row: Row, instance: Any) -> list[str]:
    try:
        instance.save(force_insert=True)
        for link in row.model._meta.many_to_many:
            if row.values.get(link.name):
                getattr(instance, link.name).set(row.values[link.name])
    except (IntegrityError, ValueError, TypeError) as error:
        return [f"{row}: {error} (values {_shown(row.values)})"]
    return []


def _dangling(saved: list[tuple[Row, Any]]) -> Iterator[str]:
    """Yield a fault for each reference to a record that does not exist."""
    wanted: dict[Any, set[Any]] = defaultdict(set)
    uses: list[tuple[Row, str, Any, Any]] = []
    for row, _ in saved:
        for name, value in row.values.items():
            column = row.model._meta.get_field(name)
            if column.is_relation and value:
                for key in value if isinstance(value, list) else [value]:
                    wanted[column.related_model].add(key)
                    uses.append((row, name, column.related_model, key))
    present = {
        model: set(model._default_manager.filter(pk__in=keys).values_list("pk", flat=True))
        for model, keys in wanted.items()
    }
    for row, name, model, key in uses:
        if key not in present[model]:
            yield f"{row}: {name}: {_shown(key)}: there is no {model._meta.verbose_name} with this key"


def _faults(row: Row, instance: Any) -> Iterator[str]:
    """Yield what the rules across fields find, and the constraints."""
    try:
        relations = [column.name for column in row.model._meta.fields if column.is_relation]
        instance.clean_fields(exclude=relations)
        instance.clean()
        instance.validate_constraints()
    except ValidationError as error:
        for name, messages in error.message_dict.items():
            value = row.values.get(name, row.values if name == "__all__" else None)
            yield f"{row}: {name}: {_shown(value)}: {' '.join(messages)}"


def differences(bundles: list[Bundle]) -> Iterator[tuple[Bundle, RecordDocument, RecordDocument]]:
    """Yield each existing record that the fixture describes otherwise, with its document now and as the fixture has it."""
    by_model: dict[Any, list[Bundle]] = defaultdict(list)
    for each in bundles:
        by_model[each.row.model].append(each)
    for model, some in by_model.items():
        documents = documents_of(model, [each.row.key for each in some])
        for each in some:
            now = documents.get(str(each.row.key))
            if now is not None and (then := _described(each, now)) != now:
                yield each, now, then


def _described(each: Bundle, now: RecordDocument) -> RecordDocument:
    """Return a document as the fixture has it; what the fixture does not name stays."""
    then = {**now, **{name: value for name, value in each.row.values.items() if name in now}}
    for part in parts_of(each.row.model):  # type: ignore[arg-type]
        rows = [row for row in each.parts if row.model is part]
        if rows:
            then[part.document_name] = {
                row.values["ref"]: {
                    **now[part.document_name].get(row.values["ref"], {}),
                    **{
                        name: value
                        for name, value in row.values.items()
                        if name not in (*part.owner_column_names(), "ref")
                    },
                }
                for row in rows
            }
    return then


def update(changes: Iterable[tuple[Bundle, RecordDocument, RecordDocument]]) -> int:
    """Make existing records say what the fixture says; return how many. Must be called inside a revision."""
    count = 0
    for each, _now, then in changes:
        try:
            apply(each.row.model, str(each.row.key), then)  # type: ignore[arg-type]
        except ValidationError as error:
            raise BadRowsError(
                [f"{each.row}: {name}: {' '.join(messages)}" for name, messages in error.message_dict.items()]
            ) from error
        count += 1
    return count
