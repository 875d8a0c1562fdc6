"""Bring records in from fixtures through the registry's own door.

One revision; every row validated; a record that exists is left alone, with all its parts. A bad row names file, record,
field and value, and nothing is saved.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import DataError, IntegrityError, models, transaction

from .derived_columns import in_batches
from .fixture_files import BadRowsError, Bundle, Row, shown
from .models import Part
from .record_documents import columns_of
from .revisions import ActiveRevision, RecordDocument, apply, documents_of, parts_of

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def load(bundles: list[Bundle], revision: ActiveRevision) -> int:
    """Create the records that are new, with their parts; return how many. Must be called inside the revision."""
    known = _existing(bundles)
    fresh = [each for each in bundles if (each.row.model, each.row.key) not in known]
    built: list[tuple[Row, Any]] = []
    faults: list[str] = []
    for each in fresh:
        record, wrong = _instance(each.row)
        record.once_public = True
        pairs = [(each.row, record)]
        for row in each.parts:
            part, more = _instance(row)
            part.record_at_hand = record
            pairs.append((row, part))
            wrong += more
        built += pairs
        faults += wrong
    faults = faults or [*_without_target(built)]
    faults = faults or [fault for row, instance in built for fault in _faults(row, instance)]
    if not faults:
        faults = _save(built, revision)
    if faults:
        raise BadRowsError(faults)
    return len(fresh)


def _existing(bundles: list[Bundle]) -> set[tuple[Any, Any]]:
    sought: dict[Any, set[Any]] = defaultdict(set)
    for each in bundles:
        sought[each.row.model].add(each.row.key)
    return set(_rows_of(sought))


def _rows_of(sought: dict[Any, set[Any]]) -> dict[tuple[Any, Any], Any]:
    """Return the rows of some models that have one of some keys."""
    return {
        (model, row.pk): row
        for model, keys in sought.items()
        for some in in_batches(keys)
        for row in model._default_manager.filter(pk__in=some)
    }


def _instance(row: Row) -> tuple[Any, list[str]]:
    """Return the object that a row describes, and what is wrong with its values taken one by one."""
    instance = row.model()
    faults = []
    if row.key:
        instance.pk = row.key
        try:
            row.model._meta.pk.run_validators(row.key)
        except ValidationError as error:
            faults.append(f"{row}: pk: {shown(row.key)}: {' '.join(error.messages)}")
    for name, value in row.values.items():
        try:
            _refuse_unstorable(value)
            column = _column(row.model, name)
            if column.many_to_many:
                _as_keys(value)
            elif column.is_relation:
                setattr(instance, column.attname, _as_key(value))
            else:
                setattr(instance, name, column.clean(value, instance))
        except FieldDoesNotExist:
            faults.append(f"{row}: {name}: there is no such field (value {shown(value)})")
        except ValidationError as error:
            faults.append(f"{row}: {name}: {shown(value)}: {' '.join(error.messages)}")
        except (TypeError, ValueError) as error:
            faults.append(f"{row}: {name}: {shown(value)}: {error}")
    return instance, faults


def _column(model: type[models.Model], name: str) -> "models.Field[Any, Any]":
    """Return a column or link that a fixture may fill: no key, nothing computed, no link from elsewhere."""
    column = model._meta.get_field(name)
    if not isinstance(column, models.Field) or column.primary_key or not column.editable:
        raise FieldDoesNotExist
    return column


def _refuse_unstorable(value: Any) -> None:
    """Refuse what no database stores as text."""
    if isinstance(value, list):
        for each in value:
            _refuse_unstorable(each)
    elif isinstance(value, str) and _UNSTORABLE.search(value):
        raise ValueError("holds a character that cannot be stored: NUL, or half a pair of surrogates")


def _as_key(value: Any) -> str | None:
    if value is not None and not isinstance(value, str):
        raise TypeError("a key is needed, as text")
    return value


def _as_keys(value: Any) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(key, str) for key in value):
        raise TypeError("a list of keys is needed, each as text")
    return value


def _without_target(built: list[tuple[Row, Any]]) -> Iterator[str]:
    """Let each reference hold the object it names; yield a fault where there is none."""
    fresh = {(row.model, row.key): instance for row, instance in built}
    sought: dict[Any, set[str]] = defaultdict(set)
    uses = [use for row, instance in built for use in _references(row, instance)]
    for _row, _instance, column, key in uses:
        if (column.related_model, key) not in fresh:
            sought[column.related_model].add(key)
    there = _rows_of(sought)
    for row, instance, column, key in uses:
        target = fresh.get((column.related_model, key)) or there.get((column.related_model, key))
        if target is None:
            name = column.related_model._meta.verbose_name
            yield f"{row}: {column.name}: {shown(key)}: there is no {name} with this key"
        elif not column.many_to_many:
            setattr(instance, column.name, target)


def _references(row: Row, instance: Any) -> Iterator[tuple[Row, Any, Any, str]]:
    for name, value in row.values.items():
        column = row.model._meta.get_field(name)
        if column.is_relation and value:
            for key in value if isinstance(value, list) else [value]:
                yield row, instance, column, key


def _faults(row: Row, instance: Any) -> Iterator[str]:
    """Yield what is missing, and what the rules across fields find."""
    try:
        # The primary key and the values that are there have been looked at one by one.
        instance.clean_fields(exclude={row.model._meta.pk.name, *row.values})
        instance.clean()
    except ValidationError as error:
        yield from _named(row, error)


def _named(row: Row, error: ValidationError) -> Iterator[str]:
    for name, messages in error.message_dict.items():
        value = (
            row.values if name == "__all__" else row.key if name == row.model._meta.pk.name else row.values.get(name)
        )
        yield f"{row}: {name}: {shown(value)}: {' '.join(messages)}"


def _save(built: list[tuple[Row, Any]], revision: ActiveRevision) -> list[str]:
    """Insert all rows, a model at a time; where the database refuses, one by one, to tell which rows are at fault."""
    rows: dict[Any, list[Any]] = defaultdict(list)
    for row, instance in sorted(built, key=lambda pair: issubclass(pair[0].model, Part)):
        rows[row.model].append(instance)
    try:
        with transaction.atomic():
            for some in rows.values():
                revision.bulk_create(some)
            for row, instance in built:
                _link(row, instance)
    except (IntegrityError, DataError):
        return [fault for row, instance in built for fault in _refusals(row, instance)]
    return []


def _link(row: Row, instance: Any) -> None:
    for link in row.model._meta.many_to_many:
        if row.values.get(link.name):
            getattr(instance, link.name).set(row.values[link.name])


def _refusals(row: Row, instance: Any) -> Iterator[str]:
    """Yield why the database refuses a row, after those before it."""
    try:
        instance.validate_unique()
        instance.validate_constraints()
        with transaction.atomic():
            instance.save(force_insert=True)
    except ValidationError as error:
        yield from _named(row, error)
    except (IntegrityError, DataError) as error:
        yield f"{row}: {error} (values {shown(row.values)})"


def changes_asked(bundles: list[Bundle]) -> Iterator[tuple[Bundle, RecordDocument, RecordDocument]]:
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
    then = {**now, **_plain_values(each.row, now)}
    for part in parts_of(each.row.model):  # type: ignore[arg-type]
        name = part.document_name
        rows = [row for row in each.parts if row.model is part]
        if rows:
            blank = columns_of(part())
            then[name] = {
                row.values["ref"]: {**now[name].get(row.values["ref"], blank), **_plain_values(row, blank)}
                for row in rows
            }
    return then


def _plain_values(row: Row, known: RecordDocument) -> RecordDocument:
    """Return the values of a row that a document holds, in the form they have there."""
    values = {}
    for name, value in row.values.items():
        if name in known:
            column = row.model._meta.get_field(name)
            if column.many_to_many:
                value = sorted(value)
            elif isinstance(column, models.DecimalField) and value is not None:
                value = f"{Decimal(value):.{column.decimal_places}f}"
            values[name] = value
    return values


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
