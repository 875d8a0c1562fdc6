"""What fixtures hold: ordinary Django fixtures of records and their parts, each part put with its record."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils.text import Truncator

from .models import Part, Record
from .revisions import record_models


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


def fixture_paths() -> list[Path]:
    """Return the registry's own fixtures."""
    return sorted(path for folder in settings.FIXTURE_DIRS for path in Path(folder).glob("*.json"))


def shown(value: Any) -> str:
    return Truncator(json.dumps(value, ensure_ascii=False, default=str)).chars(80)


def read_rows(path: Path) -> Iterator[Row]:
    """Yield the objects of a fixture; raise BadRowsError for what is no fixture of records and parts."""
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, OSError) as error:
        raise BadRowsError([f"{path.name}: cannot be read: {error}"]) from error
    if not isinstance(entries, list):
        raise BadRowsError([f"{path.name}: a fixture is a list of objects, not {shown(entries)}"])
    for place, entry in enumerate(entries, start=1):
        if not isinstance(entry, dict) or not isinstance(entry.get("fields"), dict):
            raise BadRowsError([f"{path.name}: object {place}: model, pk and fields are needed, not {shown(entry)}"])
        try:
            model = apps.get_model(entry["model"])
        except (LookupError, ValueError, AttributeError, TypeError) as error:
            raise BadRowsError(
                [f"{path.name}: object {place}: model: {shown(entry.get('model'))} is not a model"]
            ) from error
        yield Row(path.name, model, entry.get("pk"), entry["fields"])


def bundle(rows: Iterable[Row]) -> list[Bundle]:
    """Put each part with its record; records come in an order in which none refers to a later model."""
    bundles: dict[tuple[str, str], Bundle] = {}
    parts: list[Row] = []
    faults: list[str] = []
    for row in rows:
        if issubclass(row.model, Part) and row.key is not None:
            faults.append(f"{row}: pk: a part of a record has none; it is known by its ref")
        elif issubclass(row.model, Part):
            parts.append(row)
        elif not issubclass(row.model, Record):
            faults.append(f"{row}: model: only records and their parts are loaded here")
        elif not isinstance(row.key, str) or not row.key:
            faults.append(f"{row}: pk: a record needs its key as text, not {shown(row.key)}")
        elif bundles.setdefault((row.model._meta.label_lower, row.key), Bundle(row)).row is not row:
            faults.append(f"{row}: pk: stands twice")
    for row in parts:
        owners = [bundles.get(owner) for owner in _owners_named(row)]
        if not owners or owners[0] is None:
            faults.append(f"{row}: its record is not among what is loaded: {shown(row.values)}")
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
